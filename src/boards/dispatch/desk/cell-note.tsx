import type { JSX } from "preact";
import type { Name } from "../../../basics/name.ts";
import { type CapabilityId, capabilities } from "../../../region/vocabulary.ts";
import type { WordRow } from "../../../site/views/board-view.ts";
import { Mark, toneOf } from "../../shell/mark.tsx";
import { shownCell, unheardRow } from "../hospital-words.ts";
import type { Sight } from "../sight.ts";
import type { Actions } from "../state.ts";
import { taskOf } from "./orders.ts";
import { deskTexts } from "./speech.ts";
import { TaskLine } from "./tasks.tsx";
import { useCellWords } from "./use-cell.ts";
import { VoiceButtons } from "./voice-panel.tsx";
import { WordsList } from "./words-list.tsx";

/** A cell that somebody looks at, and where its note is laid, from the corner of the table's place. */
export type Look = {
  readonly hospital: Name;
  readonly capability: CapabilityId;
  /** Which edge of the note touches the cell, and how far it lies from the same edge of the place. */
  readonly edge: "top" | "bottom";
  readonly edgePx: number;
  readonly leftPx: number;
};

export type CellNoteProps = {
  readonly look: Look;
  readonly note: { current: HTMLElement | null };
  readonly sight: Sight;
  readonly actions: Actions;
  readonly close: () => void;
  /** Only pointed at: it is shown, and lets the pointer through. */
  readonly isPassive: boolean;
};

/** Value, age and source of one cell, every word in force on it, and what can be done about it. */
export function CellNote(props: CellNoteProps): JSX.Element | null {
  const { look, note, sight, isPassive } = props;
  const { hospital: site, capability, edge, edgePx, leftPx } = look;
  const hospital = sight.places.hospitals.get(site);
  const words = useCellWords(site, capability, sight);
  if (hospital === undefined) return null;
  const row = sight.room.hospitals.get(site) ?? unheardRow(hospital);
  const shown = shownCell(hospital, capability, row, sight);
  const below = (word: WordRow) => {
    const isOver = word.ended && (word.state === "open" || word.state === "limited");
    if (word.source !== "voice" || isOver) return null;
    return (
      <VoiceButtons word={{ ...word, hospital: site, capability }} {...{ sight, actions: leaving(props) }} />
    );
  };
  const title = `${hospital.spokenName}: ${capabilities[capability][sight.language]}`;
  return (
    <section
      class={isPassive ? "cell-note passive" : "cell-note"}
      style={{ [edge]: `${edgePx}px`, left: `min(${leftPx}px, calc(100% - min(100%, 400px)))` }}
      ref={note}
      aria-label={title}
      data-note={`${site}/${capability}`}
    >
      <b>{title}</b>
      <p class={`tone-${toneOf(shown.shape)}`}>
        <span class="word">
          <Mark shape={shown.shape} /> {shown.word}
        </span>{" "}
        {shown.notes.join(" · ")}
      </p>
      <h3 class="words-title">{deskTexts(sight).words}</h3>
      <WordsList words={words} sight={sight} below={isPassive ? () => null : below} />
      {!isPassive && <NoteButtons {...props} />}
    </section>
  );
}

/** Whatever opens a panel closes the note: both would hold the focus. */
function leaving({ actions, close }: CellNoteProps): Actions {
  return {
    ...actions,
    open: (panel) => {
      close();
      actions.open(panel);
    },
  };
}

function NoteButtons({ look, sight, actions, close }: CellNoteProps): JSX.Element {
  const texts = deskTexts(sight);
  const { hospital, capability } = look;
  const report = () => {
    close();
    actions.open({ what: "voice", hospital, capability });
  };
  return (
    <>
      <p class="task">
        <button type="button" class="small-button" onClick={report}>
          {texts.voiceNew}
        </button>
        <button type="button" class="small-button" onClick={close}>
          {texts.close}
        </button>
      </p>
      <TaskLine task={taskOf("confirm", hospital)} sight={sight} actions={actions} />
      <p class="facts key-help">{texts.askPeople}</p>
    </>
  );
}
