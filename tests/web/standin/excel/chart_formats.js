// How charts look: what a script has set, by words.

import { keeping, Thing } from "./thing.js";

/** A part of a chart with its place in words, such as "axes valueAxis". */
class Looks extends Thing {
  /**
   * @param {Record<string, any>} looks
   * @param {string} at
   */
  constructor(looks, at) {
    super();
    this._looks = looks;
    this._at = at;
  }

  /** @param {string} key */
  _read(key) {
    return this._looks[`${this._at} ${key}`];
  }

  /** @param {Record<string, any>} change */
  _write(change) {
    Object.entries(change).forEach(([key, value]) => (this._looks[`${this._at} ${key}`] = value));
  }

  /**
   * A part of this part.
   * @template {Looks} P
   * @param {new (looks: Record<string, any>, at: string) => P} Part
   * @param {string | number} at
   */
  _part(Part, at) {
    return new Part(this._looks, `${this._at} ${at}`);
  }
}

/**
 * A part with some properties.
 * @template {string} Name
 * @param {Name[]} names
 */
function part(...names) {
  const keys = /** @type {any} */ (Object.fromEntries(names.map((name) => [name, name])));
  return keeping(Looks, /** @type {Record<Name, string>} */ (keys));
}

export class AreaFormat extends Looks {
  get fill() {
    return this._part(AreaFill, "fill");
  }

  get border() {
    return this._part(Line, "border");
  }

  get line() {
    return this._part(Line, "line");
  }

  get font() {
    return this._part(ChartFont, "font");
  }
}

class AreaFill extends Looks {
  clear() {
    this._write({ color: "" });
  }

  /** @param {string} color */
  setSolidColor(color) {
    this._write({ color });
  }
}

class Line extends part("color", "lineStyle", "weight") {
  clear() {
    this._write({ lineStyle: "None" });
  }
}

class ChartFont extends part("size", "bold", "color") {}

export class Legend extends part("visible", "position") {
  get legendEntries() {
    return this._part(LegendEntries, "entry");
  }
}

class LegendEntries extends Looks {
  /** @param {number} at */
  getItemAt(at) {
    return this._part(LegendEntry, at);
  }
}

class LegendEntry extends part("visible") {}

export class PlotArea extends part("insideLeft", "insideTop", "insideWidth", "insideHeight") {}

export class Axes extends Looks {
  get categoryAxis() {
    return this._part(Axis, "categoryAxis");
  }

  get valueAxis() {
    return this._part(Axis, "valueAxis");
  }
}

const SCALE = /** @type {const} */ (["minimum", "maximum", "majorUnit", "numberFormat", "isBetweenCategories"]);
const TICKS = /** @type {const} */ (["majorTickMark", "minorTickMark", "tickLabelPosition", "tickLabelSpacing"]);

class Axis extends part("visible", "position", "reversePlotOrder", ...SCALE, ...TICKS) {
  get format() {
    return this._part(LineFormat, "format");
  }

  get majorGridlines() {
    return this._part(Gridlines, "majorGridlines");
  }
}

class Gridlines extends part("visible") {
  get format() {
    return this._part(LineFormat, "format");
  }
}

class LineFormat extends Looks {
  get line() {
    return this._part(Line, "line");
  }
}

const SHOWN = /** @type {const} */ (["showValue", "showSeriesName", "showCategoryName", "showLegendKey"]);

export class Labels extends part("position", "separator", "numberFormat", ...SHOWN) {
  get format() {
    return this._part(LabelFormat, "format");
  }
}

class LabelFormat extends Looks {
  get fill() {
    return this._part(AreaFill, "fill");
  }

  get font() {
    return this._part(ChartFont, "font");
  }
}

export class Points extends Looks {
  /** @param {number} at */
  getItemAt(at) {
    return this._part(Point, at);
  }
}

class Point extends part("hasDataLabel") {
  get dataLabel() {
    return this._part(Label, "dataLabel");
  }
}

class Label extends part("position", "separator", ...SHOWN) {
  get format() {
    return this._part(LabelFormat, "format");
  }
}

/** @typedef {import("./like").Holds<Excel.ChartFill, AreaFill>} AreaFillHolds */
/** @typedef {import("./like").Holds<Excel.ChartLineFormat, Line>} LineHolds */
/** @typedef {import("./like").Holds<Excel.ChartLegend, Legend>} LegendHolds */
/** @typedef {import("./like").Holds<Excel.ChartAxes, Axes>} AxesHolds */
/** @typedef {import("./like").Holds<Excel.ChartAxis, Axis>} AxisHolds */
/** @typedef {import("./like").Holds<Excel.ChartGridlines, Gridlines>} GridlinesHolds */
/** @typedef {import("./like").Holds<Excel.ChartGridlinesFormat, LineFormat>} LineFormatHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabels, Labels>} LabelsHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabelFormat, LabelFormat>} LabelFormatHolds */
/** @typedef {import("./like").Holds<Excel.ChartFont, ChartFont>} FontHolds */
/** @typedef {import("./like").Holds<Excel.ChartPointsCollection, Points>} PointsHolds */
/** @typedef {import("./like").Holds<Excel.ChartPoint, Point>} PointHolds */
/** @typedef {import("./like").Holds<Excel.ChartDataLabel, Label>} LabelHolds */
/** @typedef {import("./like").Holds<Excel.ChartAxisFormat, LineFormat>} AxisFormatHolds */
/** @typedef {import("./like").Holds<Excel.ChartLegendEntryCollection, LegendEntries>} LegendEntriesHold */
/** @typedef {import("./like").Holds<Excel.ChartLegendEntry, LegendEntry>} LegendEntryHolds */
/** @typedef {import("./like").Holds<Excel.ChartPlotArea, PlotArea>} PlotAreaHolds */
