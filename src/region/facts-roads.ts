import { closureReasons } from "./desk-choices.ts";
import { choice, factRef, moment, whole } from "./fields.ts";
import { defineKind } from "./kind.ts";

const controlCentre = ["control-centre"] as const;

export const roadClosed = defineKind(
  "road.closed/1",
  controlCentre,
  {
    de: "Ein Ort, an dem eine Zeit lang keine Straße befahrbar ist. Kein Ort eines Patienten.",
    en: "A place where no road can be driven for a time. Not the place of a patient.",
  },
  {
    latE3: whole(-90_000, 90_000, {
      de: "Breite, Tausendstel Grad.",
      en: "Latitude, thousandths of a degree.",
    }),
    lonE3: whole(-180_000, 180_000, {
      de: "Länge, Tausendstel Grad.",
      en: "Longitude, thousandths of a degree.",
    }),
    radiusM: whole(10, 5_000, {
      de: "Umkreis in Metern: Jede Straße, die hineinreicht, ist gesperrt.",
      en: "Radius in metres: every road that reaches into it is closed.",
    }),
    reason: choice(closureReasons, { de: "Grund.", en: "Reason." }),
    endsMs: moment({
      de: "Ende. Danach bedeutet die Sperrung nichts mehr; nach 31 Tagen ohnehin nicht.",
      en: "The end. After it the closure means nothing; after 31 days it does not in any case.",
    }),
  },
);

export const roadOpened = defineKind(
  "road.opened/1",
  controlCentre,
  {
    de: "Eine Sperrung ist vor ihrem Ende aufgehoben, oder war ein Irrtum.",
    en: "A closure is lifted before its end, or was a slip.",
  },
  { closed: factRef({ de: "Die Sperrung: ihr `road.closed`.", en: "The closure: its `road.closed`." }) },
);

export const roadKinds = [roadClosed, roadOpened] as const;
