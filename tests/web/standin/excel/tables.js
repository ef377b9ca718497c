// Tables of a sheet: their cells, and their columns by name.

import { areaOf, common } from "./addresses.js";
import { missing } from "./errors.js";
import { Thing } from "./thing.js";

/** @typedef {import("./addresses.js").Area} Area */
/** @typedef {import("./model").Sheet} Sheet */
/** @typedef {import("./model").Table} Model */
/** @typedef {import("./workbook.js").Workbook} Workbook */

/** The tables of some sheets, or of an area of one. */
export class Tables extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet[]} sheets
   * @param {Area} [area]
   */
  constructor(workbook, sheets, area) {
    super();
    const all = sheets.flatMap((sheet) => Object.entries(sheet.tableParts ?? {}).map(([name, model]) => ({ name, model, sheet })));
    const here = all.filter(({ model }) => !area || common(areaOf(model.area), area));
    this._items = here.map(({ name, model, sheet }) => new Table(workbook, sheet, name, model));
  }

  get items() {
    return /** @type {any[]} */ (this._items);
  }

  getCount() {
    return /** @type {any} */ (this._items.length);
  }

  /** @param {string} name */
  getItem(name) {
    const table = this.getItemOrNullObject(name);
    if (!table) {
      throw missing();
    }
    return table;
  }

  /** @param {string} name */
  getItemOrNullObject(name) {
    return this._items.find((table) => table.name.toLowerCase() === name.toLowerCase()) ?? null;
  }
}

class Table extends Thing {
  /**
   * @param {Workbook} workbook
   * @param {Sheet} sheet
   * @param {string} name
   * @param {Model} model
   */
  constructor(workbook, sheet, name, model) {
    super();
    this._range = (/** @type {Area} */ area) => workbook._range(sheet, area);
    this._name = name;
    this._model = model;
  }

  get _id() {
    return this._name;
  }

  get name() {
    return this._name;
  }

  get columns() {
    return /** @type {any} */ (new Columns(this));
  }

  getDataBodyRange() {
    return this._range(this._body);
  }

  get _body() {
    const area = areaOf(this._model.area);
    return { ...area, top: area.top + 1 };
  }
}

class Columns extends Thing {
  /** @param {Table} table */
  constructor(table) {
    super();
    this._table = table;
  }

  /** @param {string} name */
  getItem(name) {
    const at = this._table._model.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
    if (at < 0) {
      throw missing();
    }
    return new Column(this._table, at);
  }
}

class Column extends Thing {
  /**
   * @param {Table} table
   * @param {number} at
   */
  constructor(table, at) {
    super();
    this._table = table;
    this._at = at;
  }

  getDataBodyRange() {
    const left = this._table._body.left + this._at;
    return this._table._range({ ...this._table._body, left, right: left });
  }
}

/** @typedef {import("./like").Holds<Excel.TableScopedCollection, Tables>} TablesHold */
/** @typedef {import("./like").Holds<Excel.Table, Table>} TableHolds */
/** @typedef {import("./like").Holds<Excel.TableColumn, Column>} ColumnHolds */
