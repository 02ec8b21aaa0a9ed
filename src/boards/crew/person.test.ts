import { expect, test } from "vitest";
import { personText } from "./person.ts";
import { german } from "./speech.ts";

test("[BOARD30] who speaks: role and number, the name only from this site's own table", () => {
  const times = { sinceMs: 0, shiftEndsMs: 1 };
  const ada = { number: 107, role: "paramedic", name: "Ada Beispiel", by: "paramedic#107", ...times };
  expect(personText("paramedic#107", [ada], german)).toBe("Rettungsdienst Nr. 107, Ada Beispiel");
  expect(personText("dispatcher#107", [ada], german)).toBe("Disposition Nr. 107");
  expect(personText("paramedic#107", undefined, german)).toBe("Rettungsdienst Nr. 107");
});
