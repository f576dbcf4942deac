import { messageOf } from '../../api/api-error.ts';
import { useCalendars } from '../../calendars/use-calendars.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';

const LATER = { id: 'later', word: 'あとで選ぶ' } as const;

/** One of the house's calendars, or none for now. */
export function CalendarField({
  label,
  description,
  value,
  onChange,
}: {
  label: string;
  description: string;
  /** Id of the calendar; '' for none. */
  value: string;
  onChange: (value: string) => void;
}) {
  const { data, error, refetch } = useCalendars();
  if (error !== null) {
    return (
      <Notice
        kind="error"
        title="カレンダーの一覧を読み込めませんでした"
        action={
          <Button look="outline" size="small" onPress={() => void refetch()}>
            もう一度読み込む
          </Button>
        }
      >
        {messageOf(error)}カレンダーは、フローを追加した後でも選べます。
      </Notice>
    );
  }
  const calendars = data?.calendars ?? [];
  return (
    <Select
      label={label}
      description={
        data?.calendars.length === 0
          ? `${description}カレンダーはまだありません。フローを追加した後でも選べます。`
          : description
      }
      choices={[
        LATER,
        ...calendars.map(({ calendarId, calendar }) => ({ id: calendarId, word: calendar.name })),
      ]}
      value={value === '' ? LATER.id : value}
      onChange={(id) => onChange(id === LATER.id ? '' : id)}
    />
  );
}
