// npm run kills [-- ROUNDS]: kills a writing process so many times (40), and fails when anything it had answered is gone.

import process from "node:process";
import { killWriter } from "./store-crash.ts";

const rounds = Number(process.argv[2] ?? 40);
console.log(JSON.stringify({ rounds, entries: await killWriter(rounds), lost: 0 }));
