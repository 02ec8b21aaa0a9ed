// A closure from the command to the minutes on a board: one real control centre with a table of a drawn town.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { addRoadsDoor } from "../src/anchor/roads-door.ts";
import type { FactRef } from "../src/basics/name.ts";
import { seededRandom } from "../src/basics/random.ts";
import { encodeTable } from "../src/roads/table/file.ts";
import { isClosureVerb, runClosures } from "../src/roadworks/closure-commands.ts";
import { sha256 } from "../src/roadworks/work-folder.ts";
import type { BoardPush, MissionRow } from "../src/site/board-view.ts";
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
import { drawnTown, networkOf, originE3, tableOf } from "./support/drawn-roads.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-closures-"));
const centre = "duesseldorf";
const vehicle = "rtw-1";
let region: SmallRegion;
let anchor: Anchor;
let pushes: readonly BoardPush[] = [];
const notes: string[] = [];

beforeAll(async () => {
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
});
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
async function post(site: string, by: string, kind: string, body: object): Promise<FactRef> {
  const { answer } = await postFact(region.urlOf(centre), site, {
    request: `${kind}-1`.replace(/[./]/g, "-"),
    kind,
    by,
    body,
  });
  if (!answer.ok) throw new Error(answer.sentence.en);
  return answer.ref;
}

test("[ROADS26] [ROADS30] a closure changes minutes, is said until when, and leaves no trace after it; it raises no proposal", {
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
  const closed = await command("close", ...close, "--hours", "1");
  expect(closed.ok ? closed.value : closed.error).toContain("150 m round 51.005 N 7.005 E, unexploded bomb");
  await expect.poll(() => shown().roads, { timeout: 15_000 }).toContain("Die Fahrzeiten führen außen herum.");
  expect(shown().roads).toMatch(/^1 Straßensperrung bis \d\d:\d\d\./);
  expect(shown().mission?.arrivalMinTenths).toBeGreaterThan(before);
  expect(shown().mission?.decide).toBeNull();

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

test("[ROADS34] without a road table the page says so", async () => {
  const app = new Hono();
  const roads = { table: undefined, words: () => ({ de: "Schätzung.", en: "" }) };
  addRoadsDoor(app, { typeOf: () => "control-centre", roads, data: rheinRuhr, nowMs: () => 0 });
  const html = await (await app.request("/dispatch/here/roads")).text();
  expect(html).toContain("Diese Karte braucht eine Straßentabelle.");
  expect(html).toContain("Schätzung.");
  expect((await app.request("/api/here/roads.svg")).status).toBe(404);
});
