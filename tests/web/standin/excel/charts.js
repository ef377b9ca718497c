// Charts of a sheet.

import { addressOf, areaOf, letters, quoted } from "./addresses.js";
import { Axes } from "./chart_axes.js";
import { AreaFormat, Labels, Legend, PlotArea, Points } from "./chart_formats.js";
import { shown } from "./entering.js";
import { invalid, missing } from "./errors.js";
import { reference } from "./references.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Chart} ChartModel */
/** @typedef {import("./model").Series} SeriesModel */

const WIDTH = 48; // of a column and a row that nobody has changed, in points
const HEIGHT = 15;

export class Charts extends Thing {
  /**
   * @param {Book} book
   * @param {Sheet} sheet
   */
  constructor(book, sheet) {
    super();
    this._book = book;
    this._sheet = sheet;
  }

  get items() {
    return /** @type {any[]} */ (this._sheet.charts.map((chart) => new Chart(this._book, this._sheet, chart)));
  }

  get count() {
    return this._sheet.charts.length;
  }

  getCount() {
    return /** @type {any} */ (this.count);
  }

  /** @param {string} name */
  getItem(name) {
    const chart = this._sheet.charts.find((each) => each.name === name);
    if (!chart) {
      throw missing();
    }
    return new Chart(this._book, this._sheet, chart);
  }

  /** @param {number} at */
  getItemAt(at) {
    return this.items[at] ?? null;
  }

  /**
   * @param {any} type
   * @param {any} source
   * @param {any} [_seriesBy]
   */
  add(type, source, _seriesBy) {
    const name = `Chart ${this._sheet.charts.length + 1}`;
    const series = [{ name: "", values: `=${source.address}`, categories: "" }];
    this._sheet.charts.push({ name, type, area: addressOf(source._area), title: "", series });
    return this.getItem(name);
  }
}

class Chart extends Thing {
  /**
   * @param {Book} book
   * @param {Sheet} sheet
   * @param {ChartModel} chart
   */
  constructor(book, sheet, chart) {
    super();
    this._book = book;
    this._sheet = sheet;
    this._chart = chart;
  }

  get _id() {
    return this._chart.name;
  }

  get name() {
    return this._chart.name;
  }

  set name(name) {
    this._chart.name = name;
  }

  get chartType() {
    return /** @type {Excel.ChartType} */ (this._chart.type);
  }

  get title() {
    return new ChartTitle(this._chart);
  }

  get series() {
    return new SeriesCollection(this._book, this._sheet, this._chart);
  }

  /**
   * @param {any} start
   * @param {any} [end]
   */
  setPosition(start, end = start) {
    const address = (/** @type {any} */ cell) => (typeof cell === "string" ? cell : addressOf(cell._area));
    this._chart.area = `${address(start)}:${address(end)}`;
  }

  get format() {
    return new AreaFormat(this._looks, "area");
  }

  get legend() {
    return new Legend(this._looks, "legend");
  }

  get axes() {
    return new Axes(this._looks, "axes");
  }

  get plotArea() {
    return new PlotArea(this._looks, "plot");
  }

  get plotVisibleOnly() {
    return this._looks.plotVisibleOnly;
  }

  set plotVisibleOnly(is) {
    this._looks.plotVisibleOnly = is;
  }

  get width() {
    const { left, right } = areaOf(this._chart.area);
    return sum(left, right, (at) => this._sheet.widths[letters(at)] ?? WIDTH);
  }

  get height() {
    const { top, bottom } = areaOf(this._chart.area);
    return sum(top, bottom, (at) => this._sheet.heights[at] ?? HEIGHT);
  }

  get _looks() {
    return (this._chart.looks ??= {});
  }

  delete() {
    this._sheet.charts = this._sheet.charts.filter((chart) => chart !== this._chart);
  }
}

class ChartTitle extends Thing {
  /** @param {ChartModel} chart */
  constructor(chart) {
    super();
    this._chart = chart;
  }

  get text() {
    return this._chart.title;
  }

  set text(text) {
    this._chart.title = text;
  }

  get visible() {
    return this._chart.title !== "";
  }

  set visible(is) {
    this._chart.title = is ? this._chart.title || "Chart Title" : "";
  }

  get format() {
    return new AreaFormat((this._chart.looks ??= {}), "title");
  }
}

class SeriesCollection extends Thing {
  /**
   * @param {Book} book
   * @param {Sheet} sheet
   * @param {ChartModel} chart
   */
  constructor(book, sheet, chart) {
    super();
    this._book = book;
    this._sheet = sheet;
    this._chart = chart;
  }

  get items() {
    return /** @type {any[]} */ (this._chart.series.map((series) => new ChartSeries(this._book, this._chart, series)));
  }

  get count() {
    return this._chart.series.length;
  }

  getCount() {
    return /** @type {any} */ (this.count);
  }

  /** @param {number} at */
  getItemAt(at) {
    const item = this.items[at];
    if (!item) {
      throw invalid();
    }
    return item;
  }

  /** @param {string} [name] */
  add(name = "") {
    const series = { name, values: "", categories: "" };
    this._chart.series.push(series);
    return new ChartSeries(this._book, this._chart, series);
  }
}

class ChartSeries extends Thing {
  /**
   * @param {Book} book
   * @param {ChartModel} chart
   * @param {SeriesModel} series
   */
  constructor(book, chart, series) {
    super();
    this._book = book;
    this._chart = chart;
    this._series = series;
  }

  get _isKept() {
    return true;
  }

  /** What the cell shows to which a reference points. */
  get name() {
    const at = reference(this._series.name);
    const sheet = at && this._book.sheets.find(({ name }) => name === at.sheet);
    return sheet ? String(shown(sheet.cells[at.cells]?.value ?? "")) : this._series.name;
  }

  set name(name) {
    this._series.name = name;
  }

  get _looks() {
    return (this._series.looks ??= {});
  }

  get chartType() {
    return /** @type {Excel.ChartType} */ (this._looks.type ?? this._chart.type);
  }

  set chartType(type) {
    this._looks.type = type;
  }

  get markerStyle() {
    return this._looks.marker;
  }

  set markerStyle(style) {
    this._looks.marker = style;
  }

  get gapWidth() {
    return this._looks.gap;
  }

  set gapWidth(percent) {
    this._looks.gap = percent;
  }

  get overlap() {
    return this._looks.overlap;
  }

  set overlap(percent) {
    this._looks.overlap = percent;
  }

  get hasDataLabels() {
    return this._looks.hasLabels;
  }

  set hasDataLabels(has) {
    if (has) {
      this._looks.hasLabels = true;
      return;
    }
    const labels = Object.keys(this._looks).filter((key) => /^(hasLabels|labels|point \d+)/.test(key));
    labels.forEach((key) => delete this._looks[key]);
  }

  get format() {
    return new AreaFormat(this._looks, "series");
  }

  get dataLabels() {
    return new Labels(this._looks, "labels");
  }

  get points() {
    return new Points(this._looks, "point");
  }

  /** @param {any} range */
  setValues(range) {
    this._series.values = source(range);
  }

  /** @param {any} range */
  setXAxisValues(range) {
    this._series.categories = source(range);
  }

  /** @param {any} dimension */
  getDimensionDataSourceString(dimension) {
    const found = dimension === "Categories" ? this._series.categories : this._series.values;
    const at = reference(found);
    return /** @type {any} */ (at ? `${quoted(at.sheet)}!${absolute(at.cells)}` : found.replace(/^=/, ""));
  }

  delete() {
    this._chart.series = this._chart.series.filter((series) => series !== this._series);
  }
}

/**
 * @param {number} first
 * @param {number} last
 * @param {(at: number) => number} size
 */
const sum = (first, last, size) => Array.from({ length: last - first + 1 }, (_, at) => size(first + at)).reduce((one, other) => one + other, 0);

/** @param {string} cells */
const absolute = (cells) => cells.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");

/** @param {any} range */
const source = (range) => `=${range.address.replace(/!(.*)$/, (/** @type {string} */ _, /** @type {string} */ cells) => `!${absolute(cells)}`)}`;

/** @typedef {import("./like").Holds<Excel.ChartCollection, Charts>} ChartsHold */
/** @typedef {import("./like").Holds<Excel.Chart, Chart>} ChartHolds */
/** @typedef {import("./like").Holds<Excel.ChartTitle, ChartTitle>} TitleHolds */
/** @typedef {import("./like").Holds<Excel.ChartSeriesCollection, SeriesCollection>} SeriesHold */
/** @typedef {import("./like").Holds<Excel.ChartSeries, ChartSeries>} OneSeriesHolds */
