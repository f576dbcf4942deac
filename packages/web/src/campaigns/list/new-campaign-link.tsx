import { Link } from '@tanstack/react-router';
import { Icon } from '../../design/icon.tsx';

/** The way to a new campaign; looks like the screen's main button. */
export function NewCampaignLink() {
  return (
    <Link
      to="/campaigns/new"
      className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-key-900 px-5 text-oln-16B-100 text-white underline-offset-4 hover:bg-key-1000 hover:underline print:hidden"
    >
      <Icon name="phoneOut" />
      配信を作る
    </Link>
  );
}
