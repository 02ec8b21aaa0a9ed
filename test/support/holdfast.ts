import { execFile } from "node:child_process";
import { mkdtempSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./files.ts";
import { pause } from "./shells.ts";

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the program to its end; it is asked to end once it has said `last`, or after a minute. */
export function holdfast(args: readonly string[], last = "\0"): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout: 60_000, killSignal: "SIGTERM" as const };
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

/** A folder beside a box with a copy of its store; the box's process may run. */
export async function copyOfStore(box: string): Promise<string> {
  const copy = mkdtempSync(`${box}-copy-`);
  const { code, err } = await holdfast(["backup", box, join(copy, "store.db")]);
  if (code !== 0) throw new Error(err);
  return copy;
}

/** Waits until no store of these boxes has grown for two seconds: exchange asks again after two unequal beats. */
export async function untilQuiet(boxes: readonly string[]): Promise<void> {
  const written = (): string => boxes.map((box) => statSync(join(box, "store.db-wal")).mtimeMs).join();
  for (let before = ""; before !== written(); ) {
    before = written();
    await pause(2_000);
  }
}
