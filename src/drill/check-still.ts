import { isPacketOf } from "../exchange/packet.ts";
import type { ConnectionId } from "../site/effects.ts";
import { type Checker, CheckFailure } from "./checker.ts";

/** Once all agree a connection carries beats and now and then a receipt, and next to nothing else. */
const othersMax = 6;

/** Watches a world that has converged: whoever goes on to ask, to answer or to prove would do so for ever. */
export function staysStill(): Checker & { readonly begin: () => void } {
  let counts: Map<ConnectionId, number> | null = null;
  return {
    name: "still",
    begin: () => {
      counts = new Map();
    },
    sending: (process, connection, bytes) => {
      if (counts === null || isPacketOf("beat", bytes) || isPacketOf("receipt", bytes)) return;
      const count = (counts.get(connection) ?? 0) + 1;
      counts.set(connection, count);
      if (count > othersMax)
        throw new CheckFailure("still", `${process.name} goes on to send on ${connection} though all agree`);
    },
  };
}
