import { connect, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { pause, until } from "../../../test/support/shells.ts";
import { present } from "../../basics/assert.ts";
import { helloBytesMax, packetBytesMax } from "../../exchange/packet.ts";
import type { Input } from "../../site/effects.ts";
import { type Listener, openListener } from "./listener.ts";
import { exchangePath, nextTry, Sockets } from "./sockets.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const end of ends.splice(0)) end();
});

const [hosted, peer] = ["ukd/box", "centre/box"];

type Side = { readonly sockets: Sockets; readonly inputs: Input[]; readonly notes: string[] };

function side(onInput: (input: Input) => void = () => undefined, random = () => 0): Side {
  const [inputs, notes]: [Input[], string[]] = [[], []];
  const sockets = new Sockets({
    feed: (input) => {
      inputs.push(input);
      onInput(input);
    },
    note: (code, about) => notes.push(`${code} ${about}`),
    random,
  });
  ends.push(() => sockets.stop());
  return { sockets, inputs, notes };
}

async function listening(own: Side): Promise<Listener> {
  const listener = await openListener("", { host: "127.0.0.1", port: 0 });
  if (!listener.ok) throw new Error(listener.error);
  own.sockets.listen(listener.value.server, listener.value.channel);
  ends.push(() => {
    listener.value.server.closeAllConnections();
    listener.value.server.close();
  });
  return listener.value;
}

function urlOf({ port }: Listener): string {
  return `ws://127.0.0.1:${port}${exchangePath}`;
}

/** A peer of our making at a listener. */
async function stranger(listener: Listener): Promise<WebSocket> {
  const socket = new WebSocket(urlOf(listener));
  socket.on("error", () => undefined);
  ends.push(() => socket.terminate());
  await new Promise((resolve) => socket.once("open", resolve));
  return socket;
}

function received({ inputs }: Side): Uint8Array[] {
  return inputs.flatMap((input) => (input.type === "received" ? [new Uint8Array(input.bytes)] : []));
}

function types({ inputs }: Side): string[] {
  return inputs.map(({ type }) => type);
}

describe("[SOCKET1] one binary message is one packet", () => {
  test("both ways, and both sides know the channel", async () => {
    const [server, client] = [side(), side()];
    const listener = await listening(server);
    client.sockets.dial({ hosted, peer, urls: [urlOf(listener)] });
    await until(() => client.inputs.length === 1 && server.inputs.length === 1, "both are told");
    expect(server.inputs).toEqual([{ type: "opened", connection: 1, channel: "plain", dialed: null }]);
    expect(client.inputs).toEqual([
      { type: "opened", connection: 1, channel: "plain", dialed: { hosted, peer } },
    ]);
    const sent = vi.fn();
    client.sockets.send(1, Uint8Array.of(1, 2), sent);
    server.sockets.send(1, Uint8Array.of(3), null);
    await until(() => received(server).length === 1 && received(client).length === 1, "both arrive");
    expect([received(server), received(client)]).toEqual([[Uint8Array.of(1, 2)], [Uint8Array.of(3)]]);
    await until(() => sent.mock.calls.length === 1, "the sender is told that it has left");
    server.sockets.close(1, "test");
    await until(() => types(client).includes("closed"), "the other side sees the end");
    expect(types(server)).toEqual(["opened", "received", "closed"]);
    // What goes to a connection that has ended goes nowhere.
    client.sockets.send(1, Uint8Array.of(1), sent);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  test("only under its path", async () => {
    const server = side();
    const listener = await listening(server);
    const socket = new WebSocket(`ws://127.0.0.1:${listener.port}/other`);
    await new Promise((resolve) => socket.once("error", resolve));
    expect(server.inputs).toEqual([]);
  });
});

describe("[SOCKET2] what a peer sends reaches no further than its connection", () => {
  test("a text message ends it", async () => {
    const server = side();
    const socket = await stranger(await listening(server));
    socket.send("hello");
    await until(() => types(server).includes("closed"), "it is closed");
    expect(types(server)).toEqual(["opened", "closed"]);
    expect(server.notes).toEqual(["closed text-message"]);
  });

  test("a message of 1 MiB passes, a longer one ends it", async () => {
    const server = side();
    const socket = await stranger(await listening(server));
    socket.send(new Uint8Array(helloBytesMax));
    socket.send(new Uint8Array(packetBytesMax));
    await until(() => received(server).length === 2, "it arrives");
    expect(received(server).map(({ length }) => length)).toEqual([helloBytesMax, packetBytesMax]);
    socket.send(new Uint8Array(packetBytesMax + 1));
    await until(() => types(server).includes("closed"), "it is closed");
    expect(received(server)).toHaveLength(2);
  });

  test("a first message that grows longer than a hello ends it before it is whole", async () => {
    const server = side();
    const socket = await stranger(await listening(server));
    const raw = present((socket as unknown as { _socket: Socket })._socket, "its socket");
    // A binary frame of 1 MiB by its head, masked by zeros; of its bytes as many as a hello may have, then one more.
    const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0]);
    raw.write(Buffer.concat([head, Buffer.alloc(helloBytesMax)]));
    await pause(50);
    expect(types(server)).toEqual(["opened"]);
    raw.write(Buffer.alloc(1));
    await until(() => types(server).includes("closed"), "it is closed");
    expect(server.notes).toEqual(["closed first-message-too-long"]);
    expect(received(server)).toEqual([]);
  });

  test("bytes that are no WebSocket end it", async () => {
    const server = side();
    const listener = await listening(server);
    const socket = await stranger(listener);
    const raw = present((socket as unknown as { _socket: Socket })._socket, "its socket");
    raw.write(Buffer.alloc(100, 0xff));
    await until(() => types(server).includes("closed"), "it is closed");
    // And another is let in.
    await stranger(listener);
    await until(
      () => types(server).filter((type) => type === "opened").length === 2,
      "the next one is let in",
    );
  });

  test("a handler that throws hurts only its own connection", async () => {
    const server = side((input) => {
      if (input.type === "received" && input.bytes[0] === 13) throw new Error("a bug of ours");
    });
    const listener = await listening(server);
    const [bad, good] = [await stranger(listener), await stranger(listener)];
    bad.send(Uint8Array.of(13));
    await until(() => types(server).includes("closed"), "it is closed");
    expect(server.notes).toEqual(["handler-threw Error: a bug of ours"]);
    good.send(Uint8Array.of(1));
    await until(() => received(server).length === 2, "the other one goes on");
    expect(good.readyState).toBe(WebSocket.OPEN);
  });

  test("a peer that takes nothing is let go before it fills our memory", async () => {
    const server = side();
    const socket = await stranger(await listening(server));
    await until(() => server.inputs.length === 1, "it is let in");
    present((socket as unknown as { _socket: Socket })._socket, "its socket").pause();
    for (let sent = 0; sent < 64 && server.notes.length === 0; sent += 1) {
      server.sockets.send(1, new Uint8Array(packetBytesMax), null);
      await pause(1);
    }
    expect(server.notes).toEqual(["peer-takes-nothing 1"]);
    await until(() => types(server).includes("closed"), "it is closed");
  });

  test("a half-open peer, which never finishes its handshake, is nothing to the core", async () => {
    const server = side();
    const { port } = await listening(server);
    const raw = connect(port, "127.0.0.1");
    ends.push(() => raw.destroy());
    raw.write("GET /exchange HTTP/1.1\r\nUpgrade: websocket\r\n");
    await pause(50);
    expect(server.inputs).toEqual([]);
  });
});

describe("[SOCKET3] dialing for ever, at most every 5 s", () => {
  test("the next address after one that is not there, refuses, or swallows what comes after the hello; the same after one that worked", () => {
    expect(nextTry(3, 1, Number.NEGATIVE_INFINITY)).toEqual({ attempt: 4, place: 2 });
    expect(nextTry(3, 1, 1_000)).toEqual({ attempt: 4, place: 2 });
    expect(nextTry(3, 1, 80_000)).toEqual({ attempt: 1, place: 2 });
    expect(nextTry(3, 1, 130_000)).toEqual({ attempt: 1, place: 1 });
  });

  /** Dials, where nobody is if nothing else is said, without waiting, and returns the pauses that it would have made. */
  async function pausesOf(
    random: () => number,
    tries: number,
    url = "ws://127.0.0.1:1/exchange",
  ): Promise<number[]> {
    const client = side(undefined, random);
    const pauses: number[] = [];
    const realTimeout = setTimeout;
    vi.spyOn(globalThis, "setTimeout").mockImplementation(((run: () => void, ms?: number) => {
      const isRedial = new Error().stack?.includes("#redial") ?? false;
      if (!isRedial) return realTimeout(run, ms);
      pauses.push(ms ?? 0);
      return realTimeout(run, 0);
    }) as typeof setTimeout);
    client.sockets.dial({ hosted, peer, urls: [url] });
    await until(() => pauses.length >= tries, "enough tries");
    client.sockets.stop();
    return pauses.slice(0, tries);
  }

  test("pauses double from half a second to five", async () => {
    expect(await pausesOf(() => 1, 7)).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
  });

  test("with jitter: down to half of that", async () => {
    expect(await pausesOf(() => 0, 7)).toEqual([250, 500, 1_000, 2_000, 2_500, 2_500, 2_500]);
  });

  test("whoever lets us in and throws us out at once is not asked more often than who is not there", async () => {
    const server = side((input) => {
      if (input.type === "opened")
        setImmediate(() => server.sockets.close(input.connection, "unknown-device"));
    });
    const url = urlOf(await listening(server));
    expect(await pausesOf(() => 0, 7, url)).toEqual([250, 500, 1_000, 2_000, 2_500, 2_500, 2_500]);
    expect(types(server).filter((type) => type === "opened").length).toBeGreaterThanOrEqual(7);
  });

  test("until it is stopped, also in the middle of a handshake", async () => {
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => sockets.push(socket.resume())).listen(0, "127.0.0.1");
    ends.push(() => silent.close());
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const client = side();
    client.sockets.dial({ hosted, peer, urls: [`ws://127.0.0.1:${port}/exchange`] });
    await until(() => sockets.length === 1, "it dials");
    client.sockets.stop();
    await until(() => sockets[0]?.destroyed === true, "it hangs up", 3_000);
    await pause(700);
    expect(sockets).toHaveLength(1);
    expect(client.inputs).toEqual([]);
  });

  test("at each address in turn", async () => {
    const [server, client] = [side(), side()];
    const urls = ["ws://127.0.0.1:1/exchange", urlOf(await listening(server))];
    client.sockets.dial({ hosted, peer, urls });
    await until(() => types(client).includes("opened"), "the second address is tried");
  });

  test("new addresses cut nothing that stands, and are used for the next try", async () => {
    const [before, after, client] = [side(), side(), side()];
    client.sockets.dial({ hosted, peer, urls: [urlOf(await listening(before))] });
    await until(() => types(client).length === 1, "it stands");
    client.sockets.dial({ hosted, peer, urls: [urlOf(await listening(after))] });
    await pause(300);
    expect([types(client), types(after)]).toEqual([["opened"], []]);
    before.sockets.close(1, "test");
    await until(() => types(after).includes("opened"), "the new address is tried");
    expect(types(before)).toEqual(["opened", "closed"]);
  });

  test("who is told to leave dials no more, and lets stand what stands", async () => {
    const [server, client] = [side(), side()];
    const url = urlOf(await listening(server));
    const waiting = { hosted, peer: "neuss/box", urls: ["ws://127.0.0.1:1/exchange"] };
    const twice = { hosted, peer: "barmen/box", urls: [url] };
    for (const target of [{ hosted, peer, urls: [url] }, waiting, twice]) client.sockets.dial(target);
    await until(() => types(server).length === 2 && types(client).length === 2, "both stand at both ends");
    for (const one of [peer, waiting.peer, twice.peer]) client.sockets.undial({ hosted, peer: one });
    client.sockets.dial(twice);
    await pause(700);
    expect(types(client)).toEqual(["opened", "opened"]);
    for (const connection of [1, 2]) server.sockets.close(connection, "test");
    await until(() => types(server).length === 5, "who is wanted again is dialed again");
    await until(() => types(client).length >= 5, "and both sides know it");
    await pause(700);
    expect(types(client)).toEqual(["opened", "opened", "closed", "closed", "opened"]);
  });
});
