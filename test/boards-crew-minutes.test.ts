// The minutes that a crew's board computes by itself, also without its anchor.

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { violations } from "./support/axe.ts";
import { CrewBrowser, inEnglish, tooWide } from "./support/crew-board.ts";
import { crewMinutes, crewMission, crewRegion, crewView, drivingTo } from "./support/crew-sample.ts";

const boards = new CrewBrowser();
const timeout = 60_000;

beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const driving = crewMission({ destination: drivingTo("ukd", 3) });

test("[BOARD95] the anchor gone: minutes to every hospital from the table loaded before, from any town, and to the nearest three that have something", {
  timeout,
}, async () => {
  const { server, page, faults } = await boards.open(crewView(driving), {
    minutes: crewMinutes({ de: "Straßennetz.", en: "Road network." }),
  });
  await page.locator("[data-minutes]").first().waitFor({ state: "attached" });
  expect(await page.locator(".own-minutes").getAttribute("open")).toBeNull();
  await server.kill();
  await page.locator(".own-minutes[open]").waitFor();
  const told = async () =>
    (await page.locator("[data-minutes]").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  const { hospitals } = crewRegion;
  expect(await told()).toHaveLength(hospitals.length - 6);
  expect((await told())[14]).toBe(`${hospitals[14]?.spokenName} 14 min`);
  const text = () => page.locator(".own-minutes").innerText();
  expect(await text()).toContain(`Ohne Minuten: ${hospitals.at(-6)?.spokenName}`);
  expect(await text()).toContain("Straßennetz.");
  expect(await text()).toContain("Von unserem Ort: bei ");
  await page.getByLabel("Was gebraucht wird").selectOption({ label: "Brandverletztenzentrum" });
  const burns = hospitals.slice(0, -6).filter(({ has }) => has.burns === true);
  expect(await told()).toEqual(
    burns.slice(0, 3).map(({ hospital, spokenName }) => {
      return `${spokenName} ${hospitals.findIndex((one) => one.hospital === hospital)} min`;
    }),
  );
  await page.getByLabel("Anderer Ort").fill("hilden");
  await page.getByRole("button", { name: "Hilden" }).click();
  expect(await text()).toContain("Von Hilden");
  await inEnglish(page, async () => {
    expect(await text()).toMatch(
      /Minutes to every hospital[\s\S]*From Hilden[\s\S]*What hospitals have in principle\. Free now\? Ask by radio\.[\s\S]*Road network\./,
    );
    await page.getByLabel("Another place").waitFor();
    await page.getByLabel("What is needed").selectOption({ label: "all" });
    expect(await text()).toContain(`No minutes: ${hospitals.at(-6)?.spokenName}`);
  });
  await page.getByRole("button", { name: "Von unserem Ort" }).click();
  expect(await violations(page)).toEqual([]);
  expect(await tooWide(page)).toBe(false);
  expect(faults).toEqual([]);
});

test("[BOARD95] a table that came cut is not used: the estimate is, and why", { timeout }, async () => {
  const estimate = crewMinutes({ de: "Schätzung Luftlinie.", en: "Estimate, straight line." });
  const { page } = await boards.open(crewView(driving), { minutes: estimate.slice(0, -100), estimate });
  await page.getByText("Minuten zu allen Häusern").click();
  await page.getByText("Straßentabelle unvollständig").waitFor();
  await page.getByText("Schätzung Luftlinie.").waitFor();
  await inEnglish(page, async () => {
    await page.getByText("Road table incomplete or foreign: the estimate is used.").waitFor();
    await page.getByText("Estimate, straight line.").waitFor();
  });
});
