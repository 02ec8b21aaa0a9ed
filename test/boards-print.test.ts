// Paper: the control centre's sheets, and the hospital's and the crew's board on one page each.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { BoardBrowser, region } from "./support/board-page.ts";
import { missionRow, nightView, sampleView } from "./support/board-sample.ts";
import { nightMs } from "./support/board-sight.ts";
import { pdfPages } from "./support/pdf-text.ts";

const boards = new BoardBrowser();
beforeAll(() => boards.start(), 120_000);
afterEach(() => boards.closeBoards());
afterAll(() => boards.stop());

const timeoutMs = 90_000;
const night = nightView(region, nightMs);

/** A board whose sheets are ready: they come after the rows. */
async function openReady(query: string, view = night) {
  const board = await boards.open({ view, query, waits: false });
  await board.page.locator(".paper-only").waitFor({ state: "attached" });
  return board;
}

/** Letters alone: how words stand apart in a PDF, and that ff is one letter there, is the browser's affair. */
const letters = (text: string) => text.normalize("NFKC").replaceAll(/\s/g, "");

async function sheets(page: Page): Promise<readonly string[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdfPages(pdf).map(letters);
}

describe("[BOARD45] the control centre's board on paper", () => {
  test.each([
    ["the board itself, in German", "", "ÜBUNG", "Stand11.09.202003:07:", "Seite", "von"],
    ["?print, in English", "?print&lang=en", "REHEARSAL", "asof11.09.202003:07:", "Page", "of"],
  ])(
    "%s: every page says what it is as of, its number, and that it is a rehearsal",
    {
      timeout: timeoutMs,
    },
    async (_, query, mark, asOf, pageWord, ofWord) => {
      const { page, faults } = await openReady(query);
      const pages = await sheets(page);
      expect(pages.length).toBeGreaterThan(2);
      for (const [i, text] of pages.entries()) {
        expect(text).toContain(asOf);
        expect(text).toContain(`${pageWord}${i + 1}${ofWord}${pages.length}`);
        // Once across the page and once in its margin.
        expect(text.split(mark).length - 1).toBeGreaterThan(1);
      }
      expect(faults).toEqual([]);
    },
  );

  test("names every hospital with its last word, its age and its number, and leaves a column for the pen", {
    timeout: timeoutMs,
  }, async () => {
    const { page } = await openReady("");
    const all = (await sheets(page)).join("");
    for (const { spokenName, phone } of region.hospitals) {
      expect(all).toContain(letters(spokenName));
      expect(all).toContain(letters(phone));
    }
    expect(all).toContain("schweigtseit03:05");
    expect(all).toMatch(/Notaufnahme,StrokeUnit,Gefäßchirurgie:offen·02:55·vor12min·K/);
    expect(all).toContain("keinWort");
    expect(all).toContain("Notiz");
    expect(all).toContain(letters("Zu entscheiden: Uniklinik Düsseldorf schweigt seit 03:06"));
  });

  test("a region that is not rehearsing prints no such mark", { timeout: timeoutMs }, async () => {
    const { page } = await openReady("?print");
    expect(await page.locator(".paper-mark").count()).toBe(1);
    await page.route("**/api/*/region", (route) => route.fulfill({ json: { ...region, rehearsal: false } }));
    await page.reload();
    await page.locator(".paper h1").waitFor();
    expect(await page.locator(".paper-mark").count()).toBe(0);
    expect(await page.locator(".paper h1").innerText()).toMatch(/^Leitstelle Düsseldorf · Stand/);
  });

  test("has a button, and prints the board's last word with its anchor gone", {
    timeout: timeoutMs,
  }, async () => {
    const { page, server } = await openReady("");
    await page.evaluate(() => {
      Object.assign(globalThis, { print: () => document.body.setAttribute("data-printed", "yes") });
    });
    await server.kill();
    await page.locator(`[data-bar="gone"]`).waitFor();
    await page.getByRole("button", { name: "Drucken" }).click();
    await page.locator("[data-printed=yes]").waitFor({ state: "attached" });
    const all = (await sheets(page)).join("");
    expect(all).toContain("Ankernichterreichbarseit");
    expect(all).toContain("zuletztoffen");
    expect(all).not.toMatch(/[^t]offen·02:55/);
  });

  test("nothing of a mission is left out, and the board is as before after printing", {
    timeout: timeoutMs,
  }, async () => {
    const steered = { hospital: "neuss-lukas", ref: ["l", 1], saidMs: nightMs, heldByCrew: false } as const;
    const more = {
      kept: { reason: "crew-decided", saidMs: nightMs },
      owners: ["duesseldorf", "wuppertal"],
      forced: {
        hospital: "neuss-lukas",
        reason: "only-one",
        centre: "duesseldorf",
        by: "dispatcher#107",
        saidMs: nightMs,
        call: { centre: "wuppertal", tries: 0 },
      },
    } as const;
    const view = sampleView(region, nightMs, { missions: [missionRow(4, nightMs, { steered, ...more })] });
    const { page } = await openReady("", view);
    const all = (await sheets(page)).join("");
    expect(all).toContain(letters("Vorschlag: Neuss Lukas, geschrieben, noch nicht bei der Besatzung"));
    expect(all).toContain(letters("bleibt: "));
    expect(all).toMatch(
      /Zwangsbelegung:NeussLukas,.+·Disposition.*107.*03:07·anzurufenvonLeitstelleWuppertal/,
    );
    expect(all).toContain(letters("Ort vor"));
    expect(all).toContain(letters("Zwei Leitstellen"));
    expect(all).toContain(letters("1 · RTW Düsseldorf 4"));
    expect(all).toContain(letters("Ziel Uniklinik Düsseldorf"));
    expect(await page.locator(".paper").count()).toBe(0);
    expect(await page.locator("main").isVisible()).toBe(true);
  });
});
