import type { AdviceBase } from "../../advice/base.ts";
import type { Neighbours } from "../../advice/next.ts";
import { present } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import type { CountedClosures } from "../../region/closures-view.ts";
import type { Cell } from "../../region/fields.ts";
import type { NeedId } from "../../region/vocabulary.ts";
import type { MinutesSource } from "../../roads/roads.ts";
import type { BoardContext } from "../views/board-rows.ts";
import type { AdviceRow } from "../views/board-view.ts";
import type { HospitalWords } from "../views/known-hospitals.ts";

/** What one drawing of a board took the region to be, beyond the facts in the fold. Nothing of it changes afterwards. */
export type Sight = {
  readonly nowMs: number;
  /** How far the fold had grown (journal.ts). */
  readonly mark: number;
  readonly hospitals: readonly HospitalWords[];
  /** As the base of advice has them, in its order. */
  readonly contact: Uint8Array;
  readonly contactSinceMs: Float64Array;
  readonly declines: AdviceBase["declines"];
  readonly assigned: AdviceBase["assigned"];
  readonly closed: CountedClosures;
};

/** An advice about a mission as it went to the board. */
export type Shown = {
  readonly mission: string;
  readonly need: NeedId;
  /** The capabilities that this patient's hospitals were weighed by. */
  readonly asked: readonly string[];
  /** How many of the same scene were expected where. */
  readonly expected: { readonly [hospital: Name]: number };
  readonly cell: Cell;
  /** See `Question` in advice/. */
  readonly aloftMin: number;
  readonly besides: Name | null;
  readonly lines: readonly AdviceRow[];
  readonly named: AdviceRow | null;
  readonly forced: boolean;
  readonly source: MinutesSource;
};

export type Seen = {
  readonly id: string;
  /** The last drawing in which it read like this: what was known then is what whoever saw it could have known. */
  shown: Shown;
  sight: Sight;
  readonly minTenths: Uint16Array;
  /** From hospital to hospital, by the same source. */
  neighbours: Neighbours;
};

/** What one board has shown lately; gone with its process. */
export type Sights = { readonly byMission: Map<string, Seen[]>; now: Sight | null; count: number };

/** A click is under way for less time than it takes an advice to change so often. */
const seenKept = 8;

export function newSights(): Sights {
  return { byMission: new Map(), now: null, count: 0 };
}

const noClosures: CountedClosures = new Map();

/** A board is drawn: everything that follows is seen so. The bases hold the state of this moment. */
export function beginSight(
  { sights, base, house, countedClosures }: BoardContext,
  hospitals: readonly HospitalWords[],
  nowMs: number,
): void {
  sights.now = {
    nowMs,
    mark: house.journal.count,
    hospitals,
    contact: base.contact.slice(),
    contactSinceMs: base.contactSinceMs.slice(),
    declines: base.declines.slice(),
    assigned: base.assigned.slice(),
    closed: countedClosures?.() ?? noClosures,
  };
}

/**
 * An advice goes to the board, minutes standing in the base. One that reads as before keeps its name, so that a row
 * that says the same is not sent again.
 */
export function noteSeen({ sights, base, hosted }: BoardContext, shown: Shown): string {
  const sight = present(sights.now, "advice is made in a drawing");
  const known = sights.byMission.get(shown.mission) ?? [];
  const same = known.findLast((seen) => readsAs(seen.shown, shown));
  if (same !== undefined) {
    same.shown = shown;
    same.sight = sight;
    same.minTenths.set(base.driveMinTenths);
    same.neighbours = base.neighbourhood.of(shown.source);
    return same.id;
  }
  sights.count += 1;
  const id = `${hosted.contact.started}-${sights.count}`;
  const neighbours = base.neighbourhood.of(shown.source);
  known.push({ id, shown, sight, minTenths: base.driveMinTenths.slice(), neighbours });
  if (known.length > seenKept) known.shift();
  sights.byMission.set(shown.mission, known);
  return id;
}

/** Missions that run no more are decided by nobody. */
export function forgetSeen({ byMission }: Sights, running: readonly { readonly mission: string }[]): void {
  if (byMission.size === 0) return;
  const missions = new Set(running.map(({ mission }) => mission));
  for (const mission of byMission.keys()) if (!missions.has(mission)) byMission.delete(mission);
}

export function seenBy({ byMission }: Sights, mission: string, id: string): Seen | undefined {
  return byMission.get(mission)?.find((seen) => seen.id === id);
}

function readsAs(a: Shown, b: Shown): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.besides === b.besides &&
    a.named?.text.de === b.named?.text.de &&
    a.lines.every((line, i) => isSameLine(line, b.lines[i]))
  );
}

function isSameLine(a: AdviceRow, b: AdviceRow | undefined): boolean {
  return (
    a.hospital === b?.hospital &&
    a.driveMinTenths === b.driveMinTenths &&
    a.totalMinTenths === b.totalMinTenths &&
    a.text.de === b.text.de
  );
}
