import { Icon, type IconName } from '../design/icon.tsx';
import { type PartState, useHealth } from './use-health.ts';

const STATES: Readonly<Record<PartState, { word: string; icon: IconName; look: string }>> = {
  up: { word: '正常', icon: 'check', look: 'text-success-2' },
  down: { word: '停止中', icon: 'alert', look: 'text-error-2 font-bold' },
  unknown: { word: '確認中', icon: 'question', look: 'text-solid-gray-700' },
};

/** 電話・SMS・データベース, each with a picture and a word. */
export function HealthLine() {
  const { health, reached } = useHealth();
  if (!reached) {
    return (
      <p role="status" className="flex items-center gap-1.5 text-dns-14B-130 text-error-2">
        <Icon name="alert" />
        サーバーに接続できません
      </p>
    );
  }
  const parts = [
    ['電話', health.telephone],
    ['SMS', health.sms],
    ['データベース', health.database],
  ] as const;
  return (
    <ul aria-label="システムの状態" className="flex flex-wrap gap-x-4 gap-y-1 text-dns-14N-130">
      {parts.map(([name, state]) => {
        const { word, icon, look } = STATES[state];
        return (
          <li key={name} className="flex items-center gap-1">
            <span>{name}</span>
            <span className={`flex items-center gap-0.5 ${look}`}>
              <Icon name={icon} className="size-4" />
              {word}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
