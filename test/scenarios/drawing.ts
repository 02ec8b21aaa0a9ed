import { type Advice, type AdviceInput, advise } from "../../src/advice/advise.ts";
import {
  type AdviceBase,
  buildAdviceBase,
  setHospitalLoad,
  setHospitalState,
} from "../../src/advice/base.ts";
import { needOfPatient, type Traits } from "../../src/advice/modifiers.ts";
import { readOutCharactersMax, readOutWordsMax } from "../../src/advice/read-out.ts";
import type {
  AdviceHospital,
  Capability,
  Contact,
  HospitalLoad,
  HospitalState,
  Language,
  Need,
  Principle,
  Report,
} from "../../src/advice/state.ts";
import { present } from "../../src/basics/assert.ts";
import type { Position } from "../../src/roads/plane.ts";
import { clockOf } from "./clock.ts";
import { plainPatient, testPolicy } from "./question.ts";
import { rheinRuhr } from "./rhein-ruhr.ts";

/**
 * A situation as a dispatcher would sketch it. In the map a character is 1 km, north is up: `x` the ambulance, `~` the
 * river, `=` a bridge, a capital letter a hospital. A hospital is its name and what is known of it, one remark each:
 * `stroke-unit yes open 02:51`, `cath-lab unknown`, `stroke-unit yes voice full 02:10`, `silent 03:04`, and of its load
 * `inbound 2 03:05` (the last one set out then), `urgent 1`, `places 0`, `left 03:05` (somebody arrived or turned away),
 * `declined stroke 02:40`, `assigned 01:20 02:40` (others were by force, then); `landing known` or `landing ask`. It is heard where no remark says otherwise, and `heard 03:05` again since a silence. Moments
 * from 18:00 on are of the evening before.
 */
export type Situation = {
  readonly map: string;
  readonly hospitals: { readonly [letter: string]: readonly [name: string, ...remarks: string[]] };
  readonly need: keyof typeof drawnNeeds;
  /** What is told of the patient besides: by the shipped region's modifiers it changes what is needed. */
  readonly patient?: Partial<Traits>;
  readonly declinedBy?: readonly string[];
  readonly language?: Language;
  /** 03:10 where nothing is said. */
  readonly now?: string;
  /** 2 where nothing is said. */
  readonly urgency?: 1 | 2 | 3;
  readonly danger?: boolean;
  readonly flown?: boolean;
  /** When the call came in. */
  readonly call?: string;
  /** Letters of the hospitals that reckon with this patient already. */
  readonly inboundTo?: readonly string[];
  /** How many of the same scene without a destination would go where. */
  readonly expected?: { readonly [letter: string]: number };
  /** Letter of the hospital that sends the patient: a transfer. */
  readonly from?: string;
  /** Letter of the hospital that the crew drives to: another one is wanted. */
  readonly besides?: string;
};

export const drawnNeeds = {
  stroke: { id: "stroke", required: [["stroke-unit"]], preferred: [], goalMin: 60 },
  aorta: {
    id: "aorta",
    required: [["vascular-surgery", "cardiac-surgery"]],
    preferred: ["cardiac-surgery"],
  },
  both: { id: "both", required: [["vascular-surgery"], ["stroke-unit"]], preferred: [] },
  anything: { id: "anything", required: [], preferred: [] },
  child: { id: "child", required: [["emergency-department"], ["paediatrics"]], preferred: [] },
  birth: { id: "birth", required: [["obstetrics"]], preferred: ["perinatal-level-1"] },
  burn: { id: "burn", required: [["burns"]], preferred: [] },
  trauma: {
    id: "polytrauma",
    required: [["emergency-department"], ["trauma-regional", "trauma-supraregional"]],
    preferred: ["trauma-supraregional"],
    goalMin: 60,
  },
  medical: {
    id: "general-medical",
    required: [["emergency-department"], ["internal-medicine"]],
    preferred: [],
  },
  mind: {
    id: "psychiatric",
    required: [["psychiatry", "emergency-department"]],
    preferred: ["psychiatry"],
  },
  general: { id: "general", required: [["emergency-department"]], preferred: [] },
} as const satisfies { readonly [need: string]: Need };

const capabilities: readonly Capability[] = [
  { id: "stroke-unit", name: { de: "Stroke Unit", en: "stroke unit" } },
  { id: "vascular-surgery", name: { de: "Gefäßchirurgie", en: "vascular surgery" } },
  { id: "cardiac-surgery", name: { de: "Herzchirurgie", en: "cardiac surgery" } },
  { id: "emergency-department", name: { de: "Notaufnahme", en: "emergency department" } },
  { id: "resuscitation", name: { de: "Schockraum", en: "resuscitation room" } },
  { id: "paediatrics", name: { de: "Kinderheilkunde", en: "paediatrics" } },
  { id: "obstetrics", name: { de: "Geburtshilfe", en: "obstetrics" } },
  { id: "perinatal-level-1", name: { de: "Perinatalzentrum Level 1", en: "perinatal centre, level 1" } },
  { id: "internal-medicine", name: { de: "Innere Medizin", en: "internal medicine" } },
  { id: "intensive-care", name: { de: "Intensivstation", en: "intensive care" } },
  { id: "psychiatry", name: { de: "Psychiatrie", en: "psychiatry" } },
  { id: "isolation", name: { de: "Isolierplatz", en: "isolation place" } },
  { id: "heavy-load", name: { de: "Schwerlast über 200 Kilo", en: "CT and bed over 200 kilos" } },
  { id: "burns", name: { de: "Brandverletztenzentrum", en: "burn centre" } },
  { id: "trauma-regional", name: { de: "regionales Traumazentrum", en: "regional trauma centre" } },
  {
    id: "trauma-supraregional",
    name: { de: "überregionales Traumazentrum", en: "supraregional trauma centre" },
  },
];

const stabilise: Need = {
  id: "stabilise",
  required: [["emergency-department"], ["resuscitation"]],
  preferred: [],
};

// 100 m a thousandth of a degree both ways: one character is ten of them.
const projection = { metresPerLatE3: 100, metresPerLonE3: 100 };
const kilometreE3 = 10;

/** Holds what is read out to one breath, in both languages, for every situation that is drawn. */
export function adviceFor(situation: Situation): Advice {
  const { language = "de" } = situation;
  const said = { de: adviceIn(situation, "de"), en: adviceIn(situation, "en") };
  for (const { readOut } of Object.values(said)) assertOneBreath(readOut ?? "");
  return said[language];
}

function adviceIn(situation: Situation, language: Language): Advice {
  const advice = advise(questionOf(situation, language));
  if (!advice.ok) throw new Error(advice.error);
  return advice.value;
}

export function questionOf(situation: Situation, language: Language): AdviceInput {
  const { urgency = 2, danger = false, declinedBy = [], inboundTo = [], now = "03:10", call } = situation;
  const patient = { urgency, danger, declinedBy, inboundTo, callAtMs: momentOf(call) };
  return {
    ...{ ...plainPatient, ...patient, ...draw(situation) },
    expected: situation.expected ?? {},
    flown: situation.flown ?? false,
    ...(situation.from === undefined ? {} : { from: situation.from }),
    ...{ besides: situation.besides ?? null, need: needIn(situation), linesMax: 5, language },
    clock: clockOf,
    nowMs: present(momentOf(now), "a moment of the question"),
  };
}

function needIn({ need, urgency = 2, patient }: Situation): Need {
  return needOfPatient(drawnNeeds[need], rheinRuhr.modifiers, { ...untold, ...patient, urgency });
}

const untold: Omit<Traits, "urgency"> = {
  ageGroup: "18-64",
  ...{ pregnant: false, newborn: false, ventilated: false, infectious: false, heavy: false },
};

function assertOneBreath(text: string): void {
  const words = text.split(" ").length;
  if (words <= readOutWordsMax && text.length <= readOutCharactersMax && !/\d/.test(text)) return;
  throw new Error(`too long to be read out, or with figures: ${text}`);
}

function draw(situation: Situation): { readonly base: AdviceBase; readonly position: Position } {
  const places = placesOf(situation.map);
  const hospitals = Object.entries(situation.hospitals).map(
    ([letter, [name, ...remarks]]): AdviceHospital => {
      const position = present(places.get(letter)?.[0], `hospital ${letter} is on the map`);
      const landing = landingOf(remarks);
      return { ...position, id: letter, name, capabilities: principlesOf(remarks), landing };
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
    policy: testPolicy,
    stabilise,
  });
  for (const [letter, [, ...remarks]] of Object.entries(situation.hospitals)) {
    setHospitalState(base, stateOf(letter, remarks));
    setHospitalLoad(base, loadOf(letter, remarks));
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

function landingOf(remarks: readonly string[]): AdviceHospital["landing"] {
  if (remarks.includes("landing known")) return "known";
  return remarks.includes("landing ask") ? "ask" : undefined;
}

function stateOf(hospital: string, remarks: readonly string[]): HospitalState {
  let contact: Contact = "heard";
  let contactSinceMs: number | null = null;
  const reported: { [capability: string]: Report } = {};
  for (const remark of remarks) {
    const [subject = "", ...words] = remark.split(" ");
    if (loadWords.includes(subject) || subject === "landing") continue;
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

const loadWords = ["inbound", "urgent", "places", "left", "declined", "assigned"];

function loadOf(hospital: string, remarks: readonly string[]): HospitalLoad {
  const wordsOf = (subject: string) =>
    remarks.map((remark) => remark.split(" ")).find(([first]) => first === subject);
  const [, need, declinedAt] = wordsOf("declined") ?? [];
  const places = wordsOf("places");
  const declinedMs = momentOf(declinedAt);
  const [, ...assigned] = wordsOf("assigned") ?? [];
  return {
    hospital,
    inbound: Number(wordsOf("inbound")?.[1] ?? 0),
    inboundUrgent: Number(wordsOf("urgent")?.[1] ?? 0),
    freePlaces: places === undefined ? null : Number(places[1]),
    fullerSinceMs: momentOf(wordsOf("inbound")?.[2]),
    freerSinceMs: momentOf(wordsOf("left")?.[1]),
    declines: new Map(need === undefined || declinedMs === null ? [] : [[need, declinedMs]]),
    assigned: new Map(assigned.map((clock, i) => [`other-${i}`, present(momentOf(clock), "a moment")])),
  };
}

const dayMin = 1_440;
const eveningHour = 18;

/** The second day since time began; from the evening on the first. */
export function momentOf(clock: string | undefined): number | null {
  if (clock === undefined) return null;
  const [hours = "", minutes = ""] = clock.split(":");
  const day = Number(hours) >= eveningHour ? 0 : dayMin;
  return (day + Number(hours) * 60 + Number(minutes)) * 60_000;
}
