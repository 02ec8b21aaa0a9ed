// A crew's mission for boards under test: a stroke on the way to the university hospital.

import type { Words } from "../../src/region/words.ts";
import { encodeCompact } from "../../src/roads/table/compact-file.ts";
import type { CrewBoardView, CrewMissionRow, Resteer } from "../../src/site/views/board-site-view.ts";
import type { BoardRegion, OwnRow } from "../../src/site/views/board-view.ts";
import { rheinRuhr } from "../scenarios/rhein-ruhr.ts";
import { calmOwn, missionRow, sampleRegion, strokeLines } from "./board-sample.ts";
import { nightMs } from "./board-sight.ts";
import { crewLog } from "./crew-server.ts";

const vehicle = "rtw-duesseldorf-1";

export const crewRegion: BoardRegion = { ...sampleRegion(), site: vehicle, siteName: "RTW Düsseldorf 1" };

export const crewOwn: OwnRow = { ...calmOwn, site: vehicle, heldByDispatch: { log: crewLog, size: 0 } };

export function crewMission(more: Partial<CrewMissionRow> = {}): CrewMissionRow {
  const { mission, ref, need, urgency, ageGroup, flags, step, callAtMs, position, owners } = missionRow(
    1,
    nightMs,
  );
  return {
    ...{ mission, ref, vehicle, need, urgency, ageGroup, flags, step, callAtMs, position, owners },
    over: [ref],
    lines: strokeLines.map((line, i) => ({ ...line, confirmed: i === 1 })),
    forced: false,
    destination: null,
    otherDestinations: [],
    resteer: null,
    radio: {
      de: "Leitstelle Düsseldorf von RTW Düsseldorf 1: noch ohne Ziel. Schlaganfall, 65–79 Jahre.",
      en: "Leitstelle Düsseldorf from RTW Düsseldorf 1: no destination yet. stroke, 65–79 years.",
    },
    ...more,
  };
}

export function drivingTo(
  hospital: string,
  index: number,
  more: Partial<NonNullable<CrewMissionRow["destination"]>> = {},
): NonNullable<CrewMissionRow["destination"]> {
  return {
    hospital,
    ref: [crewLog, index],
    saidMs: nightMs - 60_000,
    spoken: false,
    driveMinTenths: 92,
    arrivalMs: nightMs + 9 * 60_000,
    heldByDispatch: false,
    heldThere: false,
    request: { step: "none" },
    ...more,
  };
}

export const resteer: Resteer = {
  ref: ["duesseldorf/anchor/1-0a1b2c3d", 77],
  centre: "duesseldorf",
  by: "dispatcher#104",
  saidMs: nightMs - 20_000,
  old: { hospital: "ukd", driveMinTenths: 92 },
  new: { hospital: "neuss-lukas", driveMinTenths: 141 },
  request: { step: "none" },
  radio: {
    de: "Leitstelle Düsseldorf von RTW Düsseldorf 1: verstanden, fahren Neuss Lukas an statt Uniklinik Düsseldorf.",
    en: "Leitstelle Düsseldorf from RTW Düsseldorf 1: understood, driving to Neuss Lukas instead of Uniklinik Düsseldorf.",
  },
};

export function crewView(...missions: readonly CrewMissionRow[]): CrewBoardView {
  return { own: crewOwn, missions };
}

/**
 * A compact table of the region as its anchor gives it: the i-th hospital is i minutes away from everywhere, the last six
 * farther than it tells.
 */
export function crewMinutes(source: Words): Uint8Array {
  const { hospitals } = rheinRuhr;
  const [rows, columns] = [120, 160];
  const steps = new Uint8Array(hospitals.length * rows * columns);
  for (const i of hospitals.keys()) {
    const step = i < hospitals.length - 6 ? Math.round((i * 60) / 24) : 255;
    steps.fill(step, i * rows * columns, (i + 1) * rows * columns);
  }
  const sites = hospitals.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
  const grid = { southE3: 50_605, westE3: 6_005, stepLatE3: 10, stepLonE3: 10, rows, columns };
  const info = { region: crewRegion.id, source };
  return encodeCompact({ info, compact: { ...grid, hospitals: sites, steps } });
}
