/** What only the map says; it comes with the map. */
export const mapTexts = {
  de: {
    help: "Pfeiltasten: nächstes Haus. Eingabetaste: zur Zeile.",
    mission: (vehicle: string, age: string): string => `${vehicle}, Ort ${age}`,
    minutes: "Fahrminuten als Karte",
    unnamed: (count: number, names: readonly string[]): string => {
      const who = names.length > 0 ? `: ${names.join(", ")}` : "";
      return count === 1
        ? `Nicht offen, auf der Karte ohne Namen: 1 Haus${who}`
        : `Nicht offen, auf der Karte ohne Namen: ${count} Häuser${who}`;
    },
  },
  en: {
    help: "Arrow keys: next hospital. Enter: to its row.",
    mission: (vehicle: string, age: string): string => `${vehicle}, position ${age}`,
    minutes: "Map of driving minutes",
    unnamed: (count: number, names: readonly string[]): string => {
      const who = names.length > 0 ? `: ${names.join(", ")}` : "";
      return count === 1
        ? `Not open, without a name on the map: 1 hospital${who}`
        : `Not open, without a name on the map: ${count} hospitals${who}`;
    },
  },
};
