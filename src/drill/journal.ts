import { deserialize, serialize } from "node:v8";
import { concatBytes, equalBytes } from "../basics/bytes.ts";
import type { Random } from "../basics/random.ts";
import type { Sha256 } from "../log/crypto.ts";
import type { Commit } from "../site/effects.ts";

/*
 * What a disk holds of commits that were under way when the power went: as in SQLite's write-ahead log, records with a
 * checksum, of which a start takes those that are whole, from the first on.
 */

export type UnsyncedFate = "disk-drop" | "disk-keep" | "disk-tear";

const checksumBytes = 32;
const headerBytes = 4 + checksumBytes;
const sectorBytes = 512;

/** length u32 big-endian · SHA-256 of what follows · the commit */
export function journalOf(sha256: Sha256, commits: readonly Commit[]): Uint8Array {
  return concatBytes(...commits.map((commit) => recordOf(sha256, commit)));
}

function recordOf(sha256: Sha256, commit: Commit): Uint8Array {
  const body = Uint8Array.from(serialize(commit));
  const header = new Uint8Array(headerBytes);
  new DataView(header.buffer).setUint32(0, body.length);
  header.set(sha256(body), 4);
  return concatBytes(header, body);
}

/** The commits that a start finds whole. */
export function wholeCommits(sha256: Sha256, journal: Uint8Array): readonly Commit[] {
  const commits: Commit[] = [];
  const view = new DataView(journal.buffer, journal.byteOffset, journal.byteLength);
  let at = 0;
  while (at + headerBytes <= journal.length) {
    const end = at + headerBytes + view.getUint32(at);
    const body = journal.slice(at + headerBytes, end);
    const isWhole = end > at + headerBytes && end <= journal.length;
    if (!isWhole || !equalBytes(journal.subarray(at + 4, at + headerBytes), sha256(body))) break;
    commits.push(deserialize(body) as Commit);
    at = end;
  }
  return commits;
}

/** A disk without sync may have written all of it, nothing, or any of its sectors. */
export function drawUnsynced(
  random: Random,
  journal: Uint8Array,
): { readonly fate: UnsyncedFate; readonly journal: Uint8Array } {
  const fate = random.pick(["disk-drop", "disk-keep", "disk-tear"] as const);
  if (fate === "disk-keep") return { fate, journal };
  if (fate === "disk-drop") return { fate, journal: new Uint8Array(0) };
  const torn = journal.slice();
  const sectors = Math.ceil(torn.length / sectorBytes);
  const lost = random.below(sectors);
  for (let sector = 0; sector < sectors; sector += 1) {
    if (sector === lost || random.oneIn(3)) torn.fill(0, sector * sectorBytes, (sector + 1) * sectorBytes);
  }
  return { fate, journal: torn };
}
