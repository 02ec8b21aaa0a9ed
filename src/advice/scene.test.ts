import { expect, test } from "vitest";
import { questionOf, type Situation } from "../../test/scenarios/drawing.ts";
import { chooseInTurn, expectedBy } from "./scene.ts";

const two: Situation = {
  map: "U   x     L",
  hospitals: { U: ["UKD", "stroke-unit yes open 02:40"], L: ["Lukas", "stroke-unit yes open 02:40"] },
  need: "stroke",
};

test("[SCENE1] patients of one scene are shared out in their order, each counting those before", () => {
  const question = questionOf(two, "de");
  const ofUrgency = (...urgencies: readonly number[]) =>
    chooseInTurn(urgencies.map((urgency) => ({ ...question, urgency })));
  const houses = (choices: ReturnType<typeof ofUrgency>) => choices.map(({ hospital }) => hospital).join("");
  expect(houses(ofUrgency(2))).toBe("U");
  expect(houses(ofUrgency(2, 2, 2))).toBe("ULU");
  // Whoever is in danger of life competes with their like alone.
  expect(houses(ofUrgency(2, 2, 1, 2))).toBe("ULUL");
  expect(expectedBy(1, ofUrgency(2, 1, 2))).toEqual({ U: 1 });
  expect(expectedBy(2, ofUrgency(2, 1, 2))).toEqual({ U: 2, L: 1 });
});

test("[SCENE1] where nothing is suitable, they take turns as forced assignments do", () => {
  const none: Situation = {
    ...two,
    hospitals: { U: ["UKD", "stroke-unit yes cannot 02:40"], L: ["Lukas", "stroke-unit yes cannot 02:40"] },
  };
  const question = questionOf(none, "de");
  expect(chooseInTurn([question, question]).map(({ hospital }) => hospital)).toEqual(["U", "L"]);
});
