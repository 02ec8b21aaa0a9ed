// A hospital's board in Chromium before a stand-in anchor: the night of one hospital, and an anchor that takes posts.

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { pageHeaders } from "../../src/anchor/boards/page-policy.ts";
import { capabilityIds } from "../../src/region/vocabulary.ts";
import type { CapabilityRow, HospitalBoardView, SitePush } from "../../src/site/views/board-site-view.ts";
import type { BoardPost, BoardPostAnswer } from "../../src/site/views/board-view.ts";
import { sampleRegion } from "./board-sample.ts";
import { nightMs } from "./board-sight.ts";
import { leaveBrowser, sharedBrowser } from "./browser.ts";
import { buildBoards } from "./built.ts";
import { root } from "./files.ts";

const built = join(root, "dist", "boards");
const types: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};
const region = { ...sampleRegion(), site: "ukd", siteName: "Uniklinik Düsseldorf" };

export class HospitalServer {
  readonly posts: BoardPost[] = [];
  reply: (post: BoardPost) => BoardPostAnswer = () => ({
    ok: true,
    ref: ["ukd/anchor/1-00000002", this.posts.length],
  });
  #view: HospitalBoardView;
  #server: Server | null = null;
  #port = 0;
  #alive: NodeJS.Timeout | null = null;
  readonly #streams = new Set<ServerResponse>();
  /** What pages said as they went. */
  readonly left: unknown[] = [];
  /** The anchor's clock minus this machine's. */
  clockOffMs = nightMs - Date.now();

  constructor(view: HospitalBoardView) {
    this.#view = view;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hospital/ukd`;
  }

  nowMs(): number {
    return Date.now() + this.clockOffMs;
  }

  /** What people confirmed: everything but what the board says of its sound. */
  facts(): readonly BoardPost[] {
    return this.posts.filter(({ kind }) => kind !== "board.sound/1");
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    // A server that listens on TCP has an address of this shape.
    this.#port = (server.address() as AddressInfo).port;
    this.#alive = setInterval(() => this.#say({ type: "alive", nowMs: this.nowMs() }), 1_000);
  }

  async kill(): Promise<void> {
    if (this.#alive !== null) clearInterval(this.#alive);
    const server = this.#server;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    this.#streams.clear();
  }

  show(view: HospitalBoardView): void {
    this.#view = view;
    this.#say({ type: "all", nowMs: this.nowMs(), view });
  }

  /** What the anchor says of itself. */
  showOwn(own: Partial<HospitalBoardView["own"]>): void {
    this.show({ ...this.#view, own: { ...this.#view.own, ...own } });
  }

  /** One row pushed as an anchor pushes it. */
  pushCapability(row: CapabilityRow): void {
    this.#say({ type: "rows", nowMs: this.nowMs(), changes: { capabilities: [row] }, gone: {} });
  }

  #say(push: SitePush<HospitalBoardView>): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(push)}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://board").pathname;
    if (path === "/hospital/ukd") return sendFile(response, "hospital.html");
    if (path.startsWith("/assets/") || path === "/worker.js") return sendFile(response, path.slice(1));
    if (path.startsWith("/api/ukd/region")) return sendJson(response, region);
    if (path === "/api/ukd/board/events") return this.#open(response);
    if (path === "/api/ukd/shift") return this.#shift(request, response);
    if (path === "/api/ukd/facts") return this.#take(request, response);
    if (path === "/api/ukd/board/left") {
      this.left.push(await bodyOf(request));
      return void response.writeHead(204).end();
    }
    response.writeHead(404).end();
  }

  #open(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#streams.add(response);
    response.on("close", () => this.#streams.delete(response));
    response.write(
      `data: ${JSON.stringify({ type: "all", nowMs: this.nowMs(), view: this.#view, region })}\n\n`,
    );
  }

  async #shift(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { role, name } = (await bodyOf(request)) as { readonly role: string; readonly name: string };
    const sinceMs = this.nowMs();
    const person = {
      number: 107,
      role,
      name,
      by: `${role}#107`,
      sinceMs,
      shiftEndsMs: sinceMs + 12 * 3_600_000,
    };
    this.show({ ...this.#view, own: { ...this.#view.own, people: [person] } });
    sendJson(response, { ok: true, ...person });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The board under test sends posts; what else it may send is for the test to notice.
    const post = (await bodyOf(request)) as BoardPost;
    this.posts.push(post);
    sendJson(response, this.reply(post));
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const bytes = await readFile(join(built, path)).catch(() => null);
  if (bytes === null) return void response.writeHead(404).end();
  const headers = { "content-type": types[extname(path)] ?? "application/octet-stream" };
  response
    .writeHead(200, { ...headers, ...(path.endsWith(".html") ? pageHeaders(String(bytes)) : {}) })
    .end(bytes);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

export type HospitalOptions = {
  readonly view: HospitalBoardView;
  readonly query?: string;
  readonly widthPx?: number;
  readonly isDark?: boolean;
};

export type OpenHospital = {
  readonly server: HospitalServer;
  readonly page: Page;
  readonly faults: string[];
};

/** The browser of the test files in this process; every board has a server and a context of its own. */
export class HospitalBrowser {
  #browser: Browser | null = null;
  readonly #closing: (() => Promise<void>)[] = [];

  async start(): Promise<void> {
    buildBoards();
    this.#browser = await sharedBrowser();
  }

  async open({ view, query = "", widthPx = 1366, isDark = false }: HospitalOptions): Promise<OpenHospital> {
    if (this.#browser === null) throw new Error("the browser is started before a board is opened");
    const server = new HospitalServer(view);
    await server.start();
    const context = await this.#browser.newContext({
      viewport: { width: widthPx, height: 768 },
      colorScheme: isDark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    this.#closing.push(async () => {
      await context.close();
      await server.kill();
    });
    await page.goto(server.url + query);
    await page.locator(`[data-capability="${capabilityIds[0]}"]`).waitFor();
    return { server, page, faults };
  }

  /** A board at which Kim from nursing has begun the shift. */
  async openOnShift(options: HospitalOptions): Promise<OpenHospital> {
    const board = await this.open(options);
    await board.page.locator(".shift input[type=radio]").first().check();
    await board.page.locator("input.name").fill("Kim");
    await board.page.locator(".shift .main-button").click();
    await board.page.locator(".shift:not(.asking)").waitFor();
    return board;
  }

  async closeBoards(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }

  async stop(): Promise<void> {
    await this.closeBoards();
    await leaveBrowser(this.#browser);
  }
}

export const capability = (page: Page, id: string) => page.locator(`[data-capability="${id}"]`);

export async function setState(page: Page, id: string, state: string): Promise<void> {
  await capability(page, id).getByRole("button", { name: state, exact: false }).first().click();
  await capability(page, id).locator(".confirm .main-button").click();
}

export const cannotRecord = {
  ok: false,
  code: "cannot-record",
  sentence: { de: "Der Anker kann gerade nichts aufzeichnen.", en: "The anchor cannot record now." },
} as const satisfies BoardPostAnswer;

export async function speak(page: Page, language: "English" | "Deutsch"): Promise<void> {
  await page.getByRole("button", { name: language }).click();
  // Its texts come in a file of their own.
  await page.waitForFunction(
    (lang) => document.documentElement.lang === lang,
    language === "English" ? "en" : "de",
  );
}
