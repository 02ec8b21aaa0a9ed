import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import { assert, present } from "../../src/basics/assert.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import type { DeviceId } from "../../src/basics/name.ts";
import { seededRandom } from "../../src/basics/random.ts";
import type { Now } from "../../src/basics/time.ts";
import { importRun, writeCharter } from "../../src/drill/enrolment.ts";
import type { Keys } from "../../src/drill/keys.ts";
import { MemoryStore } from "../../src/drill/memory-store.ts";
import { replayAll } from "../../src/drill/replay.ts";
import { newDevice, type SimulatedDevice, simulatedRegion } from "../../src/drill/roster.ts";
import { decodePacket, encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { formatVkey } from "../../src/log/vkey.ts";
import type { Commit, Effect, Input, SubmitAnswer } from "../../src/site/effects.ts";
import { beginRefold, endRefold, refoldStored } from "../../src/site/folding.ts";
import { newHouse, step } from "../../src/site/house.ts";
import { batchEntriesMax, catchUpBytesMax, receiptsTogetherMs } from "../../src/site/limits.ts";
import { logOf } from "../../src/site/replica.ts";
import type { House, ShownView } from "../../src/site/state.ts";
import { epochKey, type StoreResult } from "../../src/site/store-port.ts";

/*
 * One house driven by hand: its clock, its disk and its sockets do what a test says, nothing by themselves. Keys are
 * real Ed25519, since here somebody lies.
 */

export const keys: Keys = { crypto: nodeCrypto, signer: nodeSigner };
const random = seededRandom(20_200_910);
export const handRegion = simulatedRegion;
export type HandDevice = SimulatedDevice;

export function deviceNamed(draft: Parameters<typeof newDevice>[2]): SimulatedDevice {
  return newDevice(random, keys, draft);
}

export const authority = deviceNamed({ site: "authority", device: "desk", type: "authority" });
export const centreOne = deviceNamed({ site: "centre-one", device: "anchor", type: "control-centre" });
export const centreTwo = deviceNamed({ site: "centre-two", device: "anchor", type: "control-centre" });
export const centreThree = deviceNamed({ site: "centre-three", device: "anchor", type: "control-centre" });
export const north = deviceNamed({ site: "north", type: "hospital", recipient: `age1${"q".repeat(58)}` });
export const east = deviceNamed({ site: "east", type: "hospital", recipient: `age1${"p".repeat(58)}` });
/** The charter lets others pull five entries a second from it: fifty at once, then as they come. */
export const slow = deviceNamed({ site: "slow", type: "hospital", entriesPerSecondMax: 5 });
/** A tablet of a hospital that has an anchor too. */
export const pocket = deviceNamed({ site: "east", device: "tablet", type: "hospital", role: "pocket" });
/** In no charter. */
export const stranger = deviceNamed({ site: "stranger", type: "hospital" });

const spare = deviceNamed({ site: "authority", device: "spare", type: "authority" });
export const wallStartMs = 1_599_775_200_000;
const enrolled = [centreOne, centreTwo, north, east, slow, pocket, centreThree];
export const charter = writeCharter(keys, authority, enrolled, formatVkey(spare.signer.vkey), wallStartMs);

export type Sent = { readonly connection: number; readonly packet: Packet; readonly bytes: Uint8Array };

export class HandHouse {
  readonly devices: readonly SimulatedDevice[];
  readonly store: MemoryStore;
  house: House;
  monoMs = 0;
  /** Larger: it slept, or its wall clock was set forward. */
  wallOverMonoMs = wallStartMs;
  sent: Sent[] = [];
  readonly closed = new Map<number, string>();
  readonly answers = new Map<number, SubmitAnswer>();
  readonly notes: string[] = [];
  /** The views that a pocket of ours was to show, oldest first. */
  readonly shown: ShownView[] = [];
  /** What the shell was asked to wrap; a test feeds `wrapped`. */
  readonly wraps: Extract<Effect, { readonly type: "wrap" }>[] = [];
  readonly commits: Commit[] = [];
  /** Whom the next start asks what they hold of our logs; undefined: nobody. */
  asks: readonly DeviceId[] | undefined = undefined;
  /** While true the disk finishes each commit at once, else when {@link finishCommit} is called. */
  quickDisk = true;
  /** While true catch-up packets and views leave at once, else when the test feeds `drained`. */
  quickNetwork = true;
  readonly #disk: (() => void)[] = [];
  readonly #inputs: Input[] = [];
  #lastNumber = 0;
  #isStepping = false;

  constructor(...devices: readonly SimulatedDevice[]) {
    this.devices = devices;
    this.store = new MemoryStore((write) => {
      if (this.quickDisk) write();
      else this.#disk.push(write);
    });
    importRun(this.store, charter, wallStartMs);
    this.house = this.#openHouse(1);
    // A control centre confirms the charter that lies in its store.
    this.monoMs -= receiptsTogetherMs;
    this.feed({ type: "wake" });
    this.monoMs += receiptsTogetherMs;
    this.feed({ type: "wake" });
    this.commits.length = 0;
  }

  get now(): Now {
    return { wallMs: this.wallOverMonoMs + this.monoMs, monoMs: this.monoMs };
  }

  feed(input: Input): void {
    this.#inputs.push(input);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      for (const effect of step(this.house, next, this.now)) this.#carryOut(effect);
    }
    this.#isStepping = false;
  }

  /** Lets time go by in ticks of a quarter of a second. */
  pass(forMs: number): void {
    for (let goneMs = 0; goneMs < forMs; goneMs += 250) {
      this.monoMs += 250;
      this.feed({ type: "wake" });
      this.feed({ type: "tick" });
    }
  }

  /** A connection that somebody dialed, or that a device of ours dialed. */
  open(dialed: { readonly hosted: DeviceId; readonly peer: DeviceId } | null, channel = "plain"): number {
    this.#lastNumber += 1;
    this.feed({ type: "opened", connection: this.#lastNumber, channel, dialed });
    return this.#lastNumber;
  }

  receive(connection: number, packet: Packet | Uint8Array): void {
    const bytes = packet instanceof Uint8Array ? packet : encodePacket(packet);
    this.feed({ type: "received", connection, bytes });
  }

  /** Returns the token of the answer. */
  submit(device: SimulatedDevice, kind: string, body: JsonObject, request?: string): number {
    this.#lastNumber += 1;
    const more = request === undefined ? {} : { request };
    const submission = { hosted: device.id, kind, by: "nurse#7", body, token: this.#lastNumber, ...more };
    this.feed({ type: "submit", submission });
    return this.#lastNumber;
  }

  /** The oldest commit under way ends. */
  finishCommit(): void {
    present(this.#disk.shift(), "a commit is under way")();
  }

  /** Packets sent on a connection, oldest first. */
  packetsTo<Type extends Packet["type"]>(
    connection: number,
    type: Type,
  ): readonly Extract<Packet, { readonly type: Type }>[] {
    return this.sent.flatMap(({ connection: to, packet }) =>
      to === connection && packet.type === type ? [packet as Extract<Packet, { readonly type: Type }>] : [],
    );
  }

  /** Makes the fold anew, as a shell does that is asked to. */
  refold(): void {
    const fresh = beginRefold(this.house);
    for (const { origin, range } of readValue(this.store.storedLogs())) {
      const log = logOf(this.house, origin).id;
      const entries = readValue(this.store.readLeafBytes(origin, 0, range.size));
      for (const [index, bytes] of entries.entries())
        refoldStored(this.house, fresh, log, index, bytes, wallStartMs);
    }
    assert(endRefold(this.house, fresh), "everything stored is folded");
  }

  /** The process ends, with its commits under way lost, and starts again. */
  restart(boot: number): void {
    this.store.crash();
    this.#disk.length = 0;
    this.house = this.#openHouse(boot);
  }

  #openHouse(boot: number): House {
    const house = newHouse({
      ports: { crypto: keys.crypto, randomBytes: random.bytes },
      region: simulatedRegion,
      authority: authority.signer.vkey,
      hosted: this.devices.map(({ id, site, device, signer, holder, role, ...drawn }) => {
        const epoch = readValue(this.store.readMeta(epochKey(id))) ?? drawn.epoch;
        const asks = this.asks === undefined ? {} : { asks: this.asks };
        return { site, device, epoch, signer, holder, boot, mobile: role === "mobile", ...asks };
      }),
      startMonoMs: this.monoMs,
    });
    replayAll(house, this.store, random);
    return house;
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "send":
        return this.#send(effect);
      case "close":
        this.closed.set(effect.connection, effect.reason);
        return;
      case "commit":
        return this.#commit(effect.commit);
      case "read-run": {
        const limits = { entriesMax: batchEntriesMax, bytesMax: catchUpBytesMax };
        const run = readValue(this.store.readRun(effect.origin, effect.from, limits)) ?? null;
        return this.feed({ type: "run-read", read: effect.read, run });
      }
      case "read-leaves": {
        const entries = readValue(this.store.readLeafBytes(effect.origin, effect.from, effect.to));
        return this.feed({ type: "leaves-read", read: effect.read, entries });
      }
      case "answer":
        this.answers.set(effect.token, effect.answer);
        return;
      case "note":
        this.notes.push(effect.code);
        return;
      case "wrap":
        this.wraps.push(effect);
        return;
      case "view":
        this.shown.push(effect.view);
        return;
      case "changed":
      case "refold":
        return;
    }
  }

  #send({ connection, bytes, catchUp, view }: Extract<Effect, { readonly type: "send" }>): void {
    const packet = decodePacket(bytes);
    assert(packet.ok, "a house sends packets");
    this.sent.push({ connection, packet: packet.value, bytes });
    if (!this.quickNetwork) return;
    if (catchUp) this.feed({ type: "drained", connection });
    if (view) this.feed({ type: "drained", connection, view });
  }

  #commit(commit: Commit): void {
    this.commits.push(commit);
    this.store.commit(commit, (result) => {
      if (result.ok) this.feed({ type: "committed", id: commit.id });
      else this.feed({ type: "commit-failed", id: commit.id, reason: result.error.code });
    });
  }
}

function readValue<T>(result: StoreResult<T>): T {
  assert(result.ok, "the simulated store can always be read");
  return result.value;
}
