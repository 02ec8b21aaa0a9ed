// The control centre's wall: 1920 × 1080, nobody touches it, what is not as it should be first.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BoardView, CentreRow, RequestState } from "../src/site/board-view.ts";
import { BoardBrowser, region } from "./support/board-page.ts";
import { calmOwn, missionRow, nightView, sampleView, silent, silentMission } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";

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
  paths: { heard: 0, rows: [] },
};

/** The night with an overdue answer and two boards without sound. */
function wallNight(): BoardView {
  const view = nightView(region, nightMs);
  const noSound = ["neuss-lukas", "moers-josef"].map((site) => ({ site, sinceMs: nightMs - 20 * minuteMs }));
  const request: RequestState = {
    step: "asked",
    ref: ["a/b/1-00000001", 1],
    over: [],
    hospital: "krefeld-helios",
    heldThere: true,
    askedMs: nightMs - 9 * minuteMs,
    dueMs: nightMs - 7 * minuteMs,
  };
  const missions = [...view.missions, missionRow(5, nightMs, { mission: "late", request })];
  return { ...view, missions, centre: { ...quietCentre, noSound } };
}

/** More of everything than fits: 66 silent, 12 decisions. */
function worstNight(): BoardView {
  const view = sampleView(region, nightMs);
  const hospitals = view.hospitals.map((row) => ({ ...row, contact: silent(nightMs - 100_000) }));
  const missions = Array.from({ length: 12 }, (_, i) => silentMission(i + 1, nightMs));
  return { ...view, hospitals, missions, centre: quietCentre };
}

async function openWall(view: BoardView, query = "?wall", isDark = false) {
  const board = await boards.open({ view, query, isDark, widthPx: 1920, heightPx: 1080 });
  await board.page.locator(".wall").waitFor();
  return board;
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

type Panel = { readonly list: string; readonly count: number; readonly shown: number; readonly more: string };

/** What each list counts, how many rows of it can be seen as a whole, and what its last line says. */
function panels(page: Page): Promise<readonly Panel[]> {
  return page.locator(".wall-panel").evaluateAll((all) =>
    all.map((panel) => {
      const bounds = panel.getBoundingClientRect();
      const rows = [...panel.querySelectorAll("li")].filter((row) => {
        const box = row.getBoundingClientRect();
        return box.height > 0 && box.bottom <= bounds.bottom && box.bottom <= innerHeight;
      });
      const rest = panel.querySelector<HTMLElement>(".wall-more");
      return {
        list: panel.getAttribute("data-list") ?? "",
        count: Number(panel.querySelector("[data-count]")?.getAttribute("data-count")),
        shown: rows.length,
        more: rest === null || rest.hidden ? "" : (rest.textContent ?? ""),
      };
    }),
  );
}

describe("[BOARD42] the wall", () => {
  test.each([
    ["de", "?wall", /ÜBUNG[\s\S]*Leitstelle Düsseldorf[\s\S]*Stand 03:07:\d\d[\s\S]*03:07:\d\d/],
    ["en", "?wall&lang=en", /REHEARSAL[\s\S]*Leitstelle Düsseldorf[\s\S]*as of 03:07:\d\d[\s\S]*03:07:\d\d/],
  ])(
    "says where and when we are, and that it is a rehearsal: %s",
    { timeout: timeoutMs },
    async (_, query, head) => {
      const { page, faults } = await openWall(wallNight(), query);
      expect(await page.locator("header").innerText()).toMatch(head);
      const clockPx = await page.locator(".wall-clock").evaluate((clock) => getComputedStyle(clock).fontSize);
      expect(Number.parseFloat(clockPx)).toBeGreaterThan(72);
      expect(faults).toEqual([]);
    },
  );

  test("shows every kind of exception before anything else, with its number", {
    timeout: timeoutMs,
  }, async () => {
    const { page } = await openWall(wallNight());
    const counts = Object.fromEntries((await panels(page)).map(({ list, count }) => [list, count]));
    expect(counts).toEqual({ silent: 1, decisions: 3, overdue: 1, closed: 10, unconfirmed: 22, noSound: 2 });
    expect(await page.locator("[data-list=silent]").innerText()).toMatch(
      /Uniklinik Düsseldorf[\s\S]*3 Einsätze dorthin/,
    );
    expect(await page.locator("[data-list=decisions]").innerText()).toContain("noch niemand übernommen");
    expect(await page.locator("[data-list=noSound] h2").innerText()).toContain("Dort kein Ton: 2");
    expect(await page.locator("[data-mark]").count()).toBe(region.hospitals.length);
  });

  test("asks for no pointer: nothing to press, nothing to scroll", { timeout: timeoutMs }, async () => {
    const { page } = await openWall(worstNight());
    expect(await page.locator("button, a, input, select, summary, [tabindex]").count()).toBe(0);
    const over = await page.evaluate(() => {
      const { scrollHeight, scrollWidth } = document.documentElement;
      return [scrollWidth - innerWidth, scrollHeight - innerHeight];
    });
    expect(over).toEqual([0, 0]);
  });

  test.each([
    ["a night", wallNight(), "?wall"],
    ["the worst night", worstNight(), "?wall&lang=en"],
    ["a calm night", sampleView(region, nightMs), "?wall"],
  ])("has no text under 24 px: %s", { timeout: timeoutMs }, async (_, view, query) => {
    const { page } = await openWall(view, query);
    const sizes = await textSizes(page);
    expect(sizes.length).toBeGreaterThan(30);
    expect(sizes.filter(([sizePx]) => sizePx < 24)).toEqual([]);
  });

  test("[BOARD44] counts what does not fit", { timeout: timeoutMs }, async () => {
    const { page, server } = await openWall(worstNight());
    const seen = await panels(page);
    const silentPanel = seen.find(({ list }) => list === "silent");
    expect(silentPanel?.count).toBe(66);
    for (const { list, count, shown, more } of seen) {
      expect([list, more]).toEqual([list, shown === count ? "" : `und ${count - shown} weitere`]);
      if (count > 0) expect(shown).toBeGreaterThan(0);
    }
    const named = await page.locator("[data-named]").count();
    expect(await page.locator(".unnamed").innerText()).toContain(`${66 - named} Häuser`);
    server.show(sampleView(region, nightMs));
    await page.getByText("Niemand schweigt.").waitFor();
    for (const { count, shown, more } of await panels(page)) {
      expect(more).toBe(shown === count ? "" : `und ${count - shown} weitere`);
    }
  });

  test("[BOARD44] counts anew when its room changes", { timeout: timeoutMs }, async () => {
    const { page } = await openWall(worstNight());
    const silentRows = async () => (await panels(page)).find(({ list }) => list === "silent");
    const before = await silentRows();
    await page.setViewportSize({ width: 1920, height: 760 });
    await expect.poll(async () => (await silentRows())?.shown ?? 0).toBeLessThan(before?.shown ?? 0);
    const after = await silentRows();
    expect(after?.more).toBe(`und ${66 - (after?.shown ?? 0)} weitere`);
  });
});

/** Seconds between the last message and the wall's clock, in the drawing that first says that the anchor is gone. */
function quietWhenToldS(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const secondsIn = (selector: string) => {
          const [, hours, minutes, seconds] =
            /(\d\d):(\d\d):(\d\d)/.exec(document.querySelector(selector)?.textContent ?? "") ?? [];
          return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
        };
        const observer = new MutationObserver(() => {
          if (document.querySelector(`[data-bar="gone"]`) === null) return;
          observer.disconnect();
          resolve(secondsIn(".wall-clock") - secondsIn(".wall-as-of"));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}

test("[BOARD43] with its anchor gone the wall says so within 5 s and shows nothing as fresh", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await openWall(wallNight());
  const quietS = quietWhenToldS(page);
  await server.kill();
  expect(await quietS).toBeLessThanOrEqual(5);
  const shapes = await page
    .locator("[data-shape]")
    .evaluateAll((all) => all.map((one) => one.getAttribute("data-shape")));
  expect([...new Set(shapes)].sort()).toEqual(["old", "unconfirmed"]);
  const titles = await page.locator(".wall-panel h2").allInnerTexts();
  expect(titles.filter((title) => !title.startsWith("Zuletzt: "))).toEqual([]);
  expect(await page.locator(".wall-as-of").innerText()).not.toBe(
    `Stand ${(await page.locator(".wall-clock").innerText()).slice(-8)}`,
  );
  expect(await page.locator(".vehicle-waiting").count()).toBe(0);
  await server.start();
  await page.locator(`[data-bar="gone"]`).waitFor({ state: "detached" });
  expect(await page.locator(".wall-panel h2").first().innerText()).toBe("Schweigt: 1");
});

test.each([
  ["in the day", "?wall", false],
  ["at night, in English", "?wall&lang=en", true],
])("[BOARD42] axe finds nothing on the wall %s", { timeout: timeoutMs }, async (_, query, isDark) => {
  const { page, server } = await openWall(wallNight(), query, isDark);
  server.push({ own: { ...calmOwn, notHeard: true, slowDisk: true } });
  await page.locator(`[data-bar="not-heard"]`).waitFor();
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html + v.nodes[0].failureSummary))",
  );
  expect(found).toEqual([]);
});
