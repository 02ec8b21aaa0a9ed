// A call-round's form in detail, and a mission that flies after all, at a desk of the control centre.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { BoardBrowser } from "./support/board-page.ts";
import { missionRow } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { cellOf, deskView, toolsOf } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const round = { hospital: "neuss-lukas", silentSinceMs: nightMs - 70_000, centre: "duesseldorf", tried: [] };
const card = (page: Page) => page.locator(`[data-round="neuss-lukas"]`);
const confirmed = (page: Page) => page.locator(".confirm").innerText();

test("[BOARD106] a call-round is named by its hospital, keeps the number that was clicked, says *nobody* once, and writes nothing while nothing was said", {
  timeout,
}, async () => {
  const { page, server, faults } = await boards.open({ view: deskView() });
  server.cell = cellOf([]);
  await toolsOf(page);
  // The machine has no telephone: what a click does here is all that is looked at.
  await page.evaluate(() =>
    addEventListener(
      "click",
      (event) => event.target instanceof HTMLAnchorElement && event.preventDefault(),
      true,
    ),
  );
  server.push({ centreChanges: { rounds: [round] } });
  await card(page).waitFor();
  const article = page.getByRole("article", { name: /^Neuss Lukas\s*schweigt seit 03:06$/ });
  expect(await article.getAttribute("data-round")).toBe("neuss-lukas");
  expect(await page.getByRole("heading", { level: 2, name: "1 Haus anrufen" }).getAttribute("id")).toBe(
    "calls",
  );
  const ways = card(page).locator(".lines input");
  expect(await ways.first().isChecked()).toBe(true);
  // Clicked: this line is being talked on, also where another desk writes that nobody answers there.
  await card(page).locator("a.phone").click();
  server.push({ centreChanges: { rounds: [{ ...round, tried: [{ line: 1, saidMs: nightMs }] }] } });
  await card(page).getByText("niemand, 03:07").waitFor();
  expect(await ways.first().isChecked()).toBe(true);
  // Nothing was said: what is missing is named, and nothing is written.
  await card(page).locator(".main-button").click();
  await card(page)
    .getByRole("alert")
    .getByText(/Es fehlt: Wer antwortet, Zustand/)
    .waitFor();
  expect(server.posts).toEqual([]);
  await ways.nth(1).check();
  await card(page)
    .getByRole("button", { name: /^Niemand/ })
    .dblclick();
  await expect.poll(() => server.posts.length).toBe(1);
  expect(server.posts[0]).toMatchObject({ kind: "voice.called/1", body: { hospital: "neuss-lukas" } });
  server.push({ centreChanges: { rounds: [] } });
  await page.keyboard.press("Escape");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.posts).toHaveLength(1);
  expect(faults).toEqual([]);
});

test("[REGION24] that a mission flies after all, or drives, is confirmed once in words; what another desk said meanwhile is not said again", {
  timeout,
}, async () => {
  const row = missionRow(2, nightMs, { flags: ["doctor"] });
  const { page, server, faults } = await boards.open({ view: deskView({}, { missions: [row] }) });
  await toolsOf(page);
  const tools = page.locator(".missions .mission-tools");
  await tools.getByRole("button", { name: /^Fliegt doch/ }).click();
  expect(await confirmed(page)).toContain(
    "RTW Düsseldorf 2, Schlaganfall: Fliegt doch: Hubschrauber, Tag und Wetter lassen es zu.",
  );
  await page.keyboard.press("Escape");
  await tools.getByRole("button", { name: /^Fliegt doch/ }).click();
  await tools.getByRole("button", { name: "Bestätigen: Fliegt doch" }).click();
  await expect.poll(() => server.posts.length).toBe(1);
  expect(server.posts[0]).toMatchObject({
    kind: "mission.flown/1",
    body: { mission: row.ref, flown: true, over: row.centreOver },
  });
  await page.getByText("RTW Düsseldorf 2: Fliegt doch").waitFor();
  server.push({ missions: [{ ...row, flags: ["doctor", "flown"] }] });
  await page
    .locator(".missions")
    .getByText(/im Hubschrauber/)
    .first()
    .waitFor();
  await tools.getByRole("button", { name: /^Fährt doch am Boden/ }).click();
  await tools.getByText("RTW Düsseldorf 2, Schlaganfall: Fährt doch am Boden.").waitFor();
  // Another desk says it meanwhile.
  server.push({ missions: [{ ...row, flags: ["doctor", "grounded"] }] });
  await tools.locator(".confirm").waitFor({ state: "detached" });
  await page
    .locator(".missions")
    .getByText(/doch am Boden/)
    .first()
    .waitFor();
  // And takes it back: the question does not come back by itself, under hands that are elsewhere.
  await page.locator("#board footer button").first().focus();
  server.push({ missions: [{ ...row, flags: ["doctor", "flown"] }] });
  await tools.getByRole("button", { name: /^Fährt doch am Boden/ }).waitFor();
  expect(await tools.locator(".confirm").count()).toBe(0);
  expect(await page.locator("#board footer button:focus").count()).toBe(1);
  expect(server.posts).toHaveLength(1);
  server.push({ missions: [{ ...row, step: "arrived" }] });
  await tools.getByRole("button", { name: /^Fliegt doch/ }).waitFor({ state: "detached" });
  expect(faults).toEqual([]);
});
