// A workbook as plain JSON: what the stand-in of Excel is filled with, and what it has become.

export interface Book {
  sheets: Sheet[];
  /** The names of the workbook. */
  names: Name[];
  styles: Record<string, Look>;
  /** Custom XML parts. */
  parts: Part[];
  /** The name of the active sheet. */
  active: string;
  /** The selected cells of the active sheet. */
  selection: string;
  isProtected: boolean;
  countsFrom1904: boolean;
  /** "Automatic" or "Manual". */
  calculation: string;
}

export interface Sheet {
  name: string;
  visibility: string;
  isProtected: boolean;
  hasGridlines: boolean;
  cells: Record<string, Cell>;
  merged: string[];
  /** The widths of columns ("B") in points. */
  widths: Record<string, number>;
  hiddenColumns: string[];
  /** The heights of rows in points. */
  heights: Record<string, number>;
  hiddenRows: number[];
  rules: Rule[];
  validations: Validation[];
  /** The names of the sheet alone. */
  names: Name[];
  filter: Filter | null;
  /** The first cell that scrolls, such as "A5"; blank if all do. */
  freeze: string;
  charts: Chart[];
  printing: Printing;
  tables: string[];
  /** The tables of which a test needs more than their names. */
  tableParts?: Record<string, Table>;
  comments: string[];
  /** The cells with notes, which Excel had before it had comments. */
  notes?: string[];
  /** Shapes by their types: "Image", "GeometricShape". */
  shapes: string[];
  /** How many pivot tables there are. */
  pivots: number;
  slicers: number;
}

export interface Table {
  /** With the row of headings. */
  area: string;
  columns: string[];
}

export type Value = string | number | boolean | { error: string };

export interface Cell {
  /** With its equals sign. */
  formula?: string;
  /** Of a formula or entered; "" in a blank cell that has a format. */
  value: Value;
  /** "Normal" if there is none. */
  style?: string;
  /** What differs from the style. */
  look?: Partial<Look>;
  link?: Link;
  /** The area that a formula fills, such as "A1:A5". */
  spill?: string;
  /** The area of an array formula of the old kind. Each of its cells has the formula, and Excel changes them only at once. */
  array?: string;
}

export interface Link {
  address?: string;
  documentReference?: string;
  screenTip?: string;
  textToDisplay?: string;
}

/** An edge is "Continuous Thin #D1D5DB"; blank if there is no line. A fill or color is "" if there is none. */
export interface Look {
  numberFormat: string;
  fontName: string;
  fontSize: number;
  fontColor: string;
  isBold: boolean;
  isItalic: boolean;
  underline: string;
  fill: string;
  EdgeTop: string;
  EdgeBottom: string;
  EdgeLeft: string;
  EdgeRight: string;
  horizontal: string;
  vertical: string;
  indent: number;
  wraps: boolean;
  shrinks: boolean;
  isLocked: boolean;
}

export interface Name {
  name: string;
  /** A formula with its equals sign. */
  refersTo: string;
  isVisible: boolean;
}

export interface Part {
  id: string;
  namespace: string;
  xml: string;
}

export interface Rule {
  areas: string[];
  /** "Custom" or "DataBar". */
  type: string;
  formula?: string;
  look?: Partial<Look>;
  stops?: boolean;
  bar?: { color: string; low: string; high: string; isGradient: boolean };
}

export interface Validation {
  areas: string[];
  rule: any;
  alert: any;
  ignoresBlanks: boolean;
}

export interface Filter {
  area: string;
  /** By number of column in the area. */
  criteria: Record<string, any>;
}

export interface Chart {
  name: string;
  type: string;
  /** The top left and the bottom right cell. */
  area: string;
  title: string;
  series: Series[];
  /** What a script has set, by words such as "legend position". */
  looks?: Record<string, any>;
}

export interface Series {
  /** A text, or a reference with an equals sign. */
  name: string;
  values: string;
  categories: string;
  looks?: Record<string, any>;
}

export interface Printing {
  area: string;
  titleRows: string;
  orientation: string;
  paperSize: string;
  centersHorizontally: boolean;
  centersVertically: boolean;
  zoom: any;
  /** In points, in the order left, right, top, bottom, header, footer. */
  margins: number[];
  leftFooter: string;
  rightFooter: string;
  /** Rows at which a page starts. */
  starts: number[];
}
