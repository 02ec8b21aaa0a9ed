// The control centre's board as its users see it: load, rows that change, language, width. What it must show within
// seconds is in boards-timed.test.ts.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { BoardBrowser, region } from "./support/board-page.ts";
import {
  calmOwn,
  hospitalRow,
  missionRow,
  nightView,
  readyAnswer,
  sampleView,
  silent,
  word,
} from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeoutMs = 60_000;
const calm = sampleView(region, nightMs);

const row = (page: Page, hospital: string) => page.locator(`[data-hospital="${hospital}"]`);
const bar = (page: Page, id: string) => page.locator(`[data-bar="${id}"]`);
const needSelect = (page: Page) => page.getByLabel("Was der Patient braucht");

/** So many rows change in turn: each is drawn at another time than those beside it. */
const heapRows = 5;

test("a board that loads shows every hospital, who and where we are, the anchor's time, that it is a rehearsal, and the need that is chosen", {
  timeout: timeoutMs,
}, async () => {
  const { page, faults } = await boards.open({ view: calm });
  expect(await page.locator("[data-hospital]").count()).toBe(region.hospitals.length);
  expect(await page.locator("[data-mark]").count()).toBe(region.hospitals.length);
  expect(await page.locator("header").innerText()).toMatch(
    /ÜBUNG[\s\S]*Leitstelle Düsseldorf[\s\S]*Rhein-Ruhr[\s\S]*03:07:\d\d[\s\S]*Stand 03:07:\d\d · Europe\/Berlin/,
  );
  expect(await page.title()).toBe("ÜBUNG · Leitstelle Düsseldorf · Holdfast");
  expect(await page.locator("main").innerText()).toMatch(
    /Nichts zu entscheiden\.[\s\S]*Keine laufenden Einsätze\./,
  );
  const columns = () => page.locator("thead th").allInnerTexts();
  expect((await columns()).map((text) => text.split(/\s/)[0])).toEqual([
    "Krankenhaus",
    "Kontakt",
    "Notaufnahme",
    "Gefäßchirurgie",
    "Herzchirurgie",
  ]);
  await needSelect(page).selectOption("burns");
  expect(await columns()).toHaveLength(3);
  // The map follows its rows.
  const open = () => page.locator("[data-mark][data-shape=open]").count();
  await expect.poll(open, { timeout: 5_000 }).toBe(0);
  await needSelect(page).selectOption("stroke");
  await expect.poll(open, { timeout: 5_000 }).toBeGreaterThan(5);
  expect(faults).toEqual([]);
});

/** What the page's own code uses after garbage was collected, in megabytes. */
async function heapMb(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  await cdp.detach();
  return usedSize / 1_000_000;
}

test("a board that stands for a shift of twelve hours keeps no drawing of before: its heap does not grow with each push", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await boards.open({ view: calm });
  const draw = async (pushes: number): Promise<number> => {
    for (let i = 0; i < pushes; i += 1) {
      const { hospital } = present(region.hospitals[i % heapRows], "a hospital");
      const state = Math.floor(i / heapRows) % 2 === 0 ? "full" : "cannot";
      const cells = { "emergency-department": word(state, nightMs) };
      server.push({ hospitals: [hospitalRow(hospital, nightMs, { cells })] });
      await row(page, hospital).locator(`td[data-shape="${state}"]`).first().waitFor();
    }
    return heapMb(page);
  };
  const before = await draw(2 * heapRows);
  // Where drawings are kept, 0.35 MB a push here.
  expect((await draw(4 * heapRows)) - before).toBeLessThan(3);
});

test("before the first message a board says that it loads, and that the anchor is out of reach when none comes", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await boards.open({ view: calm, waits: false });
  await page.route("**/api/**", () => undefined);
  await page.goto(server.url);
  await page.getByText("Tafel wird geladen …").waitFor();
  await page.getByText("Anker nicht erreichbar. Neuer Versuch läuft.").waitFor();
});

test("[BOARD3] a hospital that falls silent is never drawn as open again: not in its row, not on the map", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await boards.open({ view: calm });
  await needSelect(page).selectOption("stroke");
  const mark = page.locator(`[data-mark="ukd"]`);
  server.push({ hospitals: [hospitalRow("ukd", nightMs)] });
  await expect.poll(() => mark.getAttribute("data-shape")).toBe("open");
  server.push({ hospitals: [hospitalRow("ukd", nightMs, { contact: silent(nightMs - 9_000) })] });
  await expect.poll(() => mark.getAttribute("data-shape")).toBe("silent");
  const cells = await row(page, "ukd")
    .locator("td")
    .evaluateAll((all) => all.map((cell) => cell.getAttribute("data-shape")));
  expect(cells).toEqual(["silent", "old", "old"]);
  expect(await row(page, "ukd").innerText()).toMatch(/schweigt seit 03:07[\s\S]*zuletzt offen/);
  const ground = (name: string) =>
    row(page, name).evaluate((element) => getComputedStyle(element).backgroundImage);
  expect(await ground("ukd")).not.toBe(await ground("neuss-lukas"));
});

test("[BOARD8] an acceptance by a hospital that then falls silent is its last word, and the mission says so", {
  timeout: timeoutMs,
}, async () => {
  const answer = readyAnswer("ukd", nightMs);
  const { page, server } = await boards.open({
    view: { ...calm, missions: [missionRow(1, nightMs, { request: answer })] },
  });
  const text = () => page.locator(".mission").innerText();
  expect(await text()).toMatch(/Uniklinik Düsseldorf nimmt an, 03:07/);
  server.push({ hospitals: [hospitalRow("ukd", nightMs, { contact: silent(nightMs) })] });
  await expect.poll(text).toMatch(/schweigt seit 03:07[\s\S]*zuletzt: Uniklinik Düsseldorf nahm an, 03:07/);
  expect(await text()).not.toContain("nimmt an");
});

describe("language", () => {
  test("is German, English by the address or the button, and stays in the address", {
    timeout: timeoutMs,
  }, async () => {
    const { page, faults } = await boards.open({ query: "?desk=3" });
    expect(await page.getAttribute("html", "lang")).toBe("de");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "3 decisions" }).waitFor();
    expect(await page.getAttribute("html", "lang")).toBe("en");
    expect(new URL(page.url()).search).toBe("?desk=3&lang=en");
    await page.reload();
    await page.getByRole("heading", { name: "3 decisions" }).waitFor();
    await expect.poll(() => page.locator("header").innerText()).toMatch(/REHEARSAL[\s\S]*Desk 3/);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("heading", { name: "3 Entscheidungen" }).waitFor();
    expect(new URL(page.url()).search).toBe("?desk=3");
    expect(faults).toEqual([]);
  });
});

describe("width and light", () => {
  test("at 360 and 320 px nothing needs scrolling sideways, in either language", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ widthPx: 360 });
    const overflowPx = () =>
      page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
    expect(await overflowPx()).toBe(0);
    await page.getByRole("radio").first().check();
    await page.locator(".main-button").first().click();
    expect(await overflowPx()).toBe(0);
    server.push({ own: { ...calmOwn, storing: false, halfSilent: true, forked: ["ukd"] } });
    await bar(page, "forked-ukd").waitFor();
    expect(await overflowPx()).toBe(0);
    await page.setViewportSize({ width: 320, height: 768 });
    await expect.poll(overflowPx).toBe(0);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Deutsch" }).waitFor();
    await expect.poll(overflowPx).toBe(0);
  });

  test("day and night follow the system until somebody chooses, and the choice is kept", {
    timeout: timeoutMs,
  }, async () => {
    const { page } = await boards.open({ view: nightView(region, nightMs), isDark: true });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.getByRole("button", { name: "Tag/Nacht" }).click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.locator("[data-hospital]").first().waitFor();
    expect(await ground()).toBe(light);
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    expect(await ground()).toBe(dark);
  });
});

test("the map is one stop of the tabulator, arrows walk from hospital to hospital, Enter goes to the row", {
  timeout: timeoutMs,
}, async () => {
  const { page } = await boards.open({ view: calm });
  expect(await page.locator(`[data-mark][tabindex="0"]`).count()).toBe(1);
  await page.locator(`[data-mark][tabindex="0"]`).focus();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-mark") ?? null);
  const first = await focused();
  await page.keyboard.press("ArrowDown");
  const second = await focused();
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
  expect(await page.locator(`[data-mark][tabindex="0"]`).getAttribute("data-mark")).toBe(second);
  await page.keyboard.press("Enter");
  expect(await page.locator(":target").getAttribute("data-hospital")).toBe(second);
});
