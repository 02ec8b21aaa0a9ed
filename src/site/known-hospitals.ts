import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import { type HospitalView, hospitalView } from "../region/view.ts";
import type { ViewContext } from "../region/view-context.ts";
import type { ContactCell, HospitalRow } from "./board-view.ts";

/** Of a hospital's view what its own words amount to. Its ages stand still for a while: boards show moments. */
export type HospitalWords = Pick<HospitalView, "hospital" | "cells" | "beds">;

/** What a board last saw of a hospital, and how long that is true. */
type Known = {
  readonly view: HospitalWords;
  /** What it was made from, piece by piece. */
  readonly pieces: readonly object[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** Made from `view` and the contact that stands in it. */
  row: HospitalRow | null;
  /** With what advice last took the words over. */
  taken: string | null;
};

/**
 * The hospitals as one board knows them. A fact changes one hospital: making the view of all of them anew for each
 * fact took 4 ms, a good part of the way from a hospital's word to the centre's board.
 */
export type KnownHospitals = Map<Name, Known>;

/** The offset of a device's clock moves by itself, a little: nothing is known for longer than this. */
const knownForMs = 5 * secondMs;

export function newKnownHospitals(): KnownHospitals {
  return new Map();
}

/** As {@link hospitalView}: the very same object as long as nothing about the hospital has changed. */
export function knownHospital(known: KnownHospitals, context: ViewContext, hospital: Name): HospitalWords {
  const pieces = piecesOf(context, hospital);
  const before = known.get(hospital);
  const { nowMs } = context;
  const isCurrent = before !== undefined && nowMs >= before.fromMs && nowMs < before.untilMs;
  if (isCurrent && areSame(before.pieces, pieces)) return before.view;
  const view = hospitalView(context, hospital);
  known.set(hospital, { view, pieces, fromMs: nowMs, untilMs: untilMs(view, nowMs), row: null, taken: null });
  return view;
}

/** The row as it was, the very same object, if it would say the same; otherwise the one that is made. */
export function knownRow(
  known: KnownHospitals,
  row: Omit<HospitalRow, "cells">,
  makeCells: () => HospitalRow["cells"],
): HospitalRow {
  const before = known.get(row.hospital);
  const old = before?.row ?? null;
  if (old !== null && old.inbound === row.inbound && isSame(old.contact, row.contact)) return old;
  const made = { ...row, cells: makeCells() };
  if (before !== undefined) before.row = made;
  return made;
}

/** Calls `take` with the words of a hospital unless it was called with the same words and the same `about` before. */
export function takeOnce(known: KnownHospitals, hospital: Name, about: string, take: () => void): void {
  const before = known.get(hospital);
  if (before?.taken === about) return;
  take();
  if (before !== undefined) before.taken = about;
}

function isSame(before: ContactCell, now: ContactCell): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

/** Each list of heads is made anew whenever one of them changes (register.ts), so that the lists themselves tell. */
function piecesOf({ fold }: ViewContext, hospital: Name): readonly object[] {
  const pieces: object[] = [];
  const state = fold.hospitals.get(hospital);
  for (const { heads } of state?.cells.values() ?? []) pieces.push(heads);
  for (const { heads } of state?.beds.values() ?? []) pieces.push(heads);
  return pieces;
}

function areSame(before: readonly object[], now: readonly object[]): boolean {
  return before.length === now.length && before.every((piece, i) => piece === now[i]);
}

/** Until the next word ends by itself. */
function untilMs({ cells }: HospitalWords, nowMs: number): number {
  let nextMs = nowMs + knownForMs;
  for (const cell of cells) {
    for (const { endsMs } of cell.heads) if (endsMs > nowMs) nextMs = Math.min(nextMs, endsMs);
  }
  return nextMs;
}
