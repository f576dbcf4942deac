import { getSmoothStepPath, Position, useStore } from '@xyflow/react';
import { memo, useCallback, useMemo } from 'react';
import { createPortal } from 'react-dom';
import type { Place } from '../edit/edits.ts';
import type { CardNode } from './graph.ts';
import { WAY_IN, wayStart } from './layout.ts';
import { type CanvasMarks, wayKey } from './marks.ts';

type Places = ReadonlyMap<string, Place>;

/**
 * Every way between the cards, below them; what is lit, above them. React Flow would make a picture of its own of each edge, which asks for its place
 * at every movement: with hundreds of them no drag is fluent. The ways of cards that are being dragged are a picture of their own for the same reason:
 * only that is worked out and painted at each step.
 */
export function Ways({ cards, marks }: { cards: readonly CardNode[]; marks: CanvasMarks }) {
  const canvas = useStore((store) => store.domNode);
  const portal = useMemo(() => canvas?.querySelector('.react-flow__viewport-portal') ?? null, [canvas]);
  const still = useMemo(() => new Map(cards.map(({ id, position }) => [id, position])), [cards]);
  /** Where React Flow has cards that the flow has elsewhere. */
  const dragged = useStore(
    useCallback(
      ({ nodeLookup }): Places =>
        new Map(
          cards.flatMap(({ id, position }) => {
            const now = nodeLookup.get(id)?.position;
            return now === undefined || isSamePlace(now, position) ? [] : [[id, now]];
          }),
        ),
      [cards],
    ),
    isSamePlaces,
  );
  const draggedIds = [...dragged.keys()].join('\n');
  const { resting, moving } = useMemo(() => {
    const ids = new Set(draggedIds.split('\n'));
    const isMoving = ({ id, data }: CardNode) =>
      ids.has(id) || data.ways.some(({ target }) => target !== null && ids.has(target));
    return { resting: cards.filter((card) => !isMoving(card)), moving: cards.filter(isMoving) };
  }, [cards, draggedIds]);
  const lit = useMemo(
    () =>
      cards.filter(({ id, data }) => data.ways.some(({ branch }) => marks.litWays.has(wayKey(id, branch)))),
    [cards, marks],
  );
  if (portal === null) return null;
  const places = dragged.size === 0 ? still : new Map([...still, ...dragged]);
  return createPortal(
    <>
      <Picture cards={resting} places={still} marks={marks} isLit={false} />
      <Picture cards={moving} places={places} marks={marks} isLit={false} />
      <Picture cards={lit} places={places} marks={marks} isLit />
    </>,
    portal,
  );
}

type Drawn = { readonly places: Places; readonly marks: CanvasMarks; readonly isLit: boolean };

const Picture = memo(function Picture({ cards, ...drawn }: { cards: readonly CardNode[] } & Drawn) {
  return (
    <svg aria-hidden="true" className={drawn.isLit ? 'ways ways-lit' : 'ways'}>
      {cards.map((card) => (
        <WaysOf key={card.id} card={card} {...drawn} />
      ))}
    </svg>
  );
});

/** The ways out of one card. They are drawn anew when it moves, or a card that they lead to. */
const WaysOf = memo(function WaysOf({ card: { id, data }, places, marks, isLit }: OfCard) {
  const source = places.get(id);
  if (source === undefined) return null;
  return data.ways.map(({ branch, target: to }, row) => {
    const target = to === null ? undefined : places.get(to);
    const key = wayKey(id, branch);
    if (target === undefined || marks.litWays.has(key) !== isLit) return null;
    const start = wayStart(data.node, row);
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
}, isSameDrawing);

type OfCard = Drawn & { readonly card: CardNode };

function isSameDrawing(one: OfCard, other: OfCard): boolean {
  const { card, marks, isLit } = one;
  if (card.data !== other.card.data || marks !== other.marks || isLit !== other.isLit) return false;
  return [card.id, ...card.data.ways.map(({ target }) => target ?? '')].every((id) =>
    isSamePlace(one.places.get(id), other.places.get(id)),
  );
}

function isSamePlaces(one: Places, other: Places): boolean {
  return one.size === other.size && [...one].every(([id, place]) => isSamePlace(place, other.get(id)));
}

function isSamePlace(one: Place | undefined, other: Place | undefined): boolean {
  return one === other || (one?.x === other?.x && one?.y === other?.y);
}

function classOf(key: string, marks: CanvasMarks): string {
  if (marks.litWays.has(key)) return 'way-lit';
  const width = marks.wayWidths.get(key);
  return width === undefined ? 'way' : `way way-width-${width}`;
}
