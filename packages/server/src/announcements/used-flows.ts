import {
  type BundleDraft,
  BundleDraftSchema,
  type FlowDraft,
  FlowDraftSchema,
  type LibraryLink,
  libraryLinksIn,
  promptsOfFlow,
  type Reading,
  spokenTextsOf,
} from '@madoguchi/flow';
import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';

/** A flow in which staff's words stand, and for whom. */
export type UsedFlow = {
  /** `inForce`: callers of a number hear it. */
  readonly kind: 'inForce' | 'draft';
  readonly flowId: string;
  readonly flowName: string;
  readonly phoneNumberShown: string | null;
  readonly phoneNumberName: string | null;
  readonly links: readonly LibraryLink[];
  readonly texts: readonly string[];
};

type FlowWords = Pick<UsedFlow, 'flowId' | 'flowName' | 'links' | 'texts'> & {
  readonly audioIds: readonly string[];
};

/** A version that callers hear, as it is read to them. */
export type SpokenVersion = {
  /** Of the flow in which its calls begin: what is published. */
  readonly flowId: string;
  readonly flowName: string;
  /** The numbers at which callers hear it, formatted. */
  readonly numbersShown: readonly string[];
  readonly texts: readonly string[];
  /** Null: one of before, which follows every change of the dictionary. */
  readonly readings: readonly Reading[] | null;
};

export type UsedFlows = {
  /** The flows that callers hear now, and the drafts. */
  read(): Promise<readonly UsedFlow[]>;
  /** The versions that callers hear now. */
  spoken(): Promise<readonly SpokenVersion[]>;
  /** Uploaded sounds that some draft or version needs, also one that staff may go back to. */
  audioIds(): Promise<ReadonlySet<string>>;
};

/** What the flows say. Published versions never change, so each is read once. */
export function createUsedFlows(db: Database): UsedFlows {
  const known = new Map<string, KnownBundle>();

  async function wordsOf(bundleIds: readonly string[]): Promise<void> {
    const missing = bundleIds.filter((id) => !known.has(id));
    if (missing.length === 0) return;
    const rows = await db
      .selectFrom('flow_bundle')
      .select(['bundle_id', 'bundle'])
      .where('bundle_id', 'in', missing)
      .execute();
    for (const { bundle_id, bundle } of rows) {
      const read = BundleDraftSchema.safeParse(bundle);
      known.set(bundle_id, read.success ? knownBundle(read.data) : NOTHING_KNOWN);
    }
  }

  async function draftWords(): Promise<readonly FlowWords[]> {
    const rows = await db.selectFrom('flow').select('draft').where('removed_at', 'is', null).execute();
    return rows.map(({ draft }) => flowWords(FlowDraftSchema.parse(draft)));
  }

  async function servedNumbers() {
    const numbers = await db
      .selectFrom('phone_number')
      .select(['phone_number', 'name', 'bundle_id'])
      .where('bundle_id', 'is not', null)
      .orderBy('phone_number')
      .execute();
    await wordsOf(numbers.flatMap(({ bundle_id }) => bundle_id ?? []));
    return numbers;
  }

  return {
    async spoken() {
      const served = Map.groupBy(await servedNumbers(), ({ bundle_id }) => bundle_id ?? '');
      return [...served].flatMap(([bundleId, numbers]) => {
        const version = known.get(bundleId)?.version ?? null;
        const numbersShown = numbers.map(({ phone_number }) => showNumber(phone_number));
        return version === null ? [] : [{ ...version, numbersShown }];
      });
    },
    async read() {
      const numbers = await servedNumbers();
      const inForce = numbers.flatMap(({ phone_number, name, bundle_id }) =>
        (known.get(bundle_id ?? '') ?? NOTHING_KNOWN).flows.map(({ audioIds: _, ...words }) => ({
          ...words,
          kind: 'inForce' as const,
          phoneNumberShown: showNumber(phone_number),
          phoneNumberName: name,
        })),
      );
      const drafts = (await draftWords()).map(({ audioIds: _, ...words }) => ({
        ...words,
        kind: 'draft' as const,
        phoneNumberShown: null,
        phoneNumberName: null,
      }));
      return [...inForce, ...drafts];
    },
    async audioIds() {
      const bundles = await db.selectFrom('flow_bundle').select('bundle_id').execute();
      await wordsOf(bundles.map(({ bundle_id }) => bundle_id));
      const all = [...[...known.values()].flatMap(({ flows }) => flows), ...(await draftWords())];
      return new Set(all.flatMap(({ audioIds }) => audioIds));
    },
  };
}

type KnownBundle = {
  readonly flows: readonly FlowWords[];
  readonly version: Omit<SpokenVersion, 'numbersShown'> | null;
};
/** Of a version that cannot be read. */
const NOTHING_KNOWN: KnownBundle = { flows: [], version: null };

function knownBundle(bundle: BundleDraft): KnownBundle {
  const { entryFlowId, flows, readings = null } = bundle;
  const flowName = flows[entryFlowId]?.name ?? '';
  return {
    flows: Object.values(flows).map(flowWords),
    version: { flowId: entryFlowId, flowName, texts: spokenTextsOf(bundle), readings },
  };
}

function flowWords(flow: FlowDraft): FlowWords {
  const prompts = promptsOfFlow(flow);
  return {
    flowId: flow.id,
    flowName: flow.name,
    links: libraryLinksIn(flow),
    texts: prompts.flatMap((prompt) => (prompt.type === 'text' ? [prompt.text] : [])),
    audioIds: prompts.flatMap((prompt) => (prompt.type === 'audio' ? [prompt.audioId] : [])),
  };
}
