import type { JSX } from "preact";

/** Every sign of the boards: told apart by its outline, on paper and without colours too. */
export type MarkShape =
  | "open"
  | "limited"
  | "full"
  | "cannot"
  | "unconfirmed"
  | "silent"
  | "absent"
  | "old"
  | "heard"
  | "accepted"
  | "late"
  | "unheard";

/** Drawn in a square of 16 units: what is filled, and what is only a line. */
const drawings: { readonly [shape in MarkShape]: { readonly fill?: string; readonly line?: string } } = {
  open: { fill: "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z" },
  limited: { line: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z", fill: "M8 2a6 6 0 0 1 0 12z" },
  full: { fill: "M2 2h12v12H2z" },
  cannot: { line: "M3 3l10 10M13 3L3 13" },
  unconfirmed: { line: "M5 6a3 3 0 1 1 4.6 2.5C8.5 9.2 8 9.7 8 10.8", fill: "M6.8 12.6h2.4V15H6.8z" },
  silent: { line: "M8 2L14.5 14h-13zM8 6.5V10", fill: "M7.2 11.3h1.6v1.6H7.2z" },
  absent: { line: "M4 8h8" },
  old: { line: "M8 2a6 6 0 0 1 5 2.7M14 8a6 6 0 0 1-2.7 5M8 14a6 6 0 0 1-5-2.7M2 8a6 6 0 0 1 2.7-5" },
  accepted: { line: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM4.8 8.2l2.3 2.3L11.2 6" },
  heard: { line: "M3 8.5l3.5 3.5L13 4.5" },
  late: { line: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2zM8 4.5V8l2.5 2" },
  unheard: { line: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z" },
};

/** The colour that a sign may have: only what is certain now has one. */
export function toneOf(shape: MarkShape): "open" | "limited" | "full" | "cannot" | "silent" | "soft" {
  if (shape === "accepted") return "open";
  const isCertain =
    shape === "open" || shape === "limited" || shape === "full" || shape === "cannot" || shape === "silent";
  return isCertain ? shape : "soft";
}

/** The sign alone, inside an SVG. An anchor of a later build may say what has no sign here (BOARD113): that is drawn too. */
export function MarkDrawing({ shape }: { readonly shape: MarkShape }): JSX.Element {
  const { fill, line } = drawings[shape] ?? drawings.unconfirmed;
  return (
    <>
      {line !== undefined && <path d={line} class="mark-line" />}
      {fill !== undefined && <path d={fill} class="mark-fill" />}
    </>
  );
}

/** A sign beside its word. Readers hear the word alone. */
export function Mark({ shape }: { readonly shape: MarkShape }): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <MarkDrawing shape={shape} />
    </svg>
  );
}
