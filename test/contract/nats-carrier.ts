import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { logSubject, streamName, wordSubject } from "../../src/anchor/net/nats/subjects.ts";
import { decodePacket } from "../../src/exchange/packet.ts";
import { parseCheckpoint } from "../../src/log/checkpoint.ts";
import { foundedRegion } from "../support/founded.ts";
import { onNats } from "../support/nats-node.ts";
import { NatsServer } from "../support/nats-server.ts";
import { pause } from "../support/shells.ts";
import { bearer } from "./cargo.ts";
import { type Carrier, settled } from "./carriers.ts";

const sentToReadMs = 100;
let server: NatsServer | null = null;

/** Entries by the stream, everything else as a word; the stream is a new one each time. */
export const natsCarrier: Carrier = {
  name: "NATS JetStream",
  tells: false,
  bring: async (to, founded, packets) => {
    server ??= await new NatsServer().start();
    const nc = await connect({ servers: server.url });
    const jsm = await jetstreamManager(nc);
    await jsm.streams.delete(streamName(foundedRegion)).catch(() => false);
    const noted = to.notes.length;
    const carrier = onNats(to, founded.dir, server.url);
    while (!(await isRead(jsm))) await pause(5);
    const js = jetstream(nc);
    const words: Uint8Array[] = [];
    for (const packet of packets) {
      const subject = subjectOf(packet);
      if (subject === null) words.push(packet);
      else await js.publish(subject, packet);
    }
    while (!(await isReadToTheEnd(jsm))) await pause(5);
    await arrived(to);
    // A peer tells its words again until they fit what is held; here they are told once, when it is.
    for (const word of words) nc.publish(wordSubject(foundedRegion, `${bearer}/box`), word);
    await nc.flush();
    await arrived(to);
    await carrier.stop();
    await nc.close();
    return to.notes.slice(noted).join("\n");
  },
  end: async () => {
    await server?.stop();
    server = null;
  },
};

/** What the server has sent is still on its way to the other connection. */
async function arrived(to: Parameters<Carrier["bring"]>[0]): Promise<void> {
  await pause(sentToReadMs);
  await settled(to);
}

/** The subject of a run's log, whatever region it names; null for what is said beside the stream. */
function subjectOf(bytes: Uint8Array): string | null {
  const packet = decodePacket(bytes);
  if (!packet.ok) return `holdfast.${foundedRegion}.log.nobody.knows.what`;
  if (packet.value.type !== "entries") return null;
  const checkpoint = parseCheckpoint(packet.value.head.checkpoint);
  if (!checkpoint.ok) throw new Error("a packet of a test names its log");
  const [, , , ...log] = checkpoint.value.origin.split("/");
  return logSubject(`holdfast/1/${foundedRegion}/${log.join("/")}`);
}

async function isRead(jsm: JetStreamManager): Promise<boolean> {
  return (await consumersOf(jsm)).length > 0;
}

async function isReadToTheEnd(jsm: JetStreamManager): Promise<boolean> {
  return (await consumersOf(jsm)).some(({ num_pending }) => num_pending === 0);
}

async function consumersOf(jsm: JetStreamManager) {
  return await jsm.consumers
    .list(streamName(foundedRegion))
    .next()
    .catch(() => []);
}
