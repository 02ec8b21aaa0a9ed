import { barOver } from "./bar-over.ts";

const againAfterMs = 2_000;

/** Loads what the board cannot do without, again and again while the anchor is away. */
export async function insist<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await pause(againAfterMs);
    }
  }
}

/** Parts of the board's code that failed twice and have not come. */
let missing = 0;
let bar: HTMLElement | null = null;

function miss(more: 1 | -1): void {
  missing += more;
  bar?.remove();
  if (missing > 0) bar = barOver();
}

/**
 * Loads a part of the board's code in the same way. Some browsers never ask again for what has failed once: so after the
 * second time a bar says that something is missing, until it has come.
 */
export async function insistPart<T>(load: () => Promise<T>): Promise<T> {
  let tries = 0;
  const part = await insist(() => {
    tries += 1;
    if (tries === 3) miss(1);
    return load();
  });
  if (tries > 2) miss(-1);
  return part;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
