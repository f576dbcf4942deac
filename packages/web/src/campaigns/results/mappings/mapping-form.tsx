import type {
  ResultMapping,
  ResultMappingList,
  ResultSources,
} from '@madoguchi/server/campaign-result-contract';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { ApiError, messageOf } from '../../../api/api-error.ts';
import { BehindNotice } from '../../../design/behind-notice.tsx';
import { Button } from '../../../design/button.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Section } from '../../../design/section.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { counted } from '../../campaign-words.ts';
import { shapeShown } from '../file-words.ts';
import { CodesFields } from './codes-fields.tsx';
import { ColumnsFields } from './columns-fields.tsx';
import { draftOf, editedFrom, problemsOf } from './mapping-draft.ts';
import type { Beginning } from './mapping-page.tsx';
import { MappingPreview } from './mapping-preview.tsx';
import { MappingProblems } from './mapping-problems.tsx';
import { useSaveMapping } from './mapping-queries.ts';
import { ShapeFields } from './shape-fields.tsx';
import { SubstitutesFields } from './substitutes-fields.tsx';

const codeOf = (error: Error | null) => (error instanceof ApiError ? error.code : null);

/** Columns, shape, codes, and what the first rows of a file would be; stored only where nothing is wrong. */
export function MappingForm({
  campaignId,
  begun,
  newest,
  list,
  sources,
}: {
  campaignId: string;
  begun: Beginning;
  /** As it is stored now. */
  newest: ResultMapping | null;
  list: ResultMappingList;
  sources: ResultSources;
}) {
  const [edited, setEdited] = useState(() => editedFrom(begun.draft));
  const [stored, setStored] = useState(begun.stored);
  const [isTried, setTried] = useState(false);
  const save = useSaveMapping();
  const navigate = useNavigate();
  const problems = problemsOf(edited);
  const shown = isTried ? problems : new Map<string, string>();
  const refusal = codeOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.size > 0 || save.isPending) return;
    save.mutate(
      { stored, draft: draftOf(edited) },
      {
        onSuccess: () =>
          void navigate({ to: '/campaigns/$campaignId/results/mappings', params: { campaignId } }),
        onError: (error) => {
          if (codeOf(error) === 'mappingNotFound') setStored(null);
        },
      },
    );
  };
  return (
    <Form onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-5">
      <div className="max-w-xl">
        <TextField
          label="様式の名前"
          description="例：国保システム 接触記録"
          isRequired
          size="small"
          autoComplete="off"
          maxLength={100}
          value={edited.name}
          onChange={(name) => setEdited({ ...edited, name })}
          errorMessage={
            shown.get('name') ??
            (refusal === 'nameTaken' && save.error !== null ? messageOf(save.error) : undefined)
          }
        />
      </div>
      <Section title="列" aside={<span className="numerals">{counted(edited.columns.length, '列')}</span>}>
        <ColumnsFields
          edited={edited}
          list={list}
          sources={sources}
          problems={shown}
          onChange={(columns) => setEdited({ ...edited, columns })}
        />
      </Section>
      <Section title="最初の行の見本">
        <MappingPreview campaignId={campaignId} edited={edited} />
      </Section>
      <Section title="ファイルの書き方">
        <ShapeFields edited={edited} onChange={(change) => setEdited({ ...edited, ...change })} />
      </Section>
      {edited.format === 'csv' && edited.encoding === 'cp932' ? (
        <Section title="書けない文字の代わり">
          <SubstitutesFields
            rows={edited.substitutes}
            problems={shown}
            onChange={(substitutes) => setEdited({ ...edited, substitutes })}
          />
        </Section>
      ) : null}
      <CodesFields
        codes={list.codes}
        own={edited.codes}
        onChange={(codes) => setEdited({ ...edited, codes })}
      />
      {isTried ? <MappingProblems edited={edited} problems={problems} /> : null}
      {refusal === 'changedMeanwhile' && newest !== null ? (
        <BehindNotice
          onKeepMine={() => {
            setStored({ mappingId: newest.mappingId, version: newest.version });
            save.reset();
          }}
          onTakeNewest={() => {
            setStored({ mappingId: newest.mappingId, version: newest.version });
            setEdited(editedFrom(newest.draft));
            save.reset();
          }}
        >
          {`${newest.draft.name}　${shapeShown(newest.draft)}　${newest.draft.columns.map(({ header }) => header).join('、')}`}
        </BehindNotice>
      ) : null}
      {save.error === null || refusal === 'changedMeanwhile' ? null : (
        <Notice kind="error" title="保存できませんでした。入力した内容は残っています。">
          {messageOf(save.error)}
          {refusal === 'mappingNotFound' ? 'もう一度保存すると、新しい様式になります。' : ''}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" isBusy={save.isPending}>
          様式を保存する
        </Button>
        <Button
          look="outline"
          onPress={() =>
            void navigate({ to: '/campaigns/$campaignId/results/mappings', params: { campaignId } })
          }
        >
          保存しないで戻る
        </Button>
      </div>
    </Form>
  );
}
