// Who speaks at a desk, what a shift hands over, our own paths, and requests to hospitals.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BoardBrowser } from "./support/board-page.ts";
import { heard, hospitalRow, missionLog, missionRow, silentMission } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { deskView, openPanel, toolsOf } from "./support/desk-sample.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const mission = silentMission(1, nightMs);
const panel = (page: Page) => page.locator(".panel");
const shiftButton = (page: Page) => page.locator(`[data-panel-button="shift"]`);

async function signIn(page: Page, name: string): Promise<void> {
  await openPanel(page, "shift");
  await page.getByLabel("Name").fill(name);
  await panel(page).locator(".main-button").click();
  await shiftButton(page).getByText(name).waitFor();
}

describe("[BOARD66] who speaks at this desk", () => {
  test("before a name is given the desk speaks as itself and says so; then facts carry role and number, and no name stays in the browser", {
    timeout,
  }, async () => {
    const { page, server, faults } = await boards.open({ view: deskView(), query: "?desk=3" });
    await toolsOf(page);
    expect(await shiftButton(page).innerText()).toMatch(/Platz 3: niemand angemeldet/);
    await page.getByRole("button", { name: "niemand erreicht" }).first().click();
    await expect.poll(() => server.posts.length).toBe(1);
    expect(server.posts[0]?.by).toBe("dispatcher#3");
    await openPanel(page, "shift");
    await panel(page).getByText("Ohne Anmeldung schreibt dieser Platz als Platz 3.").waitFor();
    await panel(page).getByLabel("Lagedienst").check();
    await page.getByLabel("Name").fill("Kim");
    await page.keyboard.press("Enter");
    await shiftButton(page).getByText("Kim bis 15:07").waitFor();
    expect(await page.locator("header").innerText()).toContain("Rhein-Ruhr · Kim");
    await page.getByRole("button", { name: "niemand erreicht" }).first().click();
    await expect.poll(() => server.posts[1]?.by).toBe("shift-leader#104");
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(
      "Kim",
    );
    await page.reload();
    await shiftButton(page).getByText("Kim bis 15:07").waitFor();
    expect(faults).toEqual([]);
  });

  test("two desks that nobody named are two, also after a reload; no number is one that people get", {
    timeout,
  }, async () => {
    const { page, server } = await boards.open({ view: deskView(), query: "?desk=104" });
    await shiftButton(page).getByText("Platz 1: niemand angemeldet").waitFor();
    const other = await page.context().newPage();
    await other.goto(server.url);
    for (const times of [1, 2]) {
      await shiftButton(other).getByText("Platz 2: niemand angemeldet").waitFor();
      await other.getByRole("button", { name: "niemand erreicht" }).first().click();
      await expect.poll(() => server.posts.length).toBe(times);
      expect(server.posts.at(-1)?.by).toBe("dispatcher#2");
      await other.reload();
    }
    expect(server.desks).toBe(2);
  });

  test("after twelve hours it asks again and speaks as the desk until somebody answers", {
    timeout,
  }, async () => {
    const { page, server } = await boards.open({ view: deskView() });
    await toolsOf(page);
    await signIn(page, "Kim");
    server.clockOffMs += 12 * 3_600_000;
    await shiftButton(page).getByText("Kim: Schicht ist um").waitFor();
    await panel(page).getByText("Zwölf Stunden sind um: bitte Rolle und Name neu angeben.").waitFor();
    await page.getByRole("button", { name: "niemand erreicht" }).first().click();
    await expect.poll(() => server.posts[0]?.by).toBe("dispatcher#1");
    await page.getByLabel("Name").fill("Sascha");
    await panel(page).getByRole("button", { name: "Schicht beginnen" }).click();
    await shiftButton(page).getByText("Sascha bis").waitFor();
  });

  test("[BOARD84] who relieves somebody is offered their tasks: one tap takes all, or sets all free", {
    timeout,
  }, async () => {
    const decide = `decide:${mission.mission}` as const;
    const { page, server } = await boards.open({ view: deskView() });
    await toolsOf(page);
    await signIn(page, "Kim");
    const kim = { centre: "duesseldorf", by: "dispatcher#104", sinceMs: nightMs - 60_000 };
    const log = "duesseldorf/anchor/1-00000001";
    const tasks = [
      { task: decide, owners: [kim], over: [[log, 50] as const] },
      { task: "confirm:ukd" as const, owners: [kim], over: [[log, 51] as const] },
      { task: "confirm:neuss-lukas" as const, owners: [{ ...kim, centre: "wuppertal" }], over: [] },
    ];
    server.push({ centreChanges: { tasks } });
    const line = page.locator(`article [data-task="${decide}"]`);
    await line.getByText("bei mir seit 03:06").waitFor();
    await panel(page).getByText("Wer sich hier anmeldet, löst Kim ab").waitFor();
    await page.getByLabel("Name").fill("Sascha");
    await panel(page).getByRole("button", { name: "Ablösen" }).click();
    await panel(page).getByText("2 Aufgaben ohne Besitzer").waitFor();
    expect(await line.innerText()).toMatch(/ohne Besitzer, nicht mehr im Dienst: Kim \(seit 03:06\)/);
    await panel(page).getByRole("button", { name: "Alle übernehmen" }).click();
    await expect.poll(() => server.posts.length).toBe(2);
    expect(server.posts).toMatchObject([
      { kind: "task.taken/1", by: "dispatcher#105", body: { task: decide, over: [[log, 50]] } },
      { kind: "task.taken/1", body: { task: "confirm:ukd", over: [[log, 51]] } },
    ]);
    server.push({
      centreChanges: { tasks: [{ task: decide, owners: [{ ...kim, by: "dispatcher#105" }], over: [] }] },
    });
    await line.getByText("bei mir seit 03:06").waitFor();
    expect(await panel(page).locator(".left-tasks").count()).toBe(0);
    await page.getByRole("button", { name: "English" }).click();
    await panel(page).getByRole("button", { name: "Sign off, nobody relieves me" }).click();
    await panel(page).getByText("1 task without an owner").waitFor();
    await page.locator(`[data-panel-button="shift"]`).getByText("nobody signed in").waitFor();
    await panel(page).getByRole("button", { name: "Release all" }).click();
    await expect
      .poll(() => server.posts.at(-1))
      .toMatchObject({
        kind: "task.released/1",
        by: "dispatcher#1",
        body: { task: decide },
      });
  });

  test("the anchor gone: what was typed stays, and nobody can begin a shift", { timeout }, async () => {
    const { page, server } = await boards.open({ view: deskView() });
    await toolsOf(page);
    await openPanel(page, "shift");
    await page.getByLabel("Name").fill("Kim");
    await server.kill();
    await page.locator(`[data-bar="gone"]`).waitFor();
    expect(await panel(page).locator(".main-button").isDisabled()).toBe(true);
    expect(await page.getByLabel("Name").inputValue()).toBe("Kim");
  });

  test("the hand-over lists open tasks with their owners, and states about to run out with whom to call", {
    timeout,
  }, async () => {
    const owner = { centre: "wuppertal", by: "dispatcher#107", sinceMs: nightMs - 60_000 };
    const view = deskView({
      tasks: [{ task: `decide:${mission.mission}`, owners: [owner], over: [] }],
      runsOut: [
        { hospital: "neuss-lukas", capability: "stroke-unit", state: "open", endsMs: nightMs + 900_000 },
      ],
    });
    for (const [query, tasks, soon] of [
      [
        "",
        /Offene Aufgaben \(4\)[\s\S]*RTW Düsseldorf 1\s+Ziel entscheiden:\s+bei Leitstelle Wuppertal, Disposition 107 \(seit 03:06\)/,
        /Läuft aus: nachfragen \(1\)\s+Neuss Lukas 0\d+ [\d ]+\s+Stroke Unit: offen bis 03:22/,
      ],
      [
        "?lang=en",
        /Open tasks \(4\)[\s\S]*with Leitstelle Wuppertal, dispatcher 107 \(since 03:06\)/,
        /Running out: ask \(1\)\s+Neuss Lukas 0\d+ [\d ]+\s+stroke unit: open until 03:22/i,
      ],
    ] as const) {
      const { page } = await boards.open({ view, query });
      await toolsOf(page);
      await openPanel(page, "shift");
      const text = await panel(page).innerText();
      expect(text).toMatch(tasks);
      expect(text).toMatch(soon);
      await panel(page).locator("[data-runs-out] button").first().click();
      await page.locator(`[data-panel="voice"] .chosen-hospital`).waitFor();
      expect(await page.locator(".report select").first().inputValue()).toBe("stroke-unit");
    }
  });
});

test("[BOARD67] our own paths, wrong clocks, dropouts and missing sound are said in words, in one place", {
  timeout,
}, async () => {
  const view = deskView(
    {
      paths: {
        heard: 12,
        rows: [
          { site: "wuppertal", state: "late", lastHeardMs: null },
          { site: "ukd", state: "silent", lastHeardMs: nightMs - 120_000 },
        ],
      },
      noSound: [
        { site: "rtw-duesseldorf-1", sinceMs: nightMs },
        { site: "ukd", sinceMs: nightMs, closed: true },
      ],
    },
    { hospitals: [hospitalRow("ukd", nightMs, { contact: { ...heard, clockOffMs: 40_000, flaps: 1 } })] },
  );
  for (const [query, button, paths, trouble] of [
    [
      "",
      "Wege: 12 gehört, 1 gestört",
      /12 Standorte direkt gehört\s+Leitstelle Wuppertal: verspätet\s+Uniklinik Düsseldorf: auf unserem Weg still seit 03:05/,
      /Uniklinik Düsseldorf: Uhr dort geht 40 s vor · flattert: setzte eben einmal aus · keine Tafel offen dort seit 03:07[\s\S]*RTW Düsseldorf 1: kein Ton dort seit 03:07/,
    ],
    [
      "?lang=en",
      "Paths: 12 heard, 1 disturbed",
      /12 sites heard directly\s+Leitstelle Wuppertal: late\s+Uniklinik Düsseldorf: silent on our path since 03:05/,
      /clock there is 40 s ahead · flapping: dropped out once just now · no board open there since 03:07[\s\S]*no sound there since 03:07/,
    ],
  ] as const) {
    const { page } = await boards.open({ view, query });
    await toolsOf(page);
    await page.getByRole("button", { name: button }).click();
    expect(await panel(page).innerText()).toMatch(paths);
    expect(await panel(page).innerText()).toMatch(trouble);
    await page.keyboard.press("Escape");
    await page.locator(`[data-panel-button="paths"]:focus`).waitFor();
    expect(await panel(page).count()).toBe(0);
  }
});

describe("[BOARD68] a request to a hospital", () => {
  const log = "duesseldorf/anchor/1-00000001";
  const asked = {
    step: "asked",
    ref: [log, 9] as const,
    over: [],
    hospital: "ukd",
    heldThere: true,
  } as const;
  const tools = (page: Page) => page.locator(".mission-tools");

  test("that was never sent is asked for, confirmed once in words", { timeout }, async () => {
    const { page, server } = await boards.open({
      view: deskView({}, { missions: [missionRow(1, nightMs)] }),
    });
    await toolsOf(page);
    await tools(page).getByRole("button", { name: "Uniklinik Düsseldorf fragen" }).click();
    await page.locator(".confirm:focus").waitFor();
    await page
      .getByText("RTW Düsseldorf 1, Schlaganfall: Uniklinik Düsseldorf wird gefragt, ob es annimmt.")
      .waitFor();
    expect(server.posts).toEqual([]);
    await page.keyboard.press("Escape");
    await tools(page).getByRole("button", { name: "Uniklinik Düsseldorf fragen" }).click();
    await page.getByRole("button", { name: "Bestätigen: Uniklinik Düsseldorf fragen" }).click();
    await expect.poll(() => server.posts.length).toBe(1);
    expect(server.posts[0]).toMatchObject({
      kind: "mission.asked/1",
      body: { hospital: "ukd", answerWithinS: 60, over: missionRow(1, nightMs).centreOver },
    });
    // [BOARD100] What has not arrived there in time is a call, by number and radio group, not a wait for an answer.
    const late = { ...asked, heldThere: false, askedMs: nightMs - 135_000, dueMs: nightMs - 120_000 };
    server.push({ missions: [missionRow(1, nightMs, { request: late })] });
    await tools(page).getByText("Um 03:05 noch nicht dort angekommen: anrufen").waitFor();
    await tools(page)
      .getByText(/Funkgruppe/)
      .waitFor();
    const request = { ...asked, askedMs: nightMs, dueMs: nightMs + 120_000 };
    server.push({ missions: [missionRow(1, nightMs, { request })] });
    await tools(page).getByText("Antwort bis 03:09").waitFor();
    expect(await tools(page).getByRole("button", { name: "fragen" }).count()).toBe(0);
  });

  test("past its deadline goes on to the second channel, has an owner, and can be asked again", {
    timeout,
  }, async () => {
    const request = { ...asked, askedMs: nightMs - 240_000, dueMs: nightMs - 120_000 };
    const { page, server } = await boards.open({
      view: deskView({}, { missions: [missionRow(1, nightMs, { request })] }),
      query: "?lang=en",
    });
    await toolsOf(page);
    await tools(page).getByText("No answer, was due 03:05").waitFor();
    await tools(page).getByRole("button", { name: "Take (get an answer" }).click();
    await tools(page).getByRole("button", { name: "telephone" }).click();
    await expect.poll(() => server.posts.length).toBe(2);
    expect(server.posts).toMatchObject([
      { kind: "task.taken/1", body: { task: `escalate:${mission.mission}`, over: [] } },
      { kind: "mission.escalated/1", body: { mission: mission.ref, asked: [log, 9], channel: "telephone" } },
    ]);
    server.push({
      missions: [missionRow(1, nightMs, { request: { ...request, escalated: ["telephone"] } })],
    });
    await tools(page).getByText("asked on the second channel: telephone").waitFor();
    await tools(page).getByRole("button", { name: "Ask Uniklinik Düsseldorf again" }).waitFor();
  });

  test("a crew's spoken *understood* is entered, confirmed with old and new hospital", {
    timeout,
  }, async () => {
    const steered = { hospital: "neuss-lukas", saidMs: nightMs, heldByCrew: true, ref: [log, 3] as const };
    const row = missionRow(1, nightMs, { steered, crewOver: [[log, 3]] });
    const { page, server } = await boards.open({ view: deskView({}, { missions: [row] }) });
    await toolsOf(page);
    await tools(page).getByRole("button", { name: "Funk" }).click();
    await page
      .getByText(
        "RTW Düsseldorf 1, Schlaganfall: Besatzung fährt nach Neuss Lukas statt Uniklinik Düsseldorf, über Funk gesagt.",
      )
      .waitFor();
    await page.getByRole("button", { name: "Bestätigen: fährt nach Neuss Lukas" }).click();
    await expect.poll(() => server.posts.length).toBe(1);
    expect(server.posts[0]).toMatchObject({
      kind: "mission.understood/1",
      body: { mission: row.ref, hospital: "neuss-lukas", channel: "radio", over: [[log, 3]] },
    });
  });

  test("shows who holds each step, and what was taken back", { timeout }, async () => {
    const row = missionRow(1, nightMs, {
      receipts: [
        { what: "opened", ref: [log, 1], heldBy: ["ukd", "wuppertal"] },
        { what: "asked", ref: [log, 9], heldBy: [] },
      ],
      takenBack: [{ what: "steered", hospital: "neuss-lukas", saidMs: nightMs }],
    });
    const { page } = await boards.open({ view: deskView({}, { missions: [row] }) });
    await toolsOf(page);
    await tools(page).getByText("Quittungen").click();
    expect(await tools(page).innerText()).toMatch(
      /Vorschlag Neuss Lukas zurückgenommen, 03:07[\s\S]*Einsatz: liegt vor bei Uniklinik Düsseldorf, Leitstelle Wuppertal\s+Anfrage: noch bei niemandem sonst/,
    );
  });
});

test("[BOARD70] [BOARD86] a new decision that is not quiet sounds until somebody touches the board; sound held back is a bar and a fact", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view: deskView({}, { missions: [] }) });
  await toolsOf(page);
  const rings = () => page.evaluate(() => document.documentElement.dataset["rings"]);
  const soundBar = page.locator(`[data-bar="sound"]`);
  await expect.poll(() => server.sounds.length).toBeGreaterThan(0);
  expect(await soundBar.count()).toBe(server.sounds[0]?.body["sound"] === "held-back" ? 1 : 0);
  expect(server.posts).toEqual([]);
  await page.locator("h2").first().click();
  await soundBar.waitFor({ state: "detached" });
  await expect.poll(() => server.sounds.at(-1)?.body["sound"]).toBe("on");
  await expect.poll(rings).toBe("false");
  server.push({ missions: [mission] });
  await expect.poll(rings).toBe("true");
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
  // The same decision again is no new one; for another destination it is.
  server.push({ missions: [{ ...mission, urgency: 2 }] });
  await page.locator(".card.urgency-2").waitFor();
  expect(await rings()).toBe("false");
  const elsewhere = { ...mission, destination: { hospital: "neuss-lukas", saidMs: nightMs } };
  server.push({ missions: [elsewhere] });
  await expect.poll(rings).toBe("true");
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
  // [BOARD86] What is not to sound yet is on the board all the same, and a touch meanwhile does not make it seen.
  const silent = silentMission(9, nightMs, { urgency: 3 });
  server.push({ missions: [{ ...silent, decide: silent.decide && { ...silent.decide, quiet: true } }] });
  await page.locator(".card.urgency-3").waitFor();
  await page.keyboard.press("Shift");
  expect(await rings()).toBe("false");
  server.push({ missions: [silent] });
  await expect.poll(rings).toBe("true");
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
  // A request that nobody answers in time, without anything being pushed.
  const request = {
    step: "asked",
    ref: [missionLog, 9],
    over: [],
    hospital: "ukd",
    askedMs: nightMs,
  } as const;
  const waiting = missionRow(3, nightMs, { request: { ...request, dueMs: server.nowMs() + 2_000 } });
  server.push({ missions: [waiting] });
  await page.locator(".mission").first().waitFor();
  expect(await rings()).toBe("false");
  await expect.poll(rings, { timeout: 8_000 }).toBe("true");
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
});
