// The control centre's wall: 1920 × 1080, nobody touches it, what is not as it should be first.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { capabilityIds } from "../src/region/vocabulary.ts";
import type {
  BoardView,
  CentreRow,
  HospitalRow,
  MissionRow,
  OwnRow,
  RequestState,
} from "../src/site/views/board-view.ts";
import { violations } from "./support/axe.ts";
import { BoardBrowser, type OpenBoard, region } from "./support/board-page.ts";
import {
  calmOwn,
  heard,
  missionRow,
  nightView,
  sampleView,
  silent,
  silentMission,
  word,
} from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { voiceRow } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeoutMs = 60_000;
const minuteMs = 60_000;
const quietCentre: CentreRow = {
  voices: [],
  noSound: [],
  tasks: [],
  runsOut: [],
  rounds: [],
  transfers: [],
  paths: { heard: 0, rows: [] },
};

const noSoundAt = (sites: readonly string[]) =>
  sites.map((site) => ({ site, sinceMs: nightMs - 20 * minuteMs }));

/** The hospital was asked nine minutes ago and has not answered. */
function overdueMission(number: number, mission: string): MissionRow {
  const request: RequestState = {
    step: "asked",
    ref: ["a/b/1-00000001", number],
    over: [],
    hospital: "krefeld-helios",
    heldThere: true,
    askedMs: nightMs - 9 * minuteMs,
    dueMs: nightMs - 7 * minuteMs,
    escalated: ["telephone"],
  };
  return missionRow(number, nightMs, { mission, request });
}

/** The night with an overdue answer, a voice report and two boards without sound. */
function wallNight(): BoardView {
  const view = nightView(region, nightMs);
  const noSound = noSoundAt(["neuss-lukas", "moers-josef"]);
  const missions = [...view.missions, overdueMission(5, "late")];
  return { ...view, missions, centre: { ...quietCentre, noSound, voices: [voiceRow()] } };
}

/** More of everything than fits: 66 silent, 12 decisions. */
function worstNight(): BoardView {
  const view = sampleView(region, nightMs);
  const hospitals = view.hospitals.map((row) => ({ ...row, contact: silent(nightMs - 100_000) }));
  const missions = Array.from({ length: 12 }, (_, i) => silentMission(i + 1, nightMs));
  return { ...view, hospitals, missions, centre: quietCentre };
}

/** As dense as the rehearsal's night and denser: every list crowded at once, and five bars. */
function denseNight(): BoardView {
  const view = nightView(region, nightMs);
  const hospitals = region.hospitals.map(({ hospital, has = {} }, i): HospitalRow => {
    const there = capabilityIds.filter((capability) => has[capability] === true);
    const said = there.map((capability, j) => {
      const state = (i + 5 * j) % 12 === 0 ? "full" : (i + 5 * j) % 31 === 1 ? "cannot" : "open";
      return [capability, word(state, nightMs - ((i + j) % 9) * minuteMs)] as const;
    });
    const isUnsaid = i % 5 === 0;
    const cells = Object.fromEntries(said.filter(([id]) => !isUnsaid || id !== "emergency-department"));
    const contact = i % 11 === 0 ? silent(nightMs - 100_000) : heard;
    return { hospital, contact, cells, inbound: 0 };
  });
  const missions = [1, 2, 3, 4, 5].flatMap((number) => [
    silentMission(number, nightMs, { mission: `deciding-${number}` }),
    overdueMission(number, `late-${number}`),
  ]);
  const centre: CentreRow = {
    ...quietCentre,
    noSound: noSoundAt(region.hospitals.map(({ hospital }) => hospital)),
    voices: region.hospitals.slice(0, 12).map(({ hospital }, i) => {
      return voiceRow({ hospital, ref: ["a/b/1-00000001", i], leads: i % 2 === 0 });
    }),
  };
  return { ...view, own: { ...calmOwn, ...fiveNotes }, hospitals, missions, centre };
}

const fiveNotes: Partial<OwnRow> = {
  ...{ storing: false, slowDisk: true, notHeard: true, halfSilent: true },
  centres: [{ site: "wuppertal", contact: silent(nightMs - 200_000) }],
};

async function openWall(view: BoardView, query = "?wall", isDark = false) {
  const board = await boards.open({ view, query, isDark, widthPx: 1920, heightPx: 1080 });
  await board.page.locator(".wall").waitFor();
  return board;
}

/** Shows another night on the same wall. Each has another number of decisions. */
async function turnTo({ server, page }: OpenBoard, view: BoardView): Promise<void> {
  const deciding = view.missions.filter(({ decide }) => decide !== null).length;
  server.show(view);
  await page.locator(`[data-list=decisions] [data-count="${deciding}"]`).waitFor();
  // Lists are measured again when bars take their room; that has happened by the next frame.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** Of every text that shows, the size that the browser computed, in px, and the text. */
function textSizes(page: Page): Promise<readonly (readonly [sizePx: number, text: string])[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes: [number, string][] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const holder = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (holder === null || text === "" || holder.closest("title, script, noscript, .unseen, [hidden]"))
        continue;
      sizes.push([Number.parseFloat(getComputedStyle(holder).fontSize), text]);
    }
    return sizes;
  });
}

type Panel = {
  readonly list: string;
  readonly count: number;
  readonly shown: number;
  /** What its last line says. */
  readonly more: string;
  /** Rows, lines and the panel itself that do not stand in their room as a whole. */
  readonly cut: readonly string[];
};

/** What each list counts, how many rows of it can be seen, and what is cut off. */
function panels(page: Page): Promise<readonly Panel[]> {
  return page.locator(".wall-panel").evaluateAll((all) => {
    const room = document.querySelector("main")?.getBoundingClientRect();
    const floor = Math.min(room?.bottom ?? 0, innerHeight);
    return all.map((panel) => {
      const box = panel.getBoundingClientRect();
      const lines = [
        ...panel.querySelectorAll<HTMLElement>("h2, li:not([hidden]), .wall-more:not([hidden])"),
      ];
      const isCut = (part: Element) => {
        const { top, bottom, height } = part.getBoundingClientRect();
        return height === 0 || top < box.top || bottom > box.bottom;
      };
      const below = panel.nextElementSibling?.getBoundingClientRect().top ?? floor;
      const rest = panel.querySelector<HTMLElement>(".wall-more");
      return {
        list: panel.getAttribute("data-list") ?? "",
        count: Number(panel.querySelector("[data-count]")?.getAttribute("data-count")),
        shown: lines.filter((line) => line.matches("li") && !isCut(line)).length,
        more: rest === null || rest.hidden ? "" : (rest.textContent ?? ""),
        cut: [
          ...lines.filter(isCut).map((line) => line.textContent ?? ""),
          ...(box.bottom > floor || box.bottom > below ? ["the panel"] : []),
        ],
      };
    });
  });
}

/** What stands below the lists is seen as a whole too. */
function footOver(page: Page): Promise<number> {
  return page.locator(".wall-foot").evaluate((foot) => foot.getBoundingClientRect().bottom - innerHeight);
}

const moreTexts = {
  "?wall": (count: number) => (count === 1 ? "und 1 weiteres" : `und ${count} weitere`),
  "?wall&lang=en": (count: number) => `and ${count} more`,
};

describe("[BOARD42] the wall", () => {
  test.each([
    ["de", "?wall", /ÜBUNG[\s\S]*Leitstelle Düsseldorf[\s\S]*Stand 03:07:\d\d[\s\S]*03:07:\d\d/],
    ["en", "?wall&lang=en", /REHEARSAL[\s\S]*Leitstelle Düsseldorf[\s\S]*as of 03:07:\d\d[\s\S]*03:07:\d\d/],
  ])(
    "says where and when we are and that it is a rehearsal, and has no text under 24 px on any night: %s",
    { timeout: timeoutMs },
    async (_, query, head) => {
      const board = await openWall(wallNight(), query);
      const { page, faults } = board;
      expect(await page.locator("header").innerText()).toMatch(head);
      const clockPx = await page.locator(".wall-clock").evaluate((clock) => getComputedStyle(clock).fontSize);
      expect(Number.parseFloat(clockPx)).toBeGreaterThan(72);
      for (const night of [denseNight(), worstNight(), sampleView(region, nightMs)]) {
        const sizes = await textSizes(page);
        expect(sizes.length).toBeGreaterThan(30);
        expect(sizes.filter(([sizePx]) => sizePx < 24)).toEqual([]);
        await turnTo(board, night);
      }
      expect(faults).toEqual([]);
    },
  );

  test("shows every kind of exception before anything else, with its number; there is nothing to press or scroll", {
    timeout: timeoutMs,
  }, async () => {
    const board = await openWall(wallNight());
    const { page } = board;
    const counts = Object.fromEntries((await panels(page)).map(({ list, count }) => [list, count]));
    expect(counts).toEqual({
      ...{ silent: 1, decisions: 3, overdue: 1, closed: 10, unconfirmed: 22, voices: 1, noSound: 2 },
    });
    const listText = (list: string) => page.locator(`[data-list=${list}]`).innerText();
    expect(await listText("silent")).toMatch(/Uniklinik Düsseldorf[\s\S]*3 Einsätze dorthin/);
    expect(await listText("decisions")).toContain("noch niemand übernommen");
    expect(await listText("voices")).toMatch(
      /Sprechmeldungen: 1[\s\S]*Neuss Lukas, CT: voll[\s\S]*Schichtleitung Pflege 03:02 · bis 04:02/,
    );
    expect(await listText("noSound")).toContain("Dort kein Ton: 2");
    expect(await page.locator("[data-mark]").count()).toBe(region.hospitals.length);
    await turnTo(board, worstNight());
    expect(await page.locator("button, a, input, select, summary, [tabindex]").count()).toBe(0);
    const over = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return [scrollWidth - innerWidth, scrollHeight - innerHeight];
    });
    expect(over).toEqual([0, 0]);
  });

  test.each(["?wall", "?wall&lang=en"] as const)(
    "[BOARD44] cuts nothing off and counts what does not fit: %s",
    {
      timeout: timeoutMs,
    },
    async (query) => {
      const moreOf = moreTexts[query];
      const board = await openWall(wallNight(), query);
      const { page } = board;
      for (const night of [denseNight(), worstNight(), sampleView(region, nightMs)]) {
        await turnTo(board, night);
        const seen = await panels(page);
        for (const { list, count, shown, more, cut } of seen) {
          expect([list, more, cut]).toEqual([list, shown === count ? "" : moreOf(count - shown), []]);
          if (count > 0) expect([list, shown]).not.toEqual([list, 0]);
        }
        expect(await footOver(page)).toBeLessThanOrEqual(0);
        const named = await page.locator("[data-named]").count();
        if (night.missions.length === 12)
          expect(await page.locator(".unnamed").innerText()).toContain(`${66 - named} `);
      }
    },
  );

  test("[BOARD44] counts anew when its room changes, and the notes about ourselves that have none", {
    timeout: timeoutMs,
  }, async () => {
    const board = await openWall(denseNight());
    const { page } = board;
    expect(await page.locator(".bar").allInnerTexts()).toHaveLength(3);
    expect(await page.locator(".bar").last().innerText()).toContain("und 3 weitere Meldungen");
    await turnTo(board, worstNight());
    const deciding = async () => (await panels(page)).find(({ list }) => list === "decisions");
    const before = await deciding();
    await page.setViewportSize({ width: 1920, height: 900 });
    await expect
      .poll(async () => (await deciding())?.shown ?? 0, { timeout: timeoutMs / 4 })
      .toBeLessThan(before?.shown ?? 0);
    // Each list counts anew by itself, one frame after another.
    const wrong = async () =>
      (await panels(page)).filter(
        ({ count, shown, more, cut }) =>
          cut.length > 0 || more !== (shown === count ? "" : moreTexts["?wall"](count - shown)),
      );
    await expect.poll(wrong).toEqual([]);
  });
});

test.each([
  ["?wall", "Zuletzt: ", "Stand", "Schweigt: 1"],
  ["?wall&lang=en", "Last known: ", "as of", "Silent: 1"],
] as const)(
  "[BOARD43] with its anchor gone the wall says so and shows nothing as fresh: %s",
  {
    timeout: timeoutMs,
  },
  async (query, lastly, asOf, first) => {
    const { page, server } = await openWall(wallNight(), query);
    await server.kill();
    await page.locator(`[data-bar="gone"]`).waitFor();
    const shapes = await page
      .locator("[data-shape]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-shape")));
    expect([...new Set(shapes)].sort()).toEqual(["old", "unconfirmed"]);
    const titles = await page.locator(".wall-panel h2").allInnerTexts();
    expect(titles.filter((title) => !title.startsWith(lastly))).toEqual([]);
    expect(await page.locator(".wall-as-of").innerText()).not.toBe(
      `${asOf} ${(await page.locator(".wall-clock").innerText()).slice(-8)}`,
    );
    expect(await page.locator(".vehicle-waiting").count()).toBe(0);
    await server.start();
    await page.locator(`[data-bar="gone"]`).waitFor({ state: "detached" });
    expect(await page.locator(".wall-panel h2").first().innerText()).toBe(first);
  },
);

test.each([
  ["?wall", /^Nichts bekannt seit 03:04, anrufen: 66$/, /^1 bis (\d+) von 66; gleich geht es weiter$/],
  [
    "?wall&lang=en",
    /^Nothing known since 03:04, call: 66$/,
    /^1 to (\d+) of 66; the next follow in a moment$/,
  ],
])(
  "[BOARD42] [BOARD44] [BOARD108] cut off, it turns the pages of whom to call, with number and last word: %s",
  { timeout: timeoutMs },
  async (query, title, pageText) => {
    const { page, server } = await openWall(denseNight(), query);
    await page.clock.install();
    const calm = sampleView(region, nightMs);
    const hospitals = calm.hospitals.map((row) => (row.hospital === "ukd" ? { ...row, inbound: 2 } : row));
    server.show({ ...calm, hospitals, own: { ...calm.own, cutOffSinceMs: nightMs - 180_000 } });
    const list = page.locator("[data-list=unknown]");
    await list.waitFor();
    expect(await list.locator("h2").innerText()).toMatch(title);
    const shown = () => list.locator("li:not([hidden])").allInnerTexts();
    await page.evaluate(noteTurned);
    const turned = () => page.evaluate(() => (globalThis as Turned).turned ?? []);
    // Lists are measured again when bars take their room: what stands so for several looks has been.
    const settled = async () => {
      let before: readonly string[] = [];
      let looks = 0;
      await expect
        .poll(async () => {
          const now = await shown();
          looks = now.length > 0 && now.join() === before.join() ? looks + 1 : 0;
          before = now;
          return looks;
        })
        .toBeGreaterThan(4);
      return before;
    };
    const first = await settled();
    expect(first[0]).toMatch(/Uniklinik Düsseldorf[\s\S]*0221 4710 163/);
    expect(await textSizes(page).then((sizes) => sizes.filter(([sizePx]) => sizePx < 24))).toEqual([]);
    expect(await list.evaluate(whatIsCut)).toEqual([]);
    expect(pageText.exec(await list.locator(".wall-more").innerText())?.[1]).toBe(String(first.length));
    const seen = async () => new Set((await turned()).map(({ row }) => row)).size;
    while ((await seen()) < region.hospitals.length) {
      const from = await list.getAttribute("data-from");
      await page.clock.fastForward(20_000);
      await expect.poll(() => list.getAttribute("data-from")).not.toBe(from);
      await settled();
      await expect.poll(() => list.evaluate(whatIsCut)).toEqual([]);
    }
    // To the page a clock that jumps is an anchor that is gone: the bar takes the room of a few rows, which come again.
    expect((await turned()).length).toBeLessThan(region.hospitals.length + first.length);
    // From the top again.
    await page.clock.fastForward(20_000);
    await expect.poll(shown).toEqual(first);
  },
);

type Turned = { turned?: { readonly from: string; readonly row: string }[] };

/** Runs in the page: from now on notes every row that a page has shown, once for each page, whatever bars come and go. */
function noteTurned(): void {
  const turned: { readonly from: string; readonly row: string }[] = [];
  const note = () => {
    const panel = document.querySelector("[data-list=unknown]");
    const from = panel?.getAttribute("data-from") ?? "";
    for (const { textContent } of panel?.querySelectorAll("li:not([hidden]) .word") ?? []) {
      const row = textContent ?? "";
      if (!turned.some((one) => one.from === from && one.row === row)) turned.push({ from, row });
    }
  };
  note();
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true });
  (globalThis as Turned).turned = turned;
}

/** Runs in the page: the rows of a list in columns that do not stand in its room as a whole. */
function whatIsCut(panel: Element): readonly string[] {
  const room = panel.getBoundingClientRect();
  return [...panel.querySelectorAll<HTMLElement>("li:not([hidden]), p:not([hidden])")]
    .filter((line) => {
      const { top, bottom, left, right } = line.getBoundingClientRect();
      return top < room.top || bottom > room.bottom || left < room.left || right > room.right;
    })
    .map((line) => line.innerText);
}

test.each([
  ["in the day", "?wall", false],
  ["at night, in English", "?wall&lang=en", true],
])("[BOARD42] axe finds nothing on the wall %s", { timeout: timeoutMs }, async (_, query, isDark) => {
  const { page, server } = await openWall(wallNight(), query, isDark);
  server.push({ own: { ...calmOwn, notHeard: true, slowDisk: true } });
  await page.locator(`[data-bar="not-heard"]`).waitFor();
  expect(await violations(page)).toEqual([]);
});
