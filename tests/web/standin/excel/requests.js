// Answers the requests that Microsoft's office.js sends to Excel.
//
// A request is a list of actions on objects, each of which is described by a path: "the method GetRange of the indexer
// 'Start' of the property Worksheets of the workbook". Actions are done in their order; where one fails, those before it
// stay done, as in Excel.

import { Refusal, unknown } from "./errors.js";
import { call, get, isObject, plainProperties, set } from "./members.js";

/**
 * @typedef {object} Path
 * @property {number} ObjectPathType
 * @property {string} Name
 * @property {number} [ParentObjectPathId]
 * @property {Given} [ArgumentInfo]
 *
 * @typedef {object} Given
 * @property {any[]} [Arguments]
 * @property {number[]} [ReferencedObjectPathIds]
 *
 * @typedef {object} Action
 * @property {number} Id
 * @property {number} ActionType
 * @property {string} Name
 * @property {number} ObjectPathId
 * @property {Given} [ArgumentInfo]
 * @property {{Select?: string[], Expand?: string[], Top?: number, Skip?: number}} [QueryInfo]
 * @property {Record<string, any>} [ObjectState]
 *
 * @typedef {{Actions: Action[], ObjectPaths: Record<string, Path>}} Body
 *
 * @typedef {object} Answer
 * @property {{ActionId: number, Value: any}[]} Results
 * @property {{ActionIndex: number, Code: string, Message: string, Location: string, HttpStatusCode: number}} [Error]
 */

const GLOBAL = 1;
/** The path of an object that office.js makes for its own purposes. */
export const NEW = 2;
const METHOD = 3;
const PROPERTY = 4;
const INDEXER = 5;
const KEPT = 6;

const INSTANTIATE = 1;
const QUERY = 2;
const CALL = 3;
const SET = 4;
const UPDATE = 9;

/** Objects that office.js makes for its own purposes: it only tells them something. */
const LISTENER = { _isListener: true };

export class Requests {
  /** @param {object} workbook */
  constructor(workbook) {
    this._workbook = workbook;
    /** @type {Map<string, any>} */
    this._kept = new Map();
    this._count = 0;
  }

  /**
   * @param {Body} body
   * @returns {Answer}
   */
  answer({ Actions: actions, ObjectPaths: paths }) {
    const batch = new Batch(this, paths);
    /** @type {Answer["Results"]} */
    const results = [];
    for (const [at, action] of actions.entries()) {
      try {
        const value = batch.done(action);
        if (value !== undefined) {
          results.push({ ActionId: action.Id, Value: value });
        }
      } catch (error) {
        const { code, message } = error instanceof Refusal ? error : new Refusal("GeneralException", told(error));
        const failure = { ActionIndex: at, Code: code, Message: message, Location: action.Name, HttpStatusCode: 400 };
        return { Results: results, Error: failure };
      }
    }
    return { Results: results };
  }

  get workbook() {
    return this._workbook;
  }

  /** @param {string} id */
  kept(id) {
    if (!this._kept.has(id)) {
      throw new Refusal("InvalidReference", "This reference is not valid for the current operation.");
    }
    return this._kept.get(id);
  }

  /** @param {string} id */
  forget(id) {
    this._kept.delete(id);
  }

  /**
   * What tells office.js an object again: its id, or else a number under which it is kept.
   * @param {any} object
   * @returns {Record<string, any> | null}
   */
  identity(object) {
    if (object === null) {
      return null;
    }
    if (object._id !== undefined) {
      return { _Id: object._id };
    }
    if (!object._isKept) {
      return {};
    }
    const id = String(++this._count);
    this._kept.set(id, object);
    return { _ReferenceId: id };
  }
}

/** The actions of one request, and the objects on which they are done. */
class Batch {
  /**
   * @param {Requests} requests
   * @param {Record<string, Path>} paths
   */
  constructor(requests, paths) {
    this._requests = requests;
    this._paths = paths;
    /** @type {Map<number, any>} */
    this._found = new Map();
  }

  /**
   * Does an action, and returns what office.js gets for it; undefined if that is nothing.
   * @param {Action} action
   */
  done(action) {
    const object = this._object(action.ObjectPathId);
    if (object === LISTENER) {
      return action.ActionType === INSTANTIATE ? {} : undefined;
    }
    switch (action.ActionType) {
      case INSTANTIATE:
        return this._requests.identity(object);
      case QUERY:
        return this._loaded(object, action.QueryInfo ?? {});
      case CALL:
        return this._called(object, action);
      case SET:
        return set(object, action.Name, this._arguments(action.ArgumentInfo)[0]);
      case UPDATE:
        Object.entries(action.ObjectState ?? {}).forEach(([name, value]) => set(object, name, value));
        return undefined;
      default:
        throw unknown(`actions of the type ${action.ActionType}`);
    }
  }

  /**
   * @param {any} object
   * @param {Action} action
   */
  _called(object, { Name: name, ArgumentInfo: given }) {
    if (name === "_KeepReference" || name.startsWith("_Register") || name.startsWith("_Unregister")) {
      return undefined;
    }
    if (name === "_RemoveReference") {
      return this._requests.forget(given?.Arguments?.[0]);
    }
    const value = call(object, name, this._arguments(given));
    return isObject(value) ? undefined : value;
  }

  /**
   * @param {number} id
   * @returns {any}
   */
  _object(id) {
    if (!this._found.has(id)) {
      this._found.set(id, this._at(this._paths[id]));
    }
    return this._found.get(id);
  }

  /** @param {Path} path */
  _at({ ObjectPathType: type, Name: name, ParentObjectPathId: parentId, ArgumentInfo: given }) {
    if (type === GLOBAL) {
      return this._requests.workbook;
    }
    if (type === NEW) {
      return LISTENER;
    }
    if (type === KEPT) {
      return this._requests.kept(name);
    }
    const parent = this._object(parentId ?? 0);
    if (parent === LISTENER) {
      return LISTENER;
    }
    if (type === METHOD) {
      return parent === null ? null : call(parent, name, this._arguments(given));
    }
    if (type === PROPERTY) {
      return parent === null ? null : get(parent, name);
    }
    return type === INDEXER ? call(parent, "GetItem", this._arguments(given)) : null;
  }

  /** @param {Given} [given] */
  _arguments({ Arguments: values = [], ReferencedObjectPathIds: ids = [] } = {}) {
    return values.map((value, at) => (ids[at] ? this._object(ids[at]) : value));
  }

  /**
   * The properties of an object that are asked for, or all that are plain.
   * @param {any} object
   * @param {NonNullable<Action["QueryInfo"]>} query
   * @returns {any}
   */
  _loaded(object, { Select: select = [], Expand: expand = [], Top: top, Skip: skip = 0 }) {
    if (object === null) {
      return null;
    }
    const wanted = [...select, ...expand].map((path) => path.replace(/^items\//, "")).filter((path) => path !== "items");
    if (Array.isArray(object.items)) {
      const items = object.items.slice(skip, top === undefined ? undefined : skip + top);
      const own = wanted.filter((path) => path in object);
      const each = wanted.filter((path) => !(path in object));
      return { ...this._read(object, own, false), _Items: items.map((/** @type {any} */ item) => this._read(item, each)) };
    }
    return this._read(object, wanted);
  }

  /**
   * @param {any} object
   * @param {string[]} paths
   * @param {boolean} [hasIdentity]
   */
  _read(object, paths, hasIdentity = true) {
    /** @type {Record<string, any>} */
    const value = hasIdentity ? { ...this._requests.identity(object) } : {};
    const wanted = paths.length > 0 || !hasIdentity ? paths.filter((path) => path !== "*") : plainProperties(object);
    for (const path of wanted) {
      const [first, ...rest] = path.split("/");
      const found = get(object, first);
      const upper = first[0].toUpperCase() + first.slice(1);
      if (isObject(found)) {
        const inner = this._loaded(found, { Select: rest.length > 0 ? [rest.join("/")] : [] });
        value[upper] = { ...value[upper], ...inner };
      } else {
        value[upper] = found;
      }
    }
    return value;
  }
}

/** @param {unknown} error */
const told = (error) => (error instanceof Error ? `${error.stack}` : String(error));
