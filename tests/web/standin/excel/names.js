// Defined names of the workbook, and of a sheet.

import { areaOf, EVERYTHING, common } from "./addresses.js";
import { refuseWrong } from "./entering.js";
import { invalid, missing, Refusal } from "./errors.js";
import { Range } from "./ranges.js";
import { reference } from "./references.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Name} Name */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./workbook.js").Workbook} Workbook */

export class Names extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {{names: Name[]}} holder The book, or a sheet.
   */
  constructor(workbook, holder) {
    super();
    this._workbook = workbook;
    this._holder = holder;
  }

  get items() {
    return /** @type {any[]} */ (this._holder.names.map((name) => new NamedItem(this, name)));
  }

  /** @param {string} name */
  getItem(name) {
    const item = this.getItemOrNullObject(name);
    if (!item) {
      throw missing();
    }
    return item;
  }

  /** @param {string} name */
  getItemOrNullObject(name) {
    const found = this._holder.names.find((each) => each.name.toLowerCase() === name.toLowerCase());
    return found ? new NamedItem(this, found) : null;
  }

  /**
   * @param {string} name
   * @param {any} refersTo A formula, or a range.
   * @param {string} [_comment]
   */
  add(name, refersTo, _comment) {
    if (this.getItemOrNullObject(name)) {
      throw new Refusal("InvalidArgument", "A name already exists.");
    }
    if (this._holder === this._workbook._book && this._workbook._active.names.some((each) => each.name.toLowerCase() === name.toLowerCase())) {
      // see OfficeDev/office-js#2875
      throw new Refusal("ItemAlreadyExists", "A resource with the same name or identifier already exists.");
    }
    const formula = refersTo instanceof Range ? `=${refersTo.address}` : refersTo;
    if (!/^[A-Za-z_\\][\w.\\]*$/.test(name) || typeof formula !== "string" || !formula.startsWith("=")) {
      throw invalid();
    }
    refuseWrong(formula, this._workbook._book);
    const made = { name, refersTo: formula, isVisible: true };
    this._holder.names.push(made);
    return new NamedItem(this, made);
  }
}

class NamedItem extends Thing {
  /**
   * @param {Names} names
   * @param {Name} name
   */
  constructor(names, name) {
    super();
    this._names = names;
    this._name = name;
  }

  get _id() {
    return this._name.name;
  }

  get name() {
    return this._name.name;
  }

  get formula() {
    return /** @type {any} */ (this._name.refersTo);
  }

  set formula(formula) {
    refuseWrong(formula, this._names._workbook._book);
    this._name.refersTo = formula;
  }

  get visible() {
    return this._name.isVisible;
  }

  set visible(is) {
    this._name.isVisible = is;
  }

  get scope() {
    return /** @type {Excel.NamedItemScope} */ ("cells" in this._names._holder ? "Worksheet" : "Workbook");
  }

  get type() {
    return /** @type {Excel.NamedItemType} */ (this._name.refersTo.includes("#REF!") ? "Error" : this._range ? "Range" : "String");
  }

  get value() {
    return /** @type {any} */ (this._name.refersTo.replace(/^="(.*)"$/, "$1"));
  }

  getRange() {
    if (!this._range) {
      throw missing();
    }
    return this._range;
  }

  getRangeOrNullObject() {
    return this._range;
  }

  delete() {
    this._names._holder.names = this._names._holder.names.filter((each) => each !== this._name);
  }

  get _range() {
    const found = reference(this._name.refersTo);
    const workbook = this._names._workbook;
    const sheet = found && workbook._book.sheets.find((each) => each.name.toLowerCase() === found.sheet.toLowerCase());
    const area = found && common(areaOf(found.cells), EVERYTHING);
    return sheet && area ? workbook._range(sheet, area) : null;
  }
}

/** @typedef {import("./like").Holds<Excel.NamedItemCollection, Names>} NamesHold */
/** @typedef {import("./like").Holds<Excel.NamedItem, NamedItem>} NameHolds */
