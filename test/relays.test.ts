import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Anchor } from "../src/anchor/anchor.ts";
import { systemClock } from "../src/anchor/clock.ts";
import { charterFile } from "../src/anchor/config.ts";
import { exportCharter, setReach } from "../src/anchor/keys/authority.ts";
import { present } from "../src/basics/assert.ts";
import { contactOf } from "../src/exchange/contact.ts";
import type { House } from "../src/site/state.ts";
import {
  changeConfig,
  ctIs,
  postFact,
  type SmallRegion,
  setUpSmallRegion,
  smallPlan,
  startHere,
} from "./support/anchors.ts";
import { valueIn } from "./support/founded.ts";
import { until } from "./support/shells.ts";

// A lifeboat that nobody can dial: no address of it is in the charter or in anybody's settings, and it dials only the
// relay that the charter names.

const [behind, relay, centre] = ["duesseldorf-evk", "ukd", "duesseldorf"] as const;
let region: SmallRegion | undefined;
const started: Anchor[] = [];
afterAll(async () => {
  for (const anchor of started) await anchor.stop();
  if (region !== undefined) rmSync(region.dir, { recursive: true });
});

/** Region and settings: the centre wants to reach the lifeboat, nobody has an address for it. */
async function setUp(): Promise<SmallRegion> {
  const made = await setUpSmallRegion(smallPlan);
  const authority = join(made.dir, "authority");
  const reach = { site: behind, device: "box", addresses: [], relays: [`${relay}/box`] };
  valueIn(setReach(authority, reach, systemClock));
  for (const id of [behind, relay, centre])
    valueIn(exportCharter(authority, join(made.dirOf(id), charterFile), systemClock));
  changeConfig(made.dirOf(behind), () => ({ dials: [] }));
  changeConfig(made.dirOf(relay), () => ({ dials: [] }));
  changeConfig(made.dirOf(centre), () => ({ dials: [{ hosted: `${centre}/box`, peer: `${behind}/box` }] }));
  return made;
}

function peersOf({ house }: Anchor): readonly (string | null)[] {
  return [...house.established].map(({ peer }) => peer).sort();
}

function contactIn(house: House, site: string) {
  const [hosted] = house.hosted.values();
  return contactOf(present(hosted, "a device is hosted").contact, site);
}

test("[RELAY1] [RELAY2] a hospital that nobody can dial is heard and has its receipts by its relay alone", async () => {
  region = await setUp();
  const { dirOf, urlOf } = region;
  for (const id of [relay, centre, behind]) {
    const anchor = await startHere(dirOf(id));
    if (typeof anchor === "string") throw new Error(anchor);
    started.push(anchor);
  }
  const [atRelay, atCentre, atBehind] = started as [Anchor, Anchor, Anchor];
  await until(() => peersOf(atRelay).length === 2, "both dial the relay", 10_000);
  await until(() => contactIn(atCentre.house, behind).verdict === "heard", "the hospital is heard", 15_000);
  expect(contactIn(atCentre.house, behind)).toMatchObject({ heardVia: { via: relay }, pathBroken: false });
  const { answer } = await postFact(urlOf(behind), behind, ctIs("open", "request-1"));
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  const [log, index] = answer.ref;
  const origin = `holdfast/1/${smallPlan.region}/${log}`;
  const confirmed = (): number => atBehind.house.receipts.newest.get(origin)?.get(`${centre}/box`)?.size ?? 0;
  // Far less than the three seconds for which others are left to pass on what they hold.
  const beganMs = performance.now();
  await until(() => confirmed() > index, "the centre's receipt is at the hospital", 10_000);
  const receiptMs = performance.now() - beganMs;
  const voice = {
    hospital: relay,
    capability: "ct",
    state: "full",
    answeredBy: "physician",
    readBack: true,
    over: [],
  };
  const said = await postFact(urlOf(centre), centre, {
    request: "request-2",
    kind: "voice.report/1",
    by: "dispatcher#7",
    body: voice,
  });
  if (!said.answer.ok) throw new Error(JSON.stringify(said));
  const [theirs, place] = said.answer.ref;
  const held = (): number => atBehind.house.vector.get(`holdfast/1/${smallPlan.region}/${theirs}`)?.size ?? 0;
  await until(() => held() > place, "the centre's word is at the hospital", 10_000);
  expect(receiptMs).toBeLessThan(2_900);
  expect([peersOf(atBehind), peersOf(atCentre)]).toEqual([[`${relay}/box`], [`${relay}/box`]]);
}, 60_000);
