import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Cargo, cargoPackets } from "../../src/anchor/carry/carry-out.ts";
import { readCharter } from "../../src/anchor/store/store-reads.ts";
import type { Name } from "../../src/basics/name.ts";
import { type Founded, foundRegion, valueIn } from "../support/founded.ts";
import { ShellNode, until } from "../support/shells.ts";
import { SocketNode } from "./socket-node.ts";

/** What one anchor of a small region holds, as packets; the region goes on being founded. */
export type CargoRegion = {
  readonly founded: Founded;
  /** Charter, the logs of ukd and neuss, and the receipts for them. */
  readonly packets: readonly Uint8Array[];
  /** How many entries of each log are in the packets. */
  readonly sizes: ReadonlyMap<string, number>;
};

export const receiver = "duesseldorf";
export const bearer = "wuppertal";
const everything: Cargo = { to: null, sites: [], sinceMs: null };

/** Two hospitals speak, a centre confirms; what that centre holds then is what carriers carry. */
export async function makeCargo(factsEach: number): Promise<CargoRegion> {
  const founded = foundRegion({
    [receiver]: "control-centre",
    [bearer]: "control-centre",
    ukd: "hospital",
    neuss: "hospital",
  });
  const nodes: ShellNode[] = [];
  for (const site of [bearer, "ukd", "neuss"])
    nodes.push(await (await new ShellNode(founded, site).start()).takeCharter());
  const [centre, ...hospitals] = nodes as [ShellNode, ShellNode, ShellNode];
  for (const hospital of hospitals) {
    await hospital.dial(centre);
    for (let at = 0; at < factsEach; at += 1) await hospital.status("ct", at % 2 === 0 ? "open" : "full");
    await until(() => centre.holds(hospital) === hospital.holds(hospital), "the centre holds it");
  }
  const sizes = new Map(hospitals.map((node) => [node.hosted.origin, node.holds(node)]));
  await until(
    () => [...sizes].every(([origin, size]) => receiptOf(centre, origin) === size),
    "the centre has confirmed it",
  );
  const packets = await packetsOf(centre, founded, everything);
  for (const node of nodes) await node.stop();
  return { founded, packets, sizes };
}

/** The packets that a node would put on a stick. */
export async function packetsOf(
  node: ShellNode,
  founded: Founded,
  cargo = everything,
): Promise<Uint8Array[]> {
  await untilStored(node);
  const charter = valueIn(await readCharter(node.store, founded.region, founded.authority));
  const packets: Uint8Array[] = [];
  for await (const packet of cargoPackets(node.store, charter, cargo)) packets.push(valueIn(packet));
  return packets;
}

/** How far the bearer has confirmed a log, as a node knows it. */
export function receiptOf(node: ShellNode, origin: string): number {
  return node.house.receipts.newest.get(origin)?.get(`${bearer}/box`)?.size ?? 0;
}

/** The receiving centre with an empty store and the charter. */
export async function freshReceiver(founded: Founded, site: Name = receiver): Promise<SocketNode> {
  for (const end of ["", "-wal", "-shm"]) rmSync(join(founded.dir, site, `store.db${end}`), { force: true });
  return (await new SocketNode(founded, site).start()).takeCharter();
}

/** Receipts count before they are stored. */
async function untilStored({ house: { writing } }: ShellNode): Promise<void> {
  await until(() => writing.inFlight === null && writing.queue.length === 0, "everything is stored");
}

/** Everything that a store holds, as one text that differs when anything does. */
export async function contentOf(node: ShellNode): Promise<string> {
  await untilStored(node);
  const logs = valueIn(await node.store.storedLogs());
  const rows = logs.map(({ origin, checkpoint }) => [origin, checkpoint.size, checkpoint.root]);
  const receipts = valueIn(await node.store.newestCosignatures());
  const others = receipts.filter(({ holder }) => !holder.includes(`/${node.site}/`));
  return JSON.stringify([
    rows,
    others.map(({ origin, holder, size }) => `${origin} ${holder} ${size}`).sort(),
  ]);
}
