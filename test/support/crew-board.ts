// A browser with a crew's board and an anchor of the tests behind it.

import type { Browser, Page } from "playwright-core";
import { present } from "../../src/basics/assert.ts";
import type { CrewBoardView } from "../../src/site/views/board-site-view.ts";
import { nightMs } from "./board-sight.ts";
import { leaveBrowser, sharedBrowser } from "./browser.ts";
import { buildBoards } from "./built.ts";
import { crewRegion } from "./crew-sample.ts";
import { CrewServer } from "./crew-server.ts";
import { speak } from "./hospital-board.ts";

type Options = {
  readonly query?: string;
  readonly widthPx?: number;
  readonly isDark?: boolean;
  /** The compact tables that the anchor gives, of roads and estimated; left out: it has none. */
  readonly minutes?: Uint8Array;
  readonly estimate?: Uint8Array;
};

export type OpenCrew = {
  readonly server: CrewServer;
  readonly page: Page;
  readonly faults: readonly string[];
};

/** One Chromium for a test file, one context a board. */
export class CrewBrowser {
  #browser: Browser | null = null;
  readonly #closing: (() => Promise<void>)[] = [];

  async start(): Promise<void> {
    buildBoards();
    this.#browser = await sharedBrowser();
  }

  async open(view: CrewBoardView, options: Options = {}): Promise<OpenCrew> {
    const { query = "", widthPx = 360, isDark = false, minutes = null, estimate = null } = options;
    const server = new CrewServer(crewRegion, view);
    Object.assign(server, { minutes, estimate });
    server.clockOffMs = nightMs - Date.now();
    await server.start();
    const context = await present(this.#browser, "a browser").newContext({
      viewport: { width: widthPx, height: 740 },
      colorScheme: isDark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    this.#closing.push(async () => {
      await context.close();
      await server.kill();
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(server.url + query);
    await page.locator(".board").waitFor();
    return { server, page, faults };
  }

  async closeBoards(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }

  async stop(): Promise<void> {
    await this.closeBoards();
    await leaveBrowser(this.#browser);
  }
}

/** What a page says in English as well: asserted on the page that is there, which then speaks German again. */
export async function inEnglish(page: Page, look: () => Promise<unknown>): Promise<void> {
  await speak(page, "English");
  await look();
  await speak(page, "Deutsch");
}

export const tooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
