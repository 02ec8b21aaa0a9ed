import type { JSX } from "preact";
import type { Name } from "../../../basics/name.ts";
import { found } from "../../shell/finding.ts";
import type { Sight } from "../sight.ts";
import { Finder, foundMax } from "./finder.tsx";
import { deskTexts } from "./speech.ts";

/** Any hospital of the region, by name or town. */
export function HospitalFinder(props: {
  readonly sight: Sight;
  readonly choose: (hospital: Name) => void;
  /** One that is no answer here. */
  readonly besides?: Name | null;
}): JSX.Element {
  const { sight, choose, besides = null } = props;
  const texts = deskTexts(sight);
  const hospitals = sight.places.region.hospitals.filter(({ hospital }) => hospital !== besides);
  return (
    <Finder
      label={texts.findHospital}
      none={texts.noMatch}
      matchesFor={(typed) =>
        found(hospitals, typed, ({ name, spokenName, town }) => `${spokenName} ${name} ${town}`, foundMax)
      }
      keyOf={({ hospital }) => hospital}
      rowOf={({ spokenName, town }) => (
        <>
          {spokenName} <small>{town}</small>
        </>
      )}
      sight={sight}
      choose={({ hospital }) => choose(hospital)}
    />
  );
}
