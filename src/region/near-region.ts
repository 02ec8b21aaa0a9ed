import type { RegionData } from "./region-data.ts";

export type RegionBox = RegionData["region"]["box"];

/** A drive between two hospitals of a region may leave its box by about 20 km (certainty C). */
const roadMarginE3 = 200;
/** Patients are taken over from regions around; minutes are told up to 100 km past the last hospital (roads/straight.ts). */
const patientMarginE3 = 900;

type Place = { readonly latE3: number; readonly lonE3: number };

/** Whether roads can be closed there. A place whose degrees were swapped is far from any region of these latitudes. */
export function isNearRegion(box: RegionBox, place: Place): boolean {
  return isWithin(box, place, roadMarginE3);
}

/** Whether minutes to this region's hospitals can be told from there. */
export function isInReach(box: RegionBox, place: Place): boolean {
  return isWithin(box, place, patientMarginE3);
}

function isWithin(box: RegionBox, { latE3, lonE3 }: Place, marginE3: number): boolean {
  const { southLatE3, westLonE3, northLatE3, eastLonE3 } = box;
  const isAtLat = latE3 >= southLatE3 - marginE3 && latE3 <= northLatE3 + marginE3;
  return isAtLat && lonE3 >= westLonE3 - marginE3 && lonE3 <= eastLonE3 + marginE3;
}
