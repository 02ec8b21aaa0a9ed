import { equalBytes, fromHex, toHex } from "../basics/bytes.ts";
import { type Origin, parseOrigin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import type { ForkHead } from "../exchange/packet-head.ts";
import {
  formatCheckpoint,
  parseCheckpoint,
  type SignedCheckpoint,
  verifyCheckpoint,
} from "../log/checkpoint.ts";
import { leafHash } from "../log/entry.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf, verifyConsistency } from "../log/tree.ts";
import type { Vkey } from "../log/vkey.ts";
import { keyForLog } from "../region/charter.ts";
import type { ForkProof } from "./effects.ts";
import { sendPacket } from "./link.ts";
import { lookUpLog } from "./replica.ts";
import type { House, Link, Out } from "./state.ts";
import { startCommit } from "./writing.ts";

type Ask = Extract<ForkHead, { readonly step: "ask" }>;
type Answer = Extract<ForkHead, { readonly step: "answer" }>;
type Proof = Extract<ForkHead, { readonly step: "proof" }>;

/**
 * A signed checkpoint does not follow from what we hold. Nobody is blamed yet: the sender is asked how the log grew
 * from our size to its own (SPEC FORK1).
 */
export function askForProof(house: House, link: Link, checkpoint: string, origin: Origin, out: Out): void {
  const { size } = lookUpLog(house, origin).durable.range;
  if (size === 0) return;
  sendPacket(link, { type: "fork", head: { step: "ask", checkpoint, size } }, out);
}

export function receiveFork(house: House, link: Link, head: ForkHead, now: Now, out: Out): void {
  if (head.step === "ask") receiveAsk(house, link, head, out);
  else if (head.step === "answer") receiveAnswer(house, link, head, now, out);
  else receiveProof(house, link, head, now, out);
}

function receiveAsk(house: House, link: Link, ask: Ask, out: Out): void {
  const checkpoint = signedIn(house, ask.checkpoint);
  if (checkpoint === undefined || ask.size > checkpoint.size || ask.size === 0) return;
  if (checkpoint.size > lookUpLog(house, checkpoint.origin).durable.range.size) return;
  // A proof hashes a whole log: one at a time for each peer.
  for (const read of house.reads.values()) if (read.kind === "leaves" && read.link === link.id) return;
  house.lastRead += 1;
  const { origin } = checkpoint;
  house.reads.set(house.lastRead, { kind: "leaves", link: link.id, origin, size: ask.size, checkpoint });
  out.push({ type: "read-leaves", read: house.lastRead, origin, to: checkpoint.size });
}

/** Answers with the root that our log had at the size asked for, and the path from there to the checkpoint. */
export function sendAnswer(
  house: House,
  link: Link,
  size: number,
  checkpoint: SignedCheckpoint,
  entries: readonly Uint8Array[],
  out: Out,
): void {
  const { sha256 } = house.ports.crypto;
  const vkey = keyOf(house, checkpoint.origin);
  if (vkey === undefined || entries.length !== checkpoint.size) return;
  const leaves = entries.map((bytes) => leafHash(sha256, bytes));
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, size)));
  const path = consistencyProof(sha256, leaves, size).map(toHex);
  const note = formatCheckpoint(checkpoint, vkey);
  sendPacket(
    link,
    { type: "fork", head: { step: "answer", checkpoint: note, size, root: toHex(root), path } },
    out,
  );
}

function receiveAnswer(house: House, link: Link, answer: Answer, now: Now, out: Out): void {
  const theirs = signedIn(house, answer.checkpoint);
  if (theirs === undefined) return;
  const ours = lookUpLog(house, theirs.origin).durable.checkpoint;
  // We have grown since we asked: the next packet that does not fit asks again.
  if (ours === null || ours.size !== answer.size) return;
  const proof = { ours, theirs, rootAtOurs: hexBytes(answer.root), path: answer.path.map(hexBytes) };
  if (!contradicts(house, proof)) {
    out.push({ type: "note", code: "refused-sender-at-fault", about: link.peer ?? "unknown" });
    return;
  }
  keepFork(house, proof, null, now, out);
}

function receiveProof(house: House, link: Link, head: Proof, now: Now, out: Out): void {
  const ours = signedIn(house, head.ours);
  const theirs = signedIn(house, head.theirs);
  if (ours === undefined || theirs === undefined || ours.origin !== theirs.origin) return;
  const proof = { ours, theirs, rootAtOurs: hexBytes(head.root), path: head.path.map(hexBytes) };
  if (contradicts(house, proof)) keepFork(house, proof, link, now, out);
}

/** True when one key signed both and no log can be both. */
function contradicts(house: House, proof: ForkProof): boolean {
  const { ours, theirs, rootAtOurs, path } = proof;
  if (ours.size > theirs.size || equalBytes(rootAtOurs, ours.root)) return false;
  return verifyConsistency(house.ports.crypto.sha256, {
    fromSize: ours.size,
    fromRoot: rootAtOurs,
    toSize: theirs.size,
    toRoot: theirs.root,
    proof: path,
  });
}

/** Keeps the first proof of a log and gives it to everyone else. What follows from it belongs to a later version. */
function keepFork(house: House, proof: ForkProof, from: Link | null, now: Now, out: Out): void {
  const { origin } = proof.ours;
  if (house.forks.has(origin)) return;
  house.forks.set(origin, proof);
  house.writing.queue.push({ kind: "fork", fork: proof });
  startCommit(house, now, out);
  out.push({ type: "note", code: "log-forked", about: origin }, { type: "changed" });
  for (const link of house.established) if (link !== from) sendForkProof(house, link, proof, out);
}

export function sendForkProof(house: House, link: Link, proof: ForkProof, out: Out): void {
  const vkey = keyOf(house, proof.ours.origin);
  if (vkey === undefined) return;
  const head: Proof = {
    step: "proof",
    ours: formatCheckpoint(proof.ours, vkey),
    theirs: formatCheckpoint(proof.theirs, vkey),
    root: toHex(proof.rootAtOurs),
    path: proof.path.map(toHex),
  };
  sendPacket(link, { type: "fork", head }, out);
}

function signedIn(house: House, note: string): SignedCheckpoint | undefined {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) return undefined;
  const vkey = keyOf(house, parsed.value.origin);
  if (vkey === undefined) return undefined;
  const checkpoint = verifyCheckpoint(house.ports.crypto, parsed.value, vkey);
  return checkpoint.ok ? checkpoint.value : undefined;
}

function keyOf(house: House, origin: Origin): Vkey | undefined {
  const parts = parseOrigin(origin);
  return parts.ok && parts.value.region === house.region ? keyForLog(house.charter, parts.value) : undefined;
}

/** The schema of a fork packet admits hexadecimal only; anything else becomes a root that fits nothing. */
function hexBytes(text: string): Uint8Array {
  const bytes = fromHex(text);
  return bytes.ok ? bytes.value : new Uint8Array(0);
}
