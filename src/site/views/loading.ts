import type { LogId } from "../../basics/name.ts";
import { isCharterLog } from "../../region/charter.ts";
import type { Fold } from "../../region/fold.ts";
import { newAnsweredAsking } from "../exchange/asking.ts";
import { endReplay } from "../house.ts";
import type { House } from "../state.ts";

/*
 * A house beats, exchanges and confirms while what its store holds is still being folded. Only charter and log starts are
 * read before: they say who may connect and which receipts count. Until the fold is there the house is *loading*: its
 * devices write nothing but the beginning of a log, people's facts wait, boards show that it reads, and no advice is made.
 */

/** Called when the store's logs are taken over and charter logs and log starts are read, before the first step. */
export function beginLoading(house: House): void {
  for (const hosted of house.hosted.values()) hosted.asking ??= newAnsweredAsking();
  const logs = [...house.logs.values()];
  const read = new Set<LogId>();
  for (const { id } of logs) if (isCharterLog(house.charter, id)) read.add(id);
  const entries = logs.reduce((sum, { durable }) => sum + durable.range.size, 0);
  house.loading = { entries, read };
  endReplay(house);
}

/** Called when a made fold was taken into use: the house is like any other from here on. */
export function endLoading(house: House): void {
  if (house.loading === null) return;
  house.loading = null;
  endReplay(house);
}

/** How much of what is stored is folded, in whole percent from 0 to 100; null: all of it. */
export function loadingPercent({ loading, filling }: House): number | null {
  if (loading === null) return null;
  const folded = filling === null ? 0 : foldedEntries(filling);
  return loading.entries === 0 ? 100 : Math.min(99, Math.floor((100 * folded) / loading.entries));
}

function foldedEntries(fold: Fold): number {
  let entries = 0;
  for (const { size } of fold.logs.values()) entries += size;
  return entries;
}
