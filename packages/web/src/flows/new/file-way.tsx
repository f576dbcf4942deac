import type { FlowFileReading } from '@madoguchi/flow';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { FileProblems } from '../file-problems.tsx';
import { FileFlows } from './file-flows.tsx';
import { readChosenFile } from './read-chosen-file.ts';

type Chosen = { readonly fileName: string; readonly reading: FlowFileReading };

/** A file is read in the browser, shown, and only then added. */
export function FileWay() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = async (files: FileList | null) => {
    const file = files?.[0];
    if (file === undefined) return;
    setChosen({ fileName: file.name, reading: await readChosenFile(file) });
  };
  return (
    <Section title="ファイルを選ぶ">
      <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5">
        <p className="text-std-16N-170">
          フローの一覧か編集の画面の「ファイルに書き出す」で作ったファイル（.json）を選んでください。選んだだけでは、まだ追加されません。
        </p>
        <div>
          <FileTrigger
            acceptedFileTypes={['.json', 'application/json']}
            onSelect={(files) => void choose(files)}
          >
            <Button look={chosen === null ? 'solid' : 'outline'}>
              <Icon name="note" />
              {chosen === null ? 'ファイルを選ぶ' : '別のファイルを選ぶ'}
            </Button>
          </FileTrigger>
        </div>
        {chosen === null ? null : chosen.reading.ok ? (
          <FileFlows
            key={chosen.reading.file.exportedAt}
            fileName={chosen.fileName}
            file={chosen.reading.file}
          />
        ) : (
          <Notice kind="error" title={`「${chosen.fileName}」を読み込めません。何も追加していません。`}>
            <FileProblems problems={chosen.reading.problems} />
          </Notice>
        )}
      </div>
    </Section>
  );
}
