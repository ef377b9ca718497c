// Requests to Excel: few, because each takes its time, and none larger than Excel on the web accepts.

import { isSupported } from "../supported.js";

/** Of 5 million characters that Excel on the web accepts. What is counted is less than what is sent. */
const MOST_CHARACTERS = 1_000_000;

export class Requests {
  /**
   * @param {Excel.RequestContext} context
   * @param {AbortSignal} [signal]
   */
  constructor(context, signal) {
    this.context = context;
    this._signal = signal;
    this._size = 0;
  }

  /**
   * Begins to write something of some size. What is pending is sent if it would become too large.
   * @param {number} characters
   */
  async make(characters) {
    if (this._size > 0 && this._size + characters > MOST_CHARACTERS) {
      await this.send();
    }
    if (this._size === 0) {
      this._suspend();
    }
    this._size += characters;
  }

  /** Sends what is pending. Rejects with the signal's reason if somebody has cancelled. */
  async send() {
    this._size = 0;
    this._signal?.throwIfAborted();
    await this.context.sync();
    this._signal?.throwIfAborted();
  }

  /** Sends what is pending and changes the workbook. */
  async write() {
    await this.send();
  }

  /** The screen and the cells are brought up to date after the request. That counts for what comes after it. */
  _suspend() {
    const { application } = this.context;
    if (isSupported("1.9")) {
      application.suspendScreenUpdatingUntilNextSync();
    }
    application.suspendApiCalculationUntilNextSync();
  }
}

const PAUSE_MS = 1_000;
const LONGEST_EDIT = 300; // pauses
const ATTEMPTS = 3;

/**
 * Does something that must not stay undone: again if Excel refuses, and while somebody types in a cell.
 * @param {(context: Excel.RequestContext) => Promise<void>} action Can be done more than once.
 * @param {() => void} [onEditing] Called while somebody types.
 */
export async function patiently(action, onEditing = () => {}) {
  for (let edits = 0, failures = 0; ; ) {
    try {
      return await Excel.run({ delayForCellEdit: true }, action);
    } catch (error) {
      const isEditing = error instanceof OfficeExtension.Error && error.code === "InvalidOperationInCellEditMode";
      if (isEditing ? ++edits > LONGEST_EDIT : ++failures === ATTEMPTS) {
        throw error;
      }
      if (isEditing) {
        onEditing();
      } else {
        console.error(error);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
