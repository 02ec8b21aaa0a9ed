import { execFile } from "node:child_process";
import { join } from "node:path";
import { root } from "./files.ts";

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the program to its end, or for so long. */
export function holdfast(args: readonly string[], forMs = 20_000): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout: forMs, killSignal: "SIGTERM" as const };
    const child = execFile(
      process.execPath,
      [join(root, "src", "cli.ts"), ...args],
      options,
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : (child.exitCode ?? -1), out, err });
      },
    );
  });
}
