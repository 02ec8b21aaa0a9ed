import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codesOf } from "../../src/anchor/carry/carry-codes.ts";
import { cargoOfCodes, onlyTaker, openCargo, takeCargo } from "../../src/anchor/carry/carry-in.ts";
import { writePacketFile } from "../../src/anchor/carry/packet-file.ts";
import type { Result } from "../../src/basics/result.ts";
import { type Founded, foundedDevice, foundedRegion, valueIn } from "../support/founded.ts";
import { provedPeer } from "../support/proved-peer.ts";
import { pause } from "../support/shells.ts";
import { bearer } from "./cargo.ts";
import type { SocketNode } from "./socket-node.ts";

/** One way for packets into an anchor, as the contract sees it. */
export type Carrier = {
  readonly name: string;
  /** Whether whoever brings packets is told a sentence; else the anchor notes what it refuses. */
  readonly tells: boolean;
  /**
   * Brings packets to an anchor in this order, and waits until it has done with them.
   * @returns what whoever brought them is told, or what the anchor noted
   */
  readonly bring: (to: SocketNode, founded: Founded, packets: readonly Uint8Array[]) => Promise<string>;
  /** Ends what it runs beside the anchors. */
  readonly end?: () => Promise<void>;
};

function said(result: Result<string, string>): string {
  return result.ok ? result.value : result.error;
}

const file: Carrier = {
  name: "a file of packets",
  tells: true,
  bring: async (to, founded, packets) => {
    const path = join(founded.dir, "stick.packets");
    writePacketFile(path, packets);
    const cargo = await openCargo(path, onlyTaker(to.shell));
    const result = cargo.ok ? await takeCargo(onlyTaker(to.shell), cargo.value) : cargo;
    rmSync(path);
    return said(result);
  },
};

const codes: Carrier = {
  name: "QR codes",
  tells: true,
  bring: async (to, founded, packets) => {
    const path = join(founded.dir, "codes.txt");
    // Seen in some order and more than once, as a camera sees them.
    const texts = [...valueIn(codesOf(packets))].reverse();
    writeFileSync(path, `${[...texts, ...texts].join("\n")}\n`);
    const cargo = await openCargo(path, onlyTaker(to.shell));
    const result = cargo.ok ? await takeCargo(onlyTaker(to.shell), cargo.value) : cargo;
    rmSync(path);
    return said(result);
  },
};

const photographed: Carrier = {
  name: "codes from a camera page",
  tells: true,
  bring: async (to, _founded, packets) => {
    const cargo = cargoOfCodes(valueIn(codesOf(packets)), onlyTaker(to.shell));
    return said(cargo.ok ? await takeCargo(onlyTaker(to.shell), cargo.value) : cargo);
  },
};

const webSocket: Carrier = {
  name: "WebSocket",
  tells: false,
  bring: async (to, founded, packets) => {
    const from = { region: foundedRegion, site: bearer, device: foundedDevice };
    const peer = await provedPeer(join(founded.dir, bearer), from, to.id, to.port);
    if (peer === null) throw new Error("the hello is refused");
    const noted = to.notes.length;
    for (const packet of packets) peer.send(packet);
    await settled(to);
    peer.socket.terminate();
    return to.notes.slice(noted).join("\n");
  },
};

/** Until nothing has come in, and nothing waits for the disk, for a while. */
export async function settled(node: SocketNode): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    const before = node.house.writing.lastId;
    await pause(20);
    if (node.house.writing.inFlight !== null || node.house.writing.lastId !== before) quiet = -1;
  }
}

export const carriers: readonly Carrier[] = [webSocket, file, codes, photographed];
