import { dayMs, minuteMs } from "../../basics/time.ts";
import type { Hospital } from "../../region/region-data.ts";
import type { Draws } from "./draws.ts";
import type { WorldNumbers } from "./parameters.ts";
import { type Closing, type Ground, type House, worldEndMs } from "./world.ts";

/** Every house as it truly is, and when what it has cannot be had. */
export function drawHouses({ draws, numbers, region }: Ground): readonly House[] {
  const width = region.base.capabilities.length;
  return region.hospitals.map((hospital, house) => {
    const has = Uint8Array.from({ length: width }, (_, column) =>
      hasIt(region.base.capabilities[column]?.id ?? "", hospital, draws.share("has", house, column), numbers)
        ? 1
        : 0,
    );
    return {
      centre: region.centres[house] ?? 0,
      places: Math.max(2, Math.round(hospital.beds / numbers.bedsPerPlace)),
      resusRooms: Math.max(1, Math.round(hospital.emergencyLevel * numbers.resusPerLevel)),
      has,
      untold: Uint8Array.from(has, (one, column) =>
        one === 0 && draws.happens(numbers.untoldLackPercent, "untold", house, column) ? 1 : 0,
      ),
      closings: Array.from(has, (one, column) =>
        one === 0 ? [] : drawClosings(draws, numbers, house, column),
      ),
    };
  });
}

function hasIt(
  capability: string,
  { capabilities }: Hospital,
  share: number,
  { unknownHasPercent }: WorldNumbers,
) {
  const found = Object.entries(capabilities).find(([id]) => id === capability)?.[1].value ?? "unknown";
  return found === "yes" || (found === "unknown" && share * 100 < unknownHasPercent);
}

function drawClosings(
  draws: Draws,
  numbers: WorldNumbers,
  house: number,
  column: number,
): readonly Closing[] {
  const { closingsPerDay, closingMin, closingSpread, brokenPercent } = numbers;
  const starts = draws.stream(closingsPerDay / 100 / dayMs, worldEndMs, "closing", house, column);
  return starts.map((fromMs, i) => {
    const key = (house * 32 + column) * 64 + i;
    const lengthMs = draws.around(closingMin * minuteMs, closingSpread, "closingLength", key);
    return {
      ...{ key, fromMs, toMs: fromMs + lengthMs },
      broken: draws.happens(brokenPercent, "closingWord", key),
    };
  });
}
