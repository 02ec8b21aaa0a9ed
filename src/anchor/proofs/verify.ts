import { toHex, utf8Decode } from "../../basics/bytes.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { secondMs } from "../../basics/time.ts";
import { type Proof, type ProofError, type ProofVerdict, parseProof, verifyProof } from "../../log/proof.ts";
import { formatVkey, parseVkey, type Vkey } from "../../log/vkey.ts";
import { nodeCrypto } from "../crypto-node.ts";

/** Why a proof proves nothing, for the person who was handed it. */
const sentences: { readonly [Error in ProofError]: string } = {
  "not-a-note": "The checkpoint in it is no signed note.",
  "note-too-large": "The checkpoint in it is larger than any that Holdfast writes.",
  "not-a-checkpoint": "The signed note in it is no checkpoint of a log.",
  "not-an-origin": "The checkpoint in it belongs to no log of Holdfast.",
  "wrong-key": "The checkpoint belongs to the log of another device.",
  "not-signed-by-key": "The checkpoint does not carry the signature of the log's own device.",
  "bad-signature": "A signature in it is false.",
  "not-a-proof": "This is no C2SP tlog-proof, version 1.",
  "proof-too-large": "This is larger than any proof.",
  "empty-log": "An empty log proves nothing.",
  "not-included": "The entry does not stand at that place in the log that was signed.",
};

/**
 * Verifies a proof from its text, keys and, where the proof does not bring it, the entry.
 * @param keys lines of vkeys, `#` begins a comment; who hands them over is whom the reader trusts
 * @returns what is proved, in words; an error is a sentence
 */
export function verifyText(
  text: string,
  keys: string,
  given: Uint8Array | null = null,
): Result<string, string> {
  const vkeys = parseKeyList(keys);
  if (!vkeys.ok) return vkeys;
  const proof = parseProof(text);
  if (!proof.ok) return err(sentences[proof.error]);
  const entry = given ?? proof.value.extra;
  if (entry === undefined)
    return err("The proof does not bring its entry along: name the entry's file with --entry.");
  const { origin } = proof.value.checkpoint;
  const log = vkeys.value.find(
    ({ kind, name }) => kind === "log" && name === origin.slice(0, origin.lastIndexOf("/")),
  );
  if (log === undefined) return err(`None of the keys is that of ${origin}.`);
  const holders = vkeys.value.filter(({ kind }) => kind === "holder");
  const verdict = verifyProof(nodeCrypto, proof.value, { entry, log, holders });
  return verdict.ok ? ok(inWords(proof.value, verdict.value, entry)) : err(sentences[verdict.error]);
}

/** One vkey a line; two that name the same key with different bytes would leave open which one is trusted. */
function parseKeyList(text: string): Result<readonly Vkey[], string> {
  const vkeys = new Map<string, Vkey>();
  for (const [at, line] of text.split("\n").entries()) {
    const key = line.split("#")[0]?.trim() ?? "";
    if (key === "") continue;
    const vkey = parseVkey(nodeCrypto.sha256, key);
    if (!vkey.ok) return err(`Line ${at + 1} of the keys is no key.`);
    const known = vkeys.get(vkey.value.name);
    if (known !== undefined && formatVkey(known) !== key)
      return err(`The keys name two different keys ${vkey.value.name}.`);
    vkeys.set(vkey.value.name, vkey.value);
  }
  return vkeys.size > 0 ? ok([...vkeys.values()]) : err("There is no key among the keys.");
}

function inWords(proof: Proof, verdict: ProofVerdict, entry: Uint8Array): string {
  const { origin, size, root } = verdict.checkpoint;
  const others = proof.checkpoint.signatures.length - 1 - verdict.receipts.length;
  const held = verdict.receipts.map(
    ({ holder, timeS }) => `  ${new Date(timeS * secondMs).toISOString()}  ${holder}`,
  );
  const text = utf8Decode(entry);
  return [
    `Proved: this is entry ${proof.index} of ${origin},`,
    `which its device signed at ${size} entries, root ${toHex(root)}.`,
    held.length > 0
      ? "Held, by each holder's own signature and clock:"
      : "No holder whose key was given confirms it.",
    ...held,
    ...(others > 0 ? [`Not verified: ${others} more signatures by keys that were not given.`] : []),
    text.ok ? text.value : toHex(entry),
  ].join("\n");
}
