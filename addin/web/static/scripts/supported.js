// What the Excel around the page can do.

/**
 * Whether this Excel has the members of a set.
 * @param {string} version
 */
export function isSupported(version) {
  return Office.context.requirements.isSetSupported("ExcelApi", version);
}
