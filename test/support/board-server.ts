// A stand-in for an anchor's boards: serves the built pages and the boards' paths, says what a test tells it to say,
// and can fall silent in every way an anchor can.

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { buildOf } from "../../src/anchor/boards/page-build.ts";
import { pageHeaders } from "../../src/anchor/boards/page-policy.ts";
import { emptyCentre } from "../../src/boards/shell/rows.ts";
import type {
  BoardPost,
  BoardPostAnswer,
  BoardPush,
  BoardRegion,
  BoardView,
  CellDetail,
  WhereTo,
} from "../../src/site/views/board-view.ts";
import { root } from "./files.ts";

const built = join(root, "dist", "boards");
const types: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};

type Shift = { readonly role: string; readonly name: string; readonly relieves?: number };

/** What the anchor answers to a post; *lost* takes effect and then cuts the line, *none* never answers. */
export type Reply = BoardPostAnswer | "lost" | "none";

/** What a change of rows may carry; the server adds type and time. */
export type Change = Omit<BoardPush & { readonly type: "rows" }, "type" | "nowMs">;

export class BoardServer {
  /** Every post that arrived, retries too. */
  readonly posts: BoardPost[] = [];
  /** What the board said of its sound: by itself, not by anybody's hand. */
  readonly sounds: BoardPost[] = [];
  /** Which build this anchor says that it serves. */
  build = buildOf(join(built, "index.html"));
  /** Desks that asked for a number, and so the last one given. */
  desks = 0;
  /** Sockets stay open, nothing is said. */
  isMute = false;
  reply: (post: BoardPost) => Reply | Promise<Reply> = (post) => ({
    ok: true,
    ref: ["duesseldorf/anchor/1-00000001", this.posts.indexOf(post)],
  });
  /** Every word in force on a cell; null: the anchor does not answer. */
  cell: (hospital: string, capability: CellDetail["capability"]) => CellDetail | null = (
    hospital,
    capability,
  ) => ({ hospital, capability, words: [], over: [] });
  /** Advice that a desk asks for; null: the anchor does not answer. */
  whereTo: (query: URLSearchParams) => WhereTo | null = () => ({
    lines: [],
    forced: false,
    spoken: null,
    named: null,
  });
  /** The anchor's clock minus this machine's. */
  clockOffMs = 0;
  readonly #region: BoardRegion;
  #view: BoardView;
  #server: Server | null = null;
  #port = 0;
  readonly #streams = new Set<ServerResponse>();
  #alive: NodeJS.Timeout | null = null;

  constructor(region: BoardRegion, view: BoardView) {
    this.#region = region;
    this.#view = view;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/dispatch/${this.#region.site}`;
  }

  nowMs(): number {
    return Date.now() + this.clockOffMs;
  }

  /** Listens; after {@link kill} again on the same port. */
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

  /** As behind a dead network: the sockets of all boards stay open and nothing comes over them any more. */
  forgetBoards(): void {
    this.#streams.clear();
  }

  /** The view that new boards get, and all that listen now. */
  show(view: BoardView): void {
    this.#view = view;
    this.#say({ type: "all", nowMs: this.nowMs(), view, ...this.#said() });
  }

  /** Changed rows only; boards that come later get them too. */
  push(change: Change): void {
    this.#view = merged(this.#view, change);
    this.#say({ type: "rows", nowMs: this.nowMs(), ...change });
  }

  #said(): { readonly build?: string } {
    return this.build === undefined ? {} : { build: this.build };
  }

  #say(push: BoardPush): void {
    if (this.isMute) return;
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(push)}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isMute) return;
    const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://board");
    const api = `/api/${this.#region.site}`;
    if (path === `/dispatch/${this.#region.site}`) return sendFile(response, "index.html");
    if (path.startsWith("/assets/") || path === "/worker.js") return sendFile(response, path.slice(1));
    if (path.startsWith(`${api}/region`)) return sendJson(response, 200, this.#region);
    if (path === `${api}/board/events`) return this.#open(response);
    if (path === `${api}/board/whole`) return void response.writeHead(204).end();
    if (path === `${api}/facts`) return this.#take(request, response);
    if (path === `${api}/desk`) {
      this.desks += 1;
      return sendJson(response, 200, { ok: true, desk: this.desks });
    }
    if (path === `${api}/shift`) return this.#shift(request, response);
    if (path.startsWith(`${api}/shift/`)) {
      this.#endShift(Number(path.split("/").at(-1)));
      return sendJson(response, 200, { ok: true });
    }
    if (path === `${api}/where-to`) {
      const answer = this.whereTo(searchParams);
      return answer === null ? void response.writeHead(503).end() : sendJson(response, 200, answer);
    }
    if (path.startsWith(`${api}/cells/`)) {
      const [hospital = "", capability = ""] = path.slice(`${api}/cells/`.length).split("/");
      // The board under test asks for capabilities only.
      const detail = this.cell(hospital, capability as CellDetail["capability"]);
      return detail === null ? void response.writeHead(503).end() : sendJson(response, 200, detail);
    }
    response.writeHead(404).end();
  }

  #open(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#streams.add(response);
    response.on("close", () => this.#streams.delete(response));
    const [nowMs, view, region] = [this.nowMs(), this.#view, this.#region];
    response.write(`data: ${JSON.stringify({ type: "all", nowMs, view, region, ...this.#said() })}\n\n`);
  }

  /** As an anchor does: a number from 100 on, and the name in every own row from then. */
  async #shift(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { relieves = 0, ...shift } = JSON.parse(await textOf(request)) as Shift;
    const { role, name } = shift;
    this.#endShift(relieves);
    const people = this.#view.own.people ?? [];
    const number = 104 + people.length;
    const sinceMs = this.nowMs();
    const shiftEndsMs = sinceMs + 12 * 3_600_000;
    const person = { number, role, name, by: `${role}#${number}`, sinceMs, shiftEndsMs };
    this.push({ own: { ...this.#view.own, people: [person, ...people] } });
    sendJson(response, 200, { ok: true, ...person });
  }

  #endShift(number: number): void {
    const shiftEndsMs = this.nowMs();
    const people = (this.#view.own.people ?? []).map((person) =>
      person.number === number ? { ...person, shiftEndsMs } : person,
    );
    this.push({ own: { ...this.#view.own, people } });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The board under test sends posts; what else it may send is for the test to notice.
    const post = JSON.parse(await textOf(request)) as BoardPost;
    if (post.kind === "board.sound/1") {
      this.sounds.push(post);
      return sendJson(response, 200, {
        ok: true,
        ref: ["duesseldorf/anchor/1-00000002", this.sounds.length],
      });
    }
    this.posts.push(post);
    const reply = await this.reply(post);
    if (reply === "none") return;
    if (reply === "lost") request.socket.destroy();
    else sendJson(response, reply.ok ? 200 : 422, reply);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function merged(view: BoardView, { own, hospitals, missions, gone, centreChanges }: Change): BoardView {
  const changedHospitals = new Map(hospitals?.map((row) => [row.hospital, row]));
  const changedMissions = new Map(missions?.map((row) => [row.mission, row]));
  const known = new Set(view.missions.map(({ mission }) => mission));
  return {
    own: own ?? view.own,
    hospitals: view.hospitals.map((row) => changedHospitals.get(row.hospital) ?? row),
    missions: [
      ...view.missions.map((row) => changedMissions.get(row.mission) ?? row),
      ...(missions ?? []).filter(({ mission }) => !known.has(mission)),
    ].filter(({ mission }) => gone?.includes(mission) !== true),
    ...(centreChanges === undefined ? {} : { centre: { ...emptyCentre, ...view.centre, ...centreChanges } }),
  };
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const bytes = await readFile(join(built, path)).catch(() => null);
  if (bytes === null) return void response.writeHead(404).end();
  const headers = { "content-type": types[extname(path)] ?? "application/octet-stream" };
  response
    .writeHead(200, { ...headers, ...(path.endsWith(".html") ? pageHeaders(String(bytes)) : {}) })
    .end(bytes);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
