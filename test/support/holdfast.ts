import { execFile } from "node:child_process";
import { join } from "node:path";
import { root } from "./files.ts";

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the program to its end; it is asked to end once it has said `last`, or after 20 s. */
export function holdfast(args: readonly string[], last = "\0"): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout: 20_000, killSignal: "SIGTERM" as const };
    const child = execFile(
      process.execPath,
      [join(root, "src", "cli.ts"), ...args],
      options,
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : (child.exitCode ?? -1), out, err });
      },
    );
    child.stdout?.on("data", (text) => {
      if (String(text).includes(last)) child.kill("SIGTERM");
    });
  });
}
