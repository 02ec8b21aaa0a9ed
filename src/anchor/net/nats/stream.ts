import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StoredMsg,
  type StreamConfig,
  type StreamInfo,
} from "@nats-io/jetstream";
import type { Name, Origin } from "../../../basics/name.ts";
import type { NatsConfig } from "./settings.ts";
import { logSubject, logSubjects, streamName } from "./subjects.ts";

/** For so long JetStream leaves out what it was given before. A hint: what comes again later changes nothing. */
const duplicateWindowNs = 120_000_000_000;
const streamNotFound = 10_059;
const messageNotFound = 10_037;
const alreadyThere = 10_058;
const lookUpsAtOnce = 32;
export const requestWithinMs = 10_000;

/** What a stream of a region is, word for word: kept in files, nothing deleted, nothing purged, full means refused. */
function wantedStream(region: Name, config: NatsConfig): Partial<StreamConfig> & { readonly name: string } {
  return {
    name: streamName(region),
    subjects: [logSubjects(region)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    deny_delete: true,
    deny_purge: true,
    allow_direct: true,
    duplicate_window: duplicateWindowNs,
    num_replicas: config.stream.replicas,
    ...(config.stream.bytesMax === undefined ? {} : { max_bytes: config.stream.bytesMax }),
  };
}

/** The region's stream, made where it is not there. Throws what the client throws. */
export async function openStream(
  jsm: JetStreamManager,
  region: Name,
  config: NatsConfig,
): Promise<StreamInfo> {
  try {
    return await jsm.streams.info(streamName(region));
  } catch (error) {
    if (!isApiError(error, streamNotFound)) throw error;
  }
  try {
    return await jsm.streams.add(wantedStream(region, config));
  } catch (error) {
    // Two anchors began in the same moment.
    if (!isApiError(error, alreadyThere)) throw error;
    return await jsm.streams.info(streamName(region));
  }
}

/**
 * What is wrong with a stream that somebody else made, as the end of a sentence; null: nothing. It is used all the same,
 * since the record is in the anchors' own stores: what it drops is sent again.
 */
export function streamFault({ config }: StreamInfo): string | null {
  const faults = [
    config.storage === StorageType.File ? "" : "is kept in memory only",
    config.discard === DiscardPolicy.New ? "" : "drops old entries when it is full",
    config.max_age > 0 ? "drops entries by their age" : "",
    config.deny_delete && config.deny_purge ? "" : "lets entries be deleted",
  ].filter((fault) => fault !== "");
  return faults.length === 0 ? null : faults.join(", ");
}

/** The last message of each of these logs. */
export async function lastMessages(
  jsm: JetStreamManager,
  region: Name,
  origins: readonly Origin[],
): Promise<ReadonlyMap<Origin, Uint8Array>> {
  const last = new Map<Origin, Uint8Array>();
  const waiting = [...origins];
  const lookUp = async (): Promise<void> => {
    for (let origin = waiting.pop(); origin !== undefined; origin = waiting.pop()) {
      const message = await messageAt(jsm, region, { last_by_subj: logSubject(origin) });
      if (message !== null) last.set(origin, message.data);
    }
  };
  await Promise.all(Array.from({ length: lookUpsAtOnce }, lookUp));
  return last;
}

/**
 * Where to begin reading: the first message that brings something new. What a store holds is a beginning of the stream,
 * but for what was sent out of order; so it is found by halving, from what is stored now and from no mark of an earlier
 * connection: a store that was put back gets everything again.
 */
export async function firstUnheld(
  jsm: JetStreamManager,
  region: Name,
  { first_seq: first, last_seq: last }: { readonly first_seq: number; readonly last_seq: number },
  isHeld: (packet: Uint8Array) => boolean,
): Promise<number> {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const message = await messageAt(jsm, region, { seq: middle, next_by_subj: logSubjects(region) });
    if (message === null || !isHeld(message.data)) high = middle;
    else low = message.seq + 1;
  }
  return Math.max(low, 1);
}

/** The first messages from here on, and where to go on. What was dropped meanwhile is left out. */
export async function messagesFrom(
  jsm: JetStreamManager,
  region: Name,
  from: number,
  last: number,
): Promise<{ readonly messages: readonly Uint8Array[]; readonly next: number }> {
  const next = Math.min(from + lookUpsAtOnce, last + 1);
  const found = await Promise.all(
    Array.from({ length: next - from }, (_, at) => messageAt(jsm, region, { seq: from + at })),
  );
  return { messages: found.flatMap((message) => (message === null ? [] : [message.data])), next };
}

type Place = { readonly last_by_subj: string } | { readonly seq: number; readonly next_by_subj?: string };

async function messageAt(jsm: JetStreamManager, region: Name, place: Place): Promise<StoredMsg | null> {
  try {
    return await jsm.streams.getMessage(streamName(region), place);
  } catch (error) {
    if (isApiError(error, messageNotFound)) return null;
    throw error;
  }
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}
