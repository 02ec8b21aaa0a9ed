import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CapabilityId } from "../../../region/vocabulary.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { CellNote, type Look } from "./cell-note.tsx";

export type CellLooksProps = {
  /** The place of the table: the note is laid over it. */
  readonly place: { readonly current: HTMLElement | null };
  readonly sight: Sight;
  readonly actions: Actions;
};

/** About what a note with two words in force takes. */
const noteHeightPx = 340;

const arrows: { readonly [key: string]: readonly [rows: number, columns: number] } = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * Looks at the cells of the table: under the pointer, by tap, and by keyboard, where the table is one stop of the
 * tabulator and arrows walk from cell to cell. What has the focus stays open, what is pointed at is only shown.
 */
export function CellLooks({ place, sight, actions }: CellLooksProps): JSX.Element | null {
  const [focused, setFocused] = useState<HTMLElement | null>(null);
  const [pointed, setPointed] = useState<HTMLElement | null>(null);
  const note = useRef<HTMLElement>(null);
  const closed = useRef(() => {});
  const opened = useRef((_cell: HTMLElement) => {});
  useLayoutEffect(() => keepStop(place.current));
  useEffect(() => {
    const home = place.current;
    if (home === null) return;
    const leave = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listen: (event: HTMLElementEventMap[K]) => void,
    ) => home.addEventListener(type, listen, { signal: leave.signal });
    on("pointerover", ({ target, pointerType }) =>
      setPointed(pointerType === "mouse" ? cellOf(target) : null),
    );
    on("pointerleave", () => setPointed(null));
    on("click", ({ target }) => focusCell(home, cellOf(target)));
    on("focusin", ({ target }) => setFocused((now) => (isIn(note.current, target) ? now : cellOf(target))));
    on("focusout", ({ relatedTarget }) => {
      if (!isIn(home, relatedTarget)) setFocused(null);
    });
    on("keydown", (event) => {
      const cell = cellOf(event.target);
      const arrow = arrows[event.key];
      if (event.key === "Escape") closed.current();
      if (cell === null || (event.key !== "Enter" && arrow === undefined)) return;
      // Otherwise the same key would press the button that it leads to, or scroll.
      event.preventDefault();
      if (arrow === undefined) opened.current(cell);
      else focusCell(home, neighbour(cell, arrow));
    });
    return () => leave.abort();
  }, []);
  const cell = [focused, pointed].find((one) => one?.isConnected === true) ?? null;
  const look = cell === null ? null : lookOf(cell, place.current);
  const close = () => {
    if (isIn(note.current, document.activeElement)) cell?.focus();
    setFocused(null);
    setPointed(null);
  };
  closed.current = close;
  opened.current = (asked) => {
    const button = note.current?.querySelector("button");
    if (button === undefined || button === null) setFocused(asked);
    else button.focus();
  };
  if (cell === null || look === null) return null;
  return (
    <CellNote
      key={`${look.hospital}/${look.capability}`}
      {...{ look, note, sight, actions, close }}
      isPassive={cell !== focused}
    />
  );
}

/** One cell of the table is a stop of the tabulator, also after its columns changed. */
function keepStop(home: HTMLElement | null): void {
  home?.querySelector("table")?.setAttribute("role", "grid");
  if (home?.querySelector("td[tabindex]") !== null) return;
  const first = home.querySelector<HTMLElement>("td[data-capability]");
  if (first !== null) first.tabIndex = 0;
}

function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("td[data-capability]") : null;
}

function isIn(home: HTMLElement | null, target: EventTarget | null): boolean {
  return target instanceof Node && home?.contains(target) === true;
}

function focusCell(home: HTMLElement, cell: HTMLElement | null): void {
  if (cell === null) return;
  for (const stop of home.querySelectorAll("td[tabindex]")) stop.removeAttribute("tabindex");
  cell.tabIndex = 0;
  cell.focus();
}

function neighbour(cell: HTMLElement, [rows, columns]: readonly [number, number]): HTMLElement | null {
  const row = cell.closest("tr");
  const cells = [...(row?.querySelectorAll<HTMLElement>("td[data-capability]") ?? [])];
  const column = cells.indexOf(cell) + columns;
  if (rows === 0) return cells[column] ?? null;
  const next = rows > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  return next?.querySelectorAll<HTMLElement>("td[data-capability]")[column] ?? null;
}

/** Where the note goes: under its cell, above it where the window ends, inside the table's place. */
function lookOf(cell: HTMLElement, home: HTMLElement | null): Look | null {
  const hospital = cell.closest<HTMLElement>("[data-hospital]")?.dataset["hospital"];
  const capability = cell.dataset["capability"];
  if (hospital === undefined || capability === undefined || home === null) return null;
  const at = cell.getBoundingClientRect();
  const around = home.getBoundingClientRect();
  const isLow = window.innerHeight - at.bottom < noteHeightPx && at.top > noteHeightPx;
  return {
    hospital,
    // Cells carry the capability of their column.
    capability: capability as CapabilityId,
    edge: isLow ? "bottom" : "top",
    edgePx: isLow ? around.bottom - at.top : at.bottom - around.top,
    leftPx: at.left - around.left,
  };
}
