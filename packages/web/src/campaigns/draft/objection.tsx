/** What the server objected to at a field that cannot say it itself. */
export function Objection({ message }: { message: string | undefined }) {
  return message === undefined ? null : <p className="text-std-16N-170 text-error-2">＊{message}</p>;
}
