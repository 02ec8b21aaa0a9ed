import { randomBytes } from "node:crypto";
import { statfsSync } from "node:fs";
import type { Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { contactLimits } from "../exchange/contact-state.ts";
import { formatVkey } from "../log/vkey.ts";
import { charterState, type Neighbour, neighbours } from "../region/charter.ts";
import { neighbourKinds } from "../region/facts.ts";
import type { Input } from "../site/effects.ts";
import { newHouse } from "../site/house.ts";
import type { House } from "../site/state.ts";
import type { StoreError } from "../site/store-port.ts";
import { rehearsalPrefix } from "./board-region.ts";
import type { Taker, Takers } from "./carry-in.ts";
import type { Clock } from "./clock.ts";
import { nodeCrypto } from "./crypto-node.ts";
import type { SnapshotPlace } from "./fold-keeper.ts";
import { type Connections, Shell } from "./shell.ts";
import type { StoreThread } from "./store.ts";

/*
 * The regions that our charter names, in this process. Each has a house of its own, without a device: it checks, stores
 * and folds what is brought, with that region's charter, and has no key to sign anything, no connection to say anything,
 * no part in our house. They share the store's file, never a row of it (region-store.ts).
 */

export type NeighboursPorts = {
  /** Our own: its charter names the others. */
  readonly house: House;
  readonly store: StoreThread;
  readonly clock: Clock;
  readonly note: (code: string, about: string) => void;
  /** Something that is shown of them has changed. */
  readonly changed: () => void;
  readonly snapshotOf: (region: Name) => SnapshotPlace;
  /** Room on the store's disk, bytes. */
  readonly freeBytes: () => number;
};

/** A region that was named, and what is held of it; `house` is null while it is not open. */
export type NeighbourHouse = { readonly neighbour: Neighbour; readonly house: House | null };

/** Our own facts go before: with less room than this nothing of another region is taken. */
const roomForOursBytes = 1_073_741_824;

const noConnections: Connections = { send: () => undefined, close: () => undefined };

export class Neighbours {
  readonly #ports: NeighboursPorts;
  readonly #shells = new Map<Name, Shell>();
  /** Open, or being opened, or found to be none that can be. */
  readonly #met = new Set<Name>();
  readonly #ticker: NodeJS.Timeout;
  #opening: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(ports: NeighboursPorts) {
    this.#ports = ports;
    // It is no reason to go on for a process that could not start.
    this.#ticker = setInterval(() => this.#feedAll({ type: "tick" }), contactLimits.tickMs).unref();
  }

  /** To be called whenever our charter may have changed. */
  look(): void {
    for (const neighbour of neighbours(this.#ports.house.charter)) {
      if (this.#met.has(neighbour.region)) continue;
      this.#met.add(neighbour.region);
      this.#opening = this.#opening.then(() => this.#open(neighbour));
    }
  }

  /** In charter order, ended ones included. */
  list(): readonly NeighbourHouse[] {
    return neighbours(this.#ports.house.charter).map((neighbour) => {
      return { neighbour, house: this.#shells.get(neighbour.region)?.house ?? null };
    });
  }

  /** Resolves when every region that is named now is open. `own` takes what is of our region. */
  async takers(own: Taker): Promise<Takers> {
    await this.#opening;
    const { region } = this.#ports.house;
    return { region, takerOf: (of) => (of === region ? ok(own) : this.takerOf(of)) };
  }

  /** An error is the end of a sentence. Asked again and again: what is named, and whether there is room, changes. */
  takerOf(region: Name): Result<Taker, string> {
    const { house } = this.#ports;
    if (!charterState(house.charter).neighbours.has(region))
      return err(`packets of the region ${region}; this is ${house.region}.`);
    const shell = this.#shells.get(region);
    if (shell === undefined) return err(`packets of the region ${region}, which is not open here.`);
    const refusal = () => this.#refusal(region);
    const feed = (input: Input) => (refusal() === null ? shell.feed(input) : undefined);
    const refused = refusal();
    return refused === null
      ? ok({ house: shell.house, feed, refusal })
      : err(`packets of the region ${region}. ${refused}`);
  }

  /** Asked for each packet: the naming may end, and the disk fill up, meanwhile. */
  storeDied(error: StoreError): void {
    for (const shell of this.#shells.values()) shell.storeDied(error);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#ticker);
    await this.#opening;
    for (const shell of this.#shells.values()) await shell.stop();
  }

  #feedAll(input: Input): void {
    for (const shell of this.#shells.values()) shell.feed(input);
  }

  #refusal(region: Name): string | null {
    const named = charterState(this.#ports.house.charter).neighbours.get(region);
    if (named === undefined || named.ended)
      return "Our authority has ended the naming of that region: nothing new of it is taken.";
    if (this.#ports.freeBytes() < roomForOursBytes)
      return "The disk is nearly full: what is left is for our own region.";
    return null;
  }

  async #open({ region, key }: Neighbour): Promise<void> {
    const { store, clock, note, changed, snapshotOf } = this.#ports;
    if (this.#stopped) return;
    const refused = await this.#keyRefusal(region, formatVkey(key));
    if (refused !== null) return note("neighbour-not-opened", `${region}: ${refused}`);
    const ports = { crypto: nodeCrypto, randomBytes };
    const apart = { hosted: [], kinds: neighbourKinds, startMonoMs: clock().monoMs };
    const house = newHouse({ ports, region, authority: key, ...apart });
    const shell = new Shell(house, {
      ...{ clock, store, changed, connections: noConnections, snapshot: snapshotOf(region) },
      note: (code, about) => note(code, `${region} ${about}`),
    });
    const opened = await shell.open();
    if (!opened.ok) {
      this.#met.delete(region);
      return note("neighbour-not-opened", `${region}: ${opened.error.detail}`);
    }
    this.#shells.set(region, shell);
    void shell.load().then(changed);
  }

  /** What is stored of a region was checked with one key, so it is opened with that one alone. */
  async #keyRefusal(region: Name, key: string): Promise<string | null> {
    if (!region.startsWith(rehearsalPrefix))
      return `until there is access control, only ${rehearsalPrefix}… regions`;
    const { store } = this.#ports;
    const kept = await store.readMeta(metaKey(region));
    if (!kept.ok) return kept.error.detail;
    if (kept.value !== undefined)
      return kept.value === key ? null : "what is stored was checked with another key";
    const written = await store.writeMeta(metaKey(region), key);
    return written.ok ? null : written.error.detail;
  }
}

/** Where the store keeps with which key a region's logs were checked. */
function metaKey(region: Name): string {
  return `neighbour ${region}`;
}

/** What a process that does not run as root may still write on the disk of this folder, bytes. */
export function freeBytesOf(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}
