// A closure from the command to the minutes on a board: one real control centre with a table of a drawn town.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import axe from "axe-core";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { addCompactDoor } from "../src/anchor/roads/compact-door.ts";
import { addRoadsDoor } from "../src/anchor/roads/roads-door.ts";
import type { FactRef } from "../src/basics/name.ts";
import { seededRandom } from "../src/basics/random.ts";
import { compactRowFrom } from "../src/roads/table/compact.ts";
import { readCompact } from "../src/roads/table/compact-file.ts";
import { encodeTable } from "../src/roads/table/file.ts";
import type { HospitalSite } from "../src/roads/table/hospitals.ts";
import { farther } from "../src/roads/table/table.ts";
import { isClosureVerb, runClosures } from "../src/roadworks/closure-commands.ts";
import { sha256 } from "../src/roadworks/work-folder.ts";
import type { BoardPush, MissionRow, WhereTo } from "../src/site/views/board-view.ts";
import { rheinRuhr } from "./scenarios/rhein-ruhr.ts";
import {
  changeConfig,
  postFact,
  regionData,
  type SmallRegion,
  setUpSmallRegion,
  smallPlan,
  startHere,
  watch,
} from "./support/anchors.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { drawnTown, networkOf, originE3, tableOf } from "./support/drawn-roads.ts";
import { printed } from "./support/evidence.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-closures-"));
const centre = "duesseldorf";
const vehicle = "rtw-1";
let region: SmallRegion;
let anchor: Anchor;
let pushes: readonly BoardPush[] = [];
const notes: string[] = [];
let placed: readonly HospitalSite[] = [];

beforeAll(async () => {
  buildBoards();
  region = await setUpSmallRegion({
    ...smallPlan,
    sites: [...smallPlan.sites, { site: vehicle, type: "ambulance", name: "RTW 1" }],
    processes: smallPlan.processes.map((one) =>
      one.id === centre
        ? { ...one, hosted: [...one.hosted, { site: vehicle, device: "box", mobile: true }] }
        : one,
    ),
  });
  const hospitals = rheinRuhr.hospitals.map(({ id }, i) => ({
    id,
    latE3: originE3.latE3 + 2 * (i % 9),
    lonE3: originE3.lonE3 + 3 * Math.floor(i / 9),
  }));
  placed = hospitals;
  const moved = join(dir, "region");
  cpSync(regionData, moved, { recursive: true });
  const file = join(moved, "hospitals.json");
  const rows: readonly { readonly id: string }[] = JSON.parse(readFileSync(file, "utf8"));
  const placeOf = (id: string) => hospitals.find((hospital) => hospital.id === id);
  writeFileSync(file, JSON.stringify(rows.map((row) => ({ ...row, ...placeOf(row.id) }))));
  const table = tableOf(networkOf(drawnTown(14, seededRandom(2))), hospitals, rheinRuhr.region.id);
  writeFileSync(join(dir, "town.roads"), encodeTable(table, sha256));
  changeConfig(region.dirOf(centre), () => ({
    regionData: moved,
    roads: { table: join(dir, "town.roads") },
  }));
  const started = await startHere(region.dirOf(centre), notes);
  if (typeof started === "string") throw new Error(started);
  anchor = started;
  ({ pushes } = await watch(region.urlOf(centre), centre));
}, 120_000);
afterAll(async () => {
  await anchor.stop();
  rmSync(region.dir, { recursive: true });
  rmSync(dir, { recursive: true });
});

const command = (verb: string, ...args: readonly string[]) => {
  if (!isClosureVerb(verb)) throw new Error(verb);
  return runClosures(verb, [region.dirOf(centre), ...args]);
};

/** What the centre's board was told last of its mission and of roads. */
function shown(): { readonly mission: MissionRow | undefined; readonly roads: string | undefined } {
  let mission: MissionRow | undefined;
  let roads: string | undefined;
  for (const push of pushes) {
    if (push.type === "alive" || push.type === "loading") continue;
    const own = push.type === "all" ? push.view.own : push.own;
    if (own !== undefined) roads = own.roads?.de;
    mission = (push.type === "all" ? push.view.missions : push.missions)?.[0] ?? mission;
  }
  return { mission, roads };
}

/** A fact at the door of one of the two sites that live in this process. */
async function post(site: string, by: string, kind: string, body: object, seen = ""): Promise<FactRef> {
  const { answer } = await postFact(region.urlOf(centre), site, {
    request: `${kind}-1`.replace(/[./]/g, "-"),
    kind,
    by,
    body,
    seen,
  });
  if (!answer.ok) throw new Error(answer.sentence.en);
  return answer.ref;
}

test("[ROADS26] [ROADS30] [DECIDE5] a closure changes minutes, is said until when, and leaves no trace after it; it raises no proposal", {
  timeout: 30_000,
}, async () => {
  const mission = await post(centre, "dispatcher#3", "mission.opened/1", {
    ...{ vehicle, need: rheinRuhr.needs[0]?.id, urgency: 1, ageGroup: "18-64", callAtMs: Date.now() },
    ...{ doctor: false, ventilated: false, cpr: false, pregnant: false, infectious: false },
    cell: { latE2: 5_100, lonE2: 700 },
  });
  const hospital = "ukd";
  await post(vehicle, "paramedic#1", "mission.destination/1", { mission, hospital, over: [] });
  await expect.poll(() => shown().mission?.arrivalMinTenths ?? 0).toBeGreaterThan(0);
  const before = shown().mission?.arrivalMinTenths ?? 0;
  expect(shown().roads).toBeUndefined();

  const close = [
    "--lat",
    "51.005",
    "--lon",
    "7.005",
    "--radius",
    "150",
    "--reason",
    "bomb",
    "--by",
    "dispatcher#3",
  ];
  expect(await command("close", ...close, "--hours", "0")).toMatchObject({ ok: false });
  expect(await command("close", ...close.slice(0, -1), "Anna", "--hours", "1")).toMatchObject({ ok: false });
  const swapped = close.map((word) => ({ "51.005": "7.005", "7.005": "51.005" })[word] ?? word);
  expect(await command("close", ...swapped, "--hours", "1")).toEqual({
    ok: false,
    error: "This place is outside the region. Are latitude and longitude swapped? Nothing was written.",
  });
  const closed = await command("close", ...close, "--hours", "1");
  expect(closed.ok ? closed.value : closed.error).toContain("150 m round 51.005 N 7.005 E, unexploded bomb");
  await expect.poll(() => shown().roads, { timeout: 15_000 }).toContain("Die Fahrzeiten führen außen herum.");
  expect(shown().roads).toMatch(/^1 Straßensperrung bis \d\d:\d\d\./);
  expect(shown().mission?.arrivalMinTenths).toBeGreaterThan(before);
  expect(shown().mission?.decide).toBeNull();
  const about = new URLSearchParams({ mission: mission.join("#") });
  const asked = await fetch(`${region.urlOf(centre)}/api/${centre}/where-to?${about}`);
  const { seen } = (await asked.json()) as WhereTo;
  await post(
    centre,
    "dispatcher#3",
    "mission.kept/1",
    { mission, hospital, reason: "nothing-nearer", over: [] },
    seen,
  );

  const beside = ["--lat", "51.2", ...close.slice(2)];
  const empty = await command("close", ...beside, "--hours", "1");
  expect(empty.ok ? empty.value : empty.error).toMatch(
    /^There is no road there\. Check place and radius\.\n/,
  );
  await expect.poll(() => shown().roads, { timeout: 15_000 }).toContain("1 davon ohne Straße");
  const { closures } = await (await fetch(`${region.urlOf(centre)}/api/${centre}/closures`)).json();
  expect(closures).toMatchObject([{ meetsRoad: true }, { meetsRoad: false }]);
  const [, lifted = ""] = /open DIR (\S+)/.exec(empty.ok ? empty.value : "") ?? [];
  expect(await command("open", lifted, "--by", "dispatcher#3")).toMatchObject({ ok: true });

  const listed = await command("closed");
  const [ref = ""] = (listed.ok ? listed.value : "").split("\t");
  expect(listed.ok ? listed.value : "").toContain("says duesseldorf, dispatcher#3");
  expect(await command("open", `${ref}9`, "--by", "dispatcher#4")).toMatchObject({ ok: false });
  expect(await command("open", ref, "--by", "dispatcher#4")).toEqual({
    ok: true,
    value: `${ref} is lifted.`,
  });
  await expect.poll(() => shown().roads, { timeout: 5_000 }).toBeUndefined();
  expect(shown().mission).toMatchObject({ arrivalMinTenths: before, decide: null });
  expect(notes.filter((note) => note.startsWith("road"))).toEqual([]);
  const why = await printed("explain", region.dirOf(centre), mission.join("#"), "--language", "en");
  expect(why).toContain(
    "the same, byte for byte.\nThe drives come out the same: road table, closures of then: 1.",
  );
});

test("[BOARD88] [BOARD96] a desk closes a road and lifts it on a page of its own, by keyboard, confirmed in words; each is a fact", {
  timeout: 60_000,
}, async () => {
  const browser = await sharedBrowser();
  onTestFinished(() => leaveBrowser(browser));
  const board = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await board.goto(`${region.urlOf(centre)}/dispatch/${centre}?desk=7&lang=en`);
  const opened = board.waitForEvent("popup");
  await board.getByRole("link", { name: "Road closures" }).click();
  const page = await opened;
  const violations = async (): Promise<readonly string[]> => {
    await page.evaluate(axe.source);
    return page.evaluate(
      "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.html)))",
    );
  };
  await page.getByRole("heading", { name: "Road closures" }).waitFor();
  // A town that somebody names before the region's are known fills the place in once they are.
  const { promise: named, resolve: name } = Promise.withResolvers<void>();
  await page.route("**/region", (route) => named.then(() => route.continue()));
  await page.getByRole("link", { name: "Deutsch" }).click();
  await page.getByText("Keine Straße ist gesperrt.").waitFor();
  await page.getByLabel("Ort, füllt die Lage aus").fill("Hilden");
  name();
  // Known once the region is there.
  await page.getByText("ÜBUNG").waitFor();
  await page.getByRole("button", { name: "Straßen sperren" }).click();
  await page.getByText("Lage, Umkreis (10 bis 5000 m), Dauer (bis 744 Stunden) und Grund angeben.").waitFor();
  await expect
    .poll(() => page.getByLabel("Breite in Grad").inputValue(), { timeout: 5_000 })
    .toMatch(/^51\.\d/);
  await page.getByLabel("Breite in Grad").fill("7,005");
  await page.getByLabel("Länge in Grad").fill("51,005");
  await page.getByLabel("Umkreis in Metern").fill("150");
  await page.getByLabel("Grund").selectOption({ label: "Kampfmittel" });
  await page.getByLabel("Umkreis in Metern").press("Enter");
  await page.getByText("Sind Breite und Länge vertauscht?").waitFor();
  await page.getByLabel("Breite in Grad").fill("51,005");
  await page.getByLabel("Länge in Grad").fill("7,005");
  expect(await violations()).toEqual([]);
  await page.getByLabel("Umkreis in Metern").press("Enter");
  await page.locator(".ask:focus").waitFor();
  expect(await page.locator(".ask p").innerText()).toMatch(
    /^150 m um 51\.005 N 7\.005 E bei .+ sperren, Kampfmittel, für 6 Stunden\?$/,
  );
  expect(await violations()).toEqual([]);
  // While the word is under way nothing more can be said; the answer is held back until that was looked at.
  const { promise: looked, resolve: look } = Promise.withResolvers<void>();
  await page.route("**/facts", (route) => looked.then(() => route.continue()));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("Wird geschrieben …").waitFor();
  await expect.poll(() => page.locator("main button:enabled").count(), { timeout: 5_000 }).toBe(0);
  look();
  await page.getByText("Geschrieben.").waitFor();
  const row = page.locator("[data-closure]");
  await row.waitFor();
  expect(await row.innerText()).toMatch(/: Kampfmittel, bis .*\d\d:\d\d\nsagt .+, Disposition 7 /);
  await expect.poll(() => shown().roads, { timeout: 15_000 }).toMatch(/^1 Straßensperrung bis/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole("button", { name: "Aufheben" }).click();
  await page.getByText(/^Diese Sperrung aufheben\? 150 m/).waitFor();
  await page.getByRole("button", { name: "Bestätigen" }).click();
  await page.getByText("Keine Straße ist gesperrt.").waitFor();
  await expect.poll(() => shown().roads, { timeout: 15_000 }).toBeUndefined();
  const isStoring = await (await fetch(`${region.urlOf(centre)}/api/${centre}/closures`)).json();
  expect(isStoring).toMatchObject({ storing: true });
  await page.route("**/closures", (route) => route.fulfill({ json: { ...isStoring, storing: false } }));
  await page.getByText("Dieser Anker kann nicht aufzeichnen.").waitFor();
  expect(await page.locator("main button:enabled").count()).toBe(0);
  expect(await violations()).toEqual([]);
  await page.unroute("**/closures");
  await page.unroute("**/region");
  await page.clock.install();
  await page.getByRole("link", { name: "English" }).click();
  await page.getByLabel("Duration in hours").fill("12");
  await page.getByRole("button", { name: "Close roads" }).and(page.locator(":enabled")).waitFor();
  await page.route("**/closures", (route) => route.abort());
  // Within 5 s by the page's own clock: how late a loaded machine draws is no fault of the page.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5_000);
  await page.getByText("What stands here may be old. Nothing can be closed or lifted now.").waitFor();
  expect(await page.locator("main button:enabled").count()).toBe(0);
  expect(await page.getByLabel("Duration in hours").inputValue()).toBe("12");
  await page.clock.resume();
  await page.unroute("**/closures");
  await page.getByRole("button", { name: "Close roads" }).and(page.locator(":enabled")).waitFor();
  expect((await fetch(`${region.urlOf(centre)}/closures/${vehicle}`)).status).toBe(404);
  expect((await fetch(`${region.urlOf(centre)}/api/${vehicle}/closures`)).status).toBe(404);
});

test("[BOARD96] a closure is said under whoever is on shift at the desk that opened the page, as the desk that it was", {
  timeout: 60_000,
}, async () => {
  const browser = await sharedBrowser();
  onTestFinished(() => leaveBrowser(browser));
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const deskAsked: string[] = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/desk")) deskAsked.push(request.url());
  });
  const board = await context.newPage();
  await board.goto(`${region.urlOf(centre)}/dispatch/${centre}?lang=en`);
  await board.locator(`[data-panel-button="shift"]`).click();
  await board.getByLabel("Name").fill("Kim");
  await board.locator(".panel .main-button").click();
  await board.locator(`[data-panel-button="shift"]`).getByText("Kim").waitFor();
  const by: unknown = await board.evaluate(
    (key) => JSON.parse(sessionStorage.getItem(key) ?? "{}").by,
    `holdfast-shift-${centre}`,
  );
  expect(by).toMatch(/^dispatcher#\d{3,}$/);
  const opened = board.waitForEvent("popup");
  await board.getByRole("link", { name: "Road closures" }).click();
  const page = await opened;
  await page.getByLabel("Latitude in degrees").fill("51.005");
  await page.getByLabel("Longitude in degrees").fill("7.005");
  await page.getByLabel("Reason").selectOption({ label: "unexploded bomb" });
  await page.getByLabel("Reason").press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("Written.").waitFor();
  const { closures } = await (await fetch(`${region.urlOf(centre)}/api/${centre}/closures`)).json();
  expect(closures).toMatchObject([{ site: centre, by }]);
  await page.getByRole("button", { name: "Lift" }).click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByText("No road is closed.").waitFor();
  expect(deskAsked).toHaveLength(1);
});

test("[ROADS34] the map of minutes is a page of the control centre's board, with legend, source, date and licence", {
  timeout: 30_000,
}, async () => {
  const page = await fetch(`${region.urlOf(centre)}/dispatch/${centre}/roads?capability=stroke-unit`);
  const html = await page.text();
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(html).toContain("<h1>Minuten zum nächsten Krankenhaus: Stroke Unit</h1>");
  expect(html).toContain('<li><a href="?capability=ct&amp;language=de">CT</a></li>');
  expect(html).toContain("Straßennetz, Pkw ohne Blaulicht, Stand vor");
  expect(html).not.toContain("<script");
  const [, src = ""] = /<img src="([^"]+)"/.exec(html) ?? [];
  const picture = await fetch(`${region.urlOf(centre)}${src.replace("&amp;", "&")}`);
  const svg = await picture.text();
  expect(picture.headers.get("content-type")).toBe("image/svg+xml");
  expect(svg).toContain("Minuten zum nächsten Krankenhaus: Stroke Unit");
  expect(svg).toContain("Straßen vom 2026-01-01, © OpenStreetMap contributors, ODbL 1.0");
  expect(svg).toContain("≤ 5 min");
  const english = await fetch(
    `${region.urlOf(centre)}/dispatch/${centre}/roads?language=en&capability=no-such`,
  );
  expect(await english.text()).toContain("<h1>Minutes to the nearest hospital: emergency department</h1>");
  expect((await fetch(`${region.urlOf(centre)}/dispatch/${vehicle}/roads`)).status).toBe(404);
});

test("[ROADS37] an anchor gives a crew's board the compact table of its road table, and *still that* to whoever has it", {
  timeout: 30_000,
}, async () => {
  const url = `${region.urlOf(centre)}/api/${vehicle}/minutes`;
  const given = await fetch(url);
  expect([given.status, given.headers.get("content-encoding")]).toEqual([200, "gzip"]);
  const read = readCompact(new Uint8Array(await given.arrayBuffer()), anchor.house.region, placed);
  if (!read.ok) throw new Error(read.error);
  expect(read.value.info.source.de).toContain("Straßennetz, Pkw ohne Blaulicht, Stand 2026-01-01");
  const { compact } = read.value;
  const row = new Uint16Array(compact.hospitals.length);
  const here = { latE3: compact.southE3, lonE3: compact.westE3 };
  expect(compactRowFrom(compact, here.latE3, here.lonE3, row)).toBe(true);
  expect(row.filter((tenths) => tenths !== farther).length).toBeGreaterThanOrEqual(32);
  const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(readCompact(new Uint8Array(await plain.arrayBuffer()), anchor.house.region, placed)).toEqual(read);
  const tag = given.headers.get("etag") ?? "";
  expect((await fetch(url, { headers: { "if-none-match": tag } })).status).toBe(304);
  expect((await fetch(`${region.urlOf(centre)}/api/ukd/minutes`)).status).toBe(404);
});

test("[ROADS37] without a road table, or where a board could not use it, the minutes are estimated ones; what failed is made anew", {
  timeout: 30_000,
}, async () => {
  const app = new Hono();
  // With a river and no bridge no minutes can be made.
  let data = {
    ...rheinRuhr,
    waters: { ...rheinRuhr.waters, bridges: [] as typeof rheinRuhr.waters.bridges },
  };
  const failed: string[] = [];
  addCompactDoor(app, {
    typeOf: () => "ambulance",
    roads: { table: undefined, words: () => ({ de: "", en: "" }) },
    get data() {
      return data;
    },
    note: (code) => void failed.push(code),
    region: "rehearsal-here",
  });
  const ask = () => app.request("/api/here/minutes", { headers: { "accept-encoding": "gzip" } });
  expect([(await ask()).status, failed]).toEqual([503, ["compact-table-failed"]]);
  data = rheinRuhr;
  // What failed is not kept: it is made anew.
  const given = await ask();
  const packed = new Uint8Array(await given.arrayBuffer());
  // As large as the region that is shipped: 66 hospitals.
  expect(packed.length).toBeLessThan(400_000);
  const read = readCompact(gunzipSync(packed), "rehearsal-here", rheinRuhr.hospitals);
  expect(read.ok && read.value.info.source.en).toBe(
    "Driving times: straight-line estimate ±30 %, blue lights.",
  );
  expect(read.ok && read.value.compact.stepLatE3).toBe(10);
  const asked = await fetch(`${region.urlOf(centre)}/api/${vehicle}/minutes?estimate`);
  const estimated = readCompact(new Uint8Array(await asked.arrayBuffer()), anchor.house.region, placed);
  expect(estimated.ok && estimated.value.info.source.de).toContain("Schätzung Luftlinie");
});

test("[ROADS34] without a road table the page says so", async () => {
  const app = new Hono();
  const roads = { table: undefined, words: () => ({ de: "Schätzung.", en: "" }) };
  addRoadsDoor(app, { typeOf: () => "control-centre", roads, data: rheinRuhr, nowMs: () => 0 });
  const html = await (await app.request("/dispatch/here/roads")).text();
  expect(html).toContain("Diese Karte braucht eine Straßentabelle.");
  expect(html).toContain("Schätzung.");
  expect((await app.request("/api/here/roads.svg")).status).toBe(404);
});
