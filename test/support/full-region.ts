// A region as it is on a busy night, at real anchors: every hospital has said what it can take, at its own time of the
// shift, and ambulances drive. One process for the control centre, one for everybody else.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Anchor, startAnchor } from "../../src/anchor/anchor.ts";
import { readConfig } from "../../src/anchor/config.ts";
import { present } from "../../src/basics/assert.ts";
import type { FactRef, Name } from "../../src/basics/name.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { cellAt } from "../../src/region/cell.ts";
import { type CapabilityId, capabilityIds } from "../../src/region/vocabulary.ts";
import { planRehearsal, type RehearsalPlan, vehicleOf } from "../../src/rehearsal/plan.ts";
import { Processes } from "../../src/rehearsal/processes.ts";
import { rheinRuhr } from "../scenarios/rhein-ruhr.ts";
import { postFact, setUpSmallRegion } from "./anchors.ts";
import { root } from "./files.ts";
import { valueIn } from "./founded.ts";

export const centre: Name = "duesseldorf";
/** The process in which everybody else lives. */
const others = "others";
export const hospital: Name = "ukd";
export const vehicle: Name = vehicleOf(centre, 1);

const assetsDir = join(root, "dist", "boards");
const missionsRunning = 8;
const shiftMs = 6 * 3_600_000;
const postsAtOnce = 16;

const plan: RehearsalPlan = twoProcesses(planRehearsal(rheinRuhr));

function twoProcesses({ region, sites, processes }: RehearsalPlan): RehearsalPlan {
  const all = processes.flatMap(({ hosted }) => hosted);
  const ours = all.filter(({ site }) => site === centre);
  const theirs = all.filter(({ site }) => site !== centre);
  const peer = `${centre}/${present(ours[0], "the centre has a device").device}`;
  const dials = theirs.map(({ site, device }) => ({ hosted: `${site}/${device}`, peer }));
  return {
    region,
    sites,
    processes: [
      { id: centre, hosted: ours, dials: [] },
      { id: others, hosted: theirs, dials },
    ],
  };
}

export type FullRegion = {
  /** The door of whoever serves a site's board. */
  readonly urlOf: (site: Name) => string;
  /** How many cells have a word. */
  readonly said: number;
  /** From here on each process is a real one, with what is written and the machine's clock. */
  readonly leaveToProcesses: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Both processes inside this one, with six hours of the night already written. */
export async function openFullRegion(seed: number): Promise<FullRegion> {
  const region = await setUpSmallRegion(plan);
  let earlierMs = shiftMs;
  const clock = () => ({ wallMs: Date.now() - Math.round(earlierMs), monoMs: performance.now() });
  const anchors: Anchor[] = [];
  for (const { id } of plan.processes) {
    const dir = region.dirOf(id);
    const config = valueIn(readConfig(dir));
    anchors.push(valueIn(await startAnchor({ dir, config, assetsDir, clock, note: () => undefined })));
  }
  const urlOf = (site: Name) => region.urlOf(site === centre ? centre : others);
  const random = seededRandom(seed);
  const words = drawWords(random);
  for (let i = 0; i < words.length; i += postsAtOnce) {
    earlierMs = shiftMs * (1 - i / words.length);
    await Promise.all(words.slice(i, i + postsAtOnce).map((word) => say(urlOf(word.site), word)));
  }
  earlierMs = 0;
  for (let number = 1; number <= missionsRunning; number += 1) await drive(random, urlOf, number);
  const processes = new Processes({ dir: region.dir, root, onDied: () => undefined });
  const stopHere = async (): Promise<void> => {
    for (const anchor of anchors.splice(0)) await anchor.stop();
  };
  const leaveToProcesses = async (): Promise<void> => {
    await stopHere();
    for (const { id } of plan.processes) await processes.start(id);
  };
  const stop = async (): Promise<void> => {
    await stopHere();
    await processes.stopAll();
    rmSync(region.dir, { recursive: true, force: true });
  };
  return { urlOf, said: words.length, leaveToProcesses, stop };
}

type Word = { readonly site: Name; readonly body: object };

/** Each hospital on everything it has, all in an order that no board shows. */
function drawWords(random: Random): readonly Word[] {
  const cells = rheinRuhr.hospitals.flatMap(({ id, capabilities }) =>
    capabilityIds
      .filter((capability) => capabilities[capability].value === "yes")
      .map((capability) => ({ site: id, body: drawState(random, capability), place: random.below(2 ** 30) })),
  );
  return cells.sort((a, b) => a.place - b.place);
}

function drawState(random: Random, capability: CapabilityId): object {
  const draw = random.below(10);
  if (draw < 7) return { capability, state: "open", over: [] };
  const reason = random.pick(["no-staff", "no-beds", "in-use"]);
  return { capability, state: draw < 9 ? "limited" : "full", reason, over: [] };
}

let posted = 0;

async function say(
  url: string,
  { site, body }: Word,
  said: { readonly kind?: string; readonly by?: string } = {},
): Promise<FactRef> {
  posted += 1;
  const { answer } = await postFact(url, site, { request: `full-region-${posted}`, body, ...said });
  if (!answer.ok) throw new Error(`${site} was refused: ${answer.sentence.en}`);
  return answer.ref;
}

async function drive(random: Random, urlOf: (site: Name) => string, number: number): Promise<void> {
  const site = vehicleOf(centre, number);
  const town = random.pick(rheinRuhr.municipalities);
  const cell = cellAt(town.latE3, town.lonE3);
  const mission = await say(
    urlOf(centre),
    {
      site: centre,
      body: {
        vehicle: site,
        need: random.pick(["stroke", "stemi", "sepsis", "polytrauma"]),
        urgency: 1 + random.below(3),
        ageGroup: "65-79",
        ...{ doctor: true, ventilated: false, cpr: false, pregnant: false, infectious: false },
        callAtMs: Date.now() - 1_200_000,
        cell,
      },
    },
    { kind: "mission.opened/1", by: "dispatcher#3" },
  );
  await untilKnown(urlOf(site), site);
  const crew = (body: object, kind: string) => say(urlOf(site), { site, body }, { kind, by: "paramedic#5" });
  await crew({ mission, step: "patient-on-board" }, "mission.step/1");
  const to = number % 2 === 0 ? hospital : random.pick(rheinRuhr.hospitals).id;
  await crew({ mission, hospital: to, over: [] }, "mission.destination/1");
}

/** A crew can speak of a mission only when its anchor has heard of it. */
async function untilKnown(url: string, site: Name): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/${site}/board/events`, { signal: abort.signal });
    const chunk = await response.body?.pipeThrough(new TextDecoderStream()).getReader().read();
    abort.abort();
    if (chunk?.value?.includes(`"mission":"`) === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${site} has not heard of its mission`);
}
