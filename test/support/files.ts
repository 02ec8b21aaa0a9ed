import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The project's folder, absolute. */
export const root = resolve(import.meta.dirname, "../..");

const generated = new Set(["node_modules", "dist", ".git", ".holdfast", "coverage"]);

/** The project's own files under a folder, as paths from the root: nothing installed, built or written by a run. */
export function ownFiles(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    // In a further working tree of the repository `.git` is a file.
    if (generated.has(entry.name)) return [];
    if (entry.isFile()) return [path];
    return entry.isDirectory() ? ownFiles(path) : [];
  });
}
