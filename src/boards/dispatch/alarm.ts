import { type Name, refKey } from "../../basics/name.ts";
import type { MissionRow } from "../../site/views/board-view.ts";
import type { Rows } from "../shell/rows.ts";
import { factSender } from "../shell/sender.ts";
import { boardSound } from "../shell/sound.ts";
import { soundTeller } from "../shell/sound-word.ts";
import { aimOf, asksOf, isOverdue } from "./mission-order.ts";

export type AlarmPorts = {
  readonly heldBack: (isHeldBack: boolean) => void;
  readonly api: (path: string) => string;
  /** Role and number under which this board says whether it can be heard. */
  readonly speaker: () => string;
  readonly steadyMs: () => number;
  /** The anchor's clock, UTC ms. */
  readonly nowMs: () => number;
};

/**
 * A decision that waits and is not quiet, a crew at a closed door, a request past its time and what a transfer's hospitals answer or take back sound until somebody touches the board.
 * It needs none of the code that draws them: a board whose lists have not come is not mute.
 */
export function alarmAt(
  ports: AlarmPorts,
): (rows: Pick<Rows, "own" | "missions" | "centre">, nowMs: number) => void {
  const seen = new Set<string>();
  let calls: readonly string[] = [];
  const sound = boardSound(tell);
  const { heldBack, api, speaker, steadyMs } = ports;
  const say = soundTeller(factSender(api("facts"), steadyMs, ports.nowMs), api("board/left"));
  function tell(): void {
    const isHeldBack = sound.isHeldBack();
    heldBack(isHeldBack);
    say(isHeldBack, speaker(), steadyMs());
  }
  function ring(): void {
    const rings = calls.some((call) => !seen.has(call));
    document.documentElement.dataset["rings"] = String(rings);
    sound.ring(rings);
  }
  // After the click, not before it: a bar that goes must not move what is being pressed.
  for (const touch of ["click", "keyup"]) {
    addEventListener(touch, ({ target }) => {
      sound.allow();
      // Whoever types looks at what they type.
      if (touch === "keyup" && target instanceof HTMLInputElement) return;
      for (const call of calls) seen.add(call);
      ring();
    });
  }
  return ({ own: { site }, missions, centre }, nowMs) => {
    const rounds = centre.rounds.filter((round) => round.centre === site);
    const missionCalls = [...missions.values()].flatMap((row) => [
      ...(row.decide === null || row.decide.quiet === true
        ? []
        : [`${row.mission} ${row.decide.cause} ${aimOf(row)}`]),
      ...agreementCalls(row, site),
      ...(row.senderBackMs !== undefined && row.owners.includes(site) ? [`${row.mission} sender back`] : []),
      ...(row.door === undefined ? [] : [`${row.mission} door ${row.door.hospital} ${row.door.arrived}`]),
      ...asksOf(row).flatMap((one) =>
        isOverdue(one.row, nowMs) ? [`${row.mission} overdue ${refKey(one.row.request.ref)}`] : [],
      ),
      ...(row.handover?.to === site ? [`${row.mission} handover`] : []),
      ...(row.forced?.call?.centre === site && row.forced.centre !== site
        ? [`${row.mission} forced ${row.forced.hospital}`]
        : []),
    ]);
    calls = [
      ...missionCalls,
      ...centre.transfers
        .filter((row) => row.centre === site && row.state === "open")
        .map(({ ref }) => `transfer ${refKey(ref)}`),
      ...rounds.map(({ hospital, silentSinceMs }) => `round ${hospital} ${silentSinceMs}`),
    ];
    // What calls no more may call again: a hospital that falls silent a second time is news.
    for (const call of seen) if (!calls.includes(call)) seen.delete(call);
    ring();
    tell();
  };
}

/** What a transfer that waits to set out was waiting for: that both have agreed, or that one refuses. */
function agreementCalls(row: MissionRow, site: Name): readonly string[] {
  const { mission, from, agreed = [], decide } = row;
  if (from === undefined || decide === null) return [];
  return [
    ...agreed.map((hospital) => `${mission} agreed ${hospital}`),
    ...asksOf(row).flatMap(({ row: { request } }) => {
      const ref = request.step === "answered" && request.answer === "cannot" ? request.ref : undefined;
      // What somebody of this centre entered was heard here.
      return ref === undefined || ref[0].startsWith(`${site}/`) ? [] : [`${mission} refused ${refKey(ref)}`];
    }),
  ];
}
