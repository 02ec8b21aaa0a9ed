// What the three boards cost a slow link, at real anchors with a whole region's night in them, counted in the browser.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import type { BoardPush } from "../src/site/board-view.ts";
import { launchBrowser } from "./support/browser.ts";
import { root } from "./support/files.ts";
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
  const built = spawnSync(process.execPath, [join(root, "scripts", "build-boards.ts")], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the boards were not built: ${built.stderr}`);
  region = await openFullRegion(1);
  browser = await launchBrowser();
}, timeout);
afterAll(async () => {
  await browser.close();
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
