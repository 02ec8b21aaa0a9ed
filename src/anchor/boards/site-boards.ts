import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as v from "valibot";
import { isName, type Name } from "../../basics/name.ts";
import { type AgeGroup, ageGroups, rolesOf, type SiteType } from "../../region/choices.ts";
import { type CapabilityId, capabilityIds, needIds } from "../../region/vocabulary.ts";
import type { CellDetail, PersonRow, WhereTo } from "../../site/views/board-view.ts";
import { type PatientFlag, patientFlags } from "../../site/views/patient-flags.ts";
import type { WhereToQuestion } from "../../site/views/where-to.ts";
import { refusalSentence } from "./board-refusals.ts";
import { pushStream } from "./board-stream.ts";
import { packedPage } from "./packing.ts";
import { buildOf } from "./page-build.ts";
import { usableName } from "./people.ts";
import type { SiteHub } from "./site-hub.ts";

/** What a site's own board needs beyond facts: its view by type of site, details of a cell, names. */
export type SiteBoard = {
  readonly site: Name;
  /** Undefined while the charter does not name the site. */
  readonly type: () => SiteType | undefined;
  /** `isFirst`: for a board that was just opened. */
  readonly hub: (isFirst: boolean) => SiteHub;
  readonly cell: (hospital: Name, capability: CapabilityId) => CellDetail;
  /** Null: no such mission is running. */
  readonly whereTo: (question: WhereToQuestion) => WhereTo | null;
  /** Null: no number could be kept, nothing can be recorded now. */
  readonly startShift: (role: string, name: string, relieves?: number) => Promise<PersonRow | null>;
  /** One of the site's boards says that its page goes. */
  readonly left: (board: string) => void;
  /** A number for a desk at which nobody has given a name; null: none could be kept. */
  readonly newDesk: () => Promise<number | null>;
  /** False: nobody is on shift under this number. */
  readonly endShift: (number: number) => boolean;
  readonly people: () => readonly PersonRow[];
  readonly erase: (number: number) => boolean;
};

export type SiteBoardsOptions = {
  readonly sites: ReadonlyMap<Name, SiteBoard>;
  /** The folder that the build of the boards fills. */
  readonly assetsDir: string;
  readonly isRehearsal: boolean;
};

const shiftSchema = v.object({
  role: v.pipe(v.string(), v.maxLength(32)),
  name: v.string(),
  relieves: v.optional(v.pipe(v.number(), v.safeInteger())),
});

const degrees = v.pipe(v.string(), v.regex(/^-?\d{1,6}$/), v.transform(Number));
const hospitalSchema = v.optional(v.custom<Name>((value) => typeof value === "string" && isName(value)));
const whereToSchema = v.union([
  v.object({ mission: v.pipe(v.string(), v.maxLength(200)), hospital: hospitalSchema }),
  v.object({
    ...{ need: v.picklist(needIds), latE3: degrees, lonE3: degrees, hospital: hospitalSchema },
    flown: v.optional(v.literal("yes")),
    from: hospitalSchema,
    urgency: v.optional(v.pipe(v.picklist(["1", "2", "3"]), v.transform(Number))),
    age: v.optional(v.picklist(Object.keys(ageGroups) as AgeGroup[])),
    flags: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => text.split(",")),
        v.array(v.picklist(patientFlags)),
      ),
    ),
  }),
]);

/** The page of each type of site's board, as the build leaves it. */
const pageFiles: { readonly [type in SiteType]?: string } = {
  "control-centre": "index.html",
  hospital: "hospital.html",
  ambulance: "crew.html",
};

const pages: readonly (readonly [path: string, type: SiteType])[] = [
  ["/hospital/:site", "hospital"],
  ["/crew/:site", "ambulance"],
];

/** Adds the boards of hospitals and crews, and the names of a shift, to the boards' door (board-api.ts). */
export function addSiteBoards(app: Hono, options: SiteBoardsOptions): void {
  const { sites, assetsDir } = options;
  for (const [path, type] of pages) {
    app.get(path, (context) => {
      const page = join(assetsDir, pageFiles[type] ?? "");
      if (siteOf(sites, context)?.type() !== type || !existsSync(page)) return context.notFound();
      return packedPage(context, page);
    });
  }
  addEvents(app, options);
  app.get("/api/:site/cells/:hospital/:capability", (context) => cell(context, sites));
  app.get("/api/:site/where-to", (context) => answerWhereTo(context, sites));
  addShift(app, sites);
  addLeft(app, sites);
}

/** How a page calls its stream that it asked the first rows of. */
const firstId = /^[a-z0-9]{1,16}$/;

function addEvents(app: Hono, options: SiteBoardsOptions): void {
  const toWhole = new Map<string, () => void>();
  app.get("/api/:site/board/events", (context) => {
    const site = siteOf(options.sites, context);
    if (site === undefined) return context.notFound();
    const id = context.req.query("first") ?? "";
    const told = tellingOf(options, site);
    const subscribe = (isFirst: boolean, push: (message: object) => void) =>
      site.hub(isFirst).subscribe({ push: (message) => push(told(message)) });
    if (!firstId.test(id)) return pushStream<object>(context, (push) => subscribe(false, push));
    return pushStream<object>(context, (push) => {
      let leave = subscribe(true, push);
      const turn = (): void => {
        leave();
        leave = subscribe(false, push);
      };
      toWhole.set(id, turn);
      return () => {
        // A page may have opened its stream anew before this one was known to be broken.
        if (toWhole.get(id) === turn) toWhole.delete(id);
        leave();
      };
    });
  });
  // Over the same stream, so that no change can overtake it.
  app.get("/api/:site/board/whole", (context) => {
    const turn = toWhole.get(context.req.query("first") ?? "");
    turn?.();
    return turn === undefined ? context.notFound() : context.body(null, 204);
  });
}

/**
 * What a board must know of who serves it, whatever it shows: which build's page stands here now, since a kept page may
 * be of another one, and, as long as nothing else can say so, that this is a rehearsal.
 */
function tellingOf({ assetsDir, isRehearsal }: SiteBoardsOptions, site: SiteBoard): (push: object) => object {
  const file = pageFiles[site.type() ?? "authority"];
  const build = file === undefined ? undefined : buildOf(join(assetsDir, file));
  return (push) => {
    const type = "type" in push ? push.type : undefined;
    if (type === "all" && build !== undefined) return { ...push, build };
    return type === "loading" && isRehearsal ? { ...push, rehearsal: true } : push;
  };
}

const leftSchema = v.object({ board: v.pipe(v.string(), v.maxLength(40)) });
const smallPost = bodyLimit({
  maxSize: 4_096,
  onError: (context) => refuse(context, 400, "bad-post"),
});

/** Said by a page that goes, which hears no answer. */
function addLeft(app: Hono, sites: ReadonlyMap<Name, SiteBoard>): void {
  app.post("/api/:site/board/left", smallPost, async (context) => {
    const site = siteOf(sites, context);
    if (site === undefined) return context.notFound();
    const said = v.safeParse(leftSchema, parseJson(await context.req.text()));
    if (!said.success) return refuse(context, 400, "bad-post");
    site.left(said.output.board);
    return context.body(null, 204);
  });
}

function addShift(app: Hono, sites: ReadonlyMap<Name, SiteBoard>): void {
  app.post("/api/:site/shift", smallPost, async (context) => {
    const site = siteOf(sites, context);
    return site === undefined ? context.notFound() : startShift(context, site);
  });
  app.post("/api/:site/desk", async (context) => {
    const site = siteOf(sites, context);
    if (site?.type() !== "control-centre") return context.notFound();
    const desk = await site.newDesk();
    return desk === null ? refuse(context, 503, "cannot-record") : context.json({ ok: true, desk });
  });
  app.delete("/api/:site/shift/:number", (context) => {
    const site = siteOf(sites, context);
    if (site === undefined) return context.notFound();
    const ended = site.endShift(Number(context.req.param("number")));
    return ended ? context.json({ ok: true }) : refuse(context, 404, "unknown-shift");
  });
  app.get("/api/:site/people", (context) => {
    const site = siteOf(sites, context);
    return site === undefined ? context.notFound() : context.json({ people: site.people() });
  });
  app.delete("/api/:site/people/:number", (context) => {
    const site = siteOf(sites, context);
    if (site === undefined) return context.notFound();
    const erased = site.erase(Number(context.req.param("number")));
    return erased ? context.json({ ok: true }) : refuse(context, 404, "unknown-number");
  });
}

async function startShift(context: Context, site: SiteBoard): Promise<Response> {
  const parsed = v.safeParse(shiftSchema, parseJson(await context.req.text()));
  if (!parsed.success) return refuse(context, 400, "bad-post");
  const type = site.type();
  const role = type === undefined ? undefined : rolesOf[type].find((one) => one === parsed.output.role);
  if (role === undefined) return refuse(context, 422, "bad-role");
  const name = usableName(parsed.output.name);
  if (name === null) return refuse(context, 422, "bad-name");
  const person = await site.startShift(role, name, parsed.output.relieves);
  return person === null ? refuse(context, 503, "cannot-record") : context.json({ ok: true, ...person });
}

function cell(context: Context, sites: ReadonlyMap<Name, SiteBoard>): Response | Promise<Response> {
  const site = siteOf(sites, context);
  const hospital = context.req.param("hospital") ?? "";
  const capability = capabilityIds.find((id) => id === context.req.param("capability"));
  if (site === undefined || capability === undefined || !isName(hospital)) return context.notFound();
  return context.json(site.cell(hospital, capability));
}

/** Advice steers missions: a control centre asks for any patient; hospitals and crews see their own. */
function answerWhereTo(context: Context, sites: ReadonlyMap<Name, SiteBoard>): Response | Promise<Response> {
  const site = siteOf(sites, context);
  if (site?.type() !== "control-centre") return context.notFound();
  const question = v.safeParse(whereToSchema, context.req.query());
  if (!question.success) return refuse(context, 400, "bad-question");
  const { hospital = null } = question.output;
  const answer = site.whereTo({ patient: patientIn(question.output), hospital });
  if (answer === null) return context.notFound();
  // Advice is never empty but where no minutes can be told.
  if (answer.lines.length === 0 && !("mission" in question.output))
    return refuse(context, 422, "place-outside-region");
  return context.json(answer satisfies WhereTo);
}

function patientIn(asked: v.InferOutput<typeof whereToSchema>): WhereToQuestion["patient"] {
  if ("mission" in asked) return { mission: asked.mission };
  const { need, latE3, lonE3, flown, from, urgency, age, flags } = asked;
  return {
    ...{ need, position: { latE3, lonE3 } },
    ...(flown === undefined ? {} : { flown: true }),
    ...(from === undefined ? {} : { from }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(age === undefined && flags === undefined ? {} : { traits: traitsIn(age, flags) }),
    // Whoever lies in a hospital is not driven to be stabilised.
    ...(from === undefined && flags?.some((flag) => flag === "cpr" || flag === "danger")
      ? { danger: true }
      : {}),
  };
}

/** What of it changes what a patient needs. */
function traitsIn(ageGroup?: AgeGroup, flags: readonly PatientFlag[] = []) {
  const told = traitFlags.filter((flag) => flags.includes(flag)).map((flag) => [flag, true] as const);
  return { ...(ageGroup === undefined ? {} : { ageGroup }), ...Object.fromEntries(told) };
}

const traitFlags = ["pregnant", "newborn", "ventilated", "infectious", "heavy"] as const;

function siteOf(sites: ReadonlyMap<Name, SiteBoard>, context: Context): SiteBoard | undefined {
  return sites.get(context.req.param("site") ?? "");
}

function refuse(context: Context, status: 400 | 404 | 422 | 503, code: string): Response {
  return context.json({ ok: false, code, sentence: refusalSentence(code, "") }, status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
