import { describe, expect, test } from "vitest";
import { entry } from "../../test/support/region.ts";
import { present } from "../basics/assert.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { type FactNamed, factOf, knownKinds } from "./facts.ts";
import { addReport, newRegister, ownSiteOnly, type RegisterRule } from "./register.ts";
import { type Report, reportOf } from "./report.ts";

type Beds = FactNamed<"hospital.beds/1">;

const box: LogId = "ukd/box/1-00000001";
const tablet: LogId = "ukd/tablet/1-00000001";
const nothingFolded: RegisterRule = { mayReplace: ownSiteOnly, isFolded: () => false };

function report(log: LogId, index: number, over: readonly FactRef[]): Report<Beds> {
  const body = { ward: "general", free: 1, over: over.map((ref) => [...ref]) };
  const fact = present(factOf(knownKinds, entry("hospital.beds/1", body)), "a usable fact");
  if (fact.kind !== "hospital.beds/1") throw new Error("not a bed count");
  return reportOf({ log, index, fact, storedMs: 0 }, fact);
}

function headsAfter(...reports: readonly Report<Beds>[]): readonly FactRef[] {
  const register = newRegister<Beds>();
  for (const one of reports) addReport(register, one, one.fact.over, nothingFolded);
  return register.heads.map(({ log, index }) => [log, index]);
}

describe("a register", () => {
  test("[REGION1] what is replaced before it arrives is no head when it comes", () => {
    expect(headsAfter(report(box, 4, [[tablet, 2]]), report(tablet, 2, []))).toEqual([[box, 4]]);
    expect(headsAfter(report(tablet, 2, []), report(box, 4, [[tablet, 2]]))).toEqual([[box, 4]]);
  });

  test("[REGION1] a report that was replaced before it arrived still replaces what it names", () => {
    const [first, second, third] = [
      report(tablet, 1, []),
      report(box, 1, [[tablet, 1]]),
      report(tablet, 2, [[box, 1]]),
    ];
    const unrelated = report("neuss/box/1-00000001", 1, []);
    expect(headsAfter(third, unrelated, second)).toEqual(headsAfter(unrelated, second, third).toReversed());
    expect(headsAfter(first, second, third)).toEqual([[tablet, 2]]);
  });

  test("[REGION1] a report cannot end its own log's next word", () => {
    expect(headsAfter(report(box, 1, [[box, 2]]), report(box, 2, []))).toEqual([[box, 2]]);
  });

  test("nobody remembers a name that cannot arrive any more, nor one without the right", () => {
    const register = newRegister<Beds>();
    const named: readonly FactRef[] = [[tablet, 1]];
    addReport(register, report(box, 1, named), named, { ...nothingFolded, isFolded: () => true });
    addReport(register, report(box, 2, []), [["neuss/box/1-00000001", 1]], nothingFolded);
    expect(register.replaced).toBeNull();
    addReport(register, report(box, 3, named), named, nothingFolded);
    expect(register.replaced?.size).toBe(1);
    addReport(register, report(tablet, 1, []), [], nothingFolded);
    expect(register.replaced?.size).toBe(0);
  });
});
