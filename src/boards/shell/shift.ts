import type { Words } from "../../region/words.ts";
import type { PersonRow } from "../../site/views/board-view.ts";

/** Who speaks at this board. The name is not kept in the browser: it comes from the site's own table. */
export type Shift = Pick<PersonRow, "by" | "role" | "sinceMs" | "shiftEndsMs">;

export type ShiftAnswer =
  | { readonly ok: true; readonly shift: Shift }
  | { readonly ok: false; readonly sentence: Words };

/** Whether somebody is on shift at this board now: after its end it asks for name and role again. */
export function isOnShift(shift: Shift | null, nowMs: number): shift is Shift {
  return shift !== null && nowMs < shift.shiftEndsMs;
}

/** Begins a shift, or goes on with it. Rejects when no answer of the anchor came back; trying again is safe. */
export async function startShift(
  url: string,
  role: string,
  name: string,
  more: object = {},
): Promise<ShiftAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role, name, ...more }),
    signal: AbortSignal.timeout(10_000),
  });
  // Of another build it may have another shape: then a bar says so (build.ts).
  const answer = (await response.json()) as ({ readonly ok: true } & Shift) | { ok: false; sentence: Words };
  if (!answer.ok) return { ok: false, sentence: answer.sentence };
  const { by, sinceMs, shiftEndsMs } = answer;
  return { ok: true, shift: { by, role: answer.role, sinceMs, shiftEndsMs } };
}

const keyOf = (site: string) => `holdfast-shift-${site}`;

/** The shift of this tab, also after a reload; a browser may refuse storage. */
export function storedShift(site: string): Shift | null {
  try {
    const text = sessionStorage.getItem(keyOf(site));
    // Only storeShift writes there.
    return text === null ? null : (JSON.parse(text) as Shift);
  } catch {
    return null;
  }
}

export function storeShift(site: string, shift: Shift | null): void {
  try {
    sessionStorage.setItem(keyOf(site), JSON.stringify(shift));
  } catch {
    // Kept for this page only.
  }
}
