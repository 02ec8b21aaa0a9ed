import { drawsOf } from "./draws.ts";
import { drawHouses } from "./houses.ts";
import { drawMissions } from "./missions.ts";
import type { WorldNumbers } from "./parameters.ts";
import type { DayRegion } from "./region.ts";
import { drawSilences } from "./silences.ts";
import { drawWalkIns } from "./walk-ins.ts";
import type { World } from "./world.ts";

/** Everything of one day that no arm can change. */
export function drawWorld(region: DayRegion, seed: number, numbers: WorldNumbers): World {
  const ground = { seed, draws: drawsOf(seed), numbers, region };
  const houses = drawHouses(ground);
  const silences = drawSilences(ground);
  const walkIns = drawWalkIns(ground, houses, silences);
  return { ...ground, houses, silences, walkIns, missions: drawMissions(ground) };
}
