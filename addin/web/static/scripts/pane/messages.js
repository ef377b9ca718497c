// The message area: one message at a time, which a screen reader says. A failure is one sentence in it.

import { button, byId, fluent } from "./dom.js";
import { isEnded, sentence } from "./failures.js";
import { focusPart } from "./tabs.js";

/** @typedef {"info" | "success" | "warning" | "error"} Intent */

const SLOW = "Marketbook's server takes long to answer. What is shown stays until then.";
const SLOW_MS = 2000;

const area = /** @type {HTMLElement} */ (document.querySelector("header"));

/** @type {(answer: boolean) => void} */
let answer = () => {};
/**
 * What had the focus before a button of the message.
 * @type {EventTarget | null}
 */
let before = null;
/**
 * The failure that the message tells of.
 * @type {unknown}
 */
let failure = null;

area.addEventListener("focusin", ({ relatedTarget }) => {
  if (!(relatedTarget instanceof Node && area.contains(relatedTarget))) {
    before = relatedTarget;
  }
});
area.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") {
    clear();
  }
});

/**
 * Shows a message in place of the former one.
 * @param {string} text
 * @param {Intent} [intent]
 */
export function say(text, intent = "info") {
  const look = { slot: "dismiss", appearance: "transparent", size: "small", "icon-only": "" };
  show(text, { intent }, [button("✕", clear, { ...look, "aria-label": "Close the message" })]);
}

/**
 * Shows a failure as a sentence; that somebody has ended the work is none.
 * @param {unknown} error
 */
export function fail(error) {
  if (!isEnded(error)) {
    say(sentence(error), "error");
    failure = error;
  }
}

/**
 * Takes the message of a failure away, if it is still there: what failed has worked since.
 * @param {unknown} error
 */
export function mend(error) {
  if (error && error === failure) {
    clear();
  }
}

/**
 * Asks a question, and returns whether the answer is yes. Another message takes its place, which means no.
 * @param {string} text
 * @param {string} yes What the button says.
 * @returns {Promise<boolean>}
 */
export function ask(text, yes) {
  const agree = button(yes, () => answer(true), { slot: "actions", appearance: "primary", size: "small" });
  show(text, { intent: "warning", layout: "multiline" }, [agree, button("Cancel", () => answer(false), { slot: "actions", size: "small" })]);
  agree.focus();
  return new Promise((resolve) => {
    answer = (agreed) => {
      answer = () => {};
      empty();
      resolve(agreed);
    };
  });
}

/**
 * Waits for work that asks the server, and says so if it takes long.
 * @template Done
 * @param {Promise<Done>} work
 * @returns {Promise<Done>}
 */
export async function patiently(work) {
  const timer = setTimeout(() => {
    if (!byId("notices").hasChildNodes() && !byId("failures").hasChildNodes()) {
      say(SLOW);
    }
  }, SLOW_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (byId("notices").textContent?.startsWith(SLOW)) {
      clear();
    }
  }
}

/** Takes the message away; to a question, this means no. */
export function clear() {
  answer(false);
  empty();
}

/**
 * @param {string} text
 * @param {{intent: Intent, layout?: string}} look
 * @param {HTMLElement[]} buttons
 */
function show(text, look, buttons) {
  clear();
  const bar = fluent("message-bar", { ...look, role: "none" }, text, ...buttons);
  byId(look.intent === "error" ? "failures" : "notices").append(bar);
}

/** Whoever was in the message goes on where they were before it. */
function empty() {
  failure = null;
  const hadFocus = area.contains(document.activeElement);
  byId("failures").replaceChildren();
  byId("notices").replaceChildren();
  if (!hadFocus) {
    return;
  }
  if (before instanceof HTMLElement && before.getClientRects().length) {
    before.focus();
  } else {
    focusPart();
  }
}
