import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { Name } from "../../basics/name.ts";
import { roles, rolesOf, type SiteType } from "../../region/choices.ts";
import { isObservation } from "../../region/facts-contact.ts";
import { isRecordOfDecision } from "../../region/facts-decision.ts";
import type { SubmitAnswer } from "../../site/effects.ts";
import type { BoardPostAnswer, BoardPush, BoardRegion } from "../../site/views/board-view.ts";
import type { BoardHub } from "./board-hub.ts";
import { refusalSentence } from "./board-refusals.ts";
import { pushStream } from "./board-stream.ts";
import { packedJson, packedPage, packedWorker } from "./packing.ts";
import { guard } from "./page-policy.ts";

/** One site whose boards this process serves. */
export type BoardSite = {
  readonly site: Name;
  readonly name: string;
  /** Undefined while the charter does not name the site. */
  readonly type: SiteType | undefined;
  readonly hub: BoardHub;
  readonly region: () => BoardRegion;
  readonly submit: (post: v.InferOutput<typeof postSchema>) => Promise<SubmitAnswer>;
};

export type BoardApiOptions = {
  readonly sites: ReadonlyMap<Name, BoardSite>;
  /** The folder that the build of the boards fills. */
  readonly assetsDir: string;
  /** Names under which this process may be asked: another name in the browser's address is a stranger's page. */
  readonly hosts: ReadonlySet<string>;
};

const postSchema = v.object({
  request: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,40}$/)),
  kind: v.pipe(v.string(), v.maxLength(64)),
  by: v.pipe(v.string(), v.maxLength(48)),
  body: v.record(v.string(), v.unknown()),
  seen: v.optional(v.pipe(v.string(), v.maxLength(32))),
  board: v.optional(v.pipe(v.string(), v.maxLength(40))),
});
const postBytesMax = 65_536;

/** The boards' door: pages, what they show, and what people write. */
export function boardApi(options: BoardApiOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const refused = strangerRefusal(context, options.hosts);
    if (refused !== null) return context.text(refused, 403);
    await next();
    context.header("X-Content-Type-Options", "nosniff");
    // What is no document loads nothing: it needs no word on what it may load, and each byte counts on a slow link.
    if (context.res.headers.get("content-type")?.startsWith("text/html")) guard(context.res.headers);
    return undefined;
  });
  addPages(app, options);
  addData(app, options.sites);
  return app;
}

function addPages(app: Hono, { sites, assetsDir }: BoardApiOptions): void {
  app.use("/assets/*", async (context, next) => {
    await next();
    // Of no use where a name never changes what is in it, and 45 bytes of a slow link each.
    context.res.headers.delete("Last-Modified");
  });
  app.use(
    "/assets/*",
    serveStatic({
      root: assetsDir,
      precompressed: true,
      // Their names carry a hash of what is in them.
      onFound: (_path, context) => context.header("Cache-Control", "max-age=31536000, immutable"),
    }),
  );
  app.get("/worker.js", (context) => packedWorker(context, join(assetsDir, "worker.js")));
  app.get("/", (context) => context.html(startPage([...sites.values()])));
  app.get("/dispatch/:site", (context) => {
    if (sites.get(context.req.param("site"))?.type !== "control-centre") return context.notFound();
    return packedPage(context, join(assetsDir, "index.html"));
  });
}

function addData(app: Hono, sites: ReadonlyMap<Name, BoardSite>): void {
  app.get("/api/:site/region", (context) => {
    const site = sites.get(context.req.param("site"));
    return site === undefined ? context.notFound() : packedJson(context, site.region());
  });
  app.get("/api/:site/events", (context) => {
    const site = sites.get(context.req.param("site"));
    if (site === undefined) return context.notFound();
    return pushStream<BoardPush>(context, (push) => site.hub.subscribe({ push }));
  });
  const limit = bodyLimit({
    maxSize: postBytesMax,
    onError: (context) => refuse(context, 400, "bad-post", ""),
  });
  app.post("/api/:site/facts", limit, async (context) => {
    const site = sites.get(context.req.param("site"));
    return site === undefined ? context.notFound() : post(context, site);
  });
}

/** Answers when the fact is durable here, or with a sentence why it was not written. */
async function post(context: Context, site: BoardSite): Promise<Response> {
  const parsed = v.safeParse(postSchema, parseJson(await context.req.text()));
  if (!parsed.success) return refuse(context, 400, "bad-post", "");
  const refused = personRefusal(site.type, parsed.output);
  if (refused !== null) return refuse(context, 422, refused.code, refused.detail);
  const answer = await site.submit(parsed.output);
  if (!answer.ok) {
    const { code, detail = "" } = answer.error;
    return refuse(context, code === "cannot-record" || code === "too-many-waiting" ? 503 : 422, code, detail);
  }
  return context.json({ ok: true, ref: answer.ref } satisfies BoardPostAnswer);
}

const byPerson = /^([a-z-]+)#[0-9]{1,6}$/;

/** Whoever is at a board speaks in a role of that site, under a number and no name; what devices observe, devices say. */
function personRefusal(
  type: SiteType | undefined,
  { kind, by }: v.InferOutput<typeof postSchema>,
): { readonly code: string; readonly detail: string } | null {
  // What belongs to a case has a door of its own (case-door.ts): only there a body is sealed.
  const isNobodys = isObservation(kind) || isRecordOfDecision(kind) || kind.startsWith("case.");
  if (isNobodys) return { code: "not-yours-to-say", detail: kind };
  return isSpokenBy(type, by) ? null : { code: "bad-by", detail: by };
}

/** Whether this is a role of such a site under a number. */
export function isSpokenBy(type: SiteType | undefined, by: string): boolean {
  const role = byPerson.exec(by)?.[1];
  const ofSite: readonly string[] = type === undefined ? Object.keys(roles) : rolesOf[type];
  return role !== undefined && ofSite.includes(role);
}

function refuse(context: Context, status: 400 | 422 | 503, code: string, detail: string): Response {
  const sentence = refusalSentence(code, detail);
  return context.json({ ok: false, code, sentence } satisfies BoardPostAnswer, status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A page of another address must not speak through a person's browser to this process. */
function strangerRefusal(context: Context, hosts: ReadonlySet<string>): string | null {
  const host = context.req.header("host") ?? "";
  if (!hosts.has(host)) return "unknown host";
  const origin = context.req.header("origin");
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return "foreign origin";
  const isPost = context.req.method === "POST";
  return isPost && context.req.header("content-type") !== "application/json" ? "json only" : null;
}

/** Where each type of site has its board. */
const boardFolders: { readonly [type in SiteType]?: string } = {
  "control-centre": "dispatch",
  hospital: "hospital",
  ambulance: "crew",
};

function startPage(sites: readonly BoardSite[]): string {
  const links = sites.flatMap(({ site, name, type }) => {
    const folder = type && boardFolders[type];
    return folder === undefined ? [] : `<li><a href="/${folder}/${site}">${escapeHtml(name)}</a></li>`;
  });
  return `<!doctype html><html lang="de"><meta charset="utf-8"><title>Holdfast</title><h1>Holdfast</h1><ul>${links.join("")}</ul></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The body as it goes to the core: its own schema says what each field may be. */
export function bodyOf(post: v.InferOutput<typeof postSchema>): JsonObject {
  // Parsed from JSON text above, so every value is JSON.
  return post.body as JsonObject;
}
