import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { root } from "../support/files.ts";
import type { Planted } from "./plants.ts";

/** The program with a mistake in it, in a folder of its own. */
export type PlantedCopy = {
  /** The checkers that found something in these seeds, in no particular order. */
  readonly findings: (first: number, count: number) => Promise<readonly string[]>;
  readonly remove: () => void;
};

/** Throws when the text does not stand in its file exactly once: the program has changed, and the plant must follow. */
export function plant({ name, file, text, replacement }: Planted): PlantedCopy {
  const source = readFileSync(join(root, file), "utf8");
  const found = source.split(text).length - 1;
  if (found !== 1) throw new Error(`${name}: its text stands ${found} times in ${file}`);
  const folder = mkdtempSync(join(tmpdir(), "holdfast-planted-"));
  cpSync(join(root, "src"), join(folder, "src"), { recursive: true, filter: isProgram });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(
    join(folder, file),
    source.replace(text, () => replacement),
  );
  return {
    findings: (first, count) => findings(folder, first, count),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function isProgram(path: string): boolean {
  return !/\.test\.tsx?$|[\\/]src[\\/]boards/.test(path);
}

async function findings(folder: string, first: number, count: number): Promise<readonly string[]> {
  const args = ["src/cli.ts", "drill", "seeds", "--seed", `${first}`, "--count", `${count}`, "--json"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, "close");
  const found = [...said.matchAll(/^seed \d+ at \d+ ms, ([a-z-]+):/gm)].map(([, checker = ""]) => checker);
  if (code !== 0 && found.length === 0 && count === 1) throw new Error(`The planted program ended: ${said}`);
  return found;
}
