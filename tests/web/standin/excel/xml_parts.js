// Custom XML parts: data that a workbook carries for an add-in.

import { invalid, missing } from "./errors.js";
import { Thing } from "./thing.js";

/** @typedef {import("./model").Book} Book */
/** @typedef {import("./model").Part} Part */

export class XmlParts extends Thing {
  /**
   * @param {Book} book
   * @param {string} [namespace] Of the only parts.
   */
  constructor(book, namespace) {
    super();
    this._book = book;
    this._namespace = namespace;
  }

  get items() {
    const parts = this._book.parts.filter(({ namespace }) => this._namespace === undefined || namespace === this._namespace);
    return /** @type {any[]} */ (parts.map((part) => new XmlPart(this._book, part)));
  }

  /** @param {string} id */
  getItem(id) {
    const part = this._book.parts.find((each) => each.id === id);
    if (!part) {
      throw missing();
    }
    return new XmlPart(this._book, part);
  }

  /** @param {string} namespace */
  getByNamespace(namespace) {
    return new PartsOfNamespace(this._book, namespace);
  }

  /** @param {string} xml */
  add(xml) {
    const numbers = this._book.parts.map(({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0));
    const part = { id: `{PART-${Math.max(0, ...numbers) + 1}}`, namespace: namespaceOf(xml), xml };
    this._book.parts.push(part);
    return new XmlPart(this._book, part);
  }
}

class PartsOfNamespace extends Thing {
  /**
   * @param {Book} book
   * @param {string} namespace
   */
  constructor(book, namespace) {
    super();
    this._parts = new XmlParts(book, namespace);
  }

  get items() {
    return this._parts.items;
  }

  /** @param {string} id */
  getItem(id) {
    return this._parts.getItem(id);
  }
}

class XmlPart extends Thing {
  /**
   * @param {Book} book
   * @param {Part} part
   */
  constructor(book, part) {
    super();
    this._book = book;
    this._part = part;
  }

  get _id() {
    return this._part.id;
  }

  get id() {
    return this._part.id;
  }

  get namespaceUri() {
    return this._part.namespace;
  }

  getXml() {
    return /** @type {any} */ (this._part.xml);
  }

  /** @param {string} xml */
  setXml(xml) {
    Object.assign(this._part, { xml, namespace: namespaceOf(xml) });
  }

  delete() {
    this._book.parts = this._book.parts.filter((part) => part !== this._part);
  }
}

/** @param {string} xml */
function namespaceOf(xml) {
  const root = new DOMParser().parseFromString(xml, "application/xml").documentElement;
  if (root.nodeName === "parsererror" || root.querySelector("parsererror")) {
    throw invalid();
  }
  return root.namespaceURI ?? "";
}

/** @typedef {import("./like").Holds<Excel.CustomXmlPartCollection, XmlParts>} PartsHold */
/** @typedef {import("./like").Holds<Excel.CustomXmlPartScopedCollection, PartsOfNamespace>} ScopedHolds */
/** @typedef {import("./like").Holds<Excel.CustomXmlPart, XmlPart>} PartHolds */
