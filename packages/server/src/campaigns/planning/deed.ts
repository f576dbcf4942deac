/** Who does something, when and from where; `personId` null: it happens by itself. */
export type Deed = { readonly personId: string; readonly atMs: number; readonly address: string };

/** Stands for somebody whose account is gone: what they did stays. */
export const GONE = '登録のない職員';
