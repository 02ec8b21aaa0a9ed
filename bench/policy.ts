// npm run bench -- policy [--json] [--seed N]: how the first choice of 1,000 missions of the shipped region changes when each
// number of its policy is halved and doubled: the table of docs/policy.md. Seeded; measures no time.

import process from "node:process";
import { type AdviceLine, advise } from "../src/advice/advise.ts";
import { type AdviceBase, setHospitalLoad, setHospitalState } from "../src/advice/base.ts";
import { adviceBaseOf, adviceNeedOf } from "../src/advice/region-base.ts";
import type { HospitalLoad, HospitalState, Report } from "../src/advice/state.ts";
import { present } from "../src/basics/assert.ts";
import { type Random, seededRandom } from "../src/basics/random.ts";
import { type Hospital, needIds, type RegionData } from "../src/region/region-data.ts";
import { clockOf } from "../test/scenarios/clock.ts";
import { plainPatient } from "../test/scenarios/question.ts";
import { rheinRuhr } from "../test/scenarios/rhein-ruhr.ts";

const nightCount = 40;
const missionsANight = 25;
const nowMs = 86_400_000;

type Policy = RegionData["policy"];
type Parameter = Exclude<keyof AdviceBase["policy"], "version">;
const parameters = Object.keys(adviceBaseOf(rheinRuhr).policy).filter(
  (name): name is Parameter => name !== "version",
);
/** Of each pair the first must not be more than the second. */
const rising: readonly (readonly [Parameter, Parameter])[] = [
  ["freshPercent", "olderPercent"],
  ["olderPercent", "limitedPercent"],
  ["olderPercent", "unconfirmedPercent"],
  ["olderPercent", "unknownPercent"],
  ["olderPercent", "fullPercent"],
  ["silentShortPercent", "silentLongPercent"],
];

/** The state of all hospitals at one moment, and missions asked about in it. */
type Night = {
  readonly states: readonly HospitalState[];
  readonly loads: readonly HospitalLoad[];
  readonly missions: readonly {
    readonly need: (typeof rheinRuhr.needs)[number];
    readonly position: { readonly latE3: number; readonly lonE3: number };
    readonly urgency: number;
  }[];
};

type Change = {
  readonly parameter: string;
  readonly default: number;
  readonly halved: Outcome;
  readonly doubled: Outcome;
};
type Outcome = {
  readonly value: number;
  /** Missions of a thousand whose first choice is another hospital. */
  readonly changed: number;
  /** Minutes that those drive more, on average; negative: less. In tenths. */
  readonly driveMoreMinTenths: number;
};

function main(): void {
  const seed = process.argv.includes("--seed") ? Number(process.argv[process.argv.indexOf("--seed") + 1]) : 1;
  const random = seededRandom(seed);
  const nights = Array.from({ length: nightCount }, () => drawNight(random));
  const usual = new Map([false, true].map((flown) => [flown, firstChoices(nights, rheinRuhr.policy, flown)]));
  const changes = parameters.map((parameter): Change => {
    const { value } = rheinRuhr.policy[parameter];
    // What a helicopter changes is counted where each mission has one.
    const flown = parameter.startsWith("flight");
    const before = present(usual.get(flown), "both were chosen");
    const outcome = (wanted: number): Outcome => {
      const kept = withinBounds(parameter, wanted);
      return { value: kept, ...compared(before, firstChoices(nights, changed(parameter, kept), flown)) };
    };
    return {
      parameter,
      default: value,
      halved: outcome(Math.floor(value / 2)),
      doubled: outcome(2 * value),
    };
  });
  if (process.argv.includes("--json"))
    console.log(JSON.stringify({ seed, missions: nightCount * missionsANight, changes }));
  else console.log(tableOf(changes));
}

function tableOf(changes: readonly Change[]): string {
  const cell = ({ value, changed: count, driveMoreMinTenths }: Outcome) =>
    `${value}: ${count}${count === 0 ? "" : ` (${driveMoreMinTenths > 0 ? "+" : ""}${driveMoreMinTenths / 10} min)`}`;
  const rows = changes.map(
    (row) => `| \`${row.parameter}\` | ${row.default} | ${cell(row.halved)} | ${cell(row.doubled)} |`,
  );
  return ["| parameter | default | halved | doubled |", "|---|---|---|---|", ...rows].join("\n");
}

function changed(parameter: Parameter, value: number): Policy {
  return { ...rheinRuhr.policy, [parameter]: { ...rheinRuhr.policy[parameter], value } };
}

/** A word never weighs more than a doubt: what would is taken to the bound. */
function withinBounds(parameter: Parameter, wanted: number): number {
  const { policy } = rheinRuhr;
  const atMost = rising.filter(([less]) => less === parameter).map(([, more]) => policy[more].value);
  const atLeast = rising.filter(([, more]) => more === parameter).map(([less]) => policy[less].value);
  const max = parameter.endsWith("Percent") ? 100 : 1_440;
  return Math.max(...atLeast, Math.min(wanted, max, ...atMost));
}

function firstChoices(nights: readonly Night[], policy: Policy, flown: boolean): readonly AdviceLine[] {
  const base = adviceBaseOf({ ...rheinRuhr, policy });
  return nights.flatMap((night) => choicesIn(base, night, flown));
}

function choicesIn(
  base: AdviceBase,
  { states, loads, missions }: Night,
  flown: boolean,
): readonly AdviceLine[] {
  for (const state of states) setHospitalState(base, state);
  for (const load of loads) setHospitalLoad(base, load);
  return missions.map(({ need, position, urgency }) => {
    const advice = advise({
      ...{ ...plainPatient, base, position, urgency, flown, need: adviceNeedOf(need) },
      ...{ linesMax: 1, language: "de", clock: clockOf, nowMs },
    });
    if (!advice.ok) throw new Error(advice.error);
    return present(advice.value.lines[0], "an advice is never empty");
  });
}

function compared(usual: readonly AdviceLine[], other: readonly AdviceLine[]) {
  const moves = other.flatMap((line, i) => {
    const before = present(usual[i], "as many lines");
    return line.hospital === before.hospital ? [] : [line.driveMinTenths - before.driveMinTenths];
  });
  const more = moves.reduce((sum, minTenths) => sum + minTenths, 0);
  return {
    changed: moves.length,
    driveMoreMinTenths: moves.length === 0 ? 0 : Math.round(more / moves.length),
  };
}

/** A busy night: one hospital in eight silent, two words in three fresh, some patients on the way everywhere. */
function drawNight(random: Random): Night {
  const drawTown = weighted(random, rheinRuhr.municipalities, ({ people }) => people);
  const drawClass = weighted(random, rheinRuhr.missions.classes, ({ shareE4 }) => shareE4);
  const needs = new Map(rheinRuhr.needs.map((need) => [need.id, need]));
  return {
    states: rheinRuhr.hospitals.map((hospital) => drawState(random, hospital)),
    loads: rheinRuhr.hospitals.map(({ id }) => drawLoad(random, id)),
    missions: Array.from({ length: missionsANight }, () => {
      const { need, urgencyE4 } = drawClass();
      const { latE3, lonE3 } = drawTown();
      const mark = random.below(10_000);
      const urgency = mark < urgencyE4[0] ? 1 : mark < urgencyE4[0] + urgencyE4[1] ? 2 : 3;
      const position = { latE3: latE3 + random.below(41) - 20, lonE3: lonE3 + random.below(61) - 30 };
      return { need: present(needs.get(need), "a need of the mix"), position, urgency };
    }),
  };
}

function drawState(random: Random, { id, capabilities }: Hospital): HospitalState {
  const states = [
    ..."open open open open open open limited full cannot unconfirmed".split(" "),
  ] as Report["state"][];
  const reported = Object.entries(capabilities)
    .filter(([, { value }]) => value === "yes")
    .map(([capability]): [string, Report] => {
      const ageMs = random.below(random.oneIn(3) ? 28_800_000 : 7_200_000);
      return [capability, { state: random.pick(states), sinceMs: nowMs - ageMs, voice: false }];
    });
  const silent = random.oneIn(8);
  return {
    hospital: id,
    contact: silent ? "silent" : "heard",
    contactSinceMs: silent ? nowMs - random.below(2_400_000) : null,
    reported: Object.fromEntries(reported),
  };
}

function drawLoad(random: Random, hospital: string): HospitalLoad {
  const inbound = random.below(3);
  return {
    hospital,
    inbound,
    inboundUrgent: random.below(inbound + 1),
    freePlaces: random.oneIn(2) ? null : random.below(5),
    ...{ fullerSinceMs: null, freerSinceMs: null },
    declines: new Map(random.oneIn(4) ? [[random.pick(needIds), nowMs - random.below(5_400_000)]] : []),
  };
}

/** Draws rows in proportion to their weights. */
function weighted<T>(random: Random, rows: readonly T[], weightOf: (row: T) => number): () => T {
  const ends: number[] = [];
  let total = 0;
  for (const row of rows) {
    total += weightOf(row);
    ends.push(total);
  }
  return () => {
    const mark = random.below(total);
    return present(rows[ends.findIndex((end) => mark < end)], "a row for every mark");
  };
}

main();
