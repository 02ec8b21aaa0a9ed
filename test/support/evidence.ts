import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runStoreCommand, type StoreCommand } from "../../src/anchor/store-commands.ts";
import { formatVkey } from "../../src/log/vkey.ts";
import { type Founded, foundedRegion, foundRegion, valueIn } from "./founded.ts";
import { ShellNode, until } from "./shells.ts";

/** A small region in which one hospital has said much, and both centres confirmed it; its processes have ended. */
export type Told = {
  readonly founded: Founded;
  /** The folder of the hospital's process. */
  readonly dir: string;
  readonly log: string;
  readonly size: number;
};

const statesInTurn = ["open", "limited", "full", "cannot"];

/** Writes `count` facts at the hospital; both centres hold all of them at the end. */
export async function toldRegion(count: number): Promise<Told> {
  const founded = foundRegion({
    duesseldorf: "control-centre",
    wuppertal: "control-centre",
    ukd: "hospital",
  });
  const nodes: ShellNode[] = [];
  for (const site of founded.sites)
    nodes.push(await (await new ShellNode(founded, site).start()).takeCharter());
  const [duesseldorf, wuppertal, ukd] = nodes as [ShellNode, ShellNode, ShellNode];
  await ukd.dial(duesseldorf);
  await ukd.dial(wuppertal);
  for (const node of nodes) node.tick();
  const { origin } = ukd.hosted;
  const confirmed = (size: number): number =>
    [...(ukd.house.receipts.newest.get(origin)?.values() ?? [])].filter((receipt) => receipt.size === size)
      .length;
  for (let at = 0; at < count; at += factsAtOnce) {
    const states = Array.from(
      { length: Math.min(factsAtOnce, count - at) },
      (_, i) => statesInTurn[(at + i) % 4],
    );
    await Promise.all(states.map((state) => ukd.status("ct", state ?? "open")));
    // So that there are several sizes which both have confirmed.
    await until(() => confirmed(ukd.holds(ukd)) === 2, "both centres confirm everything", 60_000);
  }
  const size = ukd.holds(ukd);
  for (const node of nodes) await node.stop();
  for (const site of founded.sites) writeSettings(founded, site);
  const log = origin.split("/").slice(3).join("/");
  return { founded, dir: join(founded.dir, "ukd"), log, size };
}

const factsAtOnce = 40;

/** What the commands need of an anchor's settings. */
export function writeSettings(founded: Founded, site: string): void {
  const settings = { region: foundedRegion, authority: formatVkey(founded.authority) };
  writeFileSync(join(founded.dir, site, "anchor.json"), JSON.stringify(settings));
}

/** What a command prints; throws its sentence. */
export async function printed(command: StoreCommand, ...args: string[]): Promise<string> {
  return valueIn(await runStoreCommand(command, args));
}

/** The sentence with which a command ends. */
export async function sentence(command: StoreCommand, ...args: string[]): Promise<string> {
  const result = await runStoreCommand(command, args);
  return result.ok ? `no error: ${result.value}` : result.error;
}
