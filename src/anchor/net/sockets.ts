import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { present } from "../../basics/assert.ts";
import { secondMs } from "../../basics/time.ts";
import { type Channel, helloWithinMs } from "../../exchange/hello.ts";
import { helloBytesMax, packetBytesMax } from "../../exchange/packet.ts";
import type { ConnectionId, Dialed, Input } from "../../site/effects.ts";
import type { Connections } from "../shell.ts";
import { channelOfDialed } from "./listener.ts";

/** Where a hosted device finds a peer. */
export type DialTarget = Dialed & {
  /** At least one; tried in turn. */
  readonly urls: readonly string[];
};

/** A peer that is dialed, and what stands or is under way to it: a connection, or the time until the next try. */
type Dialing = {
  target: DialTarget;
  /** False: it is dialed no more; what stands may stand until it breaks. */
  isWanted: boolean;
  way: WebSocket | NodeJS.Timeout | null;
};

export type SocketPorts = {
  readonly feed: (input: Input) => void;
  readonly note: (code: string, about: string) => void;
  /** A number from 0 to below 1, for the jitter of dialing. */
  readonly random: () => number;
};

export const exchangePath = "/exchange";
/** Silence means nothing before this: a listener behind a slow link may need it to answer. */
const connectWithinMs = 5 * secondMs;
const redialFirstMs = 250;
const redialMaxMs = 5 * secondMs;
/** A peer that takes nothing for so long that this much waits is no path; it is dialed again. */
const waitingBytesMax = 4 * packetBytesMax;

/** A hello in one WebSocket frame: its head of at most 14 bytes (RFC 6455, 5.2) and the packet. */
const helloFrameBytesMax = helloBytesMax + 14;

/** The WebSocket carrier: one binary message a packet. It knows nothing of what a packet says. */
export class Sockets implements Connections {
  readonly #ports: SocketPorts;
  readonly #open = new Map<ConnectionId, WebSocket>();
  readonly #duplexes = new Map<ConnectionId, Duplex>();
  readonly #corked = new Set<Duplex>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: packetBytesMax,
    perMessageDeflate: false,
  });
  #lastId = 0;
  #stopped = false;
  /** By `<hosted> <peer>`. */
  readonly #dialed = new Map<string, Dialing>();

  constructor(ports: SocketPorts) {
    this.#ports = ports;
  }

  /** Takes the upgrades of an HTTP server whose path is ours; others are refused. */
  listen(server: Server, channel: Channel): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.url !== exchangePath || this.#stopped) {
        socket.destroy();
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (webSocket) =>
        this.#adopt(webSocket, socket, channel, null),
      );
    });
  }

  /**
   * Dials for ever: with jitter, so that a whole region does not come back in one moment, at most every 5 s. Any
   * certificate will do, since the hello proves the key of whoever showed it. Of a peer that is dialed already, the
   * addresses are replaced: what stands or is under way stays, and the next try is made at the new ones.
   */
  dial(target: DialTarget): void {
    const known = this.#dialed.get(keyOf(target));
    if (known !== undefined) {
      known.target = target;
      known.isWanted = true;
      return;
    }
    const dialing: Dialing = { target, isWanted: true, way: null };
    this.#dialed.set(keyOf(target), dialing);
    this.#dial(dialing, 0, 0);
  }

  /** Ends what {@link dial} began, but not a connection that stands: it is only not dialed again. */
  undial(dialed: Dialed): void {
    const dialing = this.#dialed.get(keyOf(dialed));
    if (dialing === undefined) return;
    dialing.isWanted = false;
    if (dialing.way instanceof WebSocket && dialing.way.readyState === WebSocket.OPEN) return;
    this.#dialed.delete(keyOf(dialed));
    end(dialing.way);
  }

  /**
   * @param attempt how often in a row it has failed
   * @param place which of the addresses is tried, counted on for ever
   */
  #dial(dialing: Dialing, attempt: number, place: number): void {
    if (this.#stopped) return;
    const { target } = dialing;
    const url = present(target.urls[place % target.urls.length], "a target has an address");
    const webSocket = new WebSocket(url, {
      maxPayload: packetBytesMax,
      perMessageDeflate: false,
      handshakeTimeout: connectWithinMs,
      rejectUnauthorized: false,
    });
    dialing.way = webSocket;
    let openedMs = Number.POSITIVE_INFINITY;
    let upgraded: { readonly duplex: Duplex; readonly channel: Channel | null } | null = null;
    webSocket.once("upgrade", ({ socket }) => {
      upgraded = { duplex: socket, channel: channelOfDialed(socket) };
    });
    webSocket.once("open", () => {
      openedMs = performance.now();
      if (upgraded?.channel == null) webSocket.terminate();
      else this.#adopt(webSocket, upgraded.duplex, upgraded.channel, target);
    });
    webSocket.on("error", () => undefined);
    webSocket.once("close", () => {
      if (this.#dialed.get(keyOf(target)) !== dialing) return;
      if (!dialing.isWanted) {
        this.#dialed.delete(keyOf(target));
        return;
      }
      const next = nextTry(attempt, place, performance.now() - openedMs);
      this.#redial(dialing, next.attempt, next.place);
    });
  }

  send(connection: ConnectionId, bytes: Uint8Array, sent: (() => void) | null): void {
    const webSocket = this.#open.get(connection);
    if (webSocket === undefined || webSocket.readyState !== WebSocket.OPEN) return;
    if (webSocket.bufferedAmount > waitingBytesMax) {
      this.#ports.note("peer-takes-nothing", String(connection));
      webSocket.terminate();
      return;
    }
    this.#gather(connection);
    webSocket.send(bytes, (error) => {
      if (error === undefined || error === null) sent?.();
    });
  }

  close(connection: ConnectionId, reason: string): void {
    this.#ports.note("closed", reason);
    // A peer that no longer answers would not answer the closing either.
    this.#open.get(connection)?.terminate();
  }

  stop(): void {
    this.#stopped = true;
    for (const { way } of this.#dialed.values()) end(way);
    for (const webSocket of this.#open.values()) webSocket.terminate();
    this.#server.close();
  }

  /** What one input makes us send to a peer leaves in one write: of a control centre's work the writes are a fifth. */
  #gather(connection: ConnectionId): void {
    const duplex = this.#duplexes.get(connection);
    if (duplex === undefined || this.#corked.has(duplex)) return;
    if (this.#corked.size === 0) process.nextTick(() => this.#letGo());
    this.#corked.add(duplex);
    duplex.cork();
  }

  #letGo(): void {
    for (const duplex of this.#corked) duplex.uncork();
    this.#corked.clear();
  }

  #adopt(webSocket: WebSocket, duplex: Duplex, channel: Channel, target: DialTarget | null): void {
    this.#lastId += 1;
    const connection = this.#lastId;
    this.#open.set(connection, webSocket);
    this.#duplexes.set(connection, duplex);
    webSocket.binaryType = "nodebuffer";
    webSocket.on("error", () => undefined);
    this.#endBeyondHello(webSocket, duplex);
    webSocket.on("message", (data: Buffer, isBinary: boolean) => this.#receive(connection, data, isBinary));
    webSocket.once("close", () => {
      this.#open.delete(connection);
      this.#duplexes.delete(connection);
      this.#feed(connection, { type: "closed", connection });
    });
    const dialed: Dialed | null = target === null ? null : { hosted: target.hosted, peer: target.peer };
    this.#feed(connection, { type: "opened", connection, channel, dialed });
  }

  /** Nobody has said who it is yet: of a first message no more is taken in than a hello is long. */
  #endBeyondHello(webSocket: WebSocket, duplex: Duplex): void {
    let bytes = 0;
    let isWhole = false;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (isWhole || bytes <= helloFrameBytesMax) return;
      this.#ports.note("closed", "first-message-too-long");
      webSocket.terminate();
    };
    duplex.on("data", count);
    webSocket.once("message", () => {
      // This chunk still comes to `count`, with what may follow the message in it.
      isWhole = true;
      duplex.off("data", count);
    });
  }

  #receive(connection: ConnectionId, data: Buffer, isBinary: boolean): void {
    if (!isBinary) return this.close(connection, "text-message");
    this.#feed(connection, { type: "received", connection, bytes: data });
  }

  /** Nothing that a peer sends may reach further than its own connection. */
  #feed(connection: ConnectionId, input: Input): void {
    try {
      this.#ports.feed(input);
    } catch (error) {
      this.#ports.note("handler-threw", String(error));
      this.#open.get(connection)?.terminate();
    }
  }

  #redial(dialing: Dialing, attempt: number, place: number): void {
    if (this.#stopped) return;
    const longestMs = Math.min(redialMaxMs, redialFirstMs * 2 ** Math.min(attempt, 10));
    dialing.way = setTimeout(
      () => this.#dial(dialing, attempt, place),
      longestMs * (0.5 + this.#ports.random() / 2),
    );
  }
}

function keyOf({ hosted, peer }: Dialed): string {
  return `${hosted} ${peer}`;
}

function end(way: Dialing["way"]): void {
  if (way instanceof WebSocket) way.terminate();
  else if (way !== null) clearTimeout(way);
}

/** A line that passes a hello and then swallows what is sent is ended by silence before this (an ambulance's after 75 s). */
const placeWorksAfterMs = 120_000;

/**
 * Which try follows one that was open for `openMs` (negative: never). Who lets us in and refuses our hello is not asked
 * more often than who is not there; an address is kept where it carried a connection for two minutes.
 */
export function nextTry(
  attempt: number,
  place: number,
  openMs: number,
): { readonly attempt: number; readonly place: number } {
  return {
    attempt: openMs > helloWithinMs ? 1 : attempt + 1,
    place: openMs > placeWorksAfterMs ? place : place + 1,
  };
}
