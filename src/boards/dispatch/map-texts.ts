/** What only the map says; it comes with the map. */
export const mapTexts = {
  de: {
    minutes: "Fahrminuten als Karte",
    unnamed: (count: number, names: readonly string[]): string => {
      const who = names.length > 0 ? `: ${names.join(", ")}` : "";
      return count === 1
        ? `Nicht offen, auf der Karte ohne Namen: 1 Haus${who}`
        : `Nicht offen, auf der Karte ohne Namen: ${count} Häuser${who}`;
    },
  },
  en: {
    minutes: "Map of driving minutes",
    unnamed: (count: number, names: readonly string[]): string => {
      const who = names.length > 0 ? `: ${names.join(", ")}` : "";
      return count === 1
        ? `Not open, without a name on the map: 1 hospital${who}`
        : `Not open, without a name on the map: ${count} hospitals${who}`;
    },
  },
};
