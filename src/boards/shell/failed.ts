import { barOver } from "./bar-over.ts";

/** A board whose code has failed stands still and looks alive: it says so, once. */
export function sayWhenFailed(): void {
  let isSaid = false;
  addEventListener("error", ({ error }) => {
    if (!(error instanceof Error) || isSaid) return;
    isSaid = true;
    barOver();
  });
}
