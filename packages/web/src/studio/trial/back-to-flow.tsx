import { Link } from '@tanstack/react-router';
import { Icon } from '../../design/icon.tsx';

export function BackToFlow({ flowId }: { flowId: string }) {
  return (
    <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
      <Link
        to="/flows/$flowId"
        params={{ flowId }}
        className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
      >
        <Icon name="chevronLeft" className="size-4" />
        フローに戻る
      </Link>
    </nav>
  );
}
