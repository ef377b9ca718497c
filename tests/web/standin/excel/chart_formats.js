// How charts look: what a script has set, by words.

import { Thing } from "./thing.js";

/** A part of a chart with its place in words, such as "axes valueAxis". */
export class Looks extends Thing {
  /**
   * @param {Record<string, any>} looks
   * @param {string} at
   */
  constructor(looks, at) {
    super();
    this._looks = looks;
    this._at = at;
  }

  /** @param {string} name */
  _get(name) {
    return this._looks[`${this._at} ${name}`];
  }

  /**
   * @param {string} name
   * @param {any} value
   */
  _set(name, value) {
    this._looks[`${this._at} ${name}`] = value;
  }
}

export class AreaFormat extends Looks {
  get fill() {
    return new AreaFill(this._looks, `${this._at} fill`);
  }

  get border() {
    return new Line(this._looks, `${this._at} border`);
  }

  get line() {
    return new Line(this._looks, `${this._at} line`);
  }

  get font() {
    return new Font(this._looks, `${this._at} font`);
  }
}

class AreaFill extends Looks {
  clear() {
    this._set("color", "");
  }

  /** @param {string} color */
  setSolidColor(color) {
    this._set("color", color);
  }
}

export class Line extends Looks {
  clear() {
    this._set("lineStyle", "None");
  }

  get color() {
    return this._get("color");
  }

  set color(value) {
    this._set("color", value);
  }

  get lineStyle() {
    return this._get("lineStyle");
  }

  set lineStyle(value) {
    this._set("lineStyle", value);
  }

  get weight() {
    return this._get("weight");
  }

  set weight(value) {
    this._set("weight", value);
  }
}

export class Legend extends Looks {
  get legendEntries() {
    return new LegendEntries(this._looks, `${this._at} entry`);
  }

  get visible() {
    return this._get("visible");
  }

  set visible(value) {
    this._set("visible", value);
  }

  get position() {
    return this._get("position");
  }

  set position(value) {
    this._set("position", value);
  }
}

class LegendEntries extends Looks {
  /** @param {number} at */
  getItemAt(at) {
    return new LegendEntry(this._looks, `${this._at} ${at}`);
  }
}

class LegendEntry extends Looks {
  get visible() {
    return this._get("visible");
  }

  set visible(value) {
    this._set("visible", value);
  }
}

export class PlotArea extends Looks {
  get insideLeft() {
    return this._get("insideLeft");
  }

  set insideLeft(value) {
    this._set("insideLeft", value);
  }

  get insideTop() {
    return this._get("insideTop");
  }

  set insideTop(value) {
    this._set("insideTop", value);
  }

  get insideWidth() {
    return this._get("insideWidth");
  }

  set insideWidth(value) {
    this._set("insideWidth", value);
  }

  get insideHeight() {
    return this._get("insideHeight");
  }

  set insideHeight(value) {
    this._set("insideHeight", value);
  }
}

export class Labels extends Looks {
  get position() {
    return this._get("position");
  }

  set position(value) {
    this._set("position", value);
  }

  get showValue() {
    return this._get("showValue");
  }

  set showValue(value) {
    this._set("showValue", value);
  }

  get showSeriesName() {
    return this._get("showSeriesName");
  }

  set showSeriesName(value) {
    this._set("showSeriesName", value);
  }

  get showCategoryName() {
    return this._get("showCategoryName");
  }

  set showCategoryName(value) {
    this._set("showCategoryName", value);
  }

  get showLegendKey() {
    return this._get("showLegendKey");
  }

  set showLegendKey(value) {
    this._set("showLegendKey", value);
  }

  get separator() {
    return this._get("separator");
  }

  set separator(value) {
    this._set("separator", value);
  }

  get numberFormat() {
    return this._get("numberFormat");
  }

  set numberFormat(value) {
    this._set("numberFormat", value);
  }

  get format() {
    return new LabelFormat(this._looks, `${this._at} format`);
  }
}

class LabelFormat extends Looks {
  get fill() {
    return new AreaFill(this._looks, `${this._at} fill`);
  }

  get font() {
    return new Font(this._looks, `${this._at} font`);
  }
}

class Font extends Looks {
  get size() {
    return this._get("size");
  }

  set size(value) {
    this._set("size", value);
  }

  get bold() {
    return this._get("bold");
  }

  set bold(value) {
    this._set("bold", value);
  }

  get color() {
    return this._get("color");
  }

  set color(value) {
    this._set("color", value);
  }
}

export class Points extends Looks {
  /** @param {number} at */
  getItemAt(at) {
    return new Point(this._looks, `${this._at} ${at}`);
  }
}

class Point extends Looks {
  get hasDataLabel() {
    return this._get("hasDataLabel");
  }

  set hasDataLabel(value) {
    this._set("hasDataLabel", value);
  }

  get dataLabel() {
    return new Label(this._looks, `${this._at} dataLabel`);
  }
}

class Label extends Looks {
  get format() {
    return new LabelFormat(this._looks, `${this._at} format`);
  }

  get position() {
    return this._get("position");
  }

  set position(value) {
    this._set("position", value);
  }

  get showValue() {
    return this._get("showValue");
  }

  set showValue(value) {
    this._set("showValue", value);
  }

  get showSeriesName() {
    return this._get("showSeriesName");
  }

  set showSeriesName(value) {
    this._set("showSeriesName", value);
  }

  get showCategoryName() {
    return this._get("showCategoryName");
  }

  set showCategoryName(value) {
    this._set("showCategoryName", value);
  }

  get showLegendKey() {
    return this._get("showLegendKey");
  }

  set showLegendKey(value) {
    this._set("showLegendKey", value);
  }

  get separator() {
    return this._get("separator");
  }

  set separator(value) {
    this._set("separator", value);
  }
}

/** @typedef {import("./like").Holds<Excel.ChartFill, AreaFill>} AreaFillHolds */
/** @typedef {import("./like").Holds<Excel.ChartLineFormat, Line>} LineHolds */
/** @typedef {import("./like").Holds<Excel.ChartLegend, Legend>} LegendHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabels, Labels>} LabelsHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabelFormat, LabelFormat>} LabelFormatHolds */
/** @typedef {import("./like").Holds<Excel.ChartFont, Font>} FontHolds */
/** @typedef {import("./like").Holds<Excel.ChartPointsCollection, Points>} PointsHolds */
/** @typedef {import("./like").Holds<Excel.ChartPoint, Point>} PointHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabel, Label>} LabelHolds */
/** @typedef {import("./like").Holds<Excel.ChartLegendEntryCollection, LegendEntries>} LegendEntriesHold */
/** @typedef {import("./like").Holds<Excel.ChartLegendEntry, LegendEntry>} LegendEntryHolds */
/** @typedef {import("./like").Holds<Excel.ChartPlotArea, PlotArea>} PlotAreaHolds */
