// The end of Excel in a calculation: gives calls to Microsoft's own runtime of custom functions, and takes its results.
//
// Microsoft's office.js does all but that outside of Excel too. Where an Excel is around it, the two talk in messages
// of JSON through a bridge, which is an object of this name. So calls, errors and results are what Excel would see, and
// only Excel itself is missing. What office.js learns from Excel at its start is put into its objects by `begin`.
//
// A classic script that runs before office.js.

/** @typedef {{value: any[][]} | {error: string, message: string}} Cell What a cell shows after a call. */
/** @typedef {(message: string) => void} Listener */

/** The errors by the numbers under which the runtime reports a rejected promise. */
const BY_NUMBER = new Map([[1, "#N/A"], [5, "#DIV/0!"], [6, "#NUM!"], [7, "#VALUE!"], [8, "#NULL!"]]); // prettier-ignore
const REQUEST = 1;
const RESPONSE = 2;
const EVENTS = 3;
const FUNCTIONS = 1; // a category of events
const INVOKED = 1000; // an event of it
const TAKES_ERRORS_AND_DATA_TYPES = 4 | 8; // as functions.json says
const CALLS_IN_A_MESSAGE = 1000;

/** Excel, as far as the runtime of custom functions knows it. */
class Excel_ {
  constructor() {
    /** How often an add-in had the workbook calculated. */
    this.calculations = 0;
    /** Whether this Excel shows data types. */
    this.hasDataTypes = true;
    /** @type {Map<number, (cell: Cell) => void>} */
    this._waiting = new Map();
    this._calls = 0;
    this._bridge = {
      /** @type {Listener} */
      onMessageFromHost: () => {},
      /** @type {Listener} */
      sendMessageToHost: (text) => this._take(JSON.parse(text)),
    };
    Object.assign(globalThis, { _richApiNativeBridge: this._bridge });
  }

  /** Is ready when office.js is, and tells it what it would have asked Excel at its start. Runs after it. */
  begin() {
    const ready = this._loaded().then(() => {
      const isSetSupported = (/** @type {string} */ set) => set !== "CustomFunctionsRuntime" || this.hasDataTypes;
      Object.assign(Office.context, { requirements: { isSetSupported } });
      return { host: Office.HostType.Excel, platform: Office.PlatformType.PC };
    });
    Office.onReady = () => ready;
  }

  /** The second of office.js's scripts is loaded by the first, and brings the errors. */
  async _loaded() {
    while (!CustomFunctions.Error) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /**
   * Calculates cells, all at once, and returns what they show.
   * @param {[name: string, args: any[]][]} calls
   * @returns {Promise<Cell[]>}
   */
  calculate(calls) {
    const entries = calls.map(([name, args]) => {
      const id = ++this._calls;
      const call = [id, name, args.map(coded), "Sheet1!A1", TAKES_ERRORS_AND_DATA_TYPES];
      return { id, entry: [FUNCTIONS, INVOKED, "", call, id] };
    });
    const shown = entries.map(({ id }) => new Promise((resolve) => this._waiting.set(id, resolve)));
    for (let from = 0; from < entries.length; from += CALLS_IN_A_MESSAGE) {
      const some = entries.slice(from, from + CALLS_IN_A_MESSAGE).map(({ entry }) => entry);
      this._give({ type: EVENTS, message: { entries: some } });
    }
    return Promise.all(shown);
  }

  /** @param {object} message */
  _give(message) {
    this._bridge.onMessageFromHost(JSON.stringify(message));
  }

  /**
   * Takes a request of office.js.
   * @param {any} message
   */
  _take({ id, type, message }) {
    if (type !== REQUEST) {
      return;
    }
    for (const { Name: name, ArgumentInfo: given } of message.body.Actions) {
      if (name === "SetInvocationArrayResults") {
        given.Arguments[0].forEach((/** @type {any[]} */ result) => this._show(result));
      } else if (name === "Calculate") {
        this.calculations++;
      }
    }
    const answer = { statusCode: 200, headers: {}, body: JSON.stringify({ Results: [] }) };
    setTimeout(() => this._give({ id, type: RESPONSE, flags: 0, message: answer }));
  }

  /** @param {any[]} result */
  _show([id, isWell, value, code]) {
    this._waiting.get(id)?.(isWell ? { value } : { error: BY_NUMBER.get(code) ?? "#VALUE!", message: value });
    this._waiting.delete(id);
  }
}

/**
 * An argument as Excel sends it: data types, errors among them, are JSON inside of the JSON.
 * @param {any} argument
 * @returns {any}
 */
function coded(argument) {
  if (Array.isArray(argument)) {
    return argument.map(coded);
  }
  return typeof argument === "object" && argument !== null ? { value: JSON.stringify(argument) } : argument;
}

Object.assign(globalThis, { standIn: new Excel_() });
