// Gathered calls are sent: a request has groups of calls, by columns. Every promise is settled, whatever happens.

import { Failure, request } from "./server.js";
import { excelError, fromWire } from "./values.js";

/** @typedef {import("./batching.js").Call} Call */
/** @typedef {import("./values.js").Answered} Answered */
/** @typedef {import("./values.js").Wire} Wire */
/** @typedef {{name: string, calls: Call[]}} Group Calls of one function, with the same ranges. */

const PATH = "/api/excel/calls";
const MOST_BYTES = 2_000_000; // in a request, but one call is sent however long it is
const MOST_REQUESTS = 2; // at once
const TOO_MUCH = 413; // the status of an answer that would be too long
const NOT_VALID = 422; // of calls that the server does not know
const BROKEN = "Marketbook's add-in failed unexpectedly.";

/** @type {Group[][]} */
const queue = [];
let running = 0;

/**
 * Asks for the values of calls, and settles their promises.
 * @param {Group[]} groups
 */
export function send(groups) {
  queue.push(groups);
  advance();
}

function advance() {
  while (running < MOST_REQUESTS && queue.length) {
    running++;
    void ask(/** @type {Group[]} */ (queue.shift())).then(() => {
      running--;
      advance();
    });
  }
}

/** @param {Group[]} groups */
async function ask(groups) {
  try {
    const body = JSON.stringify({ groups: groups.map(columns) });
    if (isTooLong(body) && !isOneCall(groups)) {
      queue.unshift(...halves(groups));
      return;
    }
    const answer = await request(PATH, { method: "POST", body, isWhole: (given) => isWhole(given, groups) });
    groups.forEach(({ calls }, at) => settle(calls, answer.groups[at].values));
  } catch (error) {
    fail(groups, error);
  }
}

/**
 * A group as the server takes it. A column of equal values has one, and omitted arguments at the end are left out.
 * @param {Group} group
 */
function columns({ name, calls }) {
  const made = calls[0].args.map((first, at) => column(calls, first, at));
  while (made.length && made[made.length - 1].length === 1 && made[made.length - 1][0] === null) {
    made.pop();
  }
  return { function: name, count: calls.length, arguments: made };
}

/**
 * @param {Call[]} calls
 * @param {Wire} first
 * @param {number} at
 * @returns {Wire[]}
 */
function column(calls, first, at) {
  const isRange = typeof first === "object" && first !== null;
  if (isRange || calls.every(({ args }) => args[at] === first)) {
    return [first];
  }
  return calls.map(({ args }) => args[at]);
}

/** @param {string} body */
function isTooLong(body) {
  return body.length * 3 > MOST_BYTES && new TextEncoder().encode(body).length > MOST_BYTES;
}

/** @param {Group[]} groups */
function isOneCall(groups) {
  return groups.length === 1 && groups[0].calls.length === 1;
}

/**
 * What can be asked for again, in several requests, after the server has refused it in one. One function that the server
 * does not know does not take the others with it. What nobody may ask, or not here, is not asked again.
 * @param {Group[]} groups
 * @param {number} status
 * @returns {Group[][]}
 */
function parts(groups, status) {
  if (status === TOO_MUCH) {
    return isOneCall(groups) ? [] : halves(groups);
  }
  const names = status === NOT_VALID ? [...new Set(groups.map(({ name }) => name))] : [];
  return names.length > 1 ? names.map((name) => groups.filter((group) => group.name === name)) : [];
}

/**
 * @param {Group[]} groups
 * @returns {Group[][]}
 */
function halves(groups) {
  if (groups.length > 1) {
    const middle = groups.length >> 1;
    return [groups.slice(0, middle), groups.slice(middle)];
  }
  const [{ name, calls }] = groups;
  const middle = calls.length >> 1;
  return [[{ name, calls: calls.slice(0, middle) }], [{ name, calls: calls.slice(middle) }]];
}

/**
 * Whether an answer has a value for each call: otherwise nobody could say which value is whose.
 * @param {any} answer
 * @param {Group[]} groups
 */
function isWhole(answer, groups) {
  const given = answer?.groups;
  return (
    Array.isArray(given) &&
    given.length === groups.length &&
    groups.every(({ calls }, at) => given[at]?.values?.length === calls.length)
  );
}

/**
 * @param {Call[]} calls
 * @param {Answered[]} values
 */
function settle(calls, values) {
  for (let at = 0; at < calls.length; at++) {
    const value = fromWire(values[at]);
    if (Array.isArray(value)) {
      calls[at].resolve(value);
    } else {
      calls[at].reject(value);
    }
  }
}

/**
 * Settles calls that have no answer, but for those that can be asked for again. What waits in the queue behind a server
 * that is not there ends too, so that nobody waits for each request to fail.
 * @param {Group[]} groups
 * @param {any} error
 */
function fail(groups, error) {
  const kind = error instanceof Failure ? error.kind : "";
  const again = kind === "refused" ? parts(groups, error.status) : [];
  if (again.length) {
    queue.unshift(...again);
    return;
  }
  if (!kind) {
    console.error(error);
  }
  const failed = excelError("#N/A", kind ? error.message : BROKEN);
  const others = kind === "unreachable" ? queue.splice(0).flat() : [];
  for (const { calls } of [...groups, ...others]) {
    for (const one of calls) {
      one.reject(failed);
    }
  }
}
