// Charts of a sheet.

import { addressOf, areaOf, letters } from "./addresses.js";
import { AreaFormat, Axes, Legend, PlotArea } from "./chart_formats.js";
import { missing } from "./errors.js";
import { SeriesCollection } from "./series.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Chart} ChartModel */

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

  getCount() {
    return /** @type {any} */ (this._sheet.charts.length);
  }

  /** @param {string} name */
  getItem(name) {
    const chart = this._sheet.charts.find((each) => each.name === name);
    if (!chart) {
      throw missing();
    }
    return new Chart(this._book, this._sheet, chart);
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
    return new SeriesCollection(this._book, this._chart);
  }

  /**
   * @param {any} start
   * @param {any} end
   */
  setPosition(start, end) {
    this._chart.area = `${start}:${end}`;
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

/**
 * @param {number} first
 * @param {number} last
 * @param {(at: number) => number} size
 */
const sum = (first, last, size) => Array.from({ length: last - first + 1 }, (_, at) => size(first + at)).reduce((one, other) => one + other, 0);

/** @typedef {import("./like").Holds<Excel.ChartCollection, Charts>} ChartsHold */
/** @typedef {import("./like").Holds<Excel.Chart, Chart>} ChartHolds */
/** @typedef {import("./like").Holds<Excel.ChartTitle, ChartTitle>} TitleHolds */
