import { type Growing, growingFloat64, growingInt32 } from "./growing.ts";
import { nodeFlag, nodeFlags, type Tags, type WayRule, wayRule } from "./way-rule.ts";

/** A node of OpenStreetMap; degrees (WGS 84). */
export type OsmNode = {
  readonly id: number;
  readonly lat: number;
  readonly lon: number;
  readonly tags?: Tags | undefined;
};
export type OsmWay = {
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags?: Tags | undefined;
};

/** Everything of an extract that roads are made from, in any order of nodes and ways. */
export class Collector {
  readonly nodeIds: Growing<Float64Array> = growingFloat64();
  readonly latE7: Growing<Int32Array> = growingInt32();
  readonly lonE7: Growing<Int32Array> = growingInt32();
  /** Only nodes that mean something: signals, barriers, entrances. */
  readonly flags = new Map<number, number>();
  /** The nodes of all roads one after the other; road `i` has `refStarts[i]` up to the next one's. */
  readonly refs: Growing<Float64Array> = growingFloat64();
  readonly refStarts: Growing<Int32Array> = growingInt32();
  readonly rules: WayRule[] = [];
  readonly wayIds: number[] = [];

  addNode({ id, lat, lon, tags }: OsmNode): void {
    this.nodeIds.push(id);
    this.latE7.push(Math.round(lat * 1e7));
    this.lonE7.push(Math.round(lon * 1e7));
    if (tags === undefined) return;
    const flags = nodeFlags(tags);
    if (flags !== 0) this.flags.set(id, flags);
  }

  /** Ways that are no road, or closed, leave nothing behind. */
  addWay({ id, refs, tags }: OsmWay): void {
    const rule = tags === undefined ? null : wayRule(tags);
    if (rule === null || refs.length < 2) return;
    this.refStarts.push(this.refs.count);
    this.rules.push(rule);
    this.wayIds.push(id);
    for (const ref of refs) this.refs.push(ref);
  }

  /** Entrances of emergency departments that are mapped. */
  entrances(): readonly { readonly latE7: number; readonly lonE7: number }[] {
    const wanted = new Set<number>();
    for (const [id, flags] of this.flags) if ((flags & nodeFlag.entrance) !== 0) wanted.add(id);
    const found: { readonly latE7: number; readonly lonE7: number }[] = [];
    if (wanted.size === 0) return found;
    for (const [i, id] of this.nodeIds.view().entries()) {
      if (!wanted.has(id)) continue;
      found.push({ latE7: this.latE7.view()[i] ?? 0, lonE7: this.lonE7.view()[i] ?? 0 });
    }
    return found;
  }
}
