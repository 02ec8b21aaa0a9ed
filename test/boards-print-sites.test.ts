// A hospital's and a crew's board on paper: one page that says as of when, and nothing to press.

import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { nightMs } from "./support/board-sight.ts";
import { leaveBrowser, sharedBrowser } from "./support/browser.ts";
import { buildBoards } from "./support/built.ts";
import { crewMission, crewRegion, crewView, drivingTo } from "./support/crew-sample.ts";
import { CrewServer } from "./support/crew-server.ts";
import { HospitalServer } from "./support/hospital-board.ts";
import { hospitalView } from "./support/hospital-sample.ts";
import { pdfPages } from "./support/pdf-text.ts";

let browser: Browser;
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  buildBoards();
  browser = await sharedBrowser();
}, 120_000);
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => leaveBrowser(browser));

type Server = { readonly url: string; start: () => Promise<void>; kill: () => Promise<void> };

/** A board whose rows are drawn and whose rules for paper are in force: both come with files of their own. */
async function openReady(server: Server, query: string, row: string): Promise<Page> {
  await server.start();
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  closing.push(async () => {
    await context.close();
    await server.kill();
  });
  const page = await context.newPage();
  await page.goto(server.url + query);
  await page.locator(row).first().waitFor();
  const sheet = page.locator(`link[rel=stylesheet][href*="/print-"]`);
  await expect.poll(() => sheet.evaluateAll(isInForce)).toBe(true);
  return page;
}

/** Runs in the page. */
function isInForce(links: readonly Element[]): boolean {
  return links.some((link) => link instanceof HTMLLinkElement && link.sheet !== null);
}

const letters = (text: string) => text.normalize("NFKC").replaceAll(/\s/g, "");

function crewServer(): CrewServer {
  const destination = drivingTo("ukd", 1, { heldByDispatch: true, heldThere: true });
  const server = new CrewServer(crewRegion, crewView(crewMission({ destination })));
  server.clockOffMs = nightMs - Date.now();
  return server;
}

const sites = [
  {
    site: "a hospital",
    row: "[data-inbound]",
    serve: () => new HospitalServer(hospitalView()),
    words: {
      "": ["ÜBUNG", "Stand 03:07:", "CT", "RTW Düsseldorf 4", "voll"],
      "?lang=en": ["REHEARSAL", "as of 03:07:"],
    },
  },
  {
    site: "a crew",
    row: "[data-mission]",
    serve: crewServer,
    words: {
      "": ["ÜBUNG", "Stand 03:07:", "Uniklinik Düsseldorf", "Neuss Lukas", "Schlaganfall"],
      "?lang=en": ["REHEARSAL", "as of 03:07:", "stroke"],
    },
  },
] as const;

describe("[BOARD46] a board of one site on paper", () => {
  test.each(
    sites.flatMap(({ site, row, serve, words }) =>
      Object.entries(words).map(([query, expected]) => ({ site, row, serve, query, expected })),
    ),
  )(
    "is one page of $site, as of its last message, without buttons $query",
    { timeout: 60_000 },
    async (one) => {
      const page = await openReady(one.serve(), one.query, one.row);
      const pages = pdfPages(await page.pdf({ preferCSSPageSize: true })).map(letters);
      expect(pages).toHaveLength(1);
      for (const text of one.expected) expect(pages[0]).toContain(letters(text));
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("button:visible, select:visible, input:visible").count()).toBe(0);
    },
  );
});
