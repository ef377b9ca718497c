// The members of objects by the names under which office.js asks for them: it begins them with a capital letter.

import { invalid, missing, unknown } from "./errors.js";
import { Thing } from "./thing.js";

/** Properties that office.js sets by another name than scripts do. */
const ALIASES = new Map([["Gridlines", "showGridlines"]]);

/** @param {string} name */
const lower = (name) => ALIASES.get(name) ?? name[0].toLowerCase() + name.slice(1);

/** @param {any} value */
export const isObject = (value) => value instanceof Thing;

/**
 * @param {any} object
 * @param {string} name
 */
export function get(object, name) {
  const property = lower(name);
  if (!(property in object)) {
    throw unknown(`the property ${property} of ${object.constructor.name}`);
  }
  return object[property];
}

/**
 * @param {any} object
 * @param {string} name
 * @param {any} value
 */
export function set(object, name, value) {
  const property = lower(name);
  if (object === null) {
    throw missing();
  }
  if (value === null || value === undefined) {
    throw invalid(); // null counts only inside of a table
  }
  if (!setter(object, property)) {
    throw unknown(`how to set the property ${property} of ${object.constructor.name}`);
  }
  object[property] = value;
}

/**
 * @param {any} object
 * @param {string} name
 * @param {any[]} args
 */
export function call(object, name, args) {
  const method = lower(name);
  if (object === null) {
    throw missing();
  }
  if (typeof object[method] !== "function") {
    throw unknown(`the method ${method} of ${object.constructor.name}`);
  }
  return object[method](...args.map((value) => (value === null ? undefined : value)));
}

/**
 * The properties that are loaded if nobody says which: those that are not objects.
 * @param {any} object
 */
export function plainProperties(object) {
  /** @type {string[]} */
  const names = [];
  for (let at = Object.getPrototypeOf(object); at !== Thing.prototype; at = Object.getPrototypeOf(at)) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(at));
    names.push(...own.filter(([name, { get: getter }]) => getter && !name.startsWith("_")).map(([name]) => name));
  }
  return names.filter((name) => !isObject(object[name]) && name !== "items");
}

/**
 * @param {any} object
 * @param {string} property
 */
function setter(object, property) {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertyDescriptor(at, property);
    if (found) {
      return found.set;
    }
  }
  return undefined;
}
