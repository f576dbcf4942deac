import type { FlowFile } from '@madoguchi/flow';
import { useNavigate } from '@tanstack/react-router';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { withFreeNames } from '../free-name.ts';
import { useFlows, useImportFlows } from '../use-flows.ts';
import { FileOutcome, hasMoreToTell } from './file-outcome.tsx';

/** What a file holds and under which names it will stand here; adds all of it. */
export function FileFlows({ fileName, file }: { fileName: string; file: FlowFile }) {
  const { data } = useFlows();
  const add = useImportFlows();
  const navigate = useNavigate();
  const { announcements, readings } = file;
  const flows = withFreeNames(file.flows, data?.flows.map(({ name }) => name) ?? []);
  const isRenamed = flows.some(({ name }, index) => name !== file.flows[index]?.name);
  const submit = () => {
    if (add.isPending) return;
    add.mutate(
      { flows: [...flows], from: 'file', announcements: [...announcements], readings: [...readings] },
      {
        onSuccess: (imported) => {
          // What is otherwise than in the file is to be read before the flow is opened.
          if (hasMoreToTell(imported)) return;
          const [flowId = ''] = imported.flowIds;
          void navigate({ to: '/flows/$flowId', params: { flowId } });
        },
      },
    );
  };
  if (add.data !== undefined && hasMoreToTell(add.data)) return <FileOutcome imported={add.data} />;
  return (
    <div className="flex flex-col gap-4">
      <div role="status">
        <p className="text-std-16B-170 break-words">
          「{fileName}」には、フローが{flows.length}個入っています
        </p>
        <p className="numerals text-std-16N-170 text-solid-gray-700">
          書き出した日時：{momentShown(file.exportedAt)}
        </p>
      </div>
      <ul className="rounded-8 border border-solid-gray-300">
        {flows.map(({ id, name, nodes }, index) => (
          <li
            key={id}
            className="flex flex-wrap justify-between gap-x-4 border-b border-solid-gray-200 px-4 py-2 text-std-16N-170 last:border-b-0"
          >
            <span className="break-words">
              {name}
              {index === 0 && flows.length > 1 ? '　※はじめのフロー' : ''}
            </span>
            <span className="numerals text-solid-gray-700">ノード {Object.keys(nodes).length}個</span>
          </li>
        ))}
      </ul>
      {isRenamed ? (
        <p className="text-std-16N-170">
          同じ名前のフローがあるため、区別できる名前にしました。今あるフローは変わりません。
        </p>
      ) : null}
      <Besides file={file} />
      {add.error === null ? null : (
        <Notice kind="error" title="追加できませんでした">
          {messageOf(add.error)}
        </Notice>
      )}
      <div>
        {/* Not `isPending`: its announcement would name a button that is gone once the outcome stands here. */}
        <Button onPress={submit}>
          {add.isPending ? '追加しています…' : `${flows.length}個のフローを追加して開く`}
        </Button>
      </div>
    </div>
  );
}

/** What comes along with the flows, and what cannot. */
function Besides({ file: { flows, announcements, readings } }: { file: FlowFile }) {
  const parts = [
    ...(announcements.length > 0 ? [`アナウンス集の${announcements.length}件`] : []),
    ...(readings.length > 0 ? [`読み方の${readings.length}件`] : []),
  ];
  const hasSounds = JSON.stringify([flows, announcements]).includes('"type":"audio"');
  return (
    <>
      {parts.length === 0 ? null : (
        <p className="text-std-16N-170">
          {parts.join('と')}
          も入っています。この窓口にないものだけを追加します。今あるアナウンスと読み方は変わりません。
        </p>
      )}
      {hasSounds ? (
        <Notice kind="warning" title="録音した音声は入っていません">
          この窓口にない音声は、追加した後に選び直してください。
        </Notice>
      ) : null}
    </>
  );
}
