// Boards of which a later part does not come, or whose anchor says what only a later build knows.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import type { InboundRow } from "../src/site/views/board-site-view.ts";
import { BoardBrowser } from "./support/board-page.ts";
import { silentMission } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { deskView } from "./support/desk-sample.ts";
import { HospitalBrowser } from "./support/hospital-board.ts";
import { hospitalView, inboundRow, saidRow } from "./support/hospital-sample.ts";

const boards = new BoardBrowser();
const hospitals = new HospitalBrowser();
beforeAll(async () => {
  await boards.start();
  await hospitals.start();
}, 120_000);
afterEach(async () => {
  await boards.closeBoards();
  await hospitals.closeBoards();
});
afterAll(async () => {
  await boards.stop();
  await hospitals.stop();
});

const timeout = 60_000;
const said = (page: Page) => page.locator("body > .bar-alarm");

/** The same board in a browser that has kept nothing of it, and to which these files do not come. */
async function openWithout({ page }: { readonly page: Page }, files: string): Promise<Page> {
  const browser = present(page.context().browser(), "a browser");
  const context = await browser.newContext({ serviceWorkers: "block" });
  onTestFinished(() => context.close());
  const other = await context.newPage();
  await other.route(files, (route) => route.abort());
  await other.goto(page.url());
  return other;
}

test("[BOARD114] a hospital's board without the part that requests stand in says so, in both languages, once, and its rows live on", {
  timeout,
}, async () => {
  const whole = await hospitals.open({ view: hospitalView() });
  await whole.page.locator(".requests").waitFor();
  expect(await said(whole.page).count()).toBe(0);
  const page = await openWithout(whole, "**/assets/ward-*.js");
  await said(page).waitFor();
  expect(await said(page).allInnerTexts()).toEqual([
    "Fehler in dieser Tafel: neu laden, sobald der Anker da ist. Error in this board: reload once the anchor is there.",
  ]);
  expect(await page.locator(".requests").count()).toBe(0);
  whole.server.pushCapability(saidRow("ct", { state: "cannot" }));
  await page.locator(`[data-capability="ct"]`).getByText("nicht möglich").waitFor();
});

test("[BOARD114] a part of a board that comes late takes its bar away, and until then keeps nothing from saying that code fails", {
  timeout,
}, async () => {
  const page = await openWithout(await hospitals.open({ view: hospitalView() }), "**/assets/print-*.css");
  await said(page).waitFor();
  await expect.poll(() => loaded(page)).toContainEqual(expect.stringContaining("/assets/kept-"));
  await page.unroute("**/assets/print-*.css");
  await said(page).waitFor({ state: "detached" });
});

test("[BOARD114] a control centre's board says that what must be decided has not come; what does not need that part comes", {
  timeout,
}, async () => {
  const page = await openWithout(await boards.open(), "**/assets/missions-*.js");
  await said(page).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("What the patient needs").first().waitFor();
  // From then on it says when its code fails.
  await expect.poll(() => loaded(page)).toContainEqual(expect.stringContaining("/assets/kept-"));
});

test("[BOARD70] [BOARD114] a control centre's board whose lists and tools do not come sounds all the same, and says that it can be heard", {
  timeout,
}, async () => {
  const whole = await boards.open({ view: deskView({}, { missions: [] }) });
  const before = whole.server.sounds.length;
  const page = await openWithout(whole, "**/assets/{missions,desk}-*.js");
  await page.locator('html[data-rings="false"]').waitFor({ state: "attached" });
  await page.locator("h1, h2").first().click();
  const rings = () => page.evaluate(() => document.documentElement.dataset["rings"]);
  await expect.poll(rings).toBe("false");
  whole.server.push({ missions: [silentMission(1, nightMs)] });
  await expect.poll(rings).toBe("true");
  expect(await page.locator(".card").count()).toBe(0);
  await expect.poll(() => whole.server.sounds.slice(before).map(({ body }) => body["sound"])).toContain("on");
});

test("[BOARD70] [BOARD114] a control centre's board to which its sound does not come says that it is mute, in both languages, until it has come", {
  timeout,
}, async () => {
  const page = await openWithout(await boards.open(), "**/assets/alarm-*.js");
  const bar = page.locator(`[data-bar="sound"]`);
  await bar.getByText("Kein Ton. Einmal klicken oder eine Taste drücken.").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await bar.getByText("No sound. Click once or press a key.").waitFor();
  await page.unroute("**/assets/alarm-*.js");
  await page.reload();
  await page.locator("h2").first().click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset["rings"])).toBeDefined();
  await bar.waitFor({ state: "detached" });
});

function loaded(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
}

test("[BOARD25] [BOARD113] who comes in a state that only a later build of the anchor knows is drawn last, and nobody is said to arrive", {
  timeout,
}, async () => {
  const state: InboundRow["state"] = JSON.parse(`"turned-into-a-pumpkin"`);
  const inbound = [inboundRow(1, { state }), inboundRow(4), inboundRow(5, { state: "broken-off" })];
  const { page, faults } = await hospitals.open({ view: hospitalView({ inbound }) });
  await expect.poll(() => page.locator("[data-inbound]").count()).toBe(3);
  const rows = await page.locator("[data-inbound]").allInnerTexts();
  expect(rows[0]).toMatch(/an 03:11/);
  expect(rows[2]).toMatch(/^\s*unbestätigt\n/);
  expect(faults).toEqual([]);
});
