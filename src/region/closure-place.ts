import type { RegionData } from "./region-data.ts";

export type RegionBox = RegionData["region"]["box"];

/** A drive between two hospitals of a region may leave its box by about 20 km (certainty C). */
const marginE3 = 200;

/** Whether roads can be closed there. A place whose degrees were swapped is far from any region of these latitudes. */
export function isNearRegion(
  { southLatE3, westLonE3, northLatE3, eastLonE3 }: RegionBox,
  { latE3, lonE3 }: { readonly latE3: number; readonly lonE3: number },
): boolean {
  const isAtLat = latE3 >= southLatE3 - marginE3 && latE3 <= northLatE3 + marginE3;
  return isAtLat && lonE3 >= westLonE3 - marginE3 && lonE3 <= eastLonE3 + marginE3;
}
