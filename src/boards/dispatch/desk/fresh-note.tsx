import type { JSX } from "preact";
import { FreshNote as Note } from "../../shell/fresh-note.tsx";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** While a list is held: how many new rows wait at its end. A click puts all in order. */
export function FreshNote(props: {
  readonly freshCount: number;
  readonly settle: () => void;
  readonly sight: Sight;
}): JSX.Element {
  const { sight, ...held } = props;
  const texts = deskTexts(sight);
  return <Note {...held} textOf={(count) => `${texts.fresh(count)} – ${texts.settle}`} />;
}
