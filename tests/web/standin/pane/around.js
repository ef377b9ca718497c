// What Excel does around the task pane and the stand-in of `../excel` does not: it says when another cell is selected, shows
// the pane, presses buttons of the ribbon, and knows where tables are. Runs before every script of the page.

/** @typedef {(event: {completed: () => void}) => void} Command */
/** @typedef {(event: object) => void} Listener */
/** @typedef {{Actions: {Id: number, ActionType: number}[]}} Body */

{
  const PATIENCE_MS = 20_000;
  const TRACE = 5;
  const SELECTION_CHANGED = 2;
  /** @type {Listener[]} */
  const listeners = [];
  const around = {
    /** How often the pane was shown. */
    shows: 0,
    inTables: {
      /**
       * Makes a table of a cell of the first sheet.
       * @param {string} area
       */
      push(area) {
        /** @type {any} */ (globalThis).standIn.settings.book.sheets[0].tableParts = { Table1: { area, columns: ["Column1"] } };
      },
    },
    /**
     * Selects a cell, as somebody would with a click.
     * @param {string} cell
     */
    select(cell) {
      /** @type {any} */ (globalThis).standIn.settings.book.selection = cell;
      listeners.forEach((listener) => listener({}));
    },
    /**
     * Presses a button of the ribbon, and waits until its command says that it is over.
     * @param {string} id
     * @returns {Promise<void>}
     */
    press(id) {
      /** @type {Command} */
      const command = /** @type {any} */ (Office.actions)._association.mappings[id.toUpperCase()];
      return new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error(`Excel was not told that ${id} is over.`)), PATIENCE_MS);
        command({ completed: resolve });
      });
    },
  };
  Object.assign(globalThis, { around });

  /** Is ready before any script of the page that waits for Office. */
  const begin = () => {
    if ("Office" in globalThis) {
      document.removeEventListener("readystatechange", begin);
      void Office.onReady().then(ready);
    }
  };
  document.addEventListener("readystatechange", begin);

  /**
   * When office.js adds a listener, it asks Excel to say which of its actions were done.
   * @param {{_answer: (body: Body) => Promise<string>}} standIn
   */
  const tracing = (standIn) => {
    const answer = standIn._answer.bind(standIn);
    standIn._answer = async (body) => {
      const traces = body.Actions.filter(({ ActionType: type }) => type === TRACE);
      const text = await answer({ ...body, Actions: body.Actions.filter((action) => !traces.includes(action)) });
      return traces.length ? JSON.stringify({ ...JSON.parse(text), TraceIds: traces.map(({ Id: id }) => id) }) : text;
    };
  };

  /** @param {{host: Office.HostType}} info */
  const ready = async ({ host }) => {
    if (!host) {
      return;
    }
    Office.addin.showAsTaskpane = async () => void around.shows++;
    const register = async (/** @type {number} */ kind, /** @type {string} */ _target, /** @type {Listener} */ listener) => {
      if (kind === SELECTION_CHANGED) {
        listeners.push(listener);
      }
    };
    Object.defineProperty(OfficeExtension.ClientRequestContext.prototype, "eventRegistration", { value: { register } });
    await /** @type {any} */ (globalThis).standInLoaded;
    tracing(/** @type {any} */ (globalThis).standIn);
  };
}
