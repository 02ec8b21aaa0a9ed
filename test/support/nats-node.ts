import { NatsCarrier, ownPorts } from "../../src/anchor/net/nats/carrier.ts";
import { type NatsPace, natsPace } from "../../src/anchor/net/nats/pace.ts";
import { type NatsConfig, natsOptions } from "../../src/anchor/net/nats/settings.ts";
import type { Words } from "../../src/region/words.ts";
import { valueIn } from "./founded.ts";
import type { ShellNode } from "./shells.ts";

const fasterBy = 10;

/** The carrier's pace for tests: everything ten times as often, but for what waits for a disk or a server. */
export const fastNats: NatsPace = {
  ...natsPace,
  tickMs: 25,
  pushAfterMs: 2,
  tellChangesMs: natsPace.tellChangesMs / fasterBy,
  tellAllMs: natsPace.tellAllMs / fasterBy,
  resendAfterMs: natsPace.resendAfterMs / fasterBy,
  relayAfterMs: natsPace.relayAfterMs / fasterBy,
  peerAwayAfterMs: natsPace.peerAwayAfterMs / fasterBy,
  refusedAgainMs: natsPace.refusedAgainMs / fasterBy,
  redialFirstMs: 25,
  redialMaxMs: 200,
};

/** Puts an anchor on a NATS server, as its settings would; `dir` holds the files that these name. */
export function onNats(
  node: ShellNode,
  dir: string,
  url: string,
  more: Partial<NatsConfig> = {},
): NatsCarrier {
  const config: NatsConfig = { servers: [url], hosted: node.id, stream: { replicas: 1 }, ...more };
  const ports = {
    taker: node.shell,
    reads: node.store,
    note: (code: string, about: string) => node.notes.push(`${code} ${about}`),
    random: Math.random,
    stands: (words: Words | null) => {
      if (words !== null) node.notes.push(`board ${words.de}`);
    },
  };
  const carrier = new NatsCarrier(
    valueIn(natsOptions(dir, config)),
    ownPorts(config, ports),
    fastNats,
  ).start();
  node.whenChanged = () => carrier.changed();
  return carrier;
}
