import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  authorityLog,
  charterBody,
  charterLogs,
  charterOf,
  emptyCharter,
  entry,
  holderKeyOf,
  type Logs,
  logKey,
  recoveryLog,
  region,
  say,
  sha256,
} from "../../test/support/region.ts";
import { present } from "../basics/assert.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { LogId } from "../basics/name.ts";
import { formatVkey, logKeyName, makeVkey } from "../log/vkey.ts";
import {
  authorityNow,
  type CharterState,
  centres,
  charterState,
  deviceIn,
  deviceKey,
  devicesOf,
  endedAt,
  foldCharter,
  holderKey,
  isCentre,
  isCharterLog,
  isMobile,
  keyForLog,
  neighbours,
  siteIn,
  sites,
  sitesOfType,
} from "./charter.ts";
import { deriveCharter } from "./charter-derive.ts";

const nextLog: LogId = "land/desk-2/1-00000002";
const thiefLog: LogId = "land/thief/1-00000003";

function parts(device: string, inRegion = region) {
  const [site = "", name = ""] = device.split("/");
  return { region: inRegion, site, device: name, epoch: "1-00000001" };
}

function stateOf(logs: Logs) {
  return charterState(charterOf(logs));
}

describe("the list of sites and devices", () => {
  test("[CHARTER1] an empty charter knows one key, that of the configured authority", () => {
    const charter = emptyCharter();
    expect(keyForLog(charter, parts("land/desk"))).toEqual(logKey("land/desk"));
    expect(keyForLog(charter, parts("land/recovery"))).toBeUndefined();
    expect(keyForLog(charter, parts("ukd/box"))).toBeUndefined();
    expect(isCharterLog(charter, authorityLog)).toBe(true);
    expect(sites(charter)).toEqual([]);
  });

  test("[CHARTER2] sites of a type are found once for all who ask, and anew with a word on one more", () => {
    const logs = charterLogs();
    const charter = charterOf(logs);
    const before = sitesOfType(charter, "control-centre");
    expect(sitesOfType(charter, "control-centre")).toBe(before);
    const body = { site: "lst-new", type: "control-centre" };
    const index = logs.get(authorityLog)?.length ?? 0;
    expect(foldCharter(charter, authorityLog, index, entry("charter.site/1", body))).toBe(true);
    expect(sitesOfType(charter, "control-centre")).toHaveLength(before.length + 1);
    expect(sitesOfType(charter, "ambulance")).toEqual(
      sites(charter).filter(({ type }) => type === "ambulance"),
    );
    expect(centres(charter)).toEqual(["lst-d", "lst-w", "lst-new"]);
  });

  test("[CHARTER2] each enrolled device has the keys that the authority named, in charter order", () => {
    const charter = charterOf(charterLogs());
    expect(keyForLog(charter, parts("ukd/tablet"))).toEqual(logKey("ukd/tablet"));
    expect(keyForLog(charter, parts("ukd/tablet", "rehearsal-other"))).toBeUndefined();
    expect(keyForLog(charter, parts("ukd/unknown"))).toBeUndefined();
    expect(keyForLog(charter, parts("land/recovery"))).toEqual(logKey("land/recovery"));
    expect(holderKey(charter, "lst-d/box")).toEqual(holderKeyOf("lst-d/box"));
    expect(centres(charter)).toEqual(["lst-d", "lst-w"]);
    expect([isCentre(charter, "lst-w"), isCentre(charter, "ukd")]).toEqual([true, false]);
    expect(devicesOf(charter, "ukd").map(({ id }) => id)).toEqual(["ukd/box", "ukd/tablet"]);
    expect(isCharterLog(charter, "ukd/box/1-00000001")).toBe(false);
  });

  test("[CHARTER3] the word of any other log is no charter", () => {
    const logs = charterLogs();
    say(logs, "ukd/box/1-00000001", "charter.site/1", charterBody.site("fake", "hospital"));
    say(logs, "lst-d/box/1-00000001", "charter.start/1", charterBody.start());
    say(logs, "lst-d/box/1-00000001", "charter.site/1", charterBody.site("fake", "hospital"));
    say(logs, recoveryLog, "charter.site/1", charterBody.site("fake", "hospital"));
    const charter = charterOf(logs);
    expect(siteIn(charter, "fake")).toBeUndefined();
  });

  test("[CHARTER4] names and addresses change, types and keys stay as first said", () => {
    const logs = charterLogs();
    const say1 = (kind: string, body: JsonObject) => say(logs, authorityLog, kind, body);
    say1("charter.site/1", {
      ...charterBody.site("ukd", "hospital"),
      name: "Universitätsklinikum",
      town: "Düsseldorf",
    });
    say1("charter.site/1", { ...charterBody.site("neuss", "control-centre"), name: "Neuss" });
    say1("charter.device/1", {
      ...charterBody.device("ukd/box"),
      addresses: ["ws://127.0.0.1:1"],
      roles: ["mobile"],
    });
    say1("charter.device/1", { ...charterBody.device("ukd/tablet", 2), roles: ["pocket"] });
    const charter = charterOf(logs);
    expect(siteIn(charter, "ukd")).toMatchObject({ name: "Universitätsklinikum", town: "Düsseldorf" });
    expect(siteIn(charter, "neuss")).toMatchObject({ type: "hospital", name: undefined });
    expect(deviceIn(charter, "ukd/box")?.addresses).toEqual(["ws://127.0.0.1:1"]);
    expect(isMobile(charter, "ukd/box")).toBe(true);
    expect(deviceKey(charter, "ukd/tablet")).toEqual(logKey("ukd/tablet"));
    expect(isMobile(charter, "ukd/tablet")).toBe(false);
  });

  test("[NEIGHBOUR1] another region keeps the key of its first naming, and may be ended and named again", () => {
    const logs = charterLogs();
    const other = "rehearsal-other";
    const named = (region: string, variant: number, of = region) =>
      say(logs, authorityLog, "charter.neighbour/1", {
        region: of,
        key: formatVkey(
          makeVkey(sha256, "log", logKeyName(region, "land", "desk"), new Uint8Array(32).fill(variant)),
        ),
      });
    const now = () =>
      neighbours(charterOf(logs)).map(({ region: id, key, ended }) => [id, key.publicKey[0], ended]);
    named(region, 1);
    named(region, 1, other);
    say(logs, authorityLog, "charter.neighbour-ended/1", { region: other });
    expect(now()).toEqual([]);
    named(other, 1);
    named(other, 2);
    expect(now()).toEqual([[other, 1, false]]);
    say(logs, authorityLog, "charter.neighbour-ended/1", { region: other });
    named(other, 2);
    expect(now()).toEqual([[other, 1, true]]);
    named(other, 1);
    for (let more = 0; more < 20; more += 1) named(`${other}-${more}`, 1);
    expect(now()[0]).toEqual([other, 1, false]);
    expect(now().length).toBe(16);
    const [anyOther] = now().slice(1);
    expect(keyForLog(charterOf(logs), parts("land/desk", String(anyOther?.[0])))).toBeUndefined();
  });

  test.each([
    ["of another region", { key: "holdfast/1/rehearsal-other/ukd/new" }],
    ["of another device", { key: "holdfast/1/rehearsal-test/ukd/other" }],
  ])("[CHARTER5] a device whose key is made out to a name %s is not enrolled", (_name, { key }) => {
    const logs = charterLogs();
    const body = charterBody.device("ukd/new");
    const own = "holdfast/1/rehearsal-test/ukd/new";
    say(logs, authorityLog, "charter.device/1", { ...body, key: String(body["key"]).replace(own, key) });
    expect(deviceIn(charterOf(logs), "ukd/new")).toBeUndefined();
    say(logs, authorityLog, "charter.device/1", body);
    expect(deviceIn(charterOf(logs), "ukd/new")).toBeDefined();
  });

  test("[CHARTER6] an ended device keeps its key, and its later word means nothing", () => {
    const logs = charterLogs();
    say(logs, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", "ukd/box/2-0000000b", 5));
    say(logs, authorityLog, "charter.device/1", charterBody.device("ukd/box", 2));
    const charter = charterOf(logs);
    expect(deviceKey(charter, "ukd/box")).toEqual(logKey("ukd/box"));
    expect(endedAt(charter, "ukd/box/1-0000000a")).toBeUndefined();
    expect(endedAt(charter, "ukd/box/2-0000000b")).toBe(5);
    expect(endedAt(charter, "ukd/box/2-0000000c")).toBe(0);
    expect(endedAt(charter, "ukd/box/3-0000000a")).toBe(0);
    expect(endedAt(charter, "ukd/tablet/1-0000000a")).toBeUndefined();
  });

  test("[CHARTER6] of two ends of one device the earlier one counts, in whatever order they are said", () => {
    const ends = [
      charterBody.ended("ukd/box", "ukd/box/2-0000000b", 5),
      charterBody.ended("ukd/box", "ukd/box/2-0000000b", 3),
      charterBody.ended("ukd/box", "ukd/box/3-0000000c", 1),
    ];
    for (const order of [ends, ends.toReversed()]) {
      const logs = charterLogs();
      for (const end of order) say(logs, authorityLog, "charter.device-ended/1", end);
      expect(endedAt(charterOf(logs), "ukd/box/2-0000000b")).toBe(3);
    }
    const never = charterLogs();
    say(never, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", null, 0));
    expect(endedAt(charterOf(never), "ukd/box/1-0000000b")).toBe(0);
  });

  test("what the charter says of how fast a device may be pulled is read, and only that", () => {
    const logs = charterLogs();
    const body = { ...charterBody.device("ukd/new"), entriesPerSecondMax: 200 };
    say(logs, authorityLog, "charter.device/1", body);
    expect(deviceIn(charterOf(logs), "ukd/new")?.pullRate).toEqual({ entriesPerSecondMax: 200 });
    expect(deviceIn(charterOf(logs), "ukd/box")?.pullRate).toEqual({});
  });
});

describe("a new authority", () => {
  function handedOver(): Logs {
    const logs = charterLogs();
    const size = present(logs.get(authorityLog), "the authority's log").length;
    say(
      logs,
      authorityLog,
      "charter.authority-next/1",
      charterBody.next(logKey("land/desk-2"), authorityLog, size),
    );
    say(logs, authorityLog, "charter.site/1", charterBody.site("too-late", "hospital"));
    say(logs, nextLog, "charter.start/1", charterBody.start(logKey("land/other-recovery")));
    say(logs, nextLog, "charter.site/1", charterBody.site("new", "hospital"));
    return logs;
  }

  test("[CHARTER7] carries the charter on, and the old one's later word is nothing", () => {
    const charter = charterOf(handedOver());
    expect(authorityNow(charter).id).toBe("land/desk-2");
    expect(siteIn(charter, "new")?.type).toBe("hospital");
    expect(siteIn(charter, "too-late")).toBeUndefined();
    expect(siteIn(charter, "ukd")?.type).toBe("hospital");
    expect(keyForLog(charter, parts("land/desk"))).toEqual(logKey("land/desk"));
    expect(isCharterLog(charter, authorityLog) && isCharterLog(charter, nextLog)).toBe(true);
  });

  test("[CHARTER7] cannot exchange the recovery key", () => {
    expect(stateOf(handedOver()).recovery?.id).toBe("land/recovery");
  });

  test("[CHARTER8] the recovery key's word goes before the authority's own", () => {
    const logs = charterLogs();
    const honestSize = present(logs.get(authorityLog), "the authority's log").length;
    say(logs, authorityLog, "charter.device/1", charterBody.device("ukd/stolen"));
    const stolenSize = honestSize + 1;
    say(
      logs,
      authorityLog,
      "charter.authority-next/1",
      charterBody.next(logKey("land/thief"), authorityLog, stolenSize),
    );
    say(logs, thiefLog, "charter.start/1", charterBody.start());
    say(logs, thiefLog, "charter.site/1", charterBody.site("fake", "hospital"));
    expect(siteIn(charterOf(logs), "fake")).toBeDefined();
    say(
      logs,
      recoveryLog,
      "charter.authority-next/1",
      charterBody.next(logKey("land/desk-2"), authorityLog, honestSize),
    );
    say(logs, nextLog, "charter.start/1", charterBody.start());
    say(logs, nextLog, "charter.site/1", charterBody.site("new", "hospital"));
    const charter = charterOf(logs);
    expect(authorityNow(charter).id).toBe("land/desk-2");
    expect([siteIn(charter, "fake"), siteIn(charter, "new")?.type]).toEqual([undefined, "hospital"]);
    expect(deviceIn(charter, "ukd/stolen")).toBeUndefined();
    expect(isCharterLog(charter, thiefLog)).toBe(false);
  });

  test("[CHARTER8] the recovery key may correct itself; a second start names no other one", () => {
    const logs = charterLogs();
    const size = present(logs.get(authorityLog), "the authority's log").length;
    say(logs, authorityLog, "charter.start/1", charterBody.start(logKey("land/thief")));
    say(logs, "land/desk/2-00000001", "charter.start/1", charterBody.start(logKey("land/thief")));
    say(
      logs,
      recoveryLog,
      "charter.authority-next/1",
      charterBody.next(logKey("land/wrong"), authorityLog, size),
    );
    say(
      logs,
      recoveryLog,
      "charter.authority-next/1",
      charterBody.next(logKey("land/desk-2"), authorityLog, 3),
    );
    const charter = charterOf(logs);
    expect(charterState(charter).recovery?.id).toBe("land/recovery");
    expect(charterState(charter).authorities.map(({ id }) => id)).toEqual(["land/desk", "land/desk-2"]);
    expect(sites(charter).map(({ site }) => site)).toEqual(["land", "lst-d"]);
  });

  test("[CHARTER9] nobody holds office twice, and the recovery key never does", () => {
    const logs = handedOver();
    say(logs, nextLog, "charter.authority-next/1", charterBody.next(logKey("land/desk"), nextLog, 2));
    say(logs, nextLog, "charter.authority-next/1", charterBody.next(logKey("land/recovery"), nextLog, 2));
    expect(authorityNow(charterOf(logs)).id).toBe("land/desk-2");
  });

  test("a later log of the authority adds to the earlier one", () => {
    const logs = charterLogs();
    say(logs, "land/desk/2-00000001", "charter.start/1", charterBody.start());
    say(logs, "land/desk/2-00000001", "charter.site/1", charterBody.site("new", "hospital"));
    const charter = charterOf(logs);
    expect(sites(charter).at(-1)?.site).toBe("new");
  });
});

/** Two maps are equal to a test in whatever order their keys stand. */
function inOrder({ sites, devices, neighbours, ...offices }: CharterState) {
  return { ...offices, sites: [...sites], devices: [...devices], neighbours: [...neighbours] };
}

describe("the order of arrival", () => {
  const logs = charterLogs();
  const honestSize = present(logs.get(authorityLog), "the authority's log").length;
  say(logs, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", "ukd/box/1-00000001", 4));
  say(
    logs,
    authorityLog,
    "charter.authority-next/1",
    charterBody.next(logKey("land/thief"), authorityLog, 30),
  );
  say(logs, authorityLog, "charter.site/1", charterBody.site("too-late", "hospital"));
  say(logs, "land/desk/2-00000001", "charter.start/1", charterBody.start());
  say(logs, "land/desk/2-00000001", "charter.site/1", charterBody.site("later", "hospital"));
  say(logs, thiefLog, "charter.start/1", charterBody.start());
  say(logs, thiefLog, "charter.site/1", charterBody.site("fake", "hospital"));
  say(logs, recoveryLog, "charter.authority-next/1", charterBody.next(logKey("land/wrong"), authorityLog, 9));
  say(
    logs,
    recoveryLog,
    "charter.authority-next/1",
    charterBody.next(logKey("land/desk-2"), authorityLog, honestSize + 1),
  );
  say(logs, nextLog, "charter.start/1", charterBody.start());
  say(logs, nextLog, "charter.device/1", charterBody.device("neuss/phone"));

  test("[CHARTER10] any interleaving of the charter logs, with repetitions, makes the same charter", () => {
    const expected = stateOf(logs);
    expect(expected.devices.get("neuss/phone")).toBeDefined();
    const total = [...logs.values()].reduce((sum, entries) => sum + entries.length, 0);
    const choices = fc.array(fc.nat(), { minLength: 2 * total, maxLength: 3 * total });
    fc.assert(
      fc.property(choices, (picks) => {
        const charter = emptyCharter();
        const next = new Map<LogId, number>([...logs.keys()].map((log) => [log, 0]));
        for (const pick of picks) {
          const waiting = [...logs].filter(([log, entries]) => (next.get(log) ?? 0) < entries.length);
          const [log, entries] = waiting[pick % Math.max(1, waiting.length)] ?? [];
          if (log === undefined || entries === undefined) break;
          const index = next.get(log) ?? 0;
          foldCharter(charter, log, index, entries[index] ?? null);
          // Now and then the one before comes again.
          if (pick % 3 === 0 && index > 0) foldCharter(charter, log, index - 1, entries[index - 1] ?? null);
          // What was read before goes on with each word, and is what all words read anew amount to.
          if (pick % 2 === 0) expect(charterState(charter)).toEqual(deriveCharter(charter));
          next.set(log, index + 1);
        }
        expect(charterState(charter)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["the authority's own, a hand-over at its end", [authorityLog]],
    ["the authority's later log before its earlier one", ["land/desk/2-00000001", authorityLog]],
    ["the recovery key's last", [authorityLog, nextLog, recoveryLog]],
  ] as const)("[CHARTER10] read at each word, it is what all words amount to: %s", (_name, order) => {
    const charter = emptyCharter();
    for (const log of order)
      for (const [index, word] of (logs.get(log) ?? []).entries()) {
        foldCharter(charter, log, index, word);
        expect(inOrder(charterState(charter))).toEqual(inOrder(deriveCharter(charter)));
      }
  });

  test("an entry that is no charter fact changes nothing", () => {
    const charter = charterOf(charterLogs());
    const { revision } = charter;
    expect(foldCharter(charter, authorityLog, 99, null)).toBe(false);
    expect(foldCharter(charter, authorityLog, 99, entry("charter.site/2", { site: "x" }))).toBe(false);
    expect(foldCharter(charter, authorityLog, 99, entry("charter.site/1", { site: "x" }))).toBe(false);
    expect(
      foldCharter(
        charter,
        authorityLog,
        99,
        entry("charter.site/1", { site: "x", type: "hospital", more: 1 }),
      ),
    ).toBe(true);
    expect(charter.revision).toBe(revision + 1);
  });
});
