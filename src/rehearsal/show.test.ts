import { describe, expect, test } from "vitest";
import { type Pace, Show, setOutAfterMs, silentForMs, underWayWithinMs } from "./show.ts";

function night() {
  const did: string[] = [];
  const seen = { areUnderWay: false };
  const show = new Show(
    {
      setOut: () => did.push("set out"),
      areUnderWay: () => seen.areUnderWay,
      lose: () => did.push("lost"),
      bringBack: () => did.push("back"),
    },
    0,
  );
  return { did, seen, show };
}

const none: Pace = { isAttended: true, isRead: false, mayLose: false, mayBringBack: false };

describe("[REHEARSAL6] the night", () => {
  test("takes its own time where nobody is walked through it", () => {
    const { did, show } = night();
    show.tick(setOutAfterMs - 1, null);
    expect([did, show.row(null).nextMs]).toEqual([[], setOutAfterMs]);
    const lostMs = setOutAfterMs + underWayWithinMs;
    for (const nowMs of [setOutAfterMs, lostMs - 1, lostMs, lostMs + silentForMs - 1]) show.tick(nowMs, null);
    expect(did).toEqual(["set out", "lost"]);
    show.tick(lostMs + silentForMs, null);
    show.tick(lostMs + 10 * silentForMs, null);
    expect([did, show.row(null)]).toEqual([
      ["set out", "lost", "back"],
      { stage: "back", sinceMs: lostMs + silentForMs, nextMs: null },
    ]);
  });

  test("waits for the steps of the walk, however long, and goes on with them at once", () => {
    const { did, seen, show } = night();
    show.tick(setOutAfterMs * 100, none);
    expect([did, show.row(none).nextMs]).toEqual([[], null]);
    show.tick(setOutAfterMs * 100, { ...none, isRead: true, mayLose: true });
    seen.areUnderWay = true;
    show.tick(setOutAfterMs * 100 + 1, none);
    show.tick(setOutAfterMs * 100 + silentForMs * 9, none);
    expect(did).toEqual(["set out", "lost"]);
    show.tick(setOutAfterMs * 100 + silentForMs * 9, {
      ...none,
      isRead: true,
      mayLose: true,
      mayBringBack: true,
    });
    expect(did.at(-1)).toBe("back");
  });

  test("loses nothing before the first step is done, whether its page is open or was closed; then it takes its own time", () => {
    const { did, show } = night();
    const away = { ...none, isAttended: false };
    show.tick(setOutAfterMs * 100, away);
    expect([did, show.row(away).nextMs]).toEqual([[], null]);
    const readMs = setOutAfterMs * 101;
    const read = { ...away, isRead: true };
    show.tick(readMs, read);
    show.tick(readMs + setOutAfterMs - 1, read);
    expect([did, show.row(read).nextMs]).toEqual([[], readMs + setOutAfterMs]);
    show.tick(readMs + setOutAfterMs, read);
    show.tick(readMs + setOutAfterMs + underWayWithinMs, read);
    expect(did).toEqual(["set out", "lost"]);
    expect(show.row(read).nextMs).toBe(readMs + setOutAfterMs + underWayWithinMs + silentForMs);
  });

  test("goes on when it is called, one thing a call", () => {
    const { did, show } = night();
    show.call();
    show.tick(1, none);
    show.tick(2, none);
    expect(did).toEqual(["set out"]);
    show.call();
    show.tick(3, none);
    show.call();
    show.tick(4, none);
    show.call();
    show.tick(5, none);
    expect(did).toEqual(["set out", "lost", "back"]);
  });

  test("does not bring back what a hand has brought back", () => {
    const { did, show } = night();
    for (const nowMs of [1, 2]) {
      show.call();
      show.tick(nowMs, none);
    }
    show.broughtBack(3);
    show.tick(silentForMs * 2, null);
    expect([did, show.row(null).stage]).toEqual([["set out", "lost"], "back"]);
  });
});
