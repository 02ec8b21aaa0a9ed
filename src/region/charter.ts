import type { OriginParts } from "../basics/name.ts";
import { type DeviceId, deviceIdOf, deviceOf, type LogId, type Name } from "../basics/name.ts";
import type { Sha256 } from "../log/crypto.ts";
import type { Entry } from "../log/entry.ts";
import type { Vkey } from "../log/vkey.ts";
import { authorityOf, type Draft, deriveCharter, extendCharter } from "./charter-derive.ts";
import type { DeviceRole, SiteType } from "./choices.ts";
import { type FactNamed, factOf, knownKinds } from "./facts.ts";
import { countedUnder, type LogEnd } from "./log-order.ts";

export type CharterFact =
  | FactNamed<"charter.start/1">
  | FactNamed<"charter.site/1">
  | FactNamed<"charter.device/1">
  | FactNamed<"charter.device-ended/1">
  | FactNamed<"charter.authority-next/1">
  | FactNamed<"charter.neighbour/1">
  | FactNamed<"charter.neighbour-ended/1">;

/** A charter fact and where it stands. */
export type CharterWord = { readonly log: LogId; readonly index: number; readonly fact: CharterFact };

export type CharterSite = {
  readonly site: Name;
  readonly type: SiteType;
  readonly name: string | undefined;
  readonly town: string | undefined;
  /** An ambulance's control centre. */
  readonly homeCentre: Name | undefined;
};

export type CharterDevice = {
  readonly id: DeviceId;
  readonly site: Name;
  readonly device: Name;
  /** Signs the checkpoints of its logs. */
  readonly key: Vkey;
  /** Signs its receipts. */
  readonly holder: Vkey;
  /** To whom keys of cases are wrapped that it may read; undefined: it reads nothing that is sealed. */
  readonly recipient: string | undefined;
  readonly roles: readonly DeviceRole[];
  /** Where it accepts connections; empty: it only dials. */
  readonly addresses: readonly string[];
  /** Anchors that it and whoever wants to reach it dial, where it has no address that others reach. */
  readonly relays: readonly DeviceId[];
  /** What the charter says of how fast others pull its new entries; what is missing is the default. */
  readonly pullRate: { readonly entriesPerSecondMax?: number; readonly bytesPerDayMax?: number };
  /** Null while it counts. */
  readonly end: LogEnd | null;
};

/** Another region whose logs may be brought here: read-only, and apart from ours. */
export type Neighbour = {
  readonly region: Name;
  /** Of its first authority; its own charter follows from it. */
  readonly key: Vkey;
  /** Nothing new of it is taken. */
  readonly ended: boolean;
};

/** Who may or might write charter facts: one authority after the other, first the one that was configured. */
export type Authority = { readonly id: DeviceId; readonly key: Vkey };

/** More than this often no recovery key names a new authority in one log. */
export const rescuesMax = 64;

/** What the words of all charter logs amount to. */
export type CharterState = {
  readonly start: FactNamed<"charter.start/1"> | null;
  /** In their order of office; the last one holds it. */
  readonly authorities: readonly Authority[];
  readonly recovery: Authority | null;
  /** In charter order. */
  readonly sites: ReadonlyMap<Name, CharterSite>;
  readonly devices: ReadonlyMap<DeviceId, CharterDevice>;
  readonly neighbours: ReadonlyMap<Name, Neighbour>;
};

/**
 * The signed list of sites and devices: a fold over the logs of the region's authority and of its recovery key. It
 * keeps their words and derives the rest, so that the order in which the logs arrive does not matter.
 */
export type Charter = {
  readonly region: Name;
  /** The one authority key that a device is configured with. */
  readonly authority: Vkey;
  readonly sha256: Sha256;
  readonly words: Map<LogId, CharterWord[]>;
  /** Key texts that were read before; null: not a key. */
  readonly vkeys: Map<string, Vkey | null>;
  /** Grows with every word that was kept. */
  revision: number;
  state: (CharterState & Draft) | null;
};

/** A charter without a word: only the authority's own log has a key. `authority` is a log key of this region. */
export function newCharter(region: Name, authority: Vkey, sha256: Sha256): Charter {
  return { region, authority, sha256, words: new Map(), vkeys: new Map(), revision: 0, state: null };
}

/**
 * Takes the next entry of any log; what is no charter fact, or not said in a charter log, changes nothing. An index
 * that was taken before is ignored. `entry` is null where the bytes are no usable entry.
 * Returns whether the charter may have changed.
 */
export function foldCharter(charter: Charter, log: LogId, index: number, entry: Entry | null): boolean {
  const fact = entry === null ? undefined : charterFactOf(entry);
  const words = charter.words.get(log) ?? [];
  if (fact === undefined || index <= (words.at(-1)?.index ?? -1) || !isKept(words, index, fact)) return false;
  const word = { log, index, fact };
  words.push(word);
  charter.words.set(log, words);
  charter.revision += 1;
  charter.state = charter.state === null ? null : extendCharter(charter, charter.state, word);
  return true;
}

/** Of this log only the first `size` entries mean anything: it was signed in two ways. What is past them is forgotten. */
export function cutCharter(charter: Charter, log: LogId, size: number): void {
  const words = charter.words.get(log);
  const kept = words?.filter(({ index }) => index < size);
  if (words === undefined || kept === undefined || kept.length === words.length) return;
  charter.words.set(log, kept);
  charter.revision += 1;
  charter.state = null;
}

/** What the charter says now; the same object until a word is added. */
export function charterState(charter: Charter): CharterState {
  charter.state ??= deriveCharter(charter);
  return charter.state;
}

export function siteIn(charter: Charter, site: Name): CharterSite | undefined {
  return charterState(charter).sites.get(site);
}

export function siteTypeIn(charter: Charter, site: Name): SiteType | undefined {
  return siteIn(charter, site)?.type;
}

/** What the writer of a log is: the type of its site, if the charter names the device; a known site is not enough. */
export function writerTypeIn(charter: Charter, log: LogId): SiteType | undefined {
  const device = deviceIn(charter, deviceOf(log));
  return device === undefined ? undefined : siteTypeIn(charter, device.site);
}

/** In charter order, ended ones included. */
export function neighbours(charter: Charter): readonly Neighbour[] {
  return [...charterState(charter).neighbours.values()];
}

/** In charter order. */
export function sites(charter: Charter): readonly CharterSite[] {
  return [...charterState(charter).sites.values()];
}

/** In charter order. Found once for all who ask: of 12,000 sites three are control centres, and every fact asks for them. */
export function sitesOfType(charter: Charter, type: SiteType): readonly CharterSite[] {
  const state = charterState(charter);
  const ofState = sitesByType.get(state) ?? Map.groupBy(state.sites.values(), (site) => site.type);
  sitesByType.set(state, ofState);
  return ofState.get(type) ?? noSites;
}

/** A state is never changed while it is in use: a word more makes another one (`extendCharter`). */
const sitesByType = new WeakMap<CharterState, ReadonlyMap<SiteType, readonly CharterSite[]>>();
const noSites: readonly CharterSite[] = [];

/** The control centres in charter order. */
export function centres(charter: Charter): readonly Name[] {
  return sitesOfType(charter, "control-centre").map((site) => site.site);
}

export function isCentre(charter: Charter, site: Name): boolean {
  return siteTypeIn(charter, site) === "control-centre";
}

export function deviceIn(charter: Charter, device: DeviceId): CharterDevice | undefined {
  return charterState(charter).devices.get(device);
}

/** In charter order, ended ones included. */
export function devices(charter: Charter): readonly CharterDevice[] {
  return [...charterState(charter).devices.values()];
}

export function devicesOf(charter: Charter, site: Name): readonly CharterDevice[] {
  return devices(charter).filter((device) => device.site === site);
}

/** A device in a browser holds its own log alone. One that is an anchor too holds everything. */
export function isPocket(charter: Charter, device: DeviceId): boolean {
  const roles = deviceIn(charter, device)?.roles ?? [];
  return roles.includes("pocket") && !roles.includes("anchor");
}

/** Beats every 5 s and is silent after 60: a device that moves, or one in a browser. */
export function isMobile(charter: Charter, device: DeviceId): boolean {
  const roles = deviceIn(charter, device)?.roles ?? [];
  return roles.includes("mobile") || roles.includes("pocket");
}

/**
 * The key that must have signed the checkpoints of a log of this region; undefined where the charter names none.
 * It decides what is stored, so it stays when the device or the authority has ended.
 */
export function keyForLog(charter: Charter, parts: OriginParts): Vkey | undefined {
  return parts.region === charter.region ? deviceKey(charter, deviceIdOf(parts)) : undefined;
}

/** As {@link keyForLog}, for a device of this region. */
export function deviceKey(charter: Charter, device: DeviceId): Vkey | undefined {
  return officeOf(charter, device)?.key ?? deviceIn(charter, device)?.key;
}

export function holderKey(charter: Charter, device: DeviceId): Vkey | undefined {
  return deviceIn(charter, device)?.holder;
}

/** Whether this is a log of an authority, past ones included, or of the recovery key: these are exchanged first. */
export function isCharterLog(charter: Charter, log: LogId): boolean {
  return isCharterWriter(charter, deviceOf(log));
}

/** The same of the device that writes the log. */
export function isCharterWriter(charter: Charter, device: DeviceId): boolean {
  return officeOf(charter, device) !== undefined;
}

/** Whoever writes the charter or wrote it, and the recovery key. */
export function writersOfCharter(charter: Charter): readonly DeviceId[] {
  const { authorities, recovery } = charterState(charter);
  return [...authorities, ...(recovery === null ? [] : [recovery])].map(({ id }) => id);
}

/** Who writes the charter now. */
export function authorityNow(charter: Charter): Authority {
  const { authorities } = charterState(charter);
  return authorities.at(-1) ?? authorityOf(charter.authority);
}

/**
 * How many entries of this log count; undefined: all. Only meaning: what lies past it is stored, forwarded and
 * cosigned like everything else.
 */
export function endedAt(charter: Charter, log: LogId): number | undefined {
  const end = deviceIn(charter, deviceOf(log))?.end ?? null;
  return end === null ? undefined : countedUnder(end, log);
}

function officeOf(charter: Charter, device: DeviceId): Authority | undefined {
  const { authorities, recovery } = charterState(charter);
  return recovery?.id === device ? recovery : authorities.find((authority) => authority.id === device);
}

// An authority's log begins with charter.start; the recovery key's log and all others may only name an authority.
// Asking the log alone, not the charter so far, keeps the order of arrival out of it.
function isKept(words: readonly CharterWord[], index: number, fact: CharterFact): boolean {
  if (fact.kind === "charter.start/1") return index === 0;
  if (words[0]?.fact.kind === "charter.start/1") return true;
  return fact.kind === "charter.authority-next/1" && words.length < rescuesMax;
}

function charterFactOf(entry: Entry): CharterFact | undefined {
  const fact = entry.kind.startsWith("charter.") ? factOf(knownKinds, entry) : undefined;
  switch (fact?.kind) {
    case "charter.start/1":
    case "charter.site/1":
    case "charter.device/1":
    case "charter.device-ended/1":
    case "charter.authority-next/1":
    case "charter.neighbour/1":
    case "charter.neighbour-ended/1":
      return fact;
    default:
      return undefined;
  }
}
