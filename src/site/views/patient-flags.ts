/** What is said of a patient with yes or no when a mission is opened, in the order in which boards say it. */
export const patientFlags = [
  ...([
    "doctor",
    "ventilated",
    "cpr",
    "danger",
    "pregnant",
    "newborn",
    "infectious",
    "heavy",
    "flown",
  ] as const),
] as const;

export type PatientFlag = (typeof patientFlags)[number];

/** The same as a board says it of a mission: by road after all is said later. */
export const shownFlags = [...patientFlags, "grounded"] as const;

export type ShownFlag = (typeof shownFlags)[number];
