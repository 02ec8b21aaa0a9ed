import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { readKeys } from "../../src/anchor/keys/keys.ts";
import { exchangePath } from "../../src/anchor/net/sockets.ts";
import type { DeviceId, Name } from "../../src/basics/name.ts";
import { helloOffer, helloProof, helloText, plainChannel } from "../../src/exchange/hello.ts";
import { decodePacket, encodePacket, type Packet } from "../../src/exchange/packet.ts";
import type { HelloOffer } from "../../src/exchange/packet-head.ts";
import { valueIn } from "./founded.ts";

/** A program of a test that speaks for an enrolled device, with its keys, over a real socket. */
export type ProvedPeer = {
  readonly socket: WebSocket;
  readonly packets: readonly Packet[];
  readonly send: (bytes: Uint8Array) => void;
};

/**
 * Dials and proves itself with the keys in `dir`.
 * @returns null when the listener closes instead
 */
export async function provedPeer(
  dir: string,
  of: { readonly region: Name; readonly site: Name; readonly device: Name },
  to: DeviceId,
  port: number,
): Promise<ProvedPeer | null> {
  const { signer } = valueIn(readKeys(dir, of.region, of.site, of.device));
  const self = { region: of.region, origin: `${signer.vkey.name}/9-00000009`, signer };
  const offer = helloOffer(self, to, randomBytes(32));
  const socket = new WebSocket(`ws://127.0.0.1:${port}${exchangePath}`);
  socket.binaryType = "nodebuffer";
  socket.on("error", () => undefined);
  const packets: Packet[] = [];
  const send = (packet: Packet): void => socket.send(encodePacket(packet));
  return new Promise((resolve) => {
    let theirs: HelloOffer | null = null;
    socket.once("open", () => send({ type: "hello", head: offer }));
    socket.once("close", () => resolve(null));
    socket.on("message", (data: Buffer) => {
      const packet = valueIn(decodePacket(data));
      packets.push(packet);
      if (packet.type === "hello" && packet.head.step === "offer") theirs = packet.head;
      if (packet.type !== "hello" || packet.head.step !== "proof" || theirs === null) return;
      send({ type: "hello", head: helloProof(self, helloText(of.region, offer, theirs, plainChannel)) });
      resolve({ socket, packets, send: (bytes) => socket.send(bytes) });
    });
  });
}
