import type { Now } from "../basics/time.ts";

export type Clock = () => Now;

/** The machine's clocks. The monotonic one may stand still while the machine sleeps; contact allows for that. */
export const systemClock: Clock = () => ({ wallMs: Date.now(), monoMs: performance.now() });
