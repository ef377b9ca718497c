// Excel around the add-in: takes the messages of Microsoft's office.js, and answers them from a workbook in the model.

import { NEW, Requests } from "./requests.js";
import { Workbook } from "./workbook.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./requests.js").Body} Body */

/**
 * What a test wants of Excel.
 * @typedef {object} Settings
 * @property {Book} book
 * @property {Record<string, number>} [requirements] The sets of API members, when a page is opened.
 * @property {boolean} [editing] Whether somebody types in a cell: Excel then refuses requests, or lets them wait.
 * @property {boolean} [insertsCharts] Whether sheets with charts can be inserted: not in Excel on the web.
 * @property {number} [failsIn] Which one of the next requests fails, from 1: half of it is done before.
 * @property {string} [failure] The code of that failure.
 */

const REQUEST = 1;
const RESPONSE = 2;
const WAITS_FOR_EDITING = 64; // a flag of requests under `delayForCellEdit`
const MOST_BYTES = 5_000_000; // of a request or an answer, in Excel on the web

export class Host {
  /**
   * @param {Settings} settings
   * @param {(message: object) => void} tell
   */
  constructor(settings, tell) {
    this.settings = settings;
    this._tell = tell;
    this._isDeaf = false;
    this.workbook = new Workbook(settings.book);
    this._requests = new Requests(this.workbook);
    /** How many requests there were, and how many characters the largest had. */
    this.requests = 0;
    this.largest = 0;
  }

  /**
   * Opens another workbook.
   * @param {Book} book
   */
  open(book) {
    this.settings.book = book;
    this.workbook = new Workbook(book);
    this._requests = new Requests(this.workbook);
    this.requests = 0;
    this.largest = 0;
  }

  /** Takes no requests any more, as if the page were closed. */
  takesNoMore() {
    this._isDeaf = true;
  }

  /** @param {any} message */
  async take({ id, type, flags, message }) {
    if (type !== REQUEST || this._isDeaf) {
      return;
    }
    while (this.settings.editing && flags & WAITS_FOR_EDITING) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const body = await this._answer(message.body);
    this._tell({ id, type: RESPONSE, flags: 0, message: { statusCode: 200, headers: {}, body } });
  }

  /**
   * @param {Body} body
   * @returns {Promise<string>}
   */
  async _answer(body) {
    const { length } = JSON.stringify(body);
    if (isOffices(body)) {
      return JSON.stringify(this._requests.answer(body));
    }
    this.requests++;
    this.largest = Math.max(this.largest, length);
    const refusal = this._refusal(length);
    if (refusal) {
      return refused(refusal);
    }
    await this._readFiles(body);
    this.workbook._insertsCharts = this.settings.insertsCharts ?? false;
    if (this.settings.failsIn && --this.settings.failsIn === 0) {
      this._requests.answer({ ...body, Actions: body.Actions.slice(0, body.Actions.length / 2) });
      return refused(this.settings.failure ?? "GeneralException");
    }
    const answer = JSON.stringify(this._requests.answer(body));
    return answer.length > MOST_BYTES ? refused("ResponsePayloadSizeLimitExceeded") : answer;
  }

  /** @param {number} length */
  _refusal(length) {
    if (this.settings.editing) {
      return "InvalidOperationInCellEditMode";
    }
    return length > MOST_BYTES ? "RequestPayloadSizeLimitExceeded" : "";
  }

  /**
   * Reads the .xlsx files whose sheets are about to be inserted. A test's program does that.
   * @param {Body} body
   */
  async _readFiles({ Actions: actions }) {
    for (const { Name: name, ArgumentInfo: given } of actions) {
      if (name === "InsertWorksheetsFromBase64") {
        const file = given?.Arguments?.[0];
        const read = /** @type {any} */ (globalThis).standInReadsFile;
        this.workbook._files.set(file, await read(file));
      }
    }
  }
}

/**
 * Whether office.js asks for itself, to say that it is there and to tidy up: nothing that a test counts.
 * @param {Body} body
 */
function isOffices({ Actions: actions, ObjectPaths: paths }) {
  const isNew = Object.values(paths).some(({ ObjectPathType }) => ObjectPathType === NEW);
  return isNew || actions.some(({ Name }) => Name === "_RemoveReference");
}

/** @param {string} code */
function refused(code) {
  const error = { ActionIndex: 0, Code: code, Message: `The stand-in of Excel refuses: ${code}.`, Location: "", HttpStatusCode: 400 };
  return JSON.stringify({ Results: [], Error: error });
}
