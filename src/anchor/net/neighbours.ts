import { randomBytes } from "node:crypto";
import { statfsSync } from "node:fs";
import type { Name } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { contactLimits } from "../../exchange/contact-state.ts";
import { formatVkey, type Vkey } from "../../log/vkey.ts";
import { charterState, type Neighbour, neighbours } from "../../region/charter.ts";
import { isSameKey } from "../../region/charter-derive.ts";
import { neighbourKinds } from "../../region/facts.ts";
import type { Input } from "../../site/effects.ts";
import { newHouse } from "../../site/house.ts";
import type { House } from "../../site/state.ts";
import type { StoreError, StoreResult } from "../../site/store-port.ts";
import { rehearsalPrefix } from "../boards/board-region.ts";
import type { Taker, Takers } from "../carry/carry-in.ts";
import type { Clock } from "../clock.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { type Connections, Shell } from "../shell.ts";
import type { SnapshotPlace } from "../store/fold-keeper.ts";
import { regionStore, type ShellStore } from "../store/region-store.ts";
import type { StoreThread } from "../store/store.ts";
import { checkedWith } from "../store/store-forget.ts";

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

/** A region whose logs are taken and shown, and the key by whose charter they are checked. */
type OpenRegion = { readonly key: Vkey; readonly shell: Shell };

export class Neighbours {
  readonly #ports: NeighboursPorts;
  readonly #open = new Map<Name, OpenRegion>();
  /** With which key a region was last looked at; with another one it is looked at anew. */
  readonly #met = new Map<Name, Vkey>();
  readonly #said = new Map<Name, string>();
  readonly #ticker: NodeJS.Timeout;
  #work: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(ports: NeighboursPorts) {
    this.#ports = ports;
    // It is no reason to go on for a process that could not start.
    this.#ticker = setInterval(() => this.#tick(), contactLimits.tickMs).unref();
  }

  /** To be called whenever our charter may have changed. */
  look(): void {
    const named = charterState(this.#ports.house.charter).neighbours;
    for (const { region, key } of named.values()) {
      const met = this.#met.get(region);
      if (met !== undefined && isSameKey(met, key)) continue;
      this.#met.set(region, key);
      this.#settleSoon(region);
    }
    for (const region of this.#open.keys())
      if (!named.has(region) && this.#met.delete(region)) this.#settleSoon(region);
  }

  /** In charter order, ended ones included. */
  list(): readonly NeighbourHouse[] {
    return neighbours(this.#ports.house.charter).map((neighbour) => {
      return { neighbour, house: this.#shellOf(neighbour.region)?.house ?? null };
    });
  }

  /** Resolves when every region that is named now is open, or was found not to be one that can be. */
  async takers(own: Taker): Promise<Takers> {
    await this.#work;
    const { region } = this.#ports.house;
    return { region, takerOf: (of) => (of === region ? ok(own) : this.takerOf(of)) };
  }

  /** An error is the end of a sentence. Asked again and again: what is named, and whether there is room, changes. */
  takerOf(region: Name): Result<Taker, string> {
    const { house } = this.#ports;
    if (!charterState(house.charter).neighbours.has(region))
      return err(`packets of the region ${region}; this is ${house.region}.`);
    const shell = this.#shellOf(region);
    if (shell === null) return err(`packets of the region ${region}, which is not open here.`);
    const refusal = () => this.#refusal(region, shell);
    const feed = (input: Input) => (refusal() === null ? shell.feed(input) : undefined);
    const refused = refusal();
    return refused === null
      ? ok({ house: shell.house, feed, refusal })
      : err(`packets of the region ${region}. ${refused}`);
  }

  storeDied(error: StoreError): void {
    for (const { shell } of this.#open.values()) shell.storeDied(error);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#ticker);
    await this.#work;
    for (const region of [...this.#open.keys()]) await this.#close(region);
  }

  #tick(): void {
    for (const [region, { shell }] of this.#open) {
      try {
        shell.feed({ type: "tick" });
      } catch (error) {
        // What is wrong with theirs is no reason for ours to end.
        this.#say("handler-threw", region, String(error));
      }
    }
    this.look();
  }

  /** Null where it is not open, or was opened with another key than our charter names now. */
  #shellOf(region: Name): Shell | null {
    const named = charterState(this.#ports.house.charter).neighbours.get(region);
    const open = this.#open.get(region);
    return named !== undefined && open !== undefined && isSameKey(open.key, named.key) ? open.shell : null;
  }

  /** Asked for each packet: the naming may end or change, and the disk fill up, meanwhile. */
  #refusal(region: Name, shell: Shell): string | null {
    const named = charterState(this.#ports.house.charter).neighbours.get(region);
    if (named === undefined || named.ended)
      return "Our authority has ended the naming of that region: nothing new of it is taken.";
    if (this.#shellOf(region) !== shell) return "Our charter names another key for that region now.";
    return this.#roomRefusal();
  }

  #roomRefusal(): string | null {
    try {
      if (this.#ports.freeBytes() >= roomForOursBytes) return null;
      return "The disk is nearly full: what is left is for our own region.";
    } catch (error) {
      return `How much room the disk has cannot be read: ${String(error)}.`;
    }
  }

  /** One after the other. A failure is said, and tried again with the next tick. */
  #settleSoon(region: Name): void {
    this.#work = this.#work
      .then(() => this.#settle(region))
      .catch((error) => this.#failed(region, String(error)));
  }

  /** What comes before in the queue takes time: what our charter says is looked at again. */
  async #settle(region: Name): Promise<void> {
    if (this.#shellOf(region) === null) await this.#close(region);
    const named = charterState(this.#ports.house.charter).neighbours.get(region);
    if (this.#stopped || named === undefined || this.#open.has(region)) return;
    if (!region.startsWith(rehearsalPrefix))
      return this.#say(
        "neighbour-not-opened",
        region,
        `until there is access control, only ${rehearsalPrefix}… regions`,
      );
    const made = await this.#makeRoomFor(named);
    const opened = made.ok ? await this.#openHouse(named) : made;
    if (!opened.ok) return this.#failed(region, opened.error.detail);
    this.#said.delete(region);
  }

  /**
   * What is stored of a region was checked with one key. Where our charter names another one it is deleted, log by log:
   * it is only a copy, and the right one could not be taken beside it.
   */
  async #makeRoomFor({ region, key }: Neighbour): Promise<StoreResult<undefined>> {
    const { store, note } = this.#ports;
    const kept = await store.readMeta(checkedWith(region));
    if (!kept.ok) return kept;
    if (kept.value === formatVkey(key)) return ok(undefined);
    for (let logs = 0; ; logs += 1) {
      const forgotten = await store.forgetLog(region);
      if (!forgotten.ok) return forgotten;
      if (forgotten.value) continue;
      if (logs > 0) note("neighbour-forgotten", `${region}: ${logs} logs that were checked with another key`);
      return ok(undefined);
    }
  }

  async #openHouse({ region, key }: Neighbour): Promise<StoreResult<undefined>> {
    const { clock, note, changed, snapshotOf } = this.#ports;
    const ports = { crypto: nodeCrypto, randomBytes };
    const apart = { hosted: [], kinds: neighbourKinds, startMonoMs: clock().monoMs };
    const house = newHouse({ ports, region, authority: key, ...apart });
    const shell = new Shell(house, {
      ...{ clock, store: this.#storeOf(region, key), changed, connections: noConnections },
      snapshot: snapshotOf(region),
      note: (code, about) => note(code, `${region} ${about}`),
    });
    const opened = await shell.open();
    if (!opened.ok) return opened;
    this.#open.set(region, { key, shell });
    shell.load().then(changed, (error) => {
      if (this.#open.get(region)?.shell !== shell) return;
      this.#failed(region, String(error));
      void this.#close(region);
    });
    return ok(undefined);
  }

  /** Says in the store with which key its logs are checked, before the first of them is written. */
  #storeOf(region: Name, key: Vkey): ShellStore {
    const { store } = this.#ports;
    const ofRegion = regionStore(store, region, false);
    let isSaid = false;
    return {
      ...ofRegion,
      commit: (commit, done) => {
        // The store does one thing after the other. If only this one fails, the next start deletes what it cannot place.
        if (!isSaid)
          void store.writeMeta(checkedWith(region), formatVkey(key)).then(({ ok: said }) => {
            isSaid = said;
          });
        ofRegion.commit(commit, done);
      },
    };
  }

  async #close(region: Name): Promise<void> {
    const open = this.#open.get(region);
    this.#open.delete(region);
    try {
      await open?.shell.stop();
    } catch (error) {
      this.#ports.note("handler-threw", `${region}: ${String(error)}`);
    }
  }

  #failed(region: Name, reason: string): void {
    this.#met.delete(region);
    this.#say("neighbour-not-opened", region, reason);
  }

  /** Each reason once, however often it is tried. */
  #say(code: string, region: Name, reason: string): void {
    if (this.#said.get(region) === reason) return;
    this.#said.set(region, reason);
    this.#ports.note(code, `${region}: ${reason}`);
  }
}

/** What a process that does not run as root may still write on the disk of this folder, bytes. */
export function freeBytesOf(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}
