import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import { voices } from "../../../region/desk-choices.ts";
import type { CallRoundRow, TransferRow, VoiceRow } from "../../../site/views/board-desk-view.ts";
import { useHeldRows } from "../../shell/held-rows.ts";
import { Mark } from "../../shell/mark.tsx";
import { nameOf, timeText } from "../../shell/sight.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { Ways } from "./call-note.tsx";
import { CallRound } from "./call-round.tsx";
import { callsText } from "./calls-text.ts";
import { ForcedCard, isForcedToCall } from "./forced.tsx";
import { HandoverAsk } from "./handover-forms.tsx";
import { roundKey, taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { TaskLine } from "./tasks.tsx";
import { TransferCard } from "./transfers.tsx";
import { capabilityState } from "./words.ts";

type CallsProps = { readonly sight: Sight; readonly actions: Actions };

/** Who has to be called or asked now, besides decisions: it opens by itself, and nothing in it moves under a hand. */
export function Calls({ sight, actions }: CallsProps): JSX.Element | null {
  const { centre, missions } = sight.room;
  const { site } = sight.places.region;
  const rounds = [...centre.rounds].sort((a, b) => Number(b.centre === site) - Number(a.centre === site));
  const asks = centre.voices.filter(({ inVain }) => inVain);
  const handed = [...missions.values()].filter(({ handover }) => handover?.to === site);
  const forced = [...missions.values()].filter(isForcedToCall);
  const transfers = [...centre.transfers].sort((a, b) => transferRank(a, site) - transferRank(b, site));
  const heading = useRef<HTMLHeadingElement>(null);
  const [taken, take] = useState<CallRoundRow | null>(null);
  const count = rounds.length + asks.length + handed.length + forced.length + transfers.length;
  if (count === 0 && taken === null) return null;
  const texts = deskTexts(sight);
  const over = transfers.length > 0 ? texts.transfersOver : texts.callsOver;
  const done = () => {
    take(null);
    heading.current?.focus();
  };
  return (
    <section class="decisions some-decisions calls" aria-labelledby="calls">
      <h2 id="calls" class="decisions-title" ref={heading} tabIndex={-1}>
        {callsText(sight) || over}
      </h2>
      {handed.map((row) => (
        <HandoverAsk key={row.mission} {...{ row, sight, actions }} />
      ))}
      {transfers.map((row) => (
        <TransferCard key={row.ref.join("#")} {...{ row, sight, actions }} />
      ))}
      {forced.map((row) => (
        <ForcedCard key={row.mission} {...{ row, sight, actions }} />
      ))}
      <Rounds {...{ rounds, taken, take, done, sight, actions }} />
      {asks.map((row) => (
        <InVain key={row.ref.join("#")} {...{ row, sight, actions }} />
      ))}
    </section>
  );
}

/** Open ones first, ours before others'. */
function transferRank({ state, centre }: TransferRow, site: Name): number {
  return (state === "open" ? 0 : 2) + (centre === site ? 0 : 1);
}

type RoundsProps = CallsProps & {
  readonly rounds: readonly CallRoundRow[];
  /** The one that somebody works on: it stays, whatever is said meanwhile. */
  readonly taken: CallRoundRow | null;
  readonly take: (row: CallRoundRow) => void;
  readonly done: () => void;
};

function Rounds({ rounds, taken, take, done, sight, actions }: RoundsProps): JSX.Element {
  const { site } = sight.places.region;
  const takenKey = taken === null ? null : roundKey(taken);
  const all =
    taken === null || rounds.some((round) => roundKey(round) === takenKey) ? rounds : [taken, ...rounds];
  const held = useHeldRows<HTMLUListElement>(all.map(roundKey));
  const rows = new Map(all.map((row) => [roundKey(row), row]));
  const first = rounds.find(({ centre }) => centre === site);
  const open = takenKey ?? (first === undefined ? null : roundKey(first));
  return (
    <ul class="cards" ref={held.list} {...held.holders}>
      {held.order.map((key) => {
        const row = rows.get(key);
        if (row === undefined) return null;
        const { hospital } = row;
        const isOver = !rounds.includes(row);
        const isEarlier = isOver && rounds.some((round) => round.hospital === hospital);
        return (
          <li key={key} onFocusIn={key === open ? () => take(row) : undefined}>
            <article class="card round" data-round={hospital} aria-labelledby={headingOf(row)}>
              <RoundHead {...{ row, isOver, sight, actions }} />
              {isOver && !isEarlier && (
                <button type="button" onClick={done}>
                  {deskTexts(sight).close}
                </button>
              )}
              {key === open ? (
                <CallRound {...{ row, sight, actions, done, isEarlier }} />
              ) : (
                <button type="button" onClick={() => take(row)}>
                  {deskTexts(sight).callIt}
                  <span class="unseen"> ({nameOf(sight, hospital)})</span>
                </button>
              )}
            </article>
          </li>
        );
      })}
    </ul>
  );
}

function headingOf({ hospital, silentSinceMs }: CallRoundRow): string {
  return `round-${hospital}-${silentSinceMs}`;
}

function RoundHead(
  props: CallsProps & { readonly row: CallRoundRow; readonly isOver: boolean },
): JSX.Element {
  const { row, isOver, sight, actions } = props;
  const { hospital, silentSinceMs, centre, urgent } = row;
  const texts = deskTexts(sight);
  return (
    <>
      <h3 id={headingOf(row)} class="card-title">
        <span class="vehicle">{nameOf(sight, hospital)}</span>
        <span class={`why tone-${sight.gone ? "soft" : "silent"}`}>
          <Mark shape={sight.gone ? "old" : "silent"} />
          {sight.say.silentSince(timeText(sight, silentSinceMs))}
        </span>
      </h3>
      {isOver && <p class="facts">{texts.roundOver}</p>}
      {urgent && <p class="call-order">{texts.toTheDoor}</p>}
      {centre !== sight.places.region.site && <p class="facts">{texts.theirTask(nameOf(sight, centre))}</p>}
      <TaskLine task={taskOf("call", hospital)} sight={sight} actions={actions} />
    </>
  );
}

/** A report that would open what the clinic closed, and does not count: somebody who may is asked. */
function InVain({ row, sight, actions }: CallsProps & { readonly row: VoiceRow }): JSX.Element {
  const texts = deskTexts(sight);
  const { hospital, capability, state, answeredBy } = row;
  const name: Name = nameOf(sight, hospital);
  return (
    <article class="card" data-in-vain={`${hospital}/${capability}`}>
      <h3 class="card-title">
        <Mark shape="unconfirmed" /> {texts.inVain(name, capabilityState(capability, state, sight))}
      </h3>
      <p>{texts.inVainWhy(voices[answeredBy][sight.language])}</p>
      <p>
        <Ways hospital={hospital} sight={sight} />
      </p>
      <button type="button" onClick={() => actions.open({ what: "voice", hospital, capability })}>
        {texts.voiceNew}
        <span class="unseen"> ({name})</span>
      </button>
      <TaskLine task={taskOf("confirm", hospital)} sight={sight} actions={actions} />
    </article>
  );
}
