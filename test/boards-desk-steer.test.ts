// Another destination at the control centre's board: any mission, any hospital, and everything unusual in the words
// that are confirmed.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { doubtsOf } from "../src/boards/dispatch/desk/doubts.ts";
import { placesFor } from "../src/boards/dispatch/desk/place-finder.tsx";
import type { AdviceRow, NamedRow, WhereTo } from "../src/site/views/board-view.ts";
import { BoardBrowser, region } from "./support/board-page.ts";
import {
  answeredStep,
  hospitalRow,
  missionRow,
  readyAnswer,
  silent,
  silentMission,
  strokeLines,
  word,
} from "./support/board-sample.ts";
import { nightMs, sampleSight } from "./support/board-sight.ts";
import { deskView, openPanel, tabTo, toolsOf } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const minuteMs = 60_000;
const card = (page: Page) => page.locator("article[data-mission]").first();
const confirmed = (page: Page) => page.locator(".confirm").innerText();

/** The first line is a silent hospital, whose stroke unit was open when it was last heard. */
const hospitals = [
  hospitalRow("neuss-lukas", nightMs, { contact: silent(nightMs - 3 * minuteMs) }),
  hospitalRow("krefeld-helios", nightMs, {
    contact: { ...silent(0), verdict: "heard", lastHeardMs: null, via: "wuppertal" },
    cells: {
      ...hospitalRow("krefeld-helios", nightMs).cells,
      "emergency-department": word("full", nightMs - 25 * minuteMs, { reason: "no-beds" }),
    },
  }),
  hospitalRow("solingen-klinikum", nightMs),
];
const forced = { ...silentMission(1, nightMs), decide: decide(true) };

function decide(isForced: boolean) {
  return {
    ...{ cause: "destination-silent" as const, sinceMs: nightMs - 90_000, call: false, forced: isForced },
    policy: "rhein-ruhr-3",
    lines: strokeLines,
  };
}

const named: NamedRow = {
  ...{
    hospital: "hilden-josefs",
    driveMinTenths: 120,
    totalMinTenths: 120,
    answerWithinS: 60,
    excluded: true,
  },
  text: {
    de: "Hilden Josefs 12 min (Stroke Unit nicht vorhanden)",
    en: "Hilden Josefs 12 min (stroke unit not available)",
  },
};

test("[BOARD80] what is confirmed says that the hospital is silent, unconfirmed, full, our path broken, the choice forced", {
  timeout,
}, async () => {
  const view = deskView({}, { hospitals, missions: [forced] });
  for (const [query, select, silentWords, pathWords, keepWords] of [
    [
      "",
      "Auswählen und bestätigen",
      /neues Ziel Neuss Lukas[\s\S]*Zu wissen, Neuss Lukas:\s+schweigt seit 03:04\s+Notaufnahme zuletzt offen[\s\S]*Stroke Unit zuletzt offen, vor\s12\smin · K[\s\S]*Kein geeignetes Haus frei/,
      /unser Weg ist gestört, Leitstelle Wuppertal hört es\s+Notaufnahme voll, vor\s25\smin · K, keine Betten/,
      /bleibt beim Ziel Uniklinik Düsseldorf[\s\S]*noch nicht gehört/,
    ],
    [
      "?lang=en",
      "Select and confirm",
      /To know, Neuss Lukas:\s+silent since 03:04\s+Emergency department|To know, Neuss Lukas:\s+silent since 03:04\s+emergency department last open/,
      /our path is broken, Leitstelle Wuppertal hears it\s+emergency department full/,
      /Uniklinik Düsseldorf[\s\S]*not yet heard/,
    ],
  ] as const) {
    const { page, server } = await boards.open({ view, query });
    await toolsOf(page);
    // The sign before the line says it too, before anybody reads.
    expect(await card(page).locator("label.line .mark").count()).toBe(3);
    await card(page).getByRole("radio").nth(0).check();
    await page.getByRole("button", { name: select }).click();
    expect(await confirmed(page)).toMatch(silentWords);
    await page.keyboard.press("Escape");
    await card(page).getByRole("radio").nth(1).check();
    await page.getByRole("button", { name: select }).click();
    expect(await confirmed(page)).toMatch(pathWords);
    // It changes while somebody reads: so do the words.
    server.push({ hospitals: [hospitalRow("krefeld-helios", nightMs)] });
    await page.locator(".doubts").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await card(page).locator(".keep summary").click();
    await card(page).locator(".keep select").selectOption("at-the-door");
    await card(page).locator(".keep form button").click();
    expect(await confirmed(page)).toMatch(keepWords);
    expect(server.posts).toEqual([]);
  }
});

test("[BOARD80] of alternatives the best counts; who declined this patient, and what is missing, is said", () => {
  const sight = sampleSight();
  const answered = {
    ...answeredStep,
    hospital: "ukd",
    answer: "cannot",
    reason: null,
    answeredMs: nightMs,
  } as const;
  const shapes = (
    hospital: string,
    need: "stroke" | "aortic-emergency",
    request = missionRow(1, 0).request,
  ) =>
    doubtsOf(
      hospital,
      { need, request },
      {
        ...sight,
        room: { ...sight.room, hospitals: new Map([["ukd", hospitalRow("ukd", nightMs)]]) },
      },
    ).map(({ shape }) => shape);
  expect(shapes("ukd", "stroke")).toEqual([]);
  expect(shapes("ukd", "stroke", answered)).toEqual(["cannot"]);
  // Vascular surgery is open, cardiac surgery only limited: one of the two is enough.
  expect(shapes("ukd", "aortic-emergency")).not.toContain("limited");
  expect(shapes("hilden-josefs", "stroke").length).toBeGreaterThan(0);
});

test("[BOARD81] [BOARD109] any other hospital is found by its name, with the reason why it was not offered; by force somebody with a name chooses, and says why", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view: deskView({}, { hospitals, missions: [forced] }) });
  await toolsOf(page);
  const asked: string[] = [];
  server.whereTo = (query) => {
    asked.push(query.toString());
    return { lines: strokeLines, forced: true, spoken: null, named };
  };
  await page.getByText("Ein anderes Haus suchen").click();
  await page.locator(".finder input").fill("hilden");
  await page
    .locator(".finder")
    .getByRole("button", { name: /Hilden/ })
    .click();
  await card(page).getByText("Nicht vorgeschlagen, weil ungeeignet:").waitFor();
  expect(asked[0]).toBe(
    new URLSearchParams({ mission: forced.mission, hospital: "hilden-josefs" }).toString(),
  );
  expect(await card(page).getByRole("radio").nth(3).isChecked()).toBe(true);
  await page.getByRole("button", { name: "Auswählen und bestätigen" }).click();
  expect(await confirmed(page)).toMatch(
    /Nicht vorgeschlagen, weil ungeeignet: Hilden Josefs 12 min \(Stroke Unit nicht vorhanden\)/,
  );
  const confirm = page.getByRole("button", { name: /^Bestätigen: nach / });
  expect(await confirmed(page)).toContain("Eine Zwangsbelegung wählt jemand mit Namen.");
  await page.locator(".confirm").getByLabel("nach der Reihe").check();
  expect(await confirm.isDisabled()).toBe(true);
  await page.locator(".confirm").getByRole("button", { name: "Schicht beginnen" }).click();
  await page.locator("[data-panel=shift]").getByLabel("Name").fill("Kim");
  await page.locator("[data-panel=shift]").getByRole("button", { name: "Schicht beginnen" }).click();
  await expect.poll(() => confirm.isDisabled()).toBe(false);
  expect(await confirmed(page)).not.toContain("mit Namen");
  await confirm.click();
  await expect.poll(() => server.posts.length).toBe(2);
  expect(server.posts).toMatchObject([
    {
      kind: "mission.steered/1",
      by: "dispatcher#104",
      body: { hospital: "hilden-josefs", forced: "its-turn" },
    },
    { kind: "mission.asked/1", body: { hospital: "hilden-josefs" } },
  ]);
  // What became of it, and whose task it is to tell the hospital: in both languages, for all to see.
  const standing = {
    ...{
      hospital: "hilden-josefs",
      reason: "its-turn" as const,
      centre: "duesseldorf",
      by: "dispatcher#104",
    },
    saidMs: nightMs,
  };
  const { decide: _decided, ...running } = forced;
  const told = { ...running, decide: null, forced: { ...standing, call: { centre: "wuppertal", tries: 0 } } };
  server.push({ missions: [told] });
  const call = page.locator("[data-forced]");
  await expect
    .poll(() => call.innerText())
    .toMatch(
      /Hilden Josefs anrufen: Zwangsbelegung ansagen[\s\S]*Zwangsbelegung Hilden Josefs: nach der Reihe\. Gewählt von Kim, 03:07\.[\s\S]*Aufgabe von Leitstelle Wuppertal/,
    );
  expect(await page.locator("li[data-mission]").first().innerText()).toContain(
    "Zwangsbelegung Hilden Josefs",
  );
  await page.getByRole("button", { name: "English" }).click();
  await expect
    .poll(() => call.innerText())
    .toMatch(/call Hilden Josefs: tell them of the forced assignment[\s\S]*its turn\. Chosen by Kim, 03:07/);
  await call.getByRole("button", { name: "radio" }).click();
  await expect
    .poll(() => server.posts.at(-1))
    .toMatchObject({
      kind: "mission.called/1",
      body: { hospital: "hilden-josefs", channel: "radio", reached: true },
    });
});

test("[BOARD81] a mission that waits for no decision is steered in the same way, by keyboard alone; one that has arrived is not", {
  timeout,
}, async () => {
  const runs = missionRow(2, nightMs);
  const there = missionRow(3, nightMs, { step: "arrived" });
  const { page, server, faults } = await boards.open({
    view: deskView({}, { hospitals, missions: [runs, there] }),
    query: "?lang=en",
  });
  await toolsOf(page);
  expect(await page.getByRole("button", { name: /^Other destination/ }).count()).toBe(1);
  let answer: WhereTo | null = null;
  server.whereTo = () => answer;
  await tabTo(page, ".mission-tools button:has-text('Other destination')");
  await page.keyboard.press("Enter");
  await page.getByText("Proposals cannot be loaded. Trying again.").waitFor();
  answer = { lines: strokeLines.slice(0, 2) satisfies AdviceRow[], forced: false, spoken: null, named: null };
  await page.locator(".mission-tools input[type=radio]").first().waitFor();
  await tabTo(page, ".mission-tools input[type=radio]");
  await page.keyboard.press("Space");
  await tabTo(page, ".mission-tools .main-button");
  await page.keyboard.press("Enter");
  await page.locator(".confirm:focus").waitFor();
  expect(await confirmed(page)).toMatch(
    /new destination Neuss Lukas instead of Uniklinik[\s\S]*silent since 03:04/,
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => server.posts.length).toBe(2);
  expect(server.posts).toMatchObject([
    {
      kind: "mission.steered/1",
      body: { mission: runs.ref, hospital: "neuss-lukas", over: runs.centreOver },
    },
    { kind: "mission.asked/1", body: { hospital: "neuss-lukas" } },
  ]);
  expect(faults).toEqual([]);
});

test("[BOARD107] a spoken answer is none to another hospital that was asked meanwhile; an acceptance is withdrawn by voice", {
  timeout,
}, async () => {
  const ready = readyAnswer("ukd", nightMs);
  const row = missionRow(2, nightMs, { request: ready });
  const { page, server } = await boards.open({ view: deskView({}, { missions: [row] }) });
  await toolsOf(page);
  const tools = page.locator(".missions .mission-tools");
  await tools.getByRole("button", { name: /^Antwort mündlich/ }).click();
  await tools.getByText("Antwort von Uniklinik Düsseldorf, mündlich").waitFor();
  await tools.getByText("Bisher: nimmt an, 03:07.").waitFor();
  await tools.getByLabel("kann nicht annehmen", { exact: true }).check();
  await tools.getByLabel("Telefonzentrale", { exact: true }).check();
  const asked = [row.ref[0], 95] as const;
  server.push({ missions: [{ ...row, request: { ...ready, asked, hospital: "neuss-lukas" } }] });
  await tools.getByText("Die Anfrage an Uniklinik Düsseldorf läuft nicht mehr").waitFor();
  expect(await tools.getByRole("button", { name: "Prüfen" }).isDisabled()).toBe(true);
  expect(await tools.getByLabel("kann nicht annehmen", { exact: true }).isChecked()).toBe(true);
  server.push({ missions: [row] });
  await tools.getByRole("button", { name: "Prüfen" }).click();
  await tools.getByRole("button", { name: "Bestätigen: Uniklinik Düsseldorf kann nicht annehmen" }).click();
  const body = { asked: ready.asked, answer: "cannot", answeredBy: "switchboard" };
  await expect.poll(() => server.posts.at(-1)).toMatchObject({ kind: "mission.answer-spoken/1", body });
});

test("[BOARD82] a crew at a silent hospital's door, decided or not: somebody is called, until somebody was reached", {
  timeout,
}, async () => {
  const door = { hospital: "ukd", silentSinceMs: nightMs - 3 * minuteMs, arrived: true, tries: 0 };
  const there = missionRow(3, nightMs, { step: "arrived", urgency: 3, door });
  const { page, server } = await boards.open({
    view: deskView({}, { hospitals, missions: [silentMission(1, nightMs), there] }),
  });
  await toolsOf(page);
  const rings = () => page.evaluate(() => document.documentElement.dataset["rings"]);
  await expect.poll(rings).toBe("true");
  await page.getByRole("heading", { name: "1 Entscheidung, 1 Anruf" }).waitFor();
  expect(await page.title()).toMatch(/^\(2\)/);
  const calls = page.locator("[data-door]");
  // Who stands before the door comes first, however urgent others are.
  expect(await page.locator(".cards article").first().getAttribute("data-door")).toBe(there.vehicle);
  expect(await calls.innerText()).toMatch(
    /RTW Düsseldorf 3\s+steht vor Uniklinik Düsseldorf, schweigt seit 03:04[\s\S]*Sofort anrufen\s+Uniklinik Düsseldorf: 0221 4710 \d{3} · Funkgruppe Übung 1\s+Jemand dort soll an die Tür kommen[\s\S]*Krankenhaus anrufen:\s+noch niemand/,
  );
  await calls.getByRole("button", { name: /^Übernehmen/ }).click();
  await calls.getByRole("button", { name: "niemand erreicht" }).click();
  await expect.poll(() => server.posts.length).toBe(2);
  server.push({ missions: [{ ...there, door: { ...door, tries: 1, lastTryMs: nightMs } }] });
  await calls.getByText("1-mal vergeblich, 03:07").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await expect
    .poll(() => calls.innerText())
    .toMatch(/at the door of Uniklinik Düsseldorf, silent since 03:04[\s\S]*tried once in vain, 03:07/);
  await calls.getByRole("button", { name: "radio" }).click();
  await expect.poll(() => server.posts.length).toBe(3);
  const call = { mission: there.ref, hospital: "ukd" };
  expect(server.posts).toMatchObject([
    { kind: "task.taken/1", body: { task: `call:${there.mission}` } },
    { kind: "mission.called/1", body: { ...call, channel: "telephone", reached: false } },
    { kind: "mission.called/1", body: { ...call, channel: "radio", reached: true } },
  ]);
  await page.mouse.move(1, 1);
  server.push({ missions: [missionRow(3, nightMs, { step: "arrived" })] });
  await page.getByRole("heading", { name: "1 decision" }).waitFor();
});

test("[BOARD83] [SCENE3] Where to? gives the lines of advice for a need at a town, by keyboard; a mission can be opened from it", {
  timeout,
}, async () => {
  const { page, server, faults } = await boards.open({
    view: deskView({}, { hospitals, missions: [missionRow(1, nightMs)] }),
  });
  await toolsOf(page);
  const asked: string[] = [];
  server.whereTo = (query) => {
    asked.push(query.toString());
    const readOut = { de: "Neuss Lukas, vierzehn Minuten.", en: "Neuss Lukas, fourteen minutes." };
    return { lines: strokeLines, forced: false, spoken: { readOut, policy: "rhein-ruhr-3" }, named: null };
  };
  await openPanel(page, "where-to");
  const panel = page.locator(`[data-panel="where-to"]`);
  await panel.getByText("Bedarf und Ort wählen").waitFor();
  await tabTo(page, `[data-panel="where-to"] select`);
  await page.keyboard.type("Schlag");
  await tabTo(page, `[data-panel="where-to"] input`);
  await page.keyboard.type("hilden");
  await page.keyboard.press("Enter");
  await panel.getByRole("heading", { name: "Schlaganfall, Hilden" }).waitFor();
  const town = region.towns.find(({ name }) => name === "Hilden");
  const question = `need=stroke&latE3=${town?.latE3}&lonE3=${town?.lonE3}`;
  expect(asked).toEqual([question]);
  await panel.getByLabel("Hubschrauber, Tag und Wetter lassen es zu").check();
  await expect.poll(() => asked.at(-1)).toBe(`${question}&flown=yes`);
  await panel.getByLabel("Hubschrauber, Tag und Wetter lassen es zu").uncheck();
  await panel.getByRole("heading", { name: "Schlaganfall, Hilden" }).waitFor();
  expect(await panel.locator(".read-out li").allInnerTexts()).toEqual(
    strokeLines.map(({ text }) => expect.stringContaining(text.de)),
  );
  expect(await panel.innerText()).toMatch(
    /Vorlesen: \S*Neuss Lukas, vierzehn Minuten\.[\s\S]* nach der Regel rhein-ruhr-3\./,
  );
  expect(await panel.locator(".doubts").innerText()).toMatch(/Zu wissen, Neuss Lukas:\s+schweigt seit 03:04/);
  expect(server.posts).toEqual([]);
  await panel.getByRole("button", { name: "Einsatz eröffnen" }).click();
  const vehicles = panel.getByLabel("Fahrzeug");
  // RTW 1 drives already.
  expect(await vehicles.locator("option").allInnerTexts()).toEqual([
    "bitte wählen",
    ...[2, 3, 4, 5].map((n) => `RTW Düsseldorf ${n}`),
  ]);
  await panel.getByText("Massenanfall: nicht mit Holdfast. Es gilt: MANV-Konzept der Leitstelle").waitFor();
  await panel.getByRole("button", { name: "Prüfen" }).click();
  await panel.getByText("Es fehlt: Fahrzeug, Dringlichkeit oder Alter.").waitFor();
  await vehicles.selectOption({ label: "RTW Düsseldorf 2" });
  await panel.getByLabel("PZC").fill("421 68 1");
  await panel.getByText("Schlaganfall, 65–79 Jahre, Lebensgefahr").waitFor();
  await vehicles.selectOption({ label: "RTW Düsseldorf 2" });
  expect(await panel.getByLabel("Lebensgefahr").isChecked()).toBe(true);
  await panel.getByLabel("mit Notarzt").check();
  await panel.getByLabel("Reanimation").check();
  // The proposals beside the form are for whom it speaks of.
  await expect.poll(() => asked.at(-1)).toBe(`${question}&urgency=1&age=65-79&flags=doctor%2Ccpr`);
  // A transfer begins at its hospital, not at the place that was asked about, and is of no scene.
  await panel.getByLabel("Verlegung von").selectOption({ label: "Uniklinik Düsseldorf" });
  const sender = region.hospitals.find(({ hospital }) => hospital === "ukd");
  await expect
    .poll(() => asked.at(-1))
    .toBe(
      `need=stroke&latE3=${sender?.latE3}&lonE3=${sender?.lonE3}&from=ukd&urgency=1&age=65-79&flags=doctor`,
    );
  await panel.getByRole("heading", { name: "Schlaganfall, Uniklinik Düsseldorf" }).waitFor();
  expect(await panel.getByLabel("Gleiche Einsatzstelle wie").count()).toBe(0);
  // One tick, for the proposals and for the mission.
  const flown = panel.getByLabel("Hubschrauber, Tag und Wetter lassen es zu");
  await flown.check();
  await expect.poll(() => asked.at(-1)).toContain("&from=ukd&flown=yes&urgency=1");
  // Danger steers no transfer: it is neither offered nor said.
  expect(await panel.getByLabel(/^Reanimation|^Atemweg/).count()).toBe(0);
  await panel.getByRole("button", { name: "Prüfen" }).click();
  await panel
    .getByText(
      "RTW Düsseldorf 2, Schlaganfall, Uniklinik Düsseldorf: Verlegung von Uniklinik Düsseldorf, Lebensgefahr, 65–79 Jahre, mit Notarzt, im Hubschrauber. Neuer Einsatz",
    )
    .waitFor();
  await panel.getByRole("button", { name: "Zurück" }).click();
  await panel.getByLabel("Verlegung von").selectOption({ label: "keine Verlegung" });
  await panel.getByLabel("Reanimation").uncheck();
  await flown.uncheck();
  await panel.getByRole("button", { name: "Prüfen" }).click();
  await panel
    .getByText(
      "RTW Düsseldorf 2, Schlaganfall, Hilden: Lebensgefahr, 65–79 Jahre, mit Notarzt. Neuer Einsatz, Notruf 03:07.",
    )
    .waitFor();
  await panel.getByRole("button", { name: "Bestätigen: Einsatz für RTW Düsseldorf 2" }).click();
  await expect.poll(() => server.posts.length).toBe(1);
  expect(server.posts[0]).toMatchObject({
    kind: "mission.opened/1",
    body: {
      ...{
        vehicle: "rtw-duesseldorf-2",
        need: "stroke",
        urgency: 1,
        ageGroup: "65-79",
        doctor: true,
        cpr: false,
        pzc: "421681",
      },
      cell: { latE2: 5_116, lonE2: 693 },
    },
  });
  const wall = page.getByRole("link", { name: "Wand" });
  expect([await wall.getAttribute("href"), await wall.getAttribute("target")]).toEqual(["?wall", "_blank"]);
  expect(await page.getByRole("link", { name: "Codes lesen" }).getAttribute("href")).toBe(
    "/camera/duesseldorf",
  );
  expect(await page.getByRole("link", { name: "Straßensperrungen" }).getAttribute("href")).toBe(
    "/closures/duesseldorf",
  );
  expect(faults).toEqual([]);
});

test("[BOARD83] a place is a town by its name, or a cell by coordinates with points or commas", () => {
  const sight = sampleSight();
  const cell = { name: "51.17 6.93", latE3: 51_175, lonE3: 6_935 };
  expect(placesFor("51,1712 6,9388", sight)).toEqual([cell]);
  expect(placesFor("51.17 6.93", sight)).toEqual([cell]);
  expect(placesFor("Hilden", sight).map(({ name }) => name)).toEqual(["Hilden"]);
  expect(placesFor("zzz", sight)).toEqual([]);
});
