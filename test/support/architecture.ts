// The rules of the house that no linter knows: which folder may import which, and what keeps the core pure.

import { posix } from "node:path";
import { readSource } from "./source.ts";

type Room = {
  /** Folders of src/ (and `regions`, the data) that this one may import besides itself. */
  readonly folders: readonly string[];
  /** Packages that it may import; `node:` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** No clock, chance, timers, disk or network: only what `pureGlobals` lists. */
  readonly pure?: true;
  /** Every runtime computes the same bits: integers and √, no Intl. */
  readonly exact?: true;
};

const core = ["basics", "log", "exchange", "region", "roads", "advice", "site"];
const noble = ["@noble/curves", "@noble/hashes"];
const schema = ["valibot"];
const nats = ["@nats-io/transport-node", "@nats-io/jetstream"];

/** Every folder of src/, in the data's direction, and cli.ts. A folder that is not here fails the test. */
export const rooms: Readonly<Record<string, Room>> = {
  basics: { folders: [], packages: schema, pure: true },
  log: { folders: ["basics"], packages: [...schema, ...noble], pure: true },
  exchange: { folders: ["basics", "log"], packages: schema, pure: true },
  region: { folders: ["basics", "log"], packages: schema, pure: true },
  roads: { folders: ["basics"], packages: schema, pure: true, exact: true },
  advice: { folders: ["basics", "region", "roads"], packages: schema, pure: true, exact: true },
  site: { folders: ["basics", "log", "exchange", "region", "roads", "advice"], packages: schema, pure: true },
  bridge: { folders: ["basics", "region"], packages: schema, pure: true },
  evidence: { folders: ["basics", "log", "region", "advice"], packages: [...schema, ...noble, "node:"] },
  anchor: {
    folders: [...core, "bridge", "evidence", "regions"],
    packages: [
      ...[...schema, ...noble, ...nats, "node:", "hono", "@hono/node-server", "qr", "ws"],
      ...["age-encryption", "@scure/base"],
    ],
  },
  drill: { folders: [...core, "bridge", "evidence", "regions"], packages: [...schema, ...noble, "node:"] },
  boards: {
    folders: ["basics", "exchange", "region", "roads", "site"],
    packages: [...schema, ...noble, "preact", "qr"],
  },
  roadworks: {
    folders: ["basics", "region", "roads", "advice", "anchor"],
    packages: [...schema, "node:", "osm-pbf-parser-node"],
  },
  rehearsal: {
    folders: [...core, "anchor", "drill", "regions"],
    packages: [...schema, ...noble, "node:", "ws"],
  },
  "cli.ts": {
    folders: [...core, "bridge", "evidence", "anchor", "roadworks", "drill", "rehearsal", "regions"],
    packages: ["node:"],
  },
};

/** What a pure folder may use of the language itself; all of it gives the same answer at any time, anywhere. */
const pureGlobals = new Set([
  ..."Array ArrayBuffer BigInt Boolean DataView Infinity Iterator JSON Map NaN Number Object Promise RegExp".split(
    " ",
  ),
  ..."Set String Symbol WeakMap WeakSet undefined Error RangeError SyntaxError TypeError DOMException".split(
    " ",
  ),
  ..."Int8Array Int16Array Int32Array Float64Array BigInt64Array BigUint64Array".split(" "),
  ..."Uint8Array Uint8ClampedArray Uint16Array Uint32Array".split(" "),
  ..."TextDecoder TextEncoder atob btoa encodeURIComponent decodeURIComponent".split(" "),
  ...["Date.UTC", "new Date(value)", "**"],
]);

/** What `Math` may do in an exact folder; the rest may differ in the last bit from engine to engine. */
const exactMath = new Set(
  ["abs", "ceil", "clz32", "floor", "imul", "max", "min", "round", "sign", "sqrt", "trunc"].map(
    (name) => `Math.${name}`,
  ),
);

const isTest = (path: string) => /\.test\.tsx?$/.test(path);
/** A tool's own configuration, which no program imports. */
const isConfig = (path: string) => path.endsWith(".config.ts");

/** `src/log/tree.ts` → `log`, `src/cli.ts` → `cli.ts`, `regions/rhein-ruhr/towns.ts` → `regions`, else the top folder. */
export function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second : top;
}

function importProblem(path: string, room: Room, specifier: string): string | undefined {
  if (specifier === "(computed)") return "imports a computed name";
  if (!specifier.startsWith(".")) {
    if (isTest(path)) return undefined;
    const allowed = room.packages.some((name) =>
      name.endsWith(":")
        ? specifier.startsWith(name)
        : specifier === name || specifier.startsWith(`${name}/`),
    );
    return allowed ? undefined : `imports the package ${specifier}`;
  }
  const target = posix.join(posix.dirname(path), specifier);
  const targetRoom = roomOf(target);
  if (isTest(path)) {
    if (targetRoom === "test" || targetRoom === "regions") return undefined;
  } else if (isTest(target) || targetRoom === "test") return `imports a test: ${target}`;
  const allowed = targetRoom === roomOf(path) || room.folders.includes(targetRoom);
  return allowed ? undefined : `imports ${targetRoom}: ${target}`;
}

function globalProblem(room: Room, name: string): string | undefined {
  const isMath = name.startsWith("Math.") && name !== "Math.random" && name !== "Math.[]";
  if (room.exact && (name === "**" || (isMath && !exactMath.has(name))))
    return `uses ${name}, which is not exact`;
  if (room.pure && !isMath && !pureGlobals.has(name)) return `uses ${name}, which is not pure`;
  return undefined;
}

/**
 * What one file under src/ does against the rules, one line each as `path:line what`; empty when it keeps them.
 * Tests may import any package, test/ and regions/, and need not be pure.
 */
export function problemsOf(path: string, text: string): string[] {
  if (isConfig(path)) return [];
  const room = rooms[roomOf(path)];
  if (room === undefined) return [`${path}: ${roomOf(path)} is not in the table of rooms`];
  const isHeld = !isTest(path) && (room.pure === true || room.exact === true);
  const { imports, globals } = readSource(path, text, isHeld);
  const line = (found: { line: number }, problem: string | undefined) =>
    problem === undefined ? [] : [`${path}:${found.line} ${problem}`];
  return [
    ...imports.flatMap((found) => line(found, importProblem(path, room, found.text))),
    ...globals.flatMap((found) => line(found, globalProblem(room, found.text))),
  ];
}
