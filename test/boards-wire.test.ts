// What the three boards cost a slow link, at real anchors with a whole region's night in them, counted in the browser.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import type { Name } from "../src/basics/name.ts";
import { vehicleOf } from "../src/rehearsal/plan.ts";
import type { CrewBoardView, CrewMissionRow } from "../src/site/board-site-view.ts";
import type { BoardPush } from "../src/site/board-view.ts";
import { postFact } from "./support/anchors.ts";
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

/** The mission of a vehicle, as its own board is told. */
async function missionOf(site: Name): Promise<CrewMissionRow> {
  const abort = new AbortController();
  const { body } = await fetch(`${region.urlOf(site)}/api/${site}/board/events`, { signal: abort.signal });
  const { value = "" } = await present(body, "a stream")
    .pipeThrough(new TextDecoderStream())
    .getReader()
    .read();
  abort.abort();
  // The anchor's own words, of the version that runs here.
  const push = JSON.parse(value.slice("data: ".length)) as { readonly view: CrewBoardView };
  return present(push.view.missions[0], "a mission");
}

test("[VIEW2] [VIEW3] [BOARD25] who was asked for and diverted shows, where to, for ten minutes; then it is gone", {
  timeout,
}, async () => {
  const diverted = vehicleOf(centre, 2);
  const { ref, mission, over } = await missionOf(diverted);
  const asked = { mission: ref, hospital, answerWithinS: 120, over: [] };
  await postFact(region.urlOf(centre), centre, {
    ...{ request: "diverted-1", kind: "mission.asked/1", by: "dispatcher#3", body: asked },
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${region.urlOf(hospital)}/hospital/${hospital}?lang=en`);
  await page.locator(`[data-request][data-state="open"]`).waitFor();
  await postFact(region.urlOf(diverted), diverted, {
    ...{ request: "diverted-2", kind: "mission.destination/1", by: "paramedic#5" },
    body: { mission: ref, hospital: "neuss-lukas", over },
  });
  const coming = page.locator(`[data-inbound="${mission}"]`);
  await coming.getByText(/diverted to Neuss Lukas/).waitFor();
  await page.locator(`[data-request][data-state="withdrawn"]`).waitFor();
  region.pass(9 * 60_000);
  await page.waitForTimeout(2_500);
  expect([await coming.count(), await page.locator("[data-request]").count()]).toEqual([1, 1]);
  region.pass(61_000);
  await coming.waitFor({ state: "detached" });
  await page.locator("[data-request]").waitFor({ state: "detached" });
  await context.close();
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
