import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useMemo } from 'react';
import type { CardNode } from './graph.ts';
import { CARD_WIDTH } from './layout.ts';

/** Of the map on the screen, in px. */
const WIDTH = 150;
const HEIGHT = 100;
/** Kept free around the outermost cards, in px. */
const MARGIN = 5;

/** A rectangle in canvas units. */
type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * All cards in small, and the part that is in view; a press on it moves the view there. React Flow's own map looks at every card at each step of a
 * drag; this one knows only what the flow says, so a card that is dragged keeps its spot until it is let go.
 */
export function SmallMap({ cards }: { cards: readonly CardNode[] }) {
  const { setCenter, getZoom } = useReactFlow();
  const area = useMemo(() => areaOf(cards), [cards]);
  const spots = useMemo(() => cards.map(spotOf).join(''), [cards]);

  const look = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = area.x + ((event.clientX - left) / WIDTH) * area.width;
    const y = area.y + ((event.clientY - top) / HEIGHT) * area.height;
    void setCenter(x, y, { zoom: getZoom() });
  };

  return (
    <Panel
      position="bottom-right"
      // Stands over the cards: without a frame it looks like a hole in the picture.
      className="overflow-hidden rounded-8 border border-solid-gray-420 bg-white"
    >
      {/* By keys, the view follows the card that is moved to (use-canvas-keys.ts). */}
      <svg
        role="img"
        aria-label="フロー全体の縮図"
        width={WIDTH}
        height={HEIGHT}
        viewBox={`${area.x} ${area.y} ${area.width} ${area.height}`}
        className="block cursor-pointer touch-none"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) look(event);
        }}
      >
        <path d={spots} className="fill-solid-gray-420" />
        <InView area={area} />
      </svg>
    </Panel>
  );
}

/** A frame around what is in view, and a veil over the rest. */
function InView({ area }: { area: Area }) {
  const view = useStore(
    ({ transform: [x, y, zoom], width, height }): Area => ({
      x: -x / zoom,
      y: -y / zoom,
      width: width / zoom,
      height: height / zoom,
    }),
    isSameArea,
  );
  return (
    <>
      <path
        d={outline(area) + outline(view)}
        fillRule="evenodd"
        className="fill-solid-gray-200"
        opacity={0.6}
      />
      <path
        d={outline(view)}
        fill="none"
        vectorEffect="non-scaling-stroke"
        className="stroke-key-900 stroke-1"
      />
    </>
  );
}

/** What the map shows: all cards and a margin, in the map's proportions. */
function areaOf(cards: readonly CardNode[]): Area {
  const areas = cards.map(areaOfCard);
  const left = Math.min(...areas.map(({ x }) => x));
  const top = Math.min(...areas.map(({ y }) => y));
  const width = Math.max(...areas.map((card) => card.x + card.width)) - left;
  const height = Math.max(...areas.map((card) => card.y + card.height)) - top;
  const scale = Math.max(width / (WIDTH - 2 * MARGIN), height / (HEIGHT - 2 * MARGIN));
  const [shownWidth, shownHeight] = [WIDTH * scale, HEIGHT * scale];
  return {
    x: left + (width - shownWidth) / 2,
    y: top + (height - shownHeight) / 2,
    width: shownWidth,
    height: shownHeight,
  };
}

function areaOfCard({ position, width = CARD_WIDTH, height = 0 }: CardNode): Area {
  return { ...position, width, height };
}

function spotOf(card: CardNode): string {
  return outline(areaOfCard(card));
}

function outline({ x, y, width, height }: Area): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

function isSameArea(one: Area, other: Area): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
