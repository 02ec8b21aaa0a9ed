// Filters, lists that stand still, and cells at a desk of the control centre.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BoardBrowser, region } from "./support/board-page.ts";
import {
  heard,
  hospitalRow,
  missionRow,
  readyAnswer,
  silent,
  silentMission,
  word,
} from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { cellOf, clinicWord, deskView, openPanel, toolsOf, voiceWord } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const open = word("open", nightMs);
const allOpen = {
  "emergency-department": open,
  "vascular-surgery": open,
  "cardiac-surgery": open,
  "stroke-unit": open,
};
/** Every hospital heard and open, three missions that drive and are accepted. */
const calm = deskView(
  {},
  {
    hospitals: region.hospitals.map(({ hospital }) => hospitalRow(hospital, nightMs, { cells: allOpen })),
    missions: [1, 2, 3].map((number) =>
      missionRow(number, nightMs, {
        request: readyAnswer("ukd", nightMs),
      }),
    ),
  },
);
const hospitals = (page: Page) =>
  page
    .locator("tr[data-hospital]")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-hospital")));
const missions = (page: Page) =>
  page.locator("li[data-mission]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-mission")));
const bar = (page: Page) => page.locator(`[data-bar="filter"]`);

describe("[BOARD63] filters", () => {
  test("exceptions only: a bar with the number hidden, and the way back; the need still chooses the columns", {
    timeout,
  }, async () => {
    const { page, server } = await boards.open({ view: calm });
    await toolsOf(page);
    expect(await bar(page).count()).toBe(0);
    await page.getByLabel("nur Ausnahmen").check();
    await bar(page).getByText(`${region.hospitals.length} Häuser verborgen, 3 Einsätze verborgen`).waitFor();
    expect(await hospitals(page)).toEqual([]);
    server.push({
      hospitals: [
        hospitalRow("ukd", nightMs, { contact: silent(nightMs) }),
        hospitalRow("neuss-lukas", nightMs, {
          cells: { ...allOpen, "stroke-unit": word("full", nightMs) },
        }),
      ],
    });
    await expect.poll(() => hospitals(page)).toEqual(["ukd"]);
    // Drives to a hospital that is not heard.
    expect(await missions(page)).toHaveLength(3);
    await page.getByLabel("Was der Patient braucht").selectOption("stroke");
    await expect.poll(() => hospitals(page)).toEqual(["ukd", "neuss-lukas"]);
    await bar(page)
      .getByText(`${region.hospitals.length - 2} Häuser verborgen`)
      .waitFor();
    await page.getByRole("button", { name: "alle zeigen" }).click();
    await bar(page).waitFor({ state: "detached" });
    expect(await hospitals(page)).toHaveLength(region.hospitals.length);
    await page.locator("#filter-town:focus").waitFor();
    expect(await page.getByLabel("Was der Patient braucht").inputValue()).toBe("stroke");
  });

  test("by town and need, in English; the number counts what it hides", { timeout }, async () => {
    const { page } = await boards.open({ view: calm, query: "?lang=en" });
    await toolsOf(page);
    await page.getByRole("combobox", { name: "Town", exact: true }).selectOption("Neuss");
    const shown = await hospitals(page);
    expect(new Set(shown)).toEqual(
      new Set(region.hospitals.filter(({ town }) => town === "Neuss").map(({ hospital }) => hospital)),
    );
    await bar(page)
      .getByText(`${region.hospitals.length - shown.length} hospitals hidden, 3 missions hidden`)
      .waitFor();
    await page.getByRole("button", { name: "show all" }).click();
    await page.getByRole("combobox", { name: "Need", exact: true }).selectOption("stemi");
    await bar(page).getByText("3 missions hidden").waitFor();
    expect(await missions(page)).toEqual([]);
    expect(await hospitals(page)).toHaveLength(region.hospitals.length);
  });

  test("never hide a task or a decision: the mission, its card and its hospital stay", {
    timeout,
  }, async () => {
    const { page, server } = await boards.open({ view: calm });
    await toolsOf(page);
    await page.getByRole("combobox", { name: "Ort", exact: true }).selectOption("Neuss");
    await page.getByRole("combobox", { name: "Bedarf", exact: true }).selectOption("burns");
    await expect.poll(() => missions(page)).toEqual([]);
    expect(await hospitals(page)).not.toContain("ukd");
    server.push({ missions: [silentMission(1, nightMs)] });
    await page.getByRole("heading", { name: "1 Entscheidung" }).waitFor();
    await expect.poll(() => missions(page)).toEqual(["rtw-duesseldorf-1"]);
    expect(await hospitals(page)).toContain("ukd");
    const task = { task: "confirm:barmen" as const, owners: [], over: [] };
    const barmen = region.hospitals.find(({ town }) => town === "Wuppertal")?.hospital ?? "";
    server.push({ centreChanges: { tasks: [{ ...task, task: `confirm:${barmen}` }] } });
    await expect.poll(() => hospitals(page)).toContain(barmen);
  });
});

describe("[BOARD64] nothing moves under hand or focus", () => {
  test("decisions: a new one waits at the end and is counted, one decided elsewhere keeps its place", {
    timeout,
  }, async () => {
    const view = deskView(
      {},
      { missions: [silentMission(3, nightMs, { urgency: 2 }), silentMission(5, nightMs, { urgency: 3 })] },
    );
    const { page, server } = await boards.open({ view });
    const cards = () =>
      page
        .locator(".cards > li")
        .evaluateAll((all) => all.map((one) => one.querySelector("h3 .vehicle")?.textContent ?? "left"));
    await page.locator(".card").nth(1).hover();
    server.push({ missions: [silentMission(1, nightMs), silentMission(2, nightMs)] });
    await page.getByRole("button", { name: "2 neue – einsortieren" }).waitFor();
    expect(await cards()).toEqual([
      "RTW Düsseldorf 3",
      "RTW Düsseldorf 5",
      "RTW Düsseldorf 1",
      "RTW Düsseldorf 2",
    ]);
    server.push({ gone: [silentMission(3, nightMs).mission] });
    await page.getByText("Nicht mehr zu entscheiden.").waitFor();
    expect(await cards()).toEqual(["left", "RTW Düsseldorf 5", "RTW Düsseldorf 1", "RTW Düsseldorf 2"]);
    await page.mouse.move(1, 1);
    await expect.poll(cards).toEqual(["RTW Düsseldorf 1", "RTW Düsseldorf 2", "RTW Düsseldorf 5"]);
  });

  test("[BOARD101] what comes above a moving hand, or ends under it, brings nothing else under it", {
    timeout,
  }, async () => {
    const { page, server } = await boards.open({ view: calm });
    await toolsOf(page);
    const button = page.locator(`[data-mission="rtw-duesseldorf-2"] .buttons button`).first();
    await button.hover();
    const top = async () => Math.round((await button.boundingBox())?.y ?? 0);
    const before = await top();
    server.push({ missions: [silentMission(5, nightMs), silentMission(6, nightMs)] });
    await page.locator(".card").nth(1).waitFor();
    expect(await top()).toBe(before);
    const row = page.locator(".mission").nth(1);
    const { height = 0 } = (await row.boundingBox()) ?? {};
    await page.mouse.move(1, 1);
    await page.locator(`[data-mission="rtw-duesseldorf-2"] p`).first().hover();
    server.push({ gone: [missionRow(2, nightMs).mission] });
    await page.locator(".mission.left").waitFor();
    expect((await row.boundingBox())?.height).toBeCloseTo(height, 0);
  });

  test("missions: under the focus, until the count is pressed", { timeout }, async () => {
    const { page, server } = await boards.open({ view: calm });
    await toolsOf(page);
    server.push({ missions: [missionRow(3, nightMs, { urgency: 2 })] });
    await page.locator(`[data-mission="rtw-duesseldorf-2"] .buttons button`).first().focus();
    server.push({
      missions: [missionRow(4, nightMs)],
      gone: [missionRow(1, nightMs).mission],
    });
    await page.getByRole("button", { name: "1 neu – einsortieren" }).waitFor();
    const rows = () =>
      page.locator(".mission").evaluateAll((all) => all.map((one) => one.getAttribute("data-mission")));
    await expect.poll(rows).toEqual([null, "rtw-duesseldorf-2", "rtw-duesseldorf-3", "rtw-duesseldorf-4"]);
    expect(await page.locator(".mission").first().innerText()).toBe("Läuft nicht mehr.");
    // The row with the focus ends too: what stands below it does not come up under the hand.
    server.push({ gone: [missionRow(2, nightMs).mission] });
    await expect.poll(rows).toEqual([null, null, "rtw-duesseldorf-3", "rtw-duesseldorf-4"]);
    // Nor later, when the board's clock has gone on.
    await page.waitForTimeout(1_500);
    expect(await rows()).toEqual([null, null, "rtw-duesseldorf-3", "rtw-duesseldorf-4"]);
    await page.getByRole("button", { name: "1 neu – einsortieren" }).click();
    await expect.poll(rows).toEqual(["rtw-duesseldorf-4", "rtw-duesseldorf-3"]);
  });

  test("hospitals: what a filter brings or takes waits until the pointer has left", { timeout }, async () => {
    const { page, server } = await boards.open({ view: calm });
    await toolsOf(page);
    const full = (hospital: string) =>
      hospitalRow(hospital, nightMs, { cells: { "emergency-department": word("full", nightMs) } });
    server.push({ hospitals: [full("ukd"), full("neuss-lukas")] });
    await page.getByLabel("nur Ausnahmen").check();
    await expect.poll(() => hospitals(page)).toEqual(["ukd", "neuss-lukas"]);
    await page.locator(`[data-hospital="ukd"] td`).first().hover();
    server.push({ hospitals: [full("hilden-josefs"), hospitalRow("ukd", nightMs, { cells: allOpen })] });
    await page.getByRole("button", { name: "1 neu – einsortieren" }).waitFor();
    expect(await hospitals(page)).toEqual(["ukd", "neuss-lukas", "hilden-josefs"]);
    await page.mouse.move(1, 1);
    await expect.poll(() => hospitals(page)).toEqual(["hilden-josefs", "neuss-lukas"]);
  });
});

describe("[BOARD65] a cell shows everything that is said of it", () => {
  const note = (page: Page) => page.locator(".cell-note");
  const cell = (page: Page, hospital: string, capability: string) =>
    page.locator(`[data-hospital="${hospital}"] [data-capability="${capability}"]`);

  async function openCells(query = "") {
    const board = await boards.open({ view: calm, query });
    board.server.cell = cellOf([clinicWord(), voiceWord()]);
    await toolsOf(board.page);
    return board;
  }

  test("by keyboard: one stop of the tabulator, arrows from cell to cell, Enter to what can be done, Escape back", {
    timeout,
  }, async () => {
    const { page } = await openCells();
    const stop = page.locator("td[tabindex]");
    await expect.poll(() => stop.count()).toBe(1);
    await stop.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    await page.locator(`tr:nth-child(2) td[data-capability="vascular-surgery"]:focus`).waitFor();
    await note(page).getByText("nicht zurückgelesen").waitFor();
    expect(await note(page).innerText()).toMatch(
      /Gefäßchirurgie\s+offen vor\s<\s1\smin · K\s+Alle geltenden Worte\s+offen K Klinik · .*Pflege 106[\s\S]*voll S Sprechfunk oder Telefon · gesagt von: Telefonzentrale/,
    );
    await page.keyboard.press("Enter");
    await page.locator(".cell-note button:focus").waitFor();
    await page.keyboard.press("Escape");
    await note(page).waitFor({ state: "detached" });
    await page.locator(`tr:nth-child(2) td[data-capability="vascular-surgery"]:focus`).waitFor();
    expect(await stop.count()).toBe(1);
  });

  test("under the pointer it is shown and lets the pointer through; a click keeps it open", {
    timeout,
  }, async () => {
    const { page } = await openCells("?lang=en");
    await cell(page, "ukd", "emergency-department").hover();
    await note(page).getByText("Every word in force").waitFor();
    expect(await note(page).locator("button").count()).toBe(0);
    await page.mouse.move(1, 1);
    await note(page).waitFor({ state: "detached" });
    await cell(page, "ukd", "emergency-department").click();
    await page.mouse.move(1, 1);
    await note(page).getByText("said by: switchboard").waitFor();
    await note(page).getByRole("button", { name: "Enter a voice report" }).click();
    await page.locator(`[data-panel="voice"] .chosen-hospital`).waitFor();
    expect(await page.locator(".report select").first().inputValue()).toBe("emergency-department");
    // The pointer lies where the note was, perhaps over another cell now.
    await page.mouse.move(1, 1);
    await note(page).waitFor({ state: "detached" });
  });

  test("what is taken back, past its time, disputed, flapping, or has no sound is said in words", {
    timeout,
  }, async () => {
    const cells = {
      "emergency-department": word("full", nightMs - 600_000, { old: true, disputed: true }),
      "vascular-surgery": word("open", nightMs, { takenBackMs: nightMs - 60_000 }),
    };
    const contact = { ...heard, clockOffMs: -45_000, flaps: 3, storing: false };
    const { page } = await boards.open({
      view: deskView(
        { noSound: [{ site: "ukd", sinceMs: nightMs - 120_000 }] },
        { hospitals: [hospitalRow("ukd", nightMs, { cells, contact })] },
      ),
    });
    expect(await page.locator(`tr[data-hospital="ukd"]`).innerText()).toMatch(
      /gehört[\s\S]*kann nicht aufzeichnen[\s\S]*Uhr dort geht 45 s nach[\s\S]*flattert: setzte eben 3-mal aus[\s\S]*kein Ton dort seit 03:05[\s\S]*voll[\s\S]*zwei Angaben[\s\S]*Zeit ist um, bitte nachfragen[\s\S]*letztes Wort zurückgenommen, 03:06/,
    );
  });
});

test("[BOARD108] cut off: large and plain, every row not known since, its last word, number and minutes; nobody is called silent", {
  timeout,
}, async () => {
  const night = deskView();
  // While it is cut off an anchor gives nobody's silence as a reason to decide.
  const missions = night.missions.map(({ door: _, ...row }) => ({ ...row, decide: null }));
  const view = { ...night, missions, own: { ...night.own, cutOffSinceMs: nightMs - 180_000 } };
  const { page, faults } = await boards.open({ view, widthPx: 360, heightPx: 740, waits: false });
  await page.getByRole("heading", { name: "Wir sind abgeschnitten seit 03:04" }).waitFor();
  const rows = page.locator("[data-cut-off]");
  await expect.poll(() => rows.count()).toBe(night.hospitals.length);
  const all = await page.locator("main").innerText();
  expect(all).not.toMatch(/schweigt seit|Schweigt/);
  for (const row of await rows.allInnerTexts()) expect(row).toMatch(/nicht bekannt seit 03:04/);
  expect(all).toMatch(/nicht bekannt seit 03:04 · zuletzt offen · vor\s12\smin · K/);
  expect(await rows.locator("a.phone").count()).toBeGreaterThanOrEqual(night.hospitals.length);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  // What can be done goes on: a voice report, and the whole board.
  await openPanel(page, "voice");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Ganze Tafel zeigen" }).click();
  await page.locator("table [data-shape=old]").first().waitFor();
  await page.getByRole("button", { name: "Notliste zeigen" }).click();
  await rows.first().waitFor();
  expect(faults).toEqual([]);
});
