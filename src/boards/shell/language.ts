export type Language = "de" | "en";

/** German unless the address says `?lang=en`. */
export function languageOf(search: string): Language {
  return new URLSearchParams(search).get("lang") === "en" ? "en" : "de";
}

/** The same address in the other language. */
export function searchWith(search: string, language: Language): string {
  const parameters = new URLSearchParams(search);
  if (language === "de") parameters.delete("lang");
  else parameters.set("lang", language);
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
