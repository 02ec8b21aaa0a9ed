/** Entries and bytes of one commit (design §3). */
export const batchEntriesMax = 256;
export const batchBytesMax = 524_288;
/**
 * Entries' bytes of one packet of catch-up, if a kept checkpoint ends within them: a beat that has to wait behind it on
 * an uplink of 128 kbit/s is 4 s late, not 33.
 */
export const catchUpBytesMax = 65_536;
/** An entry so young goes before what a peer lacks of others (design §4, Packets). */
export const freshForMs = 60_000;
/** A holder cosigns one log at most this often (design §4, Receipt). */
export const receiptEveryMs = 200;
/**
 * So long receipts wait in memory for an entry that they can be stored with; they are told and shown at once. A commit
 * takes a disk 10 to 30 ms, and half of a centre's were of receipts alone. What a crash takes is told again by whoever
 * gave it.
 */
export const receiptsTogetherMs = 250;
/** So many do not wait any longer. */
export const receiptsTogetherMax = 256;
/** How often a peer is told again of the receipts that it should know. */
export const receiptsAgainMs = 30_000;
/** How often a control centre tells another one again of all receipts that it knows. */
export const receiptsAllAgainMs = 60_000;
/** Of these so many in one packet, about as long as one of entries ({@link catchUpBytesMax}). */
export const receiptsAgainInPacketMax = 128;
/** Entries hashed to find the root for a receipt that is about a size in between; what lies further off proves nothing. */
export const provingEntriesMax = 8_192;
/** How long a device asks at its start what others hold of its log (design §4, Epoch). */
export const askPeersForMs = 3_000;
/** A counter above this that a peer only tells of is no reason for a higher one: counters would run out. */
export const toldCounterMax = 900_000_000;
/** After so long without an answer another peer may show what the first one did not. */
export const forkSearchStallsMs = 5_000;
/** Who is not sure what it shares with the known histories of a forked log asks for them so often. */
export const historiesAskedEveryMs = 10_000;
/** After so many questions, ten minutes of them, perhaps nobody is left who holds one: then it is asked so often. */
export const historiesAskedOftenMax = 60;
export const historiesAskedLaterMs = 600_000;
/** A link on which nothing was heard for so many of its beats is closed and dialed anew. */
export const linkDeadAfterBeats = 15;
/** How often one link may ask the same question of the exchange again. */
export const exchangeEveryMs = 2_000;
/** Whose digest was ours so recently only lags: what it lacks is on its way. */
export const digestLagMs = 4_000;
/** An equal digest tells what the peer holds of every log; it is looked at so often. */
export const placedEveryMs = 10_000;
/** For so long it is left to others to give a peer what they wrote or centres hold, before we do. */
export const relayAfterMs = 3_000;
/** For so long a peer that lacked what others should have given it is passed everything at once, by whoever saw that. */
export const relayForMs = 60_000;
export const siteLogsEveryMs = 1_000;
/** Questions and answers about the logs of a site, three forms a site, that one link may cause; no region has so many. */
export const sitesAskedMax = 12_288;
/** How often missions that ended long ago leave the fold. */
export const leaveEveryMs = 3_600_000;
/** How often a store that failed is tried again. */
export const probeEveryMs = 1_000;
/** A commit that takes longer shows as *slow disk*. */
export const slowDiskAfterMs = 1_000;
/** Local submissions that may wait for the disk; more are refused at once. */
export const submissionsWaitingMax = 4_096;
/** Observations of the house that wait for a store that failed; more are noted as not written. */
export const unsaidMax = 1_024;
/** Roots of a log kept in memory to check receipts against, and of the last of them the tree. */
export const recentRootsMax = 64;
export const recentRangesMax = 8;
/** A word that lets patients in is asked for again this long before it ends (certainty C), or … */
export const askAgainBeforeMs = 1_800_000;
/** … in this last part of its life where that is shorter. */
export const askAgainLastPart = 8;
/** A position older than this is marked as old on a hospital's board. */
export const positionOldAfterMs = 120_000;
/** For so long a board says that its site had to begin a new log. */
export const newLogShownMs = 3_600_000;
/** For so long a hospital sees that a patient goes elsewhere, and what it answered. */
export const divertedShownMs = 600_000;
/** For so long boards show a transfer that was asked for and is over: declined, taken back, run out. */
export const transferOverShownMs = 1_800_000;
/** Packets of runs that are known again by their bytes: more than are under way at once, and none of a catch-up. */
export const takenRunsMax = 64;
export const takenRunBytesMax = 16_384;
/** A process of many devices judges and beats for so many parts of them in turn: all at once took it 50 ms. */
export const tickPartsMax = 8;
/** How often peers compare the keys of cases that both should have. */
export const slotsAgainMs = 30_000;
/** How often one link may ask for that comparison. */
export const slotsEveryMs = 1_000;
/** Slots kept in memory that came before the facts that say who may read their case. */
export const earlySlotsMax = 1_024;
/** Ids of slots that one packet names. */
export const slotIdsInPacketMax = 16_000;
/** Cases looked at in one tick for readers who have no key yet. */
export const casesInTickMax = 64;
/** A reader who is not the case's own site wraps its key for others when these still lack it after so long. */
export const wrapForOthersAfterMs = 30_000;
/** When a key that the shell was asked to wrap did not come, it is asked again. */
export const wrapAgainMs = 30_000;
/** A pocket is sent a view at most this often, each the newest. */
export const viewEveryMs = 50;
/** Views that leave in one step: what changes all of them at once must not keep beats waiting. */
export const viewsAtOnceMax = 256;
