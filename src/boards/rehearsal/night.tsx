import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Sight, spanText } from "./state.ts";

/** Lives of an *open* that are short enough to be watched, min. */
const shortLivesMin = [2, 5, 10, 30];

/** Where the night stands, and starting it over. */
export function NightPanel({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, nowMs, obeys, actions } = sight;
  const { stage, nextMs } = view.night;
  const mayCome = stage === "before" || stage === "setting-out" || stage === "silent";
  const when = nextMs === null ? texts.waitsForStep : texts.goesOnIn(spanText(Math.max(0, nextMs - nowMs)));
  return (
    <section aria-labelledby="night" data-night={stage}>
      <h2 id="night">{texts.night}</h2>
      {view.phase === "running" && (
        <p class="patient" role="status">
          {texts.nightStages[stage]}
        </p>
      )}
      {mayCome && <p class="facts">{when}</p>}
      {mayCome && (
        <div class="buttons">
          <button type="button" disabled={!obeys} onClick={() => actions.order({ order: "next" })}>
            {texts.next}
          </button>
        </div>
      )}
      <p class="facts">
        {texts.openLives}: {texts.minutes(view.openLivesMin)}
      </p>
      <StartOver sight={sight} />
    </section>
  );
}

function StartOver({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, obeys, actions } = sight;
  const [isAsking, setAsking] = useState(false);
  const [livesMin, setLivesMin] = useState<number | null>(null);
  if (!isAsking) {
    return (
      <div class="buttons">
        <button type="button" disabled={!obeys} onClick={() => setAsking(true)}>
          {texts.startOver}
        </button>
      </div>
    );
  }
  const startOver = () => {
    setAsking(false);
    actions.order({ order: "start-over", openLivesMin: livesMin });
  };
  return (
    <fieldset class="confirm">
      <legend>{texts.startOverNow}</legend>
      <p>{texts.startOverAsk}</p>
      <label>
        {texts.openLives}{" "}
        <select
          value={String(livesMin ?? "")}
          onChange={({ currentTarget }) =>
            setLivesMin(currentTarget.value === "" ? null : Number(currentTarget.value))
          }
        >
          <option value="">{texts.usual(texts.minutes(view.usualOpenLivesMin))}</option>
          {shortLivesMin.map((minutes) => (
            <option key={minutes} value={minutes}>
              {texts.minutes(minutes)}
            </option>
          ))}
        </select>
      </label>
      <div class="buttons">
        <button type="button" class="main-button" disabled={!obeys} onClick={startOver}>
          {texts.startOverNow}
        </button>
        <button type="button" onClick={() => setAsking(false)}>
          {texts.leaveIt}
        </button>
      </div>
    </fieldset>
  );
}
