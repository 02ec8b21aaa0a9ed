import { assert } from "../../basics/assert.ts";
import { encodeCanonical } from "../../basics/canonical-json.ts";
import type { Name } from "../../basics/name.ts";
import { type Now, secondMs } from "../../basics/time.ts";
import { viewBytesMax, viewLimits } from "../../exchange/packet.ts";
import { newSights } from "../../site/decisions/seen.ts";
import type { DrawnView, Input } from "../../site/effects.ts";
import { type ViewForm, viewFormOf } from "../../site/exchange/given-views.ts";
import type { GivenView } from "../../site/state.ts";
import { crewBoardView } from "../../site/views/board-crew.ts";
import { hospitalBoardView } from "../../site/views/board-hospital.ts";
import { type BoardContext, beginDrawing, type Drawing } from "../../site/views/board-rows.ts";
import type { CrewBoardView, HospitalBoardView } from "../../site/views/board-site-view.ts";
import { whereOf } from "./view-hub.ts";

/** Every view is looked at this often: words run out, hospitals fall silent, and minutes go by without any fact. */
const lookEveryMs = secondMs;

export type DrawerPorts = {
  readonly clock: () => Now;
  readonly feed: (input: Input) => void;
  /** Told once of each place in the program at which drawing failed, and of what cannot be given. */
  readonly note: (code: string, about: string) => void;
};

/** What is remembered of one site's view. */
type Known = {
  readonly context: BoardContext;
  /** As it was last given; null: it was not, or could not be drawn since. */
  text: string | null;
  /** Of a crew that had no mission there: how the anchor itself stood, which is all that its view says. */
  idleText: string | null;
};

/**
 * Draws what the pockets of one hosted device are given: the very views that boards of hospitals and crews are served
 * from, each once for all devices of its site, and no names of people, which stay in their own site's table.
 */
export class ViewDrawer {
  readonly #shared: BoardContext;
  readonly #ports: DrawerPorts;
  readonly #known = new Map<Name, Known>();
  readonly #noted = new Set<string>();
  /** Of these something was said: they come first. */
  readonly #touched = new Set<Name>();
  readonly #round = new Set<Name>();
  #roundFrom: Now | null = null;

  constructor({ people: _inNoView, ...shared }: BoardContext, ports: DrawerPorts) {
    this.#shared = shared;
    this.#ports = ports;
  }

  touch(site: Name): void {
    if (this.#given.has(site)) this.#touched.add(site);
  }

  get #given(): ReadonlyMap<Name, GivenView> {
    return this.#shared.hosted.given.bySite;
  }

  /** Draws what is due while `goesOn`, one at least. Returns whether something is left. */
  draw(goesOn: () => boolean): boolean {
    const now = this.#ports.clock();
    const drawings = new Drawings(this.#shared, now);
    this.#beginRound(drawings, now);
    const views: DrawnView[] = [];
    for (let site = this.#next(); site !== undefined; site = goesOn() ? this.#next() : undefined) {
      const view = this.#drawn(site, drawings, now);
      if (view !== null) views.push(view);
    }
    const { hosted } = this.#shared;
    const sameMs = this.#round.size === 0 ? (this.#roundFrom?.wallMs ?? null) : hosted.given.sameMs;
    this.#ports.feed({ type: "drawn", hosted: hosted.id, views, sameMs });
    return this.#touched.size + this.#round.size > 0;
  }

  #next(): Name | undefined {
    const [site] = this.#touched.size > 0 ? this.#touched : this.#round;
    if (site === undefined) return undefined;
    this.#touched.delete(site);
    this.#round.delete(site);
    return site;
  }

  /** A round looks at every view once; the next begins when it is through, a second after it began at the earliest. */
  #beginRound(drawings: Drawings, now: Now): void {
    if (this.#round.size > 0) return;
    if (this.#roundFrom !== null && now.monoMs - this.#roundFrom.monoMs < lookEveryMs) return;
    this.#roundFrom = now;
    const { house, hosted } = this.#shared;
    const { fold } = house;
    const underWay = new Set([...fold.running].map((id) => fold.missions.get(id)?.opened?.fact.vehicle));
    for (const site of this.#known.keys()) if (!this.#given.has(site)) this.#known.delete(site);
    const idleText = drawings.idleText();
    for (const site of this.#given.keys()) {
      const isIdle = idleText !== null && this.#known.get(site)?.idleText === idleText;
      // On the board of its own site the anchor says more of itself than on all others.
      if (!isIdle || site === hosted.site || underWay.has(site)) this.#round.add(site);
    }
  }

  /** Null: it says what it said. */
  #drawn(site: Name, drawings: Drawings, { wallMs: asOfMs }: Now): DrawnView | null {
    const given = this.#given.get(site);
    if (given === undefined) return null;
    const form = viewFormOf(this.#shared.house.charter, site);
    if (form === null) {
      this.#known.delete(site);
      return { site, asOfMs, body: null };
    }
    const known = this.#knownOf(site);
    try {
      const view = viewOf(form, known.context, drawings);
      const text = JSON.stringify(view);
      known.idleText = "missions" in view && view.missions.length === 0 ? drawings.idleText() : null;
      if (text === known.text && given.newest !== null) return null;
      // From the text, so that a member that is undefined is left out as it is on the boards' stream.
      const body = encodeCanonical(JSON.parse(text), viewLimits);
      assert(body.ok && body.value.length <= viewBytesMax, "a view is canonical and fits a packet");
      known.text = text;
      return { site, asOfMs, body: body.value };
    } catch (error) {
      this.#note(whereOf(error));
      known.text = null;
      known.idleText = null;
      return { site, asOfMs, body: null };
    }
  }

  #knownOf(site: Name): Known {
    const known = this.#known.get(site) ?? {
      context: { ...this.#shared, site, sights: newSights() },
      text: null,
      idleText: null,
    };
    this.#known.set(site, known);
    return known;
  }

  #note(where: string): void {
    if (this.#noted.has(where)) return;
    this.#noted.add(where);
    this.#ports.note("view-cannot-be-drawn", where);
  }
}

/** What the views of one moment share: those of the device's own site, where it stands itself, and those of all others. */
class Drawings {
  readonly #shared: BoardContext;
  readonly now: Now;
  #own: Drawing | null = null;
  #others: Drawing | null = null;
  #idleText: string | null = null;

  constructor(shared: BoardContext, now: Now) {
    this.#shared = shared;
    this.now = now;
  }

  for(context: BoardContext): Drawing {
    if (context.site === context.hosted.site) {
      this.#own ??= beginDrawing(context, this.now);
      return this.#own;
    }
    this.#others ??= beginDrawing(context, this.now);
    return this.#others;
  }

  /** How the anchor stands, on every board alike that is not its own; null: that cannot be drawn. */
  idleText(): string | null {
    try {
      const context = { ...this.#shared, site: noSite };
      this.#idleText ??= JSON.stringify({ ...this.for(context).own, site: noSite });
      return this.#idleText;
    } catch {
      return null;
    }
  }
}

const noSite: Name = "";

function viewOf(
  form: ViewForm,
  context: BoardContext,
  drawings: Drawings,
): HospitalBoardView | CrewBoardView {
  const draw = form === "crew/1" ? crewBoardView : hospitalBoardView;
  return draw(context, drawings.now, drawings.for(context));
}
