/*
 * Derives the vectors of this folder again: `node test/vectors/derive.ts` writes them, with `--check` it compares
 * and writes nothing (exit 1 when a file differs). They are final formats: a difference is a migration, not a fix.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { signatureVectors } from "./ed25519-vectors.ts";
import { goldenFiles } from "./golden.ts";
import { goldenPacketsText } from "./golden-packets.ts";

/** File name below test/vectors → its text, as our code makes it today. */
export function derivedFiles(): ReadonlyMap<string, string> {
  const lines = signatureVectors().map((vector) => JSON.stringify(vector));
  return new Map([
    ...goldenFiles(),
    ["packets.txt", goldenPacketsText()],
    ["ed25519.json", `[\n${lines.join(",\n")}\n]\n`],
  ]);
}

/** The committed text, or null when there is no such file. */
export function committedText(name: string): string | null {
  try {
    return readFileSync(join(import.meta.dirname, name), "utf8");
  } catch {
    return null;
  }
}

function main(isCheck: boolean): void {
  for (const [name, text] of derivedFiles()) {
    if (committedText(name) === text) continue;
    console.log(`${name} ${isCheck ? "differs" : "written"}`);
    if (isCheck) process.exitCode = 1;
    else writeFileSync(join(import.meta.dirname, name), text);
  }
}

if (import.meta.main) main(process.argv.includes("--check"));
