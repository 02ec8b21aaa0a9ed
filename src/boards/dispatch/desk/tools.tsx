import "./desk.css";
import { CutOff, CutOffHead } from "../cut-off.tsx";
import { Legend } from "../legend.tsx";
import { HospitalMap } from "../map.tsx";
import { personText } from "../person.ts";
import { preparePaper, wholeOf } from "../whole.ts";
import { CallNote } from "./call-note.tsx";
import { Calls } from "./calls.tsx";
import { CellLooks } from "./cell-looks.tsx";
import { ChoiceConfirm, choiceOrder } from "./choice-confirm.tsx";
import { DeskBar } from "./desk-bar.tsx";
import { DoorCard } from "./door-card.tsx";
import { filtered } from "./filter.ts";
import { FilterBar, FilterControls, MissionFilter } from "./filter.tsx";
import { FreshNote } from "./fresh-note.tsx";
import { KeepForm } from "./keep-form.tsx";
import { MissionTools } from "./mission-tools.tsx";
import { SteerForm } from "./steer-form.tsx";
import { TakeBack } from "./take-back.tsx";
import { TaskLine } from "./tasks.tsx";
import { Tray } from "./tray.tsx";
import { orderText, radioText } from "./words.ts";

/** What a desk works with beside its rows: loaded after them. */
export const tools = {
  CallNote,
  Calls,
  CellLooks,
  ChoiceConfirm,
  CutOff,
  CutOffHead,
  DeskBar,
  DoorCard,
  FilterBar,
  FilterControls,
  FreshNote,
  HospitalMap,
  KeepForm,
  Legend,
  MissionFilter,
  MissionTools,
  SteerForm,
  TakeBack,
  TaskLine,
  Tray,
  choiceOrder,
  filtered,
  orderText,
  personText,
  preparePaper,
  radioText,
  wholeOf,
};

export type Tools = typeof tools;
