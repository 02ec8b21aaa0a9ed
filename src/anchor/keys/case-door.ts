import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import type { JsonObject } from "../../basics/canonical-json.ts";
import { isName, type Name } from "../../basics/name.ts";
import type { Result } from "../../basics/result.ts";
import { isCaseId, siteOfCase } from "../../log/sealed.ts";
import { siteTypeIn } from "../../region/charter.ts";
import { isFactRef } from "../../region/fields.ts";
import { erasureStanding } from "../../site/sealing/erasure.ts";
import { slotsOf } from "../../site/sealing/key-table.ts";
import type { Hosted } from "../../site/state.ts";
import { isSpokenBy } from "../boards/board-api.ts";
import { refusalSentence } from "../boards/board-refusals.ts";
import type { Shell } from "../shell.ts";
import type { CaseKeys, CaseRefusal } from "./case-keys.ts";

export type CaseDoorOptions = {
  readonly shell: Shell;
  readonly keys: CaseKeys;
  /** The device that speaks for each site of this process. */
  readonly hosted: ReadonlyMap<Name, Hosted>;
};

const request = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,40}$/));
const by = v.pipe(v.string(), v.maxLength(48));
const caseId = v.pipe(v.string(), v.check(isCaseId));
const sealSchema = v.object({
  request,
  by,
  case: v.nullable(caseId),
  mission: v.nullable(v.custom<readonly [string, number]>(isFactRef)),
  body: v.record(v.string(), v.unknown()),
});
const openSchema = v.object({ case: caseId });
const shareSchema = v.object({ request, by, case: caseId, to: v.pipe(v.string(), v.check(isName)) });
const eraseSchema = v.object({ request, by, case: caseId });
const postBytesMax = 65_536;

type Door = (context: Context, hosted: Hosted, post: unknown) => Promise<Response>;

/**
 * Where sealed bodies go in and come out in the clear: for programs and people on this machine alone, whatever the anchor
 * listens on. What is personal is in the body of a request, never in an address.
 */
export function addCaseDoor(app: Hono, options: CaseDoorOptions): void {
  const doors: readonly (readonly [path: string, door: Door])[] = [
    ["seal", (context, hosted, post) => seal(context, options, hosted, post)],
    ["open", (context, hosted, post) => open(context, options, hosted, post)],
    ["share", (context, hosted, post) => say(context, options, hosted, post, "case.shared/1")],
    ["erase", (context, hosted, post) => say(context, options, hosted, post, "case.erased/1")],
  ];
  const limit = bodyLimit({
    maxSize: postBytesMax,
    onError: (context) => refuse(context, { code: "bad-post" }),
  });
  for (const [path, door] of doors) {
    app.post(`/api/:site/cases/${path}`, limit, async (context) => {
      if (!isSameMachine(endsOf(context))) return context.text("this machine only", 403);
      const hosted = options.hosted.get(context.req.param("site"));
      if (hosted === undefined) return context.notFound();
      const answer = await door(context, hosted, parseJson(await context.req.text()));
      answer.headers.set("Cache-Control", "no-store");
      return answer;
    });
  }
  app.get("/api/:site/cases", (context) => {
    if (!isSameMachine(endsOf(context))) return context.text("this machine only", 403);
    const hosted = options.hosted.get(context.req.param("site"));
    return hosted === undefined
      ? context.notFound()
      : context.json({ ok: true, cases: list(options, hosted) });
  });
}

async function seal(
  context: Context,
  { keys, shell }: CaseDoorOptions,
  hosted: Hosted,
  post: unknown,
): Promise<Response> {
  const parsed = v.safeParse(sealSchema, post);
  if (!parsed.success) return refuse(context, { code: "bad-post" });
  const refused = byRefusal(shell, hosted, parsed.output.by);
  if (refused !== null) return refuse(context, refused);
  // Parsed from JSON text, so every value is JSON.
  const body = parsed.output.body as JsonObject;
  return answerOf(context, await keys.seal({ ...parsed.output, body, hosted }));
}

async function open(
  context: Context,
  { keys }: CaseDoorOptions,
  hosted: Hosted,
  post: unknown,
): Promise<Response> {
  const parsed = v.safeParse(openSchema, post);
  if (!parsed.success) return refuse(context, { code: "bad-post" });
  return answerOf(context, await keys.open(hosted, parsed.output.case));
}

async function say(
  context: Context,
  { shell }: CaseDoorOptions,
  hosted: Hosted,
  post: unknown,
  kind: "case.shared/1" | "case.erased/1",
): Promise<Response> {
  const parsed = v.safeParse(kind === "case.shared/1" ? shareSchema : eraseSchema, post);
  if (!parsed.success) return refuse(context, { code: "bad-post" });
  const { request: asked, by: role, ...body } = parsed.output;
  const refused = byRefusal(shell, hosted, role);
  if (refused !== null) return refuse(context, refused);
  if (!shell.house.fold.cases.has(body.case)) return refuse(context, { code: "no-such-case" });
  const answer = await shell.submit({ hosted: hosted.id, kind, by: role, body, request: asked });
  if (!answer.ok) return refuse(context, answer.error);
  return context.json({ ok: true, ref: answer.ref, erased: erasureStanding(shell.house, body.case) });
}

/** No content: which cases this site knows, whether it has their key, and who has yet to erase them. */
function list({ shell }: CaseDoorOptions, hosted: Hosted) {
  const { house } = shell;
  return [...house.fold.cases.values()].flatMap(({ id, notes }) => {
    const hasKey = slotsOf(house, id).some(({ to }) => to === hosted.id);
    if (!hasKey && siteOfCase(id) !== hosted.site) return [];
    return [{ case: id, notes: notes.size, hasKey, erased: erasureStanding(house, id) }];
  });
}

function byRefusal({ house }: Shell, { site }: Hosted, role: string): CaseRefusal | null {
  return isSpokenBy(siteTypeIn(house.charter, site), role) ? null : { code: "bad-by", detail: role };
}

function answerOf(context: Context, result: Result<object, CaseRefusal>): Response {
  return result.ok ? context.json({ ok: true, ...result.value }) : refuse(context, result.error);
}

const statusOf: Readonly<Record<string, 400 | 404 | 503>> = {
  "bad-post": 400,
  "no-such-case": 404,
  "cannot-record": 503,
  "too-many-waiting": 503,
};

function refuse(context: Context, { code, detail = "" }: CaseRefusal): Response {
  return context.json({ ok: false, code, sentence: refusalSentence(code, detail) }, statusOf[code] ?? 422);
}

type Ends = { readonly remoteAddress?: string | undefined; readonly localAddress?: string | undefined };

/** Asked by this machine: from loopback, or from the very address that was asked. */
export function isSameMachine({ remoteAddress = "", localAddress }: Ends): boolean {
  const isLoopback = /^(::ffff:)?127\.[0-9.]+$|^::1$/.test(remoteAddress);
  return isLoopback || (remoteAddress !== "" && remoteAddress === localAddress);
}

function endsOf(context: Context): Ends {
  const { incoming } = context.env as Partial<HttpBindings>;
  return incoming?.socket ?? {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
