import { fromBase64, toBase64, toHex, utf8Encode } from "../basics/bytes.ts";
import { type DeviceId, deviceIdOf, type Name, type Origin, parseOrigin } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Crypto, Signer } from "../log/crypto.ts";
import type { Vkey } from "../log/vkey.ts";
import { packetVersionHighest, packetVersionLowest } from "./packet.ts";
import type { HelloHead, HelloOffer } from "./packet-head.ts";

export const helloNonceBytes = 32;
export const helloWithinMs = 5_000;

/** The SHA-256 of the listener's TLS certificate in hexadecimal, or the word `plain`. */
export type Channel = string;
export const plainChannel: Channel = "plain";

/** Who we are on one connection. */
export type HelloSelf = { readonly region: Name; readonly origin: Origin; readonly signer: Signer };

export type HelloRefusal =
  | "out-of-turn"
  | "other-region"
  | "other-version"
  | "not-for-us"
  /** A reflection: both sides sign the same text, so our own proof sent back to us would be true. */
  | "our-own-name"
  | "not-whom-we-dialed"
  | "unknown-device"
  | "wrong-signature";

export function helloOffer(self: HelloSelf, to: DeviceId, nonce: Uint8Array): HelloOffer {
  return {
    step: "offer",
    lowest: packetVersionLowest,
    highest: packetVersionHighest,
    region: self.region,
    origin: self.origin,
    to,
    nonce: toHex(nonce),
  };
}

/** What both sides sign: each line binds one thing that a relay or a replay would have to change. */
export function helloText(
  region: Name,
  dialer: HelloOffer,
  listener: HelloOffer,
  channel: Channel,
): Uint8Array {
  return utf8Encode(
    `holdfast/hello/1\n${region}\n${dialer.origin}\n${listener.origin}\n` +
      `${dialer.nonce}\n${listener.nonce}\n${channel}\n`,
  );
}

/** Checks an offer before anything is signed for it. Returns the device that offers. */
export function checkOffer(self: HelloSelf, offer: HelloOffer): Result<DeviceId, HelloRefusal> {
  if (offer.region !== self.region) return err("other-region");
  if (offer.lowest > packetVersionHighest || offer.highest < packetVersionLowest) return err("other-version");
  const own = parseOrigin(self.origin);
  const peer = parseOrigin(offer.origin);
  if (!own.ok || !peer.ok || peer.value.region !== self.region) return err("other-region");
  if (offer.to !== deviceIdOf(own.value)) return err("not-for-us");
  const device = deviceIdOf(peer.value);
  return device === offer.to ? err("our-own-name") : ok(device);
}

export function helloProof(self: HelloSelf, text: Uint8Array): HelloHead {
  return { step: "proof", signature: toBase64(self.signer.sign(text)) };
}

export function checkProof(
  crypto: Crypto,
  vkey: Vkey | undefined,
  text: Uint8Array,
  signature: string,
): Result<void, HelloRefusal> {
  if (vkey === undefined) return err("unknown-device");
  const bytes = fromBase64(signature);
  if (!bytes.ok || !crypto.verify(vkey.publicKey, text, bytes.value)) return err("wrong-signature");
  return ok(undefined);
}
