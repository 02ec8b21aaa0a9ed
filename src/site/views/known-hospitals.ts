import type { Name } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import type { HospitalFold } from "../../region/fold.ts";
import { type HospitalView, hospitalView } from "../../region/view.ts";
import type { ViewContext } from "../../region/view-context.ts";
import type { ContactCell, HospitalRow } from "./board-view.ts";

/** Of a hospital's view what its own words amount to. Its ages stand still for a while: boards show moments. */
export type HospitalWords = Pick<HospitalView, "hospital" | "cells" | "beds" | "calls">;

/** What a board last saw of a hospital, and how long that is true. */
type Known = {
  readonly view: HospitalWords;
  /** What it was made from: whose words, and how many were in. */
  readonly state: HospitalFold | undefined;
  readonly folded: number;
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
  const { fold, nowMs } = context;
  const state = fold.hospitals.get(hospital);
  const folded = state?.folded ?? 0;
  const before = known.get(hospital);
  const isCurrent = before !== undefined && nowMs >= before.fromMs && nowMs < before.untilMs;
  if (isCurrent && before.state === state && before.folded === folded) return before.view;
  const view = hospitalView(context, hospital);
  const times = { fromMs: nowMs, untilMs: untilMs(view, context) };
  known.set(hospital, { view, state, folded, ...times, row: null, taken: null });
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

/** All of them: a member that is missing here would be a change that no board shows. */
const members = {
  verdict: true,
  lastHeardMs: true,
  via: true,
  storing: true,
  backByMs: true,
  clockOffMs: true,
  flaps: true,
} satisfies { readonly [Member in keyof Required<ContactCell>]: true };
// The type above holds exactly the members.
const contactMembers = Object.keys(members) as (keyof ContactCell)[];

function isSame(before: ContactCell, now: ContactCell): boolean {
  return contactMembers.every((member) => before[member] === now[member]);
}

/** Until the next word, or count of beds, ends by itself. */
function untilMs({ cells, beds }: HospitalWords, { nowMs, runOut }: ViewContext): number {
  let nextMs = nowMs + knownForMs;
  for (const cell of cells) {
    for (const { endsMs } of cell.heads) if (endsMs > nowMs) nextMs = Math.min(nextMs, endsMs);
  }
  for (const { free, sinceMs } of beds)
    if (free !== null) nextMs = Math.min(nextMs, sinceMs + runOut.openRunsOutMs);
  return nextMs;
}
