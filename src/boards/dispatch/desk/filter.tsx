import type { JSX } from "preact";
import type { NeedId } from "../../../region/vocabulary.ts";
import type { Sight } from "../sight.ts";
import { type Actions, type Filter, noFilter } from "../state.ts";
import { type Filtered, isFiltering } from "./filter.ts";
import { deskTexts } from "./speech.ts";

type FilterProps = { readonly filter: Filter; readonly sight: Sight; readonly actions: Actions };

const townId = "filter-town";

/** By town, and exceptions only: for hospitals and missions. */
export function FilterControls({ filter, sight, actions }: FilterProps): JSX.Element {
  const texts = deskTexts(sight);
  const towns = [...new Set(sight.places.region.hospitals.map(({ town }) => town))];
  return (
    <>
      <label class="need">
        {texts.town}
        <select
          id={townId}
          value={filter.town ?? ""}
          onChange={({ currentTarget: { value } }) => actions.filter({ town: value === "" ? null : value })}
        >
          <option value="">{texts.allTowns}</option>
          {towns.sort(new Intl.Collator("de").compare).map((town) => (
            <option key={town} value={town}>
              {town}
            </option>
          ))}
        </select>
      </label>
      <label class="need tick">
        <input
          type="checkbox"
          checked={filter.exceptions}
          onChange={({ currentTarget }) => actions.filter({ exceptions: currentTarget.checked })}
        />
        {texts.exceptions}
      </label>
    </>
  );
}

/** Only missions with one need. */
export function MissionFilter({ filter, sight, actions }: FilterProps): JSX.Element {
  const texts = deskTexts(sight);
  return (
    <label class="need">
      {texts.missionNeed}
      <select
        value={filter.missionNeed ?? ""}
        onChange={({ currentTarget: { value } }) =>
          // The options are the region's needs, and an empty one.
          actions.filter({ missionNeed: value === "" ? null : (value as NeedId) })
        }
      >
        <option value="">{texts.allNeeds}</option>
        {sight.places.region.needs.map(({ need, name }) => (
          <option key={need} value={need}>
            {name[sight.language]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** While anything is filtered: how much is hidden, always in sight, with the way back. */
export function FilterBar(props: FilterProps & { readonly result: Filtered }): JSX.Element | null {
  const { filter, sight, actions, result } = props;
  if (!isFiltering(filter)) return null;
  const texts = deskTexts(sight);
  const parts = [
    ...(result.hiddenHospitals > 0 ? [texts.hiddenHospitals(result.hiddenHospitals)] : []),
    ...(result.hiddenMissions > 0 ? [texts.hiddenMissions(result.hiddenMissions)] : []),
  ];
  const showAll = () => {
    actions.filter({ ...noFilter, need: filter.need });
    document.getElementById(townId)?.focus();
  };
  return (
    <div class="bar bar-filter" data-bar="filter">
      <span role="status">{parts.length === 0 ? texts.hidesNothing : parts.join(", ")}</span>
      <span aria-hidden="true">–</span>
      <button type="button" class="small-button" onClick={showAll}>
        {texts.showAll}
      </button>
    </div>
  );
}
