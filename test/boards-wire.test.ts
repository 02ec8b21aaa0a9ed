// What the three boards cost a slow link, at real anchors with a whole region's night in them, counted in the browser.

import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import type { BoardPush } from "../src/site/views/board-view.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { centre, type FullRegion, hospital, openFullRegion, vehicle } from "./support/full-region.ts";
import { gprs, loadBoard } from "./support/wire.ts";

/** At 50 kbit/s four and a half seconds. */
const wireBytesMax = 28_000;
const dataBytesMax = 25_000;
const timeout = 120_000;

const boards = [
  ["control centre", `/dispatch/${centre}`, "[data-hospital]"],
  ["hospital", `/hospital/${hospital}`, "[data-capability]"],
  ["crew", `/crew/${vehicle}`, "article[data-mission]"],
] as const;
const siteIn = (path: string) => path.split("/")[2] ?? "";

let region: FullRegion;
let browser: Browser;

beforeAll(async () => {
  buildBoards();
  region = await openFullRegion(1);
  browser = await sharedBrowser();
}, 2 * timeout);
afterAll(async () => {
  await leaveBrowser(browser);
  await region.stop();
});

test("the night of the measurement is a whole one: every hospital has said what it can take", () => {
  expect(region.said).toBeGreaterThan(400);
});

test.each(boards)(
  "[BOARD35] %s: page, styles, scripts, texts, names and first view until rows show: at %s %s, 28,000 bytes at most",
  { timeout },
  async (_name, path, rows) => {
    const load = await loadBoard(browser, `${region.urlOf(siteIn(path))}${path}`, rows, {
      ...gprs,
      cpuTimes: 1,
    });
    expect(load.parts.map((part) => part.path)).toContain(`/api/${siteIn(path)}/board/events`);
    expect(load.wireBytes, JSON.stringify(load.parts)).toBeLessThanOrEqual(wireBytesMax);
  },
);

/** What a browser is given whole: an answer, or the first push of a stream. */
async function givenBy(path: string): Promise<string> {
  const abort = new AbortController();
  const response = await fetch(`${region.urlOf(centre)}${path}`, { signal: abort.signal });
  expect(response.headers.get("content-encoding")).toBe("gzip");
  if (!path.includes("/events")) return response.text();
  const reader = present(response.body, "a stream").pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("\n\n")) text += (await reader.read()).value ?? "";
  abort.abort();
  return text.slice("data: ".length, text.indexOf("\n\n"));
}

test("[BOARD35] names, map and the first view of every hospital are at most 25 KB of data, packed", {
  timeout,
}, async () => {
  const paths = ["region", "board/events?first=bytes", "board/events"].map(
    (path) => `/api/${centre}/${path}`,
  );
  const texts = await Promise.all(paths.map(givenBy));
  expect(texts[2]).toContain(`"hospital":"${hospital}"`);
  const bytes = texts.map((text) => gzipSync(text).length);
  expect(
    bytes.reduce((sum, one) => sum + one),
    bytes.join(" + "),
  ).toBeLessThanOrEqual(dataBytesMax);
});

/** Sites whose boards cannot be heard, as the centre's board is told. */
async function silentSites(): Promise<readonly string[]> {
  // The anchor's own words, of the version that runs here.
  const push = JSON.parse(await givenBy(`/api/${centre}/events`)) as BoardPush & { readonly type: "all" };
  return push.view.centre?.noSound.map(({ site }) => site) ?? [];
}

test("[BOARD27] held back after a reload without a touch: a bar, and the centre is told *no sound there*", {
  timeout,
}, async () => {
  // Not the one that was measured: a browser lets a page sound that was opened by its address, and its board counts for a minute.
  const hospital = "neuss-lukas";
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${region.urlOf(hospital)}/hospital/${hospital}`);
  await page.locator("h2").first().click();
  await page.reload();
  await page.locator(`[data-bar="sound"]`).waitFor();
  await expect.poll(silentSites, { timeout: 10_000 }).toContain(hospital);
  await page.locator("h2").first().click();
  await page.locator(`[data-bar="sound"]`).waitFor({ state: "detached" });
  await expect.poll(silentSites, { timeout: 10_000 }).not.toContain(hospital);
  await context.close();
});

/** Waits until the browser keeps what it needs of the page without its anchor. */
async function untilKept(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    const store = await caches.open(`board ${location.pathname}`);
    return (await store.match(location.pathname)) !== undefined;
  });
}

// The last one: it ends the region.
test("[BOARD97] opened again while its anchor is gone a board says so; a crew's tells minutes to every hospital, and nothing of missions", {
  timeout,
}, async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const faults: string[] = [];
  const pages: Page[] = [];
  for (const [, path, rows] of boards) {
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${region.urlOf(siteIn(path))}${path}`);
    await page.locator(rows).first().waitFor();
    await untilKept(page);
    pages.push(page);
  }
  const crew = present(pages.at(-1), "the crew's board");
  await expect
    .poll(() => crew.evaluate((path) => caches.match(path).then(Boolean), `/api/${vehicle}/minutes`), {
      timeout: 30_000,
    })
    .toBe(true);
  await region.stop();
  for (const page of pages) {
    await page.reload();
    await page.getByText("Anker nicht erreichbar. Neuer Versuch läuft.").waitFor();
  }
  await crew.getByText("Einsätze stehen hier nicht mehr: über Funk fragen.").waitFor();
  await crew.getByLabel("Anderer Ort").fill("Kaarst");
  await crew.getByRole("button", { name: "Kaarst" }).click();
  await expect
    .poll(() => crew.locator("[data-minutes]").count(), { timeout: 10_000 })
    .toBeGreaterThanOrEqual(30);
  expect(await crew.locator("article[data-mission]").count()).toBe(0);
  expect(await crew.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  const stored = await crew.evaluate(async () => {
    const names = await caches.keys();
    const stores = await Promise.all(names.map((name) => caches.open(name)));
    const keys = await Promise.all(stores.map((store) => store.keys()));
    return keys.flat().map(({ url }) => new URL(url).pathname);
  });
  // Of the anchor's data names, places and roads, and no other.
  expect(stored.filter((path) => path.startsWith("/api/")).sort()).toEqual(
    ["minutes", "region"].map((data) => `/api/${vehicle}/${data}`),
  );
  expect(faults).toEqual([]);
  await context.close();
});
