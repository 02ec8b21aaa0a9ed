// Select and confirm at the control centre's board: by keyboard, over a line that loses answers, against a refusal.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { BoardBrowser, region } from "./support/board-page.ts";
import { missionRow, sampleView, silentMission } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { deskView, toolsOf } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeoutMs = 60_000;
const mission = silentMission(1, nightMs);
const view = sampleView(region, nightMs, { missions: [mission] });
const written = ["duesseldorf/anchor/1-0a1b2c3d", 40] as const;

const slip = (page: Page, step: string) => page.locator(`[data-slip="${step}"]`);
const card = (page: Page, vehicle = mission.vehicle) => page.locator(`article[data-mission="${vehicle}"]`);

async function choose(page: Page, line: number): Promise<void> {
  await page.getByRole("radio").nth(line).check();
  await page.getByRole("button", { name: "Auswählen und bestätigen" }).click();
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Bestätigen: nach / }).click();
}

/** What the focus is on, as a person hears it. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.tagName);

async function tabTo(page: Page, wanted: (text: string) => boolean): Promise<void> {
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press("Tab");
    if (wanted((await focused(page)) ?? "")) return;
  }
  throw new Error("the tabulator does not get there");
}

describe("[BOARD6] select and confirm", () => {
  test("by keyboard alone: chosen, said once in words, written, and the new hospital asked", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server, faults } = await boards.open({ view });
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.reply = async (post) => {
      await answered;
      return { ok: true, ref: [written[0], post.kind === "mission.steered/1" ? written[1] : written[1] + 1] };
    };
    await tabTo(page, (text) => text === "INPUT");
    await page.keyboard.press("Space");
    await page.locator("input:checked:focus").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator("label:nth-of-type(2) input:checked:focus").waitFor();
    await tabTo(page, (text) => text === "Auswählen und bestätigen");
    await page.keyboard.press("Enter");
    await page
      .getByText(
        "RTW Düsseldorf 1, Schlaganfall: neues Ziel Krefeld Helios statt Uniklinik Düsseldorf. Die Besatzung erhält den Vorschlag, das Haus wird gefragt.",
      )
      .waitFor();
    expect(server.posts).toEqual([]);
    await page.locator(".confirm:focus").waitFor();
    await page.keyboard.press("Tab");
    await page.locator(":focus", { hasText: "Bestätigen: nach Krefeld Helios" }).waitFor();
    await page.keyboard.press("Enter");
    await slip(page, "writing").getByText("wird geschrieben …").waitFor();
    expect(await page.getByText("hier geschrieben").count()).toBe(0);
    answer();
    await slip(page, "written").getByText("hier geschrieben 03:07").first().waitFor();
    await expect.poll(() => server.posts.length).toBe(2);
    const [steered, asked] = server.posts;
    expect(steered).toMatchObject({
      kind: "mission.steered/1",
      by: "dispatcher#1",
      body: { mission: mission.ref, hospital: "krefeld-helios", over: mission.centreOver },
    });
    expect(steered?.request).toMatch(/^[A-Za-z0-9_-]{8,40}$/);
    expect(asked).toMatchObject({
      kind: "mission.asked/1",
      body: { mission: mission.ref, hospital: "krefeld-helios", over: [...mission.centreOver, written] },
    });
    expect(asked?.request).not.toBe(steered?.request);
    expect(faults).toEqual([]);
  });

  test("[BOARD98] where another is sooner it says by how much, and staying has its reason; without a choice nothing is asked to be confirmed", {
    timeout: timeoutMs,
  }, async () => {
    const decide = {
      ...present(mission.decide, "a decision"),
      cause: "another-sooner" as const,
      savedMin: 9,
    };
    const sooner = { ...mission, decide };
    const { page, server } = await boards.open({ view: { ...view, missions: [sooner] } });
    await card(page).getByText("Neuss Lukas spart 9 min gegen Uniklinik Düsseldorf").waitFor();
    await card(page)
      .getByText(/Regel rhein-ruhr-3/)
      .waitFor();
    await card(page).getByText("Beim Ziel bleiben: Uniklinik Düsseldorf").click();
    await card(page).getByRole("combobox").selectOption("Wechsel lohnt nicht");
    await page.getByRole("button", { name: "Auswählen und bestätigen" }).click();
    await page.getByText("Erst ein Ziel wählen.").waitFor();
    expect(await page.locator(".confirm").count()).toBe(0);
    await page.getByRole("button", { name: "English" }).click();
    await card(page).getByText("Neuss Lukas saves 9 min against Uniklinik Düsseldorf").waitFor();
    await page.getByText("Choose a destination first.").waitFor();
    expect(server.posts).toEqual([]);
  });

  test("*back* and Escape return to the choice as it was", { timeout: timeoutMs }, async () => {
    const { page, server } = await boards.open({ view });
    await choose(page, 1);
    await page.getByRole("button", { name: "Zurück" }).click();
    expect(await page.getByRole("radio").nth(1).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Auswählen und bestätigen" }).click();
    await page.locator(".confirm:focus").waitFor();
    await page.keyboard.press("Tab");
    await page.locator(".confirm button:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".confirm").waitFor({ state: "detached" });
    expect(await page.getByRole("radio").nth(1).isChecked()).toBe(true);
    expect(server.posts).toEqual([]);
  });

  test("a hospital that has left the first three while somebody confirms is said to have", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ view });
    await choose(page, 1);
    const { decide } = mission;
    if (decide === null) throw new Error("the mission waits for a decision");
    server.push({ missions: [{ ...mission, decide: { ...decide, lines: decide.lines.slice(0, 1) } }] });
    await page.getByText("Achtung: Krefeld Helios steht nicht mehr unter den ersten drei.").waitFor();
  });

  test("keeping the destination names a reason and is a fact", { timeout: timeoutMs }, async () => {
    const { page, server } = await boards.open({ view });
    await page.getByText("Beim Ziel bleiben: Uniklinik Düsseldorf").click();
    expect(await page.getByRole("button", { name: "Bleiben und bestätigen" }).isEnabled()).toBe(false);
    await page.getByLabel("Grund wählen").selectOption("at-the-door");
    await page.getByRole("button", { name: "Bleiben und bestätigen" }).click();
    await page.getByText("RTW Düsseldorf 1, Schlaganfall: bleibt beim Ziel Uniklinik Düsseldorf.").waitFor();
    await page.getByRole("button", { name: "Bestätigen: Uniklinik Düsseldorf bleibt Ziel" }).click();
    await slip(page, "written").waitFor();
    expect(server.posts).toHaveLength(1);
    expect(server.posts[0]).toMatchObject({
      kind: "mission.kept/1",
      body: { mission: mission.ref, hospital: "ukd", reason: "at-the-door", over: mission.centreOver },
    });
  });

  test("near the door the number to call stands first, and what came of the call is a fact", {
    timeout: timeoutMs,
  }, async () => {
    const { decide } = mission;
    if (decide === null) throw new Error("the mission waits for a decision");
    const near = { ...mission, decide: { ...decide, call: true } };
    const { page, server } = await boards.open({ view: { ...view, missions: [near] } });
    await page.getByText("Sofort anrufen").waitFor();
    expect(await card(page).innerText()).toMatch(
      /Sofort anrufen\s+Uniklinik Düsseldorf: 0221 4710 \d{3} · Funkgruppe Übung 1\s+Jemand dort soll an die Tür kommen/,
    );
    await page.getByRole("button", { name: "niemand erreicht" }).click();
    await page.getByText(/Uniklinik Düsseldorf angerufen, niemand erreicht: hier geschrieben/).waitFor();
    expect(server.posts[0]).toMatchObject({
      kind: "mission.called/1",
      body: { mission: mission.ref, hospital: "ukd", channel: "telephone", reached: false },
    });
    expect(await page.getByRole("radio").count()).toBe(3);
  });
});

describe("[BOARD5] written", () => {
  test("a lost answer is asked for again under the same request: one id, however many posts", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ view });
    server.reply = (post) =>
      server.posts.filter(({ request }) => request === post.request).length < 3
        ? "lost"
        : { ok: true, ref: written };
    await choose(page, 0);
    await confirm(page);
    await slip(page, "written").first().waitFor({ timeout: 15_000 });
    const steered = server.posts.filter(({ kind }) => kind === "mission.steered/1");
    expect(steered).toHaveLength(3);
    expect(new Set(steered.map(({ request }) => request)).size).toBe(1);
  });

  test("a refusal shows the anchor's sentence in either language; sent again it is the same request", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ view });
    const sentence = {
      de: "Dieser Anker kann gerade nichts aufzeichnen.",
      en: "This anchor cannot record now.",
    };
    server.reply = () => ({ ok: false, code: "cannot-record", sentence });
    await choose(page, 0);
    await confirm(page);
    await slip(page, "refused").getByText(sentence.de).waitFor();
    expect(await page.getByText("hier geschrieben").count()).toBe(0);
    await page.getByRole("button", { name: "English" }).click();
    await slip(page, "refused").getByText(sentence.en).waitFor();
    server.reply = () => ({ ok: true, ref: written });
    await page.getByRole("button", { name: "Send again" }).click();
    await slip(page, "written").first().waitFor();
    expect(server.posts[1]?.request).toBe(server.posts[0]?.request);
  });

  test("what was refused can be discarded and chosen anew, as a new request", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ view });
    server.reply = () => ({ ok: false, code: "bad-post", sentence: { de: "Nein.", en: "No." } });
    await choose(page, 0);
    await confirm(page);
    await page.getByRole("button", { name: "Verwerfen" }).click();
    await choose(page, 1);
    await confirm(page);
    await expect.poll(() => server.posts.length).toBe(2);
    expect(server.posts[1]?.request).not.toBe(server.posts[0]?.request);
  });

  test("stands until the mission's row shows it: nobody decides twice in between", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await boards.open({ view });
    server.reply = (post) => ({
      ok: true,
      ref: post.kind === "mission.steered/1" ? written : [written[0], 41],
    });
    await choose(page, 0);
    await confirm(page);
    await slip(page, "written").first().waitFor();
    expect(await page.getByRole("radio").count()).toBe(0);
    const steered = { hospital: "neuss-lukas", saidMs: nightMs, heldByCrew: false };
    server.push({ missions: [{ ...mission, centreOver: [written], steered, decide: null }] });
    await page.getByText("Nichts zu entscheiden.").waitFor();
    expect(await page.locator(".mission").innerText()).toMatch(
      /Ziel Uniklinik Düsseldorf[\s\S]*Vorschlag: Neuss Lukas\s+geschrieben, noch nicht bei der Besatzung/,
    );
    await page.locator(":focus", { hasText: /^Zu entscheiden$/ }).waitFor();
  });
});

test("[BOARD1] with the anchor gone a confirmation cannot be given, and is there again when it is back", {
  timeout: timeoutMs,
}, async () => {
  const { page, server } = await boards.open({ view });
  await choose(page, 0);
  await server.kill();
  await page.locator(`[data-bar="gone"]`).waitFor();
  const button = page.getByRole("button", { name: "Bestätigen: nach Neuss Lukas" });
  expect(await button.isDisabled()).toBe(true);
  await server.start();
  await page.locator(`[data-bar="gone"]`).waitFor({ state: "detached" });
  await button.click();
  await slip(page, "written").first().waitFor();
});

test.each(["focus", "pointer"])(
  "[BOARD7] under the %s cards keep their places, whatever becomes more urgent",
  {
    timeout: timeoutMs,
  },
  async (held) => {
    const first = { ...mission, urgency: 2 };
    const { page, server } = await boards.open({
      view: { ...view, missions: [first, missionRow(4, nightMs)] },
    });
    const order = () =>
      page
        .locator("article[data-mission]")
        .evaluateAll((cards) => cards.map((one) => one.getAttribute("data-mission")));
    if (held === "focus") await page.getByRole("radio").nth(1).focus();
    else await page.getByRole("radio").nth(1).hover();
    server.push({ missions: [silentMission(2, nightMs)] });
    await card(page, "rtw-duesseldorf-2").waitFor();
    expect(await order()).toEqual(["rtw-duesseldorf-1", "rtw-duesseldorf-2"]);
    await page.getByRole("button", { name: "English" }).focus();
    await page.mouse.move(1, 1);
    await expect.poll(order).toEqual(["rtw-duesseldorf-2", "rtw-duesseldorf-1"]);
  },
);

test("[BOARD61] [BOARD123] a destination that was confirmed by mistake is taken back together with asking for it; what waits is in sight", {
  timeout: timeoutMs,
}, async () => {
  const night = deskView();
  const { page, server } = await boards.open({ view: night });
  await toolsOf(page);
  const first = present(night.missions[0], "a mission");
  const log = "duesseldorf/anchor/1-00000001";
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Auswählen und bestätigen" }).first().click();
  await page.getByRole("button", { name: /^Bestätigen: nach / }).click();
  await expect.poll(() => server.posts.length).toBe(2);
  const steered = {
    ...{ hospital: "neuss-lukas", saidMs: server.nowMs(), heldByCrew: false },
    ref: [log, 0] as const,
  };
  server.push({ missions: [{ ...first, steered, decide: null, centreOver: [[log, 0]] }] });
  const overEdgePx = () =>
    page.locator(".tray").evaluate((tray) => Math.round(innerHeight - tray.getBoundingClientRect().bottom));
  expect(await overEdgePx()).toBe(0);
  await page.locator(".decisions-title:focus").press("Shift+Tab");
  await page.locator(".take-back:focus").press("Enter");
  await page.getByText(/RTW Düsseldorf 1: Neuss Lukas zurückgenommen: hier geschrieben/).waitFor();
  expect(server.posts[2]).toMatchObject({
    kind: "mission.steer-taken-back/1",
    body: { mission: first.ref, takesBack: [log, 0], hospital: "neuss-lukas", asked: [log, 1], over: [] },
  });
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText(/RTW Düsseldorf 1: Neuss Lukas taken back: written here/).waitFor();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.locator(".waiting").click();
  await page.locator(".decisions-title:focus").waitFor();
});
