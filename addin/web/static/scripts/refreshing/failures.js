// Why a refresh is refused or has failed, each in one sentence.

/** What is told to people as it is. */
export class Refused extends Error {}

export const BUSY = "A refresh is running already. Wait until it is done.";
export const BUSY_ELSEWHERE =
  "This workbook is being refreshed in another window or by somebody else. Wait until that is done, then try again.";
export const NO_SHEETS = "This workbook has no Marketbook sheets. Choose a market first: a refresh then adds the sheets.";
export const TOO_OLD = "This version of Excel cannot refresh the workbook. Update Excel, or open the workbook in Excel on the web.";
export const STRUCTURE = "The structure of the workbook is protected. Unprotect the workbook, and try again.";
export const CHANGED = "Somebody is changing Marketbook's sheets. Try again when they are done.";
const UNDONE = "The refresh was undone.";
export const NOT_PUT_BACK =
  "The refresh failed, and not everything could be put back. Refresh again: that puts it back first.";

export const UNFINISHED = "The sheets are up to date, but their charts may not be. Refresh again to bring them up to date.";

/** What Excel's codes mean in a refresh. */
const EXCEL = new Map([
  ["AccessDenied", "Excel does not allow changes to the workbook: it is protected, or opened for reading only."],
  ["Conflict", "Somebody else is changing the workbook at the same time."],
  ["InvalidOperationInCellEditMode", "A cell is being edited. Press Enter or Esc, and try again."],
  ["InsertDeleteConflict", "Somebody else is changing the workbook at the same time."],
  ["RequestAborted", "Excel stopped the refresh."],
  ["RequestPayloadSizeLimitExceeded", "A sheet is larger than Excel lets an add-in write at once."],
  ["ResponsePayloadSizeLimitExceeded", "A sheet is larger than Excel lets an add-in read at once."],
  ["ServiceNotAvailable", "Excel is busy. Try again in a minute."],
]);

/**
 * Why something failed, as a sentence.
 * @param {unknown} error
 * @returns {string}
 */
function reason(error) {
  const { code = "", message = "" } = /** @type {{code?: string, message?: string}} */ (error ?? {});
  return EXCEL.get(code) ?? `Excel said: ${message || code || String(error)}`;
}

/** @param {unknown} error */
const isExcels = (error) => error instanceof OfficeExtension.Error;

/** @param {unknown} error */
const isCancelled = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * A failure before anything was changed, as it is told.
 * @param {unknown} error
 * @returns {unknown}
 */
export function told(error) {
  return isExcels(error) ? new Refused(reason(error)) : error;
}

/**
 * A failure after which everything was put back, as it is told.
 * @param {unknown} error
 * @returns {unknown}
 */
export function toldAfterPuttingBack(error) {
  if (isCancelled(error) || error instanceof Refused) {
    return error;
  }
  if (!isExcels(error)) {
    console.error(error);
  }
  return new Refused(`${reason(error)} ${UNDONE}`);
}
