import { present } from "../../src/basics/assert.ts";
import { toHex } from "../../src/basics/bytes.ts";
import type { Origin } from "../../src/basics/name.ts";
import type { Plant, SimulatedProcess } from "../../src/drill/process.ts";
import { decodePacket, encodePacket, isPacketOf, type Packet } from "../../src/exchange/packet.ts";
import type { BeatHead } from "../../src/exchange/packet-head.ts";
import { parseCheckpoint } from "../../src/log/checkpoint.ts";
import { cosign, formatReceipt } from "../../src/log/cosignature.ts";
import type { Commit, Effect, Input } from "../../src/site/effects.ts";
import { sendForkProof } from "../../src/site/fork-keep.ts";

/*
 * Faults of the program itself. Each does to a healthy house what a wrong line in it would do; a checker that does
 * not find them is no checker.
 */

type Send = Extract<Effect, { readonly type: "send" }>;

/** A holder confirms what it is about to store. */
export function receiptBeforeCommit(): Plant {
  return {
    effects: (process, effects) =>
      effects.flatMap((effect): readonly Effect[] =>
        effect.type === "commit" ? [...hastyReceipts(process, effect.commit), effect] : [effect],
      ),
  };
}

function hastyReceipts(process: SimulatedProcess, commit: Commit): readonly Send[] {
  const holder = present(process.devices[0], "a process hosts a device").holder;
  const receipts = commit.appends.map(({ checkpoint }) =>
    formatReceipt(cosign(holder, checkpoint, 1_767_225_600), holder.vkey),
  );
  if (receipts.length === 0) return [];
  const bytes = encodePacket({ type: "receipt", head: { receipts } });
  return [...(process.house?.established ?? [])].map(({ id }) => ({
    type: "send",
    connection: id,
    bytes,
    catchUp: false,
  }));
}

/** What a peer was once sent is believed to lie in its store, whatever it says of it. */
export function rememberedCursors(): Plant {
  const sent = new Map<string, Map<Origin, number>>();
  return {
    input: (process, input) => {
      const packet = vectorOf(input);
      if (packet === null || input.type !== "received") return input;
      const cursors = sent.get(pairOf(process, input.connection)) ?? new Map<Origin, number>();
      return { ...input, bytes: encodePacket(raised(process, packet, cursors)) };
    },
    effects: (process, effects) => {
      for (const effect of effects) if (effect.type === "send") remember(sent, process, effect);
      return effects;
    },
  };
}

type LogsPacket = Extract<Packet, { readonly type: "vector" }>;

function vectorOf(input: Input): LogsPacket | null {
  const packet = input.type === "received" ? decodePacket(input.bytes) : null;
  return packet?.ok && packet.value.type === "vector" ? packet.value : null;
}

function raised(process: SimulatedProcess, packet: LogsPacket, cursors: ReadonlyMap<Origin, number>): Packet {
  if (packet.head.level !== "logs") return packet;
  const logs = { ...packet.head.logs };
  for (const [origin, size] of cursors) {
    const held = process.house?.vector.get(origin);
    const isOfSite = origin.split("/")[3] === packet.head.site;
    if (held !== undefined && isOfSite && (logs[origin]?.[0] ?? 0) < size) logs[origin] = [size, held.root];
  }
  return { type: "vector", head: { ...packet.head, logs } };
}

function remember(sent: Map<string, Map<Origin, number>>, process: SimulatedProcess, effect: Send): void {
  const packet = decodePacket(effect.bytes);
  if (!packet.ok || packet.value.type !== "entries") return;
  const checkpoint = parseCheckpoint(packet.value.head.checkpoint);
  if (!checkpoint.ok) return;
  const { origin, size } = checkpoint.value;
  const pair = pairOf(process, effect.connection);
  const cursors = sent.get(pair) ?? new Map<Origin, number>();
  sent.set(pair, cursors.set(origin, Math.max(size, cursors.get(origin) ?? 0)));
}

function pairOf(process: SimulatedProcess, connection: number): string {
  const link = process.house?.links.get(connection);
  return `${link?.hosted?.id} ${link?.peer}`;
}

/** A machine whose store was put back goes on as if nothing had been, and asks nobody. */
export function epochReused(): Plant {
  const begun = new Map<string, string>();
  return {
    hosted: (_, config, isMarked) => {
      const key = `${config.site}/${config.device}`;
      const { asks: _asked, ...rest } = config;
      const epoch = isMarked ? config.epoch : (begun.get(key) ?? config.epoch);
      begun.set(key, epoch);
      return { ...rest, epoch };
    },
  };
}

/** Who finds out that a log was signed in two ways keeps it to itself. */
export function proofKeptToOneself(): Plant {
  return {
    effects: (_, effects) =>
      effects.filter((effect) => {
        const packet = effect.type === "send" ? decodePacket(effect.bytes) : null;
        return !(packet?.ok && packet.value.type === "fork" && packet.value.head.step === "proof");
      }),
  };
}

/** Vectors go on to tell of a forked log what each house holds of it, so that no two ever agree. */
export function ownHistoryTold(): Plant {
  return {
    effects: (process, effects) => {
      for (const origin of process.house?.forks.keys() ?? []) {
        const checkpoint = process.house?.logs.get(origin)?.durable.checkpoint;
        if (checkpoint)
          process.house?.vector.set(origin, { size: checkpoint.size, root: toHex(checkpoint.root) });
      }
      return effects;
    },
  };
}

/** With every beat all that is known of forks is proved once more. */
export function proofsWithoutEnd(): Plant {
  return {
    effects: (process, effects) => {
      const { house } = process;
      const more: Effect[] = [];
      for (const effect of effects) {
        const link = effect.type === "send" ? house?.links.get(effect.connection) : undefined;
        if (effect.type !== "send" || !link?.established || !isPacketOf("beat", effect.bytes)) continue;
        for (const proof of house?.forks.values() ?? []) if (house) sendForkProof(house, link, proof, more);
      }
      return [...effects, ...more];
    },
  };
}

/** Of its own forked log a device says nothing again. */
export function nothingSaidAgain(): Plant {
  return {
    effects: (process, effects) => {
      for (const read of process.house?.reads.values() ?? [])
        if (read.kind === "again") Object.assign(read, { kind: "forgotten" });
      return effects;
    },
  };
}

/** Who passes on what it heard of others makes it newer each time. */
export function growingRumour(): Plant {
  let told = 0;
  return beatsWith((heard) => {
    told += 1;
    return Object.fromEntries(Object.entries(heard).map(([id, [boot, beat]]) => [id, [boot, beat + told]]));
  });
}

/** What was heard of others is not passed on: whoever hears a site over others alone takes it for silent. */
export function keptToOneself(): Plant {
  return beatsWith(() => ({}));
}

function beatsWith(change: (heard: BeatHead["heard"]) => BeatHead["heard"]): Plant {
  return {
    effects: (_, effects) =>
      effects.map((effect) => {
        const packet = effect.type === "send" ? decodePacket(effect.bytes) : null;
        if (effect.type !== "send" || !packet?.ok || packet.value.type !== "beat") return effect;
        const head = { ...packet.value.head, heard: change(packet.value.head.heard) };
        return { ...effect, bytes: encodePacket({ type: "beat", head }) };
      }),
  };
}
