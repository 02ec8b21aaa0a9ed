import { assert, present } from "../../src/basics/assert.ts";
import { toBase64, toHex, utf8Encode } from "../../src/basics/bytes.ts";
import { deviceVersions } from "../../src/exchange/device-versions.ts";
import { helloOffer, helloProof, helloText, plainChannel } from "../../src/exchange/hello.ts";
import { encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { signVector } from "../../src/exchange/signed-vector.ts";
import { type LogVersion, newVector } from "../../src/exchange/vector.ts";
import { formatCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { cosign, formatReceipt } from "../../src/log/cosignature.ts";
import { nobleCrypto, nobleSigner } from "../../src/log/ed25519-noble.ts";
import { leafHash } from "../../src/log/entry.ts";
import { caseIdOf } from "../../src/log/sealed.ts";
import { signSlot, slotId } from "../../src/log/slot.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf } from "../../src/log/tree.ts";
import { logKeyName } from "../../src/log/vkey.ts";
import {
  goldenEntries,
  goldenHolderSigner,
  goldenLogSigner,
  goldenOrigin,
  goldenSize,
  goldenTimeS,
} from "./golden.ts";

/* One packet of each type and form, around the golden log of golden.ts. */

const { sha256 } = nobleCrypto;
const region = "golden";
const ukd = "ukd/anchor";
const centre = "leitstelle/anchor";
const centreOrigin = `holdfast/1/${region}/${centre}/1-00000007`;
const centreSigner = nobleSigner(
  sha256(utf8Encode("holdfast golden centre key")),
  logKeyName(region, "leitstelle", "anchor"),
  "log",
);
/** Names of logs before and after the golden one. */
const earlierOrigin = `${goldenLogSigner.vkey.name}/2-00c0ffee`;
const nextOrigin = `${goldenLogSigner.vkey.name}/4-0badcafe`;
/** What a peer claims to hold of the golden log when its history was another one. */
const forkedSize = 200;
const forkedAt = 150;
const firstItem = 297;

/** Name → packet; `test/vectors/packets.txt` has the bytes. */
export function goldenPackets(): ReadonlyMap<string, Packet> {
  return new Map<string, Packet>([...hellos(), ...states(), ...logs(), ...forks(), ...slots(), view()]);
}

export function goldenPacketsText(): string {
  return [...goldenPackets()].map(([name, packet]) => `${name} ${toHex(encodePacket(packet))}\n`).join("");
}

function hellos(): [string, Packet][] {
  const dialer = { region, origin: goldenOrigin, signer: goldenLogSigner };
  const listener = { region, origin: centreOrigin, signer: centreSigner };
  const asked = helloOffer(dialer, centre, sha256(utf8Encode("nonce of the dialer")));
  const answered = helloOffer(listener, ukd, sha256(utf8Encode("nonce of the listener")));
  const text = helloText(region, asked, answered, plainChannel);
  return [
    ["hello-offer", { type: "hello", head: { ...asked, highest: 1 } }],
    ["hello-offer-2", { type: "hello", head: { ...asked, highest: 2 } }],
    ["hello-offer-3", { type: "hello", head: { ...asked, highest: 3 } }],
    ["hello-offer-4", { type: "hello", head: asked }],
    ["hello-offer-back", { type: "hello", head: { ...answered, highest: 1 } }],
    ["hello-proof-back", { type: "hello", head: helloProof(listener, text) }],
    ["hello-proof", { type: "hello", head: helloProof(dialer, text) }],
  ];
}

function states(): [string, Packet][] {
  const vector = newVector(sha256);
  const root = toHex(goldenRoot(goldenSize));
  vector.set(goldenOrigin, { size: goldenSize, root });
  const sites = Object.fromEntries(vector.siteDigests());
  const beat = {
    boot: 3,
    beat: 4_711,
    wallMs: goldenTimeS * 1_000,
    storing: true,
    digest: vector.digest(),
    backByMs: null,
    heard: { [ukd]: [2, 17], [centre]: [1, 0] } as Record<string, [number, number]>,
  };
  return [
    ["beat", { type: "beat", head: beat }],
    [
      "beat-cannot-record",
      { type: "beat", head: { ...beat, storing: false, backByMs: beat.wallMs + 60_000 } },
    ],
    ["beat-wants-all", { type: "beat", head: { ...beat, wantsAll: true } }],
    ["beat-to-pocket", { type: "beat", head: { ...beat, heard: {}, viewsMs: beat.wallMs - 700 } }],
    ["vector-region", { type: "vector", head: { level: "region", digest: vector.digest() } }],
    ["vector-sites", { type: "vector", head: { level: "sites", sites } }],
    ["vector-sites-part", { type: "vector", head: { level: "sites", sites, after: "neuss", upTo: "ukd" } }],
    [
      "vector-logs",
      { type: "vector", head: { level: "logs", site: "ukd", logs: { [goldenOrigin]: [goldenSize, root] } } },
    ],
    [
      "vector-logs-part",
      {
        type: "vector",
        head: {
          level: "logs",
          site: "ukd",
          logs: { [goldenOrigin]: [goldenSize, root] },
          after: earlierOrigin,
          upTo: goldenOrigin,
        },
      },
    ],
    [
      "vector-logs-forked",
      {
        type: "vector",
        head: { level: "logs", site: "ukd", logs: { [goldenOrigin]: [forkedAt, `forked:${forkedAt}`] } },
      },
    ],
    [
      "vector-wait",
      { type: "vector", head: { level: "wait", logs: { [goldenOrigin]: [forkedSize, 4_000] } } },
    ],
    ["vector-signed", { type: "vector", head: { level: "signed", note: signedVector(root) } }],
    ...devices(root),
  ];
}

/** The golden log, as the newest of its device and as one that ended when the next began. */
function devices(root: string): [string, Packet][] {
  const held = (...logs: readonly [string, LogVersion][]) =>
    Object.fromEntries(deviceVersions(sha256, new Map(logs)));
  const golden: LogVersion = { size: goldenSize, root };
  const next: LogVersion = { size: 1, root: toHex(goldenRoot(1)) };
  const ended = held([goldenOrigin, golden], [nextOrigin, next]);
  return [
    ["vector-devices", { type: "vector", head: { level: "devices", site: "ukd", devices: ended } }],
    [
      "vector-devices-part",
      {
        type: "vector",
        head: {
          level: "devices",
          site: "ukd",
          devices: held([goldenOrigin, golden]),
          after: "alarm",
          upTo: "anchor",
        },
      },
    ],
    ["vector-ask", { type: "vector", head: { level: "ask", site: "ukd" } }],
  ];
}

function signedVector(root: string): string {
  const held = new Map([[goldenOrigin, { size: goldenSize, root }]]);
  return present(signVector(centreSigner, centreOrigin, held, true)[0], "one log is one note");
}

function logs(): [string, Packet][] {
  const entries = goldenEntries().slice(firstItem);
  const items = entries.map((bytes) => ({ kind: "bytes" as const, bytes }));
  const hashed = items.map((item, at) =>
    at === 1 ? { kind: "hash" as const, hash: leafHash(sha256, item.bytes) } : item,
  );
  const head = { checkpoint: goldenCheckpoint(), from: firstItem };
  const checkpoint = { origin: goldenOrigin, size: goldenSize, root: goldenRoot(goldenSize) };
  const receipt = formatReceipt(cosign(goldenHolderSigner, checkpoint, goldenTimeS), goldenHolderSigner.vkey);
  return [
    ["entries", { type: "entries", head, items }],
    ["entries-one-hash", { type: "entries", head, items: hashed }],
    ["entries-none", { type: "entries", head: { ...head, from: goldenSize }, items: [] }],
    ["receipt", { type: "receipt", head: { receipts: [receipt] } }],
  ];
}

function forks(): [string, Packet][] {
  const checkpoint = goldenCheckpoint();
  const root = toHex(goldenRoot(forkedSize));
  const path = consistencyProof(sha256, goldenLeaves(), forkedSize).map(toHex);
  return [
    ["fork-ask", { type: "fork", head: { step: "ask", checkpoint, size: forkedSize } }],
    ["fork-answer", { type: "fork", head: { step: "answer", checkpoint, size: forkedSize, root, path } }],
    [
      "fork-proof",
      { type: "fork", head: { step: "proof", ours: forkedCheckpoint(), theirs: checkpoint, root, path } },
    ],
    [
      "fork-proof-first",
      {
        type: "fork",
        head: { step: "proof", ours: forkedCheckpoint(), theirs: checkpoint, root, path, first: first() },
      },
    ],
  ];
}

/** The smallest size at which the two histories differ, and how each goes on from there to its checkpoint. */
function first() {
  const size = forkedAt + 1;
  const branch = (leaves: readonly Uint8Array[]) => ({
    root: toHex(rootOf(sha256, appendLeaves(sha256, emptyRange, leaves.slice(0, size)))),
    path: consistencyProof(sha256, leaves, size).map(toHex),
  });
  return { size, ours: branch(forkedLeaves()), theirs: branch(goldenLeaves()) };
}

/** The beginning of the golden log, with another entry in the middle. */
function forkedLeaves(): Uint8Array[] {
  const leaves = goldenLeaves().slice(0, forkedSize);
  leaves[forkedAt] = present(leaves[forkedAt + 1], "a leaf");
  return leaves;
}

function goldenLeaves(): Uint8Array[] {
  return goldenEntries().map((bytes) => leafHash(sha256, bytes));
}

function goldenRoot(size: number): Uint8Array {
  return rootOf(sha256, appendLeaves(sha256, emptyRange, goldenLeaves().slice(0, size)));
}

function goldenCheckpoint(): string {
  const checkpoint = { origin: goldenOrigin, size: goldenSize, root: goldenRoot(goldenSize) };
  return formatCheckpoint(signCheckpoint(goldenLogSigner, checkpoint), goldenLogSigner.vkey);
}

/** Signed by the same key. */
function forkedCheckpoint(): string {
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, forkedLeaves()));
  assert(toHex(root) !== toHex(goldenRoot(forkedSize)), "another history has another root");
  const signed = signCheckpoint(goldenLogSigner, { origin: goldenOrigin, size: forkedSize, root });
  return formatCheckpoint(signed, goldenLogSigner.vkey);
}

/** The key of a case, wrapped by nobody: its box is not opened here. */
function slots(): [string, Packet][] {
  const id = caseIdOf(sha256, region, "ukd", sha256(utf8Encode("golden case key")));
  const box = sha256(utf8Encode("golden box"));
  const name = { case: id, to: centre, by: ukd };
  const slot = signSlot(sha256, goldenLogSigner, region, name, box);
  const given = { ...name, box: toBase64(slot.box), signature: toBase64(slot.signature) };
  const held = [slotId(sha256, name)];
  const digest = toHex(sha256(utf8Encode(held.join("\n"))));
  return [
    ["slots-sites", { type: "slots", head: { step: "sites", sites: { ukd: digest } } }],
    ["slots-held", { type: "slots", head: { step: "held", site: "ukd", held } }],
    [
      "slots-held-next-part",
      { type: "slots", head: { step: "held", site: "ukd", held: [], after: held[0] ?? "" } },
    ],
    ["slots-held-part", { type: "slots", head: { step: "held", site: "ukd", held, upTo: held[0] ?? "" } }],
    ["slots-give", { type: "slots", head: { step: "give", slots: [given] } }],
  ];
}

/** What a crew's tablet is given while it has no mission; the format does not know what a board shows. */
function view(): [string, Packet] {
  const [boot, number, asOfMs] = [3, 17, goldenTimeS * 1_000];
  const digest = toHex(sha256(utf8Encode("golden region")));
  const body = utf8Encode(
    `{"missions":[],"own":{"centres":[{"contact":{"via":null},"site":"lst"}],"site":"rtw-1"}}`,
  );
  return [
    "view",
    { type: "view", head: { site: "rtw-1", form: "crew/1", boot, number, asOfMs, digest }, body },
  ];
}
