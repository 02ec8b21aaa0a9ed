import { createServer, type Server } from "node:http";
import { exchangePath, Sockets } from "../../src/anchor/net/sockets.ts";
import type { Name } from "../../src/basics/name.ts";
import type { Now } from "../../src/basics/time.ts";
import { plainChannel } from "../../src/exchange/hello.ts";
import { type Founded, foundedDevice } from "../support/founded.ts";
import { fastClock, ShellNode } from "../support/shells.ts";

const host = "127.0.0.1";

/** A shell with a real store whose peers come over real WebSockets on loopback. */
export class SocketNode extends ShellNode {
  readonly sockets: Sockets;
  readonly #server: Server = createServer();

  constructor(founded: Founded, site: Name) {
    super(founded, site);
    this.sockets = new Sockets({
      feed: (input) => this.shell.feed(input),
      note: (code, about) => this.notes.push(`${code} ${about}`),
      random: Math.random,
    });
  }

  override async start(clock: () => Now = fastClock): Promise<this> {
    await super.start(clock);
    this.sockets.listen(this.#server, plainChannel);
    await new Promise<void>((resolve) => this.#server.listen(0, host, resolve));
    return this;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Dials for ever, at the peer's own port or at a proxy before it. */
  dialAt(peer: Name, port: number): void {
    const url = `ws://${host}:${port}${exchangePath}`;
    this.sockets.dial({ hosted: this.id, peer: `${peer}/${foundedDevice}`, urls: [url] });
  }

  override send(connection: number, bytes: Uint8Array, sent: (() => void) | null): void {
    this.sockets.send(connection, bytes, sent);
  }

  override close(connection: number): void {
    this.sockets.close(connection, "by the house");
  }

  override async stop(): Promise<void> {
    this.sockets.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await super.stop();
  }
}
