import { isNearRegion, type RegionBox } from "../region/closure-place.ts";
import type { Submission, SubmitAnswer } from "../site/effects.ts";

type Submit = (submission: Omit<Submission, "token">) => Promise<SubmitAnswer>;

/** What people here write; a road that is closed outside the region is refused, most often its degrees were swapped. */
export function submitNear(box: RegionBox, submit: Submit): Submit {
  return (submission) => {
    const { latE3, lonE3 } = submission.body;
    const isPlace = typeof latE3 === "number" && typeof lonE3 === "number";
    if (submission.kind !== "road.closed/1" || !isPlace || isNearRegion(box, { latE3, lonE3 }))
      return submit(submission);
    return Promise.resolve({ ok: false, error: { code: "place-outside-region" } });
  };
}
