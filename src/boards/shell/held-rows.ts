import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** A pointer that lies still for this long is nobody's hand: it no longer holds a list. */
export const handRestsMs = 30_000;

/** A list as it is shown: in what order, and how many new rows wait at its end. */
export type HeldRows = { readonly order: readonly string[]; readonly freshCount: number };

/**
 * While a list is held nothing in it moves: what is shown keeps its place, also what is gone meanwhile, and what is new
 * comes last. `settled` is the order in which it stood before it was held.
 */
export function heldRows(
  shown: readonly string[],
  settled: readonly string[],
  wanted: readonly string[],
  isHeld: boolean,
): HeldRows {
  if (!isHeld) return { order: wanted, freshCount: 0 };
  const order = [...shown, ...wanted.filter((key) => !shown.includes(key))];
  const freshCount = wanted.filter((key) => !settled.includes(key)).length;
  return { order, freshCount };
}

/**
 * Holds a list while a hand or the focus is in it, and for a while after the row ended that had the focus. `settle` puts it in order at once, for whoever asks for it. A board
 * is drawn again at every tick: a focus that left, and a hand that rests, are noticed then.
 */
export function useHeldRows<E extends HTMLElement>(wanted: readonly string[]) {
  const list = useRef<E>(null);
  const shown = useRef(wanted);
  const settled = useRef(wanted);
  const movedMs = useRef<number | null>(null);
  const [, redraw] = useState({});
  const isPointed = movedMs.current !== null && performance.now() - movedMs.current < handRestsMs;
  const hasFocus = list.current?.contains(document.activeElement) === true;
  const isHeld = isPointed || hasFocus;
  const rows = heldRows(shown.current, settled.current, wanted, isHeld);
  useEffect(() => {
    shown.current = rows.order;
    if (!isHeld) settled.current = wanted;
  });
  useLayoutEffect(() => {
    // The row in which somebody was has ended: their eyes are still there.
    if (hasFocus && document.activeElement === document.body) movedMs.current = performance.now();
  });
  const move = () => {
    movedMs.current = performance.now();
  };
  const leave = () => {
    movedMs.current = null;
  };
  const settle = () => {
    shown.current = wanted;
    settled.current = wanted;
    redraw({});
  };
  return { ...rows, list, holders: { onPointerMove: move, onPointerLeave: leave }, settle };
}
