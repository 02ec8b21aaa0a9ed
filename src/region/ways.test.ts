import { describe, expect, test } from "vitest";
import { authorityLog, charterBody, charterLogs, charterOf, say } from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { DeviceId } from "../basics/name.ts";
import { isRelayOf, waysTo, waysToRelays } from "./ways.ts";

const url = "wss://ukd.example/exchange";

function charterWith(...words: readonly (readonly [DeviceId, JsonObject])[]) {
  const logs = charterLogs();
  for (const [device, where] of words)
    say(logs, authorityLog, "charter.device/1", { ...charterBody.device(device), ...where });
  return { logs, charter: charterOf(logs) };
}

describe("[CHARTER12] how a device is reached", () => {
  test("at its own addresses; one without any through each of its relays", () => {
    const { charter } = charterWith(
      ["ukd/box", { addresses: [url] }],
      ["neuss/box", { relays: ["ukd/box", "barmen/box"] }],
    );
    expect(waysTo(charter, "ukd/box")).toEqual([{ peer: "ukd/box", urls: [url] }]);
    // Barmen has no address: it is no relay, and no relay of its own is looked for.
    expect(waysTo(charter, "neuss/box")).toEqual([{ peer: "ukd/box", urls: [url] }]);
    expect([waysTo(charter, "barmen/box"), waysTo(charter, "nobody/box")]).toEqual([[], []]);
    expect([isRelayOf(charter, "ukd/box", "neuss/box"), isRelayOf(charter, "ukd/box", "ukd/box")]).toEqual([
      true,
      false,
    ]);
  });

  test("as it was last said: an address of its own ends the need for relays, not their naming", () => {
    const { charter } = charterWith(
      ["ukd/box", { addresses: [url] }],
      ["neuss/box", { relays: ["ukd/box"] }],
      ["neuss/box", { addresses: ["wss://neuss.example/exchange"], relays: ["ukd/box"] }],
    );
    expect(waysTo(charter, "neuss/box").map(({ peer }) => peer)).toEqual(["neuss/box"]);
    expect(waysToRelays(charter, "neuss/box").map(({ peer }) => peer)).toEqual(["ukd/box"]);
  });

  test("an ended device, or one with an ended relay, has none", () => {
    const words = [
      ["ukd/box", { addresses: [url] }],
      ["neuss/box", { relays: ["ukd/box"] }],
    ] as const;
    for (const device of ["ukd/box", "neuss/box"]) {
      const { logs } = charterWith(...words);
      say(logs, authorityLog, "charter.device-ended/1", charterBody.ended(device, null, 0));
      expect(waysTo(charterOf(logs), device === "ukd/box" ? "neuss/box" : device)).toEqual([]);
    }
  });
});
