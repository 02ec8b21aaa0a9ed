// A transfer at the boards: the control centre asks both hospitals, these agree or not, and see who goes out and who comes.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe.ts";
import { BoardBrowser } from "./support/board-page.ts";
import { hospitalRow, missionRow, readyAnswer, strokeLines } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { deskView, toolsOf } from "./support/desk-sample.ts";
import { HospitalBrowser } from "./support/hospital-board.ts";
import { hospitalView, inboundRow, requestRow } from "./support/hospital-sample.ts";

const boards = new BoardBrowser();
const hospitals = new HospitalBrowser();
beforeAll(() => Promise.all([boards.start(), hospitals.start()]), 120_000);
afterEach(() => Promise.all([boards.closeBoards(), hospitals.closeBoards()]));
afterAll(() => Promise.all([boards.stop(), hospitals.stop()]));

const timeout = 60_000;
/** What UKD asks for, as boards are given it. */
const hospitalAsked = {
  ...{ ref: ["ukd/anchor/1-00000002", 30] as const, by: "nurse#106", state: "open" as const, flags: [] },
  ...{ need: "stroke" as const, urgency: 2, ageGroup: "65-79" },
  ...{ saidMs: nightMs - 60_000, endsMs: nightMs + 400 * 60_000 },
};
const minuteMs = 60_000;

test("[TRANSFER4] a transfer: both hospitals are asked, the silent one by voice, and only what both agree to is steered", {
  timeout,
}, async () => {
  const waits = missionRow(1, nightMs, {
    ...{ from: "ukd", agreed: [], destination: null, arrivalMinTenths: null, request: { step: "none" } },
    decide: {
      ...{ cause: "no-destination", sinceMs: nightMs - 90_000, call: false, forced: false },
      ...{ policy: "rhein-ruhr-3", lines: strokeLines },
    },
  });
  const { page, server, faults } = await boards.open({
    view: deskView({}, { hospitals: [hospitalRow("neuss-lukas", nightMs)], missions: [waits] }),
  });
  await toolsOf(page);
  const card = page.locator("article[data-mission]").first();
  const choose = async (hospital = "neuss-lukas") => {
    await card.locator(`[data-line=${hospital}]`).check();
    await card.getByRole("button", { name: "Auswählen und bestätigen" }).click();
  };
  await card.getByText("Verlegung von Uniklinik Düsseldorf, Schlaganfall").waitFor();
  await choose();
  expect(await page.locator(".confirm").innerText()).toMatch(
    /Neuss Lukas wird gefragt, ob es annimmt, Uniklinik Düsseldorf, ob es einverstanden ist\. Losgefahren wird erst/,
  );
  await page.getByRole("button", { name: "Bestätigen: beide Häuser fragen" }).click();
  await expect.poll(() => server.posts.length).toBe(2);
  const asked = { mission: waits.ref, answerWithinS: 60 };
  expect(server.posts).toMatchObject([
    { kind: "mission.asked/1", body: { ...asked, hospital: "neuss-lukas" } },
    { kind: "mission.agreement-asked/1", body: { ...asked, hospital: "ukd", to: "neuss-lukas" } },
  ]);
  const agreement = {
    ...{
      step: "asked" as const,
      ref: [waits.ref[0], 9] as const,
      over: [],
      hospital: "ukd",
      to: "neuss-lukas",
    },
    ...{ askedMs: nightMs - 5 * minuteMs, dueMs: nightMs - minuteMs },
  };
  const toKrefeld = {
    ...agreement,
    ref: [waits.ref[0], 12] as const,
    to: "krefeld-helios",
    dueMs: nightMs + minuteMs,
  };
  const earlier = {
    ...agreement,
    ref: [waits.ref[0], 8] as const,
    hospital: "neuss-lukas",
    dueMs: nightMs - 2 * minuteMs,
  };
  const last = {
    ...earlier,
    ref: [waits.ref[0], 11] as const,
    hospital: "krefeld-helios",
    dueMs: nightMs + 2 * minuteMs,
  };
  const agreements = [agreement, toKrefeld];
  server.push({ missions: [{ ...waits, request: last, otherRequests: [earlier], agreements }] });
  const tools = page.locator(".mission-tools");
  await tools.getByText("Uniklinik Düsseldorf gefragt vor 5 min: nach Neuss Lukas?").waitFor();
  const said = await tools.locator(":scope > .facts, :scope > [data-deadline]").allInnerTexts();
  expect(said.map((text) => text.replaceAll("\u00a0", " "))).toEqual([
    "Neuss Lukas gefragt vor 5 min",
    "Keine Antwort, Frist war 03:05",
    "Krefeld Helios gefragt vor 5 min",
    "Antwort bis 03:09",
    "Uniklinik Düsseldorf gefragt vor 5 min: nach Neuss Lukas?",
    "Keine Antwort, Frist war 03:06",
    "Uniklinik Düsseldorf gefragt vor 5 min: nach Krefeld Helios?",
    "Antwort bis 03:08",
  ]);
  const asks = await tools.getByRole("button", { name: /^Antwort mündlich: / }).allInnerTexts();
  expect(asks.map((text) => text.replace(/^Antwort mündlich: |\s+\(RTW.*/g, ""))).toEqual([
    "Neuss Lukas",
    "Krefeld Helios",
    "Uniklinik Düsseldorf (nach Neuss Lukas)",
    "Uniklinik Düsseldorf (nach Krefeld Helios)",
  ]);
  // Within its deadline nobody is asked a second time.
  await choose("krefeld-helios");
  await page
    .locator(".confirm")
    .getByText(/Krefeld Helios und Uniklinik Düsseldorf sind gefragt/)
    .waitFor();
  expect(await page.locator(".confirm .main-button").isDisabled()).toBe(true);
  await page.locator(".confirm").getByRole("button", { name: "Zurück" }).click();
  await tools.getByRole("button", { name: "Telefon", exact: true }).first().click();
  await expect.poll(() => server.posts.length).toBe(3);
  expect(server.posts[2]?.body).toMatchObject({ asked: earlier.ref, channel: "telephone" });
  await tools
    .getByRole("button", { name: "Antwort mündlich: Uniklinik Düsseldorf (nach Neuss Lukas)" })
    .click();
  await tools.getByText("Es zählt nur die Zusage einer Ärztin oder eines Arztes, zurückgelesen.").waitFor();
  for (const name of ["einverstanden", "Ärztin oder Arzt", "Zurückgelesen"])
    await tools.getByLabel(name, { exact: name === "einverstanden" }).check();
  await tools.getByRole("button", { name: "Prüfen" }).click();
  await tools.getByText(/^Uniklinik Düsseldorf \(nach Neuss Lukas\) einverstanden: RTW/).waitFor();
  await tools
    .getByRole("button", { name: "Bestätigen: Uniklinik Düsseldorf (nach Neuss Lukas) einverstanden" })
    .click();
  await expect.poll(() => server.posts.length).toBe(4);
  expect(server.posts[3]).toMatchObject({
    kind: "mission.answer-spoken/1",
    body: { asked: agreement.ref, answer: "ready", answeredBy: "physician", readBack: true },
  });
  const rings = () => page.locator("html").getAttribute("data-rings");
  await expect.poll(rings).toBe("false");
  server.push({ missions: [{ ...waits, agreed: ["neuss-lukas"] }] });
  await tools.getByText("Beide Häuser haben zugesagt: Neuss Lukas").waitFor();
  await expect.poll(rings).toBe("true");
  await choose();
  expect(await page.locator(".confirm").innerText()).toContain(
    "von Uniklinik Düsseldorf nach Neuss Lukas. Beide",
  );
  await page.locator(".confirm .main-button").click();
  await expect.poll(() => server.posts.length).toBe(5);
  expect(server.posts[4]).toMatchObject({ kind: "mission.steered/1", body: { hospital: "neuss-lukas" } });
  await expect.poll(rings).toBe("false");
  const word = { ...readyAnswer("krefeld-helios", nightMs), answer: "cannot" as const };
  const ofDesk = { ...word, spokenBy: "physician" as const, ref: [waits.ref[0], 20] as const };
  server.push({ missions: [{ ...waits, request: ofDesk }] });
  await tools.getByText(/Krefeld Helios antwortete mündlich/).waitFor();
  expect(await rings()).toBe("false");
  // The hospital that was asked before the last one, too: it stands there, and sounds.
  const otherRequests = [{ ...word, ref: ["krefeld-helios/box/1-00000001", 3] as const }];
  server.push({ missions: [{ ...waits, request: { ...last, hospital: "neuss-lukas" }, otherRequests }] });
  await tools.getByText(/Krefeld Helios kann nicht annehmen/).waitFor();
  await expect.poll(rings).toBe("true");
  // [TRANSFER7] [TRANSFER8] One that a hospital asks for: rings, and is opened with a vehicle and one confirmation, or declined.
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
  const wanted = {
    ...{ ...hospitalAsked, hospital: "ukd", centre: "duesseldorf", agrees: true as const },
    silentSinceMs: nightMs - 30_000,
  };
  server.push({ centreChanges: { transfers: [wanted] } });
  const request = page.locator("[data-transfer]");
  await request.getByText("Uniklinik Düsseldorf fordert eine Verlegung an").waitFor();
  await request.getByText(/^Das Haus schweigt seit 03:0\d: bitte anrufen/).waitFor();
  await expect.poll(rings).toBe("true");
  expect(await violations(page)).toEqual([]);
  // [BOARD123] Calls are named and found by themselves, in their heading's words.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const below = page.locator(".waiting");
  await expect.poll(() => below.allInnerTexts()).toEqual(["1 Entscheidung", "1 Verlegung angefordert"]);
  expect(await page.locator("#calls").innerText()).toBe("1 Verlegung angefordert");
  await below.last().click();
  await page.locator("#calls:focus").waitFor();
  await request.getByRole("button", { name: "Einsatz eröffnen" }).click();
  expect(await request.locator(".confirm .main-button").isDisabled()).toBe(true);
  await request.getByLabel("Fahrzeug").selectOption({ index: 1 });
  await request.getByRole("button", { name: /^Bestätigen: mit RTW/ }).click();
  await expect.poll(() => server.posts.filter(({ kind }) => kind === "mission.opened/1").length).toBe(1);
  expect(server.posts.findLast(({ kind }) => kind === "mission.opened/1")?.body).toMatchObject({
    ...{ need: "stroke", urgency: 2, ageGroup: "65-79", from: "ukd", transfer: wanted.ref },
    ...{ callAtMs: wanted.saidMs, cpr: false, doctor: false },
  });
  await request.getByRole("button", { name: "Ablehnen" }).click();
  await request.getByLabel("anderer Transport ist bestellt").check();
  await request.getByRole("button", { name: "Bestätigen: ablehnen" }).click();
  await expect.poll(() => server.posts.filter(({ kind }) => kind === "transfer.declined/1").length).toBe(1);
  expect(server.posts.findLast(({ kind }) => kind === "transfer.declined/1")?.body).toEqual({
    asked: wanted.ref,
    reason: "other-transport",
  });
  // [BOARD61] Declined by mistake: taken back, while the board shows that very word.
  const ref = ["duesseldorf/anchor/1-00000001", server.posts.length - 1] as const;
  const slip = { ref, centre: "duesseldorf", by: "dispatcher#1", reason: "other-transport" as const };
  const isDeclined = { state: "declined" as const, overMs: nightMs, declined: slip };
  server.push({ centreChanges: { transfers: [{ ...wanted, ...isDeclined }] } });
  await page
    .locator(".tray li", { hasText: "Uniklinik Düsseldorf: Verlegung abgelehnt" })
    .getByRole("button", { name: /^Zurücknehmen/ })
    .click();
  await expect.poll(() => server.posts.at(-1)?.kind).toBe("transfer.decline-taken-back/1");
  expect(server.posts.at(-1)?.body).toEqual({ asked: wanted.ref, takesBack: ref });
  server.push({ centreChanges: { transfers: [wanted] } });
  await request.getByRole("button", { name: "Ablehnen" }).waitFor();
  server.push({ missions: [{ ...waits, senderAgrees: true }] });
  await tools.getByText("Uniklinik Düsseldorf hat die Verlegung angefordert und ist einverstanden").waitFor();
  await page.keyboard.press("Shift");
  await expect.poll(rings).toBe("false");
  server.push({ missions: [{ ...waits, senderBackMs: nightMs }] });
  await tools.getByText("Uniklinik Düsseldorf hat die Anforderung zurückgenommen, 03:07").waitFor();
  await expect.poll(rings).toBe("true");
  server.push({
    centreChanges: { transfers: [{ ...wanted, brokenOff: { ref: wanted.ref, saidMs: nightMs } }] },
  });
  await request
    .getByText("Einsatz endete 03:07 ohne Ankunft. Vor dem nächsten anrufen: Liegt der Patient noch dort?")
    .waitFor();
  // Another desk declines while this one is about to: what was asked is asked anew.
  await request.getByRole("button", { name: "Einsatz eröffnen" }).click();
  const declinedBy = { ref: [waits.ref[0], 50] as const, centre: "wuppertal", by: "dispatcher#1" };
  const refused = {
    state: "declined" as const,
    overMs: nightMs,
    declined: { ...declinedBy, reason: "no-hospital" as const },
  };
  server.push({ centreChanges: { transfers: [{ ...wanted, ...refused }] } });
  await request.getByRole("button", { name: "Doch eröffnen" }).waitFor();
  expect(await request.locator(".confirm").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("[TRANSFER5] of a transfer says whose patient it is; the sending hospital agrees or not, and sees who goes out", {
  timeout,
}, async () => {
  const requests = [
    requestRow(1, { from: "neuss-lukas" }),
    requestRow(2, { from: "ukd", to: "neuss-lukas" }),
  ];
  const outgoing = [{ ...inboundRow(3, { from: "ukd" }), to: "neuss-lukas" }];
  const { page, server } = await hospitals.open({ view: hospitalView({ requests, outgoing }) });
  await page.locator(".shift input[type=radio]").first().check();
  await page.locator("input.name").fill("Kim");
  await page.locator(".shift .main-button").click();
  await page.locator(".shift:not(.asking)").waitFor();
  const [taking, ours] = [page.locator("[data-request]").first(), page.locator("[data-request]").last()];
  expect(await taking.innerText()).toMatch(
    /Verlegung von Neuss Lukas, Schlaganfall[\s\S]*Bei einer Verlegung sagt eine Ärztin oder ein Arzt zu/,
  );
  expect(await ours.innerText()).toContain("Unser Patient, Verlegung nach Neuss Lukas: einverstanden?");
  expect(await ours.locator("button").count()).toBe(2);
  expect(await page.locator("[data-outgoing]").innerText()).toMatch(
    /nach Neuss Lukas\s+RTW Düsseldorf 3 · [\s\S]*Verlegung von Uniklinik Düsseldorf/,
  );
  await ours.getByRole("button", { name: "Wir sind nicht einverstanden" }).click();
  await ours
    .getByText("RTW Düsseldorf 2, Schlaganfall, nach Neuss Lukas: Wir sind nicht einverstanden.")
    .waitFor();
  await ours.locator(".confirm .main-button").click();
  await expect
    .poll(() => server.facts())
    .toMatchObject([{ kind: "mission.answered/1", body: { answer: "cannot" } }]);
  expect(server.facts()[0]?.body).not.toHaveProperty("reason");
  await page.locator(":focus").getByText("RTW Düsseldorf 2: Wir sind nicht einverstanden").waitFor();
  // [TRANSFER7] It asks for one itself, confirmed in words.
  const asking = page.locator("section.transfers");
  await asking.getByRole("button", { name: "Verlegung anfordern" }).click();
  await asking.getByRole("button", { name: "Prüfen" }).click();
  await asking.getByText("Bedarf, Dringlichkeit und Alter angeben.").waitFor();
  await asking.getByLabel("Was der Patient braucht").selectOption("stroke");
  for (const name of ["dringend", "65–79 Jahre", "beatmet"])
    await asking.getByLabel(name, { exact: true }).check();
  expect(await violations(page)).toEqual([]);
  await asking.getByRole("button", { name: "Prüfen" }).click();
  await asking.getByText(/^Verlegung anfordern: dringend, Schlaganfall, 65–79 Jahre, beatmet\.$/).waitFor();
  await asking.getByText("Nicht ärztlich angefordert").waitFor();
  await asking.getByRole("button", { name: "Bestätigen: Verlegung anfordern" }).click();
  await expect.poll(() => server.facts().length).toBe(2);
  expect(server.facts()[1]).toMatchObject({
    kind: "transfer.asked/1",
    body: { need: "stroke", urgency: 2, ageGroup: "65-79", ventilated: true, doctor: false },
  });
  const [log] = hospitalAsked.ref;
  const declined = {
    ref: ["duesseldorf/anchor/1-0a1b2c3d", 7] as const,
    centre: "duesseldorf",
    by: "dispatcher#1",
  };
  const rows = [
    { ...hospitalAsked, heldByDispatch: false },
    {
      ...{ ...hospitalAsked, heldByDispatch: true, ref: [log, 31] as const, state: "declined" as const },
      ...{ overMs: nightMs, declined: { ...declined, reason: "no-vehicle" as const } },
    },
  ];
  server.show(hospitalView({ requests, outgoing, transfers: rows }));
  await asking.getByText("noch nicht bei der Leitstelle").waitFor();
  await asking.getByText(/Leitstelle Düsseldorf, .*: zurzeit kein Rettungsmittel frei/).waitFor();
  await expect.poll(() => page.locator("html").getAttribute("data-rings")).toBe("true");
  await asking.getByRole("button", { name: "Gesehen, Ton aus" }).click();
  await asking
    .getByRole("button", { name: /^Zurücknehmen/ })
    .first()
    .click();
  await asking.getByRole("button", { name: "Bestätigen: zurücknehmen" }).click();
  await expect.poll(() => server.facts().length).toBe(3);
  expect(server.facts()[2]).toMatchObject({
    kind: "transfer.taken-back/1",
    body: { asked: hospitalAsked.ref },
  });
  const notDriven = { ...hospitalAsked, heldByDispatch: true, state: "not-driven" as const, overMs: nightMs };
  server.show(hospitalView({ requests, outgoing, transfers: [notDriven] }));
  await asking.getByText("Kein Transport, Einsatz ist beendet: neu anfordern oder anrufen").waitFor();
  await asking.getByText(/ · beendet 03:07/).waitFor();
  expect(await asking.getByRole("button", { name: /^Zurücknehmen/ }).count()).toBe(0);
  await asking.getByRole("button", { name: "Gesehen, Ton aus" }).click();
  const ended = { ref: ["rtw-1/tablet/1-00000001", 7] as const, saidMs: nightMs };
  const brokenOff = { ...hospitalAsked, heldByDispatch: true, brokenOff: ended };
  server.show(hospitalView({ requests: [], outgoing, transfers: [brokenOff] }));
  await asking.getByText("Wartet auf die Leitstelle").waitFor();
  await asking
    .getByText("Der Einsatz endete 03:07 ohne Ankunft. Ist der Patient nicht mehr hier: zurücknehmen.")
    .waitFor();
  await asking.getByRole("button", { name: "Gesehen, Ton aus" }).click();
  await expect.poll(() => asking.getByRole("button", { name: "Gesehen, Ton aus" }).count()).toBe(0);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Being transferred from here" }).waitFor();
  expect(await violations(page)).toEqual([]);
  // The longest need does not widen a telephone's board.
  await asking.getByRole("button", { name: "Ask for a transfer" }).click();
  await page.setViewportSize({ width: 320, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
