// Valhalla's own times between the same places, one extract: its tiles are built into a temporary folder.

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { answerWithinMs, LiveTraffic } from "../src/anchor/roads/live-traffic.ts";
import { seededRandom } from "../src/basics/random.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import { profiles } from "../src/roads/network/profile.ts";
import { type RoadTable, rowFrom } from "../src/roads/table/table.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import { drawHospitals, drawPositions, growTable, type Point } from "./roads-ground.ts";

const positionCount = 200;
const hospitalCount = 60;
/** Shorter drives are decided by where exactly each program puts a point on the road. */
const secondsMin = 60;
/** Few enough for the adapter's limit on a loaded machine. */
const adapterHospitals = 12;
const adapterPositions = 20;
const adapterWaitMs = 2_000;

type Compared = {
  readonly name: string;
  readonly pairs: number;
  /** Our seconds over Valhalla's. */
  readonly ratioP5: number;
  readonly ratioMedian: number;
  readonly ratioP95: number;
  /** Microseconds for one row of all hospitals: ours, and Valhalla's in one matrix call a position. */
  readonly ourRowUs: number;
  readonly valhallaRowUs: number;
  /** The same server asked over HTTP by an anchor's adapter for live traffic: its rows against the server's own. */
  readonly adapterAsked: number;
  readonly adapterAnswered: number;
  readonly adapterDifferent: number;
};

type Cell = { readonly time: number | null };
type Actor = { readonly matrix: (query: string) => Promise<string> };
type Valhalla = { readonly Actor: new (config: string) => Actor };

export async function compareWithValhalla(name: string, file: string, seed: number): Promise<Compared> {
  const extract = await readOsmFile(file, () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  const network = buildNetwork(extract.value.collector, profiles.normal);
  if (!network.ok) throw new Error(network.error);
  const random = seededRandom(seed);
  const hospitals = drawHospitals(network.value, hospitalCount, random);
  const table = await growTable(network.value, hospitals, 1, "normal");
  const positions = drawPositions(network.value, positionCount, random, 0);
  const dir = mkdtempSync(join(tmpdir(), "holdfast-valhalla-"));
  try {
    return await compare(name, table, positions, openValhalla(file, dir));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function openValhalla(file: string, dir: string): Actor {
  const from = createRequire(
    join(process.env["HOLDFAST_PEERS"] ?? join(import.meta.dirname, ".."), "peer.js"),
  );
  const main = from.resolve("@valhallajs/valhallajs");
  const cli = join(dirname(main), "bin", "valhalla-cli.js");
  const run = (args: readonly string[]): string => {
    // It writes a list of doubled ways into the folder it runs in.
    const { stdout, status } = spawnSync(process.execPath, [cli, ...args], { cwd: dir, encoding: "utf8" });
    if (status !== 0) throw new Error(`valhalla ${args[0]} failed`);
    return stdout;
  };
  const config = JSON.parse(run(["build_config", "--mjolnir-tile-dir", dir, "--mjolnir-concurrency", "1"]));
  config.mjolnir.logging = { type: "" };
  config.thor.logging = { type: "" };
  config.loki.logging = { type: "" };
  config.thor.source_to_target_algorithm = "timedistancematrix";
  config.service_limits.auto.max_matrix_distance = 1e9;
  config.service_limits.auto.max_matrix_location_pairs = 1e6;
  const text = JSON.stringify(config);
  run(["build_tiles", "--inline-config", text, file]);
  const { Actor } = from("@valhallajs/valhallajs") as Valhalla;
  return new Actor(text);
}

async function compare(
  name: string,
  table: RoadTable,
  positions: readonly Point[],
  valhalla: Actor,
): Promise<Compared> {
  const targets = table.hospitals.map(({ latE7, lonE7 }) => ({ lat: latE7 / 1e7, lon: lonE7 / 1e7 }));
  const row = new Uint16Array(targets.length);
  const ratios: number[] = [];
  const ourUs: number[] = [];
  const theirUs: number[] = [];
  for (const [latE7, lonE7] of positions) {
    const start = performance.now();
    const own = rowFrom(table, latE7, lonE7, row);
    const middle = performance.now();
    const query = {
      sources: [{ lat: latE7 / 1e7, lon: lonE7 / 1e7 }],
      targets,
      costing: "auto",
      verbose: true,
    };
    const answer = await valhalla.matrix(JSON.stringify(query));
    theirUs.push((performance.now() - middle) * 1_000);
    ourUs.push((middle - start) * 1_000);
    const [cells = []] = JSON.parse(answer).sources_to_targets as Cell[][];
    if (!own.ok) continue;
    for (const [i, { time }] of cells.entries()) {
      const seconds = (row[i] ?? 0) / 10;
      if (time !== null && time >= secondsMin && seconds < 6_553) ratios.push(seconds / time);
    }
  }
  return {
    name,
    ...(await compareAdapter(table, positions.slice(0, adapterPositions), valhalla)),
    pairs: ratios.length,
    ratioP5: quantile(ratios, 0.05),
    ratioMedian: quantile(ratios, 0.5),
    ratioP95: quantile(ratios, 0.95),
    ourRowUs: quantile(ourUs, 0.5),
    valhallaRowUs: quantile(theirUs, 0.5),
  };
}

/** Valhalla behind HTTP on loopback, as `valhalla_service` is, asked through the adapter. */
async function compareAdapter(table: RoadTable, points: readonly Point[], valhalla: Actor) {
  const thousandths = (lat: number, lon: number) => ({
    latE3: Math.round(lat / 10_000),
    lonE3: Math.round(lon / 10_000),
  });
  const hospitals = table.hospitals
    .slice(0, adapterHospitals)
    .map(({ id, latE7, lonE7 }) => ({ id, ...thousandths(latE7, lonE7) }));
  let seconds: readonly (number | null)[] = [];
  const server = createServer(async (request, response) => {
    const answer = await valhalla.matrix(await text(request));
    seconds = (JSON.parse(answer).sources_to_targets as Cell[][])[0]?.map(({ time }) => time) ?? [];
    response.setHeader("content-type", "application/json").end(answer);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = { kind: "valhalla", url, profile: "normal" } as const;
  let monoMs = 0;
  let told = 0;
  const tell = () => {
    told += 1;
  };
  const live = new LiveTraffic({
    config,
    hospitals,
    monoMs: () => monoMs,
    withinMs: answerWithinMs,
    changed: tell,
    note: tell,
  });
  const row = new Uint16Array(hospitals.length);
  let answered = 0;
  let different = 0;
  for (const [lat, lon] of points) {
    const position = thousandths(lat, lon);
    // Past every pause after a failure, and too old for an answer kept from before.
    monoMs += 600_000;
    const before = told;
    live.rowFrom(position, row);
    const endMs = performance.now() + adapterWaitMs;
    while (told === before && performance.now() < endMs) await new Promise((done) => setTimeout(done, 5));
    if (!live.rowFrom(position, row)) continue;
    answered += 1;
    different += seconds.filter((s, i) => row[i] !== Math.floor((s ?? 0) / 6 + 0.5)).length;
  }
  live.stop();
  server.close();
  server.closeAllConnections();
  return { adapterAsked: points.length, adapterAnswered: answered, adapterDifferent: different };
}

function quantile(values: number[], share: number): number {
  const sorted = values.sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 1_000) / 1_000;
}
