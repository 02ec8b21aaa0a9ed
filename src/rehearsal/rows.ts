import { assert } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { Hospital } from "../region/region-data.ts";
import type { ContactCell } from "../site/views/board-view.ts";
import type { BoardLink, HeardRow, ProcessRow, ProcessState } from "../site/views/rehearsal-view.ts";
import type { LiveBoard } from "./live-board.ts";
import type { PlannedSite, ProcessPlan, RehearsalPlan } from "./plan.ts";
import { host } from "./setup.ts";

export type RowsContext = {
  readonly plan: RehearsalPlan;
  readonly ports: ReadonlyMap<string, number>;
  readonly hospitals: readonly Hospital[];
  readonly stateOf: (process: string) => ProcessState;
  /** Boards of the control centres before which the rehearsal itself sits. */
  readonly centres: readonly LiveBoard[];
};

export function processRows(context: RowsContext, nowMs: number): readonly ProcessRow[] {
  const types = new Map(context.plan.sites.map(({ site, type }) => [site, type]));
  return context.plan.processes.map((process): ProcessRow => {
    const [first] = process.hosted;
    assert(first !== undefined, "a process hosts somebody");
    const type = types.get(first.site);
    assert(type !== undefined, "who is hosted is planned");
    const heard = type === "ambulance" ? [] : heardRows(context.centres, process, nowMs);
    const site = process.hosted.length === 1 ? first.site : null;
    const state = context.stateOf(process.id);
    return { id: process.id, site, type, sites: process.hosted.length, state, heard };
  });
}

function heardRows(centres: readonly LiveBoard[], process: ProcessPlan, nowMs: number): readonly HeardRow[] {
  const hosted = new Set(process.hosted.map(({ site }) => site));
  return centres
    .filter(({ site }) => !hosted.has(site))
    .map((board): HeardRow => {
      const cells = contactsOn(board, hosted);
      const silent = cells.filter(({ verdict }) => verdict === "silent");
      const lastMs = silent.flatMap(({ lastHeardMs }) => (lastHeardMs === null ? [] : [lastHeardMs]));
      return {
        centre: board.site,
        answers: board.isAlive(nowMs),
        heard: cells.filter(({ verdict }) => verdict === "heard" || verdict === "late").length,
        silent: silent.length,
        lastHeardMs: lastMs.length === 0 ? null : Math.floor(Math.min(...lastMs) / secondMs) * secondMs,
      };
    });
}

function contactsOn({ hospitals, own }: LiveBoard, sites: ReadonlySet<Name>): readonly ContactCell[] {
  const rows = [...hospitals.values()].map(({ hospital, contact }) => ({ site: hospital, contact }));
  return [...rows, ...(own?.centres ?? [])]
    .filter(({ site }) => sites.has(site))
    .map(({ contact }) => contact);
}

const folders = { "control-centre": "dispatch", hospital: "hospital", ambulance: "crew" } as const;

/** The board of every site; ambulances with a mission are those on the centres' boards. */
export function boardLinks({ plan, ports, hospitals, centres }: RowsContext): readonly BoardLink[] {
  const homes = new Map(plan.processes.flatMap(({ id, hosted }) => hosted.map(({ site }) => [site, id])));
  // As boards name them.
  const spoken = new Map(hospitals.map(({ id, spokenName }) => [id, spokenName]));
  const busy = new Set(
    centres.flatMap(({ missions }) => [...missions.values()].map(({ vehicle }) => vehicle)),
  );
  return plan.sites.map(({ site, type, name, homeCentre }: PlannedSite): BoardLink => {
    const port = ports.get(homes.get(site) ?? "");
    assert(port !== undefined, "a planned site lives in a process with a port");
    const url = `http://${host}:${port}/${folders[type]}/${site}`;
    const home = type === "ambulance" ? (homeCentre ?? null) : null;
    return { site, type, name: spoken.get(site) ?? name, homeCentre: home, url, busy: busy.has(site) };
  });
}
