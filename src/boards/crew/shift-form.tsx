import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { type Role, roles } from "../../region/choices.ts";
import type { Words } from "../../region/words.ts";
import { useId } from "../shell/use-id.ts";
import { crewRoles } from "./person.ts";
import type { Sight } from "./speech.ts";

/** Role and name at the start of a shift; what is typed stays while the anchor is gone. */
export function ShiftForm(props: {
  readonly sight: Sight;
  readonly title: string;
  readonly begin: (role: Role, name: string) => Promise<Words | null>;
}): JSX.Element {
  const { sight, title, begin } = props;
  const { texts, language } = sight;
  const id = useId();
  const [problem, setProblem] = useState<Words | string>("");
  // The form keeps what is chosen: a board drawn anew in the middle of a click changes nothing in it.
  const onSubmit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const role = crewRoles.find((option) => option === form.get("role"));
    const name = String(form.get("name") ?? "").trim();
    if (role === undefined || name === "") return setProblem(texts.beginFirst);
    setProblem((await begin(role, name).catch(() => texts.beginFailed)) ?? "");
  };
  return (
    <section class="shift" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <form onSubmit={onSubmit}>
        <fieldset class="roles">
          <legend>{texts.role}</legend>
          {crewRoles.map((option) => (
            <label key={option} class="choice">
              <input type="radio" name="role" value={option} />
              {roles[option][language]}
            </label>
          ))}
        </fieldset>
        <label for={`${id}-name`}>{texts.name}</label>
        <input id={`${id}-name`} type="text" maxLength={60} autocomplete="off" name="name" />
        <p class="facts">{texts.shiftNote}</p>
        <button type="submit" class="main-button big wide" disabled={!sight.canWrite}>
          {texts.begin}
        </button>
        <p role="alert">{typeof problem === "string" ? problem : problem[language]}</p>
      </form>
    </section>
  );
}
