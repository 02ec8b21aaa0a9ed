// What boards must show within seconds of an anchor's word or its silence. These have the cores to themselves
// (vitest.config.ts): what a loaded machine is late with is no fault of a board.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BoardBrowser, region } from "./support/board-page.ts";
import { calmOwn, hospitalRow, missionRow, sampleView, silentMission, word } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { sharedBrowser } from "./support/browser.ts";
import { crewMission, crewRegion, crewView, drivingTo } from "./support/crew-sample.ts";
import { CrewServer } from "./support/crew-server.ts";
import { HospitalBrowser } from "./support/hospital-board.ts";
import { hospitalView } from "./support/hospital-sample.ts";

const boards = new BoardBrowser();
const hospitals = new HospitalBrowser();
beforeAll(async () => {
  await boards.start();
  await hospitals.start();
}, 120_000);
afterEach(async () => {
  await boards.closeBoards();
  await hospitals.closeBoards();
});
afterAll(async () => {
  await boards.stop();
  await hospitals.stop();
});

const timeoutMs = 60_000;
const calm = sampleView(region, nightMs);

const row = (page: Page, hospital: string) => page.locator(`[data-hospital="${hospital}"]`);
const shapes = (page: Page) =>
  page.locator("td[data-shape]").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-shape")));
const bar = (page: Page, id: string) => page.locator(`[data-bar="${id}"]`);
const needSelect = (page: Page) => page.getByLabel("Was der Patient braucht");

/** A shape that lets somebody take a value for what holds now. */
const freshShapes = ["open", "limited", "full", "cannot", "heard", "late"];

test("[BOARD9] [BOARD11] [BOARD87] [BOARD113] [BOARD114] a push changes its row and no other, brings missions, says who leads them twice, takes them away, and says in bars how the anchor stands", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await boards.open({ view: calm });
  const before = await row(page, "neuss-lukas").innerText();
  const full = word("full", nightMs, { reason: "no-beds", source: "voice" });
  server.push({ hospitals: [hospitalRow("ukd", nightMs, { cells: { "emergency-department": full } })] });
  await row(page, "ukd").getByText("voll").waitFor({ timeout: 1_000 });
  expect(await row(page, "ukd").innerText()).toMatch(/vor <\s1\smin · S\s+keine Betten/);
  expect(await row(page, "neuss-lukas").innerText()).toBe(before);

  server.push({ missions: [missionRow(4, nightMs), silentMission(1, nightMs)] });
  await page.getByRole("heading", { name: "1 Entscheidung" }).waitFor({ timeout: 1_000 });
  expect(await page.title()).toMatch(/^\(1\) /);
  expect(await page.locator(".mission").count()).toBe(2);
  const both = { ...missionRow(4, nightMs), owners: ["duesseldorf", "wuppertal"] };
  server.push({ missions: [both] });
  const sentence =
    "Zwei Leitstellen führen diesen Einsatz: Leitstelle Düsseldorf, Leitstelle Wuppertal. Es gilt das letzte bestätigte Ziel der Besatzung.";
  await page.locator(".mission").getByText(sentence).waitFor({ timeout: 1_000 });
  server.push({ gone: [silentMission(1, nightMs).mission, missionRow(4, nightMs).mission] });
  await page.getByText("Keine laufenden Einsätze.").waitFor({ timeout: 1_000 });
  await page.getByText("Nichts zu entscheiden.").waitFor();

  expect(new Set(await shapes(page))).toContain("open");
  server.push({ own: { ...calmOwn, cutOffSinceMs: nightMs - 180_000 } });
  await bar(page, "cut-off").waitFor({ timeout: 1_000 });
  expect((await shapes(page)).filter((shape) => freshShapes.includes(shape ?? ""))).toEqual([]);
  await page.getByRole("button", { name: "Ganze Tafel zeigen" }).click();
  const words = await page.locator("td .word").allInnerTexts();
  // But of what was said by voice since then.
  const shown = new Set(words.map((text) => text.trim()));
  expect(shown).toEqual(new Set(["nicht bekannt seit 03:04", "zuletzt voll"]));

  server.push({ own: { ...calmOwn, storing: false, notHeard: true } });
  await bar(page, "not-storing").waitFor({ timeout: 1_000 });
  await bar(page, "not-heard").waitFor();
  const unusable = [
    { site: "ukd", entries: 2 },
    { site: "wuppertal", entries: 1 },
  ];
  server.push({ own: { ...calmOwn, storing: false, unusable } });
  await bar(page, "unusable-ukd")
    .getByText("2 Einträge von Uniklinik Düsseldorf kann diese Version nicht verwenden.")
    .waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await bar(page, "unusable-wuppertal").getByText("Leitstelle Wuppertal").waitFor();
  await expect.poll(() => bar(page, "unusable-ukd").innerText()).toMatch(/^2 entries/);
  server.push({ own: calmOwn });
  await bar(page, "not-storing").waitFor({ state: "detached", timeout: 1_000 });

  // [BOARD113] An anchor of another build than this page.
  expect(await bar(page, "build").count()).toBe(0);
  const { build } = server;
  server.build = "another";
  server.show(calm);
  await bar(page, "build").getByText("The anchor has a newer version").waitFor({ timeout: 1_000 });
  server.build = build;
  await bar(page, "build").getByRole("button", { name: "Reload" }).click();
  await bar(page, "build").waitFor({ state: "detached" });
  await row(page, "ukd").waitFor();
  // [BOARD114] Code that fails leaves no board that only looks alive: said once, as soon as the board has all it needs.
  const fail = () =>
    page.evaluate(() => {
      setTimeout(() => {
        throw new Error("planted");
      });
    });
  const said = page.locator("body > .bar-alarm");
  await expect.poll(() => fail().then(() => said.count()), { timeout: 20_000 }).toBe(1);
  await fail();
  expect(await said.innerText()).toMatch(/Fehler in dieser Tafel/);
});

describe("[BOARD1] an anchor that is gone", () => {
  const goneWithinMs = 5_000;

  /** Milliseconds until the bar shows; the last message is at most a second older. */
  async function barAfterMs(page: Page): Promise<number> {
    const startMs = performance.now();
    await bar(page, "gone").waitFor({ timeout: goneWithinMs + 1_000 });
    return performance.now() - startMs;
  }

  test("killed: a bar within 5 s, buttons off, every value old, ages growing, what was chosen is kept, in either language; all back when it is", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open();
    expect(await page.locator("main button:enabled").count()).toBeGreaterThan(0);
    const silentAge = row(page, "ukd").locator("td").nth(1);
    expect(await silentAge.innerText()).toMatch(/vor\s12\smin/);
    server.push({ missions: [missionRow(4, nightMs)] });
    await needSelect(page).selectOption("stroke");
    await page.getByRole("radio").first().check();
    await server.kill();
    expect(await barAfterMs(page)).toBeLessThan(goneWithinMs);
    expect(await bar(page, "gone").innerText()).toMatch(/Anker nicht erreichbar seit 03:0\d:\d\d\./);
    expect(await page.locator("main button:enabled").count()).toBe(0);
    expect((await shapes(page)).filter((shape) => freshShapes.includes(shape ?? ""))).toEqual([]);
    expect(
      await page
        .locator("[data-mark]")
        .evaluateAll((marks) => new Set(marks.map((mark) => mark.getAttribute("data-shape"))).has("open")),
    ).toBe(false);
    const clock = await page.locator(".clock").innerText();
    await expect.poll(() => page.locator(".clock").innerText(), { timeout: 3_000 }).not.toBe(clock);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText(/^Anchor out of reach since/).waitFor();
    expect(await page.getByRole("radio").first().isChecked()).toBe(true);
    expect(await page.getByLabel("What the patient needs").inputValue()).toBe("stroke");
    await server.start();
    await bar(page, "gone").waitFor({ state: "detached", timeout: 6_000 });
    expect(await page.locator("main button:enabled").count()).toBeGreaterThan(0);
    expect(new Set(await shapes(page))).toContain("open");
  });

  test("[BOARD2] mute over a half-open socket: the same, and it is found again on a new connection", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open();
    // All that comes after the first rows is there: what is timed is the board, not its loading.
    await page.locator(".desk-buttons").waitFor();
    server.isMute = true;
    server.forgetBoards();
    expect(await barAfterMs(page)).toBeLessThan(goneWithinMs);
    expect(await page.locator("main button:enabled").count()).toBe(0);
    server.isMute = false;
    await bar(page, "gone").waitFor({ state: "detached", timeout: 10_000 });
  });

  /** A crew's board on a telephone, with all its parts there. */
  async function openCrew(): Promise<{ readonly server: CrewServer; readonly page: Page }> {
    const server = new CrewServer(crewRegion, crewView(crewMission({ destination: drivingTo("ukd", 3) })));
    server.clockOffMs = nightMs - Date.now();
    await server.start();
    const context = await (await sharedBrowser()).newContext({ viewport: { width: 360, height: 740 } });
    onTestFinished(async () => {
      await context.close();
      await server.kill();
    });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.locator(".shift button").first().waitFor();
    return { server, page };
  }

  test("[BOARD28] killed before a hospital's and a crew's board: a bar within 5 s at each", {
    timeout: timeoutMs,
  }, async () => {
    const hospital = await hospitals.open({ view: hospitalView() });
    await hospital.page.locator(".requests button").first().waitFor();
    const both = [hospital, await openCrew()];
    const late = await Promise.all(
      both.map(async ({ server, page }) => {
        await server.kill();
        return barAfterMs(page);
      }),
    );
    expect(late.filter((ms) => ms >= goneWithinMs)).toEqual([]);
  });
});

/** Seconds between the last message and the wall's clock, in the drawing that first says that the anchor is gone. */
function quietWhenToldS(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const secondsIn = (selector: string) => {
          const [, hours, minutes, seconds] =
            /(\d\d):(\d\d):(\d\d)/.exec(document.querySelector(selector)?.textContent ?? "") ?? [];
          return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
        };
        const observer = new MutationObserver(() => {
          if (document.querySelector(`[data-bar="gone"]`) === null) return;
          observer.disconnect();
          resolve(secondsIn(".wall-clock") - secondsIn(".wall-as-of"));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}

test("[BOARD43] the wall says within 5 s that its anchor is gone", { timeout: timeoutMs }, async () => {
  const { page, server } = await boards.open({ view: calm, query: "?wall", widthPx: 1920, heightPx: 1080 });
  await page.locator(".wall-clock").waitFor();
  const quietS = quietWhenToldS(page);
  await server.kill();
  expect(await quietS).toBeLessThanOrEqual(5);
});
