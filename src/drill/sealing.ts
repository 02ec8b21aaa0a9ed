import { createCipheriv } from "node:crypto";
import { present } from "../basics/assert.ts";
import { concatBytes, equalBytes, toHex, utf8Encode } from "../basics/bytes.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { DeviceId } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import type { Aead, Sha256 } from "../log/crypto.ts";
import { type CaseId, caseIdOf, caseKeyBytes, nonceBytes, sealBody, siteOfCase } from "../log/sealed.ts";
import type { Slot } from "../log/slot.ts";
import type { Effect, WrappedKey } from "../site/effects.ts";
import { type SimulatedDevice, simulatedRegion } from "./roster.ts";

/** What stands in every sealed body: wherever it is seen, somebody can read what is said of a person. */
export const clearText = "said of a person";
/** How every case's key begins, so that one search finds any of them. */
export const keyBeginning = Uint8Array.of(0x6b, 0x65, 0x79, 0x20, 0x6f, 0x66, 0x20, 0x61, 0x20);

const recipientLetters = "02346789acdefghjklmnpqrstuvwxyz";

export type NewCase = { readonly id: CaseId; readonly keys: readonly WrappedKey[] };

/**
 * The keys of cases in a simulated world, as its people's machines have them: a stand-in for age, in which whoever knows the
 * recipient could open; real AES for what is sealed.
 */
export class Sealing {
  readonly #random: Random;
  readonly #sha256: Sha256;
  readonly #keys = new Map<CaseId, Uint8Array>();
  readonly #recipients = new Map<DeviceId, string>();

  constructor(random: Random, sha256: Sha256, devices: readonly SimulatedDevice[]) {
    this.#random = random;
    this.#sha256 = sha256;
    for (const { id, recipient } of devices) if (recipient !== undefined) this.#recipients.set(id, recipient);
  }

  /** A new case of this device's site, its key wrapped to these devices. */
  open({ site }: SimulatedDevice, readers: readonly SimulatedDevice[]): NewCase {
    const key = concatBytes(keyBeginning, this.#random.bytes(caseKeyBytes - keyBeginning.length));
    const id = caseIdOf(this.#sha256, simulatedRegion, site, key);
    this.#keys.set(id, key);
    const to = readers.flatMap(({ id: device, recipient }) =>
      recipient === undefined ? [] : [{ device, recipient }],
    );
    return { id, keys: this.#wrapTo(id, key, to) };
  }

  /** The body of a note of this case, sealed by this device. */
  note({ id: device }: SimulatedDevice, id: CaseId): JsonObject {
    const key = present(this.#keys.get(id), "a case of this world");
    const place = { region: simulatedRegion, device, kind: "case.note/1", case: id };
    const body = { text: `${clearText} ${toHex(this.#random.bytes(4))}` };
    const sealed = sealBody(aead, key, this.#random.bytes(nonceBytes), place, body);
    return { case: id, sealed: sealed.ok ? sealed.value : "" };
  }

  /** What a shell does that is asked to wrap; empty where none of the slots opens for its device. */
  wrap({ hosted, case: id, slots, to }: Extract<Effect, { readonly type: "wrap" }>): readonly WrappedKey[] {
    for (const slot of slots) {
      const key = this.#unwrapped(hosted, slot);
      if (key !== null && caseIdOf(this.#sha256, simulatedRegion, siteOfCase(id), key) === id)
        return this.#wrapTo(id, key, to);
    }
    return [];
  }

  /** Whether this slot gives the device that it is for the case's own key. */
  opens(slot: Slot): boolean {
    const [key, own] = [this.#unwrapped(slot.to, slot), this.#keys.get(slot.case)];
    return key !== null && own !== undefined && equalBytes(key, own);
  }

  #wrapTo(
    id: CaseId,
    key: Uint8Array,
    to: readonly { readonly device: DeviceId; readonly recipient: string }[],
  ): readonly WrappedKey[] {
    return to.map(({ device, recipient }) => {
      const nonce = this.#random.bytes(nonceBytes);
      return { case: id, to: device, box: concatBytes(nonce, this.#mixed(recipient, nonce, key)) };
    });
  }

  #unwrapped(device: DeviceId, { box }: Slot): Uint8Array | null {
    const recipient = this.#recipients.get(device);
    if (recipient === undefined) return null;
    return this.#mixed(recipient, box.subarray(0, nonceBytes), box.subarray(nonceBytes));
  }

  #mixed(recipient: string, nonce: Uint8Array, bytes: Uint8Array): Uint8Array {
    const stream = this.#sha256(concatBytes(utf8Encode(recipient), nonce));
    return bytes.map((byte, at) => byte ^ (stream[at] ?? 0));
  }
}

/** To whom keys of cases are wrapped, in the form that age has. */
export function drawRecipient(random: Random): string {
  return `age1${Array.from({ length: 58 }, () => random.pick([...recipientLetters])).join("")}`;
}

const aead: Pick<Aead, "seal"> = {
  seal: (key, nonce, plain, additional) => {
    const sealing = createCipheriv("aes-256-gcm", key, nonce).setAAD(additional);
    return Uint8Array.from(Buffer.concat([sealing.update(plain), sealing.final(), sealing.getAuthTag()]));
  },
};
