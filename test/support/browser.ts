import process from "node:process";
import { type Browser, chromium } from "playwright-core";
import { chromiumPath } from "../../setup.mjs";

/**
 * Starts the machine's own Chromium, headless; the caller closes it. Throws where there is none: `npm test` has
 * installed one or said so before.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null)
    throw new Error("no Chromium on this machine: run npm test, which looks for one");
  // Chromium refuses its sandbox under root, which is what build machines run as.
  const args = [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...more];
  return chromium.launch({ executablePath, args });
}

/**
 * A page's code is compiled and its memory collected on its own thread: the same boards, a tenth less of the processor's time
 * for each that opens. With a core to spare a board is later so, never sooner: bars of time are held the stricter. Benchmarks
 * measure without it. (`--disable-threaded-compositing` saves twice as much, and then pictures and paper do not come.)
 */
const fewThreads: readonly string[] = ["--js-flags=--single-threaded"];

let shared: Browser | null = null;

/**
 * The Chromium of all test files that one process runs after one another, started by the first; a new one where the
 * last has ended or died. Each file opens contexts of its own and ends with {@link leaveBrowser}; Chromium itself ends
 * with the process.
 */
export async function sharedBrowser(): Promise<Browser> {
  if (shared?.isConnected() !== true) shared = await launchBrowser(fewThreads);
  return shared;
}

/** Closes every context that the file opened, so that none of its pages goes on beside the next file. */
export async function leaveBrowser(browser: Browser | undefined | null): Promise<void> {
  for (const context of browser?.contexts() ?? []) await context.close();
}
