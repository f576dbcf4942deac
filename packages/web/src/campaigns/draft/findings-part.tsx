import type { CampaignOutlook } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import { Notice } from '../../design/notice.tsx';

/** What the checker and the flow's own tests say of the scenario, with the way to mend it. */
export function FindingsPart({ outlook, flowId }: { outlook: CampaignOutlook; flowId: string | null }) {
  const errors = outlook.findings.filter(({ severity }) => severity === 'error');
  const warnings = outlook.findings.filter(({ severity }) => severity === 'warning');
  const unheard = outlook.texts.filter(({ isHeard }) => !isHeard).length;
  return (
    <>
      {errors.length === 0 ? null : (
        <Notice kind="warning" title={`シナリオに直すところが${errors.length}件あります`}>
          <Findings findings={errors} />
          <ToFlow flowId={flowId} />
        </Notice>
      )}
      {warnings.length === 0 ? null : (
        <Notice kind="info" title={`シナリオに注意が${warnings.length}件あります`}>
          <Findings findings={warnings} />
          <ToFlow flowId={flowId} />
        </Notice>
      )}
      {outlook.failedTests.length === 0 ? null : (
        <Notice kind="warning" title="フローの確認が通りません">
          <ul className="list-disc pl-5">
            {outlook.failedTests.map(({ name, message }) => (
              <li key={name}>
                「{name}」：{message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unheard === 0 ? null : (
        <p className="text-std-16N-170">
          シナリオの案内のうち、まだ聞いていないものが{unheard}
          件あります。下の「流れる内容」で聞いてください。
        </p>
      )}
    </>
  );
}

function Findings({ findings }: { findings: CampaignOutlook['findings'] }) {
  return (
    <ul className="list-disc pl-5">
      {findings.map(({ flowId, nodeId, code, message, mend }) => (
        <li key={`${flowId} ${nodeId} ${code} ${message}`}>
          {message}
          {mend}
        </li>
      ))}
    </ul>
  );
}

function ToFlow({ flowId }: { flowId: string | null }) {
  return flowId === null ? null : (
    <Link
      to="/flows/$flowId"
      params={{ flowId }}
      className="text-key-900 underline underline-offset-4 print:hidden"
    >
      フローを直す
    </Link>
  );
}
