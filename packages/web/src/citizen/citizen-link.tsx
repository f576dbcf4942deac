import { Link } from '@tanstack/react-router';

/** The way from a number to its page; a withheld number has none. */
export function CitizenLink({ number }: { number: string | null }) {
  if (number === null) return null;
  return (
    <Link
      to="/citizen"
      search={{ number }}
      className="mt-1 inline-block rounded-4 text-dns-14N-130 text-key-900 underline underline-offset-4 print:hidden"
    >
      この番号の市民照会
    </Link>
  );
}
