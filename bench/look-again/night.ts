// Two hundred missions on their way in the shipped region, half of them to one hospital, as a control centre's device
// holds them: real facts in a real fold, with the board's context around it.

import { adviceBaseOf } from "../../src/advice/region-base.ts";
import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import { present } from "../../src/basics/assert.ts";
import type { FactRef, LogId, Name } from "../../src/basics/name.ts";
import type { Random } from "../../src/basics/random.ts";
import { hourMs, minuteMs } from "../../src/basics/time.ts";
import { cellAt } from "../../src/region/cell.ts";
import type { SiteType } from "../../src/region/choices.ts";
import { capabilityIds } from "../../src/region/region-data.ts";
import { newSights } from "../../src/site/decisions/seen.ts";
import { newDeliveries } from "../../src/site/exchange/delivery.ts";
import { newHouse } from "../../src/site/house.ts";
import { newResteering } from "../../src/site/resteering.ts";
import type { BoardContext } from "../../src/site/views/board-rows.ts";
import { newKnownHospitals } from "../../src/site/views/known-hospitals.ts";
import { clockOf } from "../../test/scenarios/clock.ts";
import { rheinRuhr } from "../../test/scenarios/rhein-ruhr.ts";
import {
  authorityLog,
  charterBody,
  charterOf,
  foldLogs,
  foldOne,
  type Logs,
  logKey,
  missionBody,
  nightMs,
  region,
  say,
} from "../../test/support/region.ts";

export const missionCount = 200;
/** Where half of them drive. */
export const full: Name = "ukd";
const centre: LogId = "lst-d/box/1-00000001";

export type Night = {
  readonly context: BoardContext;
  /** One more fact of the hospital where half of them drive, folded: what its emergency department can take. */
  readonly say: (state: "open" | "full", atMs: number) => void;
};

export function drawNight(random: Random): Night {
  const logs = charterLogs();
  const charter = charterOf(logs);
  for (const { id, capabilities } of rheinRuhr.hospitals) sayOpen(logs, id, capabilities);
  for (let i = 0; i < missionCount; i += 1) sayMission(logs, random, i);
  const made = newHouse({
    ports: { crypto: nodeCrypto, randomBytes: (length) => new Uint8Array(length) },
    region,
    authority: logKey("land/desk"),
    hosted: [hosted()],
    startMonoMs: 0,
  });
  const house = { ...made, charter, fold: foldLogs(charter, logs) };
  const context: BoardContext = {
    house,
    hosted: present(house.hosted.get("lst-d/box"), "hosted"),
    site: "lst-d",
    data: rheinRuhr,
    base: adviceBaseOf(rheinRuhr),
    known: newKnownHospitals(),
    resteering: newResteering(),
    sights: newSights(),
    deliveries: newDeliveries(),
    runOut: { openRunsOutMs: 8 * hourMs, voiceRunsOutMs: hourMs },
    clock: clockOf,
  };
  let before = [logOf(full), 1];
  return {
    context,
    say: (state, at) => {
      const cell = { capability: "emergency-department", state, over: [before] };
      const [log, index] = say(logs, logOf(full), "hospital.status/1", cell, { at });
      foldOne(house.fold, charter, log, index, logs.get(log)?.[index] ?? null);
      before = [log, index];
    },
  };
}

function hosted() {
  const seed = new Uint8Array(32).fill(7);
  const device = `holdfast/1/${region}/lst-d/box`;
  return {
    ...{ site: "lst-d", device: "box", epoch: "1-00000001", boot: 1, mobile: false },
    signer: nodeSigner(seed, device, "log"),
    holder: nodeSigner(seed, `${device}/holder`, "holder"),
  };
}

function charterLogs(): Logs {
  const logs: Logs = new Map();
  say(logs, authorityLog, "charter.start/1", charterBody.start());
  const vehicles = Array.from({ length: missionCount }, (_, i) => `rtw-${i}`);
  const sites: readonly (readonly [Name, SiteType])[] = [
    ["lst-d", "control-centre"],
    ...rheinRuhr.hospitals.map(({ id }) => [id, "hospital"] as const),
    ...vehicles.map((id) => [id, "ambulance"] as const),
  ];
  for (const [id, type] of sites) say(logs, authorityLog, "charter.site/1", charterBody.site(id, type));
  for (const [id] of sites) say(logs, authorityLog, "charter.device/1", charterBody.device(`${id}/box`));
  return logs;
}

function logOf(site: Name): LogId {
  return `${site}/box/1-00000001`;
}

/** The emergency department first: its word is at position 1. */
function sayOpen(logs: Logs, id: Name, has: (typeof rheinRuhr.hospitals)[number]["capabilities"]): void {
  const first = "emergency-department";
  for (const capability of [first, ...capabilityIds.filter((one) => one !== first)] as const) {
    if (has[capability].value !== "yes") continue;
    say(logs, logOf(id), "hospital.status/1", { capability, state: "open", over: [] });
  }
}

function sayMission(logs: Logs, random: Random, i: number): FactRef {
  const { latE3, lonE3 } = random.pick(rheinRuhr.municipalities);
  const cell = { ...cellAt(latE3 + random.below(41) - 20, lonE3 + random.below(61) - 30) };
  const need = random.pick(["general-medical", "stroke", "sepsis"]);
  const body = { ...missionBody, vehicle: `rtw-${i}`, need, urgency: 2 + random.below(2), cell };
  const mission = say(logs, centre, "mission.opened/1", body);
  const hospital = i % 2 === 0 ? full : random.pick(rheinRuhr.hospitals).id;
  const crew = logOf(`rtw-${i}`);
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital, over: [] });
  const at = { at: nightMs + 5 * minuteMs };
  say(logs, crew, "mission.position/1", { mission: [...mission], cell, ageS: 0 }, at);
  return mission;
}
