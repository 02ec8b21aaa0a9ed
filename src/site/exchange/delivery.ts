import { refKey } from "../../basics/name.ts";
import { type Now, secondMs, wallOverMonoMs } from "../../basics/time.ts";
import type { RequestView } from "../../region/mission-requests.ts";

/** What one board saw of requests on their way, by request. Gone with its process. */
export type Deliveries = Map<string, Delivery>;

/** Times by our wall clock as it stood at the last look, UTC ms. */
type Delivery = {
  sinceMs: number;
  storedMs: number;
  /** When the board first saw that the hospital holds it; null: seen, and not held there yet; undefined: nobody could tell. */
  heldMs: number | null | undefined;
  wallOverMonoMs: number;
  hasJumped: boolean;
};

/** What a deadline takes from a request. */
type Request = Pick<RequestView, "ref" | "sinceMs" | "storedMs" | "answerWithinMs">;

/** Twice what a region ever has under way; what is forgotten counts from when it was asked. */
const deliveriesMax = 4_096;
/** Our choice: by less a clock is only set right little by little. */
const clockStepMs = secondMs;

export function newDeliveries(): Deliveries {
  return new Map();
}

/**
 * When somebody has to act on a request without an answer, our clock: it did not arrive in time, or was not answered in
 * time since it did. Who sees it for the first time as held already (after a start) counts from when it was asked; nobody
 * from later than when it should have been there, so that what is overdue stays so when a receipt comes late. Where our
 * wall clock steps back, the moment steps with it: as much time is left as before. A jump forward is time that has passed:
 * a machine that slept looks the same, and what is overdue too early is seen, what is overdue and hidden is not.
 *
 * @param held `here`: the hospital's own device looks at it, durable there is when it was stored here; `there` null:
 *   nobody can tell, so it counts from when it was asked
 */
export function dueMs(
  known: Deliveries,
  request: Request,
  held: { readonly there: boolean | null; readonly here: boolean },
  now: Now,
  deliverWithinS: number,
): number {
  const delivery = look(known, request, now);
  const { answerWithinMs } = request;
  if (held.here) return delivery.storedMs + answerWithinMs;
  if (held.there === null) return delivery.sinceMs + answerWithinMs;
  const arriveByMs = delivery.sinceMs + deliverWithinS * secondMs;
  if (!held.there) {
    delivery.heldMs = null;
    return arriveByMs;
  }
  if (delivery.heldMs === undefined) delivery.heldMs = delivery.sinceMs;
  else delivery.heldMs ??= Math.min(now.wallMs, arriveByMs);
  return delivery.heldMs + answerWithinMs;
}

/** Until our clock jumps, what the request says of itself counts: a writer's clock may be measured meanwhile. */
function look(known: Deliveries, request: Request, now: Now): Delivery {
  const key = refKey(request.ref);
  const { sinceMs, storedMs } = request;
  const before = known.get(key);
  if (before === undefined) return remember(known, key, { sinceMs, storedMs, now });
  const jumpMs = wallOverMonoMs(now) - before.wallOverMonoMs;
  before.wallOverMonoMs = wallOverMonoMs(now);
  if (Math.abs(jumpMs) >= clockStepMs) jump(before, Math.round(jumpMs));
  else if (!before.hasJumped) Object.assign(before, { sinceMs, storedMs });
  return before;
}

function jump(delivery: Delivery, jumpMs: number): void {
  delivery.hasJumped = true;
  // The monotonic clock may have stood still: only backwards is it surely the wall clock that was set.
  const stepMs = Math.min(0, jumpMs);
  delivery.sinceMs += stepMs;
  delivery.storedMs += stepMs;
  if (typeof delivery.heldMs === "number") delivery.heldMs += stepMs;
}

function remember(
  known: Deliveries,
  key: string,
  { sinceMs, storedMs, now }: { readonly sinceMs: number; readonly storedMs: number; readonly now: Now },
): Delivery {
  const delivery: Delivery = {
    sinceMs,
    storedMs,
    heldMs: undefined,
    wallOverMonoMs: wallOverMonoMs(now),
    hasJumped: false,
  };
  known.set(key, delivery);
  const [oldest] = known.keys();
  if (known.size > deliveriesMax && oldest !== undefined) known.delete(oldest);
  return delivery;
}
