import { assert } from "../basics/assert.ts";
import { utf8Encode } from "../basics/bytes.ts";
import { type DeviceId, deviceIdOf, isOrigin, type Name, type Origin, parseOrigin } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { isSignedBy } from "../log/checkpoint.ts";
import type { Crypto, Signer } from "../log/crypto.ts";
import { formatNote, parseNote } from "../log/note.ts";
import type { Vkey } from "../log/vkey.ts";
import { type KeyRange, type LogVersion, vectorParts } from "./vector.ts";

/*
 * What a device holds, signed by its log key: for a carrier without a hello, where anybody may have sent what comes.
 *
 * holdfast/vector/1
 * <origin of the log that the device writes now>
 * whole <after or -> <up to or ->      every log in this stretch is named; or the line: some
 * <origin> <size> <root>               a line a log, by origin
 */

/** `range`: every log of it is named, and of others nothing is held; null: only what is named is said. */
export type SignedVector = {
  readonly device: DeviceId;
  readonly range: KeyRange | null;
  readonly logs: ReadonlyMap<Origin, LogVersion>;
};

export type SignedVectorError = "not-a-signed-vector" | "other-region" | "unknown-device" | "bad-signature";

const firstLine = "holdfast/vector/1";
/** The longest lines of so many logs stay below what a note may hold. */
const logsInNoteMax = 512;

/** Notes that together say how far each of these logs is held. */
export function signVector(
  signer: Signer,
  origin: Origin,
  logs: ReadonlyMap<Origin, LogVersion>,
  isWhole: boolean,
): readonly string[] {
  return vectorParts(logs, logsInNoteMax).map(({ range, members }) => {
    const extent = isWhole ? `whole ${range.after ?? "-"} ${range.upTo ?? "-"}` : "some";
    const lines = Object.entries(members).map(([log, { size, root }]) => `${log} ${size} ${root}`);
    const text = `${[firstLine, origin, extent, ...lines].join("\n")}\n`;
    const { name, keyId } = signer.vkey;
    assert(origin.startsWith(`${name}/`), "a vector is signed by the device that holds it");
    return formatNote({ text, signatures: [{ name, keyId, signature: signer.sign(utf8Encode(text)) }] });
  });
}

/** Believes a note that the device which it names has signed. */
export function readSignedVector(
  crypto: Crypto,
  region: Name,
  keyOf: (device: DeviceId) => Vkey | undefined,
  text: string,
): Result<SignedVector, SignedVectorError> {
  const note = parseNote(text);
  if (!note.ok) return err("not-a-signed-vector");
  const [first, origin = "", extent = "", ...lines] = note.value.text.slice(0, -1).split("\n");
  const parts = parseOrigin(origin);
  const range = readExtent(extent);
  if (first !== firstLine || !parts.ok || range === undefined) return err("not-a-signed-vector");
  if (parts.value.region !== region) return err("other-region");
  const device = deviceIdOf(parts.value);
  const vkey = keyOf(device);
  if (vkey === undefined) return err("unknown-device");
  const [own, ...more] = note.value.signatures.filter((line) => isSignedBy(line, vkey));
  if (own === undefined || more.length > 0) return err("bad-signature");
  if (!crypto.verify(vkey.publicKey, utf8Encode(note.value.text), own.signature)) return err("bad-signature");
  const logs = readLogs(lines);
  return logs === null ? err("not-a-signed-vector") : ok({ device, range, logs });
}

function readExtent(line: string): KeyRange | null | undefined {
  if (line === "some") return null;
  const [, after, upTo] = /^whole (\S+) (\S+)$/.exec(line) ?? [];
  if (after === undefined || upTo === undefined) return undefined;
  return { ...(after === "-" ? {} : { after }), ...(upTo === "-" ? {} : { upTo }) };
}

function readLogs(lines: readonly string[]): ReadonlyMap<Origin, LogVersion> | null {
  const logs = new Map<Origin, LogVersion>();
  for (const line of lines) {
    const [, origin = "", size = "", root = ""] = /^(\S+) (0|[1-9][0-9]{0,14}) (\S+)$/.exec(line) ?? [];
    if (!isOrigin(origin)) return null;
    logs.set(origin, { size: Number(size), root });
  }
  return logs;
}
