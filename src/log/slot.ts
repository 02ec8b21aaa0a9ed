import { assert } from "../basics/assert.ts";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import type { DeviceId, Name } from "../basics/name.ts";
import type { Crypto, Sha256, Signer } from "./crypto.ts";
import type { CaseId } from "./sealed.ts";
import type { Vkey } from "./vkey.ts";

/**
 * The key of a case for one device: wrapped to its age recipient, signed by whoever wrapped it. It lies in a key table
 * outside the log and travels over live connections only. What stands under one name is kept as it first came: each of
 * them holds the same key or, by a liar, none, and then another's slot opens.
 */
export type Slot = SlotName & {
  /** An age file of the key's 32 bytes. */
  readonly box: Uint8Array;
  /** Ed25519 by the log key of `by`. */
  readonly signature: Uint8Array;
};

export type SlotName = {
  readonly case: CaseId;
  /** Whose recipient it is wrapped to. */
  readonly to: DeviceId;
  /** Who wrapped it. */
  readonly by: DeviceId;
};

/** An age file of 32 bytes to one X25519 recipient has about 250. */
export const boxBytesMax = 1_024;
const idDigits = 16;

export function signSlot(
  sha256: Sha256,
  signer: Signer,
  region: Name,
  name: SlotName,
  box: Uint8Array,
): Slot {
  assert(box.length > 0 && box.length <= boxBytesMax, "a wrapped key of at most 1 KiB");
  return { ...name, box, signature: signer.sign(slotText(sha256, region, name, box)) };
}

/** Whether the device that the slot names as its wrapper has signed it. */
export function verifySlot(crypto: Crypto, region: Name, slot: Slot, vkey: Vkey): boolean {
  if (slot.box.length === 0 || slot.box.length > boxBytesMax) return false;
  return crypto.verify(vkey.publicKey, slotText(crypto.sha256, region, slot, slot.box), slot.signature);
}

/** A short name that two devices compare: the first 16 hexadecimal digits of a hash. */
export function slotId(sha256: Sha256, name: SlotName): string {
  return toHex(sha256(utf8Encode(slotKey(name)))).slice(0, idDigits);
}

/** Unlike that of any other slot. */
export function slotKey({ case: id, to, by }: SlotName): string {
  return `${id} ${to} ${by}`;
}

function slotText(sha256: Sha256, region: Name, { case: id, to, by }: SlotName, box: Uint8Array): Uint8Array {
  return utf8Encode(`holdfast/slot/1\n${region}\n${id}\n${to}\n${by}\n${toHex(sha256(box))}\n`);
}
