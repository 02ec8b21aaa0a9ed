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
