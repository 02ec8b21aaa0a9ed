import type { JSX } from "preact";
import { needOptions } from "../need-select.tsx";
import { Select } from "../select.tsx";
import type { Sight } from "../sight.ts";
import { type Actions, type Filter, noFilter } from "../state.ts";
import { Tick } from "./choices.tsx";
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
      <Select
        label={texts.town}
        id={townId}
        none={texts.allTowns}
        options={towns.sort(new Intl.Collator("de").compare).map((town) => [town, town])}
        value={filter.town}
        choose={(town) => actions.filter({ town })}
      />
      <Tick
        label={texts.exceptions}
        checked={filter.exceptions}
        set={(exceptions) => actions.filter({ exceptions })}
      />
    </>
  );
}

/** Only missions with one need. */
export function MissionFilter({ filter, sight, actions }: FilterProps): JSX.Element {
  const texts = deskTexts(sight);
  return (
    <Select
      label={texts.missionNeed}
      none={texts.allNeeds}
      options={needOptions(sight)}
      value={filter.missionNeed}
      choose={(missionNeed) => actions.filter({ missionNeed })}
    />
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
