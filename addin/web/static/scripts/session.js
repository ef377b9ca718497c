// Who is signed in: the token, which is kept in memory and between sessions, and who wants to know of a change.

import { keep, kept, onKept } from "./keeping.js";

const SIGNED_OUT = "You are signed out of Marketbook. Open the Marketbook pane and sign in.";
const CLOSED = "The sign-in was closed before it was finished.";
const NO_WINDOW = "The sign-in window could not be opened. Allow pop-ups for this page.";
const OPEN_ALREADY = "A window of the add-in is open already. Finish the sign-in there, or close it.";
const NOT_LOADED = "The sign-in page could not be loaded. Check the connection, then try again.";
const SIGN_IN_PATH = "/excel/sign-in";
const SIGN_IN_SIZE = { height: 60, width: 30 }; // percent of the screen
const CLOSED_BY_PERSON = 12006; // codes of Office
const HAS_A_WINDOW = 12007;
const HERE = ["localhost", "127.0.0.1"];

/** @type {Set<(isSignedOut: boolean) => void>} */
const listeners = new Set();
let current = keyOfAddress();
let signedOut = false;
let sentence = SIGNED_OUT;
/** Whether the address has a key: then the server is on this computer, and has no accounts to sign in with. */
export const hasKey = current !== "";
const ready = begin();

/**
 * Returns the token; "" while nobody is signed in.
 * @returns {Promise<string>}
 */
export async function token() {
  await ready;
  return signedOut ? "" : current;
}

/** Whether somebody has to sign in. Until then no request is sent. */
export function isSignedOut() {
  return signedOut;
}

/** What somebody who is signed out is told, in a cell and in the pane. */
export function signedOutSentence() {
  return sentence;
}

/**
 * Tells of each sign-in and sign-out.
 * @param {(isSignedOut: boolean) => void} listener
 */
export function onChange(listener) {
  listeners.add(listener);
}

/**
 * Signs in with a token. What no token has, such as invisible characters beside a copied one, is left out.
 * @param {string} text
 */
export function useToken(text) {
  current = text.replace(/[^!-~]/g, "");
  keep(current);
  sentence = SIGNED_OUT;
  change(!current);
}

/**
 * Forgets the token, so that nobody is signed in here any more, and returns it.
 * @returns {string}
 */
export function forget() {
  const former = current;
  useToken("");
  return former;
}

/**
 * Takes note that the server refused a token, and why. Nothing changes if it is no longer in use.
 * @param {string} refused
 * @param {string} [reason] What to do where there is no sign-in.
 */
export function refuse(refused, reason) {
  if (refused === current && !signedOut) {
    sentence = (hasKey && reason) || SIGNED_OUT;
    change(true);
  }
}

/**
 * Lets the person sign in, in a window of the server's. Rejects with a sentence if that was not finished.
 * @returns {Promise<void>}
 */
export async function signIn() {
  if (hasKey) {
    throw new Error(sentence); // on this computer there is nobody to sign in as
  }
  const dialog = await opened();
  try {
    useToken(await sent(dialog));
  } finally {
    dialog.close();
  }
}

/** @returns {Promise<Office.Dialog>} */
function opened() {
  return new Promise((resolve, reject) => {
    const options = { ...SIGN_IN_SIZE, promptBeforeOpen: false };
    Office.context.ui.displayDialogAsync(`${location.origin}${SIGN_IN_PATH}`, options, (result) => {
      if (result.status === Office.AsyncResultStatus.Succeeded) {
        resolve(result.value);
      } else {
        reject(new Error(result.error.code === HAS_A_WINDOW ? OPEN_ALREADY : NO_WINDOW));
      }
    });
  });
}

/**
 * The token that the window sends. Only messages of our own server count; older Excel does not say whose they are.
 * @param {Office.Dialog} dialog
 * @returns {Promise<string>}
 */
function sent(dialog) {
  return new Promise((resolve, reject) => {
    dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
      const found = "message" in event && (event.origin ?? location.origin) === location.origin && tokenIn(event.message);
      if (found) {
        resolve(found);
      }
    });
    dialog.addEventHandler(Office.EventType.DialogEventReceived, (event) => {
      const isClosed = "error" in event && event.error === CLOSED_BY_PERSON;
      reject(new Error(isClosed ? CLOSED : NOT_LOADED));
    });
  });
}

/** @param {string} message */
function tokenIn(message) {
  try {
    const found = JSON.parse(message).token;
    return typeof found === "string" ? found : "";
  } catch {
    return "";
  }
}

/**
 * The key in the page's address, as "marketbook excel serve" has it. It is taken off at once: an address is seen by
 * many. (Office.js replaces history.replaceState by null, so it is taken from where Office.js leaves it.) A team's server
 * has no keys: there, it could be the token of somebody who has sent a link, and whose figures would then be shown.
 */
function keyOfAddress() {
  const address = new URL(location.href);
  const key = (HERE.includes(address.hostname) && address.searchParams.get("key")) || "";
  if (address.searchParams.has("key")) {
    address.searchParams.delete("key");
    History.prototype.replaceState.call(history, history.state, "", address);
  }
  return key;
}

async function begin() {
  await Office.onReady();
  if (hasKey) {
    keep(current);
    return; // what another pane keeps does not count
  }
  onKept((text) => {
    current = text;
    change(!text);
  });
  current ||= kept();
  if (!current) {
    change(true);
  }
}

/** @param {boolean} isOut */
function change(isOut) {
  signedOut = isOut;
  for (const listener of listeners) {
    listener(isOut);
  }
}
