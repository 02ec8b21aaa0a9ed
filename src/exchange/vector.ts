import { assert } from "../basics/assert.ts";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import { isOrigin, type Name, type Origin, siteOfOrigin } from "../basics/name.ts";
import type { Sha256 } from "../log/crypto.ts";

/** How far a log is held: its size and the root at that size in hexadecimal. */
export type LogVersion = { readonly size: number; readonly root: string };

/**
 * What is held of every log, with digests from the fine to the coarse. Always computed from what is stored, so a
 * peer that lost its disk is told the truth and gets everything again.
 *
 * digest of a site = SHA-256 of `<origin> <size> <root>\n` for each of its logs, by origin;
 * digest of the region = SHA-256 of `<site> <digest>\n` for each site, by name.
 */
export type Vector = {
  readonly set: (origin: Origin, version: LogVersion) => void;
  readonly get: (origin: Origin) => LogVersion | undefined;
  readonly digest: () => string;
  readonly siteDigests: () => ReadonlyMap<Name, string>;
  readonly siteLogs: (site: Name) => ReadonlyMap<Origin, LogVersion>;
  readonly origins: () => Iterable<Origin>;
};

export function newVector(sha256: Sha256): Vector {
  const sites = new Map<Name, Map<Origin, LogVersion>>();
  const digests = new Map<Name, string>();
  let whole: string | undefined;
  const hash = (text: string): string => toHex(sha256(utf8Encode(text)));
  const none: ReadonlyMap<Origin, LogVersion> = new Map();

  const siteDigests = (): ReadonlyMap<Name, string> => {
    for (const [site, logs] of sites) if (!digests.has(site)) digests.set(site, hash(logLines(logs)));
    return digests;
  };

  return {
    set: (origin, version) => {
      assert(isOrigin(origin), "a vector holds logs of the region");
      const site = siteOfOrigin(origin);
      const logs = sites.get(site) ?? new Map<Origin, LogVersion>();
      logs.set(origin, version);
      sites.set(site, logs);
      digests.delete(site);
      whole = undefined;
    },
    get: (origin) => sites.get(siteOfOrigin(origin))?.get(origin),
    digest: () => {
      whole ??= hash(lines([...siteDigests()].map(([site, digest]) => `${site} ${digest}\n`)));
      return whole;
    },
    siteDigests,
    siteLogs: (site) => sites.get(site) ?? none,
    origins: function* () {
      for (const logs of sites.values()) yield* logs.keys();
    },
  };
}

/** Members of one part of a vector: 1,024 of the longest take less than 256 KiB. */
export const vectorPartMembersMax = 1_024;

/** A stretch of keys in their order: after `after`, up to and with `upTo`; without them from the beginning, to the end. */
export type KeyRange = { readonly after?: string; readonly upTo?: string };
type VectorPart<Value> = { readonly range: KeyRange; readonly members: { readonly [key: string]: Value } };

/** Parts that together name every key once and leave no gap; one part for what is empty. */
export function vectorParts<Value>(
  all: ReadonlyMap<string, Value>,
  membersMax = vectorPartMembersMax,
): readonly VectorPart<Value>[] {
  const members = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: VectorPart<Value>[] = [];
  let range: KeyRange = {};
  do {
    const part = members.splice(0, membersMax);
    const upTo = members.length === 0 ? undefined : part.at(-1)?.[0];
    parts.push({ range: upTo === undefined ? range : { ...range, upTo }, members: Object.fromEntries(part) });
    range = upTo === undefined ? {} : { after: upTo };
  } while (members.length > 0);
  return parts;
}

export function isInRange({ after, upTo }: KeyRange, key: string): boolean {
  return (after === undefined || key > after) && (upTo === undefined || key <= upTo);
}

/** A line for each log, by origin: what digests are made of. */
export function logLines(logs: Iterable<readonly [Origin, LogVersion]>): string {
  return lines([...logs].map(([origin, { size, root }]) => `${origin} ${size} ${root}\n`));
}

/** A site's name or an origin never is the beginning of another followed by a space, so sorting lines sorts keys. */
function lines(unsorted: readonly string[]): string {
  return [...unsorted].sort().join("");
}
