// The series of a chart: from which cells they are drawn.

import { quoted } from "./addresses.js";
import { AreaFormat, Labels, Points } from "./chart_formats.js";
import { shown } from "./entering.js";
import { invalid } from "./errors.js";
import { reference } from "./references.js";
import { keeping, Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Chart} ChartModel */
/** @typedef {import("./model").Series} SeriesModel */

export class SeriesCollection extends Thing {
  /**
   * @param {Book} book
   * @param {ChartModel} chart
   */
  constructor(book, chart) {
    super();
    this._book = book;
    this._chart = chart;
  }

  get items() {
    return /** @type {any[]} */ (this._chart.series.map((series) => new ChartSeries(this._book, this._chart, series)));
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

/** How a series looks, apart from its parts. */
class SeriesLooks extends Thing {
  /** @param {SeriesModel} series */
  constructor(series) {
    super();
    this._series = series;
  }

  get _looks() {
    return (this._series.looks ??= {});
  }

  /** @param {string} key */
  _read(key) {
    return this._looks[key];
  }

  /** @param {Record<string, any>} change */
  _write(change) {
    Object.assign(this._looks, change);
  }
}

const LOOKS = { markerStyle: "marker", gapWidth: "gap", overlap: "overlap" };

class ChartSeries extends keeping(SeriesLooks, LOOKS) {
  /**
   * @param {Book} book
   * @param {ChartModel} chart
   * @param {SeriesModel} series
   */
  constructor(book, chart, series) {
    super(series);
    this._book = book;
    this._chart = chart;
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

  get chartType() {
    return /** @type {Excel.ChartType} */ (this._looks.type ?? this._chart.type);
  }

  set chartType(type) {
    this._looks.type = type;
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

/** @param {string} cells */
const absolute = (cells) => cells.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");

/** @param {any} range */
const source = (range) => `=${range.address.replace(/!(.*)$/, (/** @type {string} */ _, /** @type {string} */ cells) => `!${absolute(cells)}`)}`;

/** @typedef {import("./like").Holds<Excel.ChartSeriesCollection, SeriesCollection>} SeriesHold */
/** @typedef {import("./like").Holds<Excel.ChartSeries, ChartSeries>} OneSeriesHolds */
