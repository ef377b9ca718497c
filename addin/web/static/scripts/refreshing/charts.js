// The charts that stand on report sheets: they stay as they are, and their titles and areas are brought up to date.
//
// A chart of ours is found by its type and place in the order of charts. One that is not ours was kept aside with its sheet.

import { reference } from "./areas.js";
import { isSupported } from "./requests.js";

/** @typedef {import("./wire.js").Chart} Chart */
/** @typedef {import("./wire.js").SheetInstructions} SheetInstructions */
/** @typedef {import("./requests.js").Requests} Requests */

/** @typedef {{name: string, values: string, categories: string}} SeriesBefore Areas with their sheets. */
/** @typedef {{type: string, title: string, series: SeriesBefore[]}} ChartBefore */

/** Since which Excel tells what a chart is drawn from. Without that, nothing could be put back. */
const KNOWS_AREAS = "1.15";

/**
 * Asks for the charts of a sheet.
 * @param {Excel.Worksheet} sheet
 */
export function loadCharts({ charts }) {
  return isSupported(KNOWS_AREAS) ? charts.load("items/chartType, items/title/text, items/title/visible, items/series/items/name") : null;
}

/**
 * Returns the charts of each sheet, as they are.
 * @param {Requests} requests
 * @param {(Excel.ChartCollection | null)[]} all
 * @returns {Promise<ChartBefore[][]>}
 */
export async function chartsOf(requests, all) {
  const asked = all.map((charts) =>
    (charts?.items ?? []).map((chart) => ({
      chart,
      series: chart.series.items.map((series) => ({
        name: series.name,
        values: series.getDimensionDataSourceString("Values"),
        categories: series.getDimensionDataSourceString("Categories"),
      })),
    })),
  );
  await requests.send();
  return asked.map((charts) =>
    charts.map(({ chart: { chartType: type, title }, series }) => ({
      type,
      title: title.visible ? title.text : "",
      series: series.map(({ name, values, categories }) => ({ name, values: values.value, categories: categories.value })),
    })),
  );
}

/**
 * The charts of a sheet that are ours, by their number in its collection.
 * @param {Chart[]} wanted
 * @param {ChartBefore[]} there
 * @returns {Map<number, Chart>}
 */
export function pairs(wanted, there) {
  /** @type {Map<number, Chart>} */
  const found = new Map();
  for (const chart of wanted) {
    const at = there.findIndex(({ type }, number) => type === chart.type && !found.has(number));
    if (at >= 0) {
      found.set(at, chart);
    }
  }
  return found;
}

/**
 * Brings the charts of a sheet up to date.
 * @param {Excel.Worksheet} sheet
 * @param {Chart[]} wanted
 * @param {ChartBefore[]} before
 */
export function updateCharts(sheet, wanted, before) {
  for (const [at, chart] of pairs(wanted, before)) {
    const there = sheet.charts.getItemAt(at);
    if (chart.title && before[at].title !== chart.title) {
      there.title.text = chart.title;
    }
    for (const [number, series] of chart.series.entries()) {
      const old = before[at].series[number];
      if (old && !series.title_cell && series.title !== old.name) {
        there.series.getItemAt(number).name = series.title;
      }
      if (old && isArea(old.values)) {
        draw(sheet, there.series.getItemAt(number), old, series);
      }
    }
  }
}

/**
 * Draws the charts of a sheet from what they were drawn from.
 * @param {Requests} requests
 * @param {Excel.Worksheet} sheet
 * @param {ChartBefore[]} before
 */
export async function putChartsBack(requests, sheet, before) {
  const loaded = before.length > 0 ? loadCharts(sheet) : null;
  await requests.send();
  const [now = []] = await chartsOf(requests, [loaded]);
  for (const [at, chart] of before.entries()) {
    const there = sheet.charts.getItemAt(at);
    if (now[at].title !== chart.title) {
      there.title.text = chart.title;
    }
    for (const [number, series] of chart.series.entries()) {
      const changed = now[at].series[number];
      if (changed.name !== series.name) {
        there.series.getItemAt(number).name = series.name;
      }
      draw(sheet, there.series.getItemAt(number), changed, series);
    }
  }
}

/**
 * @param {Excel.Worksheet} sheet
 * @param {Excel.ChartSeries} series
 * @param {{values: string, categories: string}} before
 * @param {{values: string, categories: string}} after
 */
function draw({ context }, series, before, after) {
  if (!isSame(before.values, after.values) && isArea(after.values)) {
    series.setValues(rangeAt(context, after.values));
  }
  if (!isSame(before.categories, after.categories) && isArea(after.categories)) {
    series.setXAxisValues(rangeAt(context, after.categories));
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

/** @param {string} area */
const isArea = (area) => reference(area) !== null;

/**
 * Whether two areas are the same, with or without quotes and dollar signs.
 * @param {string} one
 * @param {string} other
 */
function isSame(one, other) {
  const [first, second] = [one, other].map(reference);
  return first?.sheet === second?.sheet && first?.cells.replaceAll("$", "") === second?.cells.replaceAll("$", "");
}
