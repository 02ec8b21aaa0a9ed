import { present } from "../basics/assert.ts";

/** How long a hospital has to answer that a patient comes: the region's (`policy.json`), seconds. */
export type AnnouncementPolicy = {
  /** By urgency, 1 to 3. */
  readonly answerWithinS: readonly [number, number, number];
  /** What has not arrived at the hospital for so long is a task of the centre's. */
  readonly deliverWithinS: number;
};

/** No deadline is shorter: nobody could answer. As `mission.asked` has it. */
export const answerWithinMinS = 10;

/**
 * The deadline for an answer, in seconds, counted from when the request is durable at the hospital: by urgency, and never
 * longer than half the drive that is left.
 *
 * @param driveMinTenths tenths of a minute to the hospital; null where nobody knows: by urgency alone
 */
export function answerWithinS(
  urgency: number,
  driveMinTenths: number | null,
  policy: AnnouncementPolicy,
): number {
  const byUrgency = present(policy.answerWithinS[urgency - 1], "an urgency is 1 to 3");
  const halfDriveS = driveMinTenths === null ? byUrgency : driveMinTenths * 3;
  return Math.max(answerWithinMinS, Math.min(byUrgency, halfDriveS));
}
