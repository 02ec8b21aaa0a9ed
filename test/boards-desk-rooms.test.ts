// Two desks of one control centre and a desk of another, each a browser of its own, before two real anchors.

import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { systemClock } from "../src/anchor/clock.ts";
import { readConfig } from "../src/anchor/config.ts";
import { endNeighbour, exportCharter, nameNeighbour } from "../src/anchor/keys/authority.ts";
import { runStoreCommand } from "../src/anchor/store-commands.ts";
import { present } from "../src/basics/assert.ts";
import type { Result } from "../src/basics/result.ts";
import type { BoardNeighbours } from "../src/site/views/neighbour-view.ts";
import {
  changeConfig,
  postFact,
  regionData,
  type SmallRegion,
  setUpSmallRegion,
  smallPlan,
  startHere,
} from "./support/anchors.ts";
import { centreRows, violations } from "./support/axe.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { openPanel, toolsOf } from "./support/desk-sample.ts";
import { valueIn } from "./support/founded.ts";

const timeout = 120_000;
const anchors: Anchor[] = [];
let browser: Browser | null = null;
let region: SmallRegion | null = null;

beforeAll(async () => {
  buildBoards();
  browser = await sharedBrowser();
  region = await setUpSmallRegion();
  for (const centre of ["duesseldorf", "wuppertal"]) {
    const anchor = await startHere(region.dirOf(centre));
    if (typeof anchor === "string") throw new Error(anchor);
    anchors.push(anchor);
  }
}, timeout);
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});
afterAll(async () => {
  await leaveBrowser(browser);
  for (const anchor of anchors) await anchor.stop();
  if (region !== null) rmSync(region.dir, { recursive: true });
}, timeout);

/** A desk with a browser of its own. */
async function deskAt(centre: string, query = ""): Promise<Page> {
  const context = await present(browser, "a browser").newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(`${present(region, "a region").urlOf(centre)}/dispatch/${centre}${query}`);
  await toolsOf(page);
  return page;
}

async function signIn(page: Page, name: string): Promise<void> {
  await openPanel(page, "shift");
  await page.locator(".panel .field").fill(name);
  await page.locator(".panel .main-button").click();
  await page.locator(`[data-panel-button="shift"]`).getByText(name).waitFor();
}

/** The task of having a hospital's states confirmed, in the hand-over of a desk. */
const task = (page: Page) => page.locator(`.handover [data-task="confirm:ukd"]`);

async function takeConfirming(page: Page): Promise<void> {
  await page.locator(`[data-hospital="ukd"] td[data-capability]`).first().click();
  await page
    .locator(".cell-note")
    .getByRole("button", { name: /^(Übernehmen|Selbst übernehmen|Take)/ })
    .click();
}

test("[BOARD62] a task taken at one desk is seen at the others: by name at this centre, by number at another; taken over and released", {
  timeout,
}, async () => {
  const kim = await deskAt("duesseldorf");
  const sascha = await deskAt("duesseldorf", "?lang=en");
  const other = await deskAt("wuppertal");
  await signIn(kim, "Kim");
  await signIn(sascha, "Sascha");
  await openPanel(other, "shift");
  await takeConfirming(kim);
  await task(kim)
    .getByText(/^bei mir seit /)
    .waitFor();
  await task(sascha)
    .getByText(/^with Kim \(since /)
    .waitFor();
  await task(other)
    .getByText(/^bei duesseldorf, Disposition 100 \(seit /)
    .waitFor();
  expect(await other.locator("body").innerText()).not.toContain("Kim");

  await task(sascha)
    .getByRole("button", { name: /^Take it myself/ })
    .click();
  await task(sascha)
    .getByText(/^mine since /)
    .waitFor();
  await task(kim)
    .getByText(/^bei Sascha \(seit /)
    .waitFor();
  await task(other)
    .getByText(/Disposition 101/)
    .waitFor();

  await task(sascha)
    .getByRole("button", { name: /^Release/ })
    .click();
  for (const desk of [kim, sascha, other]) await task(desk).waitFor({ state: "detached" });
});

test("[BOARD62] [BOARD60] a voice report taken down at one desk stands at the other centre's too, and can be taken back", {
  timeout,
}, async () => {
  const here = await deskAt("duesseldorf");
  const there = await deskAt("wuppertal", "?lang=en");
  await openPanel(there, "voice");
  await here.locator(`[data-hospital="ukd"] td[data-capability="emergency-department"]`).click();
  await here.locator(".cell-note").getByRole("button", { name: "Sprechmeldung eintragen" }).click();
  const form = here.locator(".report");
  await form.getByText("Bisher sagt niemand etwas.").waitFor();
  await form.getByLabel("voll", { exact: true }).check();
  await form.getByLabel("Anmeldung", { exact: true }).check();
  await form.getByLabel("nein", { exact: true }).check();
  await form.getByRole("button", { name: "Prüfen" }).click();
  await here.getByRole("button", { name: /^Bestätigen: .*, Notaufnahme voll$/ }).click();
  const back = here.getByRole("button", { name: /^Zurücknehmen/ });
  await back.waitFor();
  await there
    .locator(".voices")
    .getByText(/Uniklinik Düsseldorf: .* full/i)
    .waitFor();
  await back.click();
  await here.getByText("Keine Sprechmeldung in Kraft.").waitFor();
  await there.getByText("No voice report in force.").waitFor();
  await there
    .locator(`[data-hospital="ukd"]`)
    .getByText(/last word taken back/)
    .waitFor();
});

const beside = "rehearsal-beside";

/** A stick from another region, whose hospital of the name ours has too is full; its authority's key. */
async function theirStick(): Promise<{
  readonly file: string;
  readonly vkey: string;
  readonly end: () => void;
}> {
  const theirs = await setUpSmallRegion({ ...smallPlan, region: beside });
  const hospital = await startHere(theirs.dirOf("ukd"));
  if (typeof hospital === "string") throw new Error(hospital);
  const body = { capability: "emergency-department", state: "full", over: [] };
  await postFact(theirs.urlOf("ukd"), "ukd", { request: "request-1", body });
  const file = join(theirs.dir, "stick");
  valueIn(await runStoreCommand("carry", ["out", theirs.dirOf("ukd"), file]));
  await hospital.stop();
  const vkey = valueIn(readConfig(theirs.dirOf("ukd"))).authority;
  return { file, vkey, end: () => rmSync(theirs.dir, { recursive: true }) };
}

test("[BOARD99] another region that the charter names is on the board by its name, to read only, beside ours and as old as it is", {
  timeout,
}, async () => {
  const ours = present(region, "a region");
  const dir = ours.dirOf("duesseldorf");
  const stick = await theirStick();
  const sayInCharter = async (say: (desk: string) => Result<undefined, string>) => {
    const file = join(ours.dir, "charter-now");
    valueIn(say(join(ours.dir, "authority")));
    valueIn(exportCharter(join(ours.dir, "authority"), file, systemClock));
    valueIn(await runStoreCommand("carry", ["in", dir, file]));
  };
  const page = await deskAt("duesseldorf");
  const part = page.locator(".neighbours");
  const line = part.locator("[data-neighbour=ukd]");
  expect(await runStoreCommand("carry", ["in", dir, stick.file])).toMatchObject({
    error: expect.stringMatching(`of the region ${beside}; this is rehearsal-small`),
  });
  expect(await part.count()).toBe(0);
  await sayInCharter((desk) => nameNeighbour(desk, stick.vkey, systemClock));
  await part.getByText("Von dort ist noch nichts hier.").waitFor();

  valueIn(await runStoreCommand("carry", ["in", dir, stick.file]));
  await page.reload();
  await line.getByText(/zuletzt voll/).waitFor();
  await part.getByText(/^Jüngstes Wort von dort: vor (<\s1|[12])\smin\.$/).waitFor();
  expect(await line.locator("th").innerText()).toMatch(/ukd\s+Small \(rehearsal-beside\)/);
  expect(await part.locator("button, input, select").count()).toBe(0);
  expect(
    await page.locator("[data-hospital=ukd] td[data-capability=emergency-department]").innerText(),
  ).toMatch(/unbestätigt/);
  expect(await violations(page, centreRows)).toEqual([]);

  // After a restart it is there, by the names of its own files, and our device goes on in its own log.
  changeConfig(dir, () => ({ neighbours: { [beside]: { regionData } } }));
  const at = anchors.findIndex(({ house }) => house.hosted.has("duesseldorf/box"));
  const before = present(anchors[at], "our centre");
  const origins = [...before.house.hosted.values()].map(({ origin }) => origin);
  await before.stop();
  const again = await startHere(dir);
  if (typeof again === "string") throw new Error(again);
  anchors[at] = again;
  expect([...again.house.hosted.values()].map(({ origin }) => origin)).toEqual(origins);
  await sayInCharter((desk) => endNeighbour(desk, beside, systemClock));
  await page.goto(`${ours.urlOf("duesseldorf")}/dispatch/duesseldorf?lang=en`);
  await line.getByText("Uniklinik Düsseldorf").waitFor();
  await part.getByText("Our authority has ended this: nothing new comes.").waitFor();
  await line.getByText(/last full/).waitFor();
  expect(await runStoreCommand("carry", ["in", dir, stick.file])).toMatchObject({
    error: expect.stringMatching("nothing new of it is taken"),
  });
  const door = (centre: string) => fetch(`${ours.urlOf("duesseldorf")}/api/${centre}/neighbours`);
  expect((await door("ukd")).status).toBe(404);
  const told = (await (await door("duesseldorf")).json()) as BoardNeighbours;
  expect(told.regions.map(({ region: id, ended, hospitals }) => [id, ended, hospitals.length])).toEqual([
    [beside, true, 2],
  ]);
  expect(await part.locator("h3").innerText()).toBe(`Rhein-Ruhr (${beside})`);
  stick.end();
});
