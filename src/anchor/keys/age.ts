import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bech32 } from "@scure/base";
import { Decrypter, Encrypter } from "age-encryption";
import type { Name } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";

/*
 * A device's age identity: keys of cases are wrapped to its recipient. It lies beside the device's own keys in the form
 * that the program age takes (`age --decrypt -i FILE`), and in no backup.
 */

/** `text` is the secret. */
export type AgeIdentity = { readonly text: string; readonly recipient: string };

const identityPattern = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/m;
// DER headers of RFC 8410: what stands before the 32 bytes of an X25519 key.
const privateKeyHeader = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicKeyBytes = 32;

function identityFile(dir: string, site: Name, device: Name): string {
  return join(dir, "keys", `${site}.${device}.age`);
}

/** Makes a device's identity in a file of its own. Fails where there is one: it is never overwritten. */
export function makeIdentity(dir: string, site: Name, device: Name): Result<AgeIdentity, string> {
  const secret = randomBytes(publicKeyBytes);
  const text = bech32.encodeFromBytes("age-secret-key-", secret).toUpperCase();
  const identity = { text, recipient: recipientOf(secret) };
  const file = identityFile(dir, site, device);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const lines = `# public key: ${identity.recipient}\n${text}\n`;
    writeFileSync(file, lines, { mode: 0o600, flag: "wx", flush: true });
  } catch {
    return err(`${file} cannot be written, or an identity is there already.`);
  }
  return ok(identity);
}

/** Null where the device has none: it was made before there were sealed bodies. An error is a sentence. */
export function readIdentity(dir: string, site: Name, device: Name): Result<AgeIdentity | null, string> {
  const file = identityFile(dir, site, device);
  let lines: string;
  try {
    lines = readFileSync(file, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? ok(null) : err(`${file} cannot be read.`);
  }
  const text = identityPattern.exec(lines)?.[0];
  if (text === undefined) return err(`${file} holds no identity of age.`);
  try {
    return ok({ text, recipient: recipientOf(bech32.decodeToBytes(text).bytes) });
  } catch {
    return err(`${file} holds no identity of age.`);
  }
}

/** Whether keys can be wrapped to it. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return /^age1[a-z0-9]{58}$/.test(text);
  } catch {
    return false;
  }
}

/** Null: the recipient is none. */
export async function wrapKey(key: Uint8Array, recipient: string): Promise<Uint8Array | null> {
  if (!isRecipient(recipient)) return null;
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(key);
}

/** Null: it is not wrapped to this identity, or damaged. */
export async function unwrapKey(identity: AgeIdentity, box: Uint8Array): Promise<Uint8Array | null> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.text);
  try {
    return await decrypter.decrypt(box);
  } catch {
    return null;
  }
}

function recipientOf(secret: Uint8Array): string {
  const key = createPrivateKey({
    key: Buffer.concat([privateKeyHeader, secret]),
    format: "der",
    type: "pkcs8",
  });
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return bech32.encodeFromBytes("age", Uint8Array.from(der.subarray(-publicKeyBytes)));
}
