import { describe, expect, test } from "vitest";
import {
  authorityLog,
  charterBody,
  charterLogs,
  charterOf,
  entry,
  say,
} from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import type { DeviceId } from "../../basics/name.ts";
import { foldCharter } from "../../region/charter.ts";
import { Dialling, type DiallingPorts } from "./dialling.ts";
import type { DialTarget } from "./sockets.ts";

type Reached = { readonly addresses?: readonly string[]; readonly relays?: readonly DeviceId[] };

const url = (host: string): string => `wss://${host}.example/exchange`;
/** A relay with two addresses, another one, and a hospital that nobody can dial. */
const reached: { readonly [device: DeviceId]: Reached } = {
  "lst-d/box": { addresses: [url("lst-d")] },
  "ukd/box": { addresses: [url("ukd"), url("ukd-mobile")] },
  "barmen/box": { addresses: [url("barmen")] },
  "neuss/box": { relays: ["ukd/box"] },
};

function reach(device: DeviceId, where: Reached) {
  const lists = Object.entries(where).map(([field, list]) => [field, [...list]]);
  return entry("charter.device/1", { ...charterBody.device(device), ...Object.fromEntries(lists) });
}

function dialling(
  hosted: DeviceId,
  dials: DiallingPorts["dials"] = [],
  more: Record<DeviceId, Reached> = {},
) {
  const logs = charterLogs();
  for (const [device, where] of Object.entries({ ...reached, ...more }))
    present(logs.get(authorityLog), "the authority's log").push(reach(device, where));
  const charter = charterOf(logs);
  const open = new Map<DeviceId, DialTarget>();
  const left: DeviceId[] = [];
  const notes: string[] = [];
  const one = new Dialling({
    charter,
    dials,
    hosted: new Set([hosted]),
    sockets: {
      dial: (target) => void open.set(target.peer, target),
      undial: ({ peer }) => void (open.delete(peer) && left.push(peer)),
    },
    note: (code, about) => void notes.push(`${code} ${about}`),
  });
  one.look();
  const rename = (device: DeviceId, where: Reached): void => {
    const [, index] = say(logs, authorityLog, "charter.device/1", reach(device, where));
    foldCharter(charter, authorityLog, index, reach(device, where));
    one.look();
  };
  const said = (): readonly string[] =>
    [...open.values()].map(({ peer, urls }) => `${peer} ${urls.join(" ")}`);
  return { rename, said, left, notes };
}

describe("[RELAY1] whom an anchor dials", () => {
  test("without an address in its settings: the peer's own, as the charter has them", () => {
    const { said } = dialling("lst-d/box", [{ hosted: "lst-d/box", peer: "ukd/box" }]);
    expect(said()).toEqual([`ukd/box ${url("ukd")} ${url("ukd-mobile")}`]);
  });

  test("a peer without an address: its relays; and the peer dials them too, without any settings", () => {
    const dials = [{ hosted: "lst-d/box", peer: "neuss/box" }];
    expect(dialling("lst-d/box", dials).said()).toEqual([`ukd/box ${url("ukd")} ${url("ukd-mobile")}`]);
    expect(dialling("neuss/box").said()).toEqual([`ukd/box ${url("ukd")} ${url("ukd-mobile")}`]);
    // The relay itself waits for both.
    expect(dialling("ukd/box", [{ hosted: "ukd/box", peer: "neuss/box" }]).said()).toEqual([]);
  });

  test("an address in the settings goes before the charter's, and nobody is dialed twice", () => {
    const own = "ws://127.0.0.1:1/exchange";
    const dials = ["lst-d/box", "ukd/box"].map((peer) => ({ hosted: "neuss/box", peer, url: own }));
    expect(dialling("neuss/box", [...dials, { hosted: "neuss/box", peer: "ukd/box" }]).said()).toEqual([
      `lst-d/box ${own}`,
      `ukd/box ${own}`,
    ]);
  });

  test("what cannot be reached or dialed is a note, and no target", () => {
    const dials = ["lst-w/box", "ukd/box", "nobody/box"].map((peer) => ({ hosted: "lst-d/box", peer }));
    const { said, notes } = dialling("lst-d/box", dials, { "ukd/box": { addresses: ["tel:0221-4710"] } });
    expect(said()).toEqual([]);
    expect(notes).toEqual(["no-way-to lst-w/box", "no-way-to ukd/box", "no-way-to nobody/box"]);
  });

  test("follows the charter: an address that changes is the same peer, which is not left for that", () => {
    const { rename, said, left } = dialling("lst-d/box", [{ hosted: "lst-d/box", peer: "ukd/box" }]);
    rename("ukd/box", { addresses: [url("ukd-new")] });
    expect([said(), left]).toEqual([[`ukd/box ${url("ukd-new")}`], []]);
  });

  test("follows the charter: a relay that is named later is dialed, one that is named no more is left", () => {
    const { rename, said, left } = dialling("neuss/box");
    rename("neuss/box", { relays: ["ukd/box", "barmen/box"] });
    expect(said().map((line) => line.split(" ")[0])).toEqual(["ukd/box", "barmen/box"]);
    rename("neuss/box", { relays: ["barmen/box"] });
    expect([said(), left]).toEqual([[`barmen/box ${url("barmen")}`], ["ukd/box"]]);
  });
});
