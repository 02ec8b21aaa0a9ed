import type { JSX } from "preact";
import type { BoardNeed } from "../../site/views/board-view.ts";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

/** What the patient needs: the columns and the lines of a board follow it. */
export function NeedSelect(props: {
  readonly need: BoardNeed;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { need, sight, actions } = props;
  const { places, texts, language } = sight;
  return (
    <label class="need">
      {texts.need}
      <select
        value={need.need}
        onChange={({ currentTarget }) =>
          // The options are the region's needs.
          actions.filter({ need: currentTarget.value as typeof need.need })
        }
      >
        {places.region.needs.map(({ need: id, name }) => (
          <option key={id} value={id}>
            {name[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
