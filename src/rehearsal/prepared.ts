import { adviceBaseOf } from "../advice/region-base.ts";
import { assert, present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { minuteMs } from "../basics/time.ts";
import { cellAt, cellMiddle } from "../region/cell.ts";
import type { Cell } from "../region/fields.ts";
import type { NeedId, RegionData } from "../region/region-data.ts";
import { driveFrom } from "../roads/roads.ts";
import type { DrawnMission } from "./generator.ts";
import { nightHospital } from "./plan.ts";

/** What the script needs a mission for. */
export type Part =
  /** Under way to the hospital of the night: asked, and nobody has answered yet. */
  | "asked"
  | "accepted"
  /** So near the door that the dispatcher calls and keeps it. */
  | "near"
  /** The first hospital it is steered to declines. */
  | "declined"
  /** The patient of the night: aortic emergency. */
  | "aorta"
  /** Under way to another hospital, which cannot take it when the own centre is lost: the other centre steers it. */
  | "taken-over";

export type PreparedMission = DrawnMission & { readonly part: Part; readonly destination: Name };

/** Whose ambulances the prepared missions have: vehicles 1 to 6 of this centre. */
export const preparedCentre: Name = "duesseldorf";
/** The destination of *taken-over*, which stops taking patients while the first centre is gone. */
export const closingHospital: Name = "ratingen-marien";

type Recipe = {
  readonly part: Part;
  readonly need: NeedId;
  readonly urgency: number;
  readonly destination: Name;
  /** Minutes of driving still ahead, in tenths. */
  readonly fromMinTenths: number;
  readonly toMinTenths: number;
};

const recipes: readonly Recipe[] = [
  recipe("asked", "stroke", 80, 110),
  recipe("accepted", "stemi", 80, 120),
  recipe("near", "sepsis", 27, 34),
  recipe("declined", "polytrauma", 100, 140),
  recipe("aorta", "aortic-emergency", 90, 130),
  { ...recipe("taken-over", "abdominal", 120, 150), destination: closingHospital },
];

export const preparedCount = recipes.length;

function recipe(part: Part, need: NeedId, fromMinTenths: number, toMinTenths: number): Recipe {
  return { part, need, urgency: 1, destination: nightHospital, fromMinTenths, toMinTenths };
}

/** The missions that the script of the night needs, with the patient on board at `nowMs`. The places are drawn. */
export function prepareMissions(data: RegionData, random: Random, nowMs: number): readonly PreparedMission[] {
  return recipes.map((one) => ({
    part: one.part,
    destination: one.destination,
    centre: preparedCentre,
    call: {
      need: one.need,
      urgency: one.urgency,
      ageGroup: "65-79",
      doctor: true,
      ventilated: false,
      cpr: false,
      pregnant: false,
      infectious: false,
      callAtMs: nowMs - 40 * minuteMs,
      cell: drawCell(data, random, one),
    },
    alarmMs: nowMs,
    setOutMs: nowMs,
    onSceneMs: nowMs,
    onBoardMs: nowMs,
    handoverMs: 20 * minuteMs,
  }));
}

/** A cell from whose middle the drive takes as long as the recipe says. */
function drawCell(
  data: RegionData,
  random: Random,
  { destination, fromMinTenths, toMinTenths }: Recipe,
): Cell {
  const base = adviceBaseOf(data);
  const row = present(base.hospitalIndex.get(destination), "a hospital of the region");
  const { latE3, lonE3 } = present(base.hospitals[row], "a hospital of the region");
  const cells: Cell[] = [];
  for (let north = -15; north <= 15; north += 1) {
    for (let east = -20; east <= 20; east += 1) {
      const cell = cellAt(latE3 + north * 10, lonE3 + east * 10);
      const driven = driveFrom(base.roads, cellMiddle(cell), base.driveMinTenths);
      const minTenths = base.driveMinTenths[row] ?? 0;
      if (driven.ok && minTenths >= fromMinTenths && minTenths <= toMinTenths) cells.push(cell);
    }
  }
  assert(cells.length > 0, "the region has a place so far away");
  return random.pick(cells);
}
