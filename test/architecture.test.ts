import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { problemsOf, roomOf, rooms } from "./support/architecture.ts";
import { ownFiles, root } from "./support/files.ts";

const sources = existsSync(join(root, "src")) ? ownFiles("src").filter((path) => /\.tsx?$/.test(path)) : [];

describe("the house", () => {
  test("every folder of src/ is in the table of rooms", () => {
    expect([...new Set(ownFiles("src").map(roomOf))].filter((room) => rooms[room] === undefined)).toEqual([]);
  });

  test("every file keeps the import directions, and the pure folders their purity", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap((path) => problemsOf(path, readFileSync(join(root, path), "utf8")))).toEqual([]);
  });
});

describe("the checker finds a planted", () => {
  test.each([
    ["import against the direction", "src/log/a.ts", `import { b } from "../region/b.ts";`],
    ["type import against the direction", "src/log/a.ts", `import type { B } from "../region/b.ts";`],
    ["inline type import", "src/log/a.ts", `type B = import("../region/b.ts").B;`],
    ["re-export", "src/log/a.ts", `export { b } from "../exchange/b.ts";`],
    ["dynamic import", "src/region/a.ts", `await import("../roads/b.ts");`],
    ["computed import", "src/anchor/a.ts", `const name = "./b.ts"; await import(name);`],
    ["import of the anchor", "src/drill/a.ts", `import { b } from "../anchor/b.ts";`],
    ["import of the drill's stand-in for keys", "src/anchor/a.ts", `import { b } from "../drill/keys.ts";`],
    ["import of it in a board", "src/boards/crew/a.ts", `import { b } from "../../drill/keys.ts";`],
    ["import of the command line", "src/anchor/a.ts", `import { b } from "../cli.ts";`],
    ["import of a board", "src/rehearsal/a.ts", `import { b } from "../boards/b.ts";`],
    ["import of a test", "src/log/a.ts", `import { b } from "./b.test.ts";`],
    ["import of a test's helper", "src/anchor/a.ts", `import { b } from "../../test/support/b.ts";`],
    ["import against the direction in a test", "src/log/a.test.ts", `import { b } from "../region/b.ts";`],
    ["package in a pure folder", "src/site/a.ts", `import { b } from "hono";`],
    ["Node module in a pure folder", "src/basics/a.ts", `import { readFileSync } from "node:fs";`],
    ["Node module in a board", "src/boards/crew/a.ts", `import { readFileSync } from "node:fs";`],
    ["folder that is not in the table", "src/helpers/a.ts", ""],
    ["file beside the folders", "src/main.ts", ""],
  ])("%s", (_name, path, text) => {
    expect(problemsOf(path, text)).toHaveLength(1);
  });

  test.each([
    "Date.now()",
    "new Date()",
    "Date()",
    "const Clock = Date",
    "Math.random()",
    `Math["random"]()`,
    "performance.now()",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "queueMicrotask(() => {})",
    "fetch('/')",
    "crypto.getRandomValues(new Uint8Array(1))",
    "globalThis.crypto",
    "process.env",
    "Buffer.from('')",
    "console.log('')",
    "new WebSocket('')",
    "(process as object)",
    "process!",
  ])("use of the world in a pure folder: %s", (text) => {
    expect(problemsOf("src/region/a.ts", `${text};`)).toHaveLength(1);
    expect(problemsOf("src/region/a.test.ts", `${text};`)).toEqual([]);
    expect(problemsOf("src/anchor/a.ts", `${text};`)).toEqual([]);
  });

  test.each(["Math.sin(1)", "Math.hypot(3, 4)", "2 ** 3", "Math.pow(2, 3)", "new Intl.NumberFormat('de')"])(
    "inexact step in an exact folder: %s",
    (text) => {
      expect(problemsOf("src/advice/a.ts", `${text};`)).toHaveLength(1);
    },
  );
});

describe("the checker lets pass", () => {
  test.each([
    [
      "the allowed direction",
      "src/site/a.ts",
      `import { b } from "../log/b.ts"; export { c } from "./c.ts";`,
    ],
    ["a package of the room", "src/log/a.ts", `import { sha256 } from "@noble/hashes/sha2.js";`],
    ["a time or number that was given", "src/log/a.ts", "export const f = (ms: number) => new Date(ms);"],
    ["own names that the world also has", "src/log/a.ts", "export const f = (crypto: X) => crypto.verify;"],
    ["members and keys of such names", "src/log/a.ts", "export const a = { fetch: 1 }; a.fetch;"],
    ["types of the world", "src/log/a.ts", "export type Part = Pick<SubtleCrypto, 'verify'>;"],
    ["exact arithmetic", "src/roads/a.ts", "export const d = (x: number) => Math.round(Math.sqrt(x * x));"],
    ["a test's helper in a test", "src/log/a.test.ts", `import { b } from "../../test/support/b.ts";`],
    ["a tool's configuration", "src/boards/vite.config.ts", `import { defineConfig } from "vite";`],
  ])("%s", (_name, path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });
});
