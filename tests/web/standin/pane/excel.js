// Excel as the task pane sees it, in place of office.js: one workbook, its selected cell, and the ribbon's buttons.
//
// A classic script. What is read must have been loaded before, as in Excel.

/** @typedef {{formula: string, format: string}} Entry */
/** @typedef {{name: string, id: string, isProtected: boolean, tables: string[], cells: Map<string, Entry>}} Sheet */

const ROWS_AND_COLUMNS = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/;

/** @param {string} letters */
function columnOf(letters) {
  return [...letters].reduce((found, letter) => found * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/**
 * @param {number} column
 * @returns {string}
 */
function lettersOf(column) {
  return (column < 26 ? "" : lettersOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
}

/** A failure as Excel reports it. */
class ExcelError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(`${code} in Excel's words.`);
    this.name = "RichApi.Error";
    this.code = code;
  }
}

/** The workbook that is open. */
class StandIn {
  constructor() {
    /** @type {Sheet[]} */
    this.sheets = ["Sheet1", "Ann's model"].map((name, at) => ({
      name,
      id: `{sheet-${at}}`,
      isProtected: false,
      tables: [],
      cells: new Map(),
    }));
    this.selected = { sheet: 0, cell: "A1" };
    /** @type {(() => Promise<void>)[]} */
    this.listeners = [];
    /** @type {Map<string, (event: {completed: () => void}) => void>} */
    this.commands = new Map();
    /** How often the pane was shown. */
    this.shows = 0;
  }

  /**
   * Selects a cell, as somebody would by a click.
   * @param {string} cell
   * @param {number} [sheet]
   */
  async select(cell, sheet = 0) {
    this.selected = { sheet, cell };
    await Promise.all(this.listeners.map((listener) => listener()));
  }

  /**
   * Enters something into a cell.
   * @param {string} cell
   * @param {string} formula
   * @param {string} [format]
   */
  enter(cell, formula, format = "General") {
    this.sheets[0].cells.set(cell, { formula, format });
  }

  /**
   * What is in a cell of the first sheet, and its format.
   * @param {string} cell
   */
  entry(cell) {
    return this.sheets[0].cells.get(cell) ?? { formula: "", format: "General" };
  }

  /**
   * Presses a button of the ribbon, and waits until its command says that it is over.
   * @param {string} id
   * @returns {Promise<void>}
   */
  press(id) {
    return new Promise((resolve) => this.commands.get(id)?.({ completed: resolve }));
  }
}

const standIn = new StandIn();

/** A request to Excel: what is loaded is there after `sync`, and what is written is written then. */
class Context {
  constructor() {
    /** @type {(() => void)[]} */
    this.queue = [];
    this.workbook = new Workbook(this);
  }

  async sync() {
    const todo = this.queue.splice(0);
    todo.forEach((each) => each());
  }
}

/** What of an object was loaded: to read anything else is an error. */
class Loaded {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    /** @type {Set<string>} */
    this.known = new Set();
  }

  /** @param {string} names */
  load(names) {
    this.context.queue.push(() => names.split(",").forEach((name) => this.known.add(name.trim())));
  }

  /**
   * @template T
   * @param {string} name
   * @param {() => T} value
   * @returns {T}
   */
  read(name, value) {
    if (!this.known.has(name)) {
      throw new ExcelError("PropertyNotLoaded");
    }
    return value();
  }
}

class Worksheet extends Loaded {
  /**
   * @param {Context} context
   * @param {Sheet} sheet
   */
  constructor(context, sheet) {
    super(context);
    this.sheet = sheet;
  }

  get id() {
    return this.read("id", () => this.sheet.id);
  }

  /** @param {string} address */
  getRange(address) {
    const [, left, top, right = left, bottom = top] = ROWS_AND_COLUMNS.exec(address) ?? [];
    const [row, column] = [Number(top) - 1, columnOf(left)];
    return new Area(this.context, this, row, column, Number(bottom) - row, columnOf(right) - column + 1);
  }
}

/** Cells of a sheet. */
class Area extends Loaded {
  /**
   * @param {Context} context
   * @param {Worksheet} worksheet
   * @param {number} row
   * @param {number} column
   * @param {number} rows
   * @param {number} columns
   */
  constructor(context, worksheet, row, column, rows, columns) {
    super(context);
    Object.assign(this, { worksheet });
    this.worksheet = worksheet;
    this.place = { row, column, rows, columns };
  }

  /** @returns {string[][]} The names of the cells. */
  get names() {
    const { row, column, rows, columns } = this.place;
    return Array.from({ length: rows }, (_, down) =>
      Array.from({ length: columns }, (_, right) => `${lettersOf(column + right)}${row + down + 1}`),
    );
  }

  /** @param {string} name */
  entry(name) {
    return this.worksheet.sheet.cells.get(name) ?? { formula: "", format: "General" };
  }

  get rowIndex() {
    return this.read("rowIndex", () => this.place.row);
  }

  get columnIndex() {
    return this.read("columnIndex", () => this.place.column);
  }

  get address() {
    const names = this.names.flat();
    const { name } = this.worksheet.sheet;
    const sheet = /^\w+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
    const area = names.length > 1 ? `${names[0]}:${names[names.length - 1]}` : names[0];
    return this.read("address", () => `${sheet}!${area}`);
  }

  get valueTypes() {
    return this.read("valueTypes", () =>
      this.names.map((row) => row.map((name) => (this.entry(name).formula ? "String" : "Empty"))),
    );
  }

  get formulas() {
    return this.read("formulas", () => this.names.map((row) => row.map((name) => this.entry(name).formula)));
  }

  set formulas(rows) {
    this.write((name, down, right) => ({ ...this.entry(name), formula: rows[down][right] }));
  }

  get numberFormat() {
    return this.read("numberFormat", () => this.names.map((row) => row.map((name) => this.entry(name).format)));
  }

  set numberFormat(rows) {
    this.write((name, down, right) => ({ ...this.entry(name), format: rows[down][right] }));
  }

  /** @param {string} what */
  clear(what) {
    if (what !== "Contents") {
      throw new ExcelError("InvalidArgument");
    }
    this.write((name) => ({ ...this.entry(name), formula: "" }));
  }

  /** @param {(name: string, down: number, right: number) => Entry} made */
  write(made) {
    const { sheet } = this.worksheet;
    this.context.queue.push(() => {
      if (sheet.isProtected) {
        throw new ExcelError("AccessDenied");
      }
      this.names.forEach((row, down) => row.forEach((name, right) => sheet.cells.set(name, made(name, down, right))));
    });
  }

  /**
   * @param {number} down
   * @param {number} right
   */
  getCell(down, right) {
    return new Area(this.context, this.worksheet, this.place.row + down, this.place.column + right, 1, 1);
  }

  /**
   * @param {number} more
   * @param {number} wider
   */
  getResizedRange(more, wider) {
    const { row, column, rows, columns } = this.place;
    return new Area(this.context, this.worksheet, row, column, rows + more, columns + wider);
  }

  getTables() {
    const touched = this.worksheet.sheet.tables.filter((name) => this.names.flat().includes(name));
    return { getCount: () => ({ value: touched.length }) };
  }
}

class Workbook {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.onSelectionChanged = {
      add: (/** @type {() => Promise<void>} */ listener) => void standIn.listeners.push(listener),
    };
    this.worksheets = {
      getItem: (/** @type {string} */ id) => {
        const sheet = standIn.sheets.find((each) => each.id === id);
        if (!sheet) {
          throw new ExcelError("ItemNotFound");
        }
        return new Worksheet(context, sheet);
      },
    };
  }

  getActiveCell() {
    const { sheet, cell } = standIn.selected;
    return new Worksheet(this.context, standIn.sheets[sheet]).getRange(cell);
  }
}

Object.assign(globalThis, {
  standIn,
  Office: {
    HostType: { Excel: "Excel" },
    AsyncResultStatus: { Succeeded: "succeeded", Failed: "failed" },
    EventType: { DialogMessageReceived: "dialogMessageReceived", DialogEventReceived: "dialogEventReceived" },
    onReady: async () => ({ host: "Excel", platform: "OfficeOnline" }),
    context: {
      requirements: { isSetSupported: () => true },
      officeTheme: undefined,
      ui: {},
    },
    actions: {
      associate: (/** @type {string} */ id, /** @type {(event: {completed: () => void}) => void} */ action) =>
        void standIn.commands.set(id, action),
    },
    addin: { showAsTaskpane: async () => void standIn.shows++ },
  },
  Excel: {
    RangeValueType: { empty: "Empty" },
    ClearApplyTo: { contents: "Contents" },
    run: (/** @type {(context: Context) => Promise<unknown>} */ work) => work(new Context()),
  },
  CustomFunctions: { associate: () => {}, Error },
});
