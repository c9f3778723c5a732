/** What both sides respect. The server's settings may be stricter or looser where they say so. */
export const maxFrameBytes = 1_000_000;
export const maxPresenceBytes = 4_096;
export const maxPresenceDepth = 8;
export const maxDocumentBytes = 20_000_000;
/** What the network may owe one member; who is owed more is cut, and comes back. */
export const maxBufferedBytes = 4_000_000;
/** Somebody takes hold of everything on a full board: five values of five thousand notes are replaced at once. */
export const maxDeleteRangesPerUpdate = 25_000;
export const maxFramesPerSecond = 60;
export const maxFramesBurst = 600;
export const maxJsonBodyBytes = 1_000_000;
export const maxImportBytes = 10_000_000;

/** The relay repeats *saved* this often, so that a client hears when a connection went dead. */
export const savedHeartbeatMs = 10_000;
/** A client that heard nothing for this long hangs up and tries again. */
export const silenceTimeoutMs = 25_000;
/** Presence is sent at most this often. */
export const presenceIntervalMs = 50;
