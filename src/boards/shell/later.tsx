import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { insistPart } from "./insist.ts";

export type Part<Props> = (props: Props) => JSX.Element | null;

/** A part of a board whose code comes after the first rows; nothing stands in its place until it is there. */
export function later<Props extends object>(load: () => Promise<Part<Props>>): Part<Props> {
  let known: Part<Props> | null = null;
  return function Later(props: Props): JSX.Element | null {
    const [, redraw] = useState(known !== null);
    useEffect(() => {
      if (known !== null) return;
      void insistPart(load).then((part) => {
        known = part;
        redraw(true);
      });
    }, []);
    const Loaded = known;
    return Loaded === null ? null : <Loaded {...props} />;
  };
}
