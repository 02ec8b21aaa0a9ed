import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isEpoch } from "../basics/name.ts";
import { epochCounter, nextEpoch } from "./epoch.ts";

const random4 = Uint8Array.of(0x9f, 0x2c, 0x41, 0xaa);

describe("epochs", () => {
  test("[EPOCH1] the first is 1, each next one more, with eight random digits", () => {
    expect(nextEpoch(null, random4)).toBe("1-9f2c41aa");
    expect(nextEpoch("2-00000000", random4)).toBe("3-9f2c41aa");
    expect(nextEpoch("9-00000000", Uint8Array.of(0, 0, 0, 1))).toBe("10-00000001");
    expect(epochCounter("10-00000001")).toBe(10);
  });

  test("[EPOCH1] a device restored twice from one backup gets two names", () => {
    expect(nextEpoch("2-00000000", random4)).not.toBe(nextEpoch("2-00000000", Uint8Array.of(1, 2, 3, 4)));
  });

  test.each([
    "",
    "0-00000000",
    "01-00000000",
    "1-0000000",
    "1-000000000",
    "1-0000000A",
    "1000000000-00000000",
  ])("[EPOCH1] %j is no epoch", (epoch) => {
    expect(isEpoch(epoch)).toBe(false);
    expect(() => epochCounter(epoch)).toThrow("invariant");
    expect(() => nextEpoch(epoch, random4)).toThrow("invariant");
  });

  test("[EPOCH1] the counter ends at 999,999,999 and the random bytes are four", () => {
    expect(() => nextEpoch("999999999-00000000", random4)).toThrow("invariant");
    expect(() => nextEpoch(null, new Uint8Array(3))).toThrow("invariant");
  });

  test("[EPOCH1] every next epoch is one, with a higher counter", () => {
    const bytes = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(bytes, fc.array(bytes, { maxLength: 12 }), (first, more) => {
        let epoch = nextEpoch(null, first);
        for (const next of more) {
          const later = nextEpoch(epoch, next);
          expect(isEpoch(later)).toBe(true);
          expect(epochCounter(later)).toBe(epochCounter(epoch) + 1);
          epoch = later;
        }
      }),
    );
  });
});
