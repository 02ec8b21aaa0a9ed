import { bestHospitals, forcedHospitals } from "./rank.ts";
import { type Expected, type Question, weigh } from "./weigh.ts";

/** One patient of a scene without a destination: urgency, and the hospital (its id) where advice would send them. */
export type SceneChoice = { readonly urgency: number; readonly hospital: string };

/** Where the patients of one scene would go, in their order: each counts those before as if they were on the way. */
export function chooseInTurn(questions: readonly Question[]): readonly SceneChoice[] {
  const choices: SceneChoice[] = [];
  for (const question of questions) {
    const { urgency } = question;
    const hospital = firstHospital({ ...question, expected: expectedBy(urgency, choices) });
    if (hospital !== null) choices.push({ urgency, hospital });
  }
  return choices;
}

/** Those of them with whom a patient of this urgency competes: urgency 1 for the resuscitation room alone. */
export function expectedBy(urgency: number, choices: readonly SceneChoice[]): Expected {
  const competing = choices.filter((one) => urgency !== 1 || one.urgency === 1);
  const byHospital = Map.groupBy(competing, ({ hospital }) => hospital);
  return Object.fromEntries([...byHospital].map(([hospital, all]) => [hospital, all.length]));
}

function firstHospital(question: Question): string | null {
  const weighed = weigh(question, { lines: 1 });
  if (!weighed.ok) return null;
  const { patient, anySuitable } = weighed.value;
  const { base } = question;
  const [first] = anySuitable ? bestHospitals(base, patient, 1) : forcedHospitals(base, patient, 1);
  return first === undefined ? null : (base.hospitals[first]?.id ?? null);
}
