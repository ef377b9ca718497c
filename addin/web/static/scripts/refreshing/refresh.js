// Refresh of the open workbook: Marketbook's sheets are brought up to date in place, all of them or none.
//
// The workbook is read, and the server says what is to be done: up to there, nothing has changed. Then the sheets are copied,
// and written. If that fails or is cancelled, everything is put back from the copies.

import { isSupported } from "../supported.js";
import { removeAdded } from "./added.js";
import { instructionsFor } from "./asking.js";
import { howItIs } from "./before.js";
import { updateCharts } from "./charts.js";
import { dropCopies, keepAside, makeCopies } from "./copies.js";
import { BUSY, CHANGED, NOT_PUT_BACK, Refused, told, toldAfterPuttingBack, TOO_OLD, UNFINISHED } from "./failures.js";
import { dropDeadLinks } from "./links.js";
import { refuseIfReferredTo } from "./moved.js";
import { writeNames } from "./names.js";
import { addSheets, drawCharts, newSheets } from "./new_sheets.js";
import { abandonedNotes, newNote, noteAgain, noteDown, remove } from "./notes.js";
import { putBack } from "./putting_back.js";
import { readWorkbook } from "./reading.js";
import { writeRecords } from "./records.js";
import { patiently, Requests } from "./requests.js";
import { writeSheet } from "./sheets.js";
import { addStyles } from "./styles.js";

/** @typedef {import("./wire.js").RefreshRequest} RefreshRequest */
/** @typedef {import("./wire.js").Instructions} Instructions */
/** @typedef {import("./before.js").Before} Before */
/** @typedef {import("./notes.js").Note} Note */
/** @typedef {import("./new_sheets.js").NewSheet} NewSheet */

/** @typedef {(text: string, done: number, total: number) => void} OnProgress The total is 0 if nobody knows it. */

/**
 * @typedef {object} Options
 * @property {string} [market] The market for a workbook without Marketbook sheets.
 * @property {OnProgress} [onProgress]
 * @property {AbortSignal} [signal] Cancels the refresh, which then rejects with its reason.
 */

/**
 * What a refresh has done. `refused` says why the user's assumptions are refused; it is blank if they are not.
 * @typedef {object} Refreshed
 * @property {number} sheets How many sheets were written.
 * @property {string[]} changes The changed figures in words.
 * @property {import("./wire.js").KeptAside[]} keptAside The sheets that the user had changed, with the names of their copies.
 * @property {string} market
 * @property {string} unit
 * @property {string} refused
 */

const OLDEST = "1.9";
const ATTEMPTS = 2;
const EDITED = "Waiting for the cell that is being edited: press Enter or Esc";

let isRunning = false;

/** Who was at work in this pane: nobody, if no refresh is running. @type {Set<string>} */
const own = new Set();

/**
 * Brings Marketbook's sheets up to date. Rejects with an Error whose message is a sentence, and with the signal's reason if it
 * was cancelled. The workbook is then as it was.
 * @param {Options} [options]
 * @returns {Promise<Refreshed>}
 */
export async function refresh({ market = "", onProgress = () => {}, signal } = {}) {
  if (isRunning) {
    throw new Refused(BUSY);
  }
  if (!isSupported(OLDEST)) {
    throw new Refused(TOO_OLD);
  }
  isRunning = true;
  try {
    return await attempts(market, onProgress, signal);
  } finally {
    isRunning = false;
  }
}

/**
 * If somebody changes Marketbook's sheets while the server thinks, it is asked again.
 * @param {string} market
 * @param {OnProgress} onProgress
 * @param {AbortSignal} [signal]
 * @returns {Promise<Refreshed>}
 */
async function attempts(market, onProgress, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      const { request, instructions } = await prepared(market, onProgress, signal);
      await done(request, instructions, onProgress, signal);
      const { sheets, changes, kept_aside: keptAside, unit, refused } = instructions;
      return { sheets: sheets.length, changes, keptAside, market: instructions.market, unit, refused };
    } catch (error) {
      if (!(error instanceof Refused && error.message === CHANGED && attempt < ATTEMPTS)) {
        throw error;
      }
    }
  }
}

/**
 * Reads the workbook and asks the server.
 * @param {string} market
 * @param {OnProgress} onProgress
 * @param {AbortSignal} [signal]
 */
async function prepared(market, onProgress, signal) {
  try {
    return await Excel.run(async (context) => {
      const requests = new Requests(context, signal);
      onProgress("Reading the workbook", 0, 0);
      await putAbandonedBack(requests);
      const request = await readWorkbook(requests, market);
      onProgress("Asking Marketbook", 0, 0);
      const instructions = await instructionsFor(requests, request, signal);
      await refuseIfReferredTo(context, instructions);
      return { request, instructions };
    });
  } catch (error) {
    throw told(error);
  }
}

/**
 * Puts back what a refresh has left that was interrupted: its pane was closed, or its computer fell asleep.
 * @param {Requests} requests
 */
async function putAbandonedBack(requests) {
  for (const note of await abandonedNotes(requests, own)) {
    const others = new Requests(requests.context);
    if (note.before) {
      await (note.isDone ? dropCopies : putBack)(others, note.before);
    }
    await remove(others, note);
  }
}

/**
 * Does what is to be done, or nothing.
 * @param {RefreshRequest} request
 * @param {Instructions} instructions
 * @param {OnProgress} onProgress
 * @param {AbortSignal} [signal]
 */
async function done(request, instructions, onProgress, signal) {
  let note = newNote();
  own.add(note.by);
  try {
    await Excel.run({ delayForCellEdit: true }, async (context) => {
      const requests = new Requests(context, signal);
      await noteDown(requests, note);
      const before = await howItIs(requests, request, instructions);
      await noteAgain(requests, { ...note, before });
      note = { ...note, before };
      await write(requests, request, instructions, before, onProgress);
      await noteAgain(requests, { ...note, isDone: true }); // from here on it cannot be cancelled
    });
  } catch (error) {
    await undo(note, onProgress);
    throw toldAfterPuttingBack(error);
  }
  onProgress("Updating charts", instructions.sheets.length, instructions.sheets.length);
  await finish(instructions, note, onProgress);
}

/**
 * @param {Requests} requests
 * @param {RefreshRequest} request
 * @param {Instructions} instructions
 * @param {Before} before
 * @param {OnProgress} onProgress
 */
async function write(requests, request, instructions, before, onProgress) {
  const { sheets } = instructions;
  onProgress("Keeping the sheets as they are", 0, sheets.length);
  await makeCopies(requests, before);
  await keepAside(requests, instructions, request, before);
  const blank = await addSheets(requests, instructions);
  await writeNames(requests, instructions, before); // before the formulas that use them
  await addStyles(requests, instructions.styles, before.styles);
  const news = await newSheets(requests, sheets.filter(({ name }) => instructions.new.includes(name))); // prettier-ignore
  const known = new Map([...before.sheets, ...news].map((each) => [each.name, each]));
  for (const [at, wanted] of sheets.entries()) {
    onProgress(`Writing ${wanted.name}`, at, sheets.length);
    await writeSheet(requests, wanted, /** @type {NewSheet} */ (known.get(wanted.name)));
  }
  await drawCharts(requests, blank);
  await writeRecords(requests, instructions.records);
}

/**
 * Brings the charts up to date, takes away what was for putting back, and has the workbook calculated. What Excel refuses here
 * is tried again, and then left to the next refresh.
 * @param {Instructions} instructions
 * @param {Note} note
 * @param {OnProgress} onProgress
 */
async function finish(instructions, note, onProgress) {
  try {
    await patiently(async (context) => {
      const requests = new Requests(context);
      await bringUpToDate(requests, instructions);
      await dropCopies(requests, /** @type {Before} */ (note.before));
      context.application.calculate("Full");
      await remove(requests, note);
    }, () => onProgress(EDITED, 0, 0));
  } catch (error) {
    console.error(error);
    throw new Refused(UNFINISHED);
  }
}

/**
 * What is not ours alone, and need not be put back.
 * @param {Requests} requests
 * @param {Instructions} instructions
 */
async function bringUpToDate(requests, { sheets, names, new: added, kept_aside: asides }) {
  const { worksheets } = requests.context.workbook;
  const uncopied = await removeAdded(requests, asides);
  const standing = sheets.filter(({ name }) => !added.includes(name));
  const charted = standing.map(({ name, charts }) => ({ sheet: worksheets.getItem(name), charts, othersStay: uncopied.has(name) }));
  await updateCharts(requests, charted);
  await dropDeadLinks(requests, names);
}

/**
 * Puts the workbook back after a failure.
 * @param {Note} note
 * @param {OnProgress} onProgress
 */
async function undo(note, onProgress) {
  onProgress("Putting everything back", 0, 0);
  try {
    await patiently(async (context) => {
      const requests = new Requests(context);
      if (note.before) {
        await putBack(requests, note.before);
      }
      await remove(requests, note);
    }, () => onProgress(EDITED, 0, 0));
  } catch (error) {
    console.error(error);
    throw new Refused(NOT_PUT_BACK);
  }
}
