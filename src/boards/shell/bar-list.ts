import type { OwnRow } from "../../site/views/board-view.ts";
import { spanText } from "./age.ts";
import { isOtherBuild } from "./build.ts";
import { type BoardSight, nameOf, timeText } from "./sight.ts";

/** One sentence about how we stand ourselves. *Alarm*: what is below cannot be relied on. */
export type Bar = {
  readonly id: string;
  readonly tone: "alarm" | "warning";
  readonly text: string;
  /** What helps is to load the board anew: said so. */
  readonly reload?: string;
};

/** The gravest first. While the anchor is gone the rest is its last word and says so by its time. */
export function barsOf(own: OwnRow, heardMs: number, sight: BoardSight): readonly Bar[] {
  const { say } = sight;
  const bars = [
    ...buildBars(sight),
    ...recordingBars(own, sight),
    ...contactBars(own, sight),
    ...toldBars(own, sight),
    ...logBars(own, sight),
  ];
  if (!sight.gone) return bars;
  const time = timeText(sight, heardMs);
  const old = bars.map((bar) => ({ ...bar, text: `${bar.text} (${say.asOf(time)})` }));
  const since = sight.places.clock.second(heardMs);
  const text = sight.loading === null ? say.goneSince(since) : say.anchorReadsSince(sight.loading, since);
  return [{ id: "gone", tone: "alarm", text }, ...old];
}

function buildBars({ say }: BoardSight): readonly Bar[] {
  return isOtherBuild() ? [{ id: "build", tone: "alarm", text: say.otherBuild, reload: say.reload }] : [];
}

function recordingBars(own: OwnRow, { say }: BoardSight): readonly Bar[] {
  const bars: Bar[] = [];
  if (!own.storing) bars.push({ id: "not-storing", tone: "alarm", text: say.notStoring });
  if (own.clockOffMs !== undefined) {
    bars.push({ id: "own-clock", tone: "alarm", text: say.ownClock(spanText(own.clockOffMs)) });
  }
  if (own.slowDisk) bars.push({ id: "slow-disk", tone: "warning", text: say.slowDisk });
  return bars;
}

function contactBars(own: OwnRow, sight: BoardSight): readonly Bar[] {
  const { say } = sight;
  const bars: Bar[] = [];
  if (own.cutOffSinceMs !== null) {
    bars.push({ id: "cut-off", tone: "alarm", text: say.cutOff(timeText(sight, own.cutOffSinceMs)) });
  }
  if (own.notHeard) bars.push({ id: "not-heard", tone: "alarm", text: say.notHeard });
  if (own.halfSilent) bars.push({ id: "half-silent", tone: "warning", text: say.halfSilent });
  return own.cutOffSinceMs === null ? [...bars, ...centreBars(own, sight)] : bars;
}

/** What the anchor says in its own words. */
function toldBars({ roads, stream, files }: OwnRow, { language }: BoardSight): readonly Bar[] {
  return Object.entries({ stream, files, roads }).flatMap(([id, words]): Bar[] =>
    words === undefined ? [] : [{ id, tone: "warning", text: words[language] }],
  );
}

function centreBars({ centres }: OwnRow, sight: BoardSight): readonly Bar[] {
  const { say } = sight;
  return centres.flatMap(({ site, contact }): Bar[] => {
    const name = nameOf(sight, site);
    const bar = (text: string): Bar => ({ id: `centre-${site}`, tone: "warning", text });
    if (contact.verdict === "not-yet-heard") return [bar(say.centreNotYetHeard(name))];
    if (contact.verdict === "silent") {
      return [bar(say.centreSilent(name, timeText(sight, contact.lastHeardMs ?? sight.nowMs)))];
    }
    return contact.storing === false ? [bar(say.centreCannotRecord(name))] : [];
  });
}

function logBars(own: OwnRow, sight: BoardSight): readonly Bar[] {
  const entries = new Map<string, number>();
  for (const log of own.unusable) entries.set(log.site, (entries.get(log.site) ?? 0) + log.entries);
  const unusable = [...entries].map(([site, count]): Bar => {
    const text = sight.say.unusable(count, nameOf(sight, site));
    return { id: `unusable-${site}`, tone: "warning", text };
  });
  const forked = own.forked.map((site): Bar => {
    return { id: `forked-${site}`, tone: "warning", text: sight.say.forked(nameOf(sight, site)) };
  });
  return [...ownLogBars(own, sight), ...forked, ...unusable];
}

function ownLogBars({ asking, newLogMs, sentAgain = [] }: OwnRow, sight: BoardSight): readonly Bar[] {
  const { say } = sight;
  const bars: Bar[] = [];
  if (asking) bars.push({ id: "asking", tone: "warning", text: say.askingPeers });
  if (newLogMs !== undefined)
    bars.push({ id: "new-log", tone: "warning", text: say.newLog(timeText(sight, newLogMs)) });
  for (const site of sentAgain)
    bars.push({ id: `again-${site}`, tone: "warning", text: say.sentAgain(nameOf(sight, site)) });
  return bars;
}
