import { expect, test } from "vitest";
import type { FactRef } from "../basics/name.ts";
import type { InboundRow } from "../site/views/board-site-view.ts";
import type { MissionRow, OwnRow } from "../site/views/board-view.ts";
import { Ledger } from "./ledger.ts";

const ref: FactRef = ["duesseldorf/anchor/1-00000001", 7];
const asked: FactRef = ["duesseldorf/anchor/1-00000001", 8];

type Seen = { readonly answer?: "ready" | "cannot"; readonly to?: string };

/** What the ledger reads of a row, as a centre's board shows it. */
function row({ answer, to }: Seen): MissionRow {
  const request =
    answer === undefined
      ? { step: "asked", hospital: "neuss", ref: asked, over: [] }
      : { step: "answered", hospital: "neuss", answer, reason: null };
  const destination = to === undefined ? null : { hospital: to, saidMs: 0, over: [] };
  return { ref, vehicle: "rtw-duesseldorf-1", request, destination } as unknown as MissionRow;
}

test("what a row shows of others is noted once, and what it does not show is not", () => {
  const ledger = new Ledger();
  ledger.see(row({}));
  expect(ledger.shown).toEqual([]);
  for (const seen of [
    { answer: "ready", to: "ukd" },
    { answer: "ready", to: "ukd" },
  ] as const)
    ledger.see(row(seen));
  expect(ledger.shown).toEqual([
    { site: "neuss", kind: "mission.answered/1", body: { mission: ref, answer: "ready" } },
    { site: "rtw-duesseldorf-1", kind: "mission.destination/1", body: { mission: ref, hospital: "ukd" } },
  ]);
});

test("a later word stands beside the earlier one: both were shown", () => {
  const ledger = new Ledger();
  ledger.see(row({ answer: "cannot", to: "ukd" }));
  ledger.see(row({ answer: "ready", to: "neuss" }));
  expect(ledger.shown.map(({ body }) => body["answer"] ?? body["hospital"])).toEqual([
    "cannot",
    "ukd",
    "ready",
    "neuss",
  ]);
});

test("every acknowledgement is kept, also of two facts that say the same", () => {
  const ledger = new Ledger();
  const body = { capability: "ct", state: "open", over: [] };
  for (const request of ["s_request-1", "s_request-2"])
    ledger.acknowledge({ ref, request, kind: "hospital.status/1", body });
  expect(ledger.acknowledged.map(({ request }) => request)).toEqual(["s_request-1", "s_request-2"]);
});

test("a hospital is shown the word of a crew that drives to it; a spoken one and a diverted one are not noted", () => {
  const ledger = new Ledger();
  const row = { ref, vehicle: "rtw-duesseldorf-1", state: "announced", spoken: false } as InboundRow;
  for (const change of [{ spoken: true }, { state: "diverted" }, { state: "taken-back" }] as const)
    ledger.seeInbound("neuss", { ...row, ...change });
  expect(ledger.shown).toEqual([]);
  ledger.seeInbound("neuss", row);
  expect(ledger.shown).toEqual([
    { site: "rtw-duesseldorf-1", kind: "mission.destination/1", body: { mission: ref, hospital: "neuss" } },
  ]);
});

test("a receipt that a board shows is noted once; what is not shown as held, or is a site's own word, is not", () => {
  const ledger = new Ledger();
  const steered = (heldByCrew: boolean) => ({ hospital: "neuss", saidMs: 0, heldByCrew, ref });
  const request = { step: "asked", hospital: "neuss", ref: asked, over: [], heldThere: false };
  const shown = (change: object) =>
    ({ ...row({}), steered: steered(false), request, ...change }) as MissionRow;
  ledger.see(shown({}));
  ledger.seeOwn({ heldByDispatch: null } as OwnRow);
  expect(ledger.receipts).toEqual([]);
  for (let look = 0; look < 2; look += 1) {
    ledger.see(shown({ steered: steered(true), request: { ...request, heldThere: true } }));
    ledger.see(shown({ receipts: [{ what: "opened", ref, heldBy: ["duesseldorf", "wuppertal"] }] }));
    ledger.seeOwn({ heldByDispatch: { log: "ukd/box/1-00000001", size: 3 } } as OwnRow);
  }
  expect(ledger.receipts).toEqual([
    { holder: "rtw-duesseldorf-1", ref },
    { holder: "neuss", ref: asked },
    { holder: "wuppertal", ref },
    { holder: null, ref: ["ukd/box/1-00000001", 2] },
  ]);
});
