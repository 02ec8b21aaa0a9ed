import { isOnShift, type Shift } from "./shift.ts";

/** What the start of a shift says of whoever is relieved at this desk: that shift ends. */
export function relieving(shift: Shift | null, nowMs: number): { readonly relieves?: number } {
  return isOnShift(shift, nowMs) ? { relieves: numberOf(shift) } : {};
}

/** Ends a shift before its time. Rejects when it did not come through; trying again is safe. */
export async function endShift(url: string, shift: Shift): Promise<void> {
  const response = await fetch(`${url}/${numberOf(shift)}`, {
    method: "DELETE",
    signal: AbortSignal.timeout(10_000),
  });
  // 404: it has ended already.
  if (!response.ok && response.status !== 404) throw new Error(`the anchor answered ${response.status}`);
}

function numberOf({ by }: Shift): number {
  return Number(by.split("#")[1]);
}
