import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Anchor, startAnchor } from "../../src/anchor/anchor.ts";
import { type Clock, systemClock } from "../../src/anchor/clock.ts";
import { type AnchorConfig, readConfig, writeConfig } from "../../src/anchor/config.ts";
import { present } from "../../src/basics/assert.ts";
import type { Name } from "../../src/basics/name.ts";
import type { PlannedSite, ProcessPlan, RehearsalPlan } from "../../src/rehearsal/plan.ts";
import { freePorts } from "../../src/rehearsal/ports.ts";
import { setUpRehearsal } from "../../src/rehearsal/setup.ts";
import type { BoardPostAnswer, BoardPush } from "../../src/site/views/board-view.ts";
import { root } from "./files.ts";
import { valueIn } from "./founded.ts";

const device = "box";
export const regionData = join(root, "regions", "rhein-ruhr");
const assetsDir = join(root, "dist", "boards");

function processOf(site: Name, peers: readonly Name[]): ProcessPlan {
  const hosted = `${site}/${device}`;
  return {
    id: site,
    hosted: [{ site, device, mobile: false }],
    dials: peers.map((peer) => ({ hosted, peer: `${peer}/${device}` })),
  };
}

function siteOf(site: Name, type: PlannedSite["type"]): PlannedSite {
  return { site, type, name: site };
}

/** Two control centres and two hospitals, each a process of its own: the shape that design §4 gives a region. */
export const smallPlan: RehearsalPlan = {
  region: "rehearsal-small",
  sites: [
    siteOf("duesseldorf", "control-centre"),
    siteOf("wuppertal", "control-centre"),
    siteOf("ukd", "hospital"),
    siteOf("duesseldorf-evk", "hospital"),
    siteOf("rtw-1", "ambulance"),
  ],
  processes: [
    processOf("duesseldorf", ["wuppertal"]),
    processOf("wuppertal", []),
    processOf("ukd", ["duesseldorf", "wuppertal", "duesseldorf-evk"]),
    processOf("duesseldorf-evk", ["duesseldorf", "wuppertal", "ukd"]),
  ],
};

export type SmallRegion = {
  readonly dir: string;
  readonly ports: ReadonlyMap<string, number>;
  readonly dirOf: (id: string) => string;
  readonly urlOf: (id: string) => string;
};

/** Founds the small region in a temporary folder: settings, keys and charter of every process. */
export async function setUpSmallRegion(
  plan: RehearsalPlan = smallPlan,
  data: string = regionData,
): Promise<SmallRegion> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-anchors-"));
  const ports = await freePorts(plan.processes.map(({ id }) => id));
  valueIn(
    setUpRehearsal({
      dir,
      plan,
      ports,
      regionData: data,
      zone: "Europe/Berlin",
      name: "Small",
      clock: systemClock,
    }),
  );
  return {
    dir,
    ports,
    dirOf: (id) => join(dir, id),
    urlOf: (id) => `http://127.0.0.1:${present(ports.get(id), id)}`,
  };
}

export function changeConfig(dir: string, change: (config: AnchorConfig) => Partial<AnchorConfig>): void {
  const config = valueIn(readConfig(dir));
  writeConfig(dir, { ...config, ...change(config) });
}

/** Starts a process of the region inside this one; a sentence when it cannot. */
export async function startHere(
  dir: string,
  notes: string[] = [],
  clock: Clock = systemClock,
): Promise<Anchor | string> {
  const config = readConfig(dir);
  if (!config.ok) return config.error;
  const note = (code: string, about: string): void => void notes.push(`${code} ${about}`);
  const anchor = await startAnchor({ dir, config: config.value, assetsDir, note, clock });
  if (anchor.ok) await anchor.value.loaded;
  return anchor.ok ? anchor.value : anchor.error;
}

/** Posts a fact at a process's door, as a board does. */
export async function postFact(
  url: string,
  site: Name,
  fact: {
    readonly request: string;
    readonly kind?: string;
    readonly by?: string;
    readonly body: object;
    readonly seen?: string;
  },
): Promise<{ readonly status: number; readonly answer: BoardPostAnswer }> {
  const response = await fetch(`${url}/api/${site}/facts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "hospital.status/1", by: "nurse#7", ...fact }),
  });
  return { status: response.status, answer: (await response.json()) as BoardPostAnswer };
}

export function ctIs(state: string, request: string) {
  return { request, body: { capability: "ct", state, over: [] } };
}

/** A board's stream: everything that was pushed so far, as it grows, until it is left. */
export async function watch(
  url: string,
  site: Name,
): Promise<{ readonly pushes: readonly BoardPush[]; readonly leave: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/${site}/events`, { signal: abort.signal });
  const pushes: BoardPush[] = [];
  void readPushes(response, pushes).catch(() => undefined);
  return { pushes, leave: () => abort.abort() };
}

async function readPushes(response: Response, pushes: BoardPush[]): Promise<void> {
  const reader = present(response.body, "a stream").pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      pushes.push(JSON.parse(text.slice("data: ".length, end)));
      text = text.slice(end + 2);
    }
  }
}
