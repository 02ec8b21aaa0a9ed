import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, createGzip, gzip } from "node:zlib";
import type { Context } from "hono";
import { pageHeaders } from "./page-policy.ts";

/** How bytes are packed on the wire. A browser takes `br` only over TLS and from its own machine. */
export type Packing = "br" | "gzip";

const packings: readonly Packing[] = ["br", "gzip"];
/** What the build of the boards leaves beside each script and style (scripts/build-boards.ts). */
const endings: { readonly [packing in Packing]: string } = { br: ".br", gzip: ".gz" };

/** A region's names are 30 kB: within 10 ms on a worker thread, and a twentieth over the best that takes 100 ms. */
const answerQuality = 9;

type Pack = (text: string, quality?: number) => Promise<Uint8Array<ArrayBuffer>>;

const packBytes: { readonly [packing in Packing]: Pack } = {
  br: (text, quality = answerQuality) =>
    promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  gzip: (text) => promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
};

/** The best packing that the header `Accept-Encoding` allows; null: none. */
export function packingOf(accepted: string | undefined): Packing | null {
  const allowed = new Set<string>();
  for (const part of (accepted ?? "").split(",")) {
    const [name = "", weight = ""] = part.toLowerCase().split(";");
    if (!/^\s*q=0(\.0*)?\s*$/.test(weight)) allowed.add(name.trim());
  }
  return packings.find((packing) => allowed.has(packing)) ?? null;
}

/** A value as JSON, packed as the asker takes it. */
export async function packedJson(context: Context, value: unknown): Promise<Response> {
  const packing = packingOf(context.req.header("accept-encoding"));
  if (packing === null) return context.json(value);
  mark(context, packing);
  context.header("Content-Type", "application/json");
  return context.body(await packBytes[packing](JSON.stringify(value)));
}

/** Pages packed since the start: one for each board and packing, and again for each build. */
const pagesKeptMax = 16;
const packedPages = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * A page of the boards with its styles in it, so that a slow line is asked for two files less before the rows. A browser
 * that has the very same page is told so.
 */
export async function packedPage(context: Context, file: string): Promise<Response> {
  const html = withStyles(readFileSync(file, "utf8"), dirname(file));
  const tag = `W/"${hash("sha256", html, "base64url").slice(0, tagLength)}"`;
  for (const [header, value] of Object.entries(pageHeaders(html))) context.header(header, value);
  const early = earlyScript(html);
  if (early !== null) context.header("Link", early);
  context.header("ETag", tag);
  context.header("Cache-Control", "no-cache");
  if (context.req.header("if-none-match") === tag) return context.body(null, 304);
  context.header("Content-Type", "text/html; charset=UTF-8");
  const packing = packingOf(context.req.header("accept-encoding"));
  if (packing === null) return context.body(html);
  mark(context, packing);
  return context.body(await keptPage(packing, html));
}

const tagLength = 16;
const styleLink = /<link rel="stylesheet"[^>]* href="\/(assets\/[\w.-]+\.css)">/g;

/** Under the name by which a later part of the board would ask for them (boards/shell/fetch-with.ts). */
function withStyles(html: string, folder: string): string {
  return html.replaceAll(styleLink, (link, name: string) => {
    const file = join(folder, name);
    return existsSync(file)
      ? `<style data-file="${name}">${readFileSync(file, "utf8").trim()}</style>`
      : link;
  });
}

const preloadLink = /<link rel="modulepreload" href="(\/assets\/[\w.-]+\.js)">/;

/**
 * The first script that the page wants early, what all boards share, is named in its header as well: it is asked for when
 * the header is there, and a slow line does not stand still between the page and it.
 */
function earlyScript(html: string): string | null {
  const [, name] = preloadLink.exec(html) ?? [];
  return name === undefined ? null : `<${name}>;rel=modulepreload`;
}

function keptPage(packing: Packing, html: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = `${packing} ${html}`;
  const page = packedPages.get(key) ?? packBytes[packing](html, constants.BROTLI_MAX_QUALITY);
  if (packedPages.size >= pagesKeptMax) packedPages.clear();
  packedPages.set(key, page);
  return page;
}

/** What keeps the boards' code in the browser: asked for anew each time, so that a newer build is found. */
export function packedWorker(context: Context, file: string): Response | Promise<Response> {
  if (!existsSync(file)) return context.notFound();
  context.header("Cache-Control", "no-cache");
  return packedFile(context, file, "text/javascript; charset=UTF-8");
}

function packedFile(context: Context, file: string, type: string): Response {
  const packing = packingOf(context.req.header("accept-encoding"));
  const packed = packing === null ? "" : `${file}${endings[packing]}`;
  context.header("Content-Type", type);
  if (packing === null || !existsSync(packed)) return context.body(readFileSync(file));
  mark(context, packing);
  return context.body(readFileSync(packed));
}

function mark(context: Context, packing: Packing): void {
  context.header("Content-Encoding", packing);
  context.header("Vary", "Accept-Encoding");
}

/** Takes texts and gives their bytes to whoever reads: each text whole, before the next is there. */
export type Packer = {
  /** Resolves when everything written so far was taken. */
  readonly write: (text: string) => Promise<void>;
  readonly end: () => void;
};

/**
 * A stream of pushes through gzip, flushed after each. Measured with 200 boards on one anchor: 343 KiB of resident
 * memory a board instead of 110 unpacked, and 0.04 ms more a push. Brotli would save a tenth of the bytes more and keep
 * over a megabyte a board.
 */
const streamPacking = { level: constants.Z_BEST_COMPRESSION, memLevel: 7 };

export function gzipPacker(take: (bytes: Uint8Array) => Promise<unknown>): Packer {
  const packer = createGzip(streamPacking);
  const carry = async (): Promise<void> => {
    for await (const bytes of packer) await take(bytes);
  };
  // Ends by being destroyed, which a reader hears as an error.
  carry().catch(() => undefined);
  return {
    write: (text) =>
      new Promise((resolve) => {
        packer.write(text);
        packer.flush(constants.Z_SYNC_FLUSH, resolve);
      }),
    end: () => packer.destroy(),
  };
}
