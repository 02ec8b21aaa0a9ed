import { existsSync, readFileSync } from "node:fs";
import type { BoardBuild } from "../../site/views/board-push.ts";

/** The script that a page begins with carries a hash of all that it can load. */
const entryScript = /<script type="module"[^>]* src="\/assets\/\w+-([\w-]+)\.js"/;

/** Which build of a board's page this is; undefined: the build has no such page. */
export function buildOf(page: string): BoardBuild | undefined {
  return existsSync(page) ? entryScript.exec(readFileSync(page, "utf8"))?.[1] : undefined;
}
