import { createServer } from "node:net";
import { present } from "../basics/assert.ts";
import { host } from "./setup.ts";

/** The first of these ports on which another program listens, or null. */
export async function takenPort(ports: readonly number[]): Promise<number | null> {
  for (const port of ports) {
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, host, () => server.close(() => resolve(true)));
    });
    if (!free) return port;
  }
  return null;
}

/** Ports on which nobody listens now, all different. */
export async function freePorts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const servers = ids.map(() => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, host, () => {
            const address = server.address();
            if (typeof address === "object" && address !== null) resolve(address.port);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return new Map(ids.map((id, i) => [id, present(ports[i], "a port for each")]));
}
