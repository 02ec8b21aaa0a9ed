/** Day and night as the system says, or as somebody at this desk chose. */
export type Theme = "system" | "day" | "night";

const themes: readonly Theme[] = ["system", "day", "night"];
const storageKey = "holdfast-theme";

export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
}

/** A browser may refuse storage; then every page starts with the system's theme. */
export function storedTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(storageKey)) ?? "system";
  } catch {
    return "system";
  }
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Kept for this page only.
  }
}
