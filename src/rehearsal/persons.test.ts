import { expect, test } from "vitest";
import { leftForMs, Persons } from "./persons.ts";

test("[REHEARSAL3] a site is left to a person for five minutes after their last word", () => {
  const persons = new Persons();
  persons.wrote("ukd", null, 1_000);
  persons.wrote("rtw-wuppertal-3", "mission.step/1", 2_000);
  persons.wrote("ukd", "hospital.status/1", 3_000);
  expect(leftForMs).toBe(300_000);
  expect(persons.now(4_000)).toEqual([
    { site: "ukd", untilMs: 303_000 },
    { site: "rtw-wuppertal-3", untilMs: 302_000 },
  ]);
  expect([persons.isAt("ukd", 302_999), persons.isAt("ukd", 303_000)]).toEqual([true, false]);
  expect([persons.isAt("wuppertal", 3_000), persons.lastMs("ukd")]).toEqual([false, 3_000]);
  persons.clear();
  expect(persons.now(4_000)).toEqual([]);
});

test("[REHEARSAL3] an ambulance says where it is until a person does", () => {
  const persons = new Persons();
  persons.wrote("rtw-wuppertal-3", "mission.step/1", 1_000);
  expect(persons.places("rtw-wuppertal-3", 1_000)).toBe(false);
  persons.wrote("rtw-wuppertal-3", "mission.position/1", 2_000);
  expect([persons.places("rtw-wuppertal-3", 2_000), persons.places("rtw-wuppertal-3", 302_000)]).toEqual([
    true,
    false,
  ]);
});
