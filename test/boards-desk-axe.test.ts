// Every new state of a desk before axe, and at the width of a telephone.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { centreRows, violations } from "./support/axe.ts";
import { BoardBrowser, type OpenBoard } from "./support/board-page.ts";
import { heard, hospitalRow, missionRow, silentMission, strokeLines } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import {
  cellOf,
  clinicWord,
  deskView,
  openPanel,
  toolsOf,
  voiceRow,
  voiceWord,
} from "./support/desk-sample.ts";

const boards = new BoardBrowser();
const timeout = 120_000;
beforeAll(() => boards.start(), timeout);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const owner = (by: string, centre = "duesseldorf") => ({ centre, by, sinceMs: nightMs - 60_000 });
const log = "duesseldorf/anchor/1-00000001";
const mission = silentMission(1, nightMs);
const view = deskView(
  {
    voices: [voiceRow()],
    tasks: [
      {
        task: `decide:${mission.mission}`,
        owners: [owner("dispatcher#1"), owner("dispatcher#107", "wuppertal")],
        over: [],
      },
    ],
    runsOut: [{ hospital: "neuss-lukas", capability: "ct", state: "open", endsMs: nightMs + 900_000 }],
    noSound: [{ site: "ukd", sinceMs: nightMs }],
    paths: { heard: 3, rows: [{ site: "ukd", state: "silent", lastHeardMs: nightMs - 99_000 }] },
  },
  {
    hospitals: [hospitalRow("ukd", nightMs, { contact: { ...heard, clockOffMs: 40_000, flaps: 2 } })],
    missions: [
      mission,
      missionRow(2, nightMs, {
        steered: { hospital: "neuss-lukas", saidMs: nightMs, heldByCrew: true },
        request: {
          ...{ step: "asked", ref: [log, 9], over: [], hospital: "ukd", heldThere: true },
          ...{ askedMs: nightMs - 240_000, dueMs: nightMs - 120_000, escalated: ["radio"] },
        },
        receipts: [{ what: "opened", ref: [log, 1], heldBy: ["ukd"] }],
      }),
    ],
  },
);

/** Of one board, in this order; the table and the map stand still but where one is named. */
const states: readonly {
  readonly name: string;
  readonly reach: (board: OpenBoard) => Promise<void>;
  readonly isWhole?: true;
}[] = [
  { name: "as it loads", reach: async () => undefined, isWhole: true },
  { name: "shift and hand-over", reach: ({ page }) => openPanel(page, "shift") },
  { name: "paths", reach: ({ page }) => openPanel(page, "paths") },
  {
    name: "where to, and another destination",
    reach: async ({ page, server }) => {
      server.whereTo = () => ({ lines: strokeLines, forced: true, spoken: null, named: null });
      await page
        .locator(".mission-tools button", { hasText: /Anderes Ziel|Other destination/ })
        .last()
        .click();
      await page.locator(".mission-tools input[type=radio]").first().check();
      await page.locator(".mission-tools .main-button").click();
      await page.locator(".mission-tools .confirm").waitFor();
      await openPanel(page, "where-to");
      await page.locator(`[data-panel="where-to"] select`).first().selectOption("stroke");
      await page.locator(".panel .finder input").fill("hilden");
      await page.locator(".panel .finder button").first().click();
      await page.locator(".read-out").waitFor();
      await page.locator(".panel .buttons button").first().click();
      await page.locator(".panel .report select").first().waitFor();
    },
  },
  {
    name: "finding a hospital",
    reach: async ({ page }) => {
      await openPanel(page, "voice");
      await page.locator(".panel .finder input").fill("neuss");
      await page.locator(".panel .finder button").first().waitFor();
    },
  },
  {
    name: "a voice report",
    reach: async ({ page }) => {
      await page.locator(".panel .finder input").fill("neuss lukas");
      await expect.poll(() => page.locator(".panel .finder li button").count()).toBe(1);
      await page.locator(".panel .finder input").press("Enter");
      await page.locator(".report select").first().selectOption("ct");
      await page.locator(".report .words").waitFor();
    },
  },
  {
    name: "a voice report being confirmed",
    reach: async ({ page }) => {
      const radios = page.locator(".report input[type=radio]");
      for (const nth of [0, 4, 9]) await radios.nth(nth).check();
      await page.locator(".report .main-button").click();
      await page.locator(".panel .confirm").waitFor();
    },
  },
  {
    name: "a voice report written",
    reach: async ({ page }) => {
      await page.locator(".panel .confirm .main-button").click();
      await page.locator(`.tray [data-slip="written"]`).waitFor();
    },
  },
  {
    name: "asking a hospital, under a list that stands still",
    reach: async ({ page, server }) => {
      await page.locator(".mission-tools .buttons button").first().click();
      await page.locator(".mission-tools .confirm:focus").waitFor();
      // The focus goes with the row that ends; a pointer that stays within the list holds it.
      await page.locator(".missions > ul").hover({ position: { x: 4, y: 70 } });
      server.push({ missions: [missionRow(3, nightMs)], gone: [mission.mission] });
      await page.locator(".missions .fresh button").waitFor();
      await page.locator(".mission.left").waitFor();
    },
  },
  {
    name: "a cell looked at",
    reach: async ({ page }) => {
      await page.locator(`[data-hospital="ukd"] td[data-capability]`).first().click();
      await page.locator(".cell-note .words").waitFor();
    },
    isWhole: true,
  },
  {
    name: "filtered",
    reach: async ({ page }) => {
      await page.locator(".tick input").check();
      await page.locator(`[data-bar="filter"]`).waitFor();
    },
    isWhole: true,
  },
];
const lights = [
  { isDark: false, query: "", widthPx: 1366 },
  { isDark: true, query: "?lang=en", widthPx: 320 },
];

test.each(lights)(
  "[BOARD69] axe finds nothing in any state and nothing is wider than the board: dark $isDark, $widthPx px $query",
  { timeout },
  async (light) => {
    const board = await boards.open({ view, ...light });
    board.server.cell = cellOf([clinicWord(), voiceWord()]);
    await toolsOf(board.page);
    const overflow = "document.documentElement.scrollWidth - window.innerWidth";
    for (const { name, reach, isWhole } of states) {
      await reach(board);
      expect([name, await violations(board.page, isWhole ? [] : centreRows)]).toEqual([name, []]);
      expect([name, Math.max(0, await board.page.evaluate<number>(overflow))]).toEqual([name, 0]);
    }
  },
);
