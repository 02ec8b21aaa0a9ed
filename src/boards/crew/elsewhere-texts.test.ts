import { expect, test } from "vitest";
import { crewMission, resteer } from "../../../test/support/crew-sample.ts";
import { unconfirmedNote } from "./elsewhere-texts.ts";

test("[TRANSFER5] a crew that names where it drives with a transfer reads that no centre has confirmed it", () => {
  const transfer = crewMission({ from: "ukd" });
  const [open, confirmed] = transfer.lines.map(({ hospital }) => hospital);
  expect(unconfirmedNote(transfer, open ?? "")?.de).toContain("nicht bestätigt");
  expect(unconfirmedNote(transfer, confirmed ?? "")).toBeNull();
  expect(unconfirmedNote(transfer, "nowhere-named")).not.toBeNull();
  expect(unconfirmedNote({ ...transfer, resteer, lines: [] }, resteer.new.hospital)).toBeNull();
  expect(unconfirmedNote(crewMission(), open ?? "")).toBeNull();
});
