// The boards as the README shows them: a fixed scene at a fixed time, so that a picture changes only with its board.

import type { Browser, Page } from "playwright-core";
import { type CapabilityId, capabilities } from "../../src/region/vocabulary.ts";
import type {
  BoardView,
  CentreRow,
  HospitalRow,
  MissionRow,
  PersonRow,
} from "../../src/site/views/board-view.ts";
import { calmOwn, missionRow, nightView, sampleRegion, strokeLines, word } from "./board-sample.ts";
import { BoardServer } from "./board-server.ts";
import { nightMs } from "./board-sight.ts";
import { crewMission, crewRegion, crewView, drivingTo, resteer } from "./crew-sample.ts";
import { CrewServer } from "./crew-server.ts";
import { HospitalServer } from "./hospital-board.ts";
import { hospitalView, requestRow } from "./hospital-sample.ts";
import { smallPng } from "./png-small.ts";

const minuteMs = 60_000;

type Server = {
  readonly url: string;
  nowMs: () => number;
  readonly start: () => Promise<void>;
  readonly kill: () => Promise<void>;
};

export type Picture = {
  /** Of the file in docs/pictures, without its ending. */
  readonly name: string;
  readonly serve: () => Server;
  readonly query: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly isDark: boolean;
  readonly onPaper: boolean;
  /** What must be there in this number at least, before the picture is one of a board that works. */
  readonly rows: readonly (readonly [selector: string, countMin: number, withinMs?: number])[];
  /** Who is on shift at it. */
  readonly by: string;
};

export type Taken = {
  readonly png: Buffer;
  /** Why the board did not render; empty when it did. */
  readonly faults: readonly string[];
};

/** Of what the lines of each need speak. */
const spokenOf: { readonly [need: string]: CapabilityId } = {
  "aortic-emergency": "vascular-surgery",
  sepsis: "internal-medicine",
};

/** The sample's lines speak of a stroke: for other patients they name what these need. */
function withOwnLines(row: MissionRow): MissionRow {
  const spoken = spokenOf[row.need];
  if (row.decide === null || spoken === undefined) return row;
  const lines = row.decide.lines.map((line) => ({
    ...line,
    text: {
      de: line.text.de.replaceAll(capabilities["stroke-unit"].de, capabilities[spoken].de),
      en: line.text.en.replaceAll(capabilities["stroke-unit"].en, capabilities[spoken].en),
    },
  }));
  return { ...row, decide: { ...row.decide, lines } };
}

/** What the three proposed hospitals said, as the lines have it: one open since 02:51, two unconfirmed since 18:00. */
function proposedCells({ hospital }: HospitalRow): HospitalRow["cells"] {
  if (!strokeLines.some((line) => line.hospital === hospital)) return {};
  const open = word("open", nightMs - 16 * minuteMs, { untilMs: nightMs + 400 * minuteMs });
  const isFirst = hospital === strokeLines[0]?.hospital;
  const spoken = isFirst ? open : word("unconfirmed", nightMs - 547 * minuteMs);
  return {
    "emergency-department": open,
    ...{ "stroke-unit": spoken, "vascular-surgery": spoken, "internal-medicine": spoken },
    ...(isFirst ? {} : { "cardiac-surgery": spoken }),
  };
}

/** The night, seen from its control centre: one hospital silent, three decisions, one of them taken. */
export function centreNight(): BoardView {
  const view = nightView(sampleRegion(), nightMs);
  const ago = (minutes: number) => nightMs - minutes * minuteMs;
  const [first] = view.missions;
  const owners = [{ centre: "duesseldorf", by: dispatcher.by, sinceMs: ago(1) }];
  const centre: CentreRow = {
    voices: [],
    noSound: [{ site: "neuss-lukas", sinceMs: ago(20) }],
    tasks: first === undefined ? [] : [{ task: `decide:${first.mission}`, owners, over: [] }],
    runsOut: [],
    rounds: [],
    transfers: [],
    paths: { heard: 70, rows: [] },
  };
  const overdue = missionRow(4, nightMs, {
    need: "stemi",
    destination: { hospital: "neuss-lukas", saidMs: ago(9) },
    position: { latE3: 51_170, lonE3: 6_690, saidMs: nightMs - 25_000 },
    request: {
      step: "asked",
      ref: ["duesseldorf/anchor/1-0a1b2c3d", 91],
      over: [],
      hospital: "neuss-lukas",
      askedMs: ago(7),
      dueMs: ago(5),
      heldThere: true,
      escalated: ["telephone"],
    },
  });
  return {
    ...view,
    own: { ...calmOwn, people: [dispatcher] },
    hospitals: view.hospitals.map((row) => ({ ...row, cells: { ...row.cells, ...proposedCells(row) } })),
    missions: view.missions.map((row) => (row.mission === overdue.mission ? overdue : withOwnLines(row))),
    centre,
  };
}

/** On shift since two hours ago. */
function person(role: string, number: number, name: string): PersonRow {
  const [sinceMs, shiftEndsMs] = [nightMs - 120 * minuteMs, nightMs + 600 * minuteMs];
  return { number, role, name, by: `${role}#${number}`, sinceMs, shiftEndsMs };
}

const dispatcher = person("dispatcher", 104, "Kim Beispiel");
const nurse = person("nurse", 106, "Robin Muster");
const paramedic = person("paramedic", 101, "Alex Probe");

const serveCentre = () => new BoardServer(sampleRegion(), centreNight());
const centreRows = [["[data-mark]", 66]] as const;

export const pictures: readonly Picture[] = [
  {
    name: "dispatch",
    serve: serveCentre,
    query: "?lang=en",
    size: { width: 1720, height: 1300 },
    isDark: false,
    onPaper: false,
    by: dispatcher.by,
    rows: [...centreRows, ["tr[data-hospital]", 66], [".mission", 5], [".card", 3]],
  },
  {
    name: "hospital",
    serve: () => {
      const view = hospitalView({ requests: [requestRow(1)] });
      return new HospitalServer({ ...view, own: { ...view.own, people: [nurse] } });
    },
    query: "?lang=en",
    size: { width: 1366, height: 900 },
    isDark: false,
    onPaper: false,
    by: nurse.by,
    rows: [
      ["[data-capability]", 15],
      ["section", 3],
    ],
  },
  {
    name: "crew",
    serve: () => {
      const destination = drivingTo("ukd", 1, { heldByDispatch: true, heldThere: true });
      const view = crewView(crewMission({ destination, resteer }));
      return new CrewServer(crewRegion, { ...view, own: { ...view.own, people: [paramedic] } });
    },
    query: "?lang=en",
    size: { width: 390, height: 844 },
    isDark: true,
    onPaper: false,
    by: paramedic.by,
    rows: [
      ["[data-mission]", 1],
      [".resteer", 1],
    ],
  },
  {
    name: "wall",
    serve: serveCentre,
    query: "?wall&lang=en",
    size: { width: 1920, height: 1080 },
    isDark: true,
    onPaper: false,
    by: dispatcher.by,
    rows: [...centreRows, [".wall-row", 20]],
  },
  {
    name: "print",
    serve: serveCentre,
    query: "?print&lang=en",
    size: { width: 794, height: 1123 },
    isDark: false,
    onPaper: true,
    by: dispatcher.by,
    rows: [
      ["tr[data-hospital]", 66],
      [".paper-mark", 1],
    ],
  },
];

/** How long a board has to show what it must, on a machine that does other things too. */
const renderWithinMs = 20_000;

export async function takePicture(browser: Browser, picture: Picture): Promise<Taken> {
  const server = picture.serve();
  server.nowMs = () => nightMs;
  await server.start();
  const context = await browser.newContext({
    viewport: picture.size,
    colorScheme: picture.isDark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    const faults = watched(page);
    const site = new URL(server.url).pathname.split("/").at(-1) ?? "";
    await page.addInitScript(standStill, { nowMs: nightMs, site, by: picture.by });
    await page.goto(server.url + picture.query);
    for (const [selector, countMin, withinMs] of picture.rows) {
      if (!(await appears(page, selector, countMin, withinMs)))
        faults.push(`fewer than ${countMin} of ${selector}`);
    }
    if (picture.onPaper) await page.emulateMedia({ media: "print", colorScheme: "light" });
    if (picture.onPaper) await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    return { png: smallPng(await page.screenshot()), faults };
  } finally {
    await context.close();
    await server.kill();
  }
}

type Stand = { readonly nowMs: number; readonly site: string; readonly by: string };

/**
 * Runs in the page: both of its clocks stand, so that the board shows the anchor's time and no second more; somebody is
 * on shift; sound is on.
 */
function standStill({ nowMs, site, by }: Stand): void {
  Date.now = () => nowMs;
  performance.now = () => 0;
  const [role = ""] = by.split("#");
  const shift = { by, role, sinceMs: nowMs - 7_200_000, shiftEndsMs: nowMs + 36_000_000 };
  sessionStorage.setItem(`holdfast-shift-${site}`, JSON.stringify(shift));
  Object.defineProperty(AudioContext.prototype, "state", { get: () => "running" });
}

function watched(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  return faults;
}

function appears(
  page: Page,
  selector: string,
  countMin: number,
  withinMs = renderWithinMs,
): Promise<boolean> {
  const last = page.locator(selector).nth(countMin - 1);
  return last.waitFor({ state: "attached", timeout: withinMs }).then(
    () => true,
    () => false,
  );
}
