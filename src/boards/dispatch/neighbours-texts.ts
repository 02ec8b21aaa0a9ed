/** What only the part about other regions says; it comes with it. */
export const neighboursTexts = {
  de: {
    title: "Nachbarregionen, nur zum Lesen",
    note: "Nicht unsere Häuser. Was hier steht, wurde gebracht und ist so alt, wie es sagt. Kein Vorschlag rechnet damit: vor einer Fahrt dort anrufen.",
    loading: "Wird geladen.",
    gone: "Der Anker antwortet nicht. Was hier steht, kann älter sein.",
    reading: "Der Anker liest noch, was er von dort hat.",
    notOpen: "Kann hier nicht gelesen werden: bitte den Betreuer des Ankers fragen.",
    none: "Von dort ist noch nichts hier.",
    ended: "Unsere Behörde hat das beendet: Es kommt nichts Neues.",
    newest: (age: string): string => `Jüngstes Wort von dort: ${age}.`,
    noWord: "Noch kein Wort eines Hauses.",
    lost: (time: string): string => `Leitstelle dort hört es nicht seit ${time}`,
  },
  en: {
    title: "Neighbouring regions, to read only",
    note: "Not our hospitals. What stands here was brought and is as old as it says. No proposal counts on it: call there before anybody drives.",
    loading: "Loading.",
    gone: "The anchor does not answer. What stands here may be older.",
    reading: "The anchor still reads what it has from there.",
    notOpen: "Cannot be read here: please ask whoever looks after the anchor.",
    none: "Nothing is here from there yet.",
    ended: "Our authority has ended this: nothing new comes.",
    newest: (age: string): string => `Newest word from there: ${age}.`,
    noWord: "No hospital has said a word yet.",
    lost: (time: string): string => `its control centre has not heard it since ${time}`,
  },
};
