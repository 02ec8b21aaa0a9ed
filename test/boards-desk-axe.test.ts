// Every new state of a desk before axe, and at the width of a telephone.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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
beforeAll(() => boards.start(), 120_000);
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

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes[0].html))",
  );
}

const fill = async ({ page }: OpenBoard) => {
  await openPanel(page, "voice");
  await page.locator(`.finder input`).fill("neuss lukas");
  await page.locator(".finder button").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".report select").first().selectOption("ct");
  await page.locator(".report .words").waitFor();
};
const states: readonly (readonly [name: string, reach: (board: OpenBoard) => Promise<void>])[] = [
  ["as it loads", async () => undefined],
  ["shift and hand-over", ({ page }) => openPanel(page, "shift")],
  ["paths", ({ page }) => openPanel(page, "paths")],
  [
    "where to, and another destination",
    async ({ page, server }) => {
      server.whereTo = () => ({ lines: strokeLines, forced: true, named: null });
      await page.locator(".mission-tools button").last().click();
      await page.locator(".mission-tools input[type=radio]").first().check();
      await page.locator(".mission-tools .main-button").click();
      await page.locator(".mission-tools .confirm").waitFor();
      await openPanel(page, "where-to");
      await page.locator(`[data-panel="where-to"] select`).selectOption("stroke");
      await page.locator(".finder input").fill("hilden");
      await page.locator(".finder button").first().click();
      await page.locator(".read-out").waitFor();
      await page.locator(".panel .buttons button").first().click();
      await page.locator(".panel .report select").waitFor();
    },
  ],
  [
    "finding a hospital",
    async ({ page }) => {
      await openPanel(page, "voice");
      await page.locator(".finder input").fill("neuss");
      await page.locator(".finder button").first().waitFor();
    },
  ],
  ["a voice report", fill],
  [
    "a voice report being confirmed, then written",
    async (board) => {
      await fill(board);
      const radios = board.page.locator(".report input[type=radio]");
      for (const nth of [0, 4, 9]) await radios.nth(nth).check();
      await board.page.locator(".report .main-button").click();
      await board.page.locator(".panel .confirm").waitFor();
      expect(await violations(board.page)).toEqual([]);
      await board.page.locator(".panel .confirm .main-button").click();
      await board.page.locator(`.tray [data-slip="written"]`).waitFor();
    },
  ],
  [
    "a cell looked at",
    async ({ page }) => {
      await page.locator(`[data-hospital="ukd"] td[data-capability]`).first().click();
      await page.locator(".cell-note .words").waitFor();
    },
  ],
  [
    "filtered",
    async ({ page }) => {
      await page.locator(".tick input").check();
      await page.locator(`[data-bar="filter"]`).waitFor();
    },
  ],
  [
    "asking a hospital, under a list that stands still",
    async ({ page, server }) => {
      await page.locator(".mission-tools .buttons button").first().click();
      await page.locator(".mission-tools .confirm:focus").waitFor();
      // The focus goes with the row that ends; a pointer that stays within the list holds it.
      await page.locator(".missions > ul").hover({ position: { x: 4, y: 70 } });
      server.push({ missions: [missionRow(3, nightMs)], gone: [mission.mission] });
      await page.locator(".missions .fresh-note button").waitFor();
      await page.locator(".mission.left").waitFor();
    },
  ],
];
const lights = [
  { isDark: false, query: "", widthPx: 1366 },
  { isDark: true, query: "?lang=en", widthPx: 320 },
];

test.each(states.flatMap(([name, reach]) => lights.map((light) => ({ name, reach, ...light }))))(
  "[BOARD69] axe finds nothing and nothing is wider than the board: $name, dark $isDark, $widthPx px",
  { timeout: 90_000 },
  async ({ reach, ...light }) => {
    const board = await boards.open({ view, ...light });
    board.server.cell = cellOf([clinicWord(), voiceWord()]);
    await toolsOf(board.page);
    await reach(board);
    expect(await violations(board.page)).toEqual([]);
    const overflow = "document.documentElement.scrollWidth - window.innerWidth";
    expect(await board.page.evaluate(overflow)).toBeLessThanOrEqual(0);
  },
);
