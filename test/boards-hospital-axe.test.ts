// A hospital's board in every state before axe, at its own and at a telephone's width.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe.ts";
import { nightMs } from "./support/board-sight.ts";
import {
  cannotRecord,
  capability,
  HospitalBrowser,
  type OpenHospital,
  setState,
} from "./support/hospital-board.ts";
import { hospitalLog, hospitalView, saidRow, takenBackAt } from "./support/hospital-sample.ts";
import { loseAnswers } from "./support/lost-answers.ts";

const boards = new HospitalBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const bar = (page: Page, id: string) => page.locator(`[data-bar="${id}"]`);
const wayBack = (page: Page) =>
  capability(page, "ct").getByRole("button", { name: /^Zurücknehmen|^Take back/ });

/** Of one board, in this order; `full` is the word of its language. */
const states: readonly (readonly [
  name: string,
  reach: (board: OpenHospital, full: string) => Promise<void>,
])[] = [
  ["on shift", async () => undefined],
  [
    "confirming",
    ({ page }, full) => capability(page, "ct").getByRole("button", { name: full }).first().click(),
  ],
  [
    "written, with the way back",
    async ({ page, server }) => {
      await capability(page, "ct").locator(".confirm .main-button").click();
      await capability(page, "ct").locator(`[data-slip="written"]`).waitFor();
      const ref = [hospitalLog, server.posts.length] as const;
      server.pushCapability(saidRow("ct", { ref, state: "full", saidMs: server.nowMs() }));
      await wayBack(page).waitFor();
    },
  ],
  [
    "taken back",
    async ({ page, server }) => {
      await wayBack(page).click();
      await expect.poll(() => server.facts().at(-1)?.kind).toBe("hospital.status-taken-back/1");
      server.pushCapability(saidRow("ct", {}, { takenBack: takenBackAt(server.nowMs()) }));
      await capability(page, "ct")
        .getByText(/zurückgenommen 03:|taken back 03:/)
        .waitFor();
    },
  ],
  [
    "a word of which nobody knows",
    async ({ page }, full) => {
      await capability(page, "surgery").getByRole("button", { name: full }).first().click();
      await loseAnswers(page, () => capability(page, "surgery").locator(".confirm .main-button").click());
    },
  ],
  [
    "refused, and cut off",
    async ({ page, server }, full) => {
      server.reply = () => cannotRecord;
      await setState(page, "stroke-unit", full);
      await page.locator(`[data-slip="refused"]`).waitFor();
      server.showOwn({ cutOffSinceMs: nightMs });
      await bar(page, "cut-off").waitFor();
    },
  ],
  [
    "asked for a name again after twelve hours",
    async ({ page, server }) => {
      server.clockOffMs += 12 * 3_600_000;
      await page.locator(".shift.asking").waitFor();
    },
  ],
  [
    "gone",
    async ({ page, server }) => {
      await server.kill();
      await bar(page, "gone").waitFor();
    },
  ],
];

test.each([
  { full: "voll", heading: "Was wir aufnehmen können" },
  { full: "full", heading: "What we can take", query: "?lang=en", widthPx: 360, isDark: true },
])(
  "[BOARD29] axe finds nothing in any state and nothing is wider than the board: $heading, $widthPx px",
  { timeout: 90_000 },
  async ({ full, heading, ...light }) => {
    const board = await boards.openOnShift({ view: hospitalView(), ...light });
    await board.page.getByRole("heading", { name: heading }).waitFor();
    for (const [name, reach] of states) {
      await reach(board, full);
      expect([name, await violations(board.page)]).toEqual([name, []]);
      const wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect([name, await board.page.evaluate(wide)]).toEqual([name, 0]);
    }
  },
);
