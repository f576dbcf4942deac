import { Link } from '@tanstack/react-router';
import { Icon } from '../design/icon.tsx';

/** The way out of the studio, which has no menu at its side. */
export function BackToFlows() {
  return (
    <Link
      to="/flows"
      className="inline-flex min-h-9 items-center gap-1 text-dns-14N-130 text-key-900 underline underline-offset-4 print:hidden"
    >
      <Icon name="chevronLeft" className="size-4" />
      フローの一覧
    </Link>
  );
}
