// What Marketbook's sheets Start and Assumptions say and look like once nothing on them follows the choices any more.
// The rules and texts are those of workbook/freezing.py, and a test holds the two together.

import { address } from "./addresses.js";

const INPUTS = ["mb_market", "mb_unit", "mb_year_choice", "mb_source_choice", "mb_as_of"];
const HEADINGS = new Map([["Choose", "Built for"], ["Refresh", "Converted to values"]]); // prettier-ignore
const REFRESH = "Refresh";
const FIXED =
  "Its figures, titles and texts are fixed, and do not change with the cells above. " +
  "For a market, a unit or a year of your own, ask the sender for the original workbook.";
const STYLE = "Marketbook ";
const NOTE = 2; // the column beside the choices

/** @type {ReadonlyMap<string, ReadonlyMap<string, string>>} */
const LOOKS = new Map([
  ["start", new Map([["Input", "Text"], ["Input date", "Text date"]])], // prettier-ignore
  ["assumptions", new Map([["Input", "Text"], ["Input year", "Year"], ["Input number", "Figure"]])], // prettier-ignore
]);

/** @typedef {{style: string, row: number, column: number}} Styled A cell, counted from 0, with its style. */
/** @typedef {{used: Excel.Range, properties: OfficeExtension.ClientResult<Excel.CellProperties[][]>}} Read */

/**
 * Says on Start that the workbook was converted, in place of what to choose, and takes the looks of inputs away.
 * @param {Excel.RequestContext} context
 * @param {Map<string, Excel.Worksheet>} sheets Marketbook's sheets by their keys.
 * @param {string} today
 */
export async function showAsFixed(context, sheets, today) {
  const { names, styles } = context.workbook;
  styles.load("items/name");
  const inputs = INPUTS.map((name) => names.getItemOrNullObject(name).getRangeOrNullObject());
  inputs.forEach((range) => range.load("rowIndex"));
  /** @type {Map<string, Read>} */
  const read = new Map();
  for (const [key, sheet] of sheets) {
    if (LOOKS.has(key)) {
      const used = sheet.getUsedRange();
      used.load("values, rowIndex, columnIndex");
      read.set(key, { used, properties: used.getCellProperties({ style: true }) });
    }
  }
  await context.sync();
  const known = new Set(styles.items.map(({ name }) => name));
  const rows = inputs.filter(({ isNullObject }) => !isNullObject).map(({ rowIndex }) => rowIndex);
  for (const [key, found] of read) {
    const sheet = /** @type {Excel.Worksheet} */ (sheets.get(key));
    restyle(sheet, styled(found), /** @type {ReadonlyMap<string, string>} */ (LOOKS.get(key)), known);
    if (key === "start") {
      tell(sheet, found, rows, today);
    }
  }
  await context.sync();
}

/**
 * The cells with styles of Marketbook's.
 * @param {Read} read
 * @returns {Styled[]}
 */
function styled({ used, properties }) {
  return properties.value
    .flatMap((cells, down) =>
      cells.map(({ style = "" }, right) => ({ style, row: used.rowIndex + down, column: used.columnIndex + right })),
    )
    .filter(({ style }) => style.startsWith(STYLE))
    .map((cell) => ({ ...cell, style: cell.style.slice(STYLE.length) }));
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {Styled[]} cells
 * @param {ReadonlyMap<string, string>} looks
 * @param {Set<string>} known The styles of the workbook.
 */
function restyle(sheet, cells, looks, known) {
  for (const { style, row, column } of cells) {
    const other = STYLE + looks.get(style);
    if (known.has(other)) {
      sheet.getRange(address(row, column)).style = other;
    }
  }
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {Read} start
 * @param {number[]} inputs The rows of the choices.
 * @param {string} today
 */
function tell(sheet, start, inputs, today) {
  const { used } = start;
  const shown = (/** @type {number} */ row, /** @type {number} */ column) =>
    used.values[row - used.rowIndex]?.[column - used.columnIndex] ?? "";
  const told = `This copy was converted to values on ${today}. ${FIXED}`;
  /** @type {Map<string, string>} */
  const texts = new Map();
  let at = 1;
  for (let row = used.rowIndex; row < used.rowIndex + used.values.length; row++) {
    const heading = HEADINGS.get(shown(row, 0));
    if (heading) {
      texts.set(address(row, 0), heading);
      at = shown(row, 0) === REFRESH ? row + 1 : at;
    }
  }
  texts.set(address(at, 0), told);
  const hints = inputs.map((row) => [row, NOTE]);
  const legend = styled(start).filter(({ style, row }) => style === "Input" && !inputs.includes(row));
  for (const [row, column] of [...hints, ...legend.flatMap(({ row, column }) => [[row, column], [row, 1]])]) { // prettier-ignore
    if (shown(row, column) !== "") {
      texts.set(address(row, column), "");
    }
  }
  for (const [place, text] of texts) {
    sheet.getRange(place).values = [[text]];
  }
}
