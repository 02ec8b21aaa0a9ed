// What the built boards weigh: bytes as gzip sends them, the form every browser takes.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const built = join(import.meta.dirname, "..", "dist", "boards");

/**
 * Each page with the bytes until it can draw and with everything it can ever load, and the code of all boards. What
 * boards share is in each of their sums and once in the last.
 */
export type BoardBytes = {
  readonly pages: readonly {
    readonly page: string;
    readonly firstBytes: number;
    readonly everBytes: number;
  }[];
  readonly allCodeBytes: number;
};

export function boardBytes(): BoardBytes {
  const pages = globSync("**/*.html", { cwd: built });
  return {
    pages: pages.map((page) => ({
      page,
      firstBytes: sum(firstFiles(page)),
      everBytes: sum([...everFiles(page, new Set())]),
    })),
    allCodeBytes: sum(globSync("**/*.{html,js,css}", { cwd: built })),
  };
}

function sum(files: readonly string[]): number {
  return files.reduce((bytes, file) => bytes + wireBytes(file), 0);
}

function wireBytes(file: string): number {
  return gzipSync(readFileSync(join(built, file)), { level: 9 }).length;
}

/** A page and what it names itself: scripts, styles, preloads. What these load later is not among the first bytes. */
function firstFiles(page: string): string[] {
  const html = readFileSync(join(built, page), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.?\/?([^":]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? "",
  );
  return [page, ...new Set(named)].filter((file) => existsSync(join(built, file)));
}

/** A page and all that it, or what it loads, names. */
function everFiles(file: string, known: Set<string>): ReadonlySet<string> {
  known.add(file);
  const text = readFileSync(join(built, file), "utf8");
  for (const [, name = ""] of text.matchAll(/["'`/]([\w-]+\.(?:js|css))["'`]/g)) {
    const named = join("assets", name);
    if (!known.has(named) && existsSync(join(built, named))) everFiles(named, known);
  }
  return known;
}
