import type { DeviceId } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { clockAheadOf, clockPerhapsBehindMs } from "../../exchange/contact.ts";
import type { ViewContext } from "../../region/view-context.ts";
import type { BoardContext } from "./board-rows.ts";

/** What the views of the region are computed from at this site's device. */
export function viewContext(
  { house, hosted, runOut }: Pick<BoardContext, "house" | "hosted" | "runOut">,
  now: Now,
): ViewContext {
  // Each word of a device asks for it: it is reckoned once a view.
  const offsets = new Map<DeviceId, number>();
  const offsetOf = (device: DeviceId): number => {
    const offsetMs = Math.round(clockAheadOf(hosted.contact, device) ?? 0);
    offsets.set(device, offsetMs);
    return offsetMs;
  };
  return {
    fold: house.fold,
    charter: house.charter,
    nowMs: now.wallMs,
    runOut,
    clockOffsetMs: (device) => offsets.get(device) ?? offsetOf(device),
    perhapsBehindMs: (device) => Math.round(clockPerhapsBehindMs(hosted.contact, device)),
  };
}
