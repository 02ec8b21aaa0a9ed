// npm run bench -- fold [--json] [--seed N]: facts a second into the region's fold, already parsed, fact border
// included. A region of 60 hospitals, 100 ambulances and 2 control centres: every log in its order, the logs by turns,
// each report over the heads of that moment. Exit 1 under the budget.

import { createHash } from "node:crypto";
import process from "node:process";
import { present } from "../src/basics/assert.ts";
import type { Json, JsonObject } from "../src/basics/canonical-json.ts";
import { type DeviceId, type FactRef, type LogId, refKey } from "../src/basics/name.ts";
import { type Random, seededRandom } from "../src/basics/random.ts";
import type { Entry } from "../src/log/entry.ts";
import { formatVkey, holderKeyName, logKeyName, makeVkey, type VkeyKind } from "../src/log/vkey.ts";
import { type Charter, foldCharter, newCharter } from "../src/region/charter.ts";
import { type State, type Step, states, steps } from "../src/region/choices.ts";
import { type FoldInput, foldEntry, newFold, unusableEntries } from "../src/region/fold.ts";
import { capabilityIds, needIds } from "../src/region/region-data.ts";

/** Missions under way at once, as on a busy evening. */
const runningMax = 60;
const budgetPerS = 400_000;
const factsPerRun = 400_000;
const repeats = 5;
const region = "rehearsal-bench";
const startMs = Date.UTC(2020, 8, 11);
const authority: DeviceId = "land/desk";

const hospitals = numbered("hospital", 60);
const ambulances = numbered("rtw", 100);
const centres = numbered("centre", 2);

function main(): void {
  const seedAt = process.argv.indexOf("--seed");
  const random = seededRandom(seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]));
  const charter = drawCharter();
  const inputs = drawNight(random);
  // The first two only warm the code up.
  const rates = Array.from({ length: repeats + 2 }, () => ratePerS(charter, inputs))
    .slice(2)
    .sort((a, b) => a - b);
  const numbers = {
    facts: inputs.length,
    foldParsedPerS: Math.round(present(rates[repeats >> 1], "a median")),
    foldParsedPerSMin: Math.round(present(rates[0], "a minimum")),
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(numbers));
  else for (const [name, value] of Object.entries(numbers)) console.log(`${name}: ${value}`);
  if (numbers.foldParsedPerS < budgetPerS) process.exitCode = 1;
}

function ratePerS(charter: Charter, inputs: readonly FoldInput[]): number {
  const fold = newFold();
  const beganMs = performance.now();
  for (const input of inputs) foldEntry(fold, charter, input);
  const rate = (inputs.length * 1_000) / (performance.now() - beganMs);
  if (unusableEntries(fold).length > 0) throw new Error("a fact of the bench is not usable");
  return rate;
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}

function drawCharter(): Charter {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
  const key = (kind: VkeyKind, name: string) => makeVkey(sha256, kind, name, new Uint8Array(32).fill(7));
  const logKey = (device: DeviceId) => {
    const [site = "", name = ""] = device.split("/");
    return key("log", logKeyName(region, site, name));
  };
  const charter = newCharter(region, logKey(authority), sha256);
  let index = 0;
  const say = (kind: string, body: JsonObject) => {
    foldCharter(charter, `${authority}/1-00000001`, index, {
      at: startMs,
      by: "bench",
      ...body,
      kind,
    } as Entry);
    index += 1;
  };
  const recovery = formatVkey(logKey("land/recovery"));
  say("charter.start/1", { previous: null, recovery, zone: "Europe/Berlin", name: "Bench" });
  const sites = { hospital: hospitals, ambulance: ambulances, "control-centre": centres };
  for (const [type, names] of Object.entries(sites)) {
    for (const site of names) {
      const holder = formatVkey(key("holder", holderKeyName(region, site, "box")));
      say("charter.site/1", { site, type });
      say("charter.device/1", {
        site,
        device: "box",
        key: formatVkey(logKey(`${site}/box`)),
        holder,
        roles: ["anchor"],
      });
    }
  }
  return charter;
}

/** A writer of facts that knows, like an honest one, what it writes over. */
function drawNight(random: Random): readonly FoldInput[] {
  const inputs: FoldInput[] = [];
  const sizes = new Map<LogId, number>();
  const heads = new Map<string, FactRef>();
  const running: { ref: FactRef; vehicle: string; step: number }[] = [];
  const say = (site: string, kind: string, body: { readonly [name: string]: Json }): FactRef => {
    const log = `${site}/box/1-00000001`;
    const index = sizes.get(log) ?? 0;
    sizes.set(log, index + 1);
    const atMs = startMs + inputs.length * 10;
    const entry = { at: atMs, kind, by: "bench", ...body } as Entry;
    inputs.push({ log, index, entry, storedMs: atMs, local: false });
    return [log, index];
  };
  const sayOver = (key: string, site: string, kind: string, body: JsonObject): void => {
    const head = heads.get(key);
    heads.set(key, say(site, kind, { ...body, over: head === undefined ? [] : [[...head]] }));
  };
  while (inputs.length < factsPerRun) {
    const draw = random.below(100);
    const hospital = random.pick(hospitals);
    if (draw < 35) {
      const capability = random.pick(capabilityIds);
      sayOver(`${hospital} ${capability}`, hospital, "hospital.status/1", {
        capability,
        state: drawState(random),
      });
    } else if (draw < 40) {
      const body = { ward: "general", free: random.below(40), total: 40 };
      sayOver(`${hospital} beds`, hospital, "hospital.beds/1", body);
    } else if (draw < 45) {
      const capability = random.pick(capabilityIds);
      const spoken = { hospital, answeredBy: "charge-nurse", readBack: true, state: drawState(random) };
      sayOver(`${hospital} ${capability}`, random.pick(centres), "voice.report/1", { ...spoken, capability });
    } else if (running.length < runningMax) {
      const vehicle = random.pick(ambulances);
      const ref = say(random.pick(centres), "mission.opened/1", missionBody(random, vehicle));
      running.push({ ref, vehicle, step: 0 });
    } else {
      sayOfMission(random, running, say);
    }
  }
  return inputs;
}

function sayOfMission(
  random: Random,
  running: { ref: FactRef; vehicle: string; step: number }[],
  say: (site: string, kind: string, body: JsonObject) => FactRef,
): void {
  const mission = random.pick(running);
  const named = { mission: [...mission.ref] };
  const draw = random.below(100);
  if (draw < 60) {
    const cell = { latE2: 5_100 + random.below(60), lonE2: 640 + random.below(80) };
    say(mission.vehicle, "mission.position/1", { ...named, cell, ageS: random.below(30) });
  } else if (draw < 75) {
    const hospital = random.pick(hospitals);
    say(mission.vehicle, "mission.destination/1", { ...named, hospital, over: [] });
  } else if (draw < 80) {
    const asked = say(random.pick(centres), "mission.asked/1", {
      ...named,
      hospital: random.pick(hospitals),
      answerWithinS: 90,
      over: [],
    });
    say(random.pick(hospitals), "mission.answered/1", {
      ...named,
      asked: [...asked],
      answer: "ready",
      over: [],
    });
  } else {
    const step = Object.keys(steps)[mission.step] as Step;
    say(mission.vehicle, "mission.step/1", { ...named, step });
    mission.step += 1;
    if (step !== "ended") return;
    const last = running.pop();
    if (last !== undefined && refKey(last.ref) !== refKey(mission.ref))
      running[running.indexOf(mission)] = last;
  }
}

function missionBody(random: Random, vehicle: string): JsonObject {
  return {
    vehicle,
    need: random.pick(needIds),
    urgency: 1 + random.below(3),
    ageGroup: "65-79",
    doctor: random.oneIn(3),
    ventilated: random.oneIn(20),
    cpr: random.oneIn(30),
    pregnant: random.oneIn(50),
    infectious: random.oneIn(20),
    callAtMs: startMs,
    cell: { latE2: 5_120, lonE2: 680 },
  };
}

function drawState(random: Random): State {
  return random.pick(Object.keys(states) as State[]);
}

main();
