import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  clock,
  emptyRoot,
  entriesOf,
  founded,
  newDir,
  packetsOf,
  readElsewhere,
  region,
  requestOf,
  start,
  value,
} from "../../../test/support/authority-hand.ts";
import { authorityNow, centres, charterState, deviceIn, siteIn } from "../../region/charter.ts";
import {
  addDevices,
  addSites,
  addSitesOfFile,
  endDevice,
  endNeighbour,
  initAuthority,
  nameNeighbour,
  setReach,
} from "./authority.ts";

describe("[AUTHORITY1] founding a region", () => {
  test("[LOG10] writes charter.start as entry 0, then the authority's own site", () => {
    const dir = newDir();
    value(initAuthority(dir, start, clock));
    expect(entriesOf(dir)).toMatchObject([
      { kind: "charter.start/1", previous: null, zone: "Europe/Berlin", name: "Testland", by: "authority" },
      { kind: "charter.site/1", site: "land", type: "authority" },
    ]);
  });

  test("prints the key that devices are configured with", () => {
    const { dir, vkey } = founded();
    const house = readElsewhere(vkey, packetsOf(dir));
    expect(authorityNow(house.charter).id).toBe("land/desk");
    expect(vkey).toContain(`holdfast/1/${region}/land/desk+`);
  });

  test("puts the recovery key into a folder of its own", () => {
    const { dir } = founded();
    expect(readdirSync(join(dir, "keys"))).toEqual(["land.desk.json"]);
    expect(readdirSync(join(dir, "recovery-keep-elsewhere", "keys"))).toEqual(["land.recovery.json"]);
    for (const file of ["keys/land.desk.json", "recovery-keep-elsewhere/keys/land.recovery.json"]) {
      expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    }
    expect(entriesOf(dir)[0]?.["recovery"]).toContain(`holdfast/1/${region}/land/recovery+`);
  });

  test("a second time in the same folder is refused, and nothing changes", () => {
    const { dir } = founded();
    const before = entriesOf(dir);
    expect(initAuthority(dir, { ...start, name: "Other" }, clock)).toEqual({
      ok: false,
      error: `${dir} is an authority already.`,
    });
    expect(entriesOf(dir)).toEqual(before);
  });

  test.each([
    [{ region: "Rehearsal X" }, "named with a-z"],
    [{ site: "" }, "named with a-z"],
    [{ device: "a/b" }, "named with a-z"],
    [{ zone: "Europe/Duesseldorf" }, `"Europe/Duesseldorf" is no time zone`],
  ])("%j is refused before anything is made", (changed, sentence) => {
    const dir = newDir();
    expect(initAuthority(dir, { ...start, ...changed }, clock)).toMatchObject({
      error: expect.stringContaining(sentence),
    });
    expect(value(initAuthority(dir, start, clock))).toContain("land/desk");
  });

  test("a folder without an authority is a sentence", () => {
    const dir = newDir();
    expect(addSites(dir, [], clock)).toEqual({ ok: false, error: `${dir} holds no authority.` });
  });
});

describe("[AUTHORITY2] naming sites", () => {
  test("what was said is in the charter", () => {
    const { dir, vkey } = founded();
    const { charter } = readElsewhere(vkey, packetsOf(dir));
    expect(centres(charter)).toEqual(["centre"]);
    expect(siteIn(charter, "centre")?.name).toBe("Leitstelle");
    expect(siteIn(charter, "ukd")).toMatchObject({ type: "hospital", town: "Düsseldorf" });
  });

  test("another type for a known site is refused with a sentence", () => {
    const { dir } = founded();
    expect(addSites(dir, [{ site: "ukd", type: "ambulance" }], clock)).toEqual({
      ok: false,
      error: "charter.site/1 was refused. The site “ukd” is already enrolled with another type.",
    });
  });

  test("from a file", () => {
    const { dir, vkey } = founded();
    const file = join(dir, "sites.json");
    writeFileSync(file, `[{"site":"neuss","type":"hospital"}]`);
    expect(addSitesOfFile(dir, file, clock).ok).toBe(true);
    expect(siteIn(readElsewhere(vkey, packetsOf(dir)).charter, "neuss")?.type).toBe("hospital");
  });

  test.each(["{", "{}", `[{"site":"Neuss","type":"hospital"}]`, `[{"site":"neuss","type":"castle"}]`])(
    "a file that holds %s is refused with a sentence",
    (text) => {
      const { dir } = founded();
      const file = join(dir, "sites.json");
      writeFileSync(file, text);
      expect(addSitesOfFile(dir, file, clock)).toMatchObject({
        ok: false,
        error: expect.stringContaining(file),
      });
    },
  );
});

describe("[AUTHORITY3] enrolling devices", () => {
  test("by their request lines, with addresses", () => {
    const { dir, vkey } = founded();
    const addresses = ["ws://127.0.0.1:4000/exchange"];
    value(
      addDevices(
        dir,
        [
          { request: requestOf("ukd"), addresses },
          { request: requestOf("centre"), addresses: [] },
        ],
        clock,
      ),
    );
    const { charter } = readElsewhere(vkey, packetsOf(dir));
    expect(deviceIn(charter, "ukd/box")).toMatchObject({ roles: ["anchor"], addresses, end: null });
    expect(deviceIn(charter, "centre/box")).toMatchObject({ addresses: [] });
  });

  test.each([
    [
      "of another region",
      () => requestOf("ukd", "box", "rehearsal-y"),
      "asks for region rehearsal-y; this is the authority of rehearsal-x.",
    ],
    [
      "with its region changed on the way",
      () => requestOf("ukd", "box", "rehearsal-y").replace(" rehearsal-y ", ` ${region} `),
      "not made out to this region",
    ],
    [
      "with its site changed on the way",
      () => requestOf("ukd").replace(" ukd ", " centre "),
      "not made out to this region",
    ],
    [
      "with a garbled key",
      () => requestOf("ukd").replace(/.(?=\S{20} )/, (one) => (one === "A" ? "B" : "A")),
      "cannot be read",
    ],
    ["with a garbled holder key", () => requestOf("ukd").replace(/.{6} (?=age1)/, " "), "cannot be read"],
    [
      "with its keys exchanged",
      () => requestOf("ukd").replace(/(\S+) (\S+) (\S+)$/, "$2 $1 $3"),
      "not made out to this region",
    ],
    ["with a garbled recipient", () => requestOf("ukd").slice(0, -1), "no recipient of age"],
    ["of a site that the charter does not name", () => requestOf("neuss"), "The region has no site “neuss”."],
    ["that is none", () => "hello", "Not a request line"],
  ])("a request %s is refused with a sentence, and nothing is written", (_, request, sentence) => {
    const { dir } = founded();
    const before = entriesOf(dir);
    expect(addDevices(dir, [{ request: request(), addresses: [] }], clock)).toMatchObject({
      error: expect.stringContaining(sentence),
    });
    expect(entriesOf(dir)).toEqual(before);
  });

  test("another key for a known device is refused: keys are never replaced in silence", () => {
    const { dir } = founded();
    const first = requestOf("ukd");
    value(addDevices(dir, [{ request: first, addresses: [] }], clock));
    expect(addDevices(dir, [{ request: requestOf("ukd"), addresses: [] }], clock)).toMatchObject({
      error: expect.stringContaining("A new key needs a new device name."),
    });
    expect(addDevices(dir, [{ request: first, addresses: ["ws://127.0.0.1:1/exchange"] }], clock).ok).toBe(
      true,
    );
  });
});

describe("[AUTHORITY4] ending a device", () => {
  const end = { site: "ukd", device: "box", log: null, size: 0, root: emptyRoot };

  test("nothing it wrote counts, and no new keys are taken for it", () => {
    const { dir, vkey } = founded();
    const request = requestOf("ukd");
    value(addDevices(dir, [{ request, addresses: [] }], clock));
    value(endDevice(dir, end, clock));
    const { charter } = readElsewhere(vkey, packetsOf(dir));
    expect(deviceIn(charter, "ukd/box")?.end).toEqual({ log: null, size: 0 });
    expect(addDevices(dir, [{ request, addresses: [] }], clock)).toMatchObject({
      error: expect.stringContaining("counts no longer"),
    });
  });

  test.each([
    ["that nobody enrolled", { device: "phone" }, "The region has no device “ukd/phone”."],
    ["at a log of another", { log: "centre/box/1-00000001" }, "is none of this device's"],
    ["at a size that is none", { size: Number.NaN }, "“size” has no allowed value"],
  ])("one %s is refused with a sentence", (_, changed, sentence) => {
    const { dir } = founded();
    value(addDevices(dir, [{ request: requestOf("ukd"), addresses: [] }], clock));
    expect(endDevice(dir, { ...end, ...changed }, clock)).toMatchObject({
      error: expect.stringContaining(sentence),
    });
  });
});

describe("[AUTHORITY6] saying how a device is reached", () => {
  const [first, second] = ["wss://ukd.example:8443/exchange", "wss://10.0.0.1/exchange"];

  /** Two hospitals' boxes; ukd's has an address. */
  function withTwo() {
    const { dir, vkey } = founded();
    const requests = ["ukd", "neuss"].map((site) => requestOf(site));
    value(addSites(dir, [{ site: "neuss", type: "hospital" }], clock));
    value(
      addDevices(
        dir,
        requests.map((request, i) => ({ request, addresses: i === 0 ? [first] : [] })),
        clock,
      ),
    );
    const reach = (site: string, addresses: string[], relays: string[] = []) =>
      setReach(dir, { site, device: "box", addresses, relays }, clock);
    const device = (id: string) => deviceIn(readElsewhere(vkey, packetsOf(dir)).charter, id);
    return { dir, requests, reach, device };
  }

  test("a device that is enrolled again by its line keeps them, and its role", () => {
    const { dir, requests, reach, device } = withTwo();
    value(reach("neuss", [], ["ukd/box"]));
    const before = [device("ukd/box"), device("neuss/box")];
    for (const request of requests) value(addDevices(dir, [{ request, addresses: [] }], clock));
    expect([device("ukd/box"), device("neuss/box")]).toEqual(before);
    const other = (requests[0] ?? "").replace(" anchor ", " mobile ");
    expect(addDevices(dir, [{ request: other, addresses: [] }], clock)).toMatchObject({
      error: "ukd/box is enrolled as anchor; its line says mobile.",
    });
  });

  test("addresses and relays replace what was said before, and nothing else changes", () => {
    const { reach, device } = withTwo();
    const before = device("ukd/box");
    value(reach("ukd", [second, first]));
    value(reach("neuss", [], ["ukd/box"]));
    expect(device("ukd/box")).toEqual({ ...before, addresses: [second, first] });
    expect(device("neuss/box")).toMatchObject({ addresses: [], relays: ["ukd/box"] });
    value(reach("neuss", [second]));
    expect(device("neuss/box")).toMatchObject({ addresses: [second], relays: [] });
  });

  test.each([
    ["a device that nobody enrolled", "land", [], [], "is no device of this region"],
    ["an address that no socket has", "ukd", ["https://ukd.example"], [], "is no ws:// or wss:// address"],
    ["itself as its relay", "ukd", [], ["ukd/box"], "cannot be its own relay"],
    ["a relay that is not in the region", "ukd", [], ["evk/box"], "is no anchor of this region"],
    ["a relay without an address", "ukd", [], ["neuss/box"], "nobody could dial it"],
  ])("%s is refused with a sentence", (_what, site, addresses, relays, sentence) => {
    const { reach } = withTwo();
    expect(reach(site, addresses, relays)).toMatchObject({ error: expect.stringContaining(sentence) });
  });
});

describe("[AUTHORITY5] the exported charter", () => {
  test("of 700 sites comes in packets that a device elsewhere takes in, whole", () => {
    const { dir, vkey } = founded();
    const more = Array.from({ length: 700 }, (_, at) => ({ site: `h-${at}`, type: "hospital" as const }));
    value(addSites(dir, more, clock));
    const packets = packetsOf(dir);
    expect(packets.length).toBeGreaterThan(1);
    expect(charterState(readElsewhere(vkey, packets).charter).sites.size).toBe(703);
  });

  test("is nothing to a device that was given another authority's key", () => {
    const { dir } = founded();
    const other = founded();
    const { charter, vector } = readElsewhere(other.vkey, packetsOf(dir));
    expect(charterState(charter).sites.size).toBe(0);
    expect([...vector.origins()]).toEqual([]);
  });

  test("is nothing when its packets come out of order, and whole once they have all come in theirs", () => {
    const { dir, vkey } = founded();
    const more = Array.from({ length: 300 }, (_, at) => ({ site: `h-${at}`, type: "hospital" as const }));
    value(addSites(dir, more, clock));
    const packets = packetsOf(dir);
    expect(charterState(readElsewhere(vkey, packets.slice(1)).charter).sites.size).toBe(0);
    expect(charterState(readElsewhere(vkey, [...packets.slice(1), ...packets]).charter).sites.size).toBe(303);
  });

  test("in a changed packet nothing is taken", () => {
    const { dir, vkey } = founded();
    const [packet = new Uint8Array(0)] = packetsOf(dir);
    const changed = packet.slice();
    changed[changed.length - 3] = (changed.at(-3) ?? 0) ^ 1;
    expect(charterState(readElsewhere(vkey, [changed]).charter).sites.size).toBe(0);
  });
});

test("[AUTHORITY7] another region is named by its authority's key, once and for all, and the naming ends", () => {
  const { dir, vkey } = founded();
  const named = (key: string) => nameNeighbour(dir, key, clock);
  const other = (device: string) =>
    value(initAuthority(newDir(), { ...start, region: "rehearsal-y", device }, clock));
  const theirs = other("desk");
  expect(named("hello")).toMatchObject({ error: expect.stringMatching("is no authority's key") });
  expect(named(vkey)).toMatchObject({ error: expect.stringMatching("that is our own") });
  expect(endNeighbour(dir, "rehearsal-y", clock)).toMatchObject({
    error: expect.stringMatching("is not named"),
  });
  value(named(theirs));
  expect(named(other("desk-2"))).toMatchObject({ error: expect.stringMatching("another key already") });
  value(endNeighbour(dir, "rehearsal-y", clock));
  value(named(theirs));
  const kinds = entriesOf(dir).map(({ kind }) => kind);
  expect(kinds.slice(-3)).toEqual([
    "charter.neighbour/1",
    "charter.neighbour-ended/1",
    "charter.neighbour/1",
  ]);
});
