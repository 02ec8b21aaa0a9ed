import { assert } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import { type DeviceId, type LogId, type Name, type Origin, originOf } from "../basics/name.ts";
import { newVector } from "../exchange/vector.ts";
import { formatVkey } from "../log/vkey.ts";
import { isCharterLog } from "../region/charter.ts";
import type { Kinds } from "../region/facts.ts";
import { type Fold, foldIsStale, newFold } from "../region/fold.ts";
import { type FoldPart, partsOf } from "../region/fold-parts.ts";
import { FoldReader, FoldWriter } from "../region/fold-records.ts";
import { isRefoldStale, needsRefold } from "./folding.ts";
import { placeSaidAgain, storedAgain } from "./forks/again.ts";
import { commonSize } from "./forks/fork-proof.ts";
import type { House } from "./state.ts";

/*
 * A snapshot of the fold spares the next start to fold everything anew. It is only ever a copy of what the store says,
 * never a source: whatever does not fit what is stored, or what gives it meaning, discards it.
 */

/** What a snapshot holds and under which conditions it may be used; told when its last line is known. */
export type SnapshotCut = {
  /** What gives entries their meaning: another version may fold the same entries to something else. */
  readonly version: string;
  readonly region: Name;
  /** The authority's vkey: the charter follows from it. */
  readonly authority: string;
  /** Whose requests are remembered. */
  readonly hosted: readonly DeviceId[];
  /** How far each log is folded. */
  readonly logs: readonly (readonly [Origin, number])[];
  /** Of a vector (§8) of these logs at these sizes. */
  readonly digest: string;
  /** Logs that were signed in two ways, with what their histories share. */
  readonly forks: readonly (readonly [Origin, number])[];
  /** The newest moment for which ended missions have left, UTC ms. */
  readonly leftMs: number;
  readonly saidAgain: ReturnType<typeof storedAgain>;
  readonly addressed: readonly (readonly [LogId, readonly (readonly [Name, number])[]])[];
};

export type SnapshotRefusal =
  | "other-version"
  | "other-region"
  | "other-devices"
  | "other-store"
  | "forked-since"
  | "clock-set-back"
  | "charter-changed";

/** So many parts may have changed since they were written and are written again in one go. */
const changedMax = 512;
const roundsMax = 16;

/**
 * Whether a snapshot of this house can be made now: it knows all that is stored, what it has folded still means the same
 * (a fork or the charter may just have changed that), and no stranger speaks of the charter.
 */
export function canSnapshot(house: House): boolean {
  if (house.loading !== null || house.changedParts !== null || needsRefold(house)) return false;
  return [...house.charter.words.keys()].every((log) => isCharterLog(house.charter, log));
}

/** Makes one snapshot while the house goes on: first slices, as long as they need, then the end in one go. */
export class SnapshotMaker {
  readonly #house: House;
  readonly #fold: Fold;
  readonly #writer = new FoldWriter();
  /** How far logs were folded when it began: later requests are told at the end. */
  readonly #sizes: ReadonlyMap<LogId, number>;

  constructor(house: House) {
    assert(canSnapshot(house), "a snapshot is made of a whole fold, one at a time");
    house.changedParts = new Map();
    this.#house = house;
    this.#fold = house.fold;
    this.#sizes = new Map([...house.fold.logs].map(([log, { size }]) => [log, size]));
  }

  /** Lines to be written in any slices; between two of them the fold may change. */
  *lines(): Generator<string> {
    yield* this.#parts(partsOf(this.#fold));
    yield* this.#writer.requestLines(this.#fold, new Map());
    for (let round = 0; round < roundsMax && this.#changed().length > changedMax; round += 1)
      yield* this.#parts(this.#takeChanged());
  }

  /** What remains, to be asked in the same step as the end of {@link lines}; null: too much has changed, it came to nothing. */
  end(version: string): { readonly lines: readonly string[]; readonly cut: SnapshotCut } | null {
    const changed = this.#takeChanged();
    const isSame = this.#house.fold === this.#fold && !needsRefold(this.#house);
    const isWhole = isSame && changed.length <= changedMax;
    this.stop();
    if (!isWhole) return null;
    const parts = changed.flatMap((part) => this.#writer.partLines(this.#fold, part));
    const requests = this.#writer.requestLines(this.#fold, this.#sizes);
    const lines = [...parts, ...requests, ...this.#writer.endLines(this.#fold)];
    return { lines, cut: cutOf(this.#house, version) };
  }

  /** It is not wanted any more; also after its end. */
  stop(): void {
    this.#house.changedParts = null;
  }

  *#parts(parts: readonly FoldPart[]): Generator<string> {
    for (const part of parts) yield* this.#writer.partLines(this.#fold, part);
  }

  #changed(): readonly FoldPart[] {
    return [...(this.#house.changedParts?.values() ?? [])];
  }

  #takeChanged(): readonly FoldPart[] {
    const changed = this.#changed();
    this.#house.changedParts = new Map();
    return changed;
  }
}

function cutOf(house: House, version: string): SnapshotCut {
  const logs = [...house.logs.values()].filter(({ durable }) => durable.range.size > 0);
  for (const { id, durable } of logs)
    assert(house.fold.logs.get(id)?.size === durable.range.size, "what is durable is folded");
  const roots = new Map(logs.map(({ origin, durable }) => [origin, durable.checkpoint?.root ?? null]));
  const sizes = logs.map(({ origin, durable }) => [origin, durable.range.size] as const);
  return {
    ...bindingOf(house, version),
    logs: sizes,
    digest: digestOf(house, sizes, roots) ?? "",
    forks: forksOf(house),
    leftMs: house.fold.leftMs,
    saidAgain: storedAgain(house),
    addressed: [...house.addressed].map(([log, sites]) => [log, [...sites]]),
  };
}

function bindingOf(
  house: House,
  version: string,
): Pick<SnapshotCut, "version" | "region" | "authority" | "hosted"> {
  const authority = formatVkey(house.charter.authority);
  return { version, region: house.region, authority, hosted: [...house.hosted.keys()].sort() };
}

function forksOf(house: House): SnapshotCut["forks"] {
  return [...house.forks].map(([origin, fork]) => [origin, commonSize(fork)] as const).sort();
}

/** Null where the root at one of these sizes is not known. */
function digestOf(
  house: House,
  logs: SnapshotCut["logs"],
  roots: ReadonlyMap<Origin, Uint8Array | null>,
): string | null {
  const vector = newVector(house.ports.crypto.sha256);
  for (const [origin, size] of logs) {
    const root = roots.get(origin) ?? null;
    if (root === null) return null;
    vector.set(origin, { size, root: toHex(root) });
  }
  return vector.digest();
}

/**
 * Why a snapshot whose bytes are whole may not be used by a house that is loading; null: it may be read.
 * @param roots what the store holds as the root of each log at the size that the cut names; null: no such checkpoint
 */
export function snapshotRefusal(
  house: House,
  cut: SnapshotCut,
  version: string,
  roots: ReadonlyMap<Origin, Uint8Array | null>,
  nowMs: number,
): SnapshotRefusal | null {
  const own = bindingOf(house, version);
  if (cut.version !== own.version) return "other-version";
  if (cut.region !== own.region || cut.authority !== own.authority) return "other-region";
  if (cut.hosted.join() !== own.hosted.join()) return "other-devices";
  if (digestOf(house, cut.logs, roots) !== cut.digest) return "other-store";
  if (cut.forks.join() !== forksOf(house).join()) return "forked-since";
  // Missions left for a moment that is still to come: what is folded anew holds them.
  return cut.leftMs > nowMs ? "clock-set-back" : null;
}

/** Takes the lines of a snapshot that may be used. */
export class SnapshotReader {
  readonly #fold: Fold;
  readonly #reader: FoldReader;

  /** @param kinds the facts that the reading house knows */
  constructor(kinds: Kinds) {
    this.#fold = newFold(kinds);
    this.#reader = new FoldReader(this.#fold);
  }

  line(line: string): void {
    this.#reader.line(line);
  }

  /** Makes it the fold that the loading house fills further. */
  end(house: House, cut: SnapshotCut): SnapshotRefusal | null {
    this.#reader.end();
    const fold = this.#fold;
    const isOfCut = cut.logs.every(([origin, size]) => {
      const log = house.logs.get(origin);
      return log !== undefined && fold.logs.get(log.id)?.size === size;
    });
    if (!isOfCut || fold.logs.size !== cut.logs.length) return "other-store";
    if (foldIsStale(fold, house.charter)) return "charter-changed";
    if (isRefoldStale(house, fold)) return "forked-since";
    for (const [hash, places] of cut.saidAgain)
      for (const [log, index] of places) placeSaidAgain(house, hash, log, index);
    for (const [log, sites] of cut.addressed) takeAddressed(house, log, sites);
    house.filling = fold;
    return null;
  }
}

function takeAddressed(house: House, log: LogId, sites: readonly (readonly [Name, number])[]): void {
  assert(house.logs.has(originOf(house.region, log)), "whom a log spoke to stands beside it");
  const last = house.addressed.get(log) ?? new Map<Name, number>();
  for (const [site, index] of sites) last.set(site, Math.max(index, last.get(site) ?? 0));
  house.addressed.set(log, last);
}
