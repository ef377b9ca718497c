// Calls of many cells, gathered while they keep arriving, for some milliseconds. Equal calls are asked once.

import { send } from "./sending.js";
import { toWire } from "./values.js";

/** @typedef {import("./values.js").Wire} Wire */
/** @typedef {import("./values.js").Matrix} Matrix */

const TICK_MS = 4; // no call for so long: all cells have called
const LONGEST_MS = 100; // but no cell waits for longer than this
const MOST_CALLS = 20_000; // in a request

/** A call that waits for its value. Equal calls share it. */
export class Call {
  /** @param {Wire[]} args */
  constructor(args) {
    this.args = args;
    /** @type {(value: Matrix) => void} */
    let resolve = ignored;
    /** @type {(reason: CustomFunctions.Error) => void} */
    let reject = ignored;
    /** @type {Promise<Matrix>} */
    this.promise = new Promise((resolved, rejected) => {
      resolve = resolved;
      reject = rejected;
    });
    this.resolve = resolve;
    this.reject = reject;
  }
}

/**
 * Calls of one function that differ in single values only. Their ranges are the same, and so are sent once.
 * @typedef {{name: string, calls: Map<string, Call>}} Group
 */

/** @type {Map<string, Group>} */
let groups = new Map();
let distinct = 0;
let arrived = 0;
let timer = 0;

/**
 * Returns the value of a call of a worksheet function, as a custom function returns it. Rejects with an error of Excel's.
 * @param {string} name
 * @param {any[]} args As Excel passes them.
 * @returns {Promise<Matrix>}
 */
export function call(name, args) {
  const { promise } = joined(name, args.map(toWire));
  arrived++;
  if (distinct === MOST_CALLS) {
    flush();
  } else if (arrived === 1) {
    gather();
  }
  return promise;
}

/**
 * The call with these arguments: an equal one that waits already, or a new one.
 * @param {string} name
 * @param {Wire[]} args
 * @returns {Call}
 */
function joined(name, args) {
  let ranges = `${name}/${args.length}`;
  let scalars = "";
  for (let at = 0; at < args.length; at++) {
    const one = args[at];
    if (typeof one === "number") {
      scalars += `${one};`;
    } else if (typeof one === "string") {
      scalars += `${one.length}:${one}`;
    } else if (typeof one === "boolean") {
      scalars += one ? "T" : "F";
    } else if (one === null) {
      scalars += ";";
    } else {
      ranges += `|${at}${JSON.stringify(one)}`;
    }
  }
  let group = groups.get(ranges);
  if (!group) {
    groups.set(ranges, (group = { name, calls: new Map() }));
  }
  let found = group.calls.get(scalars);
  if (!found) {
    group.calls.set(scalars, (found = new Call(args)));
    distinct++;
  }
  return found;
}

/** Sends the calls once none has arrived for a moment. */
function gather() {
  const start = performance.now();
  let seen = arrived;
  const look = () => {
    if (arrived === seen || performance.now() - start >= LONGEST_MS) {
      flush();
    } else {
      seen = arrived;
      timer = setTimeout(look, TICK_MS);
    }
  };
  timer = setTimeout(look, TICK_MS);
}

/** Sends what was gathered. */
function flush() {
  clearTimeout(timer);
  send([...groups.values()].map(({ name, calls }) => ({ name, calls: [...calls.values()] })));
  groups = new Map();
  distinct = arrived = 0;
}

function ignored() {}
