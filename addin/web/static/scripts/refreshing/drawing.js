// Charts that scripts draw: those of new sheets, where Excel cannot insert the file that has them, and those that a standing
// sheet gets.

import { addressOf, areaOf } from "./areas.js";
import { dress, nameBySight, rangeAt, titled, titleOf } from "./series.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").Layout} Layout */
/** @typedef {import("./requests.js").Requests} Requests */
/** @typedef {import("./series.js").Titled} Titled */

const INK = "#1F2937";
const FAINT = "#D1D5DB";
const TEXT_SIZE = 10;
const TITLE_SIZE = 12;
const CHARACTERS = 20_000; // of the request for a chart

/**
 * Draws charts.
 * @param {Requests} requests
 * @param {{sheet: Excel.Worksheet, wanted: Chart}[]} charts
 */
export async function drawCharts(requests, charts) {
  if (charts.length === 0) {
    return;
  }
  const made = [];
  for (const { sheet, wanted } of charts) {
    await requests.make(CHARACTERS);
    made.push({ wanted, ...drawChart(sheet, wanted) });
  }
  await requests.write();
  for (const { wanted, chart, names } of made) {
    nameBySight(names);
    if (wanted.layout) {
      layOut(chart, wanted.layout);
    }
  }
  await requests.write();
}

/**
 * Draws a chart on a sheet.
 * @param {Excel.Worksheet} sheet
 * @param {Chart} wanted
 * @returns {{chart: Excel.Chart, names: Titled[]}} The chart with its size, and the titles of its series.
 */
function drawChart(sheet, wanted) {
  const [first, ...others] = wanted.series;
  const chart = sheet.charts.add(wanted.type, rangeAt(sheet.context, first.values), "Columns");
  place(chart, wanted.area);
  chart.plotVisibleOnly = false; // the figures can be in hidden rows
  chart.format.fill.clear();
  chart.format.border.lineStyle = "None";
  chart.format.font.set({ size: TEXT_SIZE, color: INK });
  const all = [chart.series.getItemAt(0), ...others.map((series) => chart.series.add(titleOf(series)))];
  all.forEach((made, at) => dress(made, wanted.series[at], wanted));
  chart.title.visible = wanted.title !== "";
  if (wanted.title) {
    chart.title.text = wanted.title;
    chart.title.format.font.set({ size: TITLE_SIZE, bold: true, color: INK });
  }
  setUpLegend(chart, wanted);
  setUpAxes(chart, wanted);
  return { chart: chart.load("width, height"), names: all.flatMap((made, at) => titled(made, wanted.series[at])) };
}

/**
 * Puts a chart over cells.
 * @param {Excel.Chart} chart
 * @param {string} area
 */
export function place(chart, area) {
  const { top, left, bottom, right } = areaOf(area);
  chart.setPosition(addressOf({ top, left, bottom: top, right: left }), addressOf({ top: bottom, left: right, bottom, right }));
}

/**
 * @param {Excel.Chart} chart
 * @param {Chart} wanted
 */
function setUpLegend({ legend }, { has_legend: hasLegend, series }) {
  legend.visible = hasLegend;
  if (hasLegend) {
    legend.position = "Bottom";
    series.forEach(({ color }, at) => {
      if (color === null) {
        legend.legendEntries.getItemAt(at).visible = false;
      }
    });
  }
}

/**
 * @param {Excel.Chart} chart
 * @param {Chart} wanted
 */
function setUpAxes(chart, wanted) {
  const { categoryAxis, valueAxis } = chart.axes;
  scale(chart, wanted);
  valueAxis.majorGridlines.visible = wanted.has_gridlines;
  if (wanted.has_gridlines) {
    valueAxis.majorGridlines.format.line.color = FAINT;
  }
  for (const axis of [categoryAxis, valueAxis]) {
    axis.set({ majorTickMark: "None", minorTickMark: "None" });
  }
  valueAxis.format.line.clear();
  categoryAxis.format.line.color = FAINT;
  categoryAxis.reversePlotOrder = wanted.from_top;
  if (wanted.has_names_at_edge) {
    categoryAxis.tickLabelPosition = "Low";
    categoryAxis.position = "Maximum"; // where the other axis is
  }
  if (wanted.type === "AreaStacked") {
    categoryAxis.isBetweenCategories = false; // an area starts at the edge
  }
  categoryAxis.visible = wanted.has_category_axis; // at last: an axis that is not seen may not be there to be set up
  valueAxis.visible = wanted.has_value_axis;
}

/**
 * What the axes of a chart have from its figures.
 * @param {Excel.Chart} chart
 * @param {Chart} wanted
 */
export function scale({ axes: { categoryAxis, valueAxis } }, { lowest, highest, step, number_format: code, label_every: every }) {
  valueAxis.minimum = lowest;
  if (highest !== null) {
    valueAxis.maximum = highest;
  }
  if (step !== null) {
    valueAxis.majorUnit = step;
  }
  if (code) {
    valueAxis.numberFormat = code;
  }
  categoryAxis.tickLabelSpacing = every;
}

/**
 * @param {Excel.Chart} chart
 * @param {Layout} layout
 */
function layOut({ plotArea, width, height }, layout) {
  plotArea.set({
    insideLeft: layout.left * width,
    insideTop: layout.top * height,
    insideWidth: layout.width * width,
    insideHeight: layout.height * height,
  });
}
