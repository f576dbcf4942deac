import { TextField } from '../../../design/text-field.tsx';

export function TextSetting(props: {
  label: string;
  description?: string;
  value: string;
  isReadOnly: boolean;
  onChange: (value: string) => void;
}) {
  return <TextField {...props} size="small" />;
}
