import { expect, test } from "vitest";
import { nightMs } from "../../../test/support/region.ts";
import type { OwnTransferRow } from "../../site/views/board-site-view.ts";
import { declinedCall } from "./state.ts";

const asked: OwnTransferRow = {
  ref: ["ukd/box/1-00000001", 7],
  ...{ need: "stroke", urgency: 2, ageGroup: "65-79", flags: [], by: "nurse#7" },
  ...{ saidMs: nightMs, endsMs: nightMs + 8 * 3_600_000, state: "open", heldByDispatch: true },
};
const ended = ["rtw-1/tablet/1-00000001", 9] as const;

test("[TRANSFER7] a mission that was broken off calls once, by the word that ended it: not again when its moment is measured anew, nor when it runs out", () => {
  const call = (saidMs: number, state: OwnTransferRow["state"] = "open") =>
    declinedCall({ ...asked, state, brokenOff: { ref: ended, saidMs } });
  expect(call(nightMs)).not.toBeNull();
  for (const ms of [-1_000, 1_000]) expect(call(nightMs + ms)).toBe(call(nightMs));
  expect(call(nightMs, "run-out")).toBe(call(nightMs));
  const again = { ref: ["rtw-2/tablet/1-00000001", 3] as const, saidMs: nightMs };
  expect(declinedCall({ ...asked, brokenOff: again })).not.toBe(call(nightMs));
  expect(declinedCall({ ...asked, state: "run-out" })).toBeNull();
});
