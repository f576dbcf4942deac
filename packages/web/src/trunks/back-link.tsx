import { Link } from '@tanstack/react-router';
import { Icon } from '../design/icon.tsx';

export function BackToTrunks() {
  return (
    <Link
      to="/trunks"
      className="inline-flex items-center gap-1 rounded-4 text-std-16N-170 text-key-900 underline"
    >
      <Icon name="chevronLeft" className="size-4" />
      回線の一覧へ戻る
    </Link>
  );
}
