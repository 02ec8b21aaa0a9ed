import { expect, test } from "vitest";
import { killWriter } from "./store-crash.ts";

// Thirty and more: npm run kills.
const rounds = 6;

test("[STORE1] kill -9, again and again: every answered entry is there, and no commit is there by half", async () => {
  expect(await killWriter(rounds)).toBeGreaterThan(rounds);
}, 120_000);
