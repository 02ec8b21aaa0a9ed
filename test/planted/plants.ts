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
  /** One seed in which it is found; another one can be found with `npm run planted`. */
  readonly seed: number;
};

export const plants: readonly Planted[] = [
  {
    name: "a skipped root check",
    file: "src/exchange/ingest.ts",
    text: `  if (!equalBytes(rootOf(crypto.sha256, range), checkpoint.root)) return err("wrong-root");\n`,
    replacement: "",
    checker: "stored-logs",
    seed: 4,
  },
  {
    name: "remembered cursors: what a peer was once sent is believed to lie in its store",
    file: "src/site/compare-logs.ts",
    text: `  link.positions.set(origin, size);\n  const held`,
    replacement: `  size = Math.max(size, link.positions.get(origin) ?? 0);\n  link.positions.set(origin, size);\n  const held`,
    checker: "convergence",
    seed: 5,
  },
  {
    name: "a receipt before the commit",
    file: "src/site/receipts.ts",
    text: "  const checkpoint = log.durable.checkpoint;\n",
    replacement: "  const checkpoint = log.tail.checkpoint;\n",
    checker: "nothing-early",
    seed: 1,
  },
  {
    name: "a receipt from a proof",
    file: "src/site/receipts.ts",
    text: "  if (root === undefined && !keepUnproved(house, device, receipt)) return;\n",
    replacement: `  for (const hosted of root === undefined ? house.hosted.values() : [])
    route(house, log, cosign(hosted.holder, receipt, receipt.timeS), null, out);
  if (root === undefined && !keepUnproved(house, device, receipt)) return;\n`,
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
    text: "  if (!wasReplaced(register, report) && !isBelow(register, report)) others.push(report);\n",
    replacement: "  others.push(report);\n",
    checker: "fold",
    seed: 2,
  },
  {
    name: "a rumour that keeps a dead site alive",
    file: "src/exchange/contact.ts",
    text: "  if (device === undefined || !isHigher(number, device.known)) return;\n",
    replacement: "  if (device === undefined) return;\n",
    checker: "contact",
    seed: 1,
  },
];
