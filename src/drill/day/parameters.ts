/** One number that the world is made of. */
export type Parameter = {
  readonly value: number;
  readonly unit: "percent" | "min" | "s" | "m" | "count" | "hundredths";
  /** C general knowledge, D assumed here; *given*: the task of this drill says it, and it is not swept. */
  readonly certainty: "C" | "D" | "given";
  readonly meaning: string;
  /** Where it is from; left out: nowhere but here. */
  readonly source?: string;
};

/**
 * Everything that the world of a region day is made of besides the region's own files. Nobody counted these in Rhein-Ruhr: they are
 * what a reader should doubt first, and `drill day --sweep` takes each to its half and to half as much again.
 */
export const parameters = {
  missionsPercent: d(100, "percent", "missions a day, of what the region's file counts"),
  spreadM: d(10, "m", "how far from its town's middle a patient lies at most, for each √ of its people"),
  sceneSpread: d(30, "hundredths", "spread of the time on scene (of its logarithm)"),
  driveSpread: d(15, "hundredths", "spread of true drives about the estimate, one factor a mission"),
  decideBeforeMin: d(5, "min", "so long before leaving the scene a hospital is chosen, asked or called"),
  bedsPerPlace: d(30, "count", "hospital beds to one treatment place of its emergency department"),
  resusPerLevel: d(1, "count", "resuscitation rooms, for each emergency level"),
  unknownHasPercent: d(30, "percent", "of capabilities not known in the region's file, how many are there"),
  walkInsPerPlace: d(3, "count", "patients a day who come by themselves, for each treatment place"),
  walkInUrgentPercent: d(20, "percent", "of them of urgency 2; all others are of urgency 3"),
  walkInStayMin: d(120, "min", "how long one of them takes a place, median"),
  patientStayMin: d(180, "min", "how long an ambulance's patient takes a place, median"),
  resusStayMin: d(60, "min", "how long a resuscitation room is taken, median"),
  staySpread: d(50, "hundredths", "spread of all three"),
  crowdedPercent: d(
    100,
    "percent",
    "of its places: when so many wait, a house turns away ambulances of urgency 2 and 3",
  ),
  teamMin: d(5, "min", "until the team stands beside a patient of urgency 1 of whom nobody told the house"),
  closingsPerDay: d(50, "hundredths", "how often a day each capability of each house truly closes"),
  closingMin: d(150, "min", "for how long, median"),
  closingSpread: d(60, "hundredths", "spread of that"),
  brokenPercent: d(25, "percent", "of closings said as *cannot*; the rest is said as *full*"),
  closingToldPercent: d(70, "percent", "closings that a house says on its board at all"),
  openingToldPercent: d(70, "percent", "ends of told closings that it says before the next shift"),
  wordDelayMin: d(15, "min", "how late it says either, median"),
  crowdToldPercent: d(50, "percent", "crowds that it says as *full*, and whose end it says"),
  shiftWordPercent: d(70, "percent", "of shifts that begin with a look at every word of the house"),
  untoldLackPercent: d(10, "percent", "capabilities which a house lacks and never said so"),
  silentMin: d(360, "min", "how long the attacked hospital is silent"),
  phoneWorksPercent: d(30, "percent", "attacked hospitals whose telephone still works"),
  attackedAnswersPercent: d(60, "percent", "calls to it that somebody answers then"),
  selfReportPercent: d(60, "percent", "attacked hospitals that reach their centre by themselves"),
  selfReportMin: d(45, "min", "after how long, median"),
  walkInsElsewherePercent: d(50, "percent", "walk-ins of a hospital that cannot who go to the nearest other"),
  glitchesPerDay: d(
    6,
    "count",
    "short losses of contact of sound hospitals in the region: Holdfast alone sees them",
  ),
  glitchMin: d(8, "min", "how long, median"),
  callS: given(90, "s", "one telephone call, answered or not"),
  calledUrgencyMax: given(1, "count", "up to this urgency (b) announces patients by a call"),
  callsAtOnce: given(1, "count", "calls that a centre makes at once"),
  answersPhonePercent: d(90, "percent", "calls to a sound hospital that somebody answers who knows"),
  openerPercent: d(
    60,
    "percent",
    "of answered calls, those in which a physician or the charge nurse speaks and is read back: who else speaks opens nothing that the house closed",
  ),
  turnedAwayMin: c(
    10,
    "min",
    "lost at a door that turns a patient away, before the drive to the next",
    "policy",
  ),
  turnAwaysMax: d(
    2,
    "count",
    "a patient turned away so often is taken by the next house that has what is needed",
  ),
  strikeOwnMin: given(5, "min", "until the own centre knows of a patient turned away"),
  strikeOtherMin: given(15, "min", "until the other centre does"),
  strikeLastsMin: d(60, "min", "how long a house stays struck off that gave no lasting reason"),
  doubtCalls: d(2, "count", "calls in a row without answer after which a dispatcher doubts a house"),
  doubtDetourMin: d(10, "min", "so much farther an urgent patient is taken then"),
  radioS: d(30, "s", "to tell a crew another destination"),
  sendS: d(20, "s", "until a crew or its centre has sent a request"),
  seesRequestPercent: d(
    85,
    "percent",
    "requests on a hospital's board that anybody answers before the centre rings",
  ),
  answerS: d(60, "s", "how long the answer takes, median"),
  confirmS: d(60, "s", "until a dispatcher has confirmed a proposal, median"),
  followsPercent: d(90, "percent", "crews that follow advice; the others drive to the nearest they know of"),
  writeS: c(10, "s", "to write down what was said on the telephone", "design"),
  callAgainMin: d(10, "min", "until a house that did not answer is called again"),
  reportsPlacesPercent: d(50, "percent", "hospitals that report how many places are free"),
  placesEveryMin: d(60, "min", "how often those do"),
} as const satisfies { readonly [name: string]: Parameter };

function d(value: number, unit: Parameter["unit"], meaning: string): Parameter {
  return { value, unit, certainty: "D", meaning };
}

function c(value: number, unit: Parameter["unit"], meaning: string, source: string): Parameter {
  return { value, unit, certainty: "C", meaning, source };
}

function given(value: number, unit: Parameter["unit"], meaning: string): Parameter {
  return { value, unit, certainty: "given", meaning };
}

export type ParameterName = keyof typeof parameters;

/** The numbers alone, in their own units. */
export type WorldNumbers = { readonly [name in ParameterName]: number };

export const parameterNames = Object.keys(parameters) as readonly ParameterName[];

// fromEntries forgets the keys; they are those of the list it was given.
export const usualNumbers = Object.fromEntries(
  parameterNames.map((name) => [name, parameters[name].value]),
) as WorldNumbers;

/** Parameters of which the half and half as much again is another world; the last urgency is 3. */
export const sweptNames = parameterNames.filter((name) => name !== "calledUrgencyMax");

/** The world with one number made smaller or larger. A share stays a share; what is counted in people stays at least one. */
export function changedNumbers(name: ParameterName, factor: number): WorldNumbers {
  const { unit, value }: Parameter = parameters[name];
  const wanted = value * factor;
  const isShare = unit === "percent" && name !== "missionsPercent";
  const counted = unit === "count" ? Math.max(1, Math.round(wanted)) : wanted;
  return { ...usualNumbers, [name]: isShare ? Math.min(100, wanted) : counted };
}
