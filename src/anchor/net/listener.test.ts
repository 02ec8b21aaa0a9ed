import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { hasOpenssl, makeCertificate } from "../../../test/support/certificate.ts";
import { channelOfDialed, isLoopback, type Listener, openListener } from "./listener.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-listener-"));
const listeners: Listener[] = [];
afterEach(() => {
  for (const { server } of listeners.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const host = "127.0.0.1";

async function opened(config: Parameters<typeof openListener>[1]): Promise<Listener> {
  const listener = await openListener(folder, config);
  if (!listener.ok) throw new Error(listener.error);
  listeners.push(listener.value);
  return listener.value;
}

describe("[LISTEN1] where a process listens", () => {
  test("on a port of its choice, in plain, for the names of loopback", async () => {
    const { port, channel, url, hosts } = await opened({ host, port: 0 });
    expect([channel, url]).toEqual(["plain", `http://127.0.0.1:${port}/`]);
    expect(hosts).toEqual(new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]));
  });

  test("and under further names from the settings", async () => {
    const { port, hosts } = await opened({ host, port: 0, names: ["box.example", "fd00::1"] });
    expect(hosts.has(`box.example:${port}`)).toBe(true);
    expect(hosts.has(`[fd00::1]:${port}`)).toBe(true);
    expect(hosts.has("box.example")).toBe(false);
  });

  test("a port that is taken is a sentence", async () => {
    const { port } = await opened({ host, port: 0 });
    const second = await openListener(folder, { host, port });
    expect(second).toMatchObject({ error: expect.stringContaining(`Cannot listen on 127.0.0.1:${port}`) });
  });

  test.each([
    ["127.0.0.1", true],
    ["localhost", true],
    ["::1", true],
    ["[::1]", true],
    ["0.0.0.0", false],
    ["::", false],
    ["10.0.0.5", false],
    ["box.example", false],
  ])("%s is loopback: %s", (name, is) => {
    expect(isLoopback(name)).toBe(is);
  });
});

describe("[LISTEN2] TLS", () => {
  test("files that are no certificate are a sentence", async () => {
    writeFileSync(join(folder, "text"), "hello");
    for (const certFile of ["none", "text"]) {
      const refused = await openListener(folder, { host, port: 0, tls: { certFile, keyFile: "none" } });
      expect(refused).toMatchObject({ error: expect.stringContaining(`The certificate in ${certFile}`) });
    }
  });

  /** What a dialer is told of the listener at this address. */
  function channelSeen(url: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { rejectUnauthorized: false });
      socket.once("upgrade", (response) => resolve(channelOfDialed(response.socket)));
      socket.once("open", () => socket.terminate());
      socket.once("error", reject);
    });
  }

  test.skipIf(!hasOpenssl)(
    "both sides bind the hello to the SHA-256 of the listener's certificate (needs openssl)",
    async () => {
      const names = ["one", "other"];
      for (const name of names) {
        const { sha256Hex, certFile, keyFile } = makeCertificate(folder, name);
        const listener = await opened({ host, port: 0, tls: { certFile, keyFile } });
        new WebSocketServer({ server: listener.server });
        expect(listener.channel).toBe(sha256Hex);
        expect(listener.url).toBe(`https://127.0.0.1:${listener.port}/`);
        expect(await channelSeen(`wss://127.0.0.1:${listener.port}/`)).toBe(sha256Hex);
      }
    },
  );

  test("without TLS it is the word plain on both sides", async () => {
    const listener = await opened({ host, port: 0 });
    new WebSocketServer({ server: listener.server });
    expect(await channelSeen(`ws://127.0.0.1:${listener.port}/`)).toBe("plain");
  });
});
