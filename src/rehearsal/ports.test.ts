import { createServer, type Server } from "node:net";
import { expect, test } from "vitest";
import { freePort, freePorts, portOf, takenPort } from "./ports.ts";
import { host } from "./setup.ts";

/** The lowest that Linux gives to a connection or to who asks for any port. */
const firstGiven = 32_768;

function listenAt(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

test("free ports are all different, free, and none that another connection may be given meanwhile", async () => {
  const ports = [...(await freePorts(["a", "b", "c"])).values(), await freePort(), await freePort()];
  expect(new Set(ports).size).toBe(ports.length);
  for (const port of ports) {
    expect(port).toBeLessThan(firstGiven);
    (await listenAt(port)).close();
  }
});

test("processes that started one after another look elsewhere, also when each needs a thousand, and each looks everywhere once", () => {
  const all = Array.from({ length: 20_000 }, (_, n) => portOf(4_711, n));
  expect(new Set(all).size).toBe(all.length);
  const looked = [4_711, 4_712, 4_713].flatMap((pid) =>
    Array.from({ length: 1_000 }, (_, n) => portOf(pid, n)),
  );
  expect(new Set(looked).size).toBe(looked.length);
});

test("a taken port is passed over, and named", async () => {
  const first = await freePort();
  const server = await listenAt(first + 1);
  expect(await freePort()).not.toBe(first + 1);
  expect(await takenPort([first, first + 1, first + 2])).toBe(first + 1);
  server.close();
});
