/** What the checker found at one node, before it is known where that node stands. Messages are Japanese, for staff. */
export type Finding = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly mend: string;
};

/** A finding with its place. `nodeId` null: the flow as a whole. */
export type Problem = Finding & { readonly flowId: string; readonly nodeId: string | null };

/** What a flow may refer to outside itself. */
export type Surroundings = {
  /** National digits of the numbers that this system answers. */
  readonly ownNumbers: readonly string[];
  readonly calendarIds: readonly string[];
  readonly listIds: readonly string[];
  readonly audioIds: readonly string[];
  /** Announcements of the library. Where they are not given, nothing is said of prompts that are tied to one. */
  readonly announcementIds?: readonly string[];
  /**
   * Hosts of the city's own pages, in lower case ('www.city.example.jp'; what lies below one is the city's too). Empty: staff have named none.
   * Not given: unknown.
   */
  readonly ownHosts?: readonly string[];
  /** Voices that this house speaks with. Where they are not given, nothing is said of them. */
  readonly voiceIds?: readonly string[];
};

export type NodeSurroundings = Surroundings & { readonly flowIds: readonly string[] };
