import { type DeviceId, deviceIdOf, deviceOf, isName, type LogId, type Name } from "../basics/name.ts";
import { holderKeyName, logKeyName, parseVkey, type Vkey, type VkeyKind } from "../log/vkey.ts";
import type {
  Authority,
  Charter,
  CharterDevice,
  CharterSite,
  CharterState,
  CharterWord,
  Neighbour,
} from "./charter.ts";
import type { FactNamed } from "./facts.ts";
import { compareLogs, countedUnder, type LogEnd } from "./log-order.ts";

/** Regions that may ever be named: each has a house of its own in every process. */
export const neighboursMax = 16;

type NextFact = FactNamed<"charter.authority-next/1">;

/** What is being put together while the words are read in their order. */
export type Draft = {
  readonly sites: Map<Name, CharterSite>;
  readonly devices: Map<DeviceId, CharterDevice>;
  readonly neighbours: Map<Name, Neighbour>;
};

/** Reads all words in their order: the authorities one after the other, each one's logs by epoch. */
export function deriveCharter(charter: Charter): CharterState & Draft {
  const first = authorityOf(charter.authority);
  const start = startOf(charter, first);
  const recovery = start === null ? null : recoveryOf(charter, start, first);
  const draft: Draft = { sites: new Map(), devices: new Map(), neighbours: new Map() };
  const authorities: Authority[] = [];
  let holder: Authority | null = first;
  while (holder !== null) {
    authorities.push(holder);
    const reserved = recovery === null ? authorities : [...authorities, recovery];
    const term = termOf(charter, holder, recovery, reserved);
    for (const word of term.words) readWord(charter, draft, word, reserved);
    holder = term.next;
  }
  return { start, authorities, recovery, ...draft };
}

/**
 * What the charter says with one word more, which it keeps already; null where all words have to be read again. Nearly
 * every word is the newest of who holds office and says nothing about offices: a region of 12,000 ambulances would
 * read its charter 24,000 times. Goes on with the lists of `state`, which is not to be used any more.
 */
export function extendCharter(
  charter: Charter,
  state: CharterState & Draft,
  word: CharterWord,
): (CharterState & Draft) | null {
  const { log, fact } = word;
  if (fact.kind === "charter.start/1" || fact.kind === "charter.authority-next/1") return null;
  const { authorities, recovery } = state;
  if (deviceOf(log) !== authorities.at(-1)?.id || !isNewest(charter, log)) return null;
  readWord(charter, state, word, recovery === null ? authorities : [...authorities, recovery]);
  return { ...state };
}

function isNewest(charter: Charter, log: LogId): boolean {
  const device = deviceOf(log);
  return [...charter.words.keys()].every((one) => deviceOf(one) !== device || compareLogs(one, log) <= 0);
}

/** The authority or recovery key of this name: `holdfast/1/<region>/<site>/<device>`. */
export function authorityOf(key: Vkey): Authority {
  const [, , , site = "", device = ""] = key.name.split("/");
  return { id: deviceIdOf({ site, device }), key };
}

/** A key as text, if it is one of this region and kind, named after a device. */
export function regionKey(charter: Charter, text: string, kind: VkeyKind): Vkey | null {
  return keyOfRegion(charter, charter.region, text, kind);
}

function keyOfRegion(charter: Charter, of: Name, text: string, kind: VkeyKind): Vkey | null {
  const known = charter.vkeys.get(text);
  const parsed = known === undefined ? readVkey(charter, text) : known;
  charter.vkeys.set(text, parsed);
  if (parsed === null || parsed.kind !== kind) return null;
  const [, , region = "", site = "", device = ""] = parsed.name.split("/");
  if (region !== of || !isName(site) || !isName(device)) return null;
  const name = kind === "log" ? logKeyName(region, site, device) : holderKeyName(region, site, device);
  return parsed.name === name ? parsed : null;
}

function readVkey(charter: Charter, text: string): Vkey | null {
  const parsed = parseVkey(charter.sha256, text);
  return parsed.ok ? parsed.value : null;
}

// The first log of the configured authority is the root of everything; later ones cannot swap the recovery key.
function startOf(charter: Charter, first: Authority): FactNamed<"charter.start/1"> | null {
  const word = wordsOf(charter, first.id).find((one) => one.index === 0);
  return word?.fact.kind === "charter.start/1" ? word.fact : null;
}

function recoveryOf(
  charter: Charter,
  start: FactNamed<"charter.start/1">,
  first: Authority,
): Authority | null {
  const key = regionKey(charter, start.recovery, "log");
  if (key === null) return null;
  const recovery = authorityOf(key);
  return recovery.id === first.id ? null : recovery;
}

/** The words of one authority that count, and who holds office after it. */
function termOf(
  charter: Charter,
  holder: Authority,
  recovery: Authority | null,
  taken: readonly Authority[],
): { readonly words: readonly CharterWord[]; readonly next: Authority | null } {
  const own = wordsOf(charter, holder.id);
  const rescued = recovery === null ? null : rescueFrom(charter, recovery, holder, taken);
  if (rescued !== null)
    return { words: upTo(own, rescued.last), next: nextOf(charter, rescued, holder, taken) };
  for (const [position, word] of own.entries()) {
    const next = handover(charter, word, holder, taken);
    if (next !== null) return { words: upTo(own.slice(0, position), next.last), next: next.authority };
  }
  return { words: own, next: null };
}

// The recovery key may correct itself: its newest word about an authority counts.
function rescueFrom(
  charter: Charter,
  recovery: Authority,
  holder: Authority,
  taken: readonly Authority[],
): NextFact | null {
  const words = wordsOf(charter, recovery.id).toReversed();
  for (const { fact } of words) {
    if (fact.kind === "charter.authority-next/1" && nextOf(charter, fact, holder, taken) !== null)
      return fact;
  }
  return null;
}

function handover(charter: Charter, word: CharterWord, holder: Authority, taken: readonly Authority[]) {
  if (word.fact.kind !== "charter.authority-next/1") return null;
  const authority = nextOf(charter, word.fact, holder, taken);
  return authority === null ? null : { authority, last: word.fact.last };
}

// A device that held office before never comes back, and the recovery key stays offline.
function nextOf(
  charter: Charter,
  fact: NextFact,
  holder: Authority,
  taken: readonly Authority[],
): Authority | null {
  const key = regionKey(charter, fact.key, "log");
  if (key === null || deviceOf(fact.last.log) !== holder.id) return null;
  const next = authorityOf(key);
  return taken.some((authority) => authority.id === next.id) ? null : next;
}

function upTo(words: readonly CharterWord[], end: LogEnd): readonly CharterWord[] {
  return words.filter((word) => word.index < (countedUnder(end, word.log) ?? Number.POSITIVE_INFINITY));
}

/** All words in the logs of one device, by epoch and position. */
function wordsOf(charter: Charter, device: DeviceId): readonly CharterWord[] {
  const logs = [...charter.words.keys()].filter((log) => deviceOf(log) === device);
  return logs.sort(compareLogs).flatMap((log) => charter.words.get(log) ?? []);
}

function readWord(charter: Charter, draft: Draft, word: CharterWord, reserved: readonly Authority[]): void {
  const { fact } = word;
  if (fact.kind === "charter.site/1") readSite(draft, fact);
  else if (fact.kind === "charter.device/1") readDevice(charter, draft, fact, reserved);
  else if (fact.kind === "charter.device-ended/1") readEnd(draft, fact);
  else if (fact.kind === "charter.neighbour/1") readNeighbour(charter, draft, fact);
  else if (fact.kind === "charter.neighbour-ended/1") readNeighbourEnd(draft, fact);
}

// What is stored of a region was checked with the key of the first naming, so another one never takes its place.
function readNeighbour(charter: Charter, draft: Draft, fact: FactNamed<"charter.neighbour/1">): void {
  const { region } = fact;
  const key = neighbourKey(charter, fact);
  const known = draft.neighbours.get(region);
  if (key === null || (known !== undefined && !isSameKey(known.key, key))) return;
  if (known === undefined && draft.neighbours.size === neighboursMax) return;
  draft.neighbours.set(region, { region, key, ended: false });
}

/** The key of another region's authority; null where it is none, or of our own region. */
export function neighbourKey(charter: Charter, fact: FactNamed<"charter.neighbour/1">): Vkey | null {
  return fact.region === charter.region ? null : keyOfRegion(charter, fact.region, fact.key, "log");
}

function readNeighbourEnd({ neighbours }: Draft, { region }: FactNamed<"charter.neighbour-ended/1">): void {
  const known = neighbours.get(region);
  if (known !== undefined) neighbours.set(region, { ...known, ended: true });
}

// Who may say what hangs on the type, so the first one stays.
function readSite(draft: Draft, fact: FactNamed<"charter.site/1">): void {
  const known = draft.sites.get(fact.site);
  if (known !== undefined && known.type !== fact.type) return;
  const { site, type, name, town, homeCentre } = fact;
  draft.sites.set(site, { site, type, name, town, homeCentre });
}

function readDevice(
  charter: Charter,
  draft: Draft,
  fact: FactNamed<"charter.device/1">,
  reserved: readonly Authority[],
): void {
  const keys = deviceKeys(charter, fact);
  if (keys === null || !draft.sites.has(fact.site)) return;
  const id = deviceIdOf(fact);
  const office = reserved.find((authority) => authority.id === id);
  if (office !== undefined && !isSameKey(office.key, keys.key)) return;
  const known = draft.devices.get(id);
  // A device keeps the keys of its first mention, so no key is ever replaced in silence; ended, it stays ended.
  if (known !== undefined && !(isSameKey(known.key, keys.key) && isSameKey(known.holder, keys.holder)))
    return;
  if (hasOtherRecipient(known, fact)) return;
  draft.devices.set(id, {
    id,
    site: fact.site,
    device: fact.device,
    ...keys,
    recipient: known?.recipient ?? fact.recipient,
    roles: fact.roles,
    addresses: fact.addresses ?? [],
    relays: fact.relays ?? [],
    pullRate: pullRateOf(fact),
    end: known?.end ?? null,
  });
}

/** A device that was enrolled without a recipient may be given one; none is ever replaced. */
export function hasOtherRecipient(
  known: Pick<CharterDevice, "recipient"> | undefined,
  { recipient }: FactNamed<"charter.device/1">,
): boolean {
  if (known?.recipient === undefined || recipient === undefined) return false;
  return known.recipient !== recipient;
}

export function deviceKeys(charter: Charter, fact: FactNamed<"charter.device/1">) {
  const key = regionKey(charter, fact.key, "log");
  const holder = regionKey(charter, fact.holder, "holder");
  if (key === null || holder === null) return null;
  const named = logKeyName(charter.region, fact.site, fact.device);
  return key.name === named && holder.name === `${named}/holder` ? { key, holder } : null;
}

function pullRateOf(fact: FactNamed<"charter.device/1">): CharterDevice["pullRate"] {
  const { entriesPerSecondMax, bytesPerDayMax } = fact;
  return {
    ...(entriesPerSecondMax === undefined ? {} : { entriesPerSecondMax }),
    ...(bytesPerDayMax === undefined ? {} : { bytesPerDayMax }),
  };
}

function readEnd(draft: Draft, fact: FactNamed<"charter.device-ended/1">): void {
  const id = deviceIdOf(fact);
  const known = draft.devices.get(id);
  if (known === undefined || (fact.log !== null && deviceOf(fact.log) !== id)) return;
  draft.devices.set(id, { ...known, end: earlierEnd(known.end, { log: fact.log, size: fact.size }) });
}

// A theft found out to be older than thought: of two ends the earlier one counts.
function earlierEnd(known: LogEnd | null, said: LogEnd): LogEnd {
  if (known === null) return said;
  if (known.log === null || said.log === null) return known.log === null ? known : said;
  if (known.log === said.log) return known.size <= said.size ? known : said;
  return compareLogs(known.log, said.log) < 0 ? known : said;
}

export function isSameKey(a: Vkey, b: Vkey): boolean {
  return a.name === b.name && a.publicKey.every((byte, i) => byte === b.publicKey[i]);
}
