import type { Vkey } from "./vkey.ts";

export const hashBytes = 32;
export const publicKeyBytes = 32;
export const signatureBytes = 64;
export const seedBytes = 32;

/** SHA-256, a new 32-byte array each time. Neither keeps nor changes its argument: callers reuse buffers. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The two primitives that a log needs, passed in because every runtime has its own. */
export type Crypto = {
  readonly sha256: Sha256;
  /** Ed25519 in the strict profile (see ed25519.ts). Never throws: what cannot be verified is false. */
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
};

/** AES-256-GCM with a 12-byte nonce; the tag's 16 bytes stand behind what is sealed. */
export type Aead = {
  readonly seal: (
    key: Uint8Array,
    nonce: Uint8Array,
    plain: Uint8Array,
    additional: Uint8Array,
  ) => Uint8Array;
  /** Null where key, nonce, additional data or bytes are others. Never throws. */
  readonly open: (
    key: Uint8Array,
    nonce: Uint8Array,
    sealed: Uint8Array,
    additional: Uint8Array,
  ) => Uint8Array | null;
};

/** A private key that stays where it is: 64-byte Ed25519 signatures under `vkey.publicKey`. */
export type Signer = {
  readonly vkey: Vkey;
  readonly sign: (message: Uint8Array) => Uint8Array;
};
