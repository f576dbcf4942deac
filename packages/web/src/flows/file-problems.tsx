import type { FileProblem } from '@madoguchi/flow';

/** What is wrong with a file of flows, each with its place. */
export function FileProblems({ problems }: { problems: readonly FileProblem[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-2">
      {problems.map(({ place, message }) => (
        <li key={`${place} ${message}`} className="border-l-4 border-error-1 pl-3 break-words">
          <span className="block font-bold">{place}</span>
          {message}
        </li>
      ))}
    </ul>
  );
}
