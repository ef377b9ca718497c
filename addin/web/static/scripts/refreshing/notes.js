// The note in the workbook that a refresh is at work, with all that is needed to put the workbook back. A second pane, and
// other people who have the workbook open, see it; and if the first one is closed in the middle, the next refresh puts the
// workbook back first.

import { BUSY_ELSEWHERE, Refused } from "./failures.js";
import { AT_WORK, textOf, xmlOf } from "./records.js";

/** @typedef {import("./requests.js").Requests} Requests */
/** @typedef {import("./before.js").Before} Before */
/**
 * Who is at work since when (in milliseconds), and whether everything is written.
 * @typedef {{by: string, at: number, before: Before | null, isDone: boolean}} Note
 */

const ABANDONED_MS = 10 * 60_000; // no refresh takes that long
const ATTEMPTS = 3;

/**
 * Returns the notes of refreshes that were not finished. Refuses if one is at work.
 * @param {Requests} requests
 * @param {Set<string>} own Those of this pane, in which none is at work.
 * @returns {Promise<Note[]>}
 */
export async function abandonedNotes(requests, own) {
  const notes = await read(requests);
  if (notes.some((note) => isAtWork(note) && !own.has(note.by))) {
    throw new Refused(BUSY_ELSEWHERE);
  }
  return notes;
}

/**
 * A note of a refresh that begins now.
 * @returns {Note}
 */
export function newNote() {
  return { by: crypto.randomUUID(), at: Date.now(), before: null, isDone: false };
}

/**
 * Notes in the workbook that a refresh is at work. Refuses if another one is.
 * @param {Requests} requests
 * @param {Note} note
 */
export async function noteDown(requests, note) {
  requests.context.workbook.customXmlParts.add(xmlOf(AT_WORK, JSON.stringify(note)));
  await requests.send();
  const others = (await read(requests)).filter(({ by }) => by !== note.by);
  if (others.some((other) => isAtWork(other) && isEarlier(other, note))) {
    await remove(requests, note);
    throw new Refused(BUSY_ELSEWHERE);
  }
}

/**
 * Changes a note in the workbook.
 * @param {Requests} requests
 * @param {Note} note
 */
export async function noteAgain(requests, note) {
  const part = await find(requests, note);
  part?.setXml(xmlOf(AT_WORK, JSON.stringify(note)));
  await requests.send();
}

/**
 * Takes a note away: the refresh is over.
 * @param {Requests} requests
 * @param {Note} note
 */
export async function remove(requests, note) {
  const part = await find(requests, note);
  part?.delete();
  await requests.send();
}

/** @param {Note} note */
const isAtWork = ({ at, isDone }) => !isDone && Date.now() - at < ABANDONED_MS;

/**
 * @param {Note} one
 * @param {Note} other
 */
const isEarlier = (one, other) => one.at < other.at || (one.at === other.at && one.by < other.by);

/**
 * @param {Requests} requests
 * @returns {Promise<Note[]>}
 */
async function read(requests) {
  return (await parts(requests)).map(({ note }) => note);
}

/**
 * @param {Requests} requests
 * @param {Note} wanted
 */
async function find(requests, wanted) {
  return (await parts(requests)).find(({ note }) => note.by === wanted.by)?.part;
}

/**
 * The notes with their parts. If another pane takes its note away between the two requests, they are read again.
 * @param {Requests} requests
 */
async function parts(requests) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await partsNow(requests);
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof OfficeExtension.Error && error.code === "ItemNotFound")) {
        throw error;
      }
    }
  }
}

/** @param {Requests} requests */
async function partsNow(requests) {
  const found = requests.context.workbook.customXmlParts.getByNamespace(AT_WORK).load("items/id");
  await requests.send();
  const texts = found.items.map((part) => ({ part, xml: part.getXml() }));
  await requests.send();
  return texts.map(({ part, xml }) => ({ part, note: noteOf(xml.value) }));
}

/**
 * The note in a part. One that somebody has changed is of no use any more.
 * @param {string} xml
 * @returns {Note}
 */
function noteOf(xml) {
  const nothing = { by: "", at: 0, before: null, isDone: false };
  try {
    return { ...nothing, ...JSON.parse(textOf(xml)) };
  } catch {
    return nothing;
  }
}
