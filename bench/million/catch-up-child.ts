// One of the two anchors of the catch-up: starts on the folder that is named, tells its port and vector on each line, and
// ends when its input ends.

import { join } from "node:path";
import process from "node:process";
import { startAnchor } from "../../src/anchor/anchor.ts";
import { readConfig } from "../../src/anchor/config.ts";

const [dir = ""] = process.argv.slice(2);
const config = readConfig(dir);
if (!config.ok) throw new Error(config.error);
const assetsDir = join(import.meta.dirname, "..", "..", "dist", "boards", "assets");
const anchor = await startAnchor({ dir, config: config.value, assetsDir, note: () => undefined });
if (!anchor.ok) throw new Error(anchor.error);
const { house, port } = anchor.value;
await anchor.value.loaded;

function held(): number {
  let entries = 0;
  for (const { durable } of house.logs.values()) entries += durable.range.size;
  return entries;
}

console.log(JSON.stringify({ port }));
const telling = setInterval(() => console.log(JSON.stringify({ held: held(), atMs: Date.now() })), 10);
process.stdin.resume().once("close", async () => {
  clearInterval(telling);
  await anchor.value.stop();
});
