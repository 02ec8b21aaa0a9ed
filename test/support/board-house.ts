import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adviceBaseOf } from "../../src/advice/region-base.ts";
import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import { present } from "../../src/basics/assert.ts";
import { type DeviceId, type LogId, originOf } from "../../src/basics/name.ts";
import { hourMs } from "../../src/basics/time.ts";
import {
  type Hospital,
  parseRegionData,
  type RegionData,
  regionFiles,
} from "../../src/region/region-data.ts";
import { newSights } from "../../src/site/decisions/seen.ts";
import { newDeliveries } from "../../src/site/exchange/delivery.ts";
import { newHouse } from "../../src/site/house.ts";
import { newResteering } from "../../src/site/resteering.ts";
import type { Hosted, House } from "../../src/site/state.ts";
import type { BoardContext } from "../../src/site/views/board-rows.ts";
import { newKnownHospitals } from "../../src/site/views/known-hospitals.ts";
import { root } from "./files.ts";
import { foldLogs, type Logs, logKey, nightMs, region, testCharter } from "./region.ts";

/** The first hospitals of Rhein-Ruhr under the names of the test region. */
function testData(): RegionData {
  const files = regionFiles.map((file) => {
    const path = join(root, "regions", "rhein-ruhr", `${file}.json`);
    return [file, JSON.parse(readFileSync(path, "utf8"))] as const;
  });
  const data = parseRegionData(Object.fromEntries(files));
  if (!data.ok) throw new Error(data.error.join("\n"));
  const names = ["ukd", "neuss", "barmen"];
  const hospitals = data.value.hospitals.slice(0, names.length);
  return {
    ...data.value,
    hospitals: hospitals.map((hospital, i) => ({
      ...hospital,
      id: present(names[i], "a name"),
      capabilities: names[i] === "barmen" ? withoutSupraregional(hospital) : hospital.capabilities,
    })),
  };
}

/** One house has of a need's two ways only the lesser one. */
function withoutSupraregional({ capabilities }: Hospital): Hospital["capabilities"] {
  const none = { ...capabilities["trauma-supraregional"], value: "no", certainty: "B" } as const;
  return { ...capabilities, "trauma-supraregional": none };
}

const data = testData();
const charter = testCharter();

/** What one device's boards are made from: facts that its store holds, and who else confirmed to hold them. */
export function boardHouse(
  hosted: LogId,
  logs: Logs,
  held: readonly (readonly [log: LogId, by: DeviceId, size: number])[] = [],
): BoardContext {
  const [site = "", device = "", epoch = ""] = hosted.split("/");
  const seed = new Uint8Array(32).fill(7);
  const made = newHouse({
    ports: { crypto: nodeCrypto, randomBytes: (length) => new Uint8Array(length) },
    region,
    authority: logKey("land/desk"),
    hosted: [
      {
        ...{ site, device, epoch, boot: 1, mobile: false },
        signer: nodeSigner(seed, `holdfast/1/${region}/${site}/${device}`, "log"),
        holder: nodeSigner(seed, `holdfast/1/${region}/${site}/${device}/holder`, "holder"),
      },
    ],
    startMonoMs: 0,
  });
  const house: House = { ...made, charter, fold: foldLogs(charter, logs) };
  for (const [log, by, size] of held) hold(house, log, by, size);
  return boardOf(house, present(house.hosted.get(`${site}/${device}`), "hosted"));
}

/** What the boards of a device are made from, whatever its house stands on. */
export function boardOf(house: House, hosted: Hosted): BoardContext {
  return {
    house,
    hosted,
    site: hosted.site,
    data,
    base: adviceBaseOf(data),
    known: newKnownHospitals(),
    resteering: newResteering(),
    sights: newSights(),
    deliveries: newDeliveries(),
    runOut: { openRunsOutMs: 8 * hourMs, voiceRunsOutMs: hourMs },
    clock: (wallMs) => new Date(wallMs).toISOString().slice(11, 16),
  };
}

function hold(house: House, log: LogId, holder: DeviceId, size: number): void {
  const origin = originOf(region, log);
  const known = house.receipts.newest.get(origin) ?? new Map();
  house.receipts.newest.set(origin, known);
  const nothing = new Uint8Array(64);
  known.set(holder, { origin, holder, size, timeS: 0, root: nothing.slice(32), signature: nothing });
}

export function atMin(minutes: number) {
  return { wallMs: nightMs + minutes * 60_000, monoMs: minutes * 60_000 };
}
