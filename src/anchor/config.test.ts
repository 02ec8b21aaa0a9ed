import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type AnchorConfig, readConfig, readRegionData, writeConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-config-"));
const file = join(folder, "anchor.json");
afterAll(() => rmSync(folder, { recursive: true }));

const config: AnchorConfig = {
  region: "rehearsal-x",
  authority: "key",
  listen: { host: "127.0.0.1", port: 4_000 },
  regionData: "regions/x",
  hosted: [
    { site: "ukd", device: "box", mobile: false },
    { site: "neuss", device: "box", mobile: false },
  ],
  dials: [{ hosted: "ukd/box", peer: "centre/box", url: "ws://127.0.0.1:4001/exchange" }],
  policy: { openRunsOutMs: 60_000 },
  faults: false,
};

/** The sentence for settings that differ in this. */
function refusal(changed: object): string {
  writeFileSync(file, JSON.stringify({ ...config, ...changed }));
  const read = readConfig(folder);
  return read.ok ? "read" : read.error;
}

describe("[CONFIG1] settings", () => {
  test("are read as they were written", () => {
    for (const listen of [
      config.listen,
      { host: "::", port: 0, names: ["box.example"], tls: { certFile: "c.pem", keyFile: "k.pem" } },
    ]) {
      writeConfig(folder, { ...config, listen });
      expect(readConfig(folder)).toEqual({ ok: true, value: { ...config, listen } });
    }
  });

  test("NATS servers, with what they ask for", () => {
    for (const more of [
      { tls: { caFile: "ca.pem" }, credentials: { credsFile: "box.creds" } },
      { credentials: { user: "box", passwordFile: "password" } },
    ]) {
      const nats = {
        servers: ["tls://nats.example:4222"],
        hosted: "ukd/box",
        stream: { replicas: 3 },
        ...more,
      };
      writeConfig(folder, { ...config, nats });
      expect(readConfig(folder)).toEqual({ ok: true, value: { ...config, nats } });
    }
  });

  test("policy and faults may be left out: the region's policy, no faults", () => {
    const { policy: _policy, faults: _faults, ...rest } = config;
    writeFileSync(file, JSON.stringify(rest));
    expect(readConfig(folder)).toEqual({ ok: true, value: { ...config, policy: {}, faults: false } });
  });
});

describe("[CONFIG2] settings that cannot work are refused with file, place and reason", () => {
  const dial = config.dials[0];
  test.each([
    [{ region: "Rehearsal" }, "region"],
    [{ authority: 5 }, "authority"],
    [{ listen: { host: "127.0.0.1", port: 65_536 } }, "listen.port"],
    [{ listen: { host: "127.0.0.1", port: 1.5 } }, "listen.port"],
    [{ listen: { host: "127.0.0.1", port: 1, tls: { certFile: "c" } } }, "listen.tls.keyFile"],
    [{ hosted: [] }, "hosted"],
    [{ hosted: [{ site: "ukd", device: "box" }] }, "hosted.0.mobile"],
    [{ hosted: [config.hosted[0], config.hosted[0]] }, "dials"],
    [{ dials: [{ ...dial, hosted: "other/box" }] }, "dials"],
    [{ dials: [{ ...dial, peer: "centre" }] }, "dials.0.peer"],
    [{ dials: [{ ...dial, url: "http://127.0.0.1/" }] }, "dials.0.url"],
    [{ dials: [{ ...dial, url: "127.0.0.1:80" }] }, "dials.0.url"],
    [{ traffic: { kind: "google", url: "http://127.0.0.1" } }, "traffic.kind"],
    [{ traffic: { kind: "osrm", url: "file:///etc/passwd" } }, "traffic.url"],
    [{ policy: { openRunsOutMs: 0 } }, "policy.openRunsOutMs"],
    [{ nats: { servers: [], hosted: "ukd/box" } }, "nats.servers"],
    [{ nats: { servers: ["http://nats.example"], hosted: "ukd/box" } }, "nats.servers.0"],
    [{ nats: { servers: ["nats://nats.example"], hosted: "other/box" } }, "nats"],
    [
      { nats: { servers: ["nats://n"], hosted: "ukd/box", credentials: { user: "box" } } },
      "nats.credentials",
    ],
    [{ nats: { servers: ["nats://n"], hosted: "ukd/box", stream: { replicas: 9 } } }, "nats.stream.replicas"],
  ])("%j", (changed, place) => {
    expect(refusal(changed)).toMatch(new RegExp(`^${file}, ${place}: .+`));
  });

  test("a file that is not there, or no JSON", () => {
    expect(readConfig(join(folder, "none"))).toMatchObject({
      error: expect.stringContaining("cannot be read"),
    });
    writeFileSync(file, "{");
    expect(readConfig(folder)).toMatchObject({ error: expect.stringContaining(`${file} cannot be read`) });
  });

  test("a folder without a region's files", () => {
    expect(readRegionData(folder)).toMatchObject({ error: expect.stringContaining("cannot be read") });
  });
});
