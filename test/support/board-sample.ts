// A region and a night for boards under test: real hospitals, some words of theirs, a few missions.

import { present } from "../../src/basics/assert.ts";
import type { FactRef, Name } from "../../src/basics/name.ts";
import type { Hospital } from "../../src/region/region-data.ts";
import { needs } from "../../src/region/vocabulary.ts";
import type {
  BoardHospital,
  BoardRegion,
  BoardView,
  ContactCell,
  HospitalRow,
  MissionRow,
  OwnRow,
  StateCell,
} from "../../src/site/views/board-view.ts";
import { rheinRuhr } from "../scenarios/rhein-ruhr.ts";

const minuteMs = 60_000;

export function sampleRegion(): BoardRegion {
  const data = rheinRuhr;
  const pair = ({ latE3, lonE3 }: { latE3: number; lonE3: number }) => [latE3, lonE3] as const;
  return {
    id: "rehearsal-rhein-ruhr",
    name: "Rhein-Ruhr",
    site: "duesseldorf",
    siteName: "Leitstelle Düsseldorf",
    rehearsal: true,
    zone: "Europe/Berlin",
    hospitals: data.hospitals.map(boardHospital),
    names: {
      duesseldorf: "Leitstelle Düsseldorf",
      wuppertal: "Leitstelle Wuppertal",
      ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`rtw-duesseldorf-${n}`, `RTW Düsseldorf ${n}`])),
    },
    pzc: { "421": "stroke" },
    massCasualty: data.region.massCasualty.plan,
    vehicles: [1, 2, 3, 4, 5].map((n) => `rtw-duesseldorf-${n}`),
    needs: data.needs.map(({ id, required, preferred }) => ({
      need: id,
      name: needs[id],
      required,
      preferred,
    })),
    river: present(data.waters.rivers[0], "a river").points.map(pair),
    motorways: data.roads.motorways.map(({ points }) => points.map(pair)),
    towns: data.municipalities.map(({ name, latE3, lonE3 }) => ({ name, latE3, lonE3 })),
    attribution: data.region.attribution,
  };
}

function boardHospital(hospital: Hospital): BoardHospital {
  const { id, name, spokenName, town, latE3, lonE3, phone, capabilities } = hospital;
  const known = Object.entries(capabilities).filter(([, { value }]) => value !== "unknown");
  const has = Object.fromEntries(known.map(([capability, { value }]) => [capability, value === "yes"]));
  const places = { hospital: id, name, spokenName, town, latE3, lonE3 };
  return { ...places, phone, radioGroup: "Übung 1", has };
}

export const heard: ContactCell = {
  verdict: "heard",
  lastHeardMs: null,
  via: null,
  storing: true,
  backByMs: null,
  clockOffMs: null,
};

export function silent(lastHeardMs: number): ContactCell {
  return { ...heard, verdict: "silent", lastHeardMs };
}

export function word(state: StateCell["state"], saidMs: number, more: Partial<StateCell> = {}): StateCell {
  return { state, saidMs, source: "clinician", untilMs: null, reason: null, disputed: false, ...more };
}

export const calmOwn: OwnRow = {
  site: "duesseldorf",
  region: "rehearsal-rhein-ruhr",
  zone: "Europe/Berlin",
  heldByDispatch: null,
  storing: true,
  slowDisk: false,
  cutOffSinceMs: null,
  notHeard: false,
  halfSilent: false,
  centres: [{ site: "wuppertal", contact: heard }],
  unusable: [],
  forked: [],
};

/** A hospital whose emergency department and stroke unit, among others, were said to be open 12 minutes ago. */
export function hospitalRow(
  hospital: string,
  nowMs: number,
  more: Partial<Omit<HospitalRow, "hospital">> = {},
): HospitalRow {
  const open = word("open", nowMs - 12 * minuteMs, { untilMs: nowMs + 400 * minuteMs });
  const cells = {
    "emergency-department": open,
    "stroke-unit": open,
    "vascular-surgery": open,
    "cardiac-surgery": word("limited", nowMs - 41 * minuteMs, { source: "voice", reason: "no-staff" }),
  };
  return { hospital, contact: heard, cells, inbound: 0, ...more };
}

/** All hospitals heard; every third has said nothing, some say that they are full or cannot. */
export function sampleHospitals(region: BoardRegion, nowMs: number): readonly HospitalRow[] {
  return region.hospitals.map(({ hospital }, i) => {
    const row = hospitalRow(hospital, nowMs);
    if (i % 3 === 2) return { ...row, cells: {} };
    if (i % 11 === 4) {
      const cannot = word("cannot", nowMs - 70 * minuteMs, { reason: "it-failure" });
      return { ...row, cells: { ...row.cells, "emergency-department": cannot } };
    }
    if (i % 7 === 3) {
      const full = word("full", nowMs - 25 * minuteMs, { reason: "no-beds", untilMs: nowMs + 95 * minuteMs });
      return { ...row, cells: { ...row.cells, "emergency-department": full } };
    }
    return row;
  });
}

export const missionLog = "duesseldorf/anchor/1-0a1b2c3d";

/** How the state of every answered request begins. */
export const answeredStep = { step: "answered", asked: [missionLog, 9], over: [] } as const;

/** The hospital that was asked takes the patient. */
export function readyAnswer(hospital: Name, answeredMs: number) {
  return { ...answeredStep, hospital, answer: "ready", reason: null, answeredMs } as const;
}

export function missionRow(number: number, nowMs: number, more: Partial<MissionRow> = {}): MissionRow {
  const ref: FactRef = [missionLog, number];
  return {
    mission: `${missionLog}#${number}`,
    ref,
    centreOver: [ref],
    crewOver: [],
    vehicle: `rtw-duesseldorf-${number}`,
    need: "stroke",
    urgency: 1,
    ageGroup: "65-79",
    flags: ["doctor"],
    step: "patient-on-board",
    callAtMs: nowMs - 34 * minuteMs,
    position: { latE3: 51_205, lonE3: 6_805, saidMs: nowMs - 40_000 },
    owners: ["duesseldorf"],
    destination: { hospital: "ukd", saidMs: nowMs - 14 * minuteMs },
    steered: null,
    request: { step: "none" },
    arrivalMinTenths: 64,
    answerWithinS: 60,
    decide: null,
    kept: null,
    ...more,
  };
}

/** The three lines that advice gives for a stroke near Düsseldorf's south. */
export const strokeLines = [
  [
    "neuss-lukas",
    "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt Uniklinik Düsseldorf 9 min (schweigt seit 03:04)",
    "→ Neuss Lukas 14 min (stroke unit open since 02:51) instead of Uniklinik Düsseldorf 9 min (silent since 03:04)",
  ],
  [
    "krefeld-helios",
    "Krefeld Helios 22 min, gewertet mit 32 (Stroke Unit unbestätigt seit 18:00: +10)",
    "Krefeld Helios 22 min, counted as 32 (stroke unit unconfirmed since 18:00: +10)",
  ],
  [
    "solingen-klinikum",
    "Klinikum Solingen 24 min, gewertet mit 34 (Stroke Unit unbestätigt seit 18:00: +10)",
    "Klinikum Solingen 24 min, counted as 34 (stroke unit unconfirmed since 18:00: +10)",
  ],
].map(([hospital = "", de = "", en = ""], i) => ({
  hospital,
  driveMinTenths: 140,
  totalMinTenths: 140 + 90 * i,
  answerWithinS: 60,
  text: { de, en },
}));

/** A mission whose destination fell silent. */
export function silentMission(number: number, nowMs: number, more: Partial<MissionRow> = {}): MissionRow {
  return missionRow(number, nowMs, {
    decide: {
      cause: "destination-silent",
      sinceMs: nowMs - 90_000,
      call: false,
      forced: false,
      lines: strokeLines,
      policy: "rhein-ruhr-3",
    },
    ...more,
  });
}

export function sampleView(region: BoardRegion, nowMs: number, more: Partial<BoardView> = {}): BoardView {
  return { own: calmOwn, hospitals: sampleHospitals(region, nowMs), missions: [], ...more };
}

/** The night: the University Hospital silent, three ambulances on their way to it, two others elsewhere. */
export function nightView(region: BoardRegion, nowMs: number): BoardView {
  const view = sampleView(region, nowMs);
  const asked = { ref: [missionLog, 90] as const, over: [], hospital: "ukd" };
  return {
    ...view,
    hospitals: view.hospitals.map((row) =>
      row.hospital === "ukd"
        ? { ...hospitalRow("ukd", nowMs), contact: silent(nowMs - 98_000), inbound: 3 }
        : row,
    ),
    missions: [
      silentMission(1, nowMs, {
        request: { step: "asked", ...asked, askedMs: nowMs - 6 * minuteMs, heldThere: true },
        arrivalMinTenths: 38,
        decide: { ...present(silentMission(1, nowMs).decide, "a decision"), call: true },
      }),
      silentMission(2, nowMs, {
        need: "aortic-emergency",
        flags: ["doctor", "ventilated"],
        ageGroup: "80+",
        position: { latE3: 51_160, lonE3: 6_930, saidMs: nowMs - 190_000 },
        arrivalMinTenths: 210,
      }),
      silentMission(3, nowMs, {
        urgency: 2,
        need: "sepsis",
        flags: ["infectious"],
        ageGroup: "18-64",
        position: { latE3: 51_255, lonE3: 6_870, saidMs: nowMs - 20_000 },
        arrivalMinTenths: 120,
      }),
      missionRow(4, nowMs, {
        need: "stemi",
        destination: { hospital: "neuss-lukas", saidMs: nowMs - 9 * minuteMs },
        position: { latE3: 51_170, lonE3: 6_690, saidMs: nowMs - 25_000 },
        request: readyAnswer("neuss-lukas", nowMs - 7 * minuteMs),
      }),
      missionRow(5, nowMs, {
        urgency: 3,
        need: "minor-trauma",
        flags: [],
        step: "on-scene",
        owners: ["duesseldorf", "wuppertal"],
        destination: { hospital: "hilden-josefs", saidMs: nowMs - 3 * minuteMs },
        steered: { hospital: "langenfeld-martinus", saidMs: nowMs - minuteMs, heldByCrew: false },
        position: { latE3: 51_150, lonE3: 6_950, saidMs: nowMs - 60_000 },
      }),
    ],
  };
}
