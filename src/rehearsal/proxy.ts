import { connect, createServer, type Server, type Socket } from "node:net";
import { host } from "./setup.ts";

/** What of a link is damaged: everything, or only what one end sends. */
export type Cut = "both" | "from-dialer" | "from-listener";

type Pair = {
  readonly dialer: Socket;
  /** Null as long as the listener was not reached. */
  listener: Socket | null;
  /** Bytes or the end of one side were swallowed: what would follow makes no sense to the other side. */
  broken: boolean;
};

/**
 * One way between two processes that can be damaged as networks are: bytes vanish in one or both directions while
 * every socket stays open, or everything stands still for a while and then goes on.
 */
export class LinkProxy {
  readonly #targetPort: number;
  readonly #pairs = new Set<Pair>();
  readonly #server: Server;
  #cut: Cut | null = null;
  #paused: Cut | null = null;

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer({ pauseOnConnect: true }, (socket) => this.#accept(socket));
  }

  /**
   * The port at which the listener is dialed from now on.
   * @param port 0: any that is free
   */
  listen(port = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        if (typeof address === "object" && address !== null) resolve(address.port);
      });
    });
  }

  /** From now on bytes vanish. Nobody is told: sockets stay open, new ones are taken and lead nowhere. */
  cut(cut: Cut): void {
    this.#cut = cut;
  }

  /** Nothing moves, or nothing that one end sends, and nothing is lost until {@link restore}. */
  pause(what: Cut = "both"): void {
    this.#paused = what;
    for (const pair of this.#pairs) this.#settle(pair);
  }

  /** The way is whole again. Connections of which bytes are missing end, as after a long outage. */
  restore(): void {
    this.#cut = null;
    this.#paused = null;
    for (const pair of [...this.#pairs]) {
      if (pair.broken) this.#end(pair);
      else this.#settle(pair);
    }
  }

  close(): void {
    this.#server.close();
    for (const pair of [...this.#pairs]) this.#end(pair);
  }

  #accept(dialer: Socket): void {
    const pair: Pair = { dialer, listener: null, broken: false };
    this.#pairs.add(pair);
    this.#attach(pair, dialer, "from-dialer");
    if (this.#cut !== null) {
      // A connection needs both directions to come about.
      pair.broken = true;
      dialer.resume();
    } else this.#settle(pair);
  }

  /** Lets flow what may flow now. A connection that stands still in both directions does not come about. */
  #settle(pair: Pair): void {
    if (pair.listener === null) {
      if (this.#paused !== "both" && this.#cut === null) this.#reach(pair);
      return;
    }
    this.#flow(pair.dialer, "from-dialer");
    this.#flow(pair.listener, "from-listener");
  }

  #flow(socket: Socket, from: Exclude<Cut, "both">): void {
    if (this.#isPaused(from)) socket.pause();
    else socket.resume();
  }

  #reach(pair: Pair): void {
    const listener = connect(this.#targetPort, host);
    pair.listener = listener;
    this.#attach(pair, listener, "from-listener");
    this.#settle(pair);
  }

  #attach(pair: Pair, socket: Socket, from: Exclude<Cut, "both">): void {
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => this.#pass(pair, socket, from, bytes));
    socket.once("close", () => {
      if (this.#isCut(from)) pair.broken = true;
      else this.#end(pair);
    });
  }

  #pass(pair: Pair, socket: Socket, from: Exclude<Cut, "both">, bytes: Buffer): void {
    const other = from === "from-dialer" ? pair.listener : pair.dialer;
    if (this.#isCut(from) || other === null) {
      pair.broken = true;
      return;
    }
    if (other.write(bytes)) return;
    socket.pause();
    other.once("drain", () => {
      if (!this.#isPaused(from)) socket.resume();
    });
  }

  #isPaused(from: Exclude<Cut, "both">): boolean {
    return this.#paused === "both" || this.#paused === from;
  }

  #isCut(from: Exclude<Cut, "both">): boolean {
    return this.#cut === "both" || this.#cut === from;
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.dialer.destroy();
    pair.listener?.destroy();
  }
}
