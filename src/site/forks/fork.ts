import { equalBytes, toHex } from "../../basics/bytes.ts";
import type { Origin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { ForkHead } from "../../exchange/packet-head.ts";
import { formatCheckpoint, type SignedCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/entry.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf } from "../../log/tree.ts";
import type { Branch } from "../effects.ts";
import { sendPacket } from "../exchange/link.ts";
import { lookUpLog } from "../replica.ts";
import type { House, Link, Out } from "../state.ts";
import { branchOf, keepFork, keyOf, readProof, signedIn } from "./fork-keep.ts";
import { leadsTo } from "./fork-proof.ts";
import { beginSearch, narrow, resumeSearch } from "./fork-search.ts";

type Ask = Extract<ForkHead, { readonly step: "ask" }>;
type Answer = Extract<ForkHead, { readonly step: "answer" }>;
type Proof = Extract<ForkHead, { readonly step: "proof" }>;

/**
 * A signed checkpoint does not follow from what we hold. Nobody is blamed yet: the sender is asked how the log grew
 * from our size to its own (SPEC FORK1).
 */
export function askForProof(
  house: House,
  link: Link,
  checkpoint: string,
  origin: Origin,
  now: Now,
  out: Out,
): void {
  const { size } = lookUpLog(house, origin).durable.range;
  if (size === 0 || resumeSearch(house, link, origin, now, out)) return;
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
  out.push({ type: "read-leaves", read: house.lastRead, origin, from: 0, to: checkpoint.size });
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
  const rootAt = (end: number): Uint8Array =>
    rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, end)));
  // Of a history that is not ours there is nothing that we could show.
  if (!equalBytes(rootAt(checkpoint.size), checkpoint.root)) return;
  const root = toHex(rootAt(size));
  const path = consistencyProof(sha256, leaves, size).map(toHex);
  const note = formatCheckpoint(checkpoint, vkey);
  sendPacket(link, { type: "fork", head: { step: "answer", checkpoint: note, size, root, path } }, out);
}

function receiveAnswer(house: House, link: Link, answer: Answer, now: Now, out: Out): void {
  const theirs = signedIn(house, answer.checkpoint);
  if (theirs === undefined) return;
  const branch = branchOf(answer);
  if (narrow(house, link, theirs, answer.size, branch, now, out)) return;
  const { origin } = theirs;
  const ours = lookUpLog(house, origin).durable.checkpoint;
  // We have grown since we asked, or look into it already: the next packet that does not fit asks again. Only who is not
  // sure of its history asks for one that is shorter.
  if (ours === null || house.forkSearches.has(origin)) return;
  const isUnsure = house.unsure.has(origin);
  if (answer.size !== (isUnsure ? Math.min(ours.size, theirs.size) : ours.size)) return;
  const isShown = leadsTo(house.ports.crypto.sha256, branch, answer.size, theirs);
  if (isShown && !isBeginning(ours, answer.size, branch))
    beginSearch(house, link, ours, theirs, branch, now, out);
  else if (isShown && isUnsure) house.unsure.delete(origin);
  else out.push({ type: "note", code: "refused-sender-at-fault", about: link.peer ?? "unknown" });
}

/** Whether what we hold is the beginning of a history that has this root at our size. */
function isBeginning(ours: SignedCheckpoint, size: number, { root }: Branch): boolean {
  return ours.size === size && equalBytes(ours.root, root);
}

/** Without a link it was carried here: both signatures prove it, whoever brings it. */
export function receiveProof(house: House, link: Link | null, head: Proof, now: Now, out: Out): void {
  const proof = readProof(house, head);
  if (proof !== null) keepFork(house, proof, link, now, out);
}
