import type { JSX } from "preact";
import { Mark } from "../shell/mark.tsx";
import type { Said } from "./announcement.ts";

export function SaidLine({ said }: { readonly said: Said }): JSX.Element {
  return (
    <p class={said.isUrgent === true ? "said warned" : "said"}>
      <Mark shape={said.shape} /> {said.word}
    </p>
  );
}
