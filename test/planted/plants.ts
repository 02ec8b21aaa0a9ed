/**
 * A mistake, planted into a copy of the program: exactly this text becomes that one. A checker that does not find it is
 * no checker.
 */
export type Planted = {
  readonly name: string;
  /** Path from the folder of the project. */
  readonly file: string;
  /** Stands there once, to the letter. */
  readonly text: string;
  readonly replacement: string;
  /** Who must find it. */
  readonly checker: string;
  /** A seed in which it is found after few events; `npm run planted` looks for one. */
  readonly seed: number;
};

export const plants: readonly Planted[] = [
  {
    name: "a skipped root check",
    file: "src/exchange/ingest.ts",
    text: `  if (!equalBytes(rootOf(crypto.sha256, range), checkpoint.root)) return err("wrong-root");\n`,
    replacement: "",
    checker: "stored-logs",
    seed: 10,
  },
  {
    name: "remembered cursors: what a peer was once sent is believed to lie in its store",
    file: "src/site/forks/compare-logs.ts",
    text: `  link.positions.set(origin, size);\n  const held`,
    replacement: `  size = Math.max(size, link.positions.get(origin) ?? 0);\n  link.positions.set(origin, size);\n  const held`,
    checker: "convergence",
    seed: 6,
  },
  {
    name: "a receipt before the commit",
    file: "src/site/exchange/receipts.ts",
    text: "  const checkpoint = log.durable.checkpoint;\n",
    replacement: "  const checkpoint = log.tail.checkpoint;\n",
    checker: "nothing-early",
    seed: 8,
  },
  {
    name: "a receipt from a proof",
    file: "src/site/exchange/receipts.ts",
    text: "  if (root === undefined && (isOutdated(house, device, receipt) || !keepUnproved(house, device, receipt)))\n",
    replacement: `  for (const hosted of root === undefined ? house.hosted.values() : [])
    route(house, log, cosign(hosted.holder, receipt, receipt.timeS), null, out);
  if (root === undefined && (isOutdated(house, device, receipt) || !keepUnproved(house, device, receipt)))\n`,
    checker: "nothing-early",
    seed: 1,
  },
  {
    name: "keys and signatures of small order are accepted",
    file: "src/log/ed25519.ts",
    text: "  return isStrictPoint(publicKey) && isStrictPoint(signature.subarray(0, 32));\n",
    replacement: "  return true;\n",
    checker: "forged",
    seed: 10,
  },
  {
    name: "a fold by order of arrival",
    file: "src/region/register.ts",
    text: "  const isHead = !wasReplaced(register, report) && !isBelow(register, report);\n",
    replacement: "  const isHead = true;\n",
    checker: "fold",
    seed: 11,
  },
  {
    name: "a rumour that keeps a dead site alive",
    file: "src/exchange/contact-told.ts",
    text: "  if (known !== null && !isHigher(number, known)) {\n",
    replacement: "  if (known !== null && number[0] < 0) {\n",
    checker: "contact",
    seed: 13,
  },
  {
    name: "no new epoch after a store was put back",
    file: "src/log/epoch.ts",
    text: '  assert(random4.length === 4, "an epoch has four random bytes");\n',
    replacement: "  if (previous !== null) return previous;\n",
    checker: "epoch",
    seed: 18,
  },
  {
    name: "hearsay that is kept to oneself",
    file: "src/site/exchange/beats.ts",
    text: "({ ...head, heard: heardByUs(hosted.contact) })",
    replacement: "({ ...head })",
    checker: "contact",
    seed: 13,
  },
  {
    name: "a proof of a fork that is kept to oneself",
    file: "src/site/forks/fork-keep.ts",
    text: '  if (head !== null) sendPacket(link, { type: "fork", head }, out);\n',
    replacement: "",
    checker: "convergence",
    seed: 13,
  },
  {
    name: "a vector that tells of a forked log what each holds of it",
    file: "src/site/replica.ts",
    text: "  const isForked = common !== undefined && (checkpoint?.size ?? 0) >= common;\n",
    replacement: "  const isForked = common !== undefined && (checkpoint?.size ?? 0) < common;\n",
    checker: "vector",
    seed: 13,
  },
  {
    name: "proofs of forks that are sent without end",
    file: "src/site/house.ts",
    text: "      return receiveBeat(house, link, packet.head, now, out);\n",
    replacement: `      for (const fork of house.forks.values()) sendForkProof(house, link, fork, out);
      return receiveBeat(house, link, packet.head, now, out);\n`,
    checker: "still",
    seed: 13,
  },
  {
    name: "a device that says nothing again",
    file: "src/site/forks/again.ts",
    text: "    if (entry === null || isSaid(house, log.device, entry)) continue;\n",
    replacement: "    continue;\n",
    checker: "acknowledged",
    seed: 13,
  },
  {
    name: "a third history that nobody asks about",
    file: "src/site/house.ts",
    text: "  askForHistories(house, now, out);\n",
    replacement: "",
    checker: "convergence",
    seed: 13,
  },
  {
    name: "a snapshot without what changed while it was written",
    file: "src/site/snapshot.ts",
    text: "    const parts = changed.flatMap((part) => this.#writer.partLines(this.#fold, part));\n",
    replacement: "    const parts: string[] = [];\n",
    checker: "snapshot",
    seed: 2,
  },
  {
    name: "a body that is only packed, not sealed",
    file: "src/log/sealed.ts",
    text: "  const box = aead.seal(key, nonce, padded(json.value), placeText(place));\n",
    replacement: "  const box = padded(json.value);\n",
    checker: "sealed",
    seed: 3,
  },
  {
    name: "an erasure that never reaches the disk",
    file: "src/site/writing.ts",
    text: "    erased: batch.flatMap((item) => erasedBy(house, item)),\n",
    replacement: "    erased: [],\n",
    checker: "convergence",
    seed: 3,
  },
];
