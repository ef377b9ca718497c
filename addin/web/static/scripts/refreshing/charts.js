// The charts that stand on report sheets: they stay as they are, and their areas, titles, scales and places are brought up to
// date. Those that are missing are drawn.
//
// That is done when everything else is written, and can be done again. For a chart, nothing could be put back: Excel does not
// tell which cell has the title of a series.

import { isSupported } from "../supported.js";
import { reference } from "./areas.js";
import { drawCharts, place, scale } from "./drawing.js";
import { dress, drawFrom, fit, nameBySight, titled, titleOf } from "./series.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").Series} Series */
/** @typedef {import("./requests.js").Requests} Requests */
/** @typedef {import("./series.js").Titled} Titled */

/** @typedef {{values: string, categories: string}} Sources Areas with their sheets; blank if this Excel does not tell. */
/** @typedef {{chart: Excel.Chart, sources: Sources[]}} Standing A chart, and what each series is drawn from. */

/** Since which Excel tells what a chart is drawn from. */
const TELLS_SOURCES = "1.15";
const ASKED = "items/chartType, items/title/text, items/title/visible, items/series/items/name";
const CHARACTERS = 20_000; // of the request for one chart

/**
 * A sheet with the charts that it is to have. `othersStay` if the user's own are on no copy of the sheet.
 * @typedef {{sheet: Excel.Worksheet, charts: Chart[], othersStay: boolean}} Charted
 */

/**
 * Brings the charts of sheets up to date. What else of charts is there goes.
 * @param {Requests} requests
 * @param {Charted[]} sheets
 */
export async function updateCharts(requests, sheets) {
  const standing = await standingCharts(requests, sheets);
  /** @type {Titled[]} */
  const names = [];
  const missing = [];
  for (const [at, { sheet, charts, othersStay }] of sheets.entries()) {
    const ours = paired(charts, standing[at]);
    for (const [each, wanted] of ours) {
      names.push(...(await update(requests, each, wanted)));
    }
    standing[at].filter((each) => !othersStay && !ours.has(each)).forEach(({ chart }) => chart.delete());
    const found = new Set(ours.values());
    missing.push(...charts.filter((wanted) => !found.has(wanted)).map((wanted) => ({ sheet, wanted })));
  }
  await requests.write();
  nameBySight(names);
  await (missing.length > 0 ? drawCharts(requests, missing) : requests.write());
}

/**
 * Brings a chart up to date. Returns the titles that are in other cells than before.
 * @param {Requests} requests
 * @param {Standing} standing
 * @param {Chart} wanted
 * @returns {Promise<Titled[]>}
 */
async function update(requests, { chart, sources }, wanted) {
  await requests.make(CHARACTERS);
  place(chart, wanted.area);
  if (wanted.title && (!chart.title.visible || chart.title.text !== wanted.title)) {
    chart.title.text = wanted.title;
  }
  if (wanted.has_value_axis) {
    scale(chart, wanted);
  }
  const names = [];
  for (const [at, series] of wanted.series.entries()) {
    if (sources[at]) {
      fit(chart.series.getItemAt(at), series, wanted);
    }
    names.push(...(sources[at] ? redraw(chart.series.getItemAt(at), sources[at], series) : draw(chart, series, wanted)));
  }
  for (let at = sources.length - 1; at >= wanted.series.length; at--) {
    chart.series.getItemAt(at).delete();
  }
  return names;
}

/**
 * The charts that stand on sheets.
 * @param {Requests} requests
 * @param {Charted[]} sheets
 * @returns {Promise<Standing[][]>}
 */
async function standingCharts(requests, sheets) {
  const loaded = sheets.map(({ sheet }) => sheet.charts.load(ASKED));
  await requests.send();
  const isTold = isSupported(TELLS_SOURCES);
  const asked = loaded.map(({ items }) =>
    items.map((chart) => ({
      chart,
      sources: chart.series.items.map((series) => ({
        values: isTold ? series.getDimensionDataSourceString("Values") : { value: "" },
        categories: isTold ? series.getDimensionDataSourceString("Categories") : { value: "" },
      })),
    })),
  );
  await requests.send();
  return asked.map((charts) =>
    charts.map(({ chart, sources }) => ({
      chart,
      sources: sources.map(({ values, categories }) => ({ values: values.value, categories: categories.value })),
    })),
  );
}

/**
 * Which standing chart is which of ours: the next one of its type.
 * @param {Chart[]} wanted
 * @param {Standing[]} standing
 * @returns {Map<Standing, Chart>}
 */
function paired(wanted, standing) {
  /** @type {Map<Standing, Chart>} */
  const found = new Map();
  for (const chart of wanted) {
    const next = standing.find((each) => each.chart.chartType === chart.type && !found.has(each));
    if (next) {
      found.set(next, chart);
    }
  }
  return found;
}

/**
 * Adds a series to a chart.
 * @param {Excel.Chart} chart
 * @param {Series} series
 * @param {Chart} wanted
 */
function draw(chart, series, wanted) {
  const made = chart.series.add(titleOf(series));
  dress(made, series, wanted);
  return titled(made, series);
}

/**
 * Draws a series from its cells, if it is not drawn from them already.
 * @param {Excel.ChartSeries} made
 * @param {Sources} before
 * @param {Series} series
 * @returns {Titled[]} Its title, if it is in another cell than before.
 */
function redraw(made, before, series) {
  if (!series.title_cell) {
    made.name = series.title;
  }
  if (isSame(before.values, series.values) && isSame(before.categories, series.categories)) {
    return [];
  }
  drawFrom(made, series);
  if (series.title_cell) {
    made.name = titleOf(series);
  }
  return titled(made, series);
}

/**
 * Whether two areas are the same, with or without quotes and dollar signs.
 * @param {string} one
 * @param {string} other
 */
function isSame(one, other) {
  const [first, second] = [one, other].map(reference);
  return first?.sheet === second?.sheet && first?.cells.replaceAll("$", "") === second?.cells.replaceAll("$", "");
}
