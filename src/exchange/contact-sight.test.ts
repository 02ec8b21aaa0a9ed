import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { present } from "../basics/assert.ts";
import type { Name } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import {
  type Contact,
  contactOf,
  heardBeat,
  newContact,
  ownContact,
  pathsOf,
  recallSilence,
  setSites,
  tick,
} from "./contact.ts";
import { beatOf } from "./contact-hand.ts";
import { type ContactSite, contactLimits, placeSites } from "./contact-state.ts";

/** How the charter stands: without `m1`, with `m2` as an anchor's site, with one device of `m1` ended, or with two sites more. */
type Charter = "whole" | "short" | "other-type" | "one-ended" | "longer";

/** `m1` … are ambulances, of which the first has two devices; `us` is one of four hospitals: three others outvote its clock. */
function sitesOf(charter: Charter): readonly ContactSite[] {
  const named = (site: Name, mobile: boolean, devices = ["box"]): ContactSite => ({
    site,
    devices: devices.map((device) => `${site}/${device}`),
    mobile,
    ownHouse: site === "us",
  });
  const m1 = named("m1", true, charter === "one-ended" ? ["box"] : ["box", "tab"]);
  const mobiles = [m1, named("m2", charter !== "other-type"), named("m3", true), named("m4", true)];
  const others = ["a", "b", "c"].map((site) => named(site, false));
  const more = charter === "longer" ? [named("m5", true), named("d", false)] : [];
  return [named("us", false), ...mobiles.slice(charter === "short" ? 1 : 0), ...others, ...more];
}

const anchors = ["a/box", "b/box", "c/box"];
const speakers = [...anchors, "m1/box", "m1/tab", "m2/box", "m3/box", "m4/box", "m5/box", "d/box"];

type Step =
  /** So many beats are left out before this one; `clockMs`: how far the sender's clock is off. */
  | { readonly what: "beat"; readonly from: number; readonly clockMs: number; readonly storing: boolean }
  | { readonly what: "told"; readonly by: 0 | 1 | 2; readonly about: number }
  /** Many ticks without a word, or with anchors' words alone. */
  | { readonly what: "wait"; readonly ticks: number; readonly anchors: number; readonly tickMs: number }
  | { readonly what: "clock"; readonly stepMs: number }
  | { readonly what: "charter"; readonly charter: Charter }
  | { readonly what: "recall"; readonly site: number; readonly agoMs: number }
  /** All that was told before this start is read: what was withheld until then is told. */
  | { readonly what: "recalled" };

const clockMs = fc.constantFrom(0, 0, 0, 29_999, 30_000, 30_001, -30_001, -29_500, 90_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("beat" as const),
      from: fc.nat(speakers.length - 1),
      clockMs,
      storing: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant("told" as const),
      by: fc.constantFrom(0 as const, 1 as const, 2 as const),
      about: fc.integer({ min: anchors.length, max: speakers.length - 1 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("wait" as const),
      ticks: fc.integer({ min: 1, max: 90 }),
      anchors: fc.nat(7),
      tickMs: fc.constantFrom(250, 250, 251, 190, 333, 480, 2_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("clock" as const),
      stepMs: fc.constantFrom(-400, 1, 700, -31_000, 29_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("charter" as const),
      charter: fc.constantFrom<Charter>("whole", "short", "other-type", "one-ended", "longer", "longer"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant("recall" as const), site: fc.nat(5), agoMs: fc.nat(90_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ what: "recalled" as const }) },
);

/**
 * Plays the steps to two listeners. One has all sites of its charter placed anew before each tick, and so looks at every
 * site in each, as a plain loop does; the other one looks at those that it finds, and places those that were added.
 */
class Pair {
  readonly plain = newContact("us/box", sitesOf("whole"), 1, false);
  readonly quick = newContact("us/box", sitesOf("whole"), 1, false);
  #sites = sitesOf("whole");
  #monoMs = 700;
  #wallAheadMs = 5_000_000;
  readonly #numbers = new Map<string, number>();
  /** Told by both. */
  events = 0;
  lost = 0;

  get now(): Now {
    return { wallMs: this.#monoMs + this.#wallAheadMs, monoMs: this.#monoMs };
  }

  both(act: (contact: Contact) => unknown): void {
    const [plain, quick] = [JSON.stringify(act(this.plain)), JSON.stringify(act(this.quick))];
    // Compared by hand: a hundred thousand of the runner's own comparisons take a minute.
    if (quick !== plain) expect(quick).toBe(plain);
  }

  take(one: Step): void {
    switch (one.what) {
      case "beat":
        return this.#beat(present(speakers[one.from], "a speaker"), one.clockMs, one.storing);
      case "told": {
        const about = present(speakers[one.about], "a speaker");
        const number = [1, this.#next(about)] as const;
        return this.#beat(present(speakers[one.by], "an anchor"), 0, true, { [about]: number });
      }
      case "wait":
        for (let i = 0; i < one.ticks; i += 1) {
          if (i % 4 === 0)
            for (const at of [0, 1, 2])
              if ((one.anchors >> at) % 2 === 1) this.#beat(present(speakers[at], "an anchor"), 0, true);
          this.#monoMs += one.tickMs;
          this.tick();
        }
        return;
      case "recalled":
        for (const contact of [this.plain, this.quick]) contact.recalled = true;
        return;
      case "clock":
        this.#wallAheadMs += one.stepMs;
        return;
      case "charter":
        this.#sites = sitesOf(one.charter);
        placeSites(this.plain, this.#sites);
        setSites(this.quick, this.#sites);
        return;
      case "recall": {
        const site = present(["a", "b", "m1", "m2", "m3", "m4"][one.site], "a site");
        const known = {
          lastHeardWallMs: this.now.wallMs - one.agoMs - 9_000,
          foundWallMs: this.now.wallMs - one.agoMs,
        };
        this.both((contact) => recallSilence(contact, site, known, this.now));
        return;
      }
    }
  }

  #next(device: string): number {
    const number = (this.#numbers.get(device) ?? 0) + 1;
    this.#numbers.set(device, number);
    return number;
  }

  #beat(from: string, clockMs: number, storing: boolean, heard = {}): void {
    const beat = beatOf([1, this.#next(from)], { wallMs: this.now.wallMs + clockMs, storing, heard });
    this.both((contact) => heardBeat(contact, from, beat, this.now));
  }

  tick(): void {
    placeSites(this.plain, this.#sites);
    this.both((contact) => {
      const events = tick(contact, this.now);
      this.events += events.length;
      this.lost += events.filter(({ type }) => type === "lost").length;
      return events;
    });
    for (const { site } of this.#sites) this.both((contact) => contactOf(contact, site));
    this.both((contact) => [ownContact(contact), pathsOf(contact)]);
  }
}

describe("whom a tick looks at", () => {
  test("[CONTACT5] [CONTACT17] whatever is heard and whatever clocks do, every verdict is that of looking at all sites in each tick", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) {
          pair.take(one);
          pair.tick();
        }
        expect(pair.events).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  test("[CONTACT5] [CONTACT21] an ambulance whose silence is proven is seen again until that is told", () => {
    const pair = new Pair();
    pair.take({ what: "beat", from: speakers.indexOf("m2/box"), clockMs: 0, storing: true });
    const wait = { what: "wait", anchors: 7, tickMs: 250 } as const;
    pair.take({ ...wait, ticks: 4 * 65 });
    expect(contactOf(pair.quick, "m2").verdict).toBe("silent");
    pair.take({ what: "recalled" });
    const before = pair.lost;
    pair.take({ ...wait, ticks: 2 });
    expect([before, pair.lost]).toEqual([0, 2]);
  });

  test("[CONTACT5] a site that the charter names behind all others is looked at by the next tick, and no other ambulance with it", () => {
    const contact = newContact("us/box", sitesOf("whole"), 1);
    const now = { wallMs: 5_000_000, monoMs: 0 };
    tick(contact, now);
    setSites(contact, sitesOf("longer"));
    expect([...contact.mobiles.touched].map(({ charter }) => charter.site)).toEqual(["m5"]);
    expect(contact.anchored.map(({ charter }) => charter.site)).toEqual(["us", "a", "b", "c", "d"]);
    expect(contact.tellable.map(([device]) => device)).toEqual(["a/box", "b/box", "c/box", "d/box"]);
    heardBeat(contact, "d/box", beatOf([1, 1], { wallMs: now.wallMs }), now);
    heardBeat(contact, "m5/box", beatOf([1, 1], { wallMs: now.wallMs }), now);
    tick(contact, { wallMs: 5_000_250, monoMs: 250 });
    expect([contactOf(contact, "d").verdict, contactOf(contact, "m5").verdict]).toEqual(["heard", "heard"]);
  });

  test("[CONTACT5] of 12,000 ambulances that nobody hears no tick after the first looks at one", () => {
    const crews = Array.from({ length: 12_000 }, (_, number): ContactSite => {
      const site = `rtw-${number}`;
      return { site, devices: [`${site}/tab`], mobile: true, ownHouse: false };
    });
    const contact = newContact("us/box", [...sitesOf("whole"), ...crews], 1);
    const now = (monoMs: number) => ({ wallMs: 5_000_000 + monoMs, monoMs });
    tick(contact, now(0));
    let looks = 0;
    for (const site of contact.sites.values()) {
      for (const member of ["rise", "rose"] as const) {
        const value = site[member];
        Object.defineProperty(site, member, {
          get: () => {
            looks += 1;
            return value;
          },
          set: () => undefined,
        });
      }
    }
    for (let monoMs = 250; monoMs <= 60_000; monoMs += contactLimits.tickMs) tick(contact, now(monoMs));
    // Each of the four anchors' sites a few times in each of 240 ticks.
    expect(looks).toBeLessThan(240 * 4 * 12);
  });
});
