import { expect, test } from "vitest";
import { nightMs } from "../../../test/support/board-sight.ts";
import { hospitalView, inboundRow, saidRow } from "../../../test/support/hospital-sample.ts";
import { applySitePush, hospitalRowKeys } from "./site-push.ts";

const view = hospitalView();
const nowMs = nightMs;

test("changed rows replace theirs, new ones come last, those that are gone leave, the rest is the same object", () => {
  const ct = saidRow("ct", { state: "cannot" });
  const [, second] = view.inbound;
  const after = applySitePush(
    view,
    {
      type: "rows",
      nowMs,
      changes: { capabilities: [ct], inbound: [inboundRow(77)] },
      gone: { inbound: [second?.mission ?? ""] },
    },
    hospitalRowKeys,
  );
  expect(after?.capabilities.find(({ capability }) => capability === "ct")).toBe(ct);
  expect(after?.capabilities.map(({ capability }) => capability)).toEqual(
    view.capabilities.map(({ capability }) => capability),
  );
  expect(after?.inbound.map(({ vehicle }) => vehicle.split("-").at(-1))).toEqual(["3", "4", "5", "77"]);
  expect(after?.requests).toBe(view.requests);
  expect(after?.own).toBe(view.own);
});

test("a whole view replaces everything; changes before it mean nothing; a sign of life changes nothing", () => {
  expect(applySitePush(null, { type: "rows", nowMs, changes: {}, gone: {} }, hospitalRowKeys)).toBeNull();
  expect(applySitePush(view, { type: "alive", nowMs }, hospitalRowKeys)).toBe(view);
  const bare = hospitalView({ inbound: [] });
  expect(applySitePush(view, { type: "all", nowMs, view: bare }, hospitalRowKeys)).toBe(bare);
});
