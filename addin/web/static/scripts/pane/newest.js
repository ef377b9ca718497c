// Questions to the server of which only the newest counts, such as a search while somebody types.

import { mend, patiently } from "./messages.js";

/** Does one work at a time: a new one ends the former, and what that still finds is not shown. */
export class Newest {
  constructor() {
    this.controller = new AbortController();
    /**
     * Why the former work failed; null if it did not.
     * @type {unknown}
     */
    this.failure = null;
  }

  /**
   * Does work and shows what it finds, and that a former failure is over. Rejects if the work does, unless it was ended.
   * @template Found
   * @param {(signal: AbortSignal) => Promise<Found>} work
   * @param {(found: Found) => void} show
   * @returns {Promise<void>}
   */
  async run(work, show) {
    this.end();
    const { signal } = this.controller;
    try {
      const found = await patiently(work(signal));
      if (!signal.aborted) {
        mend(this.failure);
        this.failure = null;
        show(found);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.failure = error;
        throw error;
      }
    }
  }

  /** Ends the work that is being done. */
  end() {
    this.controller.abort();
    this.controller = new AbortController();
  }
}

/**
 * Waits, unless the signal ends it.
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function quiet(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
