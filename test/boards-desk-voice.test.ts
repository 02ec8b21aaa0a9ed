// What somebody says on radio or telephone, taken down at a desk of the control centre.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { BoardBrowser } from "./support/board-page.ts";
import { nightMs } from "./support/board-sight.ts";
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
  await page.getByRole("combobox", { name: "Gilt bis" }).selectOption("30");
  await panel(page).getByRole("button", { name: "Prüfen" }).click();
  expect(await page.locator(".confirm").innerText()).toMatch(
    /CT eingeschränkt, kein Personal, bis 03:38, sagt Schichtleitung Pflege, zurückgelesen\.\s+Ersetzt: voll/,
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

test("[BOARD61] a destination that was confirmed by mistake is taken back together with asking for it", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view });
  await toolsOf(page);
  const [mission] = view.missions;
  if (mission === undefined) throw new Error("the night has missions");
  const log = "duesseldorf/anchor/1-00000001";
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Auswählen und bestätigen" }).first().click();
  await page.getByRole("button", { name: /^Bestätigen: nach / }).click();
  await expect.poll(() => server.posts.length).toBe(2);
  const steered = {
    ...{ hospital: "neuss-lukas", saidMs: server.nowMs(), heldByCrew: false },
    ref: [log, 0] as const,
  };
  server.push({ missions: [{ ...mission, steered, decide: null, centreOver: [[log, 0]] }] });
  await page.getByRole("button", { name: /^Zurücknehmen/ }).click();
  await page.getByText(/RTW Düsseldorf 1: Neuss Lukas zurückgenommen: hier geschrieben/).waitFor();
  expect(server.posts[2]).toMatchObject({
    kind: "mission.steer-taken-back/1",
    body: {
      mission: mission.ref,
      takesBack: [log, 0],
      hospital: "neuss-lukas",
      asked: [log, 1],
      over: [[log, 0]],
    },
  });
});
