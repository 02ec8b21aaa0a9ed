import { adviceBaseOf } from "../../src/advice/region-base.ts";
import { clockText } from "../../src/anchor/clock-text.ts";
import type { AdviceFiles } from "../../src/anchor/explain/explain.ts";
import type { ReadPlace } from "../../src/anchor/explain/known-then.ts";
import { present } from "../../src/basics/assert.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import { type FactRef, type LogId, originOf } from "../../src/basics/name.ts";
import type { Random } from "../../src/basics/random.ts";
import { ok } from "../../src/basics/result.ts";
import { heardBeat, setSites, tick } from "../../src/exchange/contact.ts";
import { encodeEntry } from "../../src/log/entry.ts";
import { foldEntry, newFold } from "../../src/region/fold.ts";
import { capabilityIds, needIds } from "../../src/region/vocabulary.ts";
import { decidedBy } from "../../src/site/decisions/decided.ts";
import type { Commit } from "../../src/site/effects.ts";
import { step } from "../../src/site/house.ts";
import type { BoardContext } from "../../src/site/views/board-rows.ts";
import { boardHouse } from "./board-house.ts";
import { charterLogs, type Logs, logKey, missionBody, nightMs, region, say } from "./region.ts";

const hospitals = ["ukd", "neuss", "barmen"];
const crews = ["rtw-1/tablet/1-00000001", "rtw-2/tablet/1-00000001"] as const;
export const centreLog: LogId = "lst-d/box/1-00000001";
/** Writes nothing but what is decided: its log begins with that. */
export const deciderLog: LogId = "lst-d/box/2-0000000a";
export const eveningMs = nightMs + 10 * 3_600_000;

/** Some ten hours of words, counts, missions, requests and refusals; some clocks are off by up to an hour. */
export function drawDecidedNight(random: Random): {
  readonly logs: Logs;
  readonly missions: readonly FactRef[];
} {
  const logs = charterLogs();
  const within = () => ({ at: nightMs + random.below(10 * 3_600_000) });
  const boxOf = (hospital: string): LogId => `${hospital}/box/1-00000001`;
  const state = () => random.pick(["open", "open", "limited", "full", "cannot"]);
  const missions: FactRef[] = [];
  for (let i = 0; i < 4; i += 1) {
    const call = { callAtMs: eveningMs - random.below(3_600_000), urgency: 1 + random.below(3) };
    const cell = { latE2: 5_115 + random.below(15), lonE2: 670 + random.below(30) };
    const vehicle = random.pick(["rtw-1", "rtw-2"]);
    const body = { ...missionBody, ...call, cell, vehicle, need: random.pick(needIds), cpr: random.oneIn(6) };
    const [first] = missions;
    const scene = first !== undefined && random.oneIn(2) ? { scene: [...first] } : {};
    // No draw of its own either.
    const flown = missions.length > 0 ? { flown: true } : {};
    const traits = { ventilated: random.oneIn(3), infectious: random.oneIn(3), heavy: random.oneIn(3) };
    // No draw of its own: every other one stays what it was.
    const from =
      traits.heavy && !("scene" in scene)
        ? { from: hospitals[missions.length % hospitals.length] ?? "" }
        : {};
    missions.push(
      say(logs, centreLog, "mission.opened/1", { ...body, ...traits, ...flown, ...scene, ...from }, within()),
    );
  }
  for (let i = 0; i < 160; i += 1) {
    const hospital = random.pick(hospitals);
    const mission = [...random.pick(missions)];
    const crew = random.pick(crews);
    const capability = random.pick(capabilityIds);
    const until = random.oneIn(4) ? { untilMs: eveningMs + random.below(7_200_000) - 3_600_000 } : {};
    sayFlight(logs, mission, i);
    const draw = random.below(11);
    if (draw < 5) {
      const body = { capability, state: state(), over: [], ...until };
      say(logs, boxOf(hospital), "hospital.status/1", body, within());
    } else if (draw === 5) {
      const spoken = {
        hospital,
        capability,
        state: state(),
        answeredBy: "physician",
        readBack: true,
        over: [],
      };
      say(logs, "lst-w/box/1-00000001", "voice.report/1", spoken, within());
    } else if (draw === 6) {
      const free = random.below(4);
      say(
        logs,
        boxOf(hospital),
        "hospital.beds/1",
        { ward: "emergency-department", free, over: [] },
        within(),
      );
    } else if (draw === 7)
      say(logs, crew, "mission.destination/1", { mission, hospital, over: [] }, within());
    else if (draw === 10)
      say(
        logs,
        centreLog,
        "mission.steered/1",
        { mission, hospital, forced: "its-turn", over: [] },
        within(),
      );
    else if (draw === 8) sayStep(logs, crew, mission, i, within().at);
    else {
      const asked = say(
        logs,
        centreLog,
        "mission.asked/1",
        { mission, hospital, answerWithinS: 60, over: [] },
        within(),
      );
      const answer = random.pick(["ready", "cannot"]);
      const body = { mission, asked: [...asked], answer, over: [] };
      say(logs, boxOf(hospital), "mission.answered/1", body, within());
    }
  }
  return { logs, missions };
}

/** No draw of its own: now and then somebody says that a mission flies after all, or drives. */
function sayFlight(logs: Logs, mission: (string | number)[], number: number): void {
  if (number % 20 !== 7) return;
  const at = nightMs + number * 225_000;
  say(logs, centreLog, "mission.flown/1", { mission, flown: number % 40 === 7, over: [] }, { at });
}

/** At the scene; or the patient on board, and eight minutes on their way. */
function sayStep(logs: Logs, crew: LogId, mission: (string | number)[], number: number, at: number): void {
  const isAboard = number % 2 === 1;
  const step = isAboard ? "patient-on-board" : "on-scene";
  say(logs, crew, "mission.step/1", { mission, step }, { at });
  if (!isAboard) return;
  // Far off, where a flight is shorter than the drive.
  const cell = { latE2: 5_150 + (number % 5), lonE2: 640 - (number % 7) };
  say(logs, crew, "mission.position/1", { mission, cell, ageS: 0 }, { at: at + 480_000 });
}

/** Each log but the charter up to somewhere: what one device holds of a night. */
export function cutLogs(logs: Logs, random: Random): Logs {
  return new Map(
    [...logs].map(([log, entries]) => {
      const isWhole = log.startsWith("land/") || log === centreLog || random.oneIn(3);
      return [log, isWhole ? entries : entries.slice(0, random.below(entries.length + 1))];
    }),
  );
}

/** The centre's board over what it holds, some of it stored late, some sites silent, some clocks off. */
export function decidingBoard(held: Logs, random: Random): BoardContext {
  const context = boardHouse(deciderLog, new Map());
  const { charter, hosted } = { charter: context.house.charter, hosted: context.hosted };
  const fold = newFold();
  for (const [log, entries] of held)
    for (const [index, entry] of entries.entries()) {
      const lateMs = random.oneIn(3) ? random.below(7_200_000) : 0;
      const storedMs = Math.min(eveningMs, (entry?.at ?? nightMs) + lateMs - (random.oneIn(4) ? 600_000 : 0));
      foldEntry(fold, charter, { log, index, entry, storedMs, local: false });
    }
  context.house.fold = fold;
  hear(hosted.contact, random);
  return {
    ...context,
    base: adviceBaseOf(context.data),
    clock: (wallMs) => clockText("Europe/Berlin", wallMs),
  };
}

function hear(contact: BoardContext["hosted"]["contact"], random: Random): void {
  const all = [...hospitals, "lst-w"];
  setSites(
    contact,
    all.map((site) => ({ site, devices: [`${site}/box`], mobile: false, ownHouse: false })),
  );
  const quiet = new Set(hospitals.filter(() => random.oneIn(3)));
  const offMs = new Map(all.map((site) => [site, random.oneIn(2) ? 0 : random.below(4_000_000) - 2_000_000]));
  for (let second = 0; second <= 1_200; second += 1) {
    const now = { wallMs: eveningMs - 1_200_000 + second * 1_000, monoMs: second * 1_000 };
    for (const site of all) {
      if (quiet.has(site) && second > 5 + 400 * hospitals.indexOf(site)) continue;
      const wallMs = now.wallMs + (offMs.get(site) ?? 0);
      const beat = {
        boot: 1,
        beat: second + 1,
        wallMs,
        storing: true,
        digest: "",
        backByMs: null,
        heard: {},
      };
      heardBeat(contact, `${site}/box`, beat, now);
    }
    tick(contact, now);
  }
}

/** Somebody acts on the advice that this board showed; what is written of it, as it is stored. */
export function act(
  context: BoardContext,
  kind: string,
  body: JsonObject,
  seen: string | undefined,
): readonly Uint8Array[] {
  const decided = present(decidedBy(context, { kind, body, seen }), "an advice was shown");
  const now = { wallMs: eveningMs + 5_000, monoMs: 1_205_000 };
  const { hosted, house } = context;
  const submission = { hosted: hosted.id, kind, by: "dispatcher#1", body, decided, token: 1 };
  const effects = step(house, { type: "submit", submission }, now);
  const commit = present(effects.find((effect) => effect.type === "commit")?.commit, "a commit");
  step(house, { type: "committed", id: commit.id }, now);
  return itemsOf(commit);
}

function itemsOf({ appends }: Commit): readonly Uint8Array[] {
  return appends.flatMap(({ items }) => items);
}

/** A store that holds these logs, and what was decided. */
export function placeOf(logs: Logs, decided: readonly Uint8Array[]): ReadPlace {
  const bytes = new Map<string, readonly Uint8Array[]>(
    [...logs].map(([log, entries]) => [originOf(region, log), entries.map(encoded)]),
  );
  bytes.set(originOf(region, deciderLog), decided);
  const reads = {
    storedLogs: () => ok([...bytes.keys()].map((origin) => ({ origin }) as never)),
    readSlice: (origin: string, from: number, { entriesMax }: { readonly entriesMax: number }) => {
      const items = (bytes.get(origin) ?? []).slice(from, from + entriesMax);
      return ok({ origin, from, items, storedMs: items.map(() => 0) });
    },
  };
  // Nothing else of a store is read.
  return { region, authority: logKey("land/desk"), reads: reads as unknown as ReadPlace["reads"] };
}

function encoded(entry: Parameters<typeof encodeEntry>[0] | null): Uint8Array {
  const bytes = entry === null ? null : encodeEntry(entry);
  return bytes?.ok === true ? bytes.value : new Uint8Array(1);
}

export function filesOf({ data }: BoardContext): AdviceFiles {
  const roadsWith = () => Promise.reject(new Error("there is no road table"));
  return { data, base: adviceBaseOf(data), roadsWith };
}
