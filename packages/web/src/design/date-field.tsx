import { type CalendarDate, parseDate } from '@internationalized/date';
import { Button } from 'react-aria-components/Button';
import { Calendar, CalendarCell, CalendarGrid } from 'react-aria-components/Calendar';
import { DateInput, DateSegment } from 'react-aria-components/DateField';
import { DatePicker } from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { Group } from 'react-aria-components/Group';
import { Heading } from 'react-aria-components/Heading';
import { Label } from 'react-aria-components/Label';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from './icon.tsx';
import { FIELD_BOX } from './text-field.tsx';

const MONTH_BUTTON = 'grid size-10 place-items-center rounded-8 text-key-900 data-hovered:bg-key-50';

/** A Japanese day, typed part by part or picked from a calendar. `value` is 'YYYY-MM-DD'. */
export function DateField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <DatePicker
      value={value === undefined ? null : parseDate(value)}
      onChange={(date: CalendarDate | null) => onChange(date?.toString())}
      shouldForceLeadingZeros
      className="flex flex-col gap-1"
    >
      <Label className="text-std-16B-170">{label}</Label>
      <Group className={`${FIELD_BOX} flex min-h-10 items-center justify-between gap-1 pr-1`}>
        <DateInput className="flex whitespace-nowrap">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="numerals rounded-4 px-0.5 data-focused:bg-key-100 data-placeholder:text-solid-gray-700"
            />
          )}
        </DateInput>
        <Button className="grid size-8 place-items-center rounded-4 text-key-900 data-hovered:bg-key-50">
          <Icon name="calendar" />
        </Button>
      </Group>
      <Popover className="rounded-8 border border-solid-gray-420 bg-white p-4 shadow-1">
        <Dialog className="outline-none">
          <Calendar>
            <header className="mb-2 flex items-center justify-between">
              <Button slot="previous" className={MONTH_BUTTON}>
                <Icon name="chevronLeft" />
              </Button>
              <Heading className="text-std-16B-170" />
              <Button slot="next" className={MONTH_BUTTON}>
                <Icon name="chevronRight" />
              </Button>
            </header>
            <CalendarGrid className="text-center">
              {(date) => (
                <CalendarCell
                  date={date}
                  className="numerals grid size-10 place-items-center rounded-8 data-hovered:bg-key-50 data-selected:bg-key-900 data-selected:text-white data-outside-month:text-solid-gray-600"
                />
              )}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
