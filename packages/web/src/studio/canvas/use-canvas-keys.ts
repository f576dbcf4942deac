import type { KeyboardEvent } from 'react';
import { copySelection, pasteCopied } from '../clipboard.ts';
import { moveNodes, removeNodes } from '../edit/edits.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { placesOf } from './layout.ts';
import { type Direction, nearestIn } from './nearest.ts';

const STEP = 24;

/** Everything that the mouse does on the canvas, by keys; `canvas-help.tsx` tells them. */
export function useCanvasKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const studio = useStudio();
  const tools = useTools();
  const { flow, state, dispatch, edit } = studio;
  const [current = flow.startNodeId] = [...state.selection].slice(-1);

  return (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('[data-card]') === null) return;
    const act = actionOf(event);
    if (act === null) return;
    event.preventDefault();
    act();
  };

  function actionOf(event: KeyboardEvent): (() => void) | null {
    if (event.ctrlKey || event.metaKey) return withControl(event.key.toLowerCase());
    if (isDirection(event.key)) {
      const direction = event.key;
      return event.altKey ? () => move(direction) : () => go(direction);
    }
    switch (event.key) {
      case 'Enter':
      case ' ':
        return tools.openPanel;
      case 'Insert':
      case 'a':
        return () =>
          tools.askAdd(Object.hasOwn(flow.nodes, current) ? { nodeId: current, branch: null } : null);
      case 'c':
        return () => tools.askConnect({ nodeId: current, branch: null });
      case 'Delete':
      case 'Backspace':
        return () => edit(removeNodes(flow, state.selection));
      case 'Escape':
        return () => studio.select(current);
      default:
        return null;
    }
  }

  function withControl(key: string): (() => void) | null {
    switch (key) {
      case 'c':
        return () => copySelection(studio);
      case 'x':
        return () => {
          copySelection(studio);
          edit(removeNodes(flow, state.selection));
        };
      case 'v':
        return () => pasteCopied(studio);
      case 'a':
        return () => studio.select(...Object.keys(flow.nodes));
      case 'z':
        return () => dispatch({ type: 'undo' });
      case 'y':
        return () => dispatch({ type: 'redo' });
      default:
        return null;
    }
  }

  function go(direction: Direction): void {
    const places = placesOf(flow);
    const from = places.get(current);
    const next = from === undefined ? Object.keys(flow.nodes)[0] : nearestIn(direction, from, places);
    if (next !== null && next !== undefined) tools.show(next);
  }

  function move(direction: Direction): void {
    const places = placesOf(flow);
    const moved = [...state.selection].flatMap((id) => {
      const at = places.get(id);
      if (at === undefined) return [];
      const x = at.x + (direction === 'ArrowLeft' ? -STEP : direction === 'ArrowRight' ? STEP : 0);
      const y = at.y + (direction === 'ArrowUp' ? -STEP : direction === 'ArrowDown' ? STEP : 0);
      return [[id, { x, y }] as const];
    });
    // What was laid out by itself keeps its place from now on.
    edit(moveNodes(flow, new Map([...places, ...moved])), 'move');
  }
}

function isDirection(key: string): key is Direction {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}
