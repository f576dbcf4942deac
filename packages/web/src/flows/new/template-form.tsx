import { type FlowTemplate, templateFields } from '@madoguchi/flow';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { freeName } from '../free-name.ts';
import { useFlows, useImportFlows } from '../use-flows.ts';
import { fillIn, type Typed } from './filled-in.ts';
import { FlowNameField } from './flow-name-field.tsx';
import { TemplateField } from './template-field.tsx';
import { TemplatePreview } from './template-preview.tsx';

const INVALID_FIELD = 'input[aria-invalid=true]';

/** What the template asks for, and beside it what becomes of it. */
export function TemplateForm({ template }: { template: FlowTemplate }) {
  const fields = useMemo(() => templateFields(template), [template]);
  const [typed, setTyped] = useState<Typed>(() =>
    Object.fromEntries(fields.map(({ name, preset }) => [name, preset])),
  );
  const [ownName, setOwnName] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const formRef = useRef<HTMLFormElement>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const navigate = useNavigate();
  const { data } = useFlows();
  const add = useImportFlows();
  const { problems } = useMemo(() => fillIn(template, fields, typed), [template, fields, typed]);
  const shown = useDeferredValue(typed);
  const { flows } = useMemo(() => fillIn(template, fields, shown), [template, fields, shown]);
  const name = ownName ?? freeName(template.name, data?.flows.map((flow) => flow.name) ?? []);
  const blanks = fields.filter((field) => (typed[field.name] ?? '').trim() === '').length;

  // The link that led here is gone.
  useEffect(() => headingRef.current?.focus(), []);
  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>(INVALID_FIELD)?.focus();
  }, [tries]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (problems.size > 0 || name.trim() === '' || add.isPending) return;
    const [entry, ...others] = fillIn(template, fields, typed).flows;
    if (entry === undefined) return;
    add.mutate(
      { flows: [{ ...entry, name: name.trim() }, ...others], from: 'template' },
      {
        onSuccess: ({ flowIds: [flowId = ''] }) =>
          void navigate({ to: '/flows/$flowId', params: { flowId } }),
      },
    );
  };
  return (
    <form ref={formRef} onSubmit={submit} className="[&_:is(input,button)]:scroll-mb-28">
      <h2 ref={headingRef} tabIndex={-1} className="mb-3 text-std-20B-150 text-solid-gray-900">
        {template.name}
      </h2>
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-8">
        <div className="flex max-w-3xl flex-col gap-5">
          <p className="text-std-16N-170">
            空欄のままでも追加できます。そのときは、文章に【開庁時間】のような印が残ります。
          </p>
          <FlowNameField value={name} onChange={setOwnName} isTried={tries > 0} />
          {fields.map((field) => (
            <TemplateField
              key={field.name}
              field={field}
              value={typed[field.name] ?? ''}
              onChange={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
              problem={tries > 0 ? problems.get(field.name) : undefined}
            />
          ))}
        </div>
        <TemplatePreview template={template} flows={flows} />
      </div>
      <div className="sticky bottom-0 -mx-6 mt-6 flex flex-wrap items-center gap-3 border-t border-solid-gray-300 bg-white px-6 py-3">
        <Button type="submit" isBusy={add.isPending}>
          {add.isPending ? '追加しています…' : '追加して開く'}
        </Button>
        <p role="status" className="text-std-16N-170">
          {tries > 0 && problems.size > 0
            ? `直すところが${problems.size}か所あります。`
            : blanks > 0
              ? `空欄が${blanks}か所あります。`
              : 'すべて入力されています。'}
        </p>
        {add.error === null ? null : (
          <div className="w-full">
            <Notice kind="error" title="追加できませんでした。入力した内容は残っています。">
              {messageOf(add.error)}
            </Notice>
          </div>
        )}
      </div>
    </form>
  );
}
