import { connect, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { RehearsalPlan } from "./plan.ts";
import { freePorts } from "./ports.ts";
import { doorOf, host } from "./setup.ts";
import { Ways, waysWithDoors } from "./ways.ts";

const box = (site: string) => ({ site, device: "box", mobile: false });
const dial = (from: string, to: string) => ({ hosted: `${from}/box`, peer: `${to}/box` });

/** Two centres, two hospitals that dial each other and both centres, and a process with many. */
const plan: RehearsalPlan = {
  region: "rehearsal-r",
  sites: [
    { site: "c1", type: "control-centre", name: "C1" },
    { site: "c2", type: "control-centre", name: "C2" },
  ],
  processes: [
    { id: "c1", hosted: [box("c1")], dials: [dial("c1", "c2")] },
    { id: "c2", hosted: [box("c2")], dials: [] },
    { id: "a", hosted: [box("a")], dials: [dial("a", "c1"), dial("a", "b")] },
    { id: "b", hosted: [box("b")], dials: [dial("b", "a")] },
    {
      id: "many",
      hosted: [box("d"), box("e")],
      dials: [dial("d", "c1"), dial("e", "c1"), dial("d", "a")],
    },
  ],
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

test("[REHEARSAL4] every way but those of the many to the centres can stand still", () => {
  expect(waysWithDoors(plan).map(([from, to]) => doorOf(from, to))).toEqual([
    "c1>c2",
    "a>c1",
    "a>b",
    "b>a",
    "many>a",
  ]);
});

test("[REHEARSAL4] a way has one direction for both who dial on it", async () => {
  const got = { a: "", b: "" };
  const doors = waysWithDoors(plan).map(([from, to]) => doorOf(from, to));
  const ports = await freePorts([...plan.processes.map(({ id }) => id), ...doors]);
  const portOf = (id: string): number => ports.get(id) ?? 0;
  for (const id of ["a", "b"] as const) {
    const server: Server = createServer((socket) => {
      socket.on("data", (bytes) => {
        got[id] += bytes.toString();
      });
    });
    await new Promise<void>((resolve) => server.listen(portOf(id), host, resolve));
    closers.push(() => server.close());
  }
  const ways = new Ways();
  await ways.open(plan, portOf);
  closers.push(() => ways.close());
  const fromA = connect(portOf("a>b"), host);
  const fromB = connect(portOf("b>a"), host);
  closers.push(() => fromA.destroy());
  closers.push(() => fromB.destroy());
  expect(ways.stand("a~b", "from-second")).toBe(true);
  fromA.write("1");
  fromB.write("2");
  await expect.poll(() => got.b).toBe("1");
  expect(ways.rows().find(({ id }) => id === "a~b")?.standing).toBe("from-second");
  ways.stand("a~b", "from-first");
  await expect.poll(() => got.a).toBe("2");
  fromA.write("3");
  fromB.write("4");
  await expect.poll(() => got.a).toBe("24");
  expect(got.b).toBe("1");
  ways.restoreAll();
  await expect.poll(() => got.b).toBe("13");
  expect([ways.stand("a~z", "both"), ways.restore("b~a")]).toEqual([false, false]);
});
