import { createServer } from "node:net";
import process from "node:process";
import { host } from "./setup.ts";

/**
 * Where free ports are looked for: below those that Linux gives to whoever connects or asks for any (32768 and more,
 * `net.ipv4.ip_local_port_range`). One of those would be free when it is chosen and another connection's when the
 * process that it is for has started.
 */
const firstFreePort = 10_000;
/** So many to each process that looks; processes that run side by side have different ids and so look elsewhere. */
const portsEach = 100;
const lookers = 200;
/**
 * Whoever needs more than its share goes on so many shares further: far from the share of the process that started
 * beside it, whose id is the next, and prime to their number, so that it comes by all.
 */
const nextShare = 61;

let given = 0;

/** The first of these ports on which another program listens, or null. */
export async function takenPort(ports: readonly number[]): Promise<number | null> {
  for (const port of ports) if (!(await isFree(port))) return port;
  return null;
}

/** One for each. */
export async function freePorts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const id of ids) ports.set(id, await freePort());
  return ports;
}

/** A port on which nobody listens now, and that this process was not given before. */
export async function freePort(): Promise<number> {
  while (given < lookers * portsEach) {
    const port = portOf(process.pid, given);
    given += 1;
    if (await isFree(port)) return port;
  }
  throw new Error("no port is free");
}

/** Where a process looks at its n-th try, from 0. */
export function portOf(pid: number, n: number): number {
  const share = (pid + nextShare * Math.floor(n / portsEach)) % lookers;
  return firstFreePort + share * portsEach + (n % portsEach);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
