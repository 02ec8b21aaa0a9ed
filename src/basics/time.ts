/**
 * A moment, as a shell reads it. `wallMs` is UTC and may jump: it is shown and written down. `monoMs` only ever
 * grows, from an arbitrary start: silence, deadlines and pauses are measured with it.
 */
export type Now = { readonly wallMs: number; readonly monoMs: number };

/** It grows by what the wall clock is set forward, and by what the machine slept: then `monoMs` may stand still. */
export function wallOverMonoMs({ wallMs, monoMs }: Now): number {
  return wallMs - monoMs;
}

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Year 2286: a bound on what is shown, never a reason to distrust a clock. */
export const momentMsMax = 9_999_999_999_999;
