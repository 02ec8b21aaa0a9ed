// Every state of the board before axe: names, roles, contrast, in both lights and languages.

import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { BoardBrowser, type OpenBoard, region } from "./support/board-page.ts";
import { calmOwn, nightView, sampleView } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/** One line a violation and element; empty when axe finds nothing. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)",
  )) as readonly Violation[];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

type State = readonly [name: string, reach: (board: OpenBoard) => Promise<void>];

const confirmStep = async ({ page }: OpenBoard) => {
  await page.getByRole("radio").first().check();
  await page.locator(".main-button").first().click();
  await page.locator(".confirm").waitFor();
};

const states: readonly State[] = [
  [
    "calm",
    async ({ server, page }) => {
      server.show(sampleView(region, nightMs));
      await page.locator(".decisions .empty").waitFor();
    },
  ],
  ["with decisions", async () => undefined],
  ["a decision being confirmed", confirmStep],
  [
    "a decision written",
    async (board) => {
      await confirmStep(board);
      await board.page.locator(".confirm .main-button").click();
      await board.page.locator(`[data-slip="written"]`).first().waitFor();
    },
  ],
  [
    "a decision refused",
    async (board) => {
      board.server.reply = () => ({ ok: false, code: "no", sentence: { de: "Nicht so.", en: "Not so." } });
      await confirmStep(board);
      await board.page.locator(".confirm .main-button").click();
      await board.page.locator(`[data-slip="refused"]`).waitFor();
    },
  ],
  [
    "cut off, with every bar",
    async ({ server, page }) => {
      server.push({
        own: {
          ...calmOwn,
          storing: false,
          slowDisk: true,
          cutOffSinceMs: nightMs,
          notHeard: true,
          forked: ["ukd"],
        },
      });
      await page.locator(`[data-bar="cut-off"]`).waitFor();
    },
  ],
  [
    "gone",
    async ({ server, page }) => {
      await server.kill();
      await page.locator(`[data-bar="gone"]`).waitFor({ timeout: 6_000 });
    },
  ],
];

const lights = [
  { isDark: false, query: "", widthPx: 1366 },
  { isDark: true, query: "?lang=en", widthPx: 360 },
];

test.each(states.flatMap(([name, reach]) => lights.map((light) => ({ name, reach, ...light }))))(
  "[BOARD12] axe finds nothing: $name, dark $isDark, $widthPx px",
  { timeout: 90_000 },
  async ({ reach, ...light }) => {
    const board = await boards.open({ view: nightView(region, nightMs), ...light });
    await reach(board);
    expect(await violations(board.page)).toEqual([]);
  },
);

test("[BOARD12] axe finds nothing: loading", { timeout: 90_000 }, async () => {
  const { page, server } = await boards.open({ waits: false });
  await page.route("**/api/**", () => undefined);
  await page.goto(server.url);
  await page.locator("main.loading").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("axe is not blind: a planted fault is found", { timeout: 90_000 }, async () => {
  const { page } = await boards.open();
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  expect((await violations(page)).map((line) => line.split(":")[0])).toContain("button-name");
});
