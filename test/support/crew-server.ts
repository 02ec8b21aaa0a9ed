// A stand-in for the anchor of an ambulance: serves the crew's built page, says what a test tells it to say.

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pageHeaders } from "../../src/anchor/boards/page-policy.ts";
import type { CrewBoardView, CrewMissionRow, SitePush } from "../../src/site/views/board-site-view.ts";
import type { BoardPost, BoardPostAnswer, BoardRegion, OwnRow } from "../../src/site/views/board-view.ts";
import { root } from "./files.ts";

const built = join(root, "dist", "boards");
const types: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};

type ShiftBody = { readonly role: string; readonly name: string };

export class CrewServer {
  /** Every post of a fact that arrived. */
  readonly posts: BoardPost[] = [];
  readonly shifts: ShiftBody[] = [];
  clockOffMs = 0;
  /** The compact tables it gives, without and with `?estimate`; null: none. */
  minutes: Uint8Array | null = null;
  estimate: Uint8Array | null = null;
  reply: (post: BoardPost) => BoardPostAnswer = (post) => ({
    ok: true,
    ref: [crewLog, this.posts.indexOf(post)],
  });
  readonly #region: BoardRegion;
  #view: CrewBoardView;
  #server: Server | null = null;
  #port = 0;
  readonly #streams = new Set<ServerResponse>();
  #alive: NodeJS.Timeout | null = null;

  constructor(region: BoardRegion, view: CrewBoardView) {
    this.#region = region;
    this.#view = view;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/crew/${this.#region.site}`;
  }

  nowMs(): number {
    return Date.now() + this.clockOffMs;
  }

  /** What was posted of one kind. */
  postsOf(kind: string): readonly BoardPost[] {
    return this.posts.filter((post) => post.kind === kind);
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    // A server that listens on TCP has an address of this shape.
    this.#port = (server.address() as AddressInfo).port;
    this.#alive = setInterval(() => this.#say({ type: "alive", nowMs: this.nowMs() }), 1_000);
  }

  /** All at once, as when the process is killed. */
  async kill(): Promise<void> {
    if (this.#alive !== null) clearInterval(this.#alive);
    const server = this.#server;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    this.#streams.clear();
  }

  /** The whole, as to a board that has just been opened. */
  show(view: CrewBoardView): void {
    this.#view = view;
    this.#say({ type: "all", nowMs: this.nowMs(), view });
  }

  /** Changed missions only. */
  push(...missions: readonly CrewMissionRow[]): void {
    this.#view = { ...this.#view, missions };
    this.#say({ type: "rows", nowMs: this.nowMs(), changes: { missions }, gone: {} });
  }

  /** What the anchor says of itself. */
  pushOwn(own: Partial<OwnRow>): void {
    this.#view = { ...this.#view, own: { ...this.#view.own, ...own } };
    this.#say({ type: "rows", nowMs: this.nowMs(), changes: { own: this.#view.own }, gone: {} });
  }

  #say(push: SitePush<CrewBoardView>): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(push)}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, search } = new URL(request.url ?? "/", "http://board");
    const api = `/api/${this.#region.site}`;
    if (path === `/crew/${this.#region.site}`) return sendFile(response, "crew.html");
    if (path.startsWith("/assets/") || path === "/worker.js") return sendFile(response, path.slice(1));
    if (path.startsWith(`${api}/region`)) return sendJson(response, this.#region);
    if (path === `${api}/minutes`) {
      const given = search === "?estimate" ? this.estimate : this.minutes;
      return void response.writeHead(given === null ? 204 : 200).end(given);
    }
    if (path === `${api}/board/events`) return this.#open(response);
    // The board under test sends these; what else it may send is for the test to notice.
    if (path === `${api}/facts`) return this.#take((await bodyOf(request)) as BoardPost, response);
    if (path === `${api}/shift`) return this.#begin((await bodyOf(request)) as ShiftBody, response);
    response.writeHead(404).end();
  }

  #open(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#streams.add(response);
    response.on("close", () => this.#streams.delete(response));
    const [nowMs, view, region] = [this.nowMs(), this.#view, this.#region];
    response.write(`data: ${JSON.stringify({ type: "all", nowMs, view, region })}\n\n`);
  }

  #take(post: BoardPost, response: ServerResponse): void {
    this.posts.push(post);
    sendJson(response, this.reply(post));
  }

  #begin(shift: ShiftBody, response: ServerResponse): void {
    this.shifts.push(shift);
    const sinceMs = this.nowMs();
    const person = {
      ...shift,
      number: 107,
      by: `${shift.role}#107`,
      sinceMs,
      shiftEndsMs: sinceMs + 43_200_000,
    };
    this.#view = { ...this.#view, own: { ...this.#view.own, people: [person] } };
    this.#say({ type: "rows", nowMs: sinceMs, changes: { own: this.#view.own }, gone: {} });
    sendJson(response, { ok: true, ...person });
  }
}

export const crewLog = "rtw-duesseldorf-1/tablet/1-00000001";

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
