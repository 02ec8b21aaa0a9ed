import { globSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { secondMs } from "../basics/time.ts";
import type {
  OrderAnswer,
  RehearsalOrder,
  RehearsalPush,
  RehearsalView,
} from "../site/views/rehearsal-view.ts";
import { parseOrder } from "./orders.ts";
import { host } from "./setup.ts";

export type PageOptions = {
  /** The folder that the build of the page fills. */
  readonly assetsDir: string;
  readonly view: () => RehearsalView;
  readonly obey: (order: RehearsalOrder) => Promise<OrderAnswer>;
};

const lookEveryMs = 250;
/** A page whose stream broke, or that is loaded anew, is back within this time. */
export const pageBackWithinMs = 10 * secondMs;
const orderBytesMax = 4_096;

/** The page of a rehearsal: what stands how, pushed as it changes, and orders to break it. On loopback alone. */
export class Page {
  readonly #options: PageOptions;
  readonly #server: Server;
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #streams = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;
  #port = 0;
  #leftMs = Number.NEGATIVE_INFINITY;
  #shown = "";
  #saidMs = 0;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#files = filesOf(options.assetsDir);
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#timer = setInterval(() => this.#push(), lookEveryMs);
  }

  /** Resolves with the page's address. */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        if (typeof address === "object" && address !== null) this.#port = address.port;
        resolve(`http://${host}:${this.#port}/`);
      });
    });
  }

  /** Whether somebody has the page open, also while its stream is being opened anew. */
  get isOpen(): boolean {
    return this.#streams.size > 0 || Date.now() - this.#leftMs < pageBackWithinMs;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const refused = strangerRefusal(request, this.#port);
    if (refused !== null) return end(response, 403, "text/plain", refused);
    const { pathname } = new URL(request.url ?? "/", `http://${host}`);
    if (request.method === "POST" && pathname === "/api/orders") return this.#order(request, response);
    if (request.method !== "GET") return end(response, 405, "text/plain", "");
    if (pathname === "/api/events") return this.#stream(response);
    const file = this.#files.get(pathname === "/" ? "/index.html" : pathname);
    if (file !== undefined) return end(response, 200, typeOf(pathname), file);
    return end(response, 404, "text/plain", pathname === "/" ? notBuilt : "");
  }

  async #order(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const order = parseOrder(await textOf(request));
    const answer: OrderAnswer =
      order === null ? { ok: false, sentence: notUnderstood } : await this.#options.obey(order);
    end(response, answer.ok ? 200 : 422, "application/json", JSON.stringify(answer));
    this.#push();
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#streams.add(response);
    response.once("close", () => {
      this.#streams.delete(response);
      this.#leftMs = Date.now();
    });
    response.write(lineOf({ type: "all", nowMs: Date.now(), view: this.#options.view() }));
  }

  /** What changed since the last time, or once a second that we are there. */
  #push(): void {
    if (this.#streams.size === 0) return;
    const view = this.#options.view();
    const shown = JSON.stringify(view);
    const nowMs = Date.now();
    if (shown !== this.#shown) this.#say({ type: "all", nowMs, view });
    else if (nowMs - this.#saidMs >= secondMs) this.#say({ type: "alive", nowMs });
    this.#shown = shown;
  }

  #say(push: RehearsalPush): void {
    this.#saidMs = push.nowMs;
    for (const stream of this.#streams) stream.write(lineOf(push));
  }
}

const headers = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

const notBuilt =
  "Die Seite ist noch nicht gebaut: npm run build:boards / The page is not built yet: npm run build:boards";

const notUnderstood = {
  de: "Diese Anweisung gibt es nicht.",
  en: "There is no such order.",
};

/** A page of another address must not press the buttons through a person's browser; nor one that calls itself us. */
function strangerRefusal({ method, headers }: IncomingMessage, port: number): string | null {
  const names = [host, "localhost", "[::1]"].map((name) => `${name}:${port}`);
  if (!names.includes(headers.host ?? "")) return "unknown host";
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return "foreign origin";
  return method === "POST" && headers["content-type"] !== "application/json" ? "json only" : null;
}

function lineOf(push: RehearsalPush): string {
  return `data: ${JSON.stringify(push)}\n\n`;
}

function end(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}

/** Cut off where it is longer than any order: then it is none. */
async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > orderBytesMax) break;
  }
  return text.slice(0, orderBytesMax);
}

const types: { readonly [extension: string]: string } = {
  "": "text/html; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

function typeOf(pathname: string): string {
  return types[extname(pathname)] ?? "application/octet-stream";
}

/** By path in an address. Read once: a path from outside never reaches the disk. */
function filesOf(dir: string): ReadonlyMap<string, Buffer> {
  const names = globSync("**/*.{html,js,css,svg}", { cwd: dir });
  return new Map(
    names.map((name) => [`/${name.replaceAll("\\", "/")}`, readFileSync(join(dir, name))] as const),
  );
}
