import { flowTemplate } from '@madoguchi/flow';
import { Link, useSearch } from '@tanstack/react-router';
import { Icon } from '../../design/icon.tsx';
import { TemplateForm } from './template-form.tsx';
import { TemplateList } from './template-list.tsx';

/** First the template, then what it asks for. */
export function TemplateWay() {
  const { template: templateId } = useSearch({ from: '/signedIn/flows/new' });
  const template = templateId === undefined ? null : flowTemplate(templateId);
  if (template === null) return <TemplateList />;
  return (
    <>
      <Link
        to="/flows/new"
        search={{ way: 'template' }}
        className="inline-flex items-center gap-1 self-start rounded-4 text-std-16N-170 text-key-900 underline underline-offset-4"
      >
        <Icon name="chevronLeft" className="size-4" />
        ひな形を選び直す
      </Link>
      <TemplateForm key={template.templateId} template={template} />
    </>
  );
}
