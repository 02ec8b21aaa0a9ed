import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Sight, siteName } from "./state.ts";

/** Hospitals whose people fall silent while their box lives, and sites that a person plays. */
export function People({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, clock, nowMs } = sight;
  return (
    <section aria-labelledby="people">
      <h2 id="people">{texts.people}</h2>
      <p class="facts">{texts.peopleExplained}</p>
      <Leave sight={sight} />
      <Silent sight={sight} />
      <p class="facts">{texts.persons}</p>
      <ul class="persons">
        {view.persons.map(({ site, untilMs }) => (
          <li key={site} data-person={site}>
            {texts.personAt(siteName(view, site), clock.minute(untilMs, nowMs))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Leave({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, obeys, actions } = sight;
  const [chosen, setChosen] = useState("");
  const hospitals = view.boards
    .filter(({ type, site }) => type === "hospital" && !view.silentPeople.includes(site))
    .toSorted((a, b) => a.name.localeCompare(b.name, "de"));
  const hospital = hospitals.some(({ site }) => site === chosen) ? chosen : (hospitals[0]?.site ?? "");
  return (
    <div class="buttons">
      <label>
        {texts.hospital}{" "}
        <select value={hospital} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {hospitals.map(({ site, name }) => (
            <option key={site} value={site}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        disabled={!obeys || view.night.stage === "off"}
        onClick={() => actions.order({ order: "leave", hospital })}
      >
        {texts.leave}
      </button>
    </div>
  );
}

function Silent({ sight }: { readonly sight: Sight }): JSX.Element {
  const { texts, view, obeys, actions } = sight;
  if (view.silentPeople.length === 0) return <p class="empty">{texts.nobodySilent}</p>;
  return (
    <>
      <h3>{texts.silentPeople}</h3>
      <ul class="silent-people">
        {view.silentPeople.map((site) => (
          <li key={site} data-silent={site} class="buttons">
            <span>{siteName(view, site)}</span>
            <button
              type="button"
              disabled={!obeys}
              aria-label={texts.of(texts.comeBack, siteName(view, site))}
              onClick={() => actions.order({ order: "return", hospital: site })}
            >
              {texts.comeBack}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
