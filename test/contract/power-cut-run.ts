// npm run power-cuts [-- SEEDS]: cuts the power of the real store in so many seeds (300), four times each, and says how many
// lost something: with the setting that anchors have none may, with the weaker one some must.

import process from "node:process";
import { lossesOf } from "./power-cut.ts";
import { powerSqlite } from "./power-sqlite.ts";

const [seeds = "300"] = process.argv.slice(2);
const sqlite = await powerSqlite();
const failing = (synchronous: "FULL" | "NORMAL"): readonly (readonly string[])[] =>
  Array.from({ length: Number(seeds) }, (_, at) => lossesOf(sqlite, at + 1, synchronous)).filter(
    (losses) => losses.length > 0,
  );
const [full, normal] = [failing("FULL"), failing("NORMAL")];
for (const losses of full) console.error(losses.join("\n"));
console.log(
  JSON.stringify({ seeds: Number(seeds), lostWithFull: full.length, lostWithNormal: normal.length }),
);
process.exitCode = full.length === 0 && normal.length > 0 ? 0 : 1;
