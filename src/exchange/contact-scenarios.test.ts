import { describe, expect, test } from "vitest";
import { contactOf, ownContact } from "./contact.ts";
import {
  at,
  cutOff,
  factsOf,
  heal,
  kill,
  lostBy,
  newWorld,
  restart,
  run,
  stall,
  toldAt,
} from "./contact-harness.ts";

/** Two centres that everybody dials, and hospitals that each dial a neighbour. */
const centres = ["duesseldorf", "wuppertal"] as const;
const hospitals = ["ukd", "neuss", "solingen", "essen", "krefeld"] as const;
const everyone = [...centres, ...hospitals];

function newRegion() {
  const dials = hospitals.flatMap((one, index) => [
    ...centres.map((centre) => [one, centre] as const),
    [one, hospitals[(index + 1) % hospitals.length] ?? one] as const,
  ]);
  const world = newWorld(everyone, [["duesseldorf", "wuppertal"], ...dials]);
  run(world, 20_000);
  return world;
}

const heardBy = (world: ReturnType<typeof newWorld>, by: string) =>
  everyone.filter((site) => contactOf(at(world, by).contact, site).verdict === "heard");

describe("the region", () => {
  test("[CONTACT5] ten quiet minutes: everybody hears everybody, nobody proposes a fact", () => {
    const world = newRegion();
    run(world, 600_000);
    for (const site of everyone) {
      expect(heardBy(world, site)).toEqual(everyone);
      expect(factsOf(world, site)).toEqual([]);
      expect(ownContact(at(world, site).contact)).toMatchObject({ cutOff: null, notHeard: false });
    }
  });

  test("[CONTACT1] a hospital dies: both centres know within 8.75 s, and no rumour among the others wakes it", () => {
    const world = newRegion();
    kill(world, "ukd");
    const { lastBeatMs } = at(world, "ukd");
    run(world, 180_000);
    for (const centre of centres) {
      expect(factsOf(world, centre)).toMatchObject([{ type: "lost", site: "ukd", flaps: 0 }]);
      expect((toldAt(world, centre, "lost") ?? Number.NaN) - lastBeatMs).toBeLessThanOrEqual(8_750);
    }
    // A hospital without a path of its own to it hears of its last beat a little later, and of no other.
    for (const hospital of ["solingen", "essen"]) {
      expect(factsOf(world, hospital)).toHaveLength(1);
      expect((toldAt(world, hospital, "lost") ?? Number.NaN) - lastBeatMs).toBeLessThanOrEqual(10_750);
    }
  });

  test.each([
    [1, 1_000_000],
    [2, 0],
    [4_000, 7],
    [9_000, 7],
    [2 ** 31, 2 ** 31],
  ] as const)(
    "[CONTACT23] one anchor that tells %i, %i of a hospital mutes it nowhere, and keeps no dead one alive",
    (...number) => {
      const world = newRegion();
      at(world, "essen").lies = { "ukd/box": number };
      run(world, 60_000);
      for (const site of everyone) {
        expect(factsOf(world, site).filter(({ type }) => type === "lost" || type === "regained")).toEqual([]);
        expect(heardBy(world, site)).toEqual(everyone);
      }
      // Who hears the hospital from nobody but others, and the liar itself.
      expect(factsOf(world, "solingen")).toContainEqual({
        type: "disproved",
        device: "ukd/box",
        by: "essen/box",
      });
      kill(world, "ukd");
      run(world, 12_000);
      for (const site of everyone.filter((one) => one !== "ukd"))
        expect(lostBy(world, site)).toEqual(["ukd"]);
    },
  );

  test("[CONTACT1] it comes back with the next boot: regained after three beats, silent till then", () => {
    const world = newRegion();
    kill(world, "ukd");
    run(world, 30_000);
    restart(world, "ukd");
    run(world, 6_000);
    expect(factsOf(world, "duesseldorf").map((event) => event.type)).toEqual(["lost", "regained"]);
    expect(heardBy(world, "duesseldorf")).toEqual(everyone);
    expect(heardBy(world, "ukd")).toEqual(everyone);
    expect(factsOf(world, "ukd")).toEqual([]);
  });

  test("[CONTACT1] a restart within the limit is no silence", () => {
    const world = newRegion();
    kill(world, "ukd");
    run(world, 5_000);
    restart(world, "ukd");
    run(world, 60_000);
    expect(lostBy(world, "duesseldorf")).toEqual([]);
    expect(heardBy(world, "duesseldorf")).toEqual(everyone);
  });

  test("[CONTACT1] a box restored with an old boot is nothing, and learns why", () => {
    const world = newRegion();
    kill(world, "ukd");
    restart(world, "ukd");
    restart(world, "ukd");
    run(world, 20_000);
    kill(world, "ukd");
    restart(world, "ukd");
    at(world, "ukd").boot = 1;
    run(world, 20_000);
    expect(contactOf(at(world, "duesseldorf").contact, "ukd").verdict).toBe("silent");
    const own = ownContact(at(world, "ukd").contact);
    expect(own.notHeard).toBe(true);
    expect(own.newestOfUs?.[0]).toBe(3);
    at(world, "ukd").boot = 4;
    run(world, 5_000);
    expect(contactOf(at(world, "duesseldorf").contact, "ukd").verdict).toBe("heard");
    expect(ownContact(at(world, "ukd").contact).notHeard).toBe(false);
  });

  test.each([500, 1_000, 3_000, 6_000, 20_000, 60_000])(
    "[CONTACT4] a centre stalled for %i ms accuses nobody, before or after",
    (forMs) => {
      const world = newRegion();
      stall(world, "duesseldorf", forMs);
      run(world, forMs + 60_000);
      expect(factsOf(world, "duesseldorf")).toEqual([]);
      expect(lostBy(world, "wuppertal")).toEqual(forMs > 9_000 ? ["duesseldorf"] : []);
      expect(heardBy(world, "wuppertal")).toEqual(everyone);
    },
  );

  test("[CONTACT4] a hospital dies while a centre is stalled: found within 8.75 s of the waking", () => {
    const world = newRegion();
    stall(world, "duesseldorf", 30_000);
    run(world, 5_000);
    kill(world, "ukd");
    run(world, 25_000);
    expect(lostBy(world, "duesseldorf")).toEqual([]);
    run(world, 8_750);
    expect(lostBy(world, "duesseldorf")).toEqual(["ukd"]);
  });

  test("[CONTACT13] one path swallowed one way: heard by its neighbours, nobody is accused", () => {
    const world = newRegion();
    world.cut.add("ukd>duesseldorf");
    run(world, 60_000);
    expect(factsOf(world, "duesseldorf")).toEqual([]);
    expect(contactOf(at(world, "duesseldorf").contact, "ukd")).toMatchObject({
      verdict: "heard",
      pathBroken: true,
    });
    expect(contactOf(at(world, "ukd").contact, "duesseldorf")).toMatchObject({
      verdict: "heard",
      heardVia: "direct",
    });
    expect(ownContact(at(world, "ukd").contact)).toMatchObject({ notHeard: false, cutOff: null });
  });

  test("[CONTACT12] a hospital that only receives is silent to all and knows that nobody hears it", () => {
    const world = newRegion();
    for (const path of world.paths) if (path.startsWith("ukd>")) world.cut.add(path);
    run(world, 15_000);
    for (const centre of centres) expect(lostBy(world, centre)).toEqual(["ukd"]);
    expect(heardBy(world, "ukd")).toEqual(everyone);
    expect(ownContact(at(world, "ukd").contact)).toMatchObject({ notHeard: true, cutOff: null });
  });

  test("[CONTACT12] a hospital that only sends is heard by all and thinks itself cut off", () => {
    const world = newRegion();
    for (const path of world.paths) if (path.endsWith(">ukd")) world.cut.add(path);
    run(world, 30_000);
    for (const centre of centres) expect(factsOf(world, centre)).toEqual([]);
    expect(factsOf(world, "ukd").map((event) => event.type)).toEqual(["cut-off"]);
  });

  test("[CONTACT7] a centre cut off writes nobody off; the other centre does, and says so again on return", () => {
    const world = newRegion();
    cutOff(world, "duesseldorf");
    run(world, 90_000);
    expect(factsOf(world, "duesseldorf").map((event) => event.type)).toEqual(["cut-off"]);
    expect(factsOf(world, "wuppertal")).toMatchObject([{ type: "lost", site: "duesseldorf" }]);
    heal(world);
    run(world, 90_000);
    const [, ended] = factsOf(world, "duesseldorf");
    expect(ended).toMatchObject({ type: "cut-off-ended" });
    if (ended?.type === "cut-off-ended")
      expect(Math.abs(ended.toWallMs - ended.fromWallMs - 90_000)).toBeLessThan(1_500);
    expect(factsOf(world, "duesseldorf")).toHaveLength(2);
    expect(factsOf(world, "wuppertal").map((event) => event.type)).toEqual(["lost", "regained"]);
    expect(heardBy(world, "duesseldorf")).toEqual(everyone);
  });

  test("[CONTACT8] links of a returning centre come back one by one over 7 s: nobody is accused", () => {
    const world = newRegion();
    // Without hearsay among the hospitals, the hardest case: each has only its own path.
    world.paths.clear();
    for (const site of everyone.slice(1)) world.paths.add(`${site}>duesseldorf`).add(`duesseldorf>${site}`);
    run(world, 20_000);
    cutOff(world, "duesseldorf");
    run(world, 60_000);
    for (const path of [...world.cut].sort()) {
      world.cut.delete(path);
      run(world, 550);
    }
    run(world, 30_000);
    expect(factsOf(world, "duesseldorf").map((event) => event.type)).toEqual(["cut-off", "cut-off-ended"]);
  });

  test.each([2_000, 4_000, 6_000, 7_500])(
    "[CONTACT6] all links of a centre paused for %i ms: no fact",
    (forMs) => {
      const world = newRegion();
      cutOff(world, "duesseldorf");
      run(world, forMs);
      heal(world);
      run(world, 60_000);
      for (const centre of centres) expect(factsOf(world, centre)).toEqual([]);
    },
  );

  test("[CONTACT8] a hospital dies while a centre is cut off: the centre finds it 8 s after its return", () => {
    const world = newRegion();
    cutOff(world, "duesseldorf");
    run(world, 20_000);
    kill(world, "ukd");
    run(world, 40_000);
    heal(world);
    run(world, 10_000);
    expect(lostBy(world, "duesseldorf")).toEqual(["ukd"]);
    expect(lostBy(world, "wuppertal")).toEqual(["duesseldorf", "ukd"]);
  });

  test("[CONTACT9] the region splits in two: each side names the other and suspects the network", () => {
    const world = newRegion();
    const west = new Set<string>(["duesseldorf", "neuss", "krefeld"]);
    for (const path of world.paths) {
      const [from = "", to = ""] = path.split(">");
      if (west.has(from) !== west.has(to)) world.cut.add(path);
    }
    run(world, 12_000);
    expect(lostBy(world, "duesseldorf").sort()).toEqual(["essen", "solingen", "ukd", "wuppertal"]);
    expect(lostBy(world, "wuppertal").sort()).toEqual(["duesseldorf", "krefeld", "neuss"]);
    for (const centre of centres)
      expect(ownContact(at(world, centre).contact).halfSilentWithinMinute).toBe(true);
  });

  test("[CONTACT11] a hospital that comes and goes for five minutes is one pair a minute and a count", () => {
    const world = newRegion();
    for (let flap = 0; flap < 15; flap += 1) {
      cutOff(world, "ukd");
      run(world, 13_000);
      heal(world);
      run(world, 7_000);
    }
    const facts = factsOf(world, "duesseldorf");
    const losses = world.told
      .filter((one) => one.by === "duesseldorf" && one.event.type === "lost")
      .map((one) => one.atMs);
    expect(losses.length).toBeGreaterThanOrEqual(4);
    expect(losses.every((atMs, index) => index === 0 || atMs - (losses[index - 1] ?? 0) >= 60_000)).toBe(
      true,
    );
    const told = facts.reduce((sum, event) => sum + ("flaps" in event ? event.flaps : 0), losses.length);
    expect(told + contactOf(at(world, "duesseldorf").contact, "ukd").flaps).toBe(15);
  });

  test("[CONTACT14] [CONTACT16] a full disk and a planned restart show at both centres", () => {
    const world = newRegion();
    at(world, "ukd").storing = false;
    at(world, "neuss").backByMs = 77;
    run(world, 1_500);
    kill(world, "neuss");
    run(world, 9_000);
    for (const centre of centres) {
      expect(contactOf(at(world, centre).contact, "ukd")).toMatchObject({ verdict: "heard", storing: false });
      expect(factsOf(world, centre)).toMatchObject([{ type: "lost", site: "neuss", backByMs: 77 }]);
    }
  });

  test("[CONTACT15] a clock 40 s slow shows as such, and changes no verdict", () => {
    const world = newRegion();
    at(world, "ukd").clockOffMs = -40_000;
    run(world, 60_000);
    const ukd = contactOf(at(world, "duesseldorf").contact, "ukd");
    expect(ukd).toMatchObject({ verdict: "heard", clockOff: true });
    expect(Math.abs((ukd.clockOffsetMs ?? 0) + 40_000)).toBeLessThanOrEqual(300);
  });

  test("[CONTACT5] an ambulance out of coverage for 50 s is late, for 70 s silent, then regained", () => {
    const world = newWorld(
      ["centre", "ukd", "rtw"],
      [
        ["ukd", "centre"],
        ["rtw", "centre"],
      ],
      new Set(["rtw"]),
    );
    run(world, 20_000);
    cutOff(world, "rtw");
    run(world, 50_000);
    expect(contactOf(at(world, "centre").contact, "rtw").verdict).toBe("late");
    run(world, 20_000);
    expect(lostBy(world, "centre")).toEqual(["rtw"]);
    heal(world);
    run(world, 15_000);
    expect(factsOf(world, "centre").map((event) => event.type)).toEqual(["lost", "regained"]);
  });
});
