// Requests to the server: with the token, repeated where that can help, and with one sentence for each failure.

import * as session from "./session.js";

/** @typedef {"signed-out" | "unreachable" | "refused" | "failed"} Kind */

/** Why a request has no answer; `message` is a sentence for people. `status` is 0 if the server did not answer. */
export class Failure extends Error {
  /**
   * @param {Kind} kind
   * @param {string} message
   * @param {number} [status]
   */
  constructor(kind, message, status = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

/**
 * @typedef {object} Options
 * @property {string} [method]
 * @property {any} [body] Sent as JSON; text is taken as JSON already.
 * @property {AbortSignal} [signal] Ends the request: the promise is then rejected with an AbortError.
 * @property {string} [token] In place of that of who is signed in.
 * @property {boolean} [keepalive] Whether it goes on when the page is closed.
 * @property {number} [seconds] How long one attempt can take.
 * @property {(answer: any) => boolean} [isWhole] Whether an answer is complete. One that is not is asked for again.
 */

const RETRIES = 3;
const FIRST_PAUSE_MS = 500;
const GROWTH = 3; // the pauses are about 0.5, 1.5 and 4.5 s: a server that starts again is back by then
const LONGEST_PAUSE_MS = 30_000;
const SECONDS = 60;
const PASSING = new Set([429, 502, 503, 504]);

const UNREACHABLE = "Marketbook's server cannot be reached. Check the connection, then calculate again.";
const SLOW = "Marketbook's server takes too long to answer. Calculate again later.";
const INCOMPLETE = "Marketbook's server gave only a part of the answer. Calculate again.";
const REFUSED = "Marketbook's server refused the request.";
const FAILED = "Marketbook's server failed. Its log says why.";

/** An attempt that failed, but may succeed later. */
class Passing extends Error {
  /**
   * @param {Failure} failure
   * @param {number} [pause] How long the server wants to be left alone, in milliseconds.
   */
  constructor(failure, pause = 0) {
    super();
    this.failure = failure;
    this.pause = pause;
  }
}

/**
 * Returns the answer to a request. Rejects with a Failure.
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>}
 */
export async function request(path, options = {}) {
  const { body, signal } = options;
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  for (let attempt = 0; ; attempt++) {
    const token = options.token ?? (await session.token());
    if (!token) {
      throw new Failure("signed-out", session.signedOutSentence(), 401);
    }
    try {
      return await asked(path, token, { ...options, body: text });
    } catch (error) {
      if (!(error instanceof Passing)) {
        throw error;
      }
      if (attempt === RETRIES) {
        throw error.failure;
      }
      await pause(Math.max(error.pause, backoff(attempt)), signal);
    }
  }
}

/**
 * @param {string} path
 * @param {string} token
 * @param {Options} options
 * @returns {Promise<any>}
 */
async function asked(path, token, { method = "GET", body, signal, keepalive, seconds = SECONDS, isWhole }) {
  const limit = limited(signal, seconds);
  try {
    const response = await fetch(path, {
      method,
      body,
      signal: limit.signal,
      keepalive,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) {
      throw await refusal(response, token);
    }
    const answer = await response.json();
    if (isWhole && !isWhole(answer)) {
      throw new Passing(new Failure("failed", INCOMPLETE));
    }
    return answer;
  } catch (error) {
    throw signal?.aborted ? signal.reason : understood(error, limit.isOver());
  } finally {
    limit.end();
  }
}

/**
 * The failure of an attempt: fetch has a TypeError for a server that is not there or hangs up, and JSON that was
 * cut off is a SyntaxError.
 * @param {any} error
 * @param {boolean} isLate
 */
function understood(error, isLate) {
  if (error instanceof Passing || error instanceof Failure) {
    return error;
  }
  if (isLate) {
    return new Failure("unreachable", SLOW); // a server that is so busy is not asked once more
  }
  return new Passing(error instanceof SyntaxError ? new Failure("failed", INCOMPLETE) : new Failure("unreachable", UNREACHABLE));
}

/**
 * The failure of which the server tells.
 * @param {Response} response
 * @param {string} token
 */
async function refusal(response, token) {
  const { status } = response;
  const { message, request: id } = await told(response);
  if (status === 401) {
    session.refuse(token, message);
    const failure = new Failure("signed-out", session.signedOutSentence(), status);
    return session.isSignedOut() ? failure : new Passing(failure); // somebody may have signed in meanwhile
  }
  if (PASSING.has(status)) {
    return new Passing(new Failure("unreachable", message ?? UNREACHABLE, status), retryAfter(response));
  }
  if (status < 500) {
    return new Failure("refused", message ?? REFUSED, status);
  }
  return new Failure("failed", id ? `${FAILED} (Request ${id})` : FAILED, status);
}

/**
 * @param {Response} response
 * @returns {Promise<{message?: string, request?: string}>}
 */
async function told(response) {
  try {
    const { message, request: id } = await response.json();
    return { message: message || undefined, request: id || undefined };
  } catch {
    return {};
  }
}

/** @param {Response} response */
function retryAfter(response) {
  const said = response.headers.get("Retry-After") ?? "";
  const wait = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return wait > 0 ? Math.min(wait, LONGEST_PAUSE_MS) : 0;
}

/** @param {number} attempt */
function backoff(attempt) {
  return FIRST_PAUSE_MS * GROWTH ** attempt * (0.75 + Math.random() / 2);
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", ended);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", ended, { once: true });
  });
}

/**
 * A signal that ends with the given one, and when the time is over. (Excel for Mac uses the system's Safari, where
 * AbortSignal.any can be missing.)
 * @param {AbortSignal | undefined} signal
 * @param {number} seconds
 */
function limited(signal, seconds) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    abort();
  }, seconds * 1000);
  if (signal?.aborted) {
    abort();
  }
  signal?.addEventListener("abort", abort);
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  return { signal: controller.signal, isOver: () => isOver, end };
}
