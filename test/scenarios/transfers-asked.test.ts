import { describe, expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import type { FactRef, LogId } from "../../src/basics/name.ts";
import { heardBeat, setSites, tick } from "../../src/exchange/contact.ts";
import { addresseesOf } from "../../src/region/addressee.ts";
import { transferRefusalAt } from "../../src/site/transferring.ts";
import type { TransferAskedRow, TransferRow } from "../../src/site/views/board-desk-view.ts";
import { hospitalBoardView } from "../../src/site/views/board-hospital.ts";
import { boardView } from "../../src/site/views/board-rows.ts";
import { atMin, boardHouse } from "../support/board-house.ts";
import { entry, type Logs, missionBody, nightMs, say } from "../support/region.ts";
import { type AskedScene, askedScenes } from "./themes/i-transfers-asked.ts";

const centre: LogId = "lst-d/box/1-00000001";
const ukd: LogId = "ukd/box/1-00000001";
const tablet: LogId = "rtw-1/tablet/1-00000001";

const patient = { need: "stroke", urgency: 2, ageGroup: "65-79", doctor: true, ventilated: true };
const body = { ...patient, pregnant: false, infectious: false };

/** All that a scene says; of several requests the last words are about the last one. */
function told({ said }: Pick<AskedScene, "said">) {
  const logs: Logs = new Map();
  let asked: FactRef | null = null;
  let refused: FactRef | null = null;
  let mission: FactRef | null = null;
  const ask = (kind: string, more: object, at: object) => {
    const of = [...present(mission, "a mission")];
    return say(logs, centre, kind, { mission: of, answerWithinS: 60, over: [], ...more }, at);
  };
  for (const line of said) {
    const [minute = "", site = "", by = "", ...words] = line.split(" ");
    const log: LogId = `${site}/box/1-00000001`;
    // `490>555`: said then, and here only later.
    const [saidMin = "", storedMin = saidMin] = minute.split(">");
    const [at0, storedMs] = [saidMin, storedMin].map((min) => nightMs + Number(min) * 60_000);
    const at = { at: present(at0, "a minute"), by, storedMs: present(storedMs, "a minute") };
    const [what = "", reason = ""] = words;
    const transfer = () => [...present(asked, "a request")];
    const of = () => [...present(mission, "a mission")];
    const answer = (question: FactRef, word: string) => {
      const mine = { mission: of(), asked: [...question], answer: word, over: [] };
      say(logs, log, "mission.answered/1", mine, at);
    };
    if (what === "asks") asked = say(logs, log, "transfer.asked/1", body, at);
    else if (what === "takes") say(logs, log, "transfer.taken-back/1", { asked: transfer() }, at);
    else if (what === "declines")
      refused = say(logs, log, "transfer.declined/1", { asked: transfer(), reason }, at);
    else if (what === "mistook") {
      const takesBack = [...present(refused, "a refusal")];
      say(logs, log, "transfer.decline-taken-back/1", { asked: transfer(), takesBack }, at);
    } else if (what === "opens")
      mission = say(
        logs,
        log,
        "mission.opened/1",
        { ...missionBody, ...body, from: "ukd", transfer: transfer() },
        at,
      );
    else if (what === "closes") say(logs, log, "mission.closed/1", { mission: of(), reason, over: [] }, at);
    else if (what === "ends" || what === "arrives" || what === "boards") {
      const step = { ends: "ended", arrives: "arrived", boards: "patient-on-board" }[what];
      say(logs, `${site}/tablet/1-00000001`, "mission.step/1", { mission: of(), step }, at);
    } else if (what === "drives")
      say(logs, tablet, "mission.destination/1", { mission: of(), hospital: "neuss", over: [] }, at);
    else if (what === "ready")
      answer(ask("mission.asked/1", { hospital: site }, { ...at, by: "dispatcher#1" }), what);
    else {
      const about = { hospital: site, to: "neuss" };
      const question = ask("mission.agreement-asked/1", about, { ...at, by: "dispatcher#1" });
      answer(question, what === "agrees" ? "ready" : "cannot");
    }
  }
  return { logs, asked: present(asked, "a request"), mission };
}

function rowText(row: TransferAskedRow, parts: readonly string[] = []): string {
  const { declined } = row;
  const why = declined === undefined ? [] : [`${declined.reason} by ${declined.centre}`];
  const broken = row.brokenOff === undefined ? [] : ["broken off"];
  return [row.state, ...broken, ...parts, ...why].join(", ");
}

function deskText(row: TransferRow): string {
  const more = [...(row.agrees ? ["agrees"] : []), ...(row.twin ? ["twin"] : [])];
  return rowText(row, [row.centre, ...more]);
}

describe("[TRANSFER7] [TRANSFER8] a transfer that the sending hospital asks for", () => {
  test.each(askedScenes)("I transfers: $name", (scene) => {
    const { logs, mission } = told(scene);
    const last = Number(scene.said.at(-1)?.split(" ")[0]);
    const now = atMin(scene.atMin ?? last + 1);
    const context = boardHouse(centre, logs);
    const view = boardView(context, now);
    expect((view.centre?.transfers ?? []).map(deskText).join("; ")).toBe(scene.desk);
    const own = hospitalBoardView(boardHouse(ukd, logs), now).transfers;
    expect(own.map((row) => rowText(row)).join("; ")).toBe(scene.hospital);
    const row = view.missions.find(({ from }) => from === "ukd");
    if (scene.agreed === undefined) return expect(row).toBeUndefined();
    if (scene.decision !== undefined) expect(row?.decide?.cause).toBe(scene.decision);
    const steering = { mission: [...present(mission, "opened")], hospital: "neuss", over: [] };
    const post = { kind: "mission.steered/1", by: "dispatcher#1", body: steering, request: undefined };
    const refusal = transferRefusalAt(context, now, post) ?? "may go";
    const agreed = row?.agreed?.join() ?? "";
    expect(`${agreed === "" ? "nowhere" : agreed}, ${refusal}`).toBe(scene.agreed);
  });

  test("who lies there is said as a mission says it, with who asks and until when", () => {
    const { logs, asked } = told({ said: ["0 ukd nurse#7 asks"] });
    const [row] = boardView(boardHouse(centre, logs), atMin(1)).centre?.transfers ?? [];
    expect(row).toEqual({
      ...{ ref: asked, hospital: "ukd", centre: "lst-d", by: "nurse#7", state: "open" },
      ...{ need: "stroke", urgency: 2, ageGroup: "65-79", flags: ["doctor", "ventilated"] },
      ...{ saidMs: nightMs, endsMs: nightMs + 8 * 3_600_000 },
    });
  });

  test("a hospital that falls silent afterwards: the desk is told to call, and may open the mission", () => {
    const { logs, asked } = told({ said: ["0 ukd physician#7 asks"] });
    const context = boardHouse(centre, logs);
    const { contact } = context.hosted;
    const others = ["ukd", "neuss", "lst-w"];
    setSites(
      contact,
      others.map((site) => ({ site, devices: [`${site}/box`], mobile: false, ownHouse: false })),
    );
    for (let second = 0; second < 120; second += 1) {
      const now = { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 };
      const beat = { boot: 1, beat: second + 1, wallMs: now.wallMs, storing: true, digest: "" };
      for (const site of others)
        if (site !== "ukd" || second <= 30)
          heardBeat(contact, `${site}/box`, { ...beat, backByMs: null, heard: {} }, now);
      tick(contact, now);
    }
    const now = { wallMs: nightMs + 120_000, monoMs: 120_000 };
    const view = boardView(context, now).centre?.transfers;
    expect(view).toMatchObject([{ state: "open", silentSinceMs: nightMs + 30_000 }]);
    const opened = { kind: "mission.opened/1", by: "dispatcher#1", request: undefined };
    const of = { ...missionBody, from: "ukd", transfer: [...asked], cell: cellOf(context) };
    expect(transferRefusalAt(context, now, { ...opened, body: of })).toBeNull();
  });

  test("one request, one mission: the second is refused, a refusal beside it, and one for what was taken back", () => {
    const refusal = (said: readonly string[], kind = "mission.opened/1") => {
      const { logs, asked } = told({ said });
      const context = boardHouse(centre, logs);
      const opened = { ...missionBody, from: "ukd", transfer: [...asked], cell: cellOf(context) };
      const body = kind === "mission.opened/1" ? opened : { asked: [...asked], reason: "no-vehicle" };
      const post = { kind, by: "dispatcher#1", body, request: undefined };
      return transferRefusalAt(context, atMin(5), post);
    };
    const asks = "0 ukd nurse#7 asks";
    const opens = "1 lst-d dispatcher#1 opens";
    expect(refusal([asks])).toBeNull();
    expect(refusal([asks, opens])).toBe("transfer-opened");
    expect(refusal([asks, opens, "2 lst-d dispatcher#1 closes cancelled"])).toBeNull();
    expect(refusal([asks], "transfer.declined/1")).toBeNull();
    expect(refusal([asks, opens], "transfer.declined/1")).toBe("transfer-opened");
    expect(refusal([asks, opens, "2 lst-d dispatcher#1 closes cancelled"], "transfer.declined/1")).toBeNull();
    expect(refusal([asks, "1 ukd nurse#7 takes back"])).toBe("transfer-taken-back");
    expect(refusal([asks, "1 lst-d dispatcher#1 declines no-vehicle"])).toBeNull();
  });

  test("a refusal waits for the receipt of the hospital that asked", () => {
    const { logs, asked } = told({ said: ["0 ukd nurse#7 asks"] });
    const declined = entry("transfer.declined/1", { asked: [...asked], reason: "no-vehicle" });
    expect(addresseesOf(boardHouse(centre, logs).house.fold, declined)).toEqual(["ukd"]);
  });
});

function cellOf({ data }: ReturnType<typeof boardHouse>) {
  const { latE3, lonE3 } = present(
    data.hospitals.find(({ id }) => id === "ukd"),
    "UKD",
  );
  return { latE2: Math.floor(latE3 / 10), lonE2: Math.floor(lonE3 / 10) };
}
