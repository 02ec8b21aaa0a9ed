import { adviceBaseOf } from "../advice/region-base.ts";
import type { Name } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";
import { charterState, siteIn, siteTypeIn } from "../region/charter.ts";
import { lastSound } from "../region/desk-view.ts";
import { requestOf } from "../region/fold.ts";
import type { RegionData } from "../region/region-data.ts";
import { refOf } from "../region/report.ts";
import type { RunOut } from "../region/view-context.ts";
import type { Words } from "../region/words.ts";
import { choiceRefusal, choosesFor } from "../site/choosing.ts";
import { decidedBy } from "../site/decisions/decided.ts";
import { newSights } from "../site/decisions/seen.ts";
import type { SubmitAnswer } from "../site/effects.ts";
import { answerRefusal } from "../site/exchange/answering.ts";
import { newDeliveries } from "../site/exchange/delivery.ts";
import { logOf } from "../site/replica.ts";
import { newResteering } from "../site/resteering.ts";
import type { Hosted } from "../site/state.ts";
import { ownRole } from "../site/submit.ts";
import { transferRefusalAt } from "../site/transferring.ts";
import { cellDetail } from "../site/views/board-centre.ts";
import { crewBoardView } from "../site/views/board-crew.ts";
import { firstColumns, firstRegion } from "../site/views/board-first.ts";
import { hospitalBoardView } from "../site/views/board-hospital.ts";
import { type BoardContext, boardView } from "../site/views/board-rows.ts";
import { newKnownHospitals } from "../site/views/known-hospitals.ts";
import { loadingPercent } from "../site/views/loading.ts";
import { viewContext } from "../site/views/region-context.ts";
import { whereTo } from "../site/views/where-to.ts";
import { type BoardSite, bodyOf } from "./boards/board-api.ts";
import { BoardHub, columnsHub } from "./boards/board-hub.ts";
import { boardRegion } from "./boards/board-region.ts";
import type { DeskNumbers } from "./boards/desk-numbers.ts";
import { OpenBoards } from "./boards/open-boards.ts";
import type { People } from "./boards/people.ts";
import { PocketViews } from "./boards/pocket-views.ts";
import type { SiteBoard } from "./boards/site-boards.ts";
import { crewHub, firstHub, type HubBase, hospitalHub, type SiteHub } from "./boards/site-hub.ts";
import type { Visit } from "./boards/visits.ts";
import type { Clock } from "./clock.ts";
import { clockText } from "./clock-text.ts";
import type { AnchorConfig } from "./config.ts";
import type { LiveTraffic } from "./roads/live-traffic.ts";
import type { RoadClosures } from "./roads/road-closures.ts";
import type { RoadSource } from "./roads/road-table.ts";
import type { Shell } from "./shell.ts";
import { Turns } from "./turns.ts";

export type ServedOptions = {
  readonly shell: Shell;
  /** For what people write. */
  readonly submit: Shell["submit"];
  readonly config: AnchorConfig;
  readonly data: RegionData;
  readonly roads: RoadSource;
  /** Null: there is no road table that closures could change. */
  readonly closures: RoadClosures | null;
  readonly clock: Clock;
  readonly people: People;
  readonly desks: DeskNumbers;
  readonly visited: (visit: Visit) => void;
  readonly note: (code: string, about: string) => void;
  /** Undefined: no service is named that knows the traffic. */
  readonly traffic: LiveTraffic | undefined;
  /** What is to be said of the region's stream on its NATS servers; null: nothing. */
  readonly stream: () => Words | null;
  /** Told of every change, and stopped with the process. Filled here. */
  readonly hubs: Pick<SiteHub, "changed" | "stop">[];
};

/** One site that this process serves boards for. */
export type ServedSite = BoardSite & { readonly board: SiteBoard; readonly boards: OpenBoards };

export function servedSites(options: ServedOptions): ReadonlyMap<Name, ServedSite> {
  const hosted = [...options.shell.house.hosted.values()];
  const noted = new Set<Name>();
  const unlisted = (hospital: Name) => {
    if (!noted.has(hospital)) options.note("hospital-not-in-region-files", hospital);
    noted.add(hospital);
  };
  options.hubs.push(pocketViews(options));
  return new Map(hosted.map((device) => [device.site, servedSite(options, device, unlisted)]));
}

/** Names are left out there: they stay in their own site's table, from which they can be deleted. */
function pocketViews(options: ServedOptions): PocketViews {
  const { shell, clock, note } = options;
  return new PocketViews({
    ...{ house: shell.house, clock, note },
    feed: (input) => shell.feed(input),
    contextOf: (hosted) => contextOf(options, hosted),
  });
}

function servedSite(options: ServedOptions, hosted: Hosted, unlisted: (hospital: Name) => void): ServedSite {
  const { shell, data, clock, hubs } = options;
  const { house } = shell;
  const { site } = hosted;
  const people = () => options.people.recent(site, clock().wallMs);
  const context = { ...contextOf(options, hosted), unlisted, people };
  const hub = new BoardHub({ ...hubBase(options, hosted), view: () => boardView(context, clock()) });
  hubs.push(hub);
  const region = () => boardRegion(house, data, site, options.roads.words(clock().wallMs));
  const boards = openBoardsOf(options, hosted);
  const choices = new Turns();
  return {
    site,
    boards,
    get name() {
      return siteIn(house.charter, site)?.name ?? site;
    },
    get type() {
      return siteTypeIn(house.charter, site);
    },
    hub,
    region,
    submit: (post) => {
      options.visited({ what: "wrote", site, kind: post.kind, request: post.request });
      if (post.kind === soundKind) return saySound(options, hosted, boards, post);
      const mission = choosesFor({ kind: post.kind, body: bodyOf(post) });
      const now = () => submitAt(options, hosted, context, post);
      // What is not durable yet is not folded yet: of two choices the second is judged once the first is there.
      return mission === null ? now() : choices.inTurn(mission, now);
    },
    board: siteBoard(options, context, { hub, region, boards }),
  };
}

/** Writes somebody's word, or says why not. */
function submitAt(
  options: ServedOptions,
  hosted: Hosted,
  context: BoardContext,
  post: Parameters<BoardSite["submit"]>[0],
): Promise<SubmitAnswer> {
  const { kind, by, request, seen } = post;
  const { submit, clock } = options;
  const { house } = context;
  const body = bodyOf(post);
  const refused =
    answerRefusal(house, hosted, { kind, request, body }) ??
    choiceRefusal(house, hosted, { kind, request, body }) ??
    transferRefusalAt(context, clock(), { kind, by, request, body });
  if (refused !== null) return Promise.resolve({ ok: false, error: { code: refused } });
  if ("forced" in body && !isOnShift(options, hosted, { by, request }))
    return Promise.resolve({ ok: false, error: { code: "name-needed" } });
  const decided = decidedBy(context, { kind, body, seen });
  const fact = { hosted: hosted.id, kind, by, body, request };
  return submit(decided === null ? fact : { ...fact, decided });
}

const soundKind = "board.sound/1";

function openBoardsOf({ shell, submit, clock }: ServedOptions, { id }: Hosted): OpenBoards {
  const { house } = shell;
  return new OpenBoards({
    monoMs: () => clock().monoMs,
    lastSaid: () => (loadingPercent(house) === null ? (lastSound(house.fold, id)?.fact.sound ?? null) : null),
    say: (sound) => void submit({ hosted: id, kind: soundKind, by: ownRole, body: { sound } }),
  });
}

/** A board says it again and again: written is only what changes for the device. */
function saySound(
  { shell: { house }, submit }: ServedOptions,
  { id }: Hosted,
  boards: OpenBoards,
  post: Parameters<BoardSite["submit"]>[0],
): Promise<SubmitAnswer> {
  const { kind, by, request, board = "" } = post;
  const fact = { hosted: id, kind, by, request, body: bodyOf(post) };
  const { sound } = fact.body;
  if (sound !== "on" && sound !== "held-back") return submit(fact);
  const now = boards.heard(board, sound);
  const said = lastSound(house.fold, id);
  if (now === null && said !== null) return Promise.resolve({ ok: true, ref: refOf(said), repeated: true });
  return submit({ ...fact, body: { sound: now ?? sound } });
}

/**
 * Who chooses by force has a name, in the table of the site (BOARD109). The very same post again is answered with its fact,
 * also when that shift is over.
 */
function isOnShift(
  { people, clock, shell: { house } }: ServedOptions,
  { site, origin }: Hosted,
  { by, request }: { readonly by: string; readonly request: string },
): boolean {
  if (requestOf(house.fold, logOf(house, origin).id, request) !== undefined) return true;
  const { wallMs } = clock();
  return people.all(site).some((person) => person.by === by && person.shiftEndsMs > wallMs);
}

function siteBoard(
  options: ServedOptions,
  context: BoardContext,
  { hub: centre, region, boards }: Pick<ServedSite, "hub" | "region" | "boards">,
): SiteBoard {
  const { clock, people, desks, visited, hubs } = options;
  const { house, hosted } = context;
  const { site } = hosted;
  const base = hubBase(options, hosted);
  const hospital = hospitalHub(base, () => hospitalBoardView(context, clock()));
  const crew = crewHub(base, () => crewBoardView(context, clock()));
  const own = [centre, hospital, crew];
  hubs.push(hospital, crew);
  const type = () => siteTypeIn(house.charter, site);
  return {
    site,
    type,
    hub: (isFirst) => {
      const isCentre = type() === "control-centre";
      const whole = type() === "hospital" ? hospital : type() === "ambulance" ? crew : centre;
      if (!isFirst) return whole;
      const first = (view: object) => firstRegion(region(), isCentre, view);
      return isCentre ? columnsHub(centre, firstColumns(options.data.needs), first) : firstHub(whole, first);
    },
    cell: (of, capability) => cellDetail(house, viewContext(context, clock()), of, capability),
    whereTo: (question) => whereTo(context, clock(), question),
    startShift: async (role, name, relieves) => {
      visited({ what: "began-shift", site });
      const person = await people.start({ site, role, name, relieves }, clock().wallMs);
      for (const hub of own) hub.changed();
      return person;
    },
    newDesk: () => desks.next(site),
    left: (board) => boards.left(board),
    endShift: (number) => {
      const ended = people.end(site, number, clock().wallMs);
      for (const hub of own) hub.changed();
      return ended;
    },
    people: () => people.all(site),
    erase: (number) => {
      const erased = people.erase(site, number);
      for (const hub of own) hub.changed();
      return erased;
    },
  };
}

function hubBase({ clock, shell: { house }, note }: ServedOptions, { site }: Hosted): HubBase {
  return {
    clock,
    loading: () => loadingPercent(house),
    undrawn: (where) => note("board-cannot-be-drawn", `${site}: ${where}`),
  };
}

function contextOf(
  { shell, config, data, roads, closures, traffic, stream }: ServedOptions,
  hosted: Hosted,
): BoardContext {
  const { house } = shell;
  return {
    house,
    hosted,
    site: hosted.site,
    data,
    base: adviceBaseOf(data, roads.table, traffic),
    known: newKnownHospitals(),
    resteering: newResteering(),
    sights: newSights(),
    deliveries: newDeliveries(),
    runOut: runOutOf(config, data),
    clock: (wallMs) => clockText(charterState(house.charter).start?.zone ?? data.region.timeZone, wallMs),
    ...(closures === null ? {} : { countedClosures: () => closures.counted() }),
    stream,
  };
}

export function runOutOf(config: AnchorConfig, data: RegionData): RunOut {
  return {
    openRunsOutMs: config.policy.openRunsOutMs ?? data.policy.openRunsOutMin.value * minuteMs,
    voiceRunsOutMs: config.policy.voiceRunsOutMs ?? data.policy.voiceRunsOutMin.value * minuteMs,
  };
}
