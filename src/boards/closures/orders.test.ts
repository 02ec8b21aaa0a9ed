import { expect, test } from "vitest";
import { closedBody, closingOf } from "./orders.ts";

const typed = { lat: "51,227", lon: "6.773", radius: "300", hours: "6", reason: "bomb" };
const closing = { latE3: 51_227, lonE3: 6_773, radiusM: 300, reason: "bomb" as const, hours: 6 };

test("[BOARD96] what was typed becomes a closure, with comma or point, and ends after its hours", () => {
  expect(closingOf(typed)).toEqual(closing);
  expect(closedBody(closing, 1_000)).toEqual({
    ...{ latE3: 51_227, lonE3: 6_773, radiusM: 300, reason: "bomb" },
    endsMs: 21_601_000,
  });
});

test.each([
  ["no place", { lat: "" }],
  ["no number", { lon: "Neuss" }],
  ["past the pole", { lat: "91" }],
  ["half a metre", { radius: "10.5" }],
  ["too small", { radius: "9" }],
  ["too large", { radius: "5001" }],
  ["no end", { hours: "0" }],
  ["over 31 days", { hours: "745" }],
  ["no reason", { reason: "" }],
])("[BOARD96] %s is no closure", (_what, change) => {
  expect(closingOf({ ...typed, ...change })).toBeNull();
});
