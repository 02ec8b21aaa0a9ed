import { expect, test } from "vitest";
import { adviceBaseOf } from "../../src/advice/region-base.ts";
import { clockText } from "../../src/anchor/clock-text.ts";
import type { Json, JsonObject } from "../../src/basics/canonical-json.ts";
import type { LogId } from "../../src/basics/name.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { momentMsMax, type Now } from "../../src/basics/time.ts";
import { heardBeat, setSites, tick } from "../../src/exchange/contact.ts";
import type { Entry } from "../../src/log/entry.ts";
import { usable } from "../../src/region/border.ts";
import { crewBoardView } from "../../src/site/views/board-crew.ts";
import { hospitalBoardView } from "../../src/site/views/board-hospital.ts";
import { boardView } from "../../src/site/views/board-rows.ts";
import { boardHouse } from "../support/board-house.ts";
import { drawLogs } from "../support/drawn-night.ts";
import { type Logs, nightMs, testCharter } from "../support/region.ts";

const charter = testCharter();
const names = ["mond", "lst-w", "rtw-1", "x", "neuss"];
const moments = [0, 1, nightMs, momentMsMax];
const clocks = [0, nightMs, momentMsMax, Number.MAX_SAFE_INTEGER];
const sites = ["lst-w", "ukd", "neuss", "barmen"];

/** What each field may say by its type alone, at its ends and beside them. */
const strange: { readonly [field: string]: (random: Random) => Json } = {
  hospital: (random) => random.pick(names),
  site: (random) => random.pick(names),
  earlier: (random) => random.pick(names),
  vehicle: (random) => random.pick(names),
  from: (random) => random.pick(names),
  to: (random) => random.pick(names),
  cell: (random) => ({ latE2: random.pick([-9_000, 0, 9_000]), lonE2: random.pick([-18_000, 18_000]) }),
  endsMs: (random) => random.pick(moments),
  untilMs: (random) => random.pick(moments),
  earlierAtMs: (random) => random.pick(moments),
  lastHeardMs: (random) => random.pick(moments),
  callAtMs: (random) => random.pick(moments),
  fromMs: (random) => random.pick(moments),
  toMs: (random) => random.pick(moments),
  asked: (random) => [random.pick(["x/y/1-00000001", "lst-d/box/1-00000001"]), random.pick([0, 2 ** 40])],
  takesBack: () => ["x/y/1-00000001", 2 ** 40],
};

function drawStrange(random: Random, entry: Entry): Entry {
  const fields = Object.keys(entry).filter((field) => strange[field] !== undefined && random.oneIn(4));
  const body: JsonObject = Object.fromEntries(
    fields.map((field) => [field, strange[field]?.(random) ?? null] as const),
  );
  return { ...entry, ...body, ...(random.oneIn(6) ? { at: random.pick([0, ...clocks]) } : {}) };
}

function drawNight(random: Random): { readonly logs: Logs; readonly used: number } {
  const logs = drawLogs(random, 250);
  let used = 0;
  for (const [log, entries] of logs) {
    for (const [index, entry] of entries.entries()) {
      if (entry === null) continue;
      const drawn = drawStrange(random, entry);
      entries[index] = drawn;
      if (drawn !== entry && usable(charter, log, index, drawn)) used += 1;
    }
  }
  return { logs, used };
}

/** All that the three boards are sent, with the texts of advice in them. */
function drawnBoards(random: Random, logs: Logs, lacking: string | null): readonly string[] {
  const hosted: readonly (readonly [
    LogId,
    typeof boardView | typeof crewBoardView | typeof hospitalBoardView,
  ])[] = [
    ["lst-d/box/1-00000001", boardView],
    ["ukd/box/1-00000001", hospitalBoardView],
    ["rtw-1/tablet/1-00000001", crewBoardView],
  ];
  return hosted.map(([log, viewOf]) => {
    const house = boardHouse(log, logs);
    const hospitals = house.data.hospitals.filter(({ id }) => id !== lacking);
    const base = adviceBaseOf({ ...house.data, hospitals });
    const context = { ...house, base, clock: (ms: number) => clockText("Europe/Berlin", ms) };
    const now = passBeats(random, context);
    return JSON.stringify(viewOf(context, now));
  });
}

function passBeats(random: Random, { hosted: { contact } }: ReturnType<typeof boardHouse>): Now {
  setSites(
    contact,
    sites.map((site) => ({ site, devices: [`${site}/box`], mobile: false, ownHouse: false })),
  );
  const now = (second: number): Now => ({ wallMs: nightMs + second * 1_000, monoMs: second * 1_000 });
  const falls = random.pick(sites);
  for (let second = 1; second <= 30; second += 0.5) {
    for (const site of sites) {
      if (site === falls && second > 5) continue;
      const said = { wallMs: random.pick(clocks), backByMs: random.pick([null, ...clocks]) };
      const beat = { boot: 1, beat: second * 2, ...said, storing: true, digest: "", heard: {} };
      heardBeat(contact, `${site}/box`, beat, now(second));
    }
    tick(contact, now(second));
  }
  return now(30);
}

test("[FACT7] whatever others have validly signed, however strange, and whatever the region's files lack, every board can be drawn of it", () => {
  let used = 0;
  const seen = new Set<string>();
  for (let seed = 1; seed <= 24; seed += 1) {
    const random = seededRandom(seed);
    const night = drawNight(random);
    used += night.used;
    for (const text of drawnBoards(random, night.logs, seed % 4 === 0 ? "barmen" : null)) {
      expect(text).not.toContain("Invalid");
      for (const name of ["mond", "destination-silent", "schweigt"]) if (text.includes(name)) seen.add(name);
      // What a browser is given it can show: no time lies past what a calendar knows.
      for (const [, ms] of text.matchAll(/Ms":(-?\d+)/g))
        expect(Number.isNaN(new Date(Number(ms)).getTime()), text.slice(0, 200)).toBe(false);
    }
  }
  expect(used).toBeGreaterThan(1_500);
  expect([...seen].sort()).toEqual(["destination-silent", "mond", "schweigt"]);
});
