import { expect, test } from "vitest";
import { answerWithinS } from "./announcement.ts";

const policy = { answerWithinS: [60, 180, 600], deliverWithinS: 15 } as const;

test.each([
  ["urgency 1, half an hour away", 1, 300, 60],
  ["urgency 2, half an hour away", 2, 300, 180],
  ["urgency 3, half an hour away", 3, 300, 600],
  ["urgency 3, ten minutes away: half the drive", 3, 100, 300],
  ["urgency 1, one and a half minutes away: half the drive", 1, 15, 45],
  ["at the door: nobody answers in less than ten seconds", 1, 1, 10],
  ["a drive that nobody knows: by urgency", 2, null, 180],
])("[ADVICE15] the deadline for an answer: %s", (_name, urgency, driveMinTenths, wanted) => {
  expect(answerWithinS(urgency, driveMinTenths, policy)).toBe(wanted);
});
