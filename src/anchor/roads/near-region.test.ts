import { expect, test, vi } from "vitest";
import { submitNear } from "./near-region.ts";

const box = { southLatE3: 51_000, westLonE3: 6_500, northLatE3: 51_600, eastLonE3: 7_200 };
const said = { hosted: "lst/box", request: "near-region", by: "dispatcher#1" };

test("a closed road or a patient outside the region is refused with a sentence and not written; all else goes on", async () => {
  const submit = vi.fn(() =>
    Promise.resolve({ ok: true as const, ref: ["lst/box/1-00000001", 0] as const, repeated: false }),
  );
  const near = submitNear(box, submit);
  const refused = { ok: false, error: { code: "place-outside-region" } };
  const road = { latE3: 51_200, lonE3: 6_800 };
  const patient = { latE2: 5_120, lonE2: 680 };
  const swapped = [
    { ...said, kind: "road.closed/1", body: { latE3: road.lonE3, lonE3: road.latE3 } },
    { ...said, kind: "mission.opened/1", body: { cell: { latE2: 680, lonE2: 5_120 } } },
    { ...said, kind: "mission.position/1", body: { cell: { latE2: 680, lonE2: 5_120 } } },
  ];
  for (const submission of swapped) expect(await near(submission)).toEqual(refused);
  expect(submit).not.toHaveBeenCalled();
  const right = [
    { ...said, kind: "road.closed/1", body: road },
    { ...said, kind: "mission.opened/1", body: { cell: patient } },
    // Another region's patient, 80 km away, and words without a place.
    { ...said, kind: "mission.opened/1", body: { cell: { ...patient, latE2: 5_230 } } },
    { ...said, kind: "hospital.status/1", body: { capability: "ct" } },
  ];
  for (const submission of right) expect((await near(submission)).ok).toBe(true);
  expect(submit).toHaveBeenCalledTimes(right.length);
});
