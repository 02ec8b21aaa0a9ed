import { present } from "../../basics/assert.ts";
import { type Name, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { encodePacket, viewVersion } from "../../exchange/packet.ts";
import { type Charter, deviceIn, isPocket, siteTypeIn } from "../../region/charter.ts";
import type { Fold, Touched } from "../../region/fold.ts";
import type { DrawnView, Input } from "../effects.ts";
import { viewEveryMs, viewsAtOnceMax } from "../limits.ts";
import type { GivenView, GivenViews, Hosted, House, Link, Out, Views } from "../state.ts";
import { speaks } from "./link.ts";

/*
 * A pocket holds no logs of others: what its site's board shows is made here and given to it, the view of its own site and
 * no other. A view is state and no log: the whole is sent each time, to each of the site's devices the same bytes, and who
 * takes them slowly is given the newest alone. The shell draws (it knows roads and region files), the house decides who
 * is given what, and when.
 */

/** The name and version of a kind of view. */
export type ViewForm = "hospital/1" | "crew/1";

/** What pockets of such a site are shown; null: nothing. */
export function viewFormOf(charter: Charter, site: Name): ViewForm | null {
  const type = siteTypeIn(charter, site);
  if (type === "hospital") return "hospital/1";
  return type === "ambulance" ? "crew/1" : null;
}

export function newViews(): Views {
  return { takers: 0, waiting: new Set(), nextMonoMs: Number.POSITIVE_INFINITY, touched: new Set() };
}

export function newGivenViews(): GivenViews {
  return { bySite: new Map(), lastNumber: 0, sameMs: null };
}

/** From now on the peer takes its site's view, if it is a pocket that may. */
export function beginView(house: House, link: Link, now: Now, out: Out): void {
  if (!mayTake(house, link) || link.hosted === null || link.peer === null) return;
  const site = siteOf(link.peer);
  const { bySite } = link.hosted.given;
  const given: GivenView = bySite.get(site) ?? { site, takers: new Set(), newest: null, isDrawn: false };
  bySite.set(site, given);
  given.takers.add(link);
  house.views.takers += 1;
  link.view = { given, sent: 0, isLeaving: false, nextMonoMs: now.monoMs };
  if (given.newest !== null) wait(house, link);
  else {
    house.views.touched.add(site);
    out.push({ type: "changed" });
  }
}

/** Looked at again each time: a device may have ended since it connected, and another site's was never its own. */
function mayTake(house: House, link: Link): boolean {
  const { peer } = link;
  if (peer === null || !link.peerIsPocket || !speaks(link, viewVersion)) return false;
  const { charter } = house;
  if (deviceIn(charter, peer)?.end || !isPocket(charter, peer)) return false;
  return viewFormOf(charter, siteOf(peer)) !== null;
}

/** What was folded concerns the view of these sites; the shell looks at them first. */
export function noteTouched(house: House, fold: Fold, touched: Touched): void {
  if (house.views.takers === 0) return;
  for (const site of concernedBy(fold, touched)) house.views.touched.add(site);
}

/** A receipt of a log of this site has come to be known: its own words are held further. */
export function noteHeldFurther(house: House, site: Name): void {
  if (house.views.takers > 0) house.views.touched.add(site);
}

function concernedBy(fold: Fold, touched: Touched): readonly Name[] {
  if (touched.what === "hospital") return [touched.hospital];
  if (touched.what === "transfer") return [siteOf(touched.transfer)];
  const mission = touched.what === "mission" ? fold.missions.get(touched.mission) : undefined;
  if (mission === undefined) return [];
  const { opened, named, requests } = mission;
  const asked = [...requests.values()].flatMap((request) => request.asked?.fact.hospital ?? []);
  const own =
    opened === null ? [] : [opened.fact.vehicle, opened.fact.from].filter((site) => site !== undefined);
  return [...own, ...named.keys(), ...asked];
}

/** What the shell has drawn: made from what is committed, and given to whoever takes it. */
export function takeDrawn(house: House, drawn: Extract<Input, { readonly type: "drawn" }>): void {
  const hosted = present(house.hosted.get(drawn.hosted), "views are drawn for a device that is hosted here");
  hosted.given.sameMs = drawn.sameMs;
  for (const view of drawn.views) takeView(house, hosted, view);
}

function takeView(house: House, hosted: Hosted, { site, asOfMs, body }: DrawnView): void {
  const given = hosted.given.bySite.get(site);
  // The last of its devices may have left meanwhile.
  if (given === undefined) return;
  // A charter of which less holds than before (a fork, a rescue) may no longer name the site of who is connected.
  const form = viewFormOf(house.charter, site);
  given.isDrawn = body !== null && form !== null;
  if (body === null || form === null) return;
  const number = hosted.given.lastNumber + 1;
  hosted.given.lastNumber = number;
  const head = { site, form, boot: hosted.contact.boot, number, asOfMs, digest: house.vector.digest() };
  given.newest = { number, bytes: encodePacket({ type: "view", head, body }) };
  for (const link of given.takers) wait(house, link);
}

function wait(house: House, link: Link): void {
  if (link.view === null || link.view.isLeaving) return;
  house.views.waiting.add(link);
  house.views.nextMonoMs = Math.min(house.views.nextMonoMs, link.view.nextMonoMs);
}

/** The last one has left; what has changed meanwhile goes next. */
export function viewLeft(house: House, link: Link): void {
  if (link.view === null) return;
  link.view.isLeaving = false;
  if ((link.view.given.newest?.number ?? 0) > link.view.sent) wait(house, link);
}

/** When the next view may go out, monotonic ms; undefined: none waits. */
export function nextViewMonoMs({ views }: House): number | undefined {
  return Number.isFinite(views.nextMonoMs) ? views.nextMonoMs : undefined;
}

/** Sends what waits and may go: each connection at most once in {@link viewEveryMs}. */
export function sendViews(house: House, now: Now, out: Out): void {
  const { views } = house;
  if (now.monoMs < views.nextMonoMs) return;
  let left = viewsAtOnceMax;
  views.nextMonoMs = Number.POSITIVE_INFINITY;
  for (const link of views.waiting) {
    const nextMonoMs = link.view?.nextMonoMs ?? 0;
    if (left === 0 || now.monoMs < nextMonoMs) {
      views.nextMonoMs = Math.min(views.nextMonoMs, Math.max(now.monoMs, nextMonoMs));
      continue;
    }
    left -= 1;
    views.waiting.delete(link);
    sendView(house, link, now, out);
  }
}

function sendView(house: House, link: Link, now: Now, out: Out): void {
  const { view } = link;
  const newest = view?.given.newest ?? null;
  if (view === null || newest === null || !mayTake(house, link)) return;
  view.sent = newest.number;
  view.isLeaving = true;
  view.nextMonoMs = now.monoMs + viewEveryMs;
  out.push({ type: "send", connection: link.id, bytes: newest.bytes, catchUp: false, view: true });
}

/**
 * As of when the last view that was sent on this connection is known to be what would be sent now, wall clock, ms; null:
 * nobody can say so. For a beat that goes out behind it.
 */
export function viewSameMs(house: House, link: Link): number | null {
  const { hosted, view } = link;
  if (hosted === null || view === null || house.loading !== null || !mayTake(house, link)) return null;
  const { newest, isDrawn } = view.given;
  return newest !== null && isDrawn && view.sent === newest.number ? hosted.given.sameMs : null;
}
