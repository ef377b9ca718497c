// Charts of new sheets, where Excel cannot insert the file that has them.

import { areaOf, addressOf } from "./areas.js";
import { rangeAt } from "./charts.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").Series} Series */

const INK = "#1F2937";
const FAINT = "#D1D5DB";
const LABEL_SIZE = 10;

/**
 * Draws a chart on a sheet.
 * @param {Excel.Worksheet} sheet
 * @param {Chart} wanted
 */
export function drawChart(sheet, wanted) {
  const [first, ...others] = wanted.series;
  const chart = sheet.charts.add(wanted.type, rangeAt(sheet.context, first.values), "Columns");
  const { top, left, bottom, right } = areaOf(wanted.area);
  chart.setPosition(addressOf({ top, left, bottom: top, right: left }), addressOf({ top: bottom, left: right, bottom, right }));
  chart.format.fill.clear();
  chart.format.border.lineStyle = "None";
  addSeries(chart.series.getItemAt(0), first, wanted);
  others.forEach((series) => addSeries(chart.series.add(titleOf(series)), series, wanted));
  chart.title.visible = wanted.title !== "";
  if (wanted.title) {
    chart.title.text = wanted.title;
  }
  chart.legend.visible = wanted.has_legend;
  if (wanted.has_legend) {
    chart.legend.position = "Bottom";
  }
  setUpAxes(chart, wanted);
}

/** @param {Series} series */
const titleOf = ({ title, title_cell: cell }) => (cell ? `=${cell}` : title);

/**
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 * @param {Chart} chart
 */
function addSeries(made, series, { gap, type, number_format: code }) {
  const { context } = made;
  made.name = titleOf(series);
  made.setValues(rangeAt(context, series.values));
  if (series.categories) {
    made.setXAxisValues(rangeAt(context, series.categories));
  }
  if (series.drawn === "line") {
    made.chartType = "Line";
    made.markerStyle = "None";
    drawLine(made, series);
  } else {
    drawPiece(made, series);
    if (series.drawn !== "area") {
      made.gapWidth = gap;
      made.overlap = type.includes("Stacked") ? 100 : 0;
    }
  }
  if (series.labels) {
    label(made, series, code);
  }
}

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
  line.weight = 1.75;
  line.lineStyle = isDashed ? "Dash" : "Continuous";
}

/**
 * A series of figures that nobody states is hatched in files. Here it is an outline.
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 */
function drawPiece({ format: { fill, line } }, { color, is_hatched: isHatched }) {
  if (color === null) {
    fill.clear();
    line.lineStyle = "None";
  } else if (isHatched) {
    fill.setSolidColor("#FFFFFF");
    line.color = color;
  } else {
    fill.setSolidColor(color);
    line.color = "#FFFFFF";
  }
}

/**
 * @param {Excel.ChartSeries} made
 * @param {Series} series
 * @param {string} code
 */
function label(made, { labels, labelled, color }, code) {
  const shown = { showValue: labels !== "title", showSeriesName: labels !== "value", showCategoryName: false, showLegendKey: false };
  if (labelled !== null) {
    const point = made.points.getItemAt(labelled);
    point.hasDataLabel = true;
    point.dataLabel.set({ ...shown, ...(labels === "both" ? { separator: ": " } : {}) });
    return;
  }
  made.hasDataLabels = true;
  made.dataLabels.set({ ...shown, ...(labels === "both" ? { separator: ": " } : {}), numberFormat: code });
  made.dataLabels.format.font.set({ size: LABEL_SIZE, bold: true, color: color ?? INK });
}

/**
 * @param {Excel.Chart} chart
 * @param {Chart} wanted
 */
function setUpAxes({ axes: { categoryAxis, valueAxis } }, wanted) {
  categoryAxis.visible = wanted.has_category_axis;
  valueAxis.visible = wanted.has_value_axis;
  valueAxis.minimum = wanted.lowest;
  if (wanted.highest !== null) {
    valueAxis.maximum = wanted.highest;
  }
  valueAxis.majorGridlines.visible = wanted.has_gridlines;
  if (wanted.has_gridlines) {
    valueAxis.majorGridlines.format.line.color = FAINT;
  }
  if (wanted.has_value_axis) {
    valueAxis.numberFormat = wanted.number_format;
  }
  if (wanted.has_category_axis) {
    categoryAxis.reversePlotOrder = wanted.from_top;
    if (wanted.label_every > 1) {
      categoryAxis.tickLabelSpacing = wanted.label_every;
    }
  }
}
