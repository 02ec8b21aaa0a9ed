import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type State, states } from "../../../region/choices.ts";
import { type Voice, voices } from "../../../region/desk-choices.ts";
import { type CapabilityId, capabilities } from "../../../region/vocabulary.ts";
import { mayOpen } from "../../../region/voice-weight.ts";
import type { CallRoundRow } from "../../../site/views/board-desk-view.ts";
import type { BoardHospital, CellDetail } from "../../../site/views/board-view.ts";
import { deliberately, notRepeated } from "../../shell/deliberate.ts";
import { ageSince, nameOf, timeText } from "../../shell/sight.ts";
import { useId } from "../../shell/use-id.ts";
import { Phone } from "../phone.tsx";
import { Select } from "../select.tsx";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { OneOf, Tick } from "./choices.tsx";
import { isWriting, nextLine, roundCallOrder, roundDraftMaxMs, voiceOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { useCells } from "./use-cell.ts";
import { capabilityState } from "./words.ts";

type CallRoundProps = {
  readonly row: CallRoundRow;
  readonly sight: Sight;
  readonly actions: Actions;
  readonly done: () => void;
  /** The hospital has fallen silent anew since: what was said then is not said now. */
  readonly isEarlier: boolean;
};

/** What every house is asked, before what patients on their way there need. */
const alwaysAsked: readonly CapabilityId[] = [
  "emergency-department",
  "resuscitation",
  "ct",
  "stroke-unit",
  "cath-lab",
];

type Draft = {
  /** When the first of it was typed; null: nothing was. */
  readonly begunMs: number | null;
  /** The way that is being tried (0: the radio group); null: nobody has begun, and it is the first that was not tried. */
  readonly line: number | null;
  readonly answeredBy: Voice | null;
  readonly states: { readonly [capability in CapabilityId]?: State };
  readonly readBack: boolean;
};

const nothingSaid: Draft = { begunMs: null, line: null, answeredBy: null, states: {}, readBack: false };

/**
 * One call, filled in with the keyboard in ten seconds: the numbers in order, who answers, what can be taken (one letter
 * each), read back. What is read back is the sentence that is confirmed.
 */
export function CallRound(props: CallRoundProps): JSX.Element | null {
  const { row, sight, actions, done, isEarlier } = props;
  const [draft, setDraft] = useState(nothingSaid);
  const [isMissing, setMissing] = useState(false);
  const hospital = sight.places.hospitals.get(row.hospital);
  const asked = hospital === undefined ? [] : askedOf(hospital, sight);
  const cells = useCells(row.hospital, asked, sight);
  if (hospital === undefined) return null;
  const line =
    draft.line ??
    nextLine(
      row,
      waysOf(hospital).map((way) => way.line),
    );
  // Who types is talking on this line: it stays, whatever others write of it.
  const change = (part: Partial<Draft>) =>
    setDraft((now) => ({ ...now, begunMs: now.begunMs ?? sight.nowMs, line: now.line ?? line, ...part }));
  const isOld = draft.begunMs !== null && sight.nowMs - draft.begunMs > roundDraftMaxMs;
  const said = asked.filter((capability) => draft.states[capability] !== undefined);
  const missing = draft.answeredBy === null || said.length === 0;
  const isUnderWay = isWriting(sight.room.outbox, row.hospital);
  const write = (event: Event) => {
    event.preventDefault();
    setMissing(missing);
    if (cells === null || missing || isOld || isEarlier) return;
    giveAll({ row, draft, cells, line }, actions);
    done();
  };
  return (
    <form class="report" onSubmit={write}>
      <Lines
        {...{ row, hospital, line, isUnderWay, sight, actions }}
        dial={(way) => setDraft((now) => ({ ...now, line: way }))}
      />
      <OneOf
        label={deskTexts(sight).whoAnswers}
        choices={voices}
        chosen={draft.answeredBy}
        sight={sight}
        choose={(answeredBy) => change({ answeredBy })}
      />
      <Asked {...{ asked, draft, change, sight }} />
      <Said {...{ row, said, draft, cells, sight }} />
      {(isOld || isEarlier) && (
        <p class="warned">
          {isEarlier
            ? deskTexts(sight).roundEarlier
            : deskTexts(sight).roundOld(timeText(sight, draft.begunMs ?? 0))}{" "}
          <button type="button" onClick={() => (isEarlier ? done() : setDraft(nothingSaid))}>
            {deskTexts(sight).roundAnew}
          </button>
        </p>
      )}
      <p class="buttons">
        <Tick
          class="tick"
          label={deskTexts(sight).readBackTick}
          checked={draft.readBack}
          set={(readBack) => change({ readBack })}
        />
        <button
          type="submit"
          class="main-button"
          disabled={!sight.canWrite || isUnderWay || cells === null || isOld || isEarlier}
        >
          {deskTexts(sight).writeRound(nameOf(sight, row.hospital), said.length)}
        </button>
        <span role="alert">{isMissing && missing ? missingText(draft, said.length, sight) : ""}</span>
      </p>
    </form>
  );
}

type LinesProps = {
  readonly row: CallRoundRow;
  readonly hospital: BoardHospital;
  /** The way that will be written as the one by which somebody answered. */
  readonly line: number;
  /** A call of this hospital is on its way into the store: until the row shows it, the next way is not known. */
  readonly isUnderWay: boolean;
  readonly sight: Sight;
  readonly actions: Actions;
  /** Null: the first that was not tried. */
  readonly dial: (line: number | null) => void;
};

/**
 * The ways to reach the house, with what came of each since it fell silent: one stop of the tabulator, arrows choose. The
 * first that was not tried is chosen already.
 */
function Lines({ row, hospital, line: chosen, isUnderWay, sight, actions, dial }: LinesProps): JSX.Element {
  const texts = deskTexts(sight);
  const name = useId();
  const ways = waysOf(hospital);
  const way = ways.find(({ line }) => line === chosen);
  const nobody = () => {
    if (isUnderWay) return;
    actions.give(roundCallOrder(row.hospital, chosen, null));
    dial(null);
  };
  return (
    <>
      <fieldset class="one-of lines">
        <legend>{texts.lines}</legend>
        {ways.map((one) => {
          const tried = row.tried.find(({ line }) => line === one.line);
          return (
            <label key={one.line} class="line">
              <input type="radio" name={name} checked={one.line === chosen} onChange={() => dial(one.line)} />
              <span>
                {one.line > 0 && `${one.line}. `}
                {wayText(one, hospital, sight)}{" "}
                {tried !== undefined && (
                  <span class="facts">{texts.triedAt(timeText(sight, tried.saidMs))}</span>
                )}
              </span>
            </label>
          );
        })}
      </fieldset>
      {way !== undefined && (
        <p class="buttons">
          <Phone number={way.phone ?? ""} dial={() => dial(way.line)} />
          <button
            type="button"
            class="small-button"
            disabled={!sight.canWrite}
            aria-disabled={isUnderWay}
            onKeyDown={notRepeated}
            onClick={deliberately(nobody)}
          >
            {texts.nobodyAnswered}
            <span class="unseen"> ({wayText(way, hospital, sight)})</span>
          </button>
        </p>
      )}
    </>
  );
}

function wayText({ phone }: Way, { radioGroup }: BoardHospital, sight: Sight): string {
  return phone ?? deskTexts(sight).radioGroup(radioGroup ?? "");
}

type AskedProps = {
  readonly asked: readonly CapabilityId[];
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly sight: Sight;
};

/** A letter chooses a state, the tabulator goes on to the next. */
function Asked({ asked, draft, change, sight }: AskedProps): JSX.Element {
  const texts = deskTexts(sight);
  const set = (of: readonly CapabilityId[]) => (state: State | null) => {
    const entries = of.map((capability) => [capability, state ?? undefined] as const);
    change({ states: { ...draft.states, ...Object.fromEntries(entries) } });
  };
  const choices = {
    none: texts.notSaid,
    options: caution.map((id) => [id, states[id][sight.language]] as const),
  };
  return (
    <fieldset class="asked">
      <legend>{texts.whatGoes}</legend>
      <Select label={texts.allOfIt} value={null} choose={set(asked)} {...choices} />
      {asked.map((capability) => (
        <Select
          key={capability}
          label={capabilities[capability][sight.language]}
          value={draft.states[capability] ?? null}
          choose={set([capability])}
          {...choices}
        />
      ))}
    </fieldset>
  );
}

/** What is read back on the telephone, what it replaces, and what it cannot open. */
function Said(props: {
  readonly row: CallRoundRow;
  readonly said: readonly CapabilityId[];
  readonly draft: Draft;
  readonly cells: readonly CellDetail[] | null;
  readonly sight: Sight;
}): JSX.Element | null {
  const { row, said, draft, cells, sight } = props;
  const texts = deskTexts(sight);
  if (said.length === 0) return null;
  if (cells === null) return <p class="facts">{texts.wordsLoading}</p>;
  const parts = said.flatMap((capability) => {
    const state = draft.states[capability];
    return state === undefined ? [] : [capabilityState(capability, state, sight)];
  });
  const notes = said.flatMap((capability) => noteOf(capability, draft, cells, sight));
  return (
    <>
      <p class="sentence">{texts.readOutLine(nameOf(sight, row.hospital), parts.join(", "))}</p>
      {notes.map(({ text, isWarning }) => (
        <p key={text} class={isWarning ? "warned" : "facts"}>
          {text}
        </p>
      ))}
    </>
  );
}

// The keys of a closed list are its ids.
const caution = Object.keys(states) as State[];

function noteOf(
  capability: CapabilityId,
  { states: chosen, answeredBy, readBack }: Draft,
  cells: readonly CellDetail[],
  sight: Sight,
): readonly { readonly text: string; readonly isWarning: boolean }[] {
  const texts = deskTexts(sight);
  const state = chosen[capability];
  const words = cells.find((cell) => cell.capability === capability)?.words ?? [];
  if (state === undefined || words.length === 0) return [];
  const what = capabilities[capability][sight.language];
  const own = words.find(
    (word) =>
      word.source !== "voice" &&
      (word.state === "full" || word.state === "cannot") &&
      caution.indexOf(state) < caution.indexOf(word.state),
  );
  if (own !== undefined && !(answeredBy !== null && mayOpen({ answeredBy, readBack })))
    return [{ text: texts.opensNot(what, states[own.state][sight.language]), isWarning: true }];
  const before = words.map(
    (word) =>
      `${states[word.state][sight.language]} (${sight.say.sourceNames[word.source]}, ${ageSince(sight, word.saidMs)})`,
  );
  return [{ text: texts.roundReplaces(what, before.join(", ")), isWarning: false }];
}

/** What was said first, the call last: until then the round stands. */
function giveAll(
  said: { row: CallRoundRow; draft: Draft; cells: readonly CellDetail[]; line: number },
  actions: Actions,
): void {
  const { row, draft, cells, line } = said;
  const { answeredBy, readBack } = draft;
  if (answeredBy === null) return;
  for (const { hospital, capability, over } of cells) {
    const state = draft.states[capability];
    if (state !== undefined)
      actions.give(voiceOrder({ hospital, capability, state, answeredBy, readBack }, over));
  }
  actions.give(roundCallOrder(row.hospital, line, answeredBy));
}

type Way = { readonly line: number; readonly phone: string | null };

/** The numbers in order, then the radio group. */
function waysOf({ phone, morePhones = [], radioGroup }: BoardHospital): readonly Way[] {
  const phones = [phone, ...morePhones].filter((number) => number !== "");
  return [
    ...phones.map((number, i) => ({ line: i + 1, phone: number })),
    ...(radioGroup === undefined ? [] : [{ line: 0, phone: null }]),
  ];
}

/** What the house has, as far as is known: always the same, then what those on their way there need. */
function askedOf({ hospital, has }: BoardHospital, { room, places }: Sight): readonly CapabilityId[] {
  const coming = [...room.missions.values()].filter(({ destination }) => destination?.hospital === hospital);
  const needed = coming.flatMap(({ need, asks }) => (asks ?? places.needs.get(need))?.required.flat() ?? []);
  return [...new Set([...alwaysAsked, ...needed])].filter((capability) => has[capability] !== false);
}

function missingText({ answeredBy }: Draft, said: number, sight: Sight): string {
  const texts = deskTexts(sight);
  const fields = [...(answeredBy === null ? [texts.whoAnswers] : []), ...(said === 0 ? [texts.state] : [])];
  return texts.missing(fields.map((field) => field.replace("?", "")).join(", "));
}
