import { getSmoothStepPath, Position, useStore } from '@xyflow/react';
import { memo, useCallback, useMemo } from 'react';
import { createPortal } from 'react-dom';
import type { CardNode } from './graph.ts';
import { WAY_IN, wayStart } from './layout.ts';
import { type CanvasMarks, wayKey } from './marks.ts';

/**
 * Every way between the cards, in one picture below them; what is lit, above them. React Flow would make a picture of its own of each edge, which
 * asks for its place at every movement: with hundreds of them no drag is fluent.
 */
export function Ways({ cards, marks }: { cards: readonly CardNode[]; marks: CanvasMarks }) {
  const canvas = useStore((store) => store.domNode);
  const place = useMemo(() => canvas?.querySelector('.react-flow__viewport-portal') ?? null, [canvas]);
  if (place === null) return null;
  const lit = cards.filter(({ id, data }) =>
    data.ways.some(({ branch }) => marks.litWays.has(wayKey(id, branch))),
  );
  return createPortal(
    <>
      <svg aria-hidden="true" className="ways">
        {cards.map((card) => (
          <WaysOf key={card.id} card={card} marks={marks} isLit={false} />
        ))}
      </svg>
      <svg aria-hidden="true" className="ways ways-lit">
        {lit.map((card) => (
          <WaysOf key={card.id} card={card} marks={marks} isLit />
        ))}
      </svg>
    </>,
    place,
  );
}

/** The ways out of one card. They are drawn anew when it moves, or a card that they lead to. */
const WaysOf = memo(function WaysOf({
  card: { id, data },
  marks,
  isLit,
}: {
  card: CardNode;
  marks: CanvasMarks;
  isLit: boolean;
}) {
  const { node, ways } = data;
  const [source, ...targets] = useStore(
    useCallback(
      ({ nodeLookup }) =>
        [id, ...ways.map(({ target }) => target ?? '')].map((of) => nodeLookup.get(of)?.position),
      [id, ways],
    ),
    isSamePlaces,
  );
  if (source === undefined) return null;
  return ways.map(({ branch }, row) => {
    const target = targets[row];
    const key = wayKey(id, branch);
    if (target === undefined || marks.litWays.has(key) !== isLit) return null;
    const start = wayStart(node, row);
    const [path] = getSmoothStepPath({
      sourceX: source.x + start.x,
      sourceY: source.y + start.y,
      sourcePosition: Position.Right,
      targetX: target.x + WAY_IN.x,
      targetY: target.y + WAY_IN.y,
      targetPosition: Position.Left,
    });
    return <path key={branch} className={classOf(key, marks)} d={path} />;
  });
});

type Places = readonly ({ readonly x: number; readonly y: number } | undefined)[];

function isSamePlaces(one: Places, other: Places): boolean {
  return one.length === other.length && one.every((place, row) => place === other[row]);
}

function classOf(key: string, marks: CanvasMarks): string {
  if (marks.litWays.has(key)) return 'way-lit';
  const width = marks.wayWidths.get(key);
  return width === undefined ? 'way' : `way way-width-${width}`;
}
