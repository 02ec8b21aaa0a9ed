// What somebody says on radio or telephone, taken down at a desk of the control centre.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { BoardBrowser } from "./support/board-page.ts";
import { nightMs } from "./support/board-sight.ts";
import { commonestCall } from "./support/commonest-call.ts";
import {
  cellOf,
  clinicWord,
  deskView,
  openPanel,
  tabTo,
  toolsOf,
  voiceRow,
  voiceWord,
} from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const view = deskView();
const words = [clinicWord(), voiceWord()];
const panel = (page: Page) => page.locator(`[data-panel="voice"]`);
const pick = (page: Page, label: string) => panel(page).getByLabel(label, { exact: true }).check();
const written = (page: Page) => page.locator(`.tray [data-slip="written"]`);

async function openForm(query = "") {
  const board = await boards.open({ view, query });
  board.server.cell = cellOf(words);
  await toolsOf(board.page);
  await openPanel(board.page, "voice");
  return board;
}

/** CT of Neuss Lukas: full, says the charge nurse, read back. */
async function fillIn(page: Page): Promise<void> {
  await page.getByLabel(/^Krankenhaus suchen/).fill("neuss luk");
  await panel(page).getByRole("button", { name: "Neuss Lukas" }).click();
  await page.getByRole("combobox", { name: "Was", exact: true }).selectOption("ct");
  await pick(page, "voll");
  await pick(page, "Schichtleitung Pflege");
  await pick(page, "ja, bestätigt");
}

test("[BOARD60] a voice report names hospital, state, who spoke and whether it was read back, over every word in force", {
  timeout,
}, async () => {
  const { page, server, faults } = await openForm();
  await fillIn(page);
  expect(await panel(page).locator(".in-force").innerText()).toMatch(
    /Gilt jetzt und wird ersetzt[\s\S]*offen K Klinik · Neuss Lukas, Pflege 106 · vor\s12\smin · bis 09:47[\s\S]*voll S Sprechfunk oder Telefon · gesagt von: Telefonzentrale, notiert von Disposition 104 · nicht zurückgelesen · keine Betten · vor\s20\smin · bis 03:47/,
  );
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  await page.locator(".confirm:focus").waitFor();
  expect(await page.locator(".confirm").innerText()).toMatch(
    /Neuss Lukas: CT voll, sagt Schichtleitung Pflege, zurückgelesen\.\s+Ersetzt: offen \(Klinik, vor\s12\smin\), voll \(Sprechfunk oder Telefon, vor\s20\smin\)\./,
  );
  expect(server.posts).toEqual([]);
  await page.getByRole("button", { name: /^Bestätigen: .+, CT voll$/ }).click();
  await written(page)
    .getByText(/^Sprechmeldung Neuss Lukas: CT voll: hier geschrieben 03:07$/)
    .waitFor();
  expect(server.posts).toMatchObject([
    {
      kind: "voice.report/1",
      by: "dispatcher#1",
      body: {
        hospital: "neuss-lukas",
        capability: "ct",
        state: "full",
        answeredBy: "charge-nurse",
        readBack: true,
        over: words.map(({ ref }) => ref),
      },
    },
  ]);
  // The house and who speaks stay chosen: one call is often about more.
  expect(await panel(page).locator(".chosen-hospital").innerText()).toContain("Neuss Lukas");
  expect(await panel(page).getByLabel("Schichtleitung Pflege").isChecked()).toBe(true);
  expect(await page.getByRole("combobox", { name: "Was", exact: true }).inputValue()).toBe("");
  expect(faults).toEqual([]);
});

test("[BOARD60] in English, by keyboard alone", { timeout }, async () => {
  const { page, server } = await openForm("?lang=en");
  await tabTo(page, `input[type="search"]`);
  await page.keyboard.type("Neuss Lukas");
  await panel(page).getByText("1 match").waitFor();
  await page.keyboard.press("Enter");
  await panel(page).locator(".chosen-hospital").waitFor();
  await page.locator(`[data-panel="voice"] h2`).focus();
  await tabTo(page, ".report select");
  await page.keyboard.type("CT");
  await panel(page).locator(".words").waitFor();
  for (const _ of [1, 2, 3]) {
    await tabTo(page, `.report input[type="radio"]`);
    await page.keyboard.press("Space");
    await page.locator(".report input:checked:focus").waitFor();
  }
  await tabTo(page, ".report .main-button");
  await page.keyboard.press("Enter");
  await page.locator(".confirm:focus").waitFor();
  expect(await page.locator(".confirm").innerText()).toMatch(
    /Neuss Lukas: CT open, says physician, read back\.\s+Replaces: open \(clinic/,
  );
  await page.keyboard.press("Tab");
  await page.locator(".confirm .main-button:focus").waitFor();
  await page.keyboard.press("Enter");
  await written(page)
    .getByText(/Voice report Neuss Lukas: CT open: written here 03:07/)
    .waitFor();
  expect(server.posts[0]?.body).toMatchObject({ state: "open", answeredBy: "physician", readBack: true });
});

test("[BOARD60] what is missing is named, and nothing is asked to be confirmed before", {
  timeout,
}, async () => {
  const { page, server } = await openForm();
  await page.getByLabel(/^Krankenhaus suchen/).fill("zzz");
  await page.getByText("Kein Krankenhaus heißt so.").waitFor();
  await page.getByLabel(/^Krankenhaus suchen/).fill("lukas neuss");
  await panel(page).getByRole("button", { name: "Neuss Lukas" }).click();
  await pick(page, "voll");
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  await page.getByText("Es fehlt: Was, Wer hat gesprochen, Zurückgelesen.").waitFor();
  expect(await page.locator(".confirm").count()).toBe(0);
  expect(server.posts).toEqual([]);
});

test("[BOARD60] without the words in force nothing is written over them; what was chosen stays", {
  timeout,
}, async () => {
  const { page, server } = await openForm();
  server.cell = () => null;
  await fillIn(page);
  await page.getByText("Geltende Worte sind nicht zu laden. Neuer Versuch läuft.").waitFor();
  expect(await panel(page).getByRole("button", { name: "Prüfen" }).isDisabled()).toBe(true);
  server.cell = cellOf([]);
  await panel(page).getByText("Bisher sagt niemand etwas.").waitFor();
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  await page.getByText("Ersetzt kein anderes Wort.").waitFor();
  await server.kill();
  await page.locator(`[data-bar="gone"]`).waitFor();
  expect(await page.getByRole("button", { name: /^Bestätigen: .+, CT voll$/ }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Zurück" }).click();
  expect(await panel(page).getByLabel("voll", { exact: true }).isChecked()).toBe(true);
  expect(await page.getByRole("combobox", { name: "Was", exact: true }).inputValue()).toBe("ct");
});

test("[BOARD61] a voice report is taken back within ten seconds, only while the board shows that very word", {
  timeout,
}, async () => {
  const { page, server } = await openForm();
  await fillIn(page);
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  await page.getByRole("button", { name: /^Bestätigen: .+, CT voll$/ }).click();
  await written(page).waitFor();
  const back = page.getByRole("button", { name: /^Zurücknehmen \(noch \d+ s\)$/ });
  expect(await back.count()).toBe(0);
  const ref = ["duesseldorf/anchor/1-00000001", 0] as const;
  server.push({ centreChanges: { voices: [voiceRow({ ref, saidMs: server.nowMs(), by: "dispatcher#1" })] } });
  await back.click();
  await page.getByText(/Sprechmeldung Neuss Lukas, CT voll: zurückgenommen: hier geschrieben/).waitFor();
  expect(server.posts[1]).toMatchObject({
    kind: "voice.report-taken-back/1",
    body: { hospital: "neuss-lukas", capability: "ct", takesBack: ref, over: [ref] },
  });
  expect(await back.count()).toBe(0);
});

test("[BOARD60] every voice report in force is listed, with who said it, until when, and whether it leads", {
  timeout,
}, async () => {
  const voices = [voiceRow(), voiceRow({ ref: ["x/a/1-00000001", 1], state: "open", leads: false })];
  const { page, server } = await boards.open({ view: deskView({ voices }) });
  await toolsOf(page);
  expect(await page.locator(`[data-panel-button="voice"]`).innerText()).toBe("Sprechmeldung (2)");
  await openPanel(page, "voice");
  expect(await panel(page).locator(".voices").innerText()).toMatch(
    /Neuss Lukas: CT voll\s+gesagt von: Schichtleitung Pflege · zurückgelesen · notiert von Disposition 104 · vor\s5\smin · bis 04:02\s+Berichtigen[\s\S]*Neuss Lukas: CT offen[\s\S]*steht neben einem anderen Wort/,
  );
  server.push({ centreChanges: { voices: [] } });
  await page.getByText("Keine Sprechmeldung in Kraft.").waitFor();
});

test("[BOARD85] a wrong report is corrected or withdrawn for as long as it is in force, from the list and from the cell", {
  timeout,
}, async () => {
  const wrong = voiceRow({ reason: "no-beds", endsMs: nightMs - 1_000 });
  const { page, server } = await boards.open({ view: deskView({ voices: [wrong] }) });
  server.cell = cellOf([voiceWord({ ref: wrong.ref }), clinicWord()]);
  await toolsOf(page);
  await openPanel(page, "voice");
  const list = panel(page).locator(".voices");
  expect(await list.innerText()).toMatch(/CT voll[\s\S]*keine Betten[\s\S]*Zeit ist um, bitte nachfragen/);
  await list.getByRole("button", { name: /^Berichtigen/ }).click();
  await panel(page).getByRole("heading", { name: "Sprechmeldung berichtigen" }).waitFor();
  expect(await panel(page).getByLabel("voll", { exact: true }).isChecked()).toBe(true);
  await pick(page, "eingeschränkt");
  await page.getByRole("combobox", { name: "Grund", exact: true }).selectOption("no-staff");
  await page.getByRole("combobox", { name: "Gilt bis" }).selectOption({ label: "06:00" });
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  expect(await page.locator(".confirm").innerText()).toMatch(
    /CT eingeschränkt, kein Personal, bis 06:00, sagt Schichtleitung Pflege, zurückgelesen\.\s+Ersetzt: voll/,
  );
  await page.getByRole("button", { name: /^Bestätigen: / }).click();
  await expect.poll(() => server.posts.length).toBe(1);
  expect(server.posts[0]).toMatchObject({
    kind: "voice.report/1",
    body: {
      state: "limited",
      reason: "no-staff",
      untilMs: expect.any(Number),
      over: [wrong.ref, clinicWord().ref],
    },
  });
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Was der Patient braucht" }).selectOption("aortic-emergency");
  await page.locator(`[data-hospital="neuss-lukas"] td[data-capability]`).first().click();
  const note = page.locator(".cell-note");
  await note.locator(".words").waitFor();
  expect(await note.getByRole("button", { name: /^Zurückziehen/ }).count()).toBe(1);
  await note.getByRole("button", { name: /^Zurückziehen/ }).click();
  await panel(page).locator(".confirm:focus").waitFor();
  expect(await panel(page).locator(".confirm").innerText()).toMatch(
    /Neuss Lukas: Die Sprechmeldung „CT voll“ war falsch und wird zurückgezogen\.\s+Danach gilt: offen \(Klinik\)/,
  );
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Confirm: withdraw the report for Neuss Lukas" }).click();
  await expect.poll(() => server.posts.length).toBe(2);
  expect(server.posts[1]).toMatchObject({
    kind: "voice.report-taken-back/1",
    body: { hospital: "neuss-lukas", capability: "ct", takesBack: wrong.ref, over: [wrong.ref] },
  });
});

const round = { hospital: "neuss-lukas", silentSinceMs: nightMs - 70_000, centre: "duesseldorf", tried: [] };
const card = (page: Page) => page.locator(`[data-round="neuss-lukas"]`);

test("[BOARD106] a call-round opens by itself and is filled in with the keyboard: numbers in order, who, what, read back", {
  timeout,
}, async () => {
  const other = { ...round, hospital: "ukd", centre: "wuppertal", urgent: true as const };
  const { page, server, faults } = await boards.open({ view: deskView() });
  server.cell = cellOf([clinicWord({ state: "cannot" })]);
  await toolsOf(page);
  server.push({ centreChanges: { rounds: [other, round] } });
  await card(page).waitFor();
  // Ours opens, the other centre's is seen and can be opened.
  expect(await page.locator(".calls form").count()).toBe(1);
  await page.locator("html[data-rings=true]").waitFor();
  expect(await page.locator(`[data-round="ukd"]`).innerText()).toMatch(
    /Aufgabe von Leitstelle Wuppertal[\s\S]*Anrufen/,
  );
  expect(await card(page).innerText()).toMatch(/schweigt seit 03:06/);
  const number = card(page).locator("a.phone");
  const called = await number.innerText();
  expect(await number.getAttribute("href")).toBe(`tel:${called.replaceAll(" ", "")}`);
  // Nobody on the first number.
  const ways = card(page).locator(".lines input");
  await ways.first().focus();
  for (const key of ["Tab", "Tab"]) await page.keyboard.press(key);
  // A key that is held says it once.
  for (const key of ["Enter", "Enter"]) await page.keyboard.down(key);
  await page.keyboard.up("Enter");
  await expect
    .poll(() => server.posts)
    .toMatchObject([{ kind: "voice.called/1", body: { hospital: "neuss-lukas", line: 1 } }]);
  expect(server.posts[0]?.body).not.toHaveProperty("answeredBy");
  server.push({ centreChanges: { rounds: [other, { ...round, tried: [{ line: 1, saidMs: nightMs }] }] } });
  await card(page).getByText("niemand, 03:07").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await card(page).locator("input:checked:focus").waitFor();
  expect(await card(page).getByLabel("Schichtleitung Pflege").isChecked()).toBe(true);
  // The second of what is asked: the emergency department, after *all of it*.
  for (const key of ["Tab", "Tab", "o", "Tab", "v"]) await page.keyboard.press(key);
  await card(page)
    .getByText("Zurücklesen: „Neuss Lukas: Notaufnahme offen, Schockraum voll. Richtig?“")
    .waitFor();
  await card(page)
    .getByText(/Notaufnahme: Die Klinik sagt nicht möglich\. Öffnen kann das nur/)
    .waitFor();
  await tabTo(page, `[data-round="neuss-lukas"] .tick input`);
  await page.keyboard.press("Space");
  await card(page)
    .getByText(/Notaufnahme, bisher: nicht möglich \(Klinik/)
    .waitFor();
  const tried = [{ line: 1, saidMs: nightMs }];
  expect(await ways.nth(1).isChecked()).toBe(true);
  // It answers by radio. Another desk writes that nobody does: whoever talks on that way stays on it.
  const both = [...tried, { line: 0, saidMs: nightMs }];
  server.push({ centreChanges: { rounds: [other, { ...round, tried: both }] } });
  await card(page).getByText("niemand, 03:07").nth(1).waitFor();
  expect(await ways.nth(1).isChecked()).toBe(true);
  // Then it is heard and falls silent anew: what was typed stays, and is no word of now.
  server.push({ centreChanges: { rounds: [other, { ...round, silentSinceMs: nightMs - 9_000 }] } });
  await page.getByText("Das Haus schweigt inzwischen von neuem").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page
    .getByText("Read back: “Neuss Lukas: emergency department open, resuscitation room full. Right?”")
    .waitFor();
  await page.getByText("The hospital has fallen silent again since").waitFor();
  await page.getByRole("button", { name: "Deutsch" }).click();
  expect(await page.locator(".round form .main-button").isDisabled()).toBe(true);
  server.push({ centreChanges: { rounds: [other, { ...round, tried }] } });
  await page.getByText("Das Haus schweigt inzwischen von neuem").waitFor({ state: "detached" });
  await card(page).locator(".tick input").focus();
  await page.keyboard.press("Tab");
  expect(await card(page).locator(".main-button:focus").innerText()).toBe(
    "Bestätigen: Neuss Lukas, 2 Angaben",
  );
  await page.keyboard.press("Enter");
  await expect.poll(() => server.posts.length).toBe(4);
  const over = [clinicWord().ref];
  const voice = { hospital: "neuss-lukas", answeredBy: "charge-nurse", readBack: true, over };
  expect(server.posts.slice(1)).toMatchObject([
    { kind: "voice.report/1", body: { ...voice, capability: "emergency-department", state: "open" } },
    { kind: "voice.report/1", body: { ...voice, capability: "resuscitation", state: "full" } },
    { kind: "voice.called/1", body: { hospital: "neuss-lukas", line: 0, answeredBy: "charge-nurse" } },
  ]);
  await page.locator("#calls:focus").waitFor();
  // For ten seconds the call can be taken back as well.
  await page
    .locator(".tray li", { hasText: "Neuss Lukas angerufen: Schichtleitung Pflege" })
    .getByRole("button")
    .click();
  await expect
    .poll(() => server.posts.at(-1))
    .toMatchObject({
      kind: "voice.call-taken-back/1",
      body: { hospital: "neuss-lukas", takesBack: ["duesseldorf/anchor/1-00000001", 3] },
    });
  // What somebody works on stays when it is over, until they close it.
  await ways.first().focus();
  server.push({ centreChanges: { rounds: [] } });
  await card(page).getByText("Erledigt oder wieder gehört.").waitFor();
  await card(page).getByRole("button", { name: "Schließen" }).click();
  await page.locator(".calls").waitFor({ state: "detached" });
  const nobody = { ...round, silentSinceMs: nightMs - 8_000, tried: [{ line: 1, saidMs: nightMs }] };
  server.push({ centreChanges: { rounds: [{ ...nobody, tried: [] }] } });
  await ways.first().focus();
  const posted = server.posts.length;
  expect(commonestCall.keys).toHaveLength(17);
  for (const key of commonestCall.keys) {
    await page.keyboard.press(key);
    if (key === "ArrowDown") await card(page).locator("input:checked:focus").waitFor();
    if (key !== "Enter" || server.posts.length > posted + 1) continue;
    server.push({ centreChanges: { rounds: [nobody] } });
    await expect.poll(() => ways.nth(1).isChecked()).toBe(true);
  }
  await expect.poll(() => server.posts.at(-1)?.body["line"]).toBe(0);
  const words = server.posts
    .slice(posted + 1, -1)
    .map(({ body }) => `${body["capability"]} ${body["state"]}`);
  expect(words).toEqual(commonestCall.words);
  expect(faults).toEqual([]);
});

test("[BOARD106] [BOARD107] what would open a closed word is a task; a mission is taken over on question, a call at the door and a spoken answer are taken down", {
  timeout,
}, async () => {
  const night = deskView({ voices: [voiceRow({ state: "open", leads: false, inVain: true })] });
  const [first, second] = night.missions;
  if (first === undefined || second === undefined) throw new Error("the night has missions");
  const asked = {
    ...first,
    handover: { ref: [first.ref[0], 90] as const, from: "wuppertal", to: "duesseldorf", saidMs: nightMs },
    owners: ["wuppertal"],
  };
  const request = {
    ...{ step: "asked" as const, ref: [second.ref[0], 91] as const, over: [], hospital: "neuss-lukas" },
    ...{ askedMs: nightMs - 99_000, dueMs: nightMs - 9_000, heldThere: true },
  };
  const ours = { ...second, decide: null, request, owners: ["duesseldorf"] };
  const { page, server, faults } = await boards.open({ view: { ...night, missions: [asked, ours] } });
  const settle = page.locator(".calls");
  await settle.getByText("2 zu klären").waitFor();
  expect(await settle.locator("[data-in-vain]").innerText()).toMatch(
    /Neuss Lukas: CT offen gilt nicht[\s\S]*Ärztin, Arzt oder Schichtleitung Pflege fragen/,
  );
  await page.getByRole("button", { name: "English" }).click();
  await settle.getByText("Neuss Lukas: CT open does not count").waitFor();
  await settle.getByText("Leitstelle Wuppertal wants to hand RTW Düsseldorf 1 over to us").waitFor();
  await page.getByRole("button", { name: "Deutsch" }).click();
  await settle.getByRole("button", { name: /^Einsatz übernehmen/ }).click();
  await settle.getByText(/Wir führen den Einsatz ab jetzt, nicht mehr Leitstelle Wuppertal\./).waitFor();
  await settle.getByRole("button", { name: /^Bestätigen: .+ übernehmen$/ }).click();
  await expect
    .poll(() => server.posts.at(-1))
    .toMatchObject({
      kind: "mission.taken-over/1",
      body: { mission: asked.ref, from: "wuppertal", over: asked.centreOver },
    });
  const tools = page.locator(".missions li", { hasText: "RTW Düsseldorf 2" }).first();
  await tools.getByRole("button", { name: /^Antwort mündlich/ }).click();
  await tools.getByLabel("nimmt an", { exact: true }).check();
  await tools.getByLabel("Ärztin oder Arzt", { exact: true }).check();
  await tools.getByRole("button", { name: "Prüfen" }).click();
  await tools.getByText(/Neuss Lukas nimmt an: .+\. Sagt Ärztin oder Arzt, nicht zurückgelesen\./).waitFor();
  await tools.getByRole("button", { name: "Bestätigen: Neuss Lukas nimmt an" }).click();
  await expect
    .poll(() => server.posts.at(-1))
    .toMatchObject({
      kind: "mission.answer-spoken/1",
      body: {
        mission: ours.ref,
        asked: request.ref,
        answer: "ready",
        answeredBy: "physician",
        readBack: false,
      },
    });
  await page
    .getByRole("button", { name: /^Zurücknehmen/ })
    .last()
    .click();
  await expect.poll(() => server.posts.at(-1)?.kind).toBe("mission.word-taken-back/1");
  await tools.getByRole("button", { name: /^Abgeben/ }).click();
  await tools
    .getByText(/Leitstelle Wuppertal wird gefragt\. Bis sie übernimmt, führen wir den Einsatz\./)
    .waitFor();
  await tools.getByRole("button", { name: "Bestätigen: Leitstelle Wuppertal fragen" }).click();
  await expect
    .poll(() => server.posts.at(-1))
    .toMatchObject({
      kind: "mission.handover-asked/1",
      body: { mission: ours.ref, to: "wuppertal" },
    });
  expect(faults).toEqual([]);
});
