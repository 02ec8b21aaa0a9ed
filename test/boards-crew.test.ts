// The crew's board as its users see it: sign in, choose, be re-steered, lose the anchor.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { present } from "../src/basics/assert.ts";
import { cellAt } from "../src/region/cell.ts";
import { violations } from "./support/axe.ts";
import { nightMs } from "./support/board-sight.ts";
import { CrewBrowser, inEnglish, tooWide } from "./support/crew-board.ts";
import { crewMission, crewRegion, crewView, drivingTo, resteer } from "./support/crew-sample.ts";
import { type CrewServer, crewLog } from "./support/crew-server.ts";
import { loseAnswers } from "./support/lost-answers.ts";

const boards = new CrewBrowser();
const timeout = 60_000;

beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

async function signIn(
  page: Page,
  role = "Notärztin oder Notarzt",
  begin = "Schicht beginnen",
): Promise<void> {
  await page.getByRole("radio", { name: role }).check();
  await page.locator(".shift input[type=text]").fill("Ada Beispiel");
  await page.getByRole("button", { name: begin }).click();
  await page.locator(".shift").waitFor({ state: "detached" });
}

/** Runs in the page. */
function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

const driving = crewMission({ destination: drivingTo("ukd", 3) });
const steered = crewMission({ destination: drivingTo("ukd", 3, { heldByDispatch: true }), resteer });

test("[BOARD30] nobody signs in before they drive: without a shift a word stands under number 1, the form comes last", {
  timeout,
}, async () => {
  const { server, page, faults } = await boards.open(crewView(crewMission()));
  await page.getByRole("heading", { name: /Schlaganfall, 65–79 Jahre, mit Notarzt/ }).waitFor();
  await page
    .getByText("Niemand angemeldet: was hier gesagt wird, steht unter Rettungsdienst Nr. 1.")
    .waitFor();
  expect(await page.locator("article ~ .shift").count()).toBe(1);
  await page.getByRole("button", { name: "am Ziel" }).click();
  await expect.poll(() => server.postsOf("mission.step/1").map(({ by }) => by)).toEqual(["paramedic#1"]);
  await signIn(page);
  expect(server.shifts).toEqual([{ role: "emergency-doctor", name: "Ada Beispiel" }]);
  await page.getByText("Notärztin oder Notarzt Nr. 107, Ada Beispiel").waitFor();
  await page.reload();
  await page.getByText("Notärztin oder Notarzt Nr. 107, Ada Beispiel").waitFor();
  // Twelve hours later: asked again, and nobody is kept from driving meanwhile.
  server.clockOffMs += 12 * 3_600_000;
  await page.getByText("Schicht seit 12 Stunden: bitte neu anmelden").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("12 hours into the shift: please sign in again").waitFor();
  expect(await page.locator(".line button:enabled").count()).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});

test("[BOARD31] [BOARD39] a proposal is called one; driving there is confirmed once in words, written, and can be taken back", {
  timeout,
}, async () => {
  const { server, page } = await boards.open(crewView(crewMission()));
  await signIn(page);
  expect(await page.locator(".tag").allInnerTexts()).toEqual([
    " Vorschlag",
    " von der Leitstelle bestätigt",
    " Vorschlag",
  ]);
  await page.getByRole("button", { name: "Wir fahren nach Neuss Lukas" }).click();
  await page.getByText("RTW Düsseldorf 1, Schlaganfall: wir fahren nach Neuss Lukas.").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Wir fahren nach Neuss Lukas" }).click();
  await page.locator(`[data-slip="written"]`).waitFor();
  const [post] = server.postsOf("mission.destination/1");
  expect(post).toMatchObject({ by: "emergency-doctor#107", body: { hospital: "neuss-lukas" } });
  const index = server.posts.findIndex(({ kind }) => kind === "mission.destination/1");
  server.push(crewMission({ destination: drivingTo("neuss-lukas", index) }));
  await page.getByText("Noch NICHT bei der Leitstelle. Ziel über Funk melden.").waitFor();
  // Where it stands and can be taken back for ten seconds, wherever it was chosen.
  expect(await page.locator(":focus").innerText()).toBe("Unser Ziel");
  expect(await page.getByRole("button", { name: /Zurücknehmen/ }).evaluate(isInView)).toBe(true);
  await page.getByRole("button", { name: /Zurücknehmen/ }).click();
  await expect.poll(() => server.postsOf("mission.destination-taken-back/1")).toHaveLength(1);
  expect(server.postsOf("mission.destination-taken-back/1")[0]?.body).toMatchObject({
    hospital: "neuss-lukas",
    takesBack: ["rtw-duesseldorf-1/tablet/1-00000001", index],
  });
  const takenBack = [{ what: "destination" as const, hospital: "neuss-lukas", saidMs: nightMs }];
  server.push(crewMission({ takenBack }));
  await page.getByText("zurückgenommen 03:07: Ziel Neuss Lukas").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("taken back 03:07: destination Neuss Lukas").waitFor();
  await page.getByRole("button", { name: "We drive to Krefeld Helios" }).waitFor();
});

test("[BOARD31] [BOARD39] any other hospital is found by typing, by keyboard alone; no line slips away under the finger", {
  timeout,
}, async () => {
  const { server, page } = await boards.open(crewView(driving));
  await signIn(page);
  await page.getByLabel("Anderes Krankenhaus suchen").fill("krefeld helios");
  await page.locator(".matches button", { hasText: "Krefeld Helios" }).waitFor();
  await page.keyboard.press("Tab");
  await page.locator(".matches button:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(/wir fahren nach Krefeld Helios statt nach/).waitFor();
  await page.locator(".confirm:focus").waitFor();
  await page.keyboard.press("Tab");
  await page.locator(".confirm button:focus").waitFor();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => server.postsOf("mission.destination/1")[0]?.body)
    .toMatchObject({
      hospital: "krefeld-helios",
    });
  expect(await page.locator(":focus").innerText()).toBe("Unser Ziel");
  const lines = () => page.locator("[data-line]").evaluateAll((all) => all.map((one) => one.dataset["line"]));
  const [first, second, third] = driving.lines;
  const other = { ...present(first, "a line"), hospital: "duesseldorf-evk" };
  await page.locator("[data-line] button").nth(1).hover();
  const before = await lines();
  server.push({ ...driving, lines: [other, present(third, "a line"), present(second, "a line")] });
  await page.getByText("Nicht mehr unter den ersten drei.").waitFor();
  expect(await lines()).toEqual([...before, "duesseldorf-evk"]);
  await page.getByRole("button", { name: "1 neu: einordnen" }).click();
  await expect.poll(lines).toEqual(["duesseldorf-evk", before[2], before[1]]);
});

test("[BOARD32] [BOARD39] a re-steer shows old and new, rings until touched, and *understood* makes it the destination", {
  timeout,
}, async () => {
  const { server, page } = await boards.open(crewView(driving));
  await signIn(page);
  expect(await page.locator(".resteer").count()).toBe(0);
  server.push(steered);
  await page.locator("html[data-rings=true]").waitFor();
  const sides = page.locator(".side");
  expect(await sides.nth(0).innerText()).toMatch(/Bisher[\s\S]*Fahrt 9 min/);
  expect(await sides.nth(1).innerText()).toMatch(/Neu[\s\S]*Neuss Lukas[\s\S]*Fahrt 14 min/);
  expect(await page.locator(".resteer .radio").innerText()).toBe(resteer.radio.de);
  expect(await page.locator(".resteer").innerText()).not.toContain("Zwangsbelegung");
  const byForce = { ...steered, resteer: { ...resteer, forced: true as const } };
  server.push(byForce);
  await page.locator(".resteer").getByText("Kein geeignetes Haus frei: Zwangsbelegung").waitFor();
  await page.locator("html[data-rings=true]").waitFor();
  await page.getByRole("button", { name: "Verstanden: wir fahren nach Neuss Lukas" }).click();
  await page.locator("html[data-rings=false]").waitFor();
  await expect.poll(() => server.postsOf("mission.destination/1")).toHaveLength(1);
  expect(server.postsOf("mission.destination/1")[0]?.body).toMatchObject({
    hospital: "neuss-lukas",
    over: steered.over,
  });
  await expect.poll(() => page.locator(":focus").innerText()).toBe("Unser Ziel");
  await page.getByRole("button", { name: "English" }).click();
  await expect.poll(() => page.locator(".resteer .radio").innerText()).toBe(resteer.radio.en);
  expect(await page.locator(".side").allInnerTexts()).toEqual([
    expect.stringMatching(/Before/),
    expect.stringMatching(/New[\s\S]*Neuss Lukas/),
  ]);
});

test("[BOARD33] [BOARD87] [BOARD88] a step is one tap, ending early is asked again; two owners; no recording", {
  timeout,
}, async () => {
  const { server, page } = await boards.open(crewView(driving));
  await signIn(page);
  await page.getByRole("button", { name: "am Ziel" }).click();
  await expect
    .poll(() => server.postsOf("mission.step/1").map(({ body }) => body["step"]))
    .toEqual(["arrived"]);
  await page.getByRole("button", { name: "beendet" }).click();
  await page.getByText(/Einsatz beenden, ohne am Ziel zu sein/).waitFor();
  await inEnglish(page, async () => {
    await page.getByText(/: end the mission without having arrived\?/).waitFor();
    await page.getByRole("button", { name: "End the mission" }).waitFor();
  });
  expect(server.postsOf("mission.step/1")).toHaveLength(1);
  await page.getByRole("button", { name: "Einsatz beenden" }).click();
  await expect.poll(() => server.postsOf("mission.step/1")).toHaveLength(2);
  // After a partition: whoever leads it, the crew drives where it said.
  server.push({ ...driving, owners: ["duesseldorf", "wuppertal"] });
  await page
    .locator(".destination")
    .getByText("Zwei Leitstellen führen uns: Leitstelle Düsseldorf, Leitstelle Wuppertal. Unser Ziel gilt.")
    .waitFor();
  expect(await page.locator(".destination .place").innerText()).toBe("Uniklinik Düsseldorf");
  await inEnglish(page, () =>
    page
      .locator(".destination")
      .getByText(
        "Two control centres lead us: Leitstelle Düsseldorf, Leitstelle Wuppertal. Our destination holds.",
      )
      .waitFor(),
  );
  const apart = [
    { hospital: "neuss-lukas", centre: "duesseldorf", saidMs: nightMs },
    { hospital: "krefeld-helios", centre: "wuppertal", saidMs: nightMs },
  ];
  server.push({ ...driving, apart });
  await page
    .locator(".destination")
    .getByText(/Verschiedenes: Neuss Lukas \(Leitstelle Düsseldorf\), .+ Es bleibt beim Ziel oben\./)
    .waitFor();
  server.push({ ...driving, destination: null, apart });
  await page
    .locator(".destination")
    .getByText(/einigen\. Noch kein Ziel: über Funk fragen\./)
    .waitFor();
  await inEnglish(page, () =>
    page
      .locator(".destination")
      .getByText(/^Control centres say different things: Neuss Lukas .+ No destination yet: ask by radio\.$/)
      .waitFor(),
  );
  const sent = server.posts.length;
  server.pushOwn({ storing: false });
  await page.locator(`[data-bar="not-storing"]`).getByText("nichts wird geschrieben").waitFor();
  await inEnglish(page, () =>
    page.locator(`[data-bar="not-storing"]`).getByText("This anchor cannot record").waitFor(),
  );
  expect(await page.locator("article button:enabled").count()).toBe(0);
  expect(server.posts).toHaveLength(sent);
});

test("[BOARD33] a town is enough for a position", { timeout }, async () => {
  const town = present(
    crewRegion.towns.find(({ name }) => name === "Hilden"),
    "Hilden",
  );
  const hilden = cellAt(town.latE3, town.lonE3);
  const { server, page } = await boards.open(crewView(driving));
  await signIn(page);
  await page.getByLabel("Ort suchen und antippen").fill("hilden");
  await page.getByRole("button", { name: "Hilden" }).click();
  await expect
    .poll(() => server.postsOf("mission.position/1")[0]?.body)
    .toMatchObject({
      cell: hilden,
      ageS: 0,
    });
  await inEnglish(page, async () => {
    await page.getByText("Place: Hilden").waitFor();
    await page.getByLabel("Search a town and tap it").fill("neuss");
    await page.getByRole("button", { name: "Neuss", exact: true }).click();
    await expect.poll(() => server.postsOf("mission.position/1")).toHaveLength(2);
  });
});

test("[BOARD1] the anchor gone: a bar, buttons off, what is typed stays", {
  timeout,
}, async () => {
  const { server, page } = await boards.open(crewView(driving));
  await signIn(page);
  await page.getByLabel("Anderes Krankenhaus suchen").fill("krefeld");
  await server.kill();
  // How soon: boards-timed.test.ts.
  await page.locator(`[data-bar="gone"]`).waitFor();
  expect(await page.locator("article button:enabled").count()).toBe(0);
  expect(await page.getByLabel("Anderes Krankenhaus suchen").inputValue()).toBe("krefeld");
  expect(await page.locator(".destination").innerText()).toMatch(/letzter Stand: Haus noch nicht angefragt/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "English" }).click();
  await page.locator(`[data-bar="gone"]`).getByText("Everything here is old, buttons are off.").waitFor();
  expect(await page.getByLabel("Search another hospital").inputValue()).toBe("krefeld");
  await server.start();
  await page.locator(`[data-bar="gone"]`).waitFor({ state: "detached" });
  expect(await page.locator(".line button:enabled").count()).toBeGreaterThan(0);
});

test("sound held back: a bar until somebody touches the board; the centre is told", { timeout }, async () => {
  const { server, page } = await boards.open(crewView(driving));
  await page.locator(`[data-bar="sound"]`).getByText("Ton ist aus").waitFor();
  await page.goto(`${server.url}?lang=en`);
  await page.locator(`[data-bar="sound"]`).getByText("Sound is off: tap the board once.").waitFor();
  await page.goto(server.url);
  await signIn(page);
  await page.locator(`[data-bar="sound"]`).waitFor({ state: "detached" });
  await expect.poll(() => server.postsOf("board.sound/1").at(-1)?.body).toEqual({ sound: "on" });
});

/** Each with what shows that it is there. */
const views = [
  ["a mission", crewView(crewMission()), ".line button"],
  ["driving, not held", crewView(driving), ".destination .arrival"],
  ["re-steered", crewView(steered), ".resteer"],
  ["calm", crewView(), ".calm"],
] as const;
/** One after the other, from a mission. */
const steps: readonly (readonly [name: string, reach: (page: Page, server: CrewServer) => Promise<void>])[] =
  [
    [
      "confirming",
      async (page, server) => {
        server.show(crewView(crewMission()));
        await page.locator(".line button").first().click();
        await page.locator(".confirm").waitFor();
      },
    ],
    [
      "refused",
      async (page, server) => {
        server.reply = () => ({ ok: false, code: "no", sentence: { de: "Nicht so.", en: "Not so." } });
        await page.locator(".confirm .main-button").click();
        await page.locator(`[data-slip="refused"]`).waitFor();
      },
    ],
    [
      "written, with the way back",
      async (page, server) => {
        server.reply = (post) => ({ ok: true, ref: [crewLog, server.posts.indexOf(post)] });
        await page.locator(".line button").first().click();
        await page.locator(".confirm .main-button").click();
        const said = () => server.posts.findLastIndex(({ kind }) => kind === "mission.destination/1");
        await page.locator(`[data-slip="written"]`).waitFor();
        const hospital = String(server.posts[said()]?.body["hospital"]);
        server.push(crewMission({ destination: drivingTo(hospital, said()) }));
        await page.getByRole("button", { name: /^Zurücknehmen|^Take back/ }).waitFor();
      },
    ],
    [
      "taken back",
      async (page, server) => {
        await page.getByRole("button", { name: /^Zurücknehmen|^Take back/ }).click();
        await expect.poll(() => server.postsOf("mission.destination-taken-back/1")).toHaveLength(1);
        const takenBack = [{ what: "destination" as const, hospital: "neuss-lukas", saidMs: nightMs }];
        server.push(crewMission({ takenBack }));
        await page.getByText(/zurückgenommen 03:07|taken back 03:07/).waitFor();
      },
    ],
    [
      "a word of which nobody knows",
      async (page) => {
        await page.locator(".line button").first().click();
        await loseAnswers(page, () => page.locator(".confirm .main-button").click());
      },
    ],
    [
      "asked for a name again after twelve hours",
      async (page, server) => {
        server.clockOffMs += 12 * 3_600_000;
        await page.locator(".shift").waitFor();
      },
    ],
    [
      "gone",
      async (page, server) => {
        await server.kill();
        await page.locator(`[data-bar="gone"]`).waitFor();
      },
    ],
  ];
const lights = [
  { query: "", widthPx: 360, isDark: false },
  { query: "?lang=en", widthPx: 320, isDark: true },
];

test.each(lights)(
  "[BOARD12] axe finds nothing in any state and nothing is cut off: $widthPx px $query",
  { timeout },
  async (light) => {
    const { server, page, faults } = await boards.open(crewView(crewMission()), light);
    expect(await violations(page)).toEqual([]);
    if (light.query === "") await signIn(page);
    else await signIn(page, "emergency doctor", "Begin shift");
    for (const [name, view, part] of views) {
      server.show(view);
      await page.locator(part).first().waitFor();
      expect([name, await violations(page), await tooWide(page)]).toEqual([name, [], false]);
    }
    for (const [name, reach] of steps) {
      await reach(page, server);
      expect([name, await violations(page), await tooWide(page)]).toEqual([name, [], false]);
    }
    expect(faults).toEqual([]);
  },
);
