import type { Name } from "../../basics/name.ts";
import type { MissionRow } from "../../site/views/board-view.ts";

/** A mission's row as to one of its requests, so that every tool of a request serves each of them. */
export type Ask = {
  readonly row: MissionRow;
  /** The sending hospital of a transfer was asked about this destination. */
  readonly to?: Name;
};

/** Everything that was asked for a mission and still matters, at least the last request, or that there is none. */
export function asksOf(row: MissionRow): readonly Ask[] {
  const { request: last, otherRequests = [], agreements = [] } = row;
  return [
    ...[...otherRequests, last].map((request) => ({ row: { ...row, request } })),
    ...agreements.map((request) => ({ row: { ...row, request }, to: request.to })),
  ];
}
