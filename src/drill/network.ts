import { assert, present } from "../basics/assert.ts";
import type { DeviceId } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { secondMs } from "../basics/time.ts";
import { plainChannel } from "../exchange/hello.ts";
import { isPacketOf } from "../exchange/packet.ts";
import type { ConnectionId, Input } from "../site/effects.ts";
import type { FaultCounts } from "./faults.ts";
import { readPacket } from "./read-packets.ts";
import type { Timeline } from "./timeline.ts";

type CutKind = "partition" | "one-way-partition" | "asymmetric-partition";

/** One process as the network sees it. */
export type Host = {
  readonly name: string;
  /** False while nothing of it runs; a stalled process still accepts. */
  readonly up: boolean;
  readonly feed: (input: Input) => void;
};

/**
 * How packets go from one process to another. Shares are drawn once in so many packets; 0: never. A stream loses and
 * turns round nothing, as TCP, where what was lost comes late and everything behind it later still; any other
 * carrier may.
 */
export type LinkWeather = {
  readonly latencyMs: number;
  readonly jitterMs: number;
  readonly spikeOneIn: number;
  /** How long a spike lasts at most, ms. */
  readonly spikeMaxMs: number;
  /** How often a segment of a stream is lost and sent again after a while that doubles each time. */
  readonly resentOneIn: number;
  readonly lossOneIn: number;
  readonly duplicationOneIn: number;
  readonly reorderingOneIn: number;
  readonly damageOneIn: number;
};

type End = { readonly host: Host; readonly id: ConnectionId; open: boolean };

/** One direction of a connection. */
type Pipe = {
  readonly from: End;
  readonly to: End;
  readonly weather: LinkWeather;
  /** Nothing on a stream arrives before this; on other carriers only hellos are held to it. */
  notBeforeMs: number;
  /** When all that a clogged path has taken on is through. */
  clearMs: number;
  /** What came while the path was cut, on a stream. */
  readonly held: (() => void)[];
};

type Clog = { readonly bytesPerS: number; readonly untilMs: number };

type Connection = {
  readonly dialer: End;
  readonly listener: End;
  readonly target: DialTarget;
  /** How often it had been dialed in vain before, and when it opened. */
  readonly attempt: number;
  readonly openedMs: number;
  readonly out: Pipe;
  readonly back: Pipe;
};

/** Whom a hosted device dials, again and again while it is wanted: as long as this start of its process lasts. */
export type DialTarget = {
  readonly hosted: DeviceId;
  readonly peer: DeviceId;
  readonly isWanted: () => boolean;
};

const redialFirstMs = 250;
const redialMaxMs = 5 * secondMs;
const connectWithinMs = 5 * secondMs;
const reorderedByMaxMs = 400;
const resendAfterCutMaxMs = 2 * secondMs;
/** The shortest time after which TCP sends again (Linux: 200 ms), and how often it doubles before this gives up. */
const resendAfterMs = 200;
const resendsMax = 6;

/** Every path between the processes, with its weather, its cuts and its stalls. */
export class Network {
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #counts: FaultCounts;
  readonly #weather: (from: Host, to: Host) => LinkWeather;
  readonly #hosts = new Map<DeviceId, Host>();
  /** By the number of either end; a number is never used twice in a world. */
  readonly #connections = new Map<ConnectionId, Connection>();
  /** `from>to` of processes between which nothing passes. */
  readonly #cuts = new Set<string>();
  /** Machines that nothing reaches or leaves. */
  readonly #isolated = new Set<Host>();
  readonly #clogs = new Map<string, Clog>();
  #cutKind: CutKind = "partition";
  #isCalm = false;
  #lastId = 0;

  constructor(
    timeline: Timeline,
    random: Random,
    counts: FaultCounts,
    weather: (from: Host, to: Host) => LinkWeather,
  ) {
    this.#timeline = timeline;
    this.#random = random;
    this.#counts = counts;
    this.#weather = weather;
  }

  place(device: DeviceId, host: Host): void {
    this.#hosts.set(device, host);
  }

  /** Dials until it succeeds or is not wanted any more, and again when the connection ends. */
  dial(host: Host, target: DialTarget, attempt = 0): void {
    if (!target.isWanted()) return;
    const peer = present(this.#hosts.get(target.peer), "whoever is dialed has a place");
    const tripMs = this.#weather(host, peer).latencyMs + this.#weather(peer, host).latencyMs;
    if (this.isCut(host, peer) || this.isCut(peer, host)) {
      this.#countCut();
      this.#timeline.after(connectWithinMs, () => this.#redial(host, target, attempt + 1));
      return;
    }
    this.#timeline.after(tripMs, () => {
      if (target.isWanted() && peer.up) this.#connect(host, peer, target, attempt);
      else this.#redial(host, target, attempt + 1);
    });
  }

  send(id: ConnectionId, bytes: Uint8Array, sent: (() => void) | null): void {
    const pipe = this.#pipeFrom(id);
    if (pipe === undefined) return;
    if (sent !== null) this.#timeline.after(1 + this.#random.below(20), sent);
    if (isPacketOf("hello", bytes) || isStream(pipe.weather) || this.#isCalm)
      return this.#transmit(pipe, bytes);
    if (this.#happens("loss", pipe.weather.lossOneIn)) return;
    if (this.#happens("duplication", pipe.weather.duplicationOneIn)) this.#transmit(pipe, bytes);
    this.#transmit(pipe, this.#damaged(pipe, bytes));
  }

  /** One side ends a connection; the other one is told when word of it arrives. */
  close(id: ConnectionId): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    const isDialer = connection.dialer.id === id;
    this.#timeline.after(0, () => this.#end(connection, isDialer ? connection.dialer : connection.listener));
    this.#tellEnd(connection, isDialer ? connection.out : connection.back);
  }

  /** A process died: its side knows nothing any more, the others hear of it. */
  drop(host: Host): void {
    for (const connection of new Set(this.#connections.values())) {
      for (const pipe of [connection.out, connection.back]) {
        if (pipe.from.host !== host) continue;
        pipe.from.open = false;
        this.#tellEnd(connection, pipe);
      }
    }
  }

  /** Breaks a drawn connection in the middle. Returns whether there was one. */
  reset(): boolean {
    const connection = this.#drawOpen();
    if (connection === null) return false;
    this.#tellEnd(connection, connection.out);
    this.#tellEnd(connection, connection.back);
    return true;
  }

  /** Holds everything back on a drawn connection for a while, as a stalled stream does. */
  stall(forMs: number): boolean {
    const connection = this.#drawOpen();
    if (connection === null) return false;
    const untilMs = this.#timeline.nowMs + forMs;
    for (const pipe of [connection.out, connection.back]) {
      pipe.notBeforeMs = Math.max(pipe.notBeforeMs, untilMs);
    }
    return true;
  }

  /**
   * For a while the path under a drawn connection carries so many bytes a second, what is more waits its turn: one way,
   * or both. Returns whether there was one.
   */
  clog(bytesPerS: number, forMs: number, isBothWays: boolean): boolean {
    const connection = this.#drawOpen();
    if (connection === null) return false;
    const { out, back } = connection;
    const untilMs = this.#timeline.nowMs + forMs;
    for (const { from, to } of isBothWays ? [out, back] : [out])
      this.#clogs.set(pathName(from.host, to.host), { bytesPerS, untilMs });
    return true;
  }

  /** @param cause under which name what runs into a cut is counted */
  cut(from: Host, to: Host, cause: CutKind): void {
    this.#cuts.add(pathName(from, to));
    this.#cutKind = cause;
  }

  isCut(from: Host, to: Host): boolean {
    if (this.#isolated.has(from) || this.#isolated.has(to)) return true;
    return this.#cuts.size > 0 && this.#cuts.has(pathName(from, to));
  }

  isolate(host: Host): void {
    this.#isolated.add(host);
  }

  rejoin(host: Host): void {
    this.#isolated.delete(host);
    this.#releaseAll();
  }

  /** Ends every cut: streams send again what was held. */
  heal(): void {
    this.#cuts.clear();
    this.#releaseAll();
  }

  /** No cut, no loss, no disorder from now on. */
  calm(): void {
    this.#isCalm = true;
    this.#clogs.clear();
    this.#isolated.clear();
    this.heal();
  }

  #connect(host: Host, peer: Host, target: DialTarget, attempt: number): void {
    const dialer = this.#newEnd(host);
    const listener = this.#newEnd(peer);
    const out = newPipe(dialer, listener, this.#weather(host, peer));
    const back = newPipe(listener, dialer, this.#weather(peer, host));
    const openedMs = this.#timeline.nowMs;
    const connection: Connection = { dialer, listener, target, attempt, openedMs, out, back };
    this.#connections.set(dialer.id, connection).set(listener.id, connection);
    const dialed = { hosted: target.hosted, peer: target.peer };
    peer.feed({ type: "opened", connection: listener.id, channel: plainChannel, dialed: null });
    host.feed({ type: "opened", connection: dialer.id, channel: plainChannel, dialed });
  }

  #newEnd(host: Host): End {
    this.#lastId += 1;
    return { host, id: this.#lastId, open: true };
  }

  #redial(host: Host, target: DialTarget, attempt: number): void {
    const longestMs = Math.min(redialMaxMs, redialFirstMs * 2 ** Math.min(attempt, 10));
    const delayMs = longestMs / 2 + this.#random.below(longestMs / 2);
    this.#timeline.after(delayMs, () => this.dial(host, target, attempt));
  }

  #drawOpen(): Connection | null {
    const open = [...new Set(this.#connections.values())].filter(
      ({ dialer, listener }) => dialer.open && listener.open,
    );
    return open.length === 0 ? null : this.#random.pick(open);
  }

  #transmit(pipe: Pipe, bytes: Uint8Array): void {
    const { nowMs } = this.#timeline;
    const tripMs = pipe.weather.latencyMs + this.#random.below(pipe.weather.jitterMs + 1);
    const arrivesMs = Math.max(nowMs + tripMs + this.#lateByMs(pipe), this.#clearedMs(pipe, bytes) + tripMs);
    const inOrderMs = Math.max(arrivesMs, pipe.notBeforeMs);
    const isReordered = this.#isReordered(pipe, bytes);
    if (!isReordered) pipe.notBeforeMs = inOrderMs;
    const atMs = isReordered ? inOrderMs + 1 + this.#random.below(reorderedByMaxMs) : inOrderMs;
    this.#timeline.after(atMs - nowMs, () => this.#arrive(pipe, bytes));
  }

  #lateByMs({ weather }: Pipe): number {
    if (this.#isCalm) return 0;
    let lateMs = 0;
    if (this.#happens("delay-spike", weather.spikeOneIn)) lateMs += this.#random.below(weather.spikeMaxMs);
    for (let resends = 0; resends < resendsMax && weather.resentOneIn > 0; resends += 1) {
      if (!this.#random.oneIn(weather.resentOneIn)) break;
      lateMs += resendAfterMs * 2 ** resends;
    }
    return lateMs;
  }

  /** When a clogged path has taken these bytes; now, if it is not clogged. */
  #clearedMs(pipe: Pipe, bytes: Uint8Array): number {
    const { nowMs } = this.#timeline;
    if (this.#clogs.size === 0) return nowMs;
    const clog = this.#clogs.get(pathName(pipe.from.host, pipe.to.host));
    if (clog === undefined || clog.untilMs < nowMs) return nowMs;
    const takenMs = Math.max(pipe.clearMs, nowMs) + (bytes.length * secondMs) / clog.bytesPerS;
    // When it is clear again, all that waits is through at once.
    pipe.clearMs = Math.min(takenMs, clog.untilMs);
    // What waits for nobody is not clogged.
    if (pipe.clearMs > nowMs + secondMs) this.#counts.add("clogging");
    return pipe.clearMs;
  }

  #countCut(): void {
    if (this.#cuts.size > 0) this.#counts.add(this.#cutKind);
  }

  #isReordered(pipe: Pipe, bytes: Uint8Array): boolean {
    if (isStream(pipe.weather) || this.#isCalm || isPacketOf("hello", bytes)) return false;
    return this.#happens("reordering", pipe.weather.reorderingOneIn);
  }

  #arrive(pipe: Pipe, bytes: Uint8Array): void {
    const take = (): void => {
      const { host, id, open } = pipe.to;
      if (open) host.feed({ type: "received", connection: id, bytes, packet: readPacket(bytes) });
    };
    if (!this.isCut(pipe.from.host, pipe.to.host) && pipe.held.length === 0) return take();
    this.#countCut();
    if (isStream(pipe.weather) || isPacketOf("hello", bytes)) pipe.held.push(take);
  }

  #releaseAll(): void {
    for (const { out, back } of this.#connections.values()) {
      for (const pipe of [out, back]) this.#release(pipe);
    }
  }

  #release(pipe: Pipe): void {
    if (pipe.held.length === 0) return;
    this.#timeline.after(this.#random.below(resendAfterCutMaxMs), () => {
      if (this.isCut(pipe.from.host, pipe.to.host)) return;
      for (const take of pipe.held.splice(0)) take();
    });
  }

  /** Word of the end travels behind what was sent before, and waits where the path is cut. */
  #tellEnd(connection: Connection, pipe: Pipe): void {
    const end = (): void => this.#end(connection, pipe.to);
    const delayMs = Math.max(pipe.notBeforeMs - this.#timeline.nowMs, pipe.weather.latencyMs);
    this.#timeline.after(delayMs, () => {
      if (this.isCut(pipe.from.host, pipe.to.host) || pipe.held.length > 0) pipe.held.push(end);
      else end();
    });
  }

  #end(connection: Connection, end: End): void {
    if (!end.open) return;
    end.open = false;
    this.#connections.delete(end.id);
    end.host.feed({ type: "closed", connection: end.id });
    if (end !== connection.dialer) return;
    // Who refuses is not asked more often than who is not there.
    const hasStood = this.#timeline.nowMs - connection.openedMs > connectWithinMs;
    this.#redial(end.host, connection.target, hasStood ? 1 : connection.attempt + 1);
  }

  #damaged(pipe: Pipe, bytes: Uint8Array): Uint8Array {
    // Carriers check their own bytes; what signs itself must bear it even so.
    const isSelfProving = isPacketOf("entries", bytes) || isPacketOf("receipt", bytes);
    if (!isSelfProving || !this.#happens("damage", pipe.weather.damageOneIn)) return bytes;
    const damaged = bytes.slice();
    const at = this.#random.below(damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << this.#random.below(8));
    return damaged;
  }

  #happens(fault: "loss" | "duplication" | "reordering" | "damage" | "delay-spike", oneIn: number): boolean {
    if (oneIn === 0) return false;
    // The first that can be hit is hit: a world in which a drawn fault never happens shows nothing.
    if (this.#counts.of(fault) > 0 && !this.#random.oneIn(oneIn)) return false;
    this.#counts.add(fault);
    return true;
  }

  #pipeFrom(id: ConnectionId): Pipe | undefined {
    const connection = this.#connections.get(id);
    if (connection === undefined) return undefined;
    const pipe = connection.dialer.id === id ? connection.out : connection.back;
    assert(pipe.from.id === id, "a pipe begins at its own end");
    return pipe.from.open ? pipe : undefined;
  }
}

function newPipe(from: End, to: End, weather: LinkWeather): Pipe {
  return { from, to, weather, notBeforeMs: 0, clearMs: 0, held: [] };
}

function isStream(weather: LinkWeather): boolean {
  return weather.lossOneIn + weather.duplicationOneIn + weather.reorderingOneIn + weather.damageOneIn === 0;
}

function pathName(from: Host, to: Host): string {
  return `${from.name}>${to.name}`;
}
