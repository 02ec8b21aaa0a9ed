import type { Now } from "../../basics/time.ts";
import { clockAheadOf, clockPerhapsBehindMs } from "../../exchange/contact.ts";
import type { ViewContext } from "../../region/view-context.ts";
import type { BoardContext } from "./board-rows.ts";

/** What the views of the region are computed from at this site's device. */
export function viewContext(
  { house, hosted, runOut }: Pick<BoardContext, "house" | "hosted" | "runOut">,
  now: Now,
): ViewContext {
  return {
    fold: house.fold,
    charter: house.charter,
    nowMs: now.wallMs,
    runOut,
    clockOffsetMs: (device) => Math.round(clockAheadOf(hosted.contact, device) ?? 0),
    perhapsBehindMs: (device) => Math.round(clockPerhapsBehindMs(hosted.contact, device)),
  };
}
