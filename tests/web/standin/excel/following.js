// What follows in a workbook when a sheet is renamed, and breaks when it is deleted.

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Chart} Chart */
/** @typedef {import("./model").Name} Name */
/** @typedef {(formula: string) => string} Change */

/**
 * Changes every formula of a book.
 * @param {Book} book
 * @param {Change} change
 */
export function follow(book, change) {
  const changeName = (/** @type {Name} */ name) => (name.refersTo = change(name.refersTo));
  book.names.forEach(changeName);
  for (const sheet of book.sheets) {
    sheet.names.forEach(changeName);
    for (const cell of Object.values(sheet.cells)) {
      if (cell.formula) {
        cell.formula = change(cell.formula);
      }
      if (cell.link?.documentReference) {
        cell.link.documentReference = change(cell.link.documentReference);
      }
    }
    for (const rule of sheet.rules) {
      rule.formula = rule.formula && change(rule.formula);
    }
    redraw(sheet.charts, change);
  }
}

/**
 * Changes what charts are drawn from.
 * @param {Chart[]} charts
 * @param {Change} change
 */
export function redraw(charts, change) {
  for (const series of charts.flatMap((chart) => chart.series)) {
    Object.assign(series, { name: change(series.name), values: change(series.values), categories: change(series.categories) });
  }
}
