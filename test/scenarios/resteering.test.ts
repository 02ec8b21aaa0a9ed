import { describe, expect, test } from "vitest";
import { toldIn } from "./resteering.ts";
import { resteer } from "./themes/e-resteer.ts";

describe("[ADVICE14] a mission on its way is looked at again, moment by moment", () => {
  test.each(resteer)("E re-steer: $name", (scene) => {
    expect(toldIn(scene)).toEqual(scene.moments.map(({ says }) => says));
  });
});
