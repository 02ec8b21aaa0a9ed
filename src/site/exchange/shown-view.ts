import { siteOf } from "../../basics/name.ts";
import { type Now, wallOverMonoMs } from "../../basics/time.ts";
import { contactLimits } from "../../exchange/contact-state.ts";
import type { Packet } from "../../exchange/packet.ts";
import type { BeatHead, ViewHead } from "../../exchange/packet-head.ts";
import { deviceIn, isPocket } from "../../region/charter.ts";
import type { Hosted, House, Link, Out, ShownView, ShownViews } from "../state.ts";
import { viewFormOf } from "./given-views.ts";

type ViewPacket = Extract<Packet, { readonly type: "view" }>;

/*
 * A pocket shows the view that an anchor gave it, and as of when that is known to be true. The age is counted by the
 * pocket's own monotonic clock from the anchor's words alone, and with it what the pocket slept meanwhile: what came late
 * over a bad line is as old as it is.
 */

export function newShownViews(): ShownViews {
  return { byAnchor: new Map(), from: null };
}

/** What this pocket shows; null: it was given nothing. */
export function shownView({ shown }: Hosted): ShownView | null {
  return shown.from === null ? null : (shown.byAnchor.get(shown.from) ?? null);
}

/**
 * For how long nobody has said that it is still so, ms: too long rather than too short, by no more than what the quickest
 * beat of this connection took. An anchor whose clock was set back shows as too old until it is connected with anew. A
 * machine that sleeps stands still by its monotonic clock: what its wall clock went ahead of that since the last word
 * counts too, so that a pocket whose clock was set forward shows as too old until the next.
 */
export function viewAgeMs({ asOfMonoMs, wallOverMonoMs: before }: ShownView, now: Now): number {
  const sleptMs = Math.max(0, wallOverMonoMs(now) - before);
  return Math.max(0, now.monoMs - asOfMonoMs) + sleptMs;
}

export function receiveView(house: House, link: Link, { head, body }: ViewPacket, now: Now, out: Out): void {
  const { hosted, peer } = link;
  if (hosted === null || peer === null) return;
  const known = hosted.shown.byAnchor.get(peer);
  const isOlder = known !== undefined && order(known.head, head) > 0;
  const refusal = refusalOf(house, link, head) ?? (isOlder ? "old-view" : null);
  if (refusal !== null) {
    out.push({ type: "note", code: `refused-${refusal}`, about: peer });
    return;
  }
  if (known !== undefined && order(known.head, head) === 0) {
    known.connection = link.id;
    return;
  }
  const { asOfMs } = head;
  const view = {
    from: peer,
    head,
    body,
    connection: link.id,
    asOfMs,
    // It comes from the past, though the anchor's clock may have been set back since.
    asOfMonoMs: Math.min(asOfMs + link.monoOverPeerMs, now.monoMs),
    wallOverMonoMs: wallOverMonoMs(now),
  };
  // Before a beat nobody can say how old it is; the first one comes before everything else.
  if (!Number.isFinite(link.monoOverPeerMs)) return;
  hosted.shown.byAnchor.set(peer, view);
  if (hosted.shown.from === peer) out.push({ type: "view", hosted: hosted.id, view });
  else choose(hosted, now, out);
}

function refusalOf(house: House, { hosted, peer, peerIsPocket }: Link, head: ViewHead): string | null {
  const { charter } = house;
  if (hosted === null || !isPocket(charter, hosted.id)) return "view-for-no-pocket";
  if (head.site !== hosted.site) return "view-of-another-site";
  if (peer === null || peerIsPocket || deviceIn(charter, peer)?.end) return "view-of-no-anchor";
  return head.form === viewFormOf(charter, siteOf(hosted.id)) ? null : "unknown-view";
}

/** Above 0: `a` is the newer one. */
function order(a: ViewHead, b: ViewHead): number {
  return a.boot === b.boot ? a.number - b.number : a.boot - b.boot;
}

/** A beat tells what the peer's clock shows, and perhaps that what it last gave on this connection is still so. */
export function hearViewsSame(house: House, link: Link, beat: BeatHead, now: Now, out: Out): void {
  const { hosted, peer } = link;
  link.monoOverPeerMs = Math.min(link.monoOverPeerMs, now.monoMs - beat.wallMs);
  if (hosted === null || peer === null || beat.viewsMs === undefined) return;
  if (deviceIn(house.charter, peer)?.end) return;
  const view = hosted.shown.byAnchor.get(peer);
  if (view?.connection !== link.id) return;
  // Later than the anchor's own clock now: that was set back, and since then nothing was looked at.
  if (beat.viewsMs <= beat.wallMs) vouch(view, beat.viewsMs, beat.viewsMs + link.monoOverPeerMs, now);
  choose(hosted, now, out);
}

function vouch(view: ShownView, asOfMs: number, asOfMonoMs: number, now: Now): void {
  view.asOfMs = Math.max(view.asOfMs, asOfMs);
  if (now.monoMs - asOfMonoMs > viewAgeMs(view, now)) return;
  view.asOfMonoMs = asOfMonoMs;
  view.wallOverMonoMs = wallOverMonoMs(now);
}

/** Shown is one anchor's for as long as it says that it is still so; then that of whoever has said so last. */
function choose(hosted: Hosted, now: Now, out: Out): void {
  const current = shownView(hosted);
  if (current !== null && viewAgeMs(current, now) <= contactLimits.silentAfterMs) return;
  let youngest = current;
  for (const view of hosted.shown.byAnchor.values())
    if (youngest === null || viewAgeMs(view, now) < viewAgeMs(youngest, now)) youngest = view;
  if (youngest === null || youngest === current) return;
  hosted.shown.from = youngest.from;
  out.push({ type: "view", hosted: hosted.id, view: youngest });
}
