import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { adviceBaseOf } from "../src/advice/region-base.ts";
import { type AdviceFiles, explainAll, explainMission } from "../src/anchor/explain/explain.ts";
import { roadsWith } from "../src/anchor/explain/roads-then.ts";
import { present } from "../src/basics/assert.ts";
import { utf8Decode, utf8Encode } from "../src/basics/bytes.ts";
import { type FactRef, refKey } from "../src/basics/name.ts";
import { type Random, seededRandom } from "../src/basics/random.ts";
import { ok } from "../src/basics/result.ts";
import { decodeEntry, encodeEntry } from "../src/log/entry.ts";
import { factOf, knownKinds } from "../src/region/facts.ts";
import { foldEntry } from "../src/region/fold.ts";
import type { RoadTable } from "../src/roads/table/table.ts";
import { noteRun } from "../src/site/decisions/journal.ts";
import { boardView } from "../src/site/views/board-rows.ts";
import type { WhereTo } from "../src/site/views/board-view.ts";
import { whereTo } from "../src/site/views/where-to.ts";
import { boardHouse } from "./support/board-house.ts";
import {
  act,
  cutLogs,
  deciderLog,
  decidingBoard,
  drawDecidedNight,
  eveningMs,
  filesOf,
  placeOf,
} from "./support/decided-night.ts";
import {
  decidedTable,
  drawClosures,
  filesWithRoads,
  liftClosures,
  withRoads,
} from "./support/decided-roads.ts";
import { root } from "./support/files.ts";
import { entry, type Logs, testCharter } from "./support/region.ts";

const vector = readFileSync(join(root, "test", "vectors", "decision.json"), "utf8");

function publishedDecision() {
  const decoded = decodeEntry(utf8Encode(vector.trimEnd()));
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
}

const charter = testCharter();
const now = { wallMs: eveningMs, monoMs: 1_200_000 };
const hospitals = ["ukd", "neuss", "barmen"];

function nightOf(random: Random, roads: RoadTable | null = null, seed = 0) {
  const { logs, missions } = drawDecidedNight(random);
  if (roads !== null) drawClosures(logs, random);
  const bare = decidingBoard(cutLogs(logs, random), random);
  const drawn = { isLate: seed % 4 === 1, hasTraffic: seed % 5 === 0 };
  const { context, counted } =
    roads === null ? { context: bare, counted: [] } : withRoads(bare, roads, drawn);
  boardView(context, now);
  const seenBy = (mission: FactRef, hospital: string | null = null) =>
    whereTo(context, now, { patient: { mission: refKey(mission) }, hospital });
  const steer = (mission: FactRef, { seen }: WhereTo, hospital: string) =>
    act(context, "mission.steered/1", { mission: [...mission], hospital, over: [] }, seen);
  return { logs, missions, context, counted, seenBy, steer };
}

/** Somebody decides about every mission of a night by what one centre knows of it. */
function decidedNight(random: Random, roads: RoadTable | null = null, seed = 0) {
  const night = nightOf(random, roads, seed);
  const written: Uint8Array[] = [];
  const shown = new Map<string, readonly string[]>();
  for (const mission of night.missions) {
    const asked = random.oneIn(2) ? random.pick(hospitals) : null;
    const answer = night.seenBy(mission, asked);
    const [best] = answer?.lines ?? [];
    if (answer === null || best === undefined) continue;
    written.push(...night.steer(mission, answer, asked ?? best.hospital));
    shown.set(
      refKey(mission),
      answer.lines.map(({ text }) => text.de),
    );
  }
  return { ...night, written, shown };
}

/** A night in which the first mission is decided, alone. */
function oneDecision(seed: number) {
  const night = nightOf(seededRandom(seed));
  const mission = present(
    night.missions.find((one) => night.seenBy(one) !== null),
    "a running mission",
  );
  const answer = present(night.seenBy(mission), "an advice");
  const best = present(answer.lines[0], "a line");
  return { ...night, mission, answer, best };
}

/** As it was written before closures were. */
function withoutClosed(bytes: Uint8Array): Uint8Array {
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) throw new Error(decoded.error);
  const { closed: _closed, ...rest } = decoded.value;
  const encoded = encodeEntry(rest);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.value;
}

const openRoads: Pick<AdviceFiles, "roadsWith"> = {
  roadsWith: async (task) => ok(roadsWith({ ...task, closures: [] })),
};

async function verdictsOn(
  logs: Logs,
  written: readonly Uint8Array[],
  files: Parameters<typeof explainAll>[1],
  mission: FactRef,
) {
  const explained = await explainAll(placeOf(logs, written), files, charter, mission);
  if (!explained.ok) throw new Error(explained.error);
  return explained.value;
}

describe("[DECIDE1] an advice that somebody acted on", () => {
  test("comes out again byte for byte from what was known, over nights in which much was not", async () => {
    let decisions = 0;
    let unknown = 0;
    let turns = 0;
    let transfers = 0;
    let flights = 0;
    let aloft = 0;
    let driven = 0;
    for (let seed = 1; seed <= 32; seed += 1) {
      const { logs, context, missions, written, shown } = decidedNight(seededRandom(seed));
      for (const mission of missions) {
        const lines = shown.get(refKey(mission));
        const explained = await verdictsOn(logs, written, filesOf(context), mission);
        expect(explained.map(({ verdict }) => verdict)).toEqual(lines === undefined ? [] : [{ is: "same" }]);
        if (lines === undefined) continue;
        expect(explained[0]?.decision.fact.lines.map(({ text }) => text.de)).toEqual(lines);
        decisions += 1;
        unknown += explained[0]?.unknown?.length ?? 0;
        if (lines.some((line) => line.includes("Zwangsbelegung, zuletzt"))) turns += 1;
        if (lines.some((line) => line.includes("im Flug"))) flights += 1;
        const told = present(context.house.fold.missions.get(refKey(mission)), "a mission");
        const isFlown = told.opened?.fact.flown === true || told.flights.heads.length > 0;
        if (explained[0]?.decision.fact.aloftMin === undefined) driven += isFlown ? 0 : 1;
        else expect(isFlown).toBe(true);
        if ((explained[0]?.decision.fact.aloftMin ?? 0) > 0) aloft += 1;
        if (told.opened?.fact.from !== undefined) transfers += 1;
      }
    }
    // The nights have something to show.
    expect(decisions).toBeGreaterThan(50);
    expect(unknown).toBeGreaterThan(50);
    expect(turns).toBeGreaterThan(4);
    expect(transfers).toBeGreaterThan(5);
    expect(flights).toBeGreaterThan(3);
    expect(aloft).toBeGreaterThan(0);
    expect(driven).toBeGreaterThan(0);
  }, 60_000);

  test("[DECIDE5] comes out again with the roads that were closed then, whatever is closed now; only what a traffic service said is taken as it stands", async () => {
    const table = decidedTable(boardHouse(deciderLog, new Map()));
    const kinds = new Map<string, number>();
    let changed = 0;
    for (let seed = 1; seed <= 16; seed += 1) {
      const { logs, context, missions, written, counted } = decidedNight(seededRandom(seed), table, seed);
      const files = filesWithRoads(context, table);
      const later = liftClosures(logs, counted);
      const unsaid = seed % 4 === 1 ? null : written.map(withoutClosed);
      for (const mission of missions) {
        const [one] = await verdictsOn(later, written, files, mission);
        if (one === undefined) continue;
        expect(one.verdict).toEqual({ is: "same" });
        const { source } = one.decision.fact;
        const closures = source === "estimate" ? 0 : counted.length;
        const asWritten = source === "traffic" ? { are: "traffic" } : { are: "same", source, closures };
        expect(one.minutes).toEqual(asWritten);
        expect(one.decision.fact.closed ?? []).toHaveLength(closures);
        kinds.set(source, (kinds.get(source) ?? 0) + 1);
        const open = await verdictsOn(later, written.map(withoutClosed), { ...files, ...openRoads }, mission);
        if (open[0]?.verdict.is === "other-data") changed += 1;
        // Entries from before closures were written down.
        if (unsaid === null) continue;
        const [old] = await verdictsOn(later, unsaid, files, mission);
        expect(old?.verdict).toEqual({ is: "same" });
      }
    }
    expect(kinds.get("table")).toBeGreaterThan(15);
    expect(kinds.get("traffic")).toBeGreaterThan(5);
    expect(kinds.get("estimate")).toBeGreaterThan(0);
    // Without the closures of then they would not have come out.
    expect(changed).toBeGreaterThan(10);
  }, 60_000);

  test("is the one that was seen, with what was known then, whatever came between it and the click", async () => {
    const { logs, context, mission, answer, best, steer, seenBy } = oneDecision(3);
    const log = `${best.hospital}/box/2-00000009`;
    const need = present(
      context.data.needs.find(
        ({ id }) => id === context.house.fold.missions.get(refKey(mission))?.opened?.fact.need,
      ),
      "a need",
    );
    const words = [
      entry("log.start/1", { previous: null }),
      ...need.required
        .flat()
        .map((capability) =>
          entry("hospital.status/1", { capability, state: "cannot", over: [] }, { at: eveningMs - 1 }),
        ),
    ];
    for (const [index, word] of words.entries()) {
      noteRun(context.house.journal, log, index);
      foldEntry(context.house.fold, context.house.charter, {
        log,
        index,
        entry: word,
        storedMs: eveningMs,
        local: false,
      });
    }
    const later = present(seenBy(mission), "an advice");
    expect(later.lines[0]?.text).not.toEqual(best.text);
    const [one] = await verdictsOn(
      new Map([...logs, [log, words]]),
      steer(mission, answer, best.hospital),
      filesOf(context),
      mission,
    );
    expect(one?.decision.fact.lines[0]?.text).toEqual(best.text);
    expect(one?.verdict).toEqual({ is: "same" });
    // It was true by then, and stands beside what was known.
    expect(one?.unknown?.filter((fact) => fact.log === log)).toHaveLength(words.length);
    expect(one?.withAll?.[0]?.text).not.toEqual(best.text);
  });
});

describe("[DECIDE4] [REGION24] a mission that was to fly", () => {
  /** Decided by minutes of which some are a flight's; then a word of another centre turns up that was said before. */
  async function explainedWith(flown: boolean) {
    for (let seed = 1; seed <= 32; seed += 1) {
      const night = nightOf(seededRandom(seed));
      for (const mission of night.missions) {
        const answer = night.seenBy(mission);
        const best = answer?.lines.find(({ text }) => text.de.includes("im Flug"));
        if (answer === null || best === undefined) continue;
        const written = night.steer(mission, answer, best.hospital);
        const word = entry(
          "mission.flown/1",
          { mission: [...mission], flown, over: [] },
          { at: eveningMs - 1 },
        );
        const log = [entry("log.start/1", { previous: null }), word];
        const logs: Logs = new Map([...night.logs, ["lst-w/box/2-00000009", log] as const]);
        const [one] = await verdictsOn(logs, written, filesOf(night.context), mission);
        return present(one, "a decision");
      }
    }
    throw new Error("nobody flies in these nights");
  }

  test("and drives by a word not known there: that word is named, and no lines are made of a flight's minutes", async () => {
    const grounded = await explainedWith(false);
    expect(grounded.verdict).toEqual({ is: "same" });
    expect(grounded.unknown?.map(({ fact }) => fact.kind)).toContain("mission.flown/1");
    expect(grounded.withAll).toBeNull();
    const asWas = await explainedWith(true);
    expect(asWas.withAll?.length).toBeGreaterThan(0);
  });
});

describe("[DECIDE2] what is written of it", () => {
  test("stands right behind the act, in one commit", () => {
    const { mission, answer, best, steer } = oneDecision(2);
    const [start, steered, made, ...more] = steer(mission, answer, best.hospital).map((bytes) => {
      const decoded = decodeEntry(bytes);
      if (!decoded.ok) throw new Error(decoded.error);
      return decoded.value;
    });
    expect([start?.kind, steered?.kind, made?.kind, more.length]).toEqual([
      "log.start/1",
      "mission.steered/1",
      "decision.made/1",
      0,
    ]);
    expect(factOf(knownKinds, present(made, "a decision"))).toBe(made);
    const maybe = new Set(["besides", "assigned", "closed"]);
    expect(Object.keys(made ?? {}).filter((member) => !maybe.has(member))).toEqual(
      Object.keys(publishedDecision()),
    );
  });

  test("stays readable as it was first written, byte for byte", () => {
    const published = publishedDecision();
    expect(factOf(knownKinds, published)).toBe(published);
    const bytes = encodeEntry(published);
    expect(bytes.ok && utf8Decode(bytes.value)).toEqual({ ok: true, value: vector.trimEnd() });
  });

  test("is nothing where nobody knows the advice any more, and the act is written all the same", () => {
    const { context, mission, best } = oneDecision(2);
    const body = { mission: [...mission], hospital: best.hospital, over: [] };
    expect(() => act(context, "mission.steered/1", body, "0-0")).toThrow("an advice was shown");
    expect(() => act(context, "mission.called/1", body, undefined)).toThrow("an advice was shown");
  });
});

describe("[DECIDE4] what cannot be computed anew is said", () => {
  test("another policy, other files, logs that are not here, a mission without a decision", async () => {
    const { logs, context, mission, answer, best, steer } = oneDecision(4);
    const written = steer(mission, answer, best.hospital);
    const files = filesOf(context);
    const verdict = async (held: Logs, of = files) =>
      (await verdictsOn(held, written, of, mission))[0]?.verdict;
    const policy = { ...files.base.policy, version: "other" };
    expect(await verdict(logs, { ...files, base: { ...files.base, policy } })).toMatchObject({
      is: "other-policy",
      now: "other",
    });
    const data = { ...files.data, hospitals: files.data.hospitals.slice(1) };
    expect(await verdict(logs, { ...files, data, base: adviceBaseOf(data) })).toEqual({ is: "other-data" });
    const short: Logs = new Map(
      [...logs].map(([log, all]) => [log, log.startsWith("ukd/") ? all.slice(0, 1) : all]),
    );
    expect(await verdict(short)).toMatchObject({ is: "missing" });
    const place = placeOf(logs, written);
    const text = await explainMission(place, files, { mission, json: false, language: "de" });
    expect(text.ok && text.value).toContain("Byte für Byte dasselbe.");
    expect(text.ok && text.value).toContain(best.text.de);
    const none = await explainMission(placeOf(logs, []), files, { mission, json: false, language: "en" });
    expect(none.ok && none.value).toMatch(/^No advice is recorded here/);
    const other = await explainMission(place, files, {
      mission: [deciderLog, 0],
      json: false,
      language: "en",
    });
    expect(other).toEqual({ ok: false, error: `${deciderLog}#0 opens no mission here.` });
  });
});
