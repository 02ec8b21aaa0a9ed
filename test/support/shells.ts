import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import { readIdentity } from "../../src/anchor/keys/age.ts";
import { CaseKeys } from "../../src/anchor/keys/case-keys.ts";
import { type Connections, Shell } from "../../src/anchor/shell.ts";
import type { SnapshotPlace } from "../../src/anchor/store/fold-keeper.ts";
import { openStoreThread, type StoreThread } from "../../src/anchor/store/store.ts";
import { present } from "../../src/basics/assert.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import type { DeviceId, Name } from "../../src/basics/name.ts";
import type { Now } from "../../src/basics/time.ts";
import { contactLimits } from "../../src/exchange/contact-state.ts";
import { nextEpoch } from "../../src/log/epoch.ts";
import { charterState } from "../../src/region/charter.ts";
import type { Kinds } from "../../src/region/facts.ts";
import type { SubmitAnswer } from "../../src/site/effects.ts";
import { newHouse } from "../../src/site/house.ts";
import type { Hosted, House, ShownView } from "../../src/site/state.ts";
import { contactCell } from "../../src/site/views/board-rows.ts";
import type { ContactCell } from "../../src/site/views/board-view.ts";
import { type Founded, foundedDevice, valueIn } from "./founded.ts";

/**
 * A clock on which five seconds go by in one, so that contact's verdicts do not hold up the tests. Disks and timers
 * stay as slow as they are.
 */
export const fastBy = 5;
export function fastClock(): Now {
  const monoMs = performance.now() * fastBy;
  return { wallMs: wallStartMs + Math.round(monoMs), monoMs };
}
const wallStartMs = Date.UTC(2020, 8, 10, 22);

/** The shell of one anchor with a real store in its thread, and wires in place of sockets. */
export class ShellNode implements Connections {
  readonly site: Name;
  readonly id: DeviceId;
  readonly notes: string[] = [];
  /** Where it is a pocket: what it was to show, oldest first. */
  readonly shown: ShownView[] = [];
  changes = 0;
  /** A carrier that is told of every change, as in an anchor. */
  whenChanged: (() => void) | null = null;
  /** Where it leaves and looks for snapshots of its fold; null: nowhere. */
  snapshot: SnapshotPlace | null = null;
  /** The facts that its version knows; null: all that there are. */
  knows: Kinds | null = null;
  shell!: Shell;
  cases!: CaseKeys;
  store!: StoreThread;
  readonly #founded: Founded;
  readonly #epoch = nextEpoch(null, randomBytes(4));
  readonly #wires = new Map<number, { readonly to: ShellNode; readonly number: number }>();
  #ticker: NodeJS.Timeout | undefined;

  constructor(founded: Founded, site: Name) {
    this.#founded = founded;
    this.site = site;
    this.id = `${site}/${foundedDevice}`;
  }

  get house(): House {
    return this.shell.house;
  }

  get hosted(): Hosted {
    return present(this.house.hosted.get(this.id), "hosted");
  }

  async start(clock: () => Now = fastClock): Promise<this> {
    await this.open(clock);
    await this.shell.load();
    return this;
  }

  /** As {@link start}, with what is stored still to be folded: `shell.load()`. */
  async open(clock: () => Now = fastClock): Promise<this> {
    const path = join(this.#founded.dir, this.site, "store.db");
    this.store = valueIn(
      await openStoreThread(path, { faults: true, onDied: (error) => this.shell.storeDied(error) }),
    );
    const house = newHouse({
      ports: { crypto: nodeCrypto, randomBytes },
      region: this.#founded.region,
      authority: this.#founded.authority,
      hosted: [
        {
          site: this.site,
          device: foundedDevice,
          epoch: this.#epoch,
          ...this.#founded.keysOf(this.site),
          boot: valueIn(await this.store.nextBoot(this.id)),
          mobile: false,
        },
      ],
      startMonoMs: clock().monoMs,
      ...(this.knows === null ? {} : { kinds: this.knows }),
    });
    this.shell = new Shell(house, {
      clock,
      store: this.store,
      connections: this,
      changed: () => {
        this.changes += 1;
        this.whenChanged?.();
      },
      shown: (view) => this.shown.push(view),
      note: (code, about) => this.notes.push(`${code} ${about}`),
      ...(this.snapshot === null ? {} : { snapshot: this.snapshot }),
      wrap: (ask, wrapped) => void this.cases.wrap(ask).then(wrapped),
    });
    const identity = valueIn(readIdentity(join(this.#founded.dir, this.site), this.site, foundedDevice));
    this.cases = new CaseKeys({
      shell: this.shell,
      identities: new Map([[this.id, present(identity, "a device has an identity")]]),
      readEntry: (origin, index) => this.store.readLeafBytes(origin, index, index + 1),
    });
    valueIn(await this.shell.open());
    return this;
  }

  /** Takes the charter in, and waits until it means something. */
  async takeCharter(): Promise<this> {
    for (const bytes of this.#founded.charter()) this.shell.feed({ type: "carried", bytes });
    await until(() => charterState(this.house.charter).devices.has(this.id), "the charter is taken in");
    return this;
  }

  /** Ticks as often as the clock of {@link fastClock} wants. */
  tick(): this {
    this.#ticker = setInterval(() => this.shell.feed({ type: "tick" }), contactLimits.tickMs / fastBy);
    return this;
  }

  async stop(): Promise<void> {
    clearInterval(this.#ticker);
    const left = this.shell.stop();
    for (const number of [...this.#wires.keys()]) this.close(number);
    await left;
    await this.store.close();
  }

  submit(kind: string, body: JsonObject, request?: string): Promise<SubmitAnswer> {
    const more = request === undefined ? {} : { request };
    return this.shell.submit({ hosted: this.id, kind, by: "nurse#7", body, ...more });
  }

  status(capability: string, state: string, request?: string): Promise<SubmitAnswer> {
    return this.submit("hospital.status/1", { capability, state, over: [] }, request);
  }

  /** What this one sees of another's contact. */
  sees(other: ShellNode): ContactCell {
    return contactCell(this.hosted, other.site);
  }

  /** How many entries of another's log are stored here. */
  holds(other: ShellNode): number {
    return this.house.vector.get(other.hosted.origin)?.size ?? 0;
  }

  /** Every kind in a stored log, oldest first. */
  async kinds(of: ShellNode = this): Promise<string[]> {
    const entries = valueIn(await this.store.readLeafBytes(of.hosted.origin, 0, 1_000));
    return entries.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)).kind);
  }

  send(connection: number, bytes: Uint8Array, sent: (() => void) | null): void {
    const wire = this.#wires.get(connection);
    setImmediate(() => {
      if (wire === undefined || !this.#wires.has(connection)) return;
      wire.to.shell.feed({ type: "received", connection: wire.number, bytes });
      sent?.();
    });
  }

  close(connection: number): void {
    const wire = this.#wires.get(connection);
    if (wire === undefined) return;
    this.#end(connection);
    wire.to.#end(wire.number);
  }

  /** Links the two by a wire; the other one may be reached until {@link cut}. */
  async dial(to: ShellNode): Promise<void> {
    const [mine, theirs] = [nextNumber(), nextNumber()];
    this.#wires.set(mine, { to, number: theirs });
    to.#wires.set(theirs, { to: this, number: mine });
    to.shell.feed({ type: "opened", connection: theirs, channel: "plain", dialed: null });
    const dialed = { hosted: this.id, peer: to.id };
    this.shell.feed({ type: "opened", connection: mine, channel: "plain", dialed });
    await until(() => to.house.links.get(theirs)?.established === true, "the hello is through");
  }

  cut(): void {
    for (const number of [...this.#wires.keys()]) this.close(number);
  }

  #end(connection: number): void {
    if (this.#wires.delete(connection)) this.shell.feed({ type: "closed", connection });
  }
}

let lastNumber = 0;
function nextNumber(): number {
  lastNumber += 1;
  return lastNumber;
}

/** Waits for what must come to be; throws after `withinMs`. */
export async function until(is: () => boolean, what: string, withinMs = 8_000): Promise<void> {
  const endMs = performance.now() + withinMs;
  while (!is()) {
    if (performance.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
