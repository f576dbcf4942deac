import type { TemplateField as Field } from '@madoguchi/flow';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { TextField } from '../../design/text-field.tsx';
import { CalendarField } from './calendar-field.tsx';

/** One parameter, asked for as its kind wants it. */
export function TemplateField({
  field: { title, description, example, field, choices },
  value,
  onChange,
  problem,
}: {
  field: Field;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
}) {
  switch (field) {
    case 'choice':
      return (
        <ChoiceBar
          label={title}
          choices={choices.map((word) => ({ id: word, word }))}
          value={value}
          onChange={onChange}
        />
      );
    case 'calendar':
      return <CalendarField label={title} description={description} value={value} onChange={onChange} />;
    case 'words':
    case 'telephone':
    case 'number':
      return (
        <TextField
          label={title}
          description={
            <>
              <span className="block">{description}</span>
              <span className="block">例：{example}</span>
            </>
          }
          value={value}
          onChange={onChange}
          {...(field === 'words' ? {} : { inputMode: field === 'number' ? 'numeric' : 'tel' })}
          errorMessage={problem}
        />
      );
  }
}
