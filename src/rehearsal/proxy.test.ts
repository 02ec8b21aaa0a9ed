import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { LinkProxy } from "./proxy.ts";
import { host } from "./setup.ts";

/** A listener that says every line back, and one who dialed it through a proxy. */
type Line = {
  readonly proxy: LinkProxy;
  readonly dialer: Socket;
  readonly dialerGot: () => string;
  readonly listenerGot: () => string;
  readonly dialAgain: () => Socket;
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function dialEcho(): Promise<Line> {
  const got = { dialer: "", listener: "" };
  const server: Server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      got.listener += bytes.toString();
      socket.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const proxy = new LinkProxy(typeof address === "object" && address !== null ? address.port : 0);
  const port = await proxy.listen();
  const dialAgain = (): Socket => {
    const socket = connect(port, host);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      got.dialer += bytes.toString();
    });
    closers.push(() => socket.destroy());
    return socket;
  };
  closers.push(() => proxy.close());
  closers.push(() => server.close());
  return {
    proxy,
    dialer: dialAgain(),
    dialerGot: () => got.dialer,
    listenerGot: () => got.listener,
    dialAgain,
  };
}

/** Long enough for bytes on loopback that are under way to arrive. */
const arriveMs = 150;
const arrive = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, arriveMs));

describe("a way between two processes", () => {
  test("passes bytes in both directions", async () => {
    const line = await dialEcho();
    line.dialer.write("a");
    await expect.poll(line.dialerGot).toBe("a");
  });

  test("swallows everything while both sockets stay open, and ends the broken connection when restored", async () => {
    const line = await dialEcho();
    line.dialer.write("a");
    await expect.poll(line.dialerGot).toBe("a");
    line.proxy.cut("both");
    line.dialer.write("b");
    await arrive();
    expect([line.listenerGot(), line.dialerGot(), line.dialer.closed]).toEqual(["a", "a", false]);
    line.proxy.restore();
    await expect.poll(() => line.dialer.closed).toBe(true);
    line.dialAgain().write("c");
    await expect.poll(line.dialerGot).toBe("ac");
  });

  test("swallows what one end sends and nothing else", async () => {
    const line = await dialEcho();
    line.dialer.write("a");
    await expect.poll(line.dialerGot).toBe("a");
    line.proxy.cut("from-listener");
    line.dialer.write("b");
    await expect.poll(line.listenerGot).toBe("ab");
    await arrive();
    expect([line.dialerGot(), line.dialer.closed]).toEqual(["a", false]);
  });

  test("takes a new connection while it is cut, and leads it nowhere", async () => {
    const line = await dialEcho();
    line.proxy.cut("from-dialer");
    const late = line.dialAgain();
    late.write("b");
    await arrive();
    expect([line.listenerGot(), late.closed]).toEqual(["", false]);
  });

  test("stands still while paused and loses nothing", async () => {
    const line = await dialEcho();
    line.dialer.write("a");
    await expect.poll(line.dialerGot).toBe("a");
    line.proxy.pause();
    line.dialer.write("b");
    const late = line.dialAgain();
    late.write("c");
    await arrive();
    expect(line.listenerGot()).toBe("a");
    line.proxy.restore();
    await expect.poll(() => [...line.dialerGot()].sort().join("")).toBe("abc");
    expect(line.dialer.closed).toBe(false);
  });

  test("[REHEARSAL4] one direction stands still, the other flows, and nothing is lost", async () => {
    const line = await dialEcho();
    line.dialer.write("a");
    await expect.poll(line.dialerGot).toBe("a");
    line.proxy.pause("from-listener");
    line.dialer.write("b");
    await expect.poll(line.listenerGot).toBe("ab");
    line.proxy.pause("from-dialer");
    line.dialer.write("c");
    await expect.poll(line.dialerGot).toBe("ab");
    await arrive();
    expect(line.listenerGot()).toBe("ab");
    line.proxy.restore();
    await expect.poll(line.dialerGot).toBe("abc");
  });

  test("[REHEARSAL4] a connection begun while everything stood still comes about when one direction may flow", async () => {
    const line = await dialEcho();
    line.proxy.pause();
    const late = line.dialAgain();
    late.write("b");
    await arrive();
    line.proxy.pause("from-listener");
    await expect.poll(line.listenerGot).toBe("b");
    await arrive();
    expect(line.dialerGot()).toBe("");
    line.proxy.restore();
    await expect.poll(line.dialerGot).toBe("b");
  });
});
