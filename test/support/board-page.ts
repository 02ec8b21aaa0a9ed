// A board in Chromium before a stand-in anchor.

import type { Browser, Page } from "playwright-core";
import type { BoardRegion, BoardView } from "../../src/site/views/board-view.ts";
import { nightView, sampleRegion } from "./board-sample.ts";
import { BoardServer } from "./board-server.ts";
import { nightMs } from "./board-sight.ts";
import { leaveBrowser, sharedBrowser } from "./browser.ts";
import { buildBoards } from "./built.ts";

export const region: BoardRegion = sampleRegion();

export type OpenBoard = {
  readonly server: BoardServer;
  readonly page: Page;
  /** Errors of the page's own code and requests to anywhere but the anchor. */
  readonly faults: readonly string[];
};

export type BoardOptions = {
  /** The anchor's view; without it the night with three decisions. */
  readonly view?: BoardView;
  readonly query?: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly isDark?: boolean;
  /** False: returns at once, whatever shows. */
  readonly waits?: boolean;
};

/** The browser of the test files in this process; every board has a server and a context of its own. */
export class BoardBrowser {
  #browser: Browser | null = null;
  readonly #closing: (() => Promise<void>)[] = [];

  async start(): Promise<void> {
    buildBoards();
    this.#browser = await sharedBrowser();
  }

  async open(options: BoardOptions = {}): Promise<OpenBoard> {
    const { view = nightView(region, nightMs), query = "" } = options;
    const { widthPx = 1366, heightPx = 768, isDark = false } = options;
    if (this.#browser === null) throw new Error("the browser is started before a board is opened");
    const server = new BoardServer(region, view);
    server.clockOffMs = nightMs - Date.now();
    await server.start();
    const context = await this.#browser.newContext({
      viewport: { width: widthPx, height: heightPx },
      colorScheme: isDark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const faults = watch(page, server);
    this.#closing.push(async () => {
      await context.close();
      await server.kill();
    });
    await page.goto(server.url + query);
    if (options.waits !== false) {
      await page.locator("[data-mark]").first().waitFor();
    }
    return { server, page, faults };
  }

  /** After each test: its boards and servers go. */
  async closeBoards(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }

  async stop(): Promise<void> {
    await this.closeBoards();
    await leaveBrowser(this.#browser);
  }
}

function watch(page: Page, server: BoardServer): readonly string[] {
  const faults: string[] = [];
  const origin = new URL(server.url).origin;
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== "data:" && asked !== origin) faults.push(`asked ${request.url()}`);
  });
  return faults;
}
