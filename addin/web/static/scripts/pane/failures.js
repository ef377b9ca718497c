// Failures as one sentence for people.

/** Something that the pane does not do; the message says why. */
export class Refusal extends Error {}

const UNEXPECTED = "Something went wrong in the add-in. Try again, or close the pane and open it anew.";

/** What Excel's codes mean here. */
const EXCEL = new Map([
  ["AccessDenied", "The cells are protected. Unprotect the sheet first."],
  ["InvalidOperationInCellEditMode", "A cell is being edited. Finish the entry with Enter, then try again."],
  ["InvalidSelection", "Select one cell or one block of cells first."],
  ["ItemNotFound", "The sheet or the cell is no longer there."],
  ["NonBlankCellOffSheet", "There is no room on the sheet. Select another cell."],
  ["UnsupportedOperation", "This version of Excel cannot do that."],
  ["ApiNotFound", "This version of Excel cannot do that."],
]);

/**
 * Returns a failure as a sentence. What nobody has foreseen goes to the browser's log.
 * @param {unknown} error
 * @returns {string}
 */
export function sentence(error) {
  const { name = "", message = "", code = "" } = /** @type {{name?: string, message?: string, code?: string}} */ (error ?? {});
  const ofExcel = EXCEL.get(code);
  if (ofExcel) {
    return ofExcel;
  }
  if (code) {
    console.error(error);
    return `Excel refused this: ${message || code}`;
  }
  if (error instanceof Error && name === "Error" && message) {
    return message;
  }
  console.error(error);
  return UNEXPECTED;
}

/**
 * Whether somebody has ended the work, or newer work has taken its place.
 * @param {unknown} error
 */
export function isEnded(error) {
  return error instanceof DOMException && error.name === "AbortError";
}
