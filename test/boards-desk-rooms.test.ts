// Two desks of one control centre and a desk of another, each a browser of its own, before two real anchors.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { present } from "../src/basics/assert.ts";
import { type SmallRegion, setUpSmallRegion, startHere } from "./support/anchors.ts";
import { launchBrowser } from "./support/browser.ts";
import { openPanel, toolsOf } from "./support/desk-sample.ts";
import { root } from "./support/files.ts";

const timeout = 120_000;
const anchors: Anchor[] = [];
let browser: Browser | null = null;
let region: SmallRegion | null = null;

beforeAll(async () => {
  const built = spawnSync(process.execPath, [join(root, "scripts", "build-boards.ts")], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the boards were not built: ${built.stderr}`);
  browser = await launchBrowser();
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
  await browser?.close();
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
