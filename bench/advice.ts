// npm run bench -- advice [--json] [--seed N]: one advice with the text of five lines, position and need drawn anew
// each time from the mission mix, over the 275 emergency hospitals of North Rhine-Westphalia (shared data) or, where
// those are absent, over the shipped region. Then all 200 missions on their way in the shipped region are looked at again
// after one fact that touches half of them: from the folded fact to the decided proposals with their lines. Exit 1 over
// a budget.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type AdviceInput, advise } from "../src/advice/advise.ts";
import { type AdviceBase, buildAdviceBase, setHospitalLoad, setHospitalState } from "../src/advice/base.ts";
import { adviceBaseOf, adviceNeedOf, stabilise } from "../src/advice/region-base.ts";
import type { AdviceHospital, Need, Principle, Report } from "../src/advice/state.ts";
import { present } from "../src/basics/assert.ts";
import { type Random, seededRandom } from "../src/basics/random.ts";
import { minuteMs, type Now } from "../src/basics/time.ts";
import { cellAt, cellMiddle } from "../src/region/cell.ts";
import { type CapabilityId, capabilityIds } from "../src/region/region-data.ts";
import { runningMissions } from "../src/region/view.ts";
import type { Position } from "../src/roads/plane.ts";
import { missionRow } from "../src/site/views/board-mission.ts";
import { type BoardContext, currentHospitals } from "../src/site/views/board-rows.ts";
import { viewContext } from "../src/site/views/region-context.ts";
import { clockOf } from "../test/scenarios/clock.ts";
import { plainPatient } from "../test/scenarios/question.ts";
import { rheinRuhr } from "../test/scenarios/rhein-ruhr.ts";
import { nightMs } from "../test/support/region.ts";
import { drawNight, missionCount } from "./look-again/night.ts";

const budgetUs = 50;
const lookBudgetMs = 20;
const lookWarmUpCount = 50;
const lookCount = 100;
const warmUpCount = 5_000;
const sampleCount = 20_000;
/** After so many advices one hospital's state changes, as on a busy morning. */
const advicesAChange = 5;
const root = join(import.meta.dirname, "..");
const shared = join(root, "..", "shared", "data", "region");

type Town = Position & { readonly people: number; readonly radiusE3: number };
type Row = { readonly [column: string]: string };

function main(): void {
  const seed = Number(process.argv[process.argv.indexOf("--seed") + 1] ?? 1);
  const random = seededRandom(process.argv.includes("--seed") ? seed : 1);
  const { base, towns } = existsSync(join(shared, "hospitals_nrw_emergency.csv"))
    ? statewide()
    : {
        base: adviceBaseOf(rheinRuhr),
        towns: rheinRuhr.municipalities.map((row) => ({ ...row, radiusE3: 30 })),
      };
  for (const { id } of base.hospitals) {
    setHospitalState(base, drawState(random, id));
    setHospitalLoad(base, drawLoad(random, id));
  }
  const drawTown = weighted(random, towns, (town) => town.people);
  const drawClass = weighted(random, rheinRuhr.missions.classes, (row) => row.shareE4);
  const needs = new Map(rheinRuhr.needs.map((need) => [need.id, adviceNeedOf(need)]));
  const mixed = measure(base, random, drawTown, () => {
    const { need, urgencyE4 } = drawClass();
    return { need: present(needs.get(need), "a need of the mix"), urgency: drawUrgency(random, urgencyE4) };
  });
  const general = present(needs.get("general-medical"), "the general need");
  const plain = measure(base, random, drawTown, () => ({ need: general, urgency: 2 }));
  report({
    hospitals: base.hospitals.length,
    medianUs: quantile(mixed, 0.5),
    p99Us: quantile(mixed, 0.99),
    generalNeedMedianUs: quantile(plain, 0.5),
    ...lookAgainAll(),
  });
}

/** The hospital where half of them drive says that it is full, again and again. */
function lookAgainAll() {
  const times = new Float64Array(lookCount);
  const { context, say } = drawNight(seededRandom(1));
  let waiting = 0;
  for (let i = -lookWarmUpCount; i < lookCount; i += 1) {
    const wallMs = nightMs + 5 * minuteMs + i;
    const now = { wallMs, monoMs: wallMs - nightMs };
    context.resteering.proposals.clear();
    context.resteering.looks.clear();
    say("open", wallMs);
    const before = lookAt(context, now);
    say("full", wallMs);
    // Each is looked at again, none was a moment ago.
    context.resteering.looks.clear();
    const startMs = performance.now();
    waiting = lookAt(context, now);
    if (i >= 0) times[i] = performance.now() - startMs;
    if (before !== 0) throw new Error("before the hospital is full everybody drives on");
  }
  times.sort();
  return {
    missions: missionCount,
    proposals: waiting,
    lookAgainAllMs: quantile(times, 0.5),
    lookAgainAllMinMs: quantile(times, 0),
  };
}

/** As the centre's board does it; how many wait for a person then. */
function lookAt(context: BoardContext, now: Now): number {
  const region = viewContext(context, now);
  currentHospitals(context, region);
  const rows = runningMissions(region).map((mission) => missionRow(context, mission, now));
  return rows.filter(({ decide }) => decide !== null).length;
}

function report(numbers: Readonly<Record<string, number>>): void {
  if (process.argv.includes("--json")) console.log(JSON.stringify(numbers));
  else for (const [name, value] of Object.entries(numbers)) console.log(`${name.padEnd(20)} ${value}`);
  const slow = ["medianUs", "generalNeedMedianUs"].filter((name) => (numbers[name] ?? 0) > budgetUs);
  if (slow.length > 0) console.error(`over the budget of ${budgetUs} µs: ${slow.join(", ")}`);
  const isLookSlow = (numbers["lookAgainAllMs"] ?? 0) > lookBudgetMs;
  if (isLookSlow) console.error(`over the budget of ${lookBudgetMs} ms: lookAgainAllMs`);
  if (slow.length > 0 || isLookSlow) process.exitCode = 1;
}

type Case = { readonly need: Need; readonly urgency: number };

function drawUrgency(random: Random, [first, second]: readonly [number, number, number]): number {
  const drawn = random.below(10_000);
  return drawn < first ? 1 : drawn < first + second ? 2 : 3;
}

/** Microseconds of each advice, sorted; what is drawn before it is not counted. */
function measure(base: AdviceBase, random: Random, drawTown: () => Town, drawCase: () => Case): Float64Array {
  const samples = new Float64Array(sampleCount);
  for (let i = -warmUpCount; i < sampleCount; i += 1) {
    if (i % advicesAChange === 0) setHospitalState(base, drawState(random, random.pick(base.hospitals).id));
    const input = drawInput(base, random, drawTown(), drawCase());
    const startMs = performance.now();
    const advice = advise(input);
    const endMs = performance.now();
    if (!advice.ok || advice.value.lines.length === 0) throw new Error("an advice is never empty");
    if (i >= 0) samples[i] = (endMs - startMs) * 1_000;
  }
  return samples.sort();
}

function drawInput(base: AdviceBase, random: Random, town: Town, { need, urgency }: Case): AdviceInput {
  const spread = 2 * town.radiusE3 + 1;
  const latE3 = town.latE3 + random.below(spread) - town.radiusE3;
  const lonE3 = town.lonE3 + random.below(spread) - town.radiusE3;
  const position = cellMiddle(cellAt(latE3, lonE3));
  const patient = { ...plainPatient, position, need, urgency };
  return { ...patient, base, linesMax: 5, language: "de", clock: clockOf, nowMs: 86_400_000 };
}

function quantile(sorted: Float64Array, share: number): number {
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100;
}

function drawState(random: Random, hospital: string) {
  const reported: { [capability: string]: Report } = {};
  const states = ["open", "open", "open", "limited", "full", "cannot", "unconfirmed"] as const;
  for (const id of capabilityIds) {
    if (random.oneIn(3)) continue;
    reported[id] = { state: random.pick(states), sinceMs: random.below(86_400_000), voice: random.oneIn(5) };
  }
  const silent = random.oneIn(10);
  const contactSinceMs = silent ? random.below(86_400_000) : null;
  return { hospital, contact: silent ? "silent" : "heard", contactSinceMs, reported } as const;
}

function drawLoad(random: Random, hospital: string) {
  const inbound = random.below(4);
  const freePlaces = random.oneIn(2) ? null : random.below(6);
  return {
    hospital,
    inbound,
    inboundUrgent: random.below(inbound + 1),
    freePlaces,
    fullerSinceMs: null,
    freerSinceMs: null,
    declines: new Map(),
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

/** The whole state's hospitals and towns, with the shipped region's river, bridges and policy. */
function statewide(): { readonly base: AdviceBase; readonly towns: readonly Town[] } {
  const rows = readCsv(join(shared, "hospitals_nrw_emergency.csv"));
  const { capabilities, policy } = adviceBaseOf(rheinRuhr);
  const base = buildAdviceBase({
    hospitals: rows.map(hospitalOf),
    capabilities,
    river: rheinRuhr.waters.rivers[0]?.points ?? [],
    bridges: rheinRuhr.waters.bridges,
    projection: rheinRuhr.region.projection,
    policy,
    stabilise,
  });
  return { base, towns: readCsv(join(shared, "municipalities_nrw.csv")).map(townOf) };
}

function townOf(row: Row): Town {
  // Half the side of a square of the town's area, at about 100 m a thousandth of a degree.
  const radiusE3 = Math.round(5 * Math.sqrt(Number(row["area_km2"])));
  return { ...positionOf(row), people: Number(row["pop"]), radiusE3 };
}

function hospitalOf(row: Row): AdviceHospital {
  const level: Principle = Number(row["level"]) >= 1 ? "yes" : "unknown";
  const columns: { readonly [capability in CapabilityId]?: Principle } = {
    "emergency-department": level,
    resuscitation: level,
    surgery: level,
    "internal-medicine": level,
    "stroke-unit": principleOf(row, "stroke_unit"),
    "cath-lab": principleOf(row, "pci_24_7"),
    "trauma-local": principleOf(row, "trauma"),
    "cardiac-surgery": principleOf(row, "cardiac_surgery"),
    neurosurgery: principleOf(row, "neurosurgery"),
    paediatrics: principleOf(row, "paediatrics"),
    obstetrics: principleOf(row, "obstetrics"),
    "perinatal-level-1": principleOf(row, "perinatal"),
    burns: principleOf(row, "burn"),
  };
  return { id: row["id"] ?? "", name: row["site"] ?? "", ...positionOf(row), capabilities: columns };
}

/** Absent or derived (D) is not known. */
function principleOf(row: Row, column: string): Principle {
  const cell = row[column] ?? "";
  return cell === "" || cell.endsWith("(D)") ? "unknown" : "yes";
}

function positionOf(row: Row): Position {
  return { latE3: Math.round(Number(row["lat"]) * 1_000), lonE3: Math.round(Number(row["lon"]) * 1_000) };
}

function readCsv(path: string): readonly Row[] {
  const [head = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const columns = cellsOf(head);
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, i) => [columns[i] ?? "", cell])));
}

function cellsOf(line: string): readonly string[] {
  const cells = line.trimEnd().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

main();
