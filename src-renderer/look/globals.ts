declare global {
  interface Window {
    /** One whole-screen update: a new reading of every source. Pictures and the benchmark call it. */
    lookTick?: () => void;
    /** What making the invented data of one update costs, ms: it is not the window's cost. */
    lookDataMs?: () => number;
  }
}

export {};
