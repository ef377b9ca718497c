// The series of charts: the cells that they are drawn from, and how they look.

import { reference } from "./areas.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").Series} Series */
/** @typedef {import("./wire.js").Labels} Labels */

const LABEL_SIZE = 10;
const LINE_WEIGHT = 1.75;
const EDGE_WEIGHT = 3; // of an area: where it has no height, it is a line
const WHITE = "#FFFFFF";

/** @param {Series} series */
export const titleOf = ({ title, title_cell: cell }) => (cell ? `=${cell}` : title);

/**
 * The cells of an area with its sheet.
 * @param {OfficeExtension.ClientRequestContext} context
 * @param {string} area
 */
export function rangeAt(context, area) {
  const { sheet, cells } = /** @type {{sheet: string, cells: string}} */ (reference(area));
  return /** @type {Excel.RequestContext} */ (context).workbook.worksheets.getItem(sheet).getRange(cells);
}

/**
 * Draws a series from its cells.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 */
export function drawFrom(made, series) {
  const { context } = made;
  made.setValues(rangeAt(context, series.values));
  if (series.categories) {
    made.setXAxisValues(rangeAt(context, series.categories));
  }
}

/** @typedef {{made: Excel.ChartSeries, cell: Excel.Range}} Titled A series, and the cell with its title. */

/**
 * Asks for the title that a series has, and for the one that its cell shows.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 * @returns {Titled[]} Nothing, if its title is in no cell.
 */
export function titled(made, { title_cell: cell }) {
  return cell ? [{ made: made.load("name"), cell: rangeAt(made.context, cell).load("text") }] : [];
}

/**
 * Names series by what their title's cell shows, where this Excel takes the reference for a text.
 * @param {Titled[]} all
 */
export function nameBySight(all) {
  for (const { made, cell } of all.filter((each) => each.made.name.startsWith("="))) {
    made.name = cell.text[0][0];
  }
}

/**
 * Draws a new series.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 * @param {Chart} chart
 */
export function dress(made, series, chart) {
  made.name = titleOf(series);
  drawFrom(made, series);
  if (series.drawn === "line") {
    made.chartType = "Line";
    made.markerStyle = "None";
    drawLine(made, series);
  } else {
    drawPiece(made, series);
  }
  if (isOfBars(series)) {
    made.overlap = chart.type.includes("Stacked") ? 100 : 0;
  }
  if (series.labels && series.labels.point === null) {
    label(made, series.labels);
  }
  fit(made, series, chart);
}

/**
 * Brings what a series has from the number of its points up to date.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 * @param {Chart} chart
 */
export function fit(made, series, { gap }) {
  if (isOfBars(series)) {
    made.gapWidth = gap;
  }
  if (series.labels && series.labels.point !== null) {
    made.hasDataLabels = false; // the label can be at another point
    label(made, series.labels);
  }
}

/** @param {Series} series */
const isOfBars = ({ drawn }) => drawn === "column" || drawn === "bar";

/**
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 */
function drawLine({ format: { line } }, { color, is_dashed: isDashed }) {
  if (color === null) {
    line.lineStyle = "None";
    return;
  }
  line.color = color;
  line.weight = LINE_WEIGHT;
  line.lineStyle = isDashed ? "Dash" : "Continuous";
}

/**
 * A series of figures that nobody states is hatched in files. Here it is an outline.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 */
function drawPiece({ format: { fill, line } }, { color, drawn, is_hatched: isHatched }) {
  if (color === null) {
    fill.clear();
    line.lineStyle = "None";
    return;
  }
  fill.setSolidColor(isHatched ? WHITE : color);
  line.color = isHatched || drawn === "area" ? color : WHITE;
  if (drawn === "area") {
    line.weight = EDGE_WEIGHT;
  }
}

/**
 * @param {Excel.ChartSeries} made
 * @param {Labels} labels
 */
function label(made, { shows, point, place, color, has_fill: hasFill }) {
  const shown = { showValue: shows !== "title", showSeriesName: shows !== "value", showCategoryName: false, showLegendKey: false };
  const format = setUpLabels(made, point, { ...shown, position: place, ...(shows === "both" ? { separator: ": " } : {}) });
  format.font.set({ size: LABEL_SIZE, bold: true, color });
  if (hasFill) {
    format.fill.setSolidColor(WHITE);
  }
}

/**
 * Sets the labels of a series up, or the one of a point. Returns their format.
 * @param {Excel.ChartSeries} made
 * @param {number | null} at
 * @param {Excel.Interfaces.ChartDataLabelsUpdateData & Excel.Interfaces.ChartDataLabelUpdateData} look
 */
function setUpLabels(made, at, look) {
  if (at === null) {
    made.hasDataLabels = true;
    made.dataLabels.set(look);
    return made.dataLabels.format;
  }
  const point = made.points.getItemAt(at);
  point.hasDataLabel = true;
  point.dataLabel.set(look);
  return point.dataLabel.format;
}
