import { expect, test } from "vitest";
import { Timeline } from "../timeline.ts";
import { newTelephone } from "./telephone.ts";

test("one call at a time, the most urgent next, and none that nobody wants any more", () => {
  const timeline = new Timeline();
  const telephone = newTelephone(timeline, 90, 1);
  const ended: string[] = [];
  const ring = (name: string, urgency: number, wanted = true) =>
    telephone.ring({
      urgency,
      stillWanted: () => wanted,
      ended: () => ended.push(`${name} ${timeline.nowMs}`),
    });
  ring("first", 3);
  ring("slow", 3);
  ring("late", 1, false);
  ring("urgent", 1);
  timeline.runUntil(1_000);
  expect(ended).toEqual(["first 90", "urgent 180", "slow 270"]);
});
