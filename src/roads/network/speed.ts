import { drivenOfLimit, rampMostKmh, usualLimitKmh } from "./profile.ts";
import type { WayRule } from "./way-rule.ts";

/** km/h really driven on the open road, junctions left out; `forward`: in the order of the way's nodes. */
export function drivenKmh(rule: WayRule, forward: boolean, insideTown: boolean): number {
  const posted = forward ? rule.forwardLimitKmh : rule.backwardLimitKmh;
  const [outside, inside] = usualLimitKmh.value[rule.road];
  const limit = posted === 0 ? (insideTown ? inside : outside) : posted;
  const { shareE3, mostKmh } = drivenOfLimit.value[rule.road];
  const driven = Math.min((limit * shareE3) / 1_000, mostKmh);
  return rule.ramp || rule.roundabout ? Math.min(driven, rampMostKmh.value) : driven;
}

/** Milliseconds for so many metres at so many km/h; not rounded. */
export function driveMs(metres: number, kmh: number): number {
  return (metres * 3_600) / kmh;
}
