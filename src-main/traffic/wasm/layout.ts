/**
 * Numbers that both sides of the scanner know: this program and the WebAssembly that is made of `assembly/`. Plain numbers only, for
 * AssemblyScript reads this file too.
 */

/** Whole numbers of a row (4 bytes each) by place; three doubles of 8 bytes follow them. */
export const rowLineStart = 0;
export const rowLineEnd = 1;
export const rowClientStart = 2;
export const rowClientEnd = 3;
export const rowMethodStart = 4;
export const rowMethodEnd = 5;
export const rowPathStart = 6;
export const rowPathEnd = 7;
export const rowReferrerStart = 8;
export const rowReferrerEnd = 9;
export const rowAgentStart = 10;
export const rowAgentEnd = 11;
export const rowStatus = 12;
export const rowHour = 13;
/** Two for each of route, client, referrer, agent. */
export const rowHashes = 14;
/** Where the line goes on behind everything that is known. */
export const rowTail = 22;
/** Doubles, counted in steps of 8 bytes from the row's begin. */
export const rowSentBytes = 12;
export const rowTimeMs = 13;
export const rowAtSecond = 14;
export const rowWholeNumbers = 30;
export const rowDoubles = 15;
export const rowBytes = 120;

/** How a line is laid out. */
export const hostFirst = 1;
export const agentBehind = 2;
/** The response time is the last field. */
export const timeLast = 4;

/** Addresses. Row and line counts of the last scan, then the seeds of the hashes. */
export const countsAddress = 1_024;
export const seedsAddress = 1_040;
export const masksAddress = 1_088;
export const stampAddress = 1_120;
export const rowsAddress = 4_096;
export const rowLimit = 1_024;
/** Begin and end of lines that are no requests. */
export const badLinesAddress = 131_072;
export const badLineLimit = 1_024;
/** Lines are copied here … */
export const inputAddress = 139_264;
export const inputBytes = 262_144;
/** … or read from a file to here, beside the ends of lines that pieces begin with. */
export const roomAddress = 401_472;
export const roomBytes = 1_048_576;
/** What stands behind either may be loaded, never used: 64 bytes at most. */
export const memoryPages = 23;

export const longestLine = 65_536;

/** Odd numbers of the hash; four lanes each. */
export const primeA0 = 0x05ebca6b;
export const primeA1 = 0x42b2ae35;
export const primeA2 = 0x27d4eb2f;
export const primeA3 = 0x1e3779b1;
export const primeB0 = 0x165667b1;
export const primeB1 = 0x4c9e2d51;
export const primeB2 = 0x1b873593;
export const primeB3 = 0x66546b65;
