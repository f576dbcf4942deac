import { type FlowTemplate, flowTemplates } from '@madoguchi/flow';
import { Link } from '@tanstack/react-router';
import { Section } from '../../design/section.tsx';

/** Every template with what it is for. */
export function TemplateList() {
  return (
    <Section title="ひな形を選ぶ">
      <ul className="grid grid-cols-2 gap-4 min-[90rem]:grid-cols-3">
        {flowTemplates.map((template) => (
          <li
            key={template.templateId}
            className="flex flex-col gap-1 rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
          >
            <h3 className="text-std-18B-160 text-solid-gray-900">{template.name}</h3>
            <p className="grow text-std-16N-170 whitespace-pre-line">{template.description}</p>
            <div className="mt-2 flex items-center justify-between gap-3">
              <span className="numerals text-dns-14N-130 text-solid-gray-700">
                ノード {nodesOf(template)}個
              </span>
              <Link
                to="/flows/new"
                search={{ way: 'template', template: template.templateId }}
                aria-label={`このひな形を使う：${template.name}`}
                className="inline-flex min-h-10 items-center rounded-8 border border-key-900 bg-white px-4 text-oln-16B-100 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline"
              >
                このひな形を使う
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function nodesOf(template: FlowTemplate): number {
  return template.make({}).reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0);
}
