import type { Language } from "./state.ts";

const germanSmall = [
  ..."null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn".split(" "),
  ..."fünfzehn sechzehn siebzehn achtzehn neunzehn".split(" "),
];
const germanTens = ["", "", ..."zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" ")];
const englishSmall = [
  ..."zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(" "),
  ..."fifteen sixteen seventeen eighteen nineteen".split(" "),
];
const englishTens = ["", "", ..."twenty thirty forty fifty sixty seventy eighty ninety".split(" ")];

/**
 * A whole number from 0 to 999 as it is said on the radio, one word: `einundzwanzig`, `twenty-one`. A number written in
 * figures is misheard when it is read out by different people.
 */
export function numberWord(number: number, language: Language): string {
  return language === "de" ? germanWord(number) : englishWord(number);
}

function germanWord(number: number): string {
  if (number < 20) return germanSmall[number] ?? "";
  if (number >= 100) {
    const rest = number % 100;
    return `${germanUnit(Math.floor(number / 100))}hundert${rest === 0 ? "" : germanWord(rest)}`;
  }
  const unit = number % 10;
  const tens = germanTens[Math.floor(number / 10)] ?? "";
  return unit === 0 ? tens : `${germanUnit(unit)}und${tens}`;
}

function germanUnit(unit: number): string {
  return unit === 1 ? "ein" : (germanSmall[unit] ?? "");
}

function englishWord(number: number): string {
  if (number < 20) return englishSmall[number] ?? "";
  if (number >= 100) {
    const rest = number % 100;
    return `${englishSmall[Math.floor(number / 100)] ?? ""}-hundred${rest === 0 ? "" : `-and-${englishWord(rest)}`}`;
  }
  const unit = number % 10;
  const tens = englishTens[Math.floor(number / 10)] ?? "";
  return unit === 0 ? tens : `${tens}-${englishSmall[unit] ?? ""}`;
}
