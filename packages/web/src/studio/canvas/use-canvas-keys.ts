import type { KeyboardEvent } from 'react';
import { copySelection, pasteCopied } from '../clipboard.ts';
import { moveNodes } from '../edit/edits.ts';
import { redo, undo } from '../edit/history.ts';
import { nodeToShow } from '../edit/node-to-show.ts';
import { removeAndGoOn } from '../remove-and-go-on.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { placesOf } from './layout.ts';
import { type Direction, nearestIn } from './nearest.ts';

const STEP = 24;

/** Everything that the mouse does on the canvas, by keys; `canvas-help.tsx` tells them to staff. */
export function useCanvasKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const studio = useStudio();
  const tools = useTools();
  const { flow, state, dispatch, edit } = studio;
  const [current = flow.startNodeId] = [...state.selection].slice(-1);

  return (event) => {
    const { target, currentTarget } = event;
    const isOnButton = target instanceof HTMLElement && target.closest('[data-card]') === null;
    if (isOnButton && target !== currentTarget) return;
    const act = actionOf(event);
    if (act === null) return;
    event.preventDefault();
    act();
  };

  function actionOf(event: KeyboardEvent<HTMLElement>): (() => void) | null {
    const { key, ctrlKey, metaKey, altKey, shiftKey, currentTarget } = event;
    if (isDirection(key) && !altKey) return () => go(key);
    if (key === 'Enter' || key === ' ') return tools.openPanel;
    if (key === 'Escape') return () => studio.select(current);
    const isControl = ctrlKey || metaKey;
    if (isControl && key.toLowerCase() === 'c') return () => copySelection(studio);
    if (isControl && key.toLowerCase() === 'a') return () => studio.select(...Object.keys(flow.nodes));
    if (!state.mayEdit) return null;
    if (isControl) return withControl(key.toLowerCase(), { isShifted: shiftKey, canvas: currentTarget });
    if (isDirection(key)) return () => move(key);
    const way = Object.hasOwn(flow.nodes, current) ? { nodeId: current, branch: null } : null;
    switch (key) {
      case 'Insert':
      case 'a':
        return () => tools.askAdd(way);
      case 'c':
        return way === null ? null : () => tools.askConnect(way);
      case 'Delete':
      case 'Backspace':
        return () => remove(currentTarget);
      default:
        return null;
    }
  }

  function withControl(
    key: string,
    { isShifted, canvas }: { isShifted: boolean; canvas: HTMLElement },
  ): (() => void) | null {
    switch (key) {
      case 'x':
        return () => {
          copySelection(studio);
          remove(canvas);
        };
      case 'v':
        return () => pasteCopied(studio, tools);
      case 'z':
        return () => step(isShifted ? 'redo' : 'undo', canvas);
      case 'y':
        return () => step('redo', canvas);
      default:
        return null;
    }
  }

  function remove(canvas: HTMLElement): void {
    if (!removeAndGoOn(studio, tools, state.selection)) canvas.focus();
  }

  function step(way: 'undo' | 'redo', canvas: HTMLElement): void {
    const { present } = way === 'undo' ? undo(state.history) : redo(state.history);
    dispatch({ type: way });
    const next = nodeToShow(flow, present, current);
    if (next === null) canvas.focus();
    else tools.show(next);
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
