import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { searchWith } from "../../shell/language.ts";
import { Mark } from "../../shell/mark.tsx";
import { isOnShift, type Shift } from "../../shell/shift.ts";
import { timeText } from "../../shell/sight.ts";
import { personText } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { Actions, Panel } from "../state.ts";
import { PathsPanel } from "./paths-panel.tsx";
import { ShiftPanel } from "./shift-panel.tsx";
import { deskTexts } from "./speech.ts";
import { VoicePanel } from "./voice-panel.tsx";
import { WhereToPanel } from "./where-to-panel.tsx";

export type DeskBarProps = {
  readonly panel: Panel | null;
  readonly shift: Shift | null;
  /** What this desk is called while nobody gave a name: `Platz 1`. */
  readonly desk: string;
  readonly sight: Sight;
  readonly actions: Actions;
};

/** Who speaks here, voice reports, and our own paths: each a button, with its form or list below. */
export function DeskBar(props: DeskBarProps): JSX.Element {
  const { panel, sight, actions } = props;
  const texts = deskTexts(sight);
  const { voices } = sight.room.centre;
  const isNamed = isOnShift(props.shift, sight.nowMs);
  return (
    <>
      <nav class="desk-buttons" aria-label={texts.tools}>
        <PanelButton what="shift" panel={panel} actions={actions} tone={isNamed ? "" : "asking"}>
          {!isNamed && <Mark shape="unconfirmed" />} {shiftText(props)} · {texts.shift}
        </PanelButton>
        <PanelButton what="voice" panel={panel} actions={actions}>
          {texts.voice} {voices.length > 0 && `(${voices.length})`}
        </PanelButton>
        <PanelButton what="where-to" panel={panel} actions={actions}>
          {texts.whereTo}
        </PanelButton>
        <PathsButton {...props} />
        <OtherViews sight={sight} />
      </nav>
      {panel !== null && <OpenPanel {...props} panel={panel} />}
    </>
  );
}

/** In a window of their own: this desk stays as it is. */
function OtherViews({ sight }: { readonly sight: Sight }): JSX.Element {
  const texts = deskTexts(sight);
  const { site } = sight.places.region;
  const lang = sight.language === "en" ? "lang=en" : "";
  return (
    <span class="other-views">
      <a href={`?wall${lang && `&${lang}`}`} target="_blank" rel="noreferrer">
        {texts.wall}
      </a>{" "}
      <a href={`/camera/${site}${lang && `?${lang}`}`} target="_blank" rel="noreferrer">
        {texts.camera}
      </a>{" "}
      {/* With what this tab stores: a closure is said by whoever is on shift at this desk. */}
      <a
        href={`/closures/${site}${searchWith(location.search, sight.language)}`}
        // biome-ignore lint/security/noBlankTarget: a page of our own anchor; with "noopener" it would get nothing.
        target="_blank"
        rel="opener"
      >
        {texts.closures}
      </a>
    </span>
  );
}

function shiftText({ shift, desk, sight }: DeskBarProps): string {
  const texts = deskTexts(sight);
  if (shift === null) return texts.nobodyHere(desk);
  const name = personText(shift.by, sight.room.people, sight.language);
  if (!isOnShift(shift, sight.nowMs)) return texts.shiftOver(name);
  return texts.onShift(name, timeText(sight, shift.shiftEndsMs));
}

function PathsButton({ panel, sight, actions }: DeskBarProps): JSX.Element {
  const texts = deskTexts(sight);
  const { heard, rows } = sight.room.centre.paths;
  const troubled = rows.filter(({ state }) => state === "silent").length;
  return (
    <PanelButton what="paths" panel={panel} actions={actions}>
      <Mark shape={troubled > 0 || heard === 0 ? "silent" : "heard"} />{" "}
      {troubled > 0 ? texts.pathsTrouble(heard, troubled) : texts.pathsShort(heard)}
    </PanelButton>
  );
}

type ButtonProps = {
  readonly what: Panel["what"];
  readonly panel: Panel | null;
  readonly actions: Actions;
  readonly tone?: string;
  readonly children: ComponentChildren;
};

function PanelButton({ what, panel, actions, tone = "", children }: ButtonProps): JSX.Element {
  const isOpen = panel?.what === what;
  const opened: Panel = what === "voice" ? { what, hospital: null, capability: null } : { what };
  return (
    <button
      type="button"
      class={`desk-button ${tone}`}
      data-panel-button={what}
      aria-expanded={isOpen}
      aria-controls="panel"
      onClick={() => actions.open(isOpen ? null : opened)}
    >
      {children}
    </button>
  );
}

/** Takes the focus when it opens, and gives it back to its button. */
function OpenPanel(props: DeskBarProps & { readonly panel: Panel }): JSX.Element {
  const { panel, sight, actions } = props;
  const texts = deskTexts(sight);
  const heading = useRef<HTMLHeadingElement>(null);
  const self = useRef<HTMLElement>(null);
  useEffect(() => {
    // A question inside has taken the focus already.
    if (self.current?.querySelector(".confirm:focus") === null) heading.current?.focus();
  }, [panel]);
  const close = () => {
    actions.open(null);
    document.querySelector<HTMLElement>(`[data-panel-button="${panel.what}"]`)?.focus();
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === "Escape") close();
  };
  const titles = { shift: texts.shift, voice: texts.voice, "where-to": texts.whereTo, paths: texts.paths };
  return (
    <section
      id="panel"
      ref={self}
      class="panel"
      data-panel={panel.what}
      aria-labelledby="panel-title"
      onKeyDown={onKey}
    >
      <div class="panel-head">
        <h2 id="panel-title" ref={heading} tabIndex={-1}>
          {titles[panel.what]}
        </h2>
        <button type="button" onClick={close}>
          {texts.close}
        </button>
      </div>
      {panel.what === "shift" && <ShiftPanel {...props} />}
      {panel.what === "voice" && <VoicePanel {...props} panel={panel} />}
      {panel.what === "where-to" && <WhereToPanel sight={sight} actions={actions} />}
      {panel.what === "paths" && <PathsPanel sight={sight} />}
    </section>
  );
}
