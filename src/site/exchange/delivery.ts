import { refKey } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import type { RequestView } from "../../region/mission-view.ts";

/**
 * What one board saw of requests on their way: by request, when it first saw that the hospital holds it, UTC ms; null:
 * seen, and not held there yet. Gone with its process.
 */
export type Deliveries = Map<string, number | null>;

/** Twice what a region ever has under way; what is forgotten counts from when it was asked. */
const deliveriesMax = 4_096;

export function newDeliveries(): Deliveries {
  return new Map();
}

/**
 * When somebody has to act on a request without an answer, our clock: it did not arrive in time, or was not answered in
 * time since it did. Who sees it for the first time as held already (after a start) counts from when it was asked; nobody
 * from later than when it should have been there, so that what is overdue stays so when a receipt comes late.
 *
 * @param held `here`: the hospital's own device looks at it, durable there is when it was stored here; `there` null:
 *   nobody can tell, so it counts from when it was asked
 */
export function dueMs(
  known: Deliveries,
  request: RequestView,
  held: { readonly there: boolean | null; readonly here: boolean },
  nowMs: number,
  deliverWithinS: number,
): number {
  if (held.here) return request.storedMs + request.answerWithinMs;
  if (held.there === null) return request.sinceMs + request.answerWithinMs;
  const key = refKey(request.ref);
  const before = known.get(key);
  const arriveByMs = request.sinceMs + deliverWithinS * secondMs;
  if (!held.there) {
    remember(known, key, null);
    return arriveByMs;
  }
  const heldMs = before === undefined ? request.sinceMs : (before ?? Math.min(nowMs, arriveByMs));
  if (before !== heldMs) remember(known, key, heldMs);
  return heldMs + request.answerWithinMs;
}

function remember(known: Deliveries, key: string, heldMs: number | null): void {
  known.set(key, heldMs);
  const [oldest] = known.keys();
  if (known.size > deliveriesMax && oldest !== undefined) known.delete(oldest);
}
