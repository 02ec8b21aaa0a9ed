import type { JSX } from "preact";
import type { BoardNeed } from "../../site/views/board-view.ts";
import { Select } from "./select.tsx";
import type { Sight } from "./sight.ts";
import type { Actions } from "./state.ts";

/** What the patient needs: the columns and the lines of a board follow it. */
export function NeedSelect(props: {
  readonly need: BoardNeed;
  readonly sight: Sight;
  readonly actions: Actions;
}): JSX.Element {
  const { need, sight, actions } = props;
  const { texts } = sight;
  return (
    <Select
      label={texts.need}
      options={needOptions(sight)}
      value={need.need}
      choose={(id) => actions.filter({ need: id })}
    />
  );
}

/** The region's needs by their names. */
export function needOptions({ places, language }: Sight): readonly (readonly [BoardNeed["need"], string])[] {
  return places.region.needs.map(({ need, name }) => [need, name[language]]);
}
