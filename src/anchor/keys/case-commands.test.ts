import { expect, test } from "vitest";
import { erasedWords } from "./case-commands.ts";

const all = { confirmed: ["ukd/box"], waiting: [], ended: [], carriedTo: [] };

test("[ERASE3] that no device has the key any more is said only where each that may have had it confirmed", () => {
  expect(erasedWords(all)).toBe("Erased. Confirmed by ukd/box. No device has the key any more.");
  expect(erasedWords({ ...all, waiting: ["neuss/box"] })).toBe(
    "Erased. Confirmed by ukd/box. Not yet confirmed, perhaps still with the key: neuss/box.",
  );
  expect(erasedWords({ ...all, ended: ["ukd/tablet"] })).toBe(
    "Erased. Confirmed by ukd/box. Ended, so that none can confirm; the key may still be on: ukd/tablet.",
  );
});
