import { type Advice, advise } from "../../src/advice/advise.ts";
import { type AdviceBase, buildAdviceBase, setHospitalState } from "../../src/advice/base.ts";
import type { Policy } from "../../src/advice/policy.ts";
import type {
  AdviceHospital,
  Capability,
  Contact,
  HospitalState,
  Language,
  Need,
  Principle,
  Report,
} from "../../src/advice/state.ts";
import { present } from "../../src/basics/assert.ts";
import type { Position } from "../../src/roads/plane.ts";
import { clockOf } from "./clock.ts";

/**
 * A situation as a dispatcher would sketch it. In the map a character is 1 km, north is up: `x` the ambulance, `~` the
 * river, `=` a bridge, a capital letter a hospital. A hospital is its name and what is known of it, one remark each:
 * `stroke-unit yes open 02:51`, `cath-lab unknown`, `stroke-unit yes voice full 02:10`, `silent 03:04`.
 * It is heard where no remark says otherwise.
 */
export type Situation = {
  readonly map: string;
  readonly hospitals: { readonly [letter: string]: readonly [name: string, ...remarks: string[]] };
  readonly need: keyof typeof drawnNeeds;
  readonly declinedBy?: readonly string[];
  readonly language?: Language;
};

export const drawnNeeds = {
  stroke: { id: "stroke", required: [["stroke-unit"]], preferred: [] },
  aorta: {
    id: "aorta",
    required: [["vascular-surgery", "cardiac-surgery"]],
    preferred: ["cardiac-surgery"],
  },
  both: { id: "both", required: [["vascular-surgery"], ["stroke-unit"]], preferred: [] },
  anything: { id: "anything", required: [], preferred: [] },
} as const satisfies { readonly [need: string]: Need };

const policy: Policy = {
  unknownPenaltyMin: 10,
  silentPenaltyMin: 15,
  fullPenaltyMin: 20,
  limitedPenaltyMin: 5,
  missingPreferredMin: 20,
};

const capabilities: readonly Capability[] = [
  { id: "stroke-unit", name: { de: "Stroke Unit", en: "stroke unit" } },
  { id: "vascular-surgery", name: { de: "Gefäßchirurgie", en: "vascular surgery" } },
  { id: "cardiac-surgery", name: { de: "Herzchirurgie", en: "cardiac surgery" } },
];

// 100 m a thousandth of a degree both ways: one character is ten of them.
const projection = { metresPerLatE3: 100, metresPerLonE3: 100 };
const kilometreE3 = 10;

export function adviceFor(situation: Situation): Advice {
  const { base, position } = draw(situation);
  const advice = advise({
    base,
    position,
    need: drawnNeeds[situation.need],
    declinedBy: situation.declinedBy ?? [],
    linesMax: 5,
    language: situation.language ?? "de",
    clock: clockOf,
  });
  if (!advice.ok) throw new Error(advice.error);
  return advice.value;
}

function draw(situation: Situation): { readonly base: AdviceBase; readonly position: Position } {
  const places = placesOf(situation.map);
  const hospitals = Object.entries(situation.hospitals).map(
    ([letter, [name, ...remarks]]): AdviceHospital => {
      const position = present(places.get(letter)?.[0], `hospital ${letter} is on the map`);
      return { ...position, id: letter, name, capabilities: principlesOf(remarks) };
    },
  );
  // Rows are read from the north; the river flows there.
  const bridges = places.get("=") ?? [];
  const river = [...(places.get("~") ?? []), ...bridges].sort((a, b) => a.latE3 - b.latE3);
  const base = buildAdviceBase({
    hospitals,
    capabilities,
    river,
    bridges,
    projection,
    policy,
  });
  for (const [letter, [, ...remarks]] of Object.entries(situation.hospitals)) {
    setHospitalState(base, stateOf(letter, remarks));
  }
  return { base, position: present(places.get("x")?.[0], "the ambulance is on the map") };
}

function placesOf(map: string): ReadonlyMap<string, readonly Position[]> {
  const places = new Map<string, Position[]>();
  for (const [row, line] of map.split("\n").entries()) {
    for (const [column, mark] of [...line].entries()) {
      const position = { latE3: 51_500 - row * kilometreE3, lonE3: 6_500 + column * kilometreE3 };
      places.set(mark, [...(places.get(mark) ?? []), position]);
    }
  }
  return places;
}

function principlesOf(remarks: readonly string[]): { readonly [capability: string]: Principle } {
  const principles: { [capability: string]: Principle } = {};
  for (const remark of remarks) {
    const [capability = "", principle] = remark.split(" ");
    // A remark is written by hand in a test: another word than these shows in the line that is expected.
    if (capabilities.some(({ id }) => id === capability)) principles[capability] = principle as Principle;
  }
  return principles;
}

function stateOf(hospital: string, remarks: readonly string[]): HospitalState {
  let contact: Contact = "heard";
  let contactSinceMs: number | null = null;
  const reported: { [capability: string]: Report } = {};
  for (const remark of remarks) {
    const [subject = "", ...words] = remark.split(" ");
    if (!capabilities.some(({ id }) => id === subject)) {
      contact = subject as Contact;
      contactSinceMs = momentOf(words[0]);
      continue;
    }
    const voice = words[1] === "voice";
    const [state, since] = words.slice(voice ? 2 : 1);
    if (state !== undefined) {
      reported[subject] = { state: state as Report["state"], sinceMs: momentOf(since), voice };
    }
  }
  return { hospital, contact, contactSinceMs, reported };
}

function momentOf(clock: string | undefined): number | null {
  if (clock === undefined) return null;
  const [hours = "", minutes = ""] = clock.split(":");
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
