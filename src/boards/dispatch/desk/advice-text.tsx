import type { ComponentChildren, JSX } from "preact";
import type { NeedId } from "../../../region/vocabulary.ts";
import type { AdviceRow, MissionRow } from "../../../site/views/board-view.ts";
import { Mark, toneOf } from "../../shell/mark.tsx";
import { shownForNeed, unheardRow } from "../hospital-words.ts";
import type { Sight } from "../sight.ts";

/** A line of advice behind the sign of its hospital's state for this need: what is not open is seen before it is read. */
export function AdviceText(props: {
  readonly line: AdviceRow;
  readonly need: NeedId;
  /** What this very patient needs, where that is something else. */
  readonly asks?: MissionRow["asks"];
  readonly sight: Sight;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { line, need, asks, sight, children } = props;
  const hospital = sight.places.hospitals.get(line.hospital);
  const wanted = asks ?? sight.places.needs.get(need);
  const row = hospital && (sight.room.hospitals.get(line.hospital) ?? unheardRow(hospital));
  // What a need requires comes with the whole region, which may be still on its way.
  const isKnown = wanted !== undefined && wanted.required.length > 0;
  const shape = hospital && isKnown && row && shownForNeed(hospital, wanted, row, sight).shape;
  return (
    <span>
      {shape && (
        <i class={`tone-${toneOf(shape)}`}>
          <Mark shape={shape} />{" "}
        </i>
      )}
      {line.text[sight.language]}
      {children}
    </span>
  );
}
