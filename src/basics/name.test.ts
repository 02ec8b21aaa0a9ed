import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  deviceIdOf,
  deviceOf,
  isDeviceId,
  isEpoch,
  isLogId,
  isName,
  logIdOf,
  originOf,
  parseOrigin,
  refKey,
  siteOf,
  siteOfOrigin,
} from "./name.ts";

const name = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const epoch = fc.stringMatching(/^[1-9][0-9]{0,8}-[0-9a-f]{8}$/);

describe("names", () => {
  test.each(["a", "0", "-", "ukd", "rehearsal-rhein-ruhr", "x".repeat(32)])(
    "[NAME1] %s is a name",
    (text) => {
      expect(isName(text)).toBe(true);
    },
  );

  test.each(["", "A", "ä", "a_b", "a/b", "a b", "a\n", "x".repeat(33)])("[NAME1] %j is none", (text) => {
    expect(isName(text)).toBe(false);
  });

  test.each(["1-00000000", "3-9f2c41aa", "999999999-ffffffff"])("[NAME2] %s is an epoch", (text) => {
    expect(isEpoch(text)).toBe(true);
  });

  test.each([
    "",
    "0-00000000",
    "01-00000000",
    "1-0000000",
    "1-000000000",
    "1-0000000A",
    "1",
    "-00000000",
    "1-00000000\n",
  ])("[NAME2] %j is none", (text) => {
    expect(isEpoch(text)).toBe(false);
  });

  test.each(["s/d/1-00000000", "a-1/b-2/10-abcdef01"])("[NAME3] %s is a log in its region", (text) => {
    expect(isLogId(text)).toBe(true);
  });

  test.each(["", "s/d", "s/d/", "s/d/1-00000000/", "/d/1-00000000", "r/s/d/1-00000000", "S/d/1-00000000"])(
    "[NAME3] %j is none",
    (text) => {
      expect(isLogId(text)).toBe(false);
    },
  );

  test.each([
    ["s/d", true],
    ["", false],
    ["s", false],
    ["s/", false],
    ["s/d/", false],
    ["s/d/e", false],
  ])("[NAME3] %j as a device: %s", (text, is) => {
    expect(isDeviceId(text)).toBe(is);
  });
});

describe("origins", () => {
  test.each([
    "",
    "holdfast/1/r/s/d",
    "holdfast/1/r/s/d/1-00000000/more",
    "holdfast/1/r/s/d/1-00000000/",
    "/holdfast/1/r/s/d/1-00000000",
    "holdfast/2/r/s/d/1-00000000",
    "Holdfast/1/r/s/d/1-00000000",
    "other/1/r/s/d/1-00000000",
    "holdfast/1//s/d/1-00000000",
    "holdfast/1/r/s/d/0-00000000",
    "holdfast/1/r/s/d/1-00000000\n",
    " holdfast/1/r/s/d/1-00000000",
  ])("[NAME4] %j is no origin", (text) => {
    expect(parseOrigin(text)).toEqual({ ok: false, error: "not-an-origin" });
  });

  test("[NAME4] an origin's parts come back", () => {
    fc.assert(
      fc.property(name, name, name, epoch, (region, site, device, last) => {
        const parts = { region, site, device, epoch: last };
        const log = logIdOf(parts);
        expect(isLogId(log)).toBe(true);
        expect(parseOrigin(originOf(region, log))).toEqual({ ok: true, value: parts });
        expect(siteOfOrigin(originOf(region, log))).toBe(site);
        expect([siteOf(log), deviceOf(log), siteOf(deviceOf(log))]).toEqual([site, deviceIdOf(parts), site]);
        expect(isDeviceId(deviceIdOf(parts))).toBe(true);
        expect(refKey([log, 7])).toBe(`${log}#7`);
      }),
    );
  });
});
