import type { DraftNode } from '@madoguchi/flow';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { PromptValue } from '../../announcements/prompt-field.tsx';

/** What the settings of every kind get besides the node. */
export type SettingsAround = {
  readonly nodeId: string;
  readonly isReadOnly: boolean;
  /** Values that its texts may say. */
  readonly values: readonly PromptValue[];
};

export type SettingsProps<N> = SettingsAround & {
  /** The node with its defaults written out. */
  readonly node: N;
  /** Changes settings; those of one name that follow each other are undone together. */
  set(settings: Partial<N>): void;
};

/** Draws the settings of a node; null where they cannot be read. */
export type DrawSettings = (
  node: DraftNode,
  around: SettingsAround & { set(settings: object): void },
) => ReactNode;

/** Binds the settings of one kind to its schema. What `draw` needs hooks for is a component of its own. */
export function defineSettings<S extends z.ZodType>(
  schema: S,
  draw: (props: SettingsProps<z.output<S>>) => ReactNode,
): DrawSettings {
  return (node, around) => {
    const parsed = schema.safeParse(node);
    return parsed.success ? draw({ ...around, node: parsed.data }) : null;
  };
}
