import * as v from "valibot";
import { cellMiddle } from "../../region/cell.ts";
import { isInReach, isNearRegion, type RegionBox } from "../../region/near-region.ts";
import type { Submission, SubmitAnswer } from "../../site/effects.ts";

type Submit = (submission: Omit<Submission, "token">) => Promise<SubmitAnswer>;

/** What people here write; a road that is closed or a patient who is outside the region is refused, most often the degrees were swapped. */
export function submitNear(box: RegionBox, submit: Submit): Submit {
  return (submission) =>
    isOutside(box, submission)
      ? Promise.resolve({ ok: false, error: { code: "place-outside-region" } })
      : submit(submission);
}

const roadSchema = v.object({ latE3: v.number(), lonE3: v.number() });
const patientSchema = v.object({ cell: v.object({ latE2: v.number(), lonE2: v.number() }) });

/** Whether the place is whole is the fact's own business. */
function isOutside(box: RegionBox, { kind, body }: Omit<Submission, "token">): boolean {
  if (kind === "road.closed/1") {
    const road = v.safeParse(roadSchema, body);
    return road.success && !isNearRegion(box, road.output);
  }
  const patient = v.safeParse(patientSchema, body);
  return patient.success && !isInReach(box, cellMiddle(patient.output.cell));
}
