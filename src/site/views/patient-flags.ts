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
