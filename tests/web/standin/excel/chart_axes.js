// How the axes of charts look: what a script has set, by words.

import { Line, Looks } from "./chart_formats.js";

export class Axes extends Looks {
  get categoryAxis() {
    return new Axis(this._looks, `${this._at} categoryAxis`);
  }

  get valueAxis() {
    return new Axis(this._looks, `${this._at} valueAxis`);
  }
}

class Axis extends Looks {
  get visible() {
    return this._get("visible");
  }

  set visible(value) {
    this._set("visible", value);
  }

  get minimum() {
    return this._get("minimum");
  }

  set minimum(value) {
    this._set("minimum", value);
  }

  get maximum() {
    return this._get("maximum");
  }

  set maximum(value) {
    this._set("maximum", value);
  }

  get numberFormat() {
    return this._get("numberFormat");
  }

  set numberFormat(value) {
    this._set("numberFormat", value);
  }

  get reversePlotOrder() {
    return this._get("reversePlotOrder");
  }

  set reversePlotOrder(value) {
    this._set("reversePlotOrder", value);
  }

  get tickLabelSpacing() {
    return this._get("tickLabelSpacing");
  }

  set tickLabelSpacing(value) {
    this._set("tickLabelSpacing", value);
  }

  get majorUnit() {
    return this._get("majorUnit");
  }

  set majorUnit(value) {
    this._set("majorUnit", value);
  }

  get majorTickMark() {
    return this._get("majorTickMark");
  }

  set majorTickMark(value) {
    this._set("majorTickMark", value);
  }

  get minorTickMark() {
    return this._get("minorTickMark");
  }

  set minorTickMark(value) {
    this._set("minorTickMark", value);
  }

  get tickLabelPosition() {
    return this._get("tickLabelPosition");
  }

  set tickLabelPosition(value) {
    this._set("tickLabelPosition", value);
  }

  get position() {
    return this._get("position");
  }

  set position(value) {
    this._set("position", value);
  }

  get isBetweenCategories() {
    return this._get("isBetweenCategories");
  }

  set isBetweenCategories(value) {
    this._set("isBetweenCategories", value);
  }

  get format() {
    return new LineFormat(this._looks, `${this._at} format`);
  }

  get majorGridlines() {
    return new Gridlines(this._looks, `${this._at} majorGridlines`);
  }
}

class Gridlines extends Looks {
  get visible() {
    return this._get("visible");
  }

  set visible(value) {
    this._set("visible", value);
  }

  get format() {
    return new LineFormat(this._looks, `${this._at} format`);
  }
}

class LineFormat extends Looks {
  get line() {
    return new Line(this._looks, `${this._at} line`);
  }
}

/** @typedef {import("./like").Holds<Excel.ChartAxes, Axes>} AxesHolds */
/** @typedef {import("./like").Holds<Excel.ChartAxis, Axis>} AxisHolds */
/** @typedef {import("./like").Holds<Excel.ChartGridlines, Gridlines>} GridlinesHolds */
/** @typedef {import("./like").Holds<Excel.ChartGridlinesFormat, LineFormat>} LineFormatHolds */
/** @typedef {import("./like").Holds<Excel.ChartAxisFormat, LineFormat>} AxisFormatHolds */
