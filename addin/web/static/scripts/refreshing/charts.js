// The charts that stand on report sheets: they stay as they are, and their areas, titles and places are brought up to date.
//
// That is done when everything else is written, and can be done again. For a chart, nothing could be put back: Excel does not
// tell which cell has the title of a series.

import { addressOf, areaOf, reference } from "./areas.js";
import { isSupported } from "./requests.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").Series} Series */
/** @typedef {import("./requests.js").Requests} Requests */

/** @typedef {{values: string, categories: string}} Sources Areas with their sheets; blank if this Excel does not tell. */
/** @typedef {{chart: Excel.Chart, sources: Sources[]}} Standing A chart, and what each series is drawn from. */

/** Since which Excel tells what a chart is drawn from. */
const TELLS_SOURCES = "1.15";
const ASKED = "items/chartType, items/title/text, items/title/visible, items/series/items/name";
const CHARACTERS = 20_000; // of the request for one chart

/**
 * A sheet with the charts that it is to have. `isKeptAside` says whether charts that are not ours are on a copy of it.
 * @typedef {{sheet: Excel.Worksheet, charts: Chart[], isKeptAside: boolean}} Charted
 */

/**
 * Brings the charts of sheets up to date.
 * @param {Requests} requests
 * @param {Charted[]} sheets
 */
export async function updateCharts(requests, sheets) {
  const standing = await standingCharts(requests, sheets);
  /** @type {Titled[]} */
  const titled = [];
  for (const [at, { charts, isKeptAside }] of sheets.entries()) {
    const ours = paired(charts, standing[at]);
    for (const [each, wanted] of ours) {
      titled.push(...(await update(requests, each, wanted)));
    }
    if (isKeptAside) {
      standing[at].filter((each) => !ours.has(each)).forEach(({ chart }) => chart.delete());
    }
  }
  await requests.write();
  await nameBySight(requests, titled);
}

/** @typedef {{series: Excel.ChartSeries, cell: string}} Titled A series, and the cell with its title. */

/**
 * Brings a chart up to date. Returns the series that have got the titles of other cells.
 * @param {Requests} requests
 * @param {Standing} standing
 * @param {Chart} wanted
 * @returns {Promise<Titled[]>}
 */
async function update(requests, { chart, sources }, wanted) {
  await requests.make(CHARACTERS);
  place(chart, wanted);
  const titled = [];
  for (const [at, series] of wanted.series.entries()) {
    const made = sources[at] ? chart.series.getItemAt(at) : chart.series.add(series.title);
    if (redraw(made, sources[at], series) && series.title_cell) {
      titled.push({ series: made, cell: series.title_cell });
    }
  }
  for (let at = sources.length - 1; at >= wanted.series.length; at--) {
    chart.series.getItemAt(at).delete();
  }
  return titled;
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
 * @param {Excel.Chart} chart
 * @param {Chart} wanted
 */
function place(chart, { area, title }) {
  const { top, left, bottom, right } = areaOf(area);
  chart.setPosition(addressOf({ top, left, bottom: top, right: left }), addressOf({ top: bottom, left: right, bottom, right }));
  if (title && (!chart.title.visible || chart.title.text !== title)) {
    chart.title.text = title;
  }
}

/**
 * Draws a series from its cells, if it is not drawn from them already. Returns whether it was not.
 * @param {Excel.ChartSeries} made
 * @param {Sources | undefined} before
 * @param {Series} series
 */
function redraw(made, before, series) {
  const { context } = made;
  if (!series.title_cell) {
    made.name = series.title;
  }
  if (before && isSame(before.values, series.values) && isSame(before.categories, series.categories)) {
    return false;
  }
  made.setValues(rangeAt(context, series.values));
  if (series.categories) {
    made.setXAxisValues(rangeAt(context, series.categories));
  }
  if (series.title_cell) {
    made.name = `=${series.title_cell}`;
  }
  return true;
}

/**
 * Names series by what their title's cell shows, where this Excel takes the reference for a text.
 * @param {Requests} requests
 * @param {Titled[]} titled
 */
async function nameBySight(requests, titled) {
  const read = titled.map(({ series, cell }) => ({ series: series.load("name"), cell: rangeAt(requests.context, cell).load("text") }));
  if (read.length > 0) {
    await requests.send();
  }
  for (const { series, cell } of read.filter((each) => each.series.name.startsWith("="))) {
    series.name = cell.text[0][0];
  }
}

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
 * Whether two areas are the same, with or without quotes and dollar signs.
 * @param {string} one
 * @param {string} other
 */
function isSame(one, other) {
  const [first, second] = [one, other].map(reference);
  return first?.sheet === second?.sheet && first?.cells.replaceAll("$", "") === second?.cells.replaceAll("$", "");
}
