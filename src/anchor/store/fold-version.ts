import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders whose code decides what stored entries amount to. */
const folders = ["basics", "log", "region", "site"];

/**
 * Names the code that gives entries their meaning: a snapshot of a fold is of use to the same code alone. Taken from the
 * files themselves, since nobody remembers to raise a number at each change that may change a meaning.
 */
export function foldVersion(): string {
  return codeHash(folders);
}

/** A hash over the code in these folders of src/, with the folders inside them, without tests. */
export function codeHash(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const path = join(import.meta.dirname, "..", "..", folder);
    const files = readdirSync(path, { encoding: "utf8", recursive: true }).filter(
      (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
    );
    for (const name of files.sort())
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(path, name)));
  }
  return hash.digest("hex");
}
