import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Where the systems look for the temporary folder: `tmpdir()` here, and Chromium and all else that tests start. */
const names = ["TMPDIR", "TEMP", "TMP"];

/**
 * From now on this process and all that it starts have a temporary folder of their own, which goes with the process:
 * founded regions, browsers' profiles, whatever a test leaves behind. What is killed leaves this one folder.
 */
export function useOwnTemporary(): void {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-tests-"));
  for (const name of names) process.env[name] = folder;
  process.once("exit", () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // Something that was started still writes into it: a folder is left, and no test failed by that.
    }
  });
}
