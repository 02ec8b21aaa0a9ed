/**
 * A region's roads as an ambulance may drive them: junctions, and the segments between them. Only junctions (and the
 * ends of dead ends) are nodes; what bends in between is the shape of a segment. Every junction reaches every other.
 *
 * Junctions lie along a space-filling curve, segments in the order of their `from`. Times are those of the profile.
 */
export type Network = {
  readonly junctionLatE7: Int32Array;
  readonly junctionLonE7: Int32Array;
  /** Each segment may be driven from `from` to `to`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Milliseconds along the segment, above 0. */
  readonly forwardMs: Int32Array;
  /** The same from `to` to `from`; −1: one-way. */
  readonly backwardMs: Int32Array;
  /** Milliseconds that the junction at the end takes whoever comes over this segment: at `to`, at `from`. */
  readonly enterToMs: Uint16Array;
  readonly enterFromMs: Uint16Array;
  /** Segment `s` has the points `pointStart[s]` … `pointStart[s + 1] - 1`, both junctions among them. */
  readonly pointStart: Int32Array;
  readonly pointLatE7: Int32Array;
  readonly pointLonE7: Int32Array;
  /** Share of `forwardMs` passed at this point, of 65,535; the first has 0, the last 65,535. */
  readonly pointShare: Uint16Array;
};

export const shareMax = 65_535;
export const oneWayMs = -1;

/** A place on the road. */
export type RoadPlace = {
  readonly segment: number;
  /** 0 at `from`, 65,535 at `to`. */
  readonly share: number;
  /** Whole metres from the asked position to the road. */
  readonly offRoadM: number;
};
