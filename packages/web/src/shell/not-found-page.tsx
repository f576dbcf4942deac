import { Link } from '@tanstack/react-router';
import { PageTitle } from '../design/page-title.tsx';
import { PlainPage } from './plain-page.tsx';

export function NotFoundPage() {
  return (
    <PlainPage>
      <PageTitle title="ページが見つかりません" />
      <p className="text-std-16N-170">
        アドレスが間違っているか、ページがなくなった可能性があります。アドレスをお確かめいただくか、次のページからお探しください。
      </p>
      <p className="mt-4 text-std-16N-170">
        <Link to="/live" className="rounded-4 text-key-900 underline underline-offset-4">
          ただいまの通話へ
        </Link>
      </p>
    </PlainPage>
  );
}
