import { describe, expect, test } from "vitest";
import { present } from "../basics/assert.ts";
import { utf8Encode } from "../basics/bytes.ts";
import { type ParsedCheckpoint, type SignedCheckpoint, signCheckpoint } from "../log/checkpoint.ts";
import { nobleCrypto, nobleSigner } from "../log/ed25519-noble.ts";
import { leafHash } from "../log/entry.ts";
import { appendLeaves, emptyRange, rootOf } from "../log/tree.ts";
import { logKeyName } from "../log/vkey.ts";
import { type HeldLog, type Run, verifyRun } from "./ingest.ts";
import type { Item } from "./item.ts";

const { sha256 } = nobleCrypto;
const signer = nobleSigner(sha256(utf8Encode("author")), logKeyName("r", "ukd", "box"), "log");
const stranger = nobleSigner(sha256(utf8Encode("stranger")), signer.vkey.name, "log");
const origin = `${signer.vkey.name}/1-00000001`;

/** A log of twelve entries; `history` makes another log of the same author. */
function entriesOf(history: string): Uint8Array[] {
  return Array.from({ length: 12 }, (_, at) =>
    utf8Encode(`{"at":${at},"by":"nurse","kind":"a.b/1","of":"${history}"}`),
  );
}

const entries = entriesOf("true");
const others = entriesOf("other");

function rangeOf(log: readonly Uint8Array[], size: number) {
  return appendLeaves(
    sha256,
    emptyRange,
    log.slice(0, size).map((bytes) => leafHash(sha256, bytes)),
  );
}

function signedAt(log: readonly Uint8Array[], size: number, by = signer): SignedCheckpoint {
  return signCheckpoint(by, { origin, size, root: rootOf(sha256, rangeOf(log, size)) });
}

/** As a receiver reads it from a note. */
function noteOf(signed: SignedCheckpoint, by = signer): ParsedCheckpoint {
  const { name, keyId } = by.vkey;
  const { origin: of, size, root, signature } = signed;
  return { origin: of, size, root, signatures: [{ name, keyId, signature }] };
}

function heldAt(size: number, log = entries): HeldLog {
  return { range: rangeOf(log, size), checkpoint: size === 0 ? null : signedAt(log, size) };
}

function runOf(from: number, to: number, log: readonly Uint8Array[] = entries): Run {
  const items = log.slice(from, to).map((bytes): Item => ({ kind: "bytes", bytes }));
  return { from, items, checkpoint: noteOf(signedAt(log, to)) };
}

/** What comes of a run, after making sure that what is held stays as it is. */
function verdictOf(held: HeldLog, run: Run) {
  const before = structuredClone(held);
  const verdict = verifyRun(nobleCrypto, signer.vkey, held, run);
  expect(held).toEqual(before);
  return verdict;
}

function wordOf(held: HeldLog, run: Run): string {
  const verdict = verdictOf(held, run);
  return verdict.ok ? verdict.value.kind : verdict.error;
}

describe("[LOG5] a run is taken whole", () => {
  test.each([
    ["the first entries", 0, 0, 5, 0],
    ["what follows", 5, 5, 9, 5],
    ["a single entry", 5, 5, 6, 5],
    ["with some that are held", 5, 2, 9, 5],
    ["from the beginning", 5, 0, 12, 5],
  ])("%s", (_, held, from, to, newFrom) => {
    const verdict = verdictOf(heldAt(held), runOf(from, to));
    expect(verdict).toEqual({
      ok: true,
      value: {
        kind: "new",
        run: {
          from: newFrom,
          items: entries.slice(newFrom, to),
          checkpoint: signedAt(entries, to),
          range: rangeOf(entries, to),
        },
      },
    });
  });

  test("runs of any cut make the same tree", () => {
    let held = heldAt(0);
    for (const [from, to] of [
      [0, 3],
      [1, 4],
      [4, 11],
      [11, 12],
    ] as const) {
      const verdict = verdictOf(held, runOf(from, to));
      if (!verdict.ok || verdict.value.kind !== "new") throw new Error("expected news");
      held = { range: verdict.value.run.range, checkpoint: verdict.value.run.checkpoint };
    }
    expect(held).toEqual(heldAt(12));
  });
});

describe("[LOG5] a run without news changes nothing", () => {
  test.each([
    ["the same again", 9, runOf(5, 9)],
    ["an older one", 9, runOf(0, 5)],
    ["nothing, up to what is held", 9, runOf(9, 9)],
    ["nothing, of a log of which nothing is held", 0, runOf(0, 0)],
    ["another history of a size below what is held", 9, runOf(0, 5, others)],
  ])("%s", (_, held, run) => {
    expect(verdictOf(heldAt(held), run)).toEqual({ ok: true, value: { kind: "known" } });
  });
});

describe("refused, and nothing changes", () => {
  const good = runOf(5, 9);
  const bad = utf8Encode(`{"at":1, "by":"nurse"}`);

  function withItem(at: number, item: Item): Run {
    return { ...good, items: good.items.map((one, place) => (place === at ? item : one)) };
  }

  /** A log whose author signed an entry that no log may hold. */
  function signedBad(bytes: Uint8Array): Run {
    const log = [...entries.slice(0, 7), bytes, ...entries.slice(8)];
    return runOf(5, 9, log);
  }

  test.each<[string, string, number, Run]>([
    [
      "[LOG6] fewer items than the checkpoint says",
      "wrong-length",
      5,
      { ...good, items: good.items.slice(1) },
    ],
    [
      "[LOG6] more items than the checkpoint says",
      "wrong-length",
      5,
      { ...good, items: [...good.items, ...good.items] },
    ],
    ["[LOG6] another beginning", "wrong-length", 5, { ...good, from: 4 }],
    ["[LOG7] a gap", "gap", 4, good],
    ["[LOG7] a gap before an empty run", "gap", 5, runOf(9, 9)],
    ["[LOG8] another root", "wrong-root", 5, { ...good, checkpoint: noteOf(signedAt(others, 9)) }],
    [
      "[LOG8] an entry changed",
      "wrong-root",
      5,
      withItem(1, { kind: "bytes", bytes: present(others[6], "entry") }),
    ],
    ["[LOG8] two entries exchanged", "wrong-root", 5, { ...good, items: good.items.toReversed() }],
    ["[LOG8] another history", "wrong-root", 5, runOf(5, 9, others)],
    ["[LOG8] another history of the size that is held", "wrong-root", 9, runOf(5, 9, others)],
    ["[LOG8] another history of the size that is held, without items", "wrong-root", 9, runOf(9, 9, others)],
    [
      "[LOG9] no signature",
      "bad-signature",
      5,
      { ...good, checkpoint: { ...good.checkpoint, signatures: [] } },
    ],
    [
      "[LOG9] a stranger's key",
      "bad-signature",
      5,
      { ...good, checkpoint: noteOf(signedAt(entries, 9, stranger), stranger) },
    ],
    [
      "[LOG9] a stranger's signature under the author's name",
      "bad-signature",
      5,
      { ...good, checkpoint: noteOf(signedAt(entries, 9, stranger)) },
    ],
    [
      "[LOG9] the signature of another size",
      "bad-signature",
      5,
      { ...good, checkpoint: { ...noteOf(signedAt(entries, 8)), size: 9 } },
    ],
    [
      "[LOG9] another log's origin",
      "bad-signature",
      5,
      { ...good, checkpoint: { ...good.checkpoint, origin: origin.replace("ukd", "neuss") } },
    ],
    [
      "[LOG9] a leaf hash in place of an entry",
      "reserved-item",
      5,
      withItem(2, { kind: "hash", hash: leafHash(sha256, present(entries[7], "entry")) }),
    ],
    ["[LOG9] an entry that is not canonical", "bad-entry", 5, signedBad(bad)],
    ["[LOG9] an entry that is no object", "bad-entry", 5, signedBad(utf8Encode("[]"))],
    ["[LOG9] an entry that is not UTF-8", "bad-entry", 5, signedBad(Uint8Array.of(0xff))],
    ["[LOG9] an entry that is empty", "bad-entry", 5, signedBad(new Uint8Array(0))],
  ])("%s", (_, error, held, run) => {
    expect(wordOf(heldAt(held), run)).toBe(error);
  });

  test("[LOG9] a leaf hash among entries that are held is of no concern", () => {
    const hash = leafHash(sha256, present(entries[3], "entry"));
    const run = runOf(3, 9);
    expect(wordOf(heldAt(5), { ...run, items: [{ kind: "hash", hash }, ...run.items.slice(1)] })).toBe("new");
  });

  test("[LOG3] an entry that is no fact of any version is taken: a tree cannot skip it", () => {
    const log = [...entries.slice(0, 7), utf8Encode("{}"), ...entries.slice(8)];
    expect(wordOf({ range: rangeOf(log, 5), checkpoint: signedAt(log, 5) }, runOf(5, 9, log))).toBe("new");
  });
});
