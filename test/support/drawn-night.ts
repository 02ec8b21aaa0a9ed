import type { JsonObject } from "../../src/basics/canonical-json.ts";
import { deviceOf, type FactRef, type LogId, siteOf } from "../../src/basics/name.ts";
import type { Random } from "../../src/basics/random.ts";
import { type KindName, knownKinds } from "../../src/region/facts.ts";
import { type Fold, newFold } from "../../src/region/fold.ts";
import { caseOf, foldOne, type Logs, missionBody, nightMs, say, sites, testCharter } from "./region.ts";

const charter = testCharter();
const centre: LogId = "lst-d/box/1-00000001";
const box: LogId = "ukd/box/1-00000001";

const writers: readonly LogId[] = [
  centre,
  "lst-d/box/2-00000002",
  "lst-w/box/1-00000001",
  box,
  "ukd/tablet/1-00000001",
  "neuss/box/1-00000001",
  "rtw-1/tablet/1-00000001",
  "rtw-1/tablet/2-00000002",
  "rtw-1/phone/1-00000001",
  "rtw-2/tablet/1-00000001",
];

// Now and then a site speaks out of turn.
function drawWriter(random: Random, kind: KindName): LogId {
  const turns = writers.filter((log) => {
    const type = sites[siteOf(log)];
    const saidBy = knownKinds.get(kind)?.saidBy ?? [];
    return type !== undefined && saidBy.includes(type);
  });
  return random.pick(random.oneIn(10) ? writers : turns);
}

/** Another log of the same device, as a rule. */
function drawFirstLog(random: Random, log: LogId): LogId {
  return random.pick(writers.filter((one) => one !== log && deviceOf(one) === deviceOf(log)).concat(log));
}

type Draw = () => [KindName, JsonObject];
type Draws = {
  readonly anyRef: () => FactRef;
  readonly over: () => JsonObject[string];
  readonly mission: () => JsonObject[string];
  readonly hospital: () => string;
  readonly state: () => string;
};

/** What is taken back, spoken, and done at desks. */
function drawSlips(random: Random, { anyRef, over, mission, hospital, state }: Draws): readonly Draw[] {
  const slip = () => ({ takesBack: [...anyRef()], over: over() });
  const earlier = () => (random.oneIn(2) ? {} : { earlierState: state(), earlierAtMs: nightMs });
  const task = () => random.pick(["confirm:ukd", `decide:${centre}#1`]);
  return [
    () => ["hospital.status-taken-back/1", { capability: "ct", ...slip(), ...earlier() }],
    () => ["voice.report-taken-back/1", { hospital: hospital(), capability: "ct", ...slip() }],
    () => [
      "mission.understood/1",
      { mission: mission(), hospital: hospital(), channel: "radio", over: over() },
    ],
    () => [
      "mission.steer-taken-back/1",
      { mission: mission(), hospital: hospital(), asked: [...anyRef()], ...slip() },
    ],
    () => [
      "mission.destination-taken-back/1",
      {
        mission: mission(),
        hospital: hospital(),
        ...slip(),
        ...(random.oneIn(2) ? {} : { earlier: hospital() }),
      },
    ],
    () => ["mission.answer-taken-back/1", { mission: mission(), asked: [...anyRef()], ...slip() }],
    () => [
      "mission.answer-spoken/1",
      {
        ...{ mission: mission(), asked: [...anyRef()], answer: random.pick(["ready", "cannot"]) },
        ...{
          answeredBy: random.pick(["physician", "other"]),
          readBack: true,
          channel: "radio",
          over: over(),
        },
      },
    ],
    () => ["mission.word-taken-back/1", { mission: mission(), takesBack: [...anyRef()] }],
    () => ["mission.flown/1", { mission: mission(), flown: random.oneIn(2), over: over() }],
    () => ["mission.handover-asked/1", { mission: mission(), to: random.pick(["lst-d", "lst-w"]) }],
    () => ["mission.handover-declined/1", { mission: mission(), asked: [...anyRef()] }],
    () => [
      "voice.called/1",
      {
        ...{ hospital: hospital(), line: random.below(3) },
        ...(random.oneIn(2) ? {} : { answeredBy: "physician" }),
      },
    ],
    () => ["voice.call-taken-back/1", { hospital: hospital(), takesBack: [...anyRef()] }],
    () => ["task.taken/1", { task: task(), over: over() }],
    () => ["task.released/1", { task: task(), over: over() }],
    () => ["board.sound/1", { sound: random.pick(["on", "held-back"]) }],
    () => [
      "road.closed/1",
      {
        latE3: 51_200,
        lonE3: 6_800,
        radiusM: 100,
        reason: "flood",
        endsMs: nightMs + random.below(9_999_999),
      },
    ],
    () => ["road.opened/1", { closed: [...anyRef()] }],
    () => ["transfer.asked/1", { need: "stroke", urgency: 2, ageGroup: "65-79", ...transferFlags }],
    () => ["transfer.taken-back/1", { asked: [...anyRef()] }],
    () => ["transfer.declined/1", { asked: [...anyRef()], reason: "no-vehicle" }],
    () => ["transfer.decline-taken-back/1", { asked: [...anyRef()], takesBack: [...anyRef()] }],
    ...drawCases(random, mission),
  ];
}

const transferFlags = { doctor: true, ventilated: false, pregnant: false, infectious: false };

/** Two cases, of a hospital and an ambulance, of which everybody says everything. */
function drawCases(random: Random, mission: Draws["mission"]): readonly Draw[] {
  const id = () => random.pick([caseOf("ukd"), caseOf("rtw-1")]);
  return [
    () => ["case.opened/1", { case: id(), ...(random.oneIn(2) ? {} : { mission: mission() }) }],
    () => ["case.shared/1", { case: id(), to: random.pick(["neuss", "barmen", "lst-d"]) }],
    () => ["case.key-carried/1", { case: id(), to: "rtw-1/tablet" }],
    () => ["case.note/1", { case: id(), sealed: "A".repeat(60) }],
    () => ["case.erased/1", { case: id(), given: ["rtw-2/tablet"] }],
  ];
}

/** A night that nobody would live through: everyone says everything of everyone, `over` names anything at all. */
export function drawLogs(random: Random, facts: number): Logs {
  const logs: Logs = new Map();
  const anyRef = (): FactRef => [random.pick(writers), random.below(facts >> 2)];
  const over = () => Array.from({ length: random.below(4) }, () => [...anyRef()]);
  const missions: FactRef[] = [[centre, 1]];
  const mission = () => [...random.pick(missions)];
  const hospital = () => random.pick(["ukd", "neuss"]);
  const state = () => random.pick(["open", "limited", "full", "cannot"]);
  const asked = () => [...anyRef()];
  const draws: readonly Draw[] = [
    () => ["hospital.status/1", { capability: random.pick(["ct", "burns"]), state: state(), over: over() }],
    () => ["hospital.beds/1", { ward: "general", free: random.below(9), over: over() }],
    () => [
      "voice.report/1",
      {
        hospital: hospital(),
        capability: "ct",
        state: state(),
        answeredBy: random.pick(["other", "physician"]),
        readBack: true,
        over: over(),
      },
    ],
    () => ["contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: random.below(3) }],
    () => ["contact.regained/1", { site: "ukd", silentForMs: 9_000, flaps: random.below(3) }],
    () => ["contact.cut-off/1", { fromMs: nightMs, toMs: nightMs + random.below(99) }],
    () => ["mission.opened/1", { ...missionBody, vehicle: random.pick(["rtw-1", "rtw-2"]) }],
    () => ["mission.position/1", { mission: mission(), cell: { latE2: random.below(9), lonE2: 1 }, ageS: 3 }],
    () => [
      "mission.step/1",
      { mission: mission(), step: random.pick(["on-scene", "patient-on-board", "ended"]) },
    ],
    () => ["mission.destination/1", { mission: mission(), hospital: hospital(), over: over() }],
    () => [
      "mission.steered/1",
      {
        mission: mission(),
        hospital: hospital(),
        ...(random.oneIn(2) ? {} : { forced: "only-one" }),
        over: over(),
      },
    ],
    () => [
      "mission.kept/1",
      { mission: mission(), hospital: hospital(), reason: "at-the-door", over: over() },
    ],
    () => ["mission.asked/1", { mission: mission(), hospital: hospital(), answerWithinS: 90, over: over() }],
    () => [
      "mission.agreement-asked/1",
      { mission: mission(), hospital: "ukd", to: "neuss", answerWithinS: 90, over: over() },
    ],
    () => [
      "mission.answered/1",
      { mission: mission(), asked: asked(), answer: random.pick(["ready", "cannot"]), over: over() },
    ],
    () => ["mission.escalated/1", { mission: mission(), asked: asked(), channel: "telephone" }],
    () => ["mission.called/1", { mission: mission(), hospital: hospital(), channel: "radio", reached: true }],
    () => ["mission.taken-over/1", { mission: mission(), from: "lst-d", over: over() }],
    () => ["mission.closed/1", { mission: mission(), reason: "cancelled", over: over() }],
    ...drawSlips(random, { anyRef, over, mission, hospital, state }),
  ];
  for (let i = 0; i < facts; i += 1) {
    const [kind, body] = random.pick(draws)();
    const log = drawWriter(random, kind);
    const again = random.oneIn(8) ? { again: [drawFirstLog(random, log), random.below(facts >> 2)] } : {};
    const ref = say(logs, log, kind, { ...body, ...again }, { at: nightMs + random.below(600_000) });
    if (kind === "mission.opened/1") missions.push(ref);
    if (random.oneIn(20)) logs.get(ref[0])?.push(null);
  }
  return logs;
}

/** Folds all entries of all logs in an order of the random's choosing, some of them twice. `between` may put another fold in its place. */
export function foldMixed(logs: Logs, random: Random, between: (fold: Fold) => Fold = (fold) => fold): Fold {
  let fold = newFold();
  const next = new Map([...logs.keys()].map((log) => [log, 0]));
  const waiting = () => [...logs].filter(([log, entries]) => (next.get(log) ?? 0) < entries.length);
  for (let left = waiting(); left.length > 0; left = waiting()) {
    const [log, entries] = random.pick(left);
    const from = next.get(log) ?? 0;
    const until = Math.min(entries.length, from + 1 + random.below(5));
    for (let index = random.oneIn(3) ? 0 : from; index < until; index += 1) {
      foldOne(fold, charter, log, index, entries[index] ?? null);
    }
    next.set(log, until);
    fold = between(fold);
  }
  return fold;
}
