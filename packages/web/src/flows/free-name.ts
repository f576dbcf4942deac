import { LONGEST_FLOW_NAME_CHARS } from '@madoguchi/server/flow-contract';

/** `wanted` as a flow's name that none of `taken` is, shortened where the mark would not fit: '国保 資格（2）'. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const name = wanted.trim() === '' ? '名前のないフロー' : wanted.trim();
  for (let nth = 1; ; nth += 1) {
    const mark = nth === 1 ? '' : `（${nth}）`;
    const tried = `${shortened(name, LONGEST_FLOW_NAME_CHARS - mark.length)}${mark}`;
    if (!taken.includes(tried)) return tried;
  }
}

/** The flows under names that tell them from each other and from `taken`. */
export function withFreeNames<F extends { readonly name: string }>(
  flows: readonly F[],
  taken: readonly string[],
): readonly F[] {
  const names = [...taken];
  return flows.map((flow) => {
    const name = freeName(flow.name, names);
    names.push(name);
    return { ...flow, name };
  });
}

/** At most this many units of UTF-16, and never half a character. */
function shortened(text: string, units: number): string {
  const cut = text.slice(0, units);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
