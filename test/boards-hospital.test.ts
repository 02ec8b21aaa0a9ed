// A hospital's board as its people see it: shift, states, IT failure, requests, who comes, an anchor that is gone.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { compareInbound } from "../src/boards/hospital/words.ts";
import type { CapabilityRow } from "../src/site/views/board-site-view.ts";
import { nightMs } from "./support/board-sight.ts";
import {
  cannotRecord,
  capability,
  HospitalBrowser,
  type HospitalOptions,
  setState,
  speak,
} from "./support/hospital-board.ts";
import {
  hospitalLog,
  hospitalView,
  inboundRow,
  requestRow,
  saidRow,
  takenBackAt,
} from "./support/hospital-sample.ts";

const boards = new HospitalBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeout = 60_000;
const view = hospitalView();
const withRow = (changed: CapabilityRow) =>
  view.capabilities.map((row) => (row.capability === changed.capability ? changed : row));
const isUnsaidIn = (rows: readonly CapabilityRow[]) => (row: CapabilityRow) =>
  rows.every(({ capability }) => capability !== row.capability);
const bar = (page: Page, id: string) => page.locator(`[data-bar="${id}"]`);

const onShift = (options: Partial<HospitalOptions> = {}) => boards.openOnShift({ view, ...options });

/** The element that has the focus. */
const focused = (page: Page) => page.locator(":focus");

test("[BOARD20] without a shift nothing can be said; role and name begin it, and the facts carry a number", {
  timeout,
}, async () => {
  const { page, server, faults } = await boards.open({ view });
  expect(await page.locator(".capabilities button:enabled, .requests .main-button:enabled").count()).toBe(0);
  expect(await page.locator("[data-request]").innerText()).toContain("Erst oben die Schicht beginnen");
  await page.getByLabel("Pflege", { exact: true }).check();
  await page.getByLabel("Name").fill("Kim");
  await page.getByRole("button", { name: "Schicht beginnen" }).click();
  await page.getByText(/^Kim, seit 03:07, bis 15:07$/).waitFor();
  await expect.poll(() => focused(page).innerText()).toBe("Kim, seit 03:07, bis 15:07");
  expect(await page.locator("header").innerText()).toMatch(/ÜBUNG[\s\S]*Uniklinik Düsseldorf[\s\S]*Kim/);
  expect(await page.locator(".capabilities button:enabled").count()).toBeGreaterThan(20);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(
    "Kim",
  );
  await speak(page, "English");
  await page.getByText(/^Kim, since 03:07, until 15:07$/).waitFor();
  server.clockOffMs += 12 * 3_600_000;
  await page.getByText("The shift has ended: please begin again.").waitFor();
  await speak(page, "Deutsch");
  await page.getByText("Die Schicht ist zu Ende: bitte neu beginnen.").waitFor();
  expect(faults).toEqual([]);
});

test("[BOARD22] a word that the centre does not hold is marked so, one that it holds says so", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view });
  expect(await capability(page, "ct").innerText()).toMatch(/voll[\s\S]*noch nicht bei der Leitstelle/);
  expect(await capability(page, "emergency-department").innerText()).toMatch(
    /offen[\s\S]*vor\s12\smin[\s\S]*Pflege 106[\s\S]*liegt der Leitstelle vor/,
  );
  expect(await capability(page, "neurosurgery").innerText()).toContain("unbestätigt");
  server.pushCapability(saidRow("ct", { state: "full", heldByDispatch: true }));
  await capability(page, "ct").getByText("liegt der Leitstelle vor").waitFor();
  expect(await page.getByText("noch nicht bei der Leitstelle").count()).toBe(0);
  await speak(page, "English");
  expect(await capability(page, "ct").innerText()).toMatch(/full[\s\S]*held by the control centre/);
  expect(await capability(page, "neurosurgery").innerText()).toContain("unconfirmed");
});

test("[BOARD21] [BOARD39] a state is confirmed once in words, then can be taken back for ten seconds and shows as taken back", {
  timeout,
}, async () => {
  const { page, server } = await onShift();
  await capability(page, "emergency-department").getByRole("button", { name: "nicht möglich" }).click();
  const confirm = capability(page, "emergency-department").locator(".confirm");
  expect(await confirm.innerText()).toContain("Notaufnahme: nicht möglich.");
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page).innerText()).toMatch(/nicht möglich/);
  await page.keyboard.down("Enter");
  await confirm.locator(".main-button:focus").waitFor();
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await confirm.locator(".main-button").hover();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  expect(server.facts()).toEqual([]);
  await confirm.getByLabel("Grund").selectOption("evacuation");
  await confirm.locator(".main-button").click();
  await focused(page).getByText("Notaufnahme: nicht möglich").waitFor();
  await capability(page, "emergency-department").locator(`[data-slip="written"]`).waitFor();
  expect(server.facts()).toMatchObject([
    {
      kind: "hospital.status/1",
      by: "nurse#107",
      body: {
        capability: "emergency-department",
        state: "cannot",
        reason: "evacuation",
        over: [[hospitalLog, 0]],
      },
    },
  ]);
  expect(await page.getByRole("button", { name: /^Zurücknehmen/ }).count()).toBe(0);
  const ref = [hospitalLog, server.posts.length] as const;
  server.pushCapability(saidRow("emergency-department", { ref, state: "cannot", saidMs: server.nowMs() }));
  await page.getByRole("button", { name: /^Zurücknehmen/ }).click();
  await capability(page, "emergency-department")
    .getByText(/zurückgenommen/)
    .waitFor();
  expect(server.facts()[1]).toMatchObject({
    kind: "hospital.status-taken-back/1",
    body: { takesBack: ref, earlierState: "open", over: [ref] },
  });
  const takenBack = takenBackAt(server.nowMs());
  server.pushCapability(saidRow("emergency-department", {}, { takenBack }));
  const row = capability(page, "emergency-department");
  await row.getByText(/zurückgenommen 03:0\d, Kim/).waitFor();
  expect(await row.innerText()).toMatch(/zurückgenommen 03:0\d, Kim[\s\S]*noch nicht bei der Leitstelle/);
  await speak(page, "English");
  expect(await row.innerText()).toMatch(
    /open[\s\S]*taken back 03:0\d, Kim[\s\S]*not yet with the control centre/,
  );
});

test("[BOARD23] IT failure: one confirmation sets what relies on IT and is not closed, then asks for each", {
  timeout,
}, async () => {
  const { page, server } = await onShift();
  // Declining one request for the same reason is another button, under another name.
  const named = await page.getByRole("button", { name: /IT-Ausfall|IT ausgefallen/ }).allInnerTexts();
  expect(named).toEqual([
    expect.stringMatching(/Diese Anfrage ablehnen, weil:\s+IT-Ausfall/),
    expect.stringContaining("Im ganzen Haus ist die IT ausgefallen"),
  ]);
  await page.getByRole("button", { name: "Im ganzen Haus ist die IT ausgefallen" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => focused(page).getAttribute("class")).toBe("it-failure");
  await page.keyboard.press("Enter");
  expect(server.facts()).toEqual([]);
  await page.getByRole("button", { name: "Bestätigen: IT im ganzen Haus ausgefallen" }).click();
  await expect.poll(() => server.facts().length).toBe(16);
  await focused(page).getByText("IT-Ausfall: 16 von 16 Angaben hier geschrieben.").waitFor();
  const bodies = server.facts().map(({ body }) => body);
  expect(new Set(bodies.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
    new Set(["limited it-check"]),
  );
  expect(bodies.map((body) => body["capability"])).not.toContain("ct");
  const checked = { state: "limited", reason: "it-check" } as const;
  const written = server.posts.flatMap(({ body }, i) => {
    const row = view.capabilities.find(({ capability }) => capability === body["capability"]);
    return row === undefined ? [] : [saidRow(row.capability, { ...checked, ref: [hospitalLog, i + 1] })];
  });
  server.show({ ...view, capabilities: [...written, ...view.capabilities.filter(isUnsaidIn(written))] });
  await page.getByRole("button", { name: /^IT-Ausfall ganz zurücknehmen, alle 16 / }).click();
  await page.getByText("IT-Ausfall zurückgenommen: 16 von 16 Angaben hier geschrieben.").waitFor();
  expect(server.facts().filter(({ kind }) => kind === "hospital.status-taken-back/1")).toHaveLength(16);
  // Each is posted by itself, over sockets that a browser chooses: in which order they come is nobody's promise.
  const takenBack = server.facts().slice(16);
  expect(takenBack.map(({ body }) => String(body["takesBack"])).sort()).toEqual(
    written.map(({ words }) => String(words[0]?.ref)).sort(),
  );
  server.show(view);
  await page.getByRole("button", { name: "Im ganzen Haus ist die IT ausgefallen" }).click();
  await page.getByRole("button", { name: "Bestätigen: IT im ganzen Haus ausgefallen" }).click();
  await focused(page).getByText("IT-Ausfall: 16 von 16 Angaben hier geschrieben.").waitFor();
  server.show({
    ...view,
    capabilities: view.capabilities.map((row) =>
      row.capability === "surgery" || row.capability === "neurosurgery"
        ? saidRow(row.capability, checked)
        : row,
    ),
  });
  await page.getByText("Neurochirurgie nach dem IT-Ausfall: Was geht jetzt?").waitFor();
  expect(await page.locator(".asks").innerText()).toContain("noch 2");
  await page.getByRole("button", { name: "Jetzt jede einzeln prüfen" }).click();
  await expect.poll(() => focused(page).getAttribute("id")).toBe("asks");
  await speak(page, "English");
  await page.getByText("Neurosurgery after the IT failure: what is possible now?").waitFor();
});

test("[BOARD24] [BOARD27] [BOARD39] what soon ends by itself is asked again before it does, with sound until seen", {
  timeout,
}, async () => {
  const soon = saidRow("surgery", { ref: [hospitalLog, 3] }, { runsOutSoon: true });
  const asking = { ...view, requests: [], capabilities: withRow(soon) };
  const { page, server } = await onShift({ view: asking });
  await page.locator("html[data-rings=true]").waitFor();
  await page.locator(".asks").getByRole("button", { name: "Gesehen, Ton aus" }).click();
  await page.locator("html[data-rings=false]").waitFor();
  expect(await page.locator(".asks").innerText()).toMatch(/Stroke Unit ist als offen gemeldet, bis 03:29\./);
  await page.locator(".asks").getByRole("button", { name: "offen" }).click();
  await page.locator(".asks .confirm .main-button").click();
  await expect.poll(() => focused(page).getAttribute("id")).toBe("asks");
  await page.getByText(/Chirurgie ist als offen gemeldet, bis/).waitFor();
  await speak(page, "English");
  await page.getByText(/Surgery is reported as open, until .* What holds now\?/).waitFor();
  server.show({ ...asking, requests: [requestRow(2)] });
  await page.locator("html[data-rings=true][data-loud=false]").waitFor();
  // Nothing but an answer ends it, and from half of its time on it is louder.
  await page.locator("#requests").click();
  server.show({ ...asking, requests: [requestRow(2, { askedMs: nightMs - 200_000 })] });
  await page.locator("html[data-rings=true][data-loud=true]").waitFor();
  const said = {
    ref: [hospitalLog, 9] as const,
    by: "dispatcher#104",
    saidMs: nightMs,
    heldByDispatch: true,
  };
  const answer = { ...said, answer: "ready" as const, reason: null, spokenBy: "physician" as const };
  const contest = {
    free: 1,
    freeSaidMs: nightMs,
    others: [{ vehicle: "rtw-wuppertal-3", owners: ["wuppertal"] }],
  };
  server.show({ ...asking, requests: [requestRow(2, { state: "answered", answer, contest })] });
  await page
    .locator(".requests")
    .getByText(/said on telephone or radio, entered by the control centre/)
    .waitFor();
  // It counts until our own, which can still be given.
  await page.locator(".requests").getByRole("button", { name: "Ready" }).waitFor();
  await page
    .locator(".requests")
    .getByText(/Reported: 1 free place, .*\. Also on the way: .*Please answer/)
    .waitFor();
  // It sounds on until somebody here has seen it, whatever was seen of the question below.
  await page.locator("html[data-rings=true][data-loud=false]").waitFor();
  await page.locator(".asks").click();
  expect(await page.locator("html").getAttribute("data-rings")).toBe("true");
  await page.locator(".requests").getByRole("button", { name: "Seen, sound off" }).click();
  await page.locator("html[data-rings=false]").waitFor();
  // Nobody answers in time: it is asked still.
  const ended = saidRow("surgery", { ref: [hospitalLog, 3] }, { runsOutSoon: false });
  const lapsed = ended.cell === null ? null : { ...ended.cell, state: "unconfirmed" as const };
  server.show({ ...asking, capabilities: withRow({ ...ended, cell: lapsed }) });
  await page.getByText("Surgery: the last word has ended. What holds now?").waitFor();
  // Somebody else answers it: no other question comes under the finger.
  const settled = saidRow("surgery", { ref: [hospitalLog, 9] }, { runsOutSoon: false });
  server.show({ ...asking, capabilities: withRow(settled) });
  await page.getByText("Surgery: settled meanwhile.").waitFor();
  await page.locator(".asks").getByRole("button", { name: "Go on" }).click();
  await expect.poll(() => page.locator(".asks").count()).toBe(0);
});

test("[BOARD25] [BOARD39] inbound: by arrival as clock time, announced, old position, diverted; nothing moves under the pointer", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view });
  const rows = await page.locator("[data-inbound]").allInnerTexts();
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatch(/an 03:11[\s\S]*RTW Düsseldorf 4/);
  expect(rows[1]).toMatch(/an 03:16[\s\S]*Ort alt: vor\s3\smin/);
  expect(rows[2]).toMatch(/angekündigt/);
  expect(rows[3]).toMatch(/umgeleitet nach .*Neuss.*, 03:06/);
  await speak(page, "English");
  const spoken = await page.locator("[data-inbound]").allInnerTexts();
  expect(spoken[0]).toMatch(/arrives 03:11/);
  expect(spoken[1]).toMatch(/position old: 3\smin ago/);
  expect(spoken[2]).toMatch(/announced/);
  expect(spoken[3]).toMatch(/diverted to .*Neuss.*, 03:06/);
  await page.locator("[data-inbound]").nth(2).hover();
  const [first, ...others] = view.inbound.toSorted(compareInbound);
  server.show({ ...view, inbound: [inboundRow(1), ...others] });
  await page.getByText("No longer comes to us, or is here.").waitFor();
  const shown = () => page.locator(".inbound li").allInnerTexts();
  expect((await shown()).map((text) => /arrives \S+|announced|diverted|No longer/.exec(text)?.[0])).toEqual([
    ...["No longer", "arrives 03:16", "announced", "diverted", "arrives 03:08"],
  ]);
  expect(first?.mission).toContain("#4");
  await page.getByRole("button", { name: "1 new: put in order" }).click();
  await expect.poll(async () => (await shown())[0]).toMatch(/arrives 03:08/);
  expect(await shown()).toHaveLength(4);
});

describe("[BOARD130] an acceptance that holds no more", () => {
  test("is said at its request with its time, and that no centre holds it yet", { timeout }, async () => {
    const nowhere = { heldByDispatch: false };
    const taken = { answerTakenBackMs: nightMs, acceptedMs: nightMs - 60_000, takenBackHeld: nowhere };
    const cannot = {
      ...{ ref: [hospitalLog, 7] as const, answer: "cannot" as const, reason: "no-beds", by: "nurse#107" },
      ...{ saidMs: nightMs, heldByDispatch: false },
    };
    const answered = { state: "answered" as const, answer: cannot, acceptedMs: nightMs - 120_000 };
    const requests = [requestRow(1, taken), requestRow(2, answered), requestRow(3)];
    const { page, server } = await onShift({ view: { ...view, requests } });
    const request = (number: number) => page.locator(`[data-request$="#${90 + number}"]`);
    expect(await request(1).innerText()).toMatch(
      /Unsere Zusage von 03:06 gilt nicht mehr\.[\s\S]*Antwort zurückgenommen 03:07: wieder offen[\s\S]*noch nicht bei der Leitstelle/,
    );
    expect(await request(2).innerText()).toMatch(
      /Wir können nicht annehmen, keine Betten[\s\S]*Unsere Zusage von 03:05 gilt nicht mehr\.[\s\S]*noch nicht bei der Leitstelle/,
    );
    expect(await request(3).innerText()).not.toMatch(/Zusage/);
    const there = { heldByDispatch: true, heldAt: "wuppertal" };
    const elsewhere = { ...answered, answer: { ...cannot, ...there } };
    const backs = [{ heldByDispatch: true }, there].map((takenBackHeld) => ({ ...taken, takenBackHeld }));
    server.show({ ...view, requests: [...backs, elsewhere].map((row, i) => requestRow(i + 1, row)) });
    await request(1).getByText("liegt der Leitstelle vor").waitFor();
    for (const i of [2, 3]) await request(i).getByText("liegt Leitstelle Wuppertal vor").waitFor();
    expect(await request(1).locator(".unheld").count()).toBe(0);
  });
});

describe("[BOARD26] a request", () => {
  test("[BOARD39] [BOARD109] shows its deadline and a forced assignment, and is declined with one of six reasons", {
    timeout,
  }, async () => {
    const forced = {
      ...{ reason: "only-one" as const, centre: "duesseldorf", by: "dispatcher#104" },
      saidMs: nightMs,
    };
    const requests = [requestRow(1, { forced })];
    const { page, server } = await onShift({ view: { ...view, requests } });
    const request = page.locator("[data-request]");
    expect(await request.innerText()).toMatch(
      /Zwangsbelegung: Zuweisung trotz „voll“ oder „nicht möglich“\. Grund: kein anderes Haus hat diese Versorgung\. Leitstelle Düsseldorf, Disposition 104, 03:07/,
    );
    expect(await request.innerText()).toMatch(/Leitstelle Düsseldorf fragt, 03:07[\s\S]*Antwort bis 03:09/);
    expect(await request.locator("button").count()).toBe(7);
    await request.getByRole("button", { name: "keine Betten" }).click();
    expect(await request.innerText()).toContain(
      "RTW Düsseldorf 1, Schlaganfall: Wir können nicht annehmen, keine Betten.",
    );
    expect(await request.innerText()).toContain("Der Patient kommt trotzdem");
    await request.locator(".confirm .main-button").click();
    await request.locator(`[data-slip="written"]`).waitFor();
    await focused(page).getByText("Wir können nicht annehmen").waitFor();
    expect(server.facts()).toMatchObject([
      { kind: "mission.answered/1", body: { answer: "cannot", reason: "no-beds", over: [] } },
    ]);
    await speak(page, "English");
    await request.getByText("Forced assignment: sent to you in spite of “full” or “cannot”.").waitFor();
  });

  test("that is answered says who and whether the centre holds it", { timeout }, async () => {
    const answer = {
      ...{ ref: [hospitalLog, 7] as const, answer: "ready" as const, reason: null, by: "nurse#106" },
      ...{ saidMs: nightMs - 5_000, heldByDispatch: false },
    };
    const { page } = await boards.open({
      view: { ...view, requests: [requestRow(1, { state: "answered", answer })] },
    });
    expect(await page.locator("[data-request]").innerText()).toMatch(
      /Wir nehmen an[\s\S]*noch nicht bei der Leitstelle/,
    );
  });

  test("that was accepted can be declined after all, and the other way round", { timeout }, async () => {
    const given = {
      ...{ ref: [hospitalLog, 7] as const, reason: null, by: "nurse#106" },
      ...{ saidMs: nightMs - 99_000, heldByDispatch: true },
    };
    const over = [[hospitalLog, 7] as const];
    const requests = [
      requestRow(1, { state: "answered", answer: { ...given, answer: "ready" }, over }),
      requestRow(2, { state: "answered", answer: { ...given, answer: "cannot", reason: "no-beds" } }),
    ];
    const { page, server } = await onShift({ view: { ...view, requests } });
    const [accepted, declined] = [1, 2].map((n) => page.locator(".request", { hasText: `Düsseldorf ${n}` }));
    expect(await accepted?.locator("button:visible").count()).toBe(0);
    await accepted?.getByText("Doch nicht möglich, weil …").first().click();
    await accepted?.getByRole("button", { name: "keine Betten" }).click();
    await accepted?.getByText("Bis die Leitstelle neu entscheidet, fährt der Patient hierher.").waitFor();
    await accepted?.locator(".confirm .main-button").click();
    await expect.poll(() => server.facts()).toHaveLength(1);
    expect(server.facts()).toMatchObject([
      { kind: "mission.answered/1", body: { answer: "cannot", reason: "no-beds", over } },
    ]);
    await declined?.getByText("Doch möglich").click();
    await declined?.getByRole("button", { name: "Wir nehmen an" }).waitFor();
    await speak(page, "English");
    await declined?.getByRole("button", { name: "We are ready" }).waitFor();
  });
});

test("[BOARD88] an anchor that cannot record says so: nothing can be said, nothing was acknowledged", {
  timeout,
}, async () => {
  const { page, server } = await onShift();
  server.reply = () => cannotRecord;
  await setState(page, "ct", "voll");
  await capability(page, "ct").getByText(cannotRecord.sentence.de).waitFor();
  server.showOwn({ storing: false });
  await bar(page, "not-storing").getByText("nichts wird geschrieben").waitFor();
  expect(
    await page.locator("[data-slip]").evaluateAll((all) => all.map((one) => one.dataset["slip"])),
  ).toEqual(["refused"]);
  // What was refused can be thrown away, and nothing else done.
  const enabled = page.locator(".capabilities button:enabled, .requests .main-button:enabled");
  expect(await enabled.allInnerTexts()).toEqual(["Verwerfen"]);
  // Nobody is sent to begin a shift that has begun.
  expect(await page.locator(".requests").innerText()).not.toMatch(/Schicht/);
  await speak(page, "English");
  await bar(page, "not-storing").getByText("nothing is written").waitFor();
  await capability(page, "ct").getByText(cannotRecord.sentence.en).waitFor();
});

test("[BOARD27] a board whose sound is held back says so and tells the centre; a touch lets it sound", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view });
  await expect.poll(() => server.posts.some(({ kind }) => kind === "board.sound/1")).toBe(true);
  const first = server.posts.find(({ kind }) => kind === "board.sound/1")?.body["sound"];
  expect(await bar(page, "sound").count()).toBe(first === "held-back" ? 1 : 0);
  await page.locator("h2").first().click();
  await bar(page, "sound").waitFor({ state: "detached" });
  await expect
    .poll(() => server.posts.findLast(({ kind }) => kind === "board.sound/1")?.body["sound"])
    .toBe("on");
});

test("[BOARD28] an anchor that is gone: a bar, buttons off, typed text kept, nothing fresh", {
  timeout,
}, async () => {
  const { page, server } = await boards.open({ view });
  await page.getByLabel("Name").fill("Kim");
  await server.kill();
  // How soon: boards-timed.test.ts.
  await bar(page, "gone").waitFor();
  expect(await page.locator(".capabilities button:enabled, .requests .main-button:enabled").count()).toBe(0);
  const shapes = await page
    .locator("[data-shape]")
    .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute("data-shape")))]);
  expect(shapes).toEqual(["old"]);
  expect(await page.getByLabel("Name").inputValue()).toBe("Kim");
  await bar(page, "gone").getByText("Alles hier ist alt, Schaltflächen sind aus.").waitFor();
  await speak(page, "English");
  await bar(page, "gone").getByText("Everything here is old, buttons are off.").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Kim");
  await server.start();
  await bar(page, "gone").waitFor({ state: "detached" });
  expect(await page.getByLabel("Name").inputValue()).toBe("Kim");
});
