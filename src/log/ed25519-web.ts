import { isStrictSignature } from "./ed25519.ts";

/** The part of `crypto.subtle` that is used here. */
export type WebVerifier = Pick<SubtleCrypto, "importKey" | "verify">;

const algorithm = { name: "Ed25519" };

/**
 * Verifies in the strict profile with WebCrypto. Rejects with the runtime's own `NotSupportedError` where it has
 * no Ed25519 (take `nobleCrypto` there): an unknown algorithm must not look like a forged signature.
 */
export async function webVerify(
  subtle: WebVerifier,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isStrictSignature(publicKey, signature)) return false;
  // Copies, so that nobody changes the bytes between this check and the verdict.
  const [key, text, proof] = [
    Uint8Array.from(publicKey),
    Uint8Array.from(message),
    Uint8Array.from(signature),
  ];
  try {
    const imported = await subtle.importKey("raw", key, algorithm, false, ["verify"]);
    return await subtle.verify(algorithm, imported, proof, text);
  } catch (error) {
    // Some runtimes refuse at import a key that is no point of the curve.
    if (error instanceof DOMException && error.name === "DataError") return false;
    throw error;
  }
}
