// The straight line's estimate against the table, one extract: from junctions (they lie thick where people live) to
// hospitals at other junctions, 0.5 to 30 km. With no table at hand, a region has a few drives of its own: the factor
// from 60 of them, taken from one half of the positions and hospitals, is judged on the other half.

import { type Random, seededRandom } from "../src/basics/random.ts";
import { driveMinTenthsOf } from "../src/roads/estimate.ts";
import { type Drive, fitFactor } from "../src/roads/fit.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import { metresBetween } from "../src/roads/network/geometry.ts";
import type { Network } from "../src/roads/network/network.ts";
import { profiles } from "../src/roads/network/profile.ts";
import { placeHospitals } from "../src/roads/table/hospitals.ts";
import { farther, rowFrom } from "../src/roads/table/table.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import { growTable } from "./roads-ground.ts";

const positionCount = 400;
const hospitalCount = 60;
const ownDrives = 60;
/** The factor's luck is averaged over so many draws of own drives. */
const draws = 20;
const metresMin = 500;
const metresMax = 30_000;
const tenthsOfMinTenth = 60;

type Errors = readonly [median: number, p90: number, p95: number];

/** Errors in per cent of the table's minutes. */
export type Estimated = {
  readonly name: string;
  readonly drives: number;
  readonly formula: Errors;
  readonly factorE3: number;
  readonly withOwnFactor: Errors;
  /** What no function of the distance alone can better by much: the middle minutes of others' drives as long as this one. */
  readonly ofDistanceAlone: Errors;
};

type Known = Drive & { readonly half: 0 | 1 | null };

export async function estimateAgainstTable(name: string, file: string, seed: number): Promise<Estimated> {
  const extract = await readOsmFile(file, () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  const network = buildNetwork(extract.value.collector, profiles["blue-light"]);
  if (!network.ok) throw new Error(network.error);
  const random = seededRandom(seed);
  const drives = await drivesIn(network.value, random);
  const judged = drives.filter(({ half }) => half === 1);
  const others = drives.filter(({ half }) => half === 0);
  const tries = Array.from({ length: draws }, () => {
    const fit = fitFactor(Array.from({ length: ownDrives }, () => random.pick(others)));
    if (!fit.ok) throw new Error(fit.error);
    return { factorE3: fit.value.factorE3, errors: errorsOf(judged, fit.value.factorE3) };
  });
  const middle = (values: readonly number[]) => quantile(values, 0.5);
  return {
    name,
    drives: drives.length,
    formula: errorsOf(drives, 1_000),
    factorE3: middle(tries.map(({ factorE3 }) => factorE3)),
    withOwnFactor: [
      middle(tries.map(({ errors }) => errors[0])),
      middle(tries.map(({ errors }) => errors[1])),
      middle(tries.map(({ errors }) => errors[2])),
    ],
    ofDistanceAlone: errorsOfDistance(others, judged),
  };
}

async function drivesIn(network: Network, random: Random): Promise<readonly Known[]> {
  const { junctionLatE7, junctionLonE7 } = network;
  const junction = () => random.below(junctionLatE7.length);
  const sites = Array.from({ length: hospitalCount }, (_, i) => {
    const at = junction();
    const thousandths = (values: Int32Array) => Math.round((values[at] ?? 0) / 10_000);
    return { id: `h${i}`, latE3: thousandths(junctionLatE7), lonE3: thousandths(junctionLonE7) };
  });
  const placed = placeHospitals(network, sites, []);
  if (!placed.ok) throw new Error("a drawn hospital lies off the road");
  const table = await growTable(network, placed.value, 1, "blue-light");
  const row = new Uint16Array(hospitalCount);
  const drives: Known[] = [];
  for (let position = 0; position < positionCount; position += 1) {
    const at = junction();
    const [latE7 = 0, lonE7 = 0] = [junctionLatE7[at], junctionLonE7[at]];
    if (!rowFrom(table, latE7, lonE7, row).ok) continue;
    for (const [i, hospital] of placed.value.entries()) {
      const distanceM = Math.round(metresBetween(latE7, lonE7, hospital.latE7, hospital.lonE7));
      const tenths = row[i] ?? farther;
      if (distanceM < metresMin || distanceM > metresMax || tenths === farther) continue;
      const half = i % 2 === position % 2 ? ((i % 2) as 0 | 1) : null;
      drives.push({ distanceM, minTenths: Math.max(1, Math.round(tenths / tenthsOfMinTenth)), half });
    }
  }
  return drives;
}

const lengths = 40;

/** Learned from all drives of one half, in classes of equally many, and judged on the other. */
function errorsOfDistance(known: readonly Drive[], judged: readonly Drive[]): Errors {
  const sorted = known.toSorted((a, b) => a.distanceM - b.distanceM);
  const classes = Array.from({ length: lengths }, (_, i) => {
    const drives = sorted.slice((i * sorted.length) / lengths, ((i + 1) * sorted.length) / lengths);
    const minTenths = quantile(
      drives.map((drive) => drive.minTenths),
      0.5,
    );
    return { toM: drives.at(-1)?.distanceM ?? 0, minTenths };
  });
  const minTenthsAt = (metres: number) =>
    (classes.find(({ toM }) => metres <= toM) ?? classes.at(-1))?.minTenths ?? 0;
  return quantilesOf(
    judged.map(
      ({ distanceM, minTenths }) => (100 * Math.abs(minTenthsAt(distanceM) - minTenths)) / minTenths,
    ),
  );
}

function errorsOf(drives: readonly Drive[], factorE3: number): Errors {
  const errors = drives.map(
    ({ distanceM, minTenths }) =>
      (100 * Math.abs(driveMinTenthsOf(distanceM, factorE3) - minTenths)) / minTenths,
  );
  return quantilesOf(errors);
}

function quantilesOf(errors: readonly number[]): Errors {
  return [quantile(errors, 0.5), quantile(errors, 0.9), quantile(errors, 0.95)];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
}
