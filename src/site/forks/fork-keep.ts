import { fromHex, toHex } from "../../basics/bytes.ts";
import { type Origin, parseOrigin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { ForkHead } from "../../exchange/packet-head.ts";
import {
  formatCheckpoint,
  parseCheckpoint,
  type SignedCheckpoint,
  verifyCheckpoint,
} from "../../log/checkpoint.ts";
import type { Vkey } from "../../log/vkey.ts";
import { cutCharter, keyForLog } from "../../region/charter.ts";
import type { Branch, ForkProof } from "../effects.ts";
import { sendPacket } from "../exchange/link.ts";
import { logOf, publishLog } from "../replica.ts";
import type { ForkItem, House, Link, Out } from "../state.ts";
import { startCommit } from "../writing.ts";
import { commonSize, contradicts } from "./fork-proof.ts";

type ProofHead = Extract<ForkHead, { readonly step: "proof" }>;
type BranchHead = { readonly root: string; readonly path: readonly string[] };

/** Stores a proof that shows less in common than the one that is known, or the first of its log. */
export function keepFork(house: House, proof: ForkProof, from: Link | null, now: Now, out: Out): void {
  const { queue, inFlight, storing } = house.writing;
  const waiting = [...(inFlight?.forks ?? []), ...queue.filter((item) => item.kind === "fork")];
  const known = [...waiting.map(({ fork }) => fork), house.forks.get(proof.ours.origin)];
  const isKnown = known.some(
    (one) => one?.ours.origin === proof.ours.origin && commonSize(one) <= commonSize(proof),
  );
  // What cannot be stored now is told again: our vectors go on to differ.
  if (isKnown || !storing) return;
  queue.push({ kind: "fork", fork: proof, from: from?.id ?? null });
  startCommit(house, now, out);
}

/** A stored proof: from here on vectors, meaning and everybody else know of it. */
export function takeFork(house: House, { fork, from }: ForkItem, out: Out): void {
  const { origin } = fork.ours;
  house.forks.set(origin, fork);
  const log = logOf(house, origin);
  publishLog(house, log);
  cutCharter(house.charter, log.id, commonSize(fork));
  if (commonSize(fork) === 0) house.logStarts.get(log.device)?.delete(log.id);
  out.push({ type: "note", code: "log-forked", about: origin }, { type: "changed" });
  for (const link of house.established) if (link.id !== from) sendForkProof(house, link, fork, out);
}

export function sendForkProof(house: House, link: Link, proof: ForkProof, out: Out): void {
  const head = forkProofHead(house, proof);
  if (head !== null) sendPacket(link, { type: "fork", head }, out);
}

/** Null while the charter names no key for the log: nobody could check it. */
export function forkProofHead(house: House, proof: ForkProof): ProofHead | null {
  const vkey = keyOf(house, proof.ours.origin);
  return vkey === undefined ? null : proofHead(proof, vkey);
}

/** The proof as anybody who knows the log's key can check it. */
export function proofHead(proof: ForkProof, vkey: Vkey): ProofHead {
  const { first } = proof;
  return {
    step: "proof",
    ours: formatCheckpoint(proof.ours, vkey),
    theirs: formatCheckpoint(proof.theirs, vkey),
    root: toHex(proof.rootAtOurs),
    path: proof.path.map(toHex),
    ...(first === undefined
      ? {}
      : { first: { size: first.size, ours: headOf(first.ours), theirs: headOf(first.theirs) } }),
  };
}

/** "What root does that history have at this size, and how did it grow from there?" */
export function sendAsk(house: House, link: Link, theirs: SignedCheckpoint, size: number, out: Out): void {
  const vkey = keyOf(house, theirs.origin);
  if (vkey === undefined) return;
  const checkpoint = formatCheckpoint(theirs, vkey);
  sendPacket(link, { type: "fork", head: { step: "ask", checkpoint, size } }, out);
}

/** The proof that a peer tells, if both checkpoints are signed by the log's own key and cannot both be true. */
export function readProof(house: House, head: ProofHead): ForkProof | null {
  const ours = signedIn(house, head.ours);
  const theirs = signedIn(house, head.theirs);
  if (ours === undefined || theirs === undefined || ours.origin !== theirs.origin) return null;
  const { root: rootAtOurs, path } = branchOf(head);
  const proof: ForkProof = { ours, theirs, rootAtOurs, path };
  const first = head.first && {
    size: head.first.size,
    ours: branchOf(head.first.ours),
    theirs: branchOf(head.first.theirs),
  };
  const whole = first === undefined ? proof : { ...proof, first };
  return contradicts(house.ports.crypto.sha256, whole) ? whole : null;
}

export function signedIn(house: House, note: string): SignedCheckpoint | undefined {
  const parsed = parseCheckpoint(note);
  if (!parsed.ok) return undefined;
  const vkey = keyOf(house, parsed.value.origin);
  if (vkey === undefined) return undefined;
  const checkpoint = verifyCheckpoint(house.ports.crypto, parsed.value, vkey);
  return checkpoint.ok ? checkpoint.value : undefined;
}

export function keyOf(house: House, origin: Origin): Vkey | undefined {
  const parts = parseOrigin(origin);
  return parts.ok && parts.value.region === house.region ? keyForLog(house.charter, parts.value) : undefined;
}

export function branchOf({ root, path }: BranchHead): Branch {
  return { root: hexBytes(root), path: path.map(hexBytes) };
}

function headOf({ root, path }: Branch): { root: string; path: string[] } {
  return { root: toHex(root), path: path.map(toHex) };
}

/** The schema of a fork packet admits hexadecimal only; anything else becomes a root that fits nothing. */
function hexBytes(text: string): Uint8Array {
  const bytes = fromHex(text);
  return bytes.ok ? bytes.value : new Uint8Array(0);
}
