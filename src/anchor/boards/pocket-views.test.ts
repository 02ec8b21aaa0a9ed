import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boardOf } from "../../../test/support/board-house.ts";
import { type Founded, foundRegion } from "../../../test/support/founded.ts";
import { missionBody } from "../../../test/support/region.ts";
import { fastClock, ShellNode, until } from "../../../test/support/shells.ts";
import { present } from "../../basics/assert.ts";
import { utf8Decode } from "../../basics/bytes.ts";
import type { Name } from "../../basics/name.ts";
import { contactLimits } from "../../exchange/contact-state.ts";
import { shownView, viewAgeMs } from "../../site/exchange/shown-view.ts";
import type { CrewBoardView, HospitalBoardView } from "../../site/views/board-site-view.ts";
import { PocketViews } from "./pocket-views.ts";

const nurse = { number: 100, role: "nurse", name: "Anna", by: "nurse#100", sinceMs: 0, shiftEndsMs: 1 };

let founded: Founded;
let views: PocketViews;
const nodes: ShellNode[] = [];

beforeAll(async () => {
  founded = foundRegion(
    { centre: "control-centre", ukd: "hospital", neuss: "hospital", "rtw-1": "ambulance" },
    "rehearsal-pockets",
    new Set(["ukd", "neuss", "rtw-1"]),
  );
  for (const site of founded.sites) {
    const node = await new ShellNode(founded, site).start();
    nodes.push(await node.takeCharter());
    node.tick();
  }
  const centre = nodeOf("centre");
  views = new PocketViews({
    house: centre.house,
    feed: (input) => centre.shell.feed(input),
    clock: fastClock,
    contextOf: (hosted) => ({ ...boardOf(centre.house, hosted), people: () => [nurse] }),
    note: (code, about) => centre.notes.push(`${code} ${about}`),
  });
  centre.whenChanged = () => views.changed();
  for (const node of nodes) if (node !== centre) await node.dial(centre);
});

afterAll(async () => {
  views.stop();
  for (const node of nodes) await node.stop();
  rmSync(founded.dir, { recursive: true });
});

function nodeOf(site: Name): ShellNode {
  return present(
    nodes.find((node) => node.site === site),
    site,
  );
}

function shownBy<View>(site: Name): View | null {
  const view = shownView(nodeOf(site).hosted);
  const text = view === null ? null : utf8Decode(view.body);
  return text?.ok ? JSON.parse(text.value) : null;
}

const ctOf = (site: Name) =>
  shownBy<HospitalBoardView>(site)?.capabilities.find(({ capability }) => capability === "ct")?.cell?.state;
const missionsOf = (site: Name) => shownBy<CrewBoardView>(site)?.missions ?? [];
const inboundTo = (site: Name) => shownBy<HospitalBoardView>(site)?.inbound ?? [];

test("[POCKET3] pockets are given what the boards of their sites show, see it change, and see nothing of another site", async () => {
  const [centre, ukd, crew] = [nodeOf("centre"), nodeOf("ukd"), nodeOf("rtw-1")];
  await until(() => nodes.slice(1).every(({ site }) => shownBy(site) !== null), "all have a view");
  expect(await ukd.status("ct", "open")).toMatchObject({ ok: true });
  await until(() => ctOf("ukd") === "open", "its own word comes back as others see it");
  await until(
    () =>
      shownBy<HospitalBoardView>("ukd")?.capabilities.some(({ words }) => words[0]?.heldByDispatch) === true,
    "and as held by dispatch",
  );
  expect(ctOf("neuss")).toBeUndefined();
  const opened = { ...missionBody, callAtMs: fastClock().wallMs };
  const mission = await centre.submit("mission.opened/1", opened);
  if (!mission.ok) throw new Error(JSON.stringify(mission.error));
  await until(() => missionsOf("rtw-1").length === 1, "the crew is shown its mission");
  expect(
    missionsOf("rtw-1")[0]
      ?.lines.map(({ hospital }) => hospital)
      .sort(),
  ).toEqual(["barmen", "neuss", "ukd"]);
  const destination = { mission: [...mission.ref], hospital: "ukd", over: [] };
  expect(await crew.submit("mission.destination/1", destination)).toMatchObject({ ok: true });
  await until(() => inboundTo("ukd").length === 1, "the hospital sees who comes");
  expect(inboundTo("neuss")).toEqual([]);
  expect(shownBy<object>("neuss")).not.toHaveProperty("missions");
  // Each was sent what is its own, drawn without a failure, and no names.
  for (const { notes } of nodes) expect(notes.filter((note) => /^(refused|view)-/.test(note))).toEqual([]);
  expect(shownBy<HospitalBoardView>("ukd")?.own).not.toHaveProperty("people");
});

test("[POCKET5] what nobody changes stays young on every connection that stands, and ages on one that broke", async () => {
  const [centre, neuss] = [nodeOf("centre"), nodeOf("neuss")];
  const ageOf = (node: ShellNode) => viewAgeMs(present(shownView(node.hosted), "a view"), fastClock());
  const numberOf = (node: ShellNode) => shownView(node.hosted)?.head.number;
  await until(() => ageOf(neuss) < 4_000, "it is said to be so still");
  const before = numberOf(neuss);
  neuss.cut();
  await until(() => ageOf(neuss) > contactLimits.silentAfterMs, "nobody says so any more");
  expect(numberOf(neuss)).toBe(before);
  await neuss.dial(centre);
  await until(() => ageOf(neuss) < 4_000, "the first view and beats of the new connection");
});
