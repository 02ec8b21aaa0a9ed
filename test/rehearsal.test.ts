// The rehearsal with real processes and its page in Chromium: a small region, so that it is soon over.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { Outcome } from "../src/rehearsal/outcome.ts";
import { readStore } from "../src/rehearsal/stores.ts";
import type { BoardView, MissionRow } from "../src/site/views/board-view.ts";
import type { BoardLink, RehearsalView } from "../src/site/views/rehearsal-view.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { root } from "./support/files.ts";
import { valueIn } from "./support/founded.ts";

/** The hospital of the night, its neighbour, and enough others to steer to, under both control centres. */
const hospitals = [
  "ukd",
  "duesseldorf-evk",
  "duesseldorf-marien",
  "ratingen-marien",
  "neuss-lukas",
  "neuss-etienne",
  "krefeld-helios",
  "wuppertal-barmen",
];
/** Where a person says something in these tests. */
const played = "duesseldorf-evk";
/** Nothing here is about time; so long a machine with other work may need. */
const patienceMs = 60_000;

const dir = mkdtempSync(join(tmpdir(), "holdfast-rehearsal-"));
let rehearsal: ChildProcess;
let browser: Browser;
let page: Page;
let address = "";
/** All that the rehearsal printed. */
let said = "";
const faults: string[] = [];

beforeAll(async () => {
  buildBoards();
  const region = smallRegion();
  const args = ["start", "--port", "0", "--dir", join(dir, "stores"), "--region", region];
  rehearsal = spawn(process.execPath, [join(root, "src", "cli.ts"), ...args], { cwd: root });
  address = await firstAddress(rehearsal);
  browser = await sharedBrowser();
  page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(patienceMs);
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(address);
  await untilUp();
}, 120_000);

afterAll(async () => {
  rehearsal.kill("SIGKILL");
  await leaveBrowser(browser);
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

function smallRegion(): string {
  const region = join(dir, "region");
  cpSync(join(root, "regions", "rhein-ruhr"), region, { recursive: true });
  const file = join(region, "hospitals.json");
  const rows = JSON.parse(readFileSync(file, "utf8")) as readonly { readonly id: string }[];
  const few = rows.filter(({ id }) => hospitals.includes(id));
  expect(few.map(({ id }) => id).sort()).toEqual([...hospitals].sort());
  writeFileSync(file, JSON.stringify(few));
  return region;
}

/** Where it does not come up, what it said itself and what the page shows say why. */
async function untilUp(): Promise<void> {
  try {
    await page.locator(`[data-night="before"]`).waitFor();
  } catch (error) {
    const shown = await page.locator("body").innerText();
    throw new Error(`the rehearsal is not up; it said: ${said}; its page: ${shown}`, { cause: error });
  }
}

/** The first that is printed is the page's. */
function firstAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      said += chunk.toString();
      const [found] = /http:\S+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("exit", () => reject(new Error(`the rehearsal ended at once: ${said}`)));
  });
}

/** What a stream of the rehearsal or of a board gives first. */
async function firstView<View>(url: string): Promise<View> {
  const aborter = new AbortController();
  const response = await fetch(url, { signal: aborter.signal });
  let text = "";
  for await (const chunk of present(response.body, "a stream").pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n\n")) break;
  }
  aborter.abort();
  const [first = ""] = text.split("\n\n");
  return (JSON.parse(first.slice("data: ".length)) as { readonly view: View }).view;
}

const rehearsalView = () => firstView<RehearsalView>(`${address}api/events`);

async function boardOf(site: string): Promise<BoardLink> {
  const { boards } = await rehearsalView();
  return present(
    boards.find((board) => board.site === site),
    "a board",
  );
}

async function api(site: string): Promise<string> {
  return new URL(`/api/${site}`, (await boardOf(site)).url).href;
}

/** As a person at that board does. */
async function write(site: string, kind: string, by: string, body: object): Promise<void> {
  const response = await fetch(`${await api(site)}/facts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ request: `person-${Math.random().toString(36).slice(2)}`, kind, by, body }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}

/** What control centres wrote of contact, as the store of this process has it now. */
function contactFactsOf(id: string) {
  const stores = join(dir, "stores");
  const copies = join(dir, "copies");
  mkdirSync(join(copies, id), { recursive: true });
  const args = ["backup", join(stores, id), join(copies, id, "store.db")];
  const copied = spawnSync(process.execPath, [join(root, "src", "cli.ts"), ...args], { encoding: "utf8" });
  expect(copied.stderr).toBe("");
  const outcome = new Outcome([valueIn(readStore(copies, id))]);
  const kinds = ["contact.lost/1", "contact.regained/1", "contact.cut-off/1"] as const;
  return kinds.flatMap((kind) => outcome.named(kind));
}

const centreView = async () => firstView<BoardView>(`${await api("duesseldorf")}/events`);
/** Nothing is wider than a telephone; afterwards the page is as wide as before. */
async function fitsTelephone(): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (before !== null) await page.setViewportSize(before);
  expect(wide).toBe(360);
}

const step = (name: string) => page.locator(`[data-step="${name}"]`);
const isDone = (name: string) => page.locator(`[data-step="${name}"][data-state="done"]`).waitFor();
const onward = (name: string) => step(name).locator(".main-button").click();
const process_ = (id: string) => page.locator(`[data-process="${id}"]`);

/** Steers the first mission that waits for a decision to its first proposal, as the board does. */
async function steer(): Promise<void> {
  const { missions } = await centreView();
  const row = present(
    missions.find(({ decide }) => decide?.cause === "destination-silent"),
    "a mission waits",
  );
  // Its people answer: a person plays the neighbour.
  const others = present(row.decide, "a decision").lines.filter((line) => line.hospital !== played);
  const { hospital } = present(others[0], "a proposal");
  await write("duesseldorf", "mission.steered/1", "dispatcher#100", bodyOf(row, hospital));
}

function bodyOf({ ref, centreOver }: MissionRow, hospital: string): object {
  return { mission: ref, hospital, over: centreOver };
}

async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations)",
  )) as readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

// One rehearsal from its first to its last line: each test goes on where the one before it stopped.
describe("the rehearsal and its page", { timeout: 150_000, retry: 0 }, () => {
  test("every board is one tap away, in the language of the page, and says that it is a rehearsal", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("Read the board").waitFor();
    const board = await boardOf(played);
    await page.getByText("Hospitals (8)").click();
    const [opened] = await Promise.all([
      page.context().waitForEvent("page"),
      page.locator(`.board-list [data-board="${board.site}"]`).click(),
    ]);
    await opened.getByText("REHEARSAL").first().waitFor();
    expect(opened.url()).toBe(`${board.url}?lang=en`);
    await opened.close();
    await page.getByRole("button", { name: "Deutsch" }).click();
    expect(await page.locator(".rehearsal").innerText()).toBe("ÜBUNG");
    expect(await violations()).toEqual([]);
    await fitsTelephone();
  });

  test("[REHEARSAL3] the page says which site a person plays; the script's own words are nobody's", async () => {
    expect((await rehearsalView()).persons).toEqual([]);
    await write(played, "hospital.status/1", "nurse#100", {
      capability: "ct",
      state: "full",
      over: [],
    });
    await page.locator(`[data-person="${played}"]`).waitFor();
    expect((await rehearsalView()).persons.map(({ site }) => site)).toEqual([played]);
  });

  test("[REHEARSAL6] five steps, each noticed on the board, and the night waits for them", async () => {
    expect((await rehearsalView()).night.nextMs).toBeNull();
    const board = await browser.newPage();
    await board.goto((await boardOf("duesseldorf")).url);
    await isDone("read");
    await board.close();
    expect((await rehearsalView()).night.stage).toBe("before");
    await onward("read");
    await isDone("silent");
    await process_("night").locator(`[data-heard-by="duesseldorf"] [data-heard="no"]`).waitFor();
    expect(await process_("night").getAttribute("data-state")).toBe("killed");
    await fitsTelephone();
    await onward("silent");
    await steer();
    await isDone("steer");
    await onward("steer");
    await isDone("answer");
    expect((await rehearsalView()).night).toMatchObject({ stage: "silent", nextMs: null });
    await onward("answer");
    await isDone("back");
    await onward("back");
    await expect.poll(async () => (await rehearsalView()).walkAt).toBeNull();
    expect(await violations()).toEqual([]);
  });

  test("[REHEARSAL2] a killed hospital comes back with its disk: its last word shows with its age", async () => {
    const { hospitals: before } = await centreView();
    const cells = (rows: BoardView["hospitals"]) =>
      Object.entries(rows.find(({ hospital }) => hospital === played)?.cells ?? {}).map(
        ([capability, cell]) => [capability, cell.state, Math.round(cell.saidMs / 1_000)],
      );
    await process_("neighbour").locator(`[data-deed="kill"]`).click();
    await process_("neighbour").locator(`[data-heard-by="wuppertal"] [data-heard="no"]`).waitFor();
    await process_("neighbour").locator(`[data-deed="start"]`).click();
    await process_("neighbour").locator(`[data-heard-by="wuppertal"] [data-heard="yes"]`).waitFor();
    await process_("neighbour").locator(`[data-heard-by="duesseldorf"] [data-heard="yes"]`).waitFor();
    expect(cells((await centreView()).hospitals)).toEqual(cells(before));
    expect(cells(before)).toContainEqual(["ct", "full", expect.any(Number)]);
  });

  test("[CONTACT4] a way stands still and flows again; a centre frozen until others find it silent accuses nobody", async () => {
    const way = page.locator(`[data-way="neighbour~wuppertal"]`);
    await way.locator(`[data-standing="from-first"]`).click();
    await page.locator(`[data-way="neighbour~wuppertal"][data-standing="from-first"]`).waitFor();
    await fitsTelephone();
    await way.locator(".main-button").click();
    await page.locator(`[data-way="neighbour~wuppertal"][data-standing="free"]`).waitFor();
    const frozenMs = Date.now();
    await process_("wuppertal").locator(`[data-deed="freeze"]`).click();
    await process_("wuppertal").locator(`[data-heard-by="duesseldorf"] [data-heard="no"]`).waitFor();
    await process_("wuppertal").locator(`[data-deed="thaw"]`).click();
    await process_("wuppertal").locator(`[data-heard-by="duesseldorf"] [data-heard="yes"]`).waitFor();
    const since = contactFactsOf("wuppertal").filter(({ fact }) => fact.at >= frozenMs);
    // Who slept so long wrote nothing of anybody's contact; the other centre did, of the sleeper.
    expect(since.filter(({ stored }) => stored.site === "wuppertal")).toEqual([]);
    const ofSleeper = since.filter(({ stored, fact }) => stored.site === "duesseldorf" && "site" in fact);
    expect(new Set(ofSleeper.map(({ fact }) => "site" in fact && fact.site))).toEqual(new Set(["wuppertal"]));
  });

  test("[REHEARSAL7] a hospital's people fall silent and come back while its box is heard", async () => {
    await page.locator(`[aria-labelledby="people"] select`).selectOption("neuss-lukas");
    await page.getByRole("button", { name: "Ihre Menschen verstummen" }).click();
    await page.locator(`[data-silent="neuss-lukas"]`).waitFor();
    const { hospitals: rows } = await centreView();
    expect(rows.find(({ hospital }) => hospital === "neuss-lukas")?.contact.verdict).toBe("heard");
    await page.locator(`[data-silent="neuss-lukas"] button`).click();
    await page.locator(`[data-silent="neuss-lukas"]`).waitFor({ state: "detached" });
  });

  test("[REHEARSAL2] started over, stores are empty, addresses the same, and an open lives as long as was asked", async () => {
    const { boards } = await rehearsalView();
    await page.getByRole("button", { name: "Die Nacht von vorn beginnen" }).click();
    await page.getByLabel("Ein „offen“ gilt").selectOption("5");
    await page.getByRole("button", { name: "Ja, von vorn beginnen" }).click();
    await page.locator(`[data-step="read"][data-state="open"]`).waitFor();
    await page.locator(`[data-notice="done"]`).waitFor();
    const view = await rehearsalView();
    expect(view.boards.map(({ url }) => url)).toEqual(boards.map(({ url }) => url));
    expect(view).toMatchObject({ phase: "running", walkAt: "read", openLivesMin: 5, persons: [] });
    expect(view.processes.every(({ state }) => state === "running")).toBe(true);
    const spoken = async () => {
      const row = (await centreView()).hospitals.find(({ hospital }) => hospital === "duesseldorf-marien");
      return row?.cells["emergency-department"];
    };
    await expect.poll(spoken, { timeout: patienceMs }).toBeDefined();
    const { saidMs, untilMs } = present(await spoken(), "a word");
    expect(Math.round(((untilMs ?? 0) - saidMs) / 60_000)).toBe(5);
  });

  test("[REHEARSAL5] who has the page open sees within 5 s that the rehearsal has ended", async () => {
    const ended = new Promise((resolve) => rehearsal.once("exit", resolve));
    rehearsal.kill("SIGINT");
    expect(await ended).toBe(0);
    await page.locator(`[data-bar="gone"]`).waitFor({ timeout: 5_000 });
    expect(await page.locator("main button:enabled").count()).toBe(0);
    expect(await violations()).toEqual([]);
    expect(faults).toEqual([]);
  });
});
