// Every state of the board before axe: names, roles, contrast, in both lights and languages.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { centreRows, violations } from "./support/axe.ts";
import { BoardBrowser, type OpenBoard, region } from "./support/board-page.ts";
import { calmOwn, nightView, sampleView, silentMission } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { loseAnswers } from "./support/lost-answers.ts";

const boards = new BoardBrowser();
const timeout = 120_000;
beforeAll(() => boards.start(), timeout);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

type State = {
  readonly name: string;
  readonly reach: (board: OpenBoard) => Promise<void>;
  /** Leaves the table and the map as they were. */
  readonly isPart?: true;
};

const confirmStep = async ({ page }: OpenBoard) => {
  await page.locator(".decisions").getByRole("radio").first().check();
  await page.locator(".decisions .main-button").first().click();
  await page.locator(".confirm").waitFor();
};
const confirm = ({ page }: OpenBoard) => page.locator(".confirm .main-button").click();
const log = "duesseldorf/anchor/1-00000001";
const night = nightView(region, nightMs);

/** A decision that was written and that its row shows: for ten seconds there is a way back. */
async function written(board: OpenBoard): Promise<void> {
  const { server, page } = board;
  server.reply = (post) => ({ ok: true, ref: [log, server.posts.indexOf(post)] });
  await confirmStep(board);
  await confirm(board);
  const steer = () => server.posts.findLastIndex(({ kind }) => kind === "mission.steered/1");
  await expect.poll(() => server.posts.length - steer()).toBe(2);
  const { body } = server.posts[steer()] ?? {};
  const row = night.missions.find(({ ref }) => String(ref) === String(body?.["mission"]));
  if (row === undefined) throw new Error("what is steered is a mission of the night");
  const steered = {
    ...{ hospital: String(body?.["hospital"]), saidMs: server.nowMs(), heldByCrew: false },
    ref: [log, steer()] as const,
  };
  server.push({ missions: [{ ...row, steered, decide: null, centreOver: [[log, steer()]] }] });
  await page.locator(".take-back").last().waitFor();
}

/** Of one board, in this order. */
const states: readonly State[] = [
  { name: "with decisions", reach: async () => undefined },
  { name: "a decision being confirmed", reach: confirmStep, isPart: true },
  {
    name: "a decision refused",
    reach: async (board) => {
      board.server.reply = () => ({ ok: false, code: "no", sentence: { de: "Nicht so.", en: "Not so." } });
      await confirm(board);
      await board.page.locator(`[data-slip="refused"]`).waitFor();
    },
    isPart: true,
  },
  { name: "a decision written, with the way back", reach: written, isPart: true },
  {
    name: "a decision taken back",
    reach: async (board) => {
      await written(board);
      await board.page.locator(".take-back").last().click();
      await board.page
        .getByText(/zurückgenommen|taken back/)
        .last()
        .waitFor();
    },
    isPart: true,
  },
  {
    name: "a decision of which nobody knows",
    reach: async (board) => {
      board.server.push({ missions: [silentMission(9, nightMs)] });
      await confirmStep(board);
      await loseAnswers(board.page, () => confirm(board));
    },
    isPart: true,
  },
  {
    name: "cut off, with every bar",
    reach: async ({ server, page }) => {
      const standing = { storing: false, slowDisk: true, cutOffSinceMs: nightMs, notHeard: true };
      server.push({ own: { ...calmOwn, ...standing, forked: ["ukd"] } });
      await page.locator(`[data-bar="cut-off"]`).waitFor();
    },
  },
  {
    name: "calm",
    reach: async ({ server, page }) => {
      server.show(sampleView(region, nightMs));
      await page.locator(".decisions .empty").waitFor();
    },
  },
  {
    name: "gone",
    reach: async ({ server, page }) => {
      await server.kill();
      await page.locator(`[data-bar="gone"]`).waitFor();
    },
  },
];

test.each([
  { isDark: false, query: "", widthPx: 1366 },
  { isDark: true, query: "?lang=en", widthPx: 360 },
])(
  "[BOARD12] axe finds nothing in any state: dark $isDark, $widthPx px $query",
  { timeout },
  async (light) => {
    const board = await boards.open({ view: night, ...light });
    for (const { name, reach, isPart } of states) {
      await reach(board);
      expect([name, await violations(board.page, isPart ? centreRows : [])]).toEqual([name, []]);
    }
  },
);

test("[BOARD12] axe finds nothing: loading; and is not blind: a planted fault is found", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ waits: false });
  await page.route("**/api/**", () => undefined);
  await page.goto(server.url);
  await page.locator("main.loading").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("button")));
  expect((await violations(page)).map((line) => line.split(":")[0])).toContain("button-name");
});
