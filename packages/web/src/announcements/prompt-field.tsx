import type { Prompt } from '@madoguchi/flow';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { ContentField } from './content-field.tsx';
import { LibraryDialog } from './library/library-dialog.tsx';
import { ListenPart } from './listen-part.tsx';
import type { PromptValue } from './prompt-values.tsx';
import { useAnnouncements } from './use-announcements.ts';

export type { PromptValue } from './prompt-values.tsx';

/**
 * A prompt of a node, edited: a text with values or a recorded sound, heard at once; or tied to an announcement of the library, whose words
 * it then says and which is changed there alone. Keeps nothing itself.
 */
export function PromptField({
  label,
  description,
  errorMessage,
  prompt,
  values,
  isReadOnly = false,
  onChange,
}: {
  label: string;
  description?: string | undefined;
  /** What the checker says of it. */
  errorMessage?: string | undefined;
  prompt: Prompt;
  /** Values that its text may say. */
  values: readonly PromptValue[];
  isReadOnly?: boolean;
  onChange: (prompt: Prompt) => void;
}) {
  const [isChoosing, setChoosing] = useState(false);
  const { announcementId, ...content } = prompt;
  return (
    <div className="flex flex-col gap-2">
      {announcementId === undefined ? (
        <ContentField
          label={label}
          description={description}
          errorMessage={errorMessage}
          content={content}
          values={values}
          isReadOnly={isReadOnly}
          onChange={onChange}
        />
      ) : (
        <LinkedPrompt
          label={label}
          errorMessage={errorMessage}
          announcementId={announcementId}
          prompt={prompt}
          values={values}
        />
      )}
      {isReadOnly ? null : (
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button look="quiet" size="small" onPress={() => setChoosing(true)}>
            {announcementId === undefined ? 'アナウンス集から選ぶ' : '別のアナウンスを選ぶ'}
          </Button>
          {announcementId === undefined ? null : (
            <Button look="quiet" size="small" onPress={() => onChange(content)}>
              つながりを外して、ここだけ変える
            </Button>
          )}
        </div>
      )}
      {isChoosing ? (
        <LibraryDialog
          onClose={() => setChoosing(false)}
          onChoose={(chosen) => {
            setChoosing(false);
            onChange({ ...chosen.content, announcementId: chosen.announcementId });
          }}
        />
      ) : null}
    </div>
  );
}

function LinkedPrompt({
  label,
  errorMessage,
  announcementId,
  prompt,
  values,
}: {
  label: string;
  errorMessage: string | undefined;
  announcementId: string;
  prompt: Prompt;
  values: readonly PromptValue[];
}) {
  const { data } = useAnnouncements();
  const announcement = data?.announcements.find((each) => each.announcementId === announcementId);
  const said = announcement?.content ?? prompt;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-std-16B-170">{label}</p>
      <div className="rounded-8 border border-solid-gray-300 bg-solid-gray-50 px-4 py-3">
        <p className="text-std-16N-170">
          {announcement !== undefined ? (
            <>
              アナウンス集の「
              <Link
                to="/announcements/$announcementId"
                params={{ announcementId }}
                className="text-key-900 underline underline-offset-4"
              >
                {announcement.name}
              </Link>
              」を使っています（版{announcement.version}）。
            </>
          ) : data === undefined ? (
            'アナウンス集のアナウンスを使っています。'
          ) : (
            'アナウンス集から削除されたアナウンスです。'
          )}
        </p>
        <p className="mt-1 text-std-16N-170 break-words whitespace-pre-wrap">
          {said.type === 'text' ? said.text : said.transcript || '（録音した音声）'}
        </p>
      </div>
      {errorMessage === undefined ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          ＊{errorMessage}
        </p>
      )}
      <ListenPart prompt={said} values={values} />
    </div>
  );
}
