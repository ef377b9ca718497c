// Who is signed in, and the ways to sign in and out.

import { request } from "../server.js";
import { hasKey, isSignedOut, onChange, signIn, useToken } from "../session.js";
import { signOut } from "../signing-out.js";
import { byId, inputById } from "./dom.js";
import { clear, fail, say } from "./messages.js";
import { Newest } from "./newest.js";
import { focusPart } from "./tabs.js";

/** @typedef {import("./answers.js").Me} Me */

const NOT_IN_FORCE = "This token opens nothing here. It is mistyped, revoked or expired, so make another one.";

const asking = new Newest();
let hasTriedToken = false;

/**
 * Makes signing in and out work.
 * @param {() => void} signedIn Called when somebody is signed in, and again for each sign-in.
 */
export function startAccount(signedIn) {
  byId("sign-in-button").addEventListener("click", () => void signIn().catch(fail));
  byId("sign-out").addEventListener("click", () => void signOut().catch(fail));
  byId("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = inputById("token");
    if (given.value.trim()) {
      hasTriedToken = true;
      useToken(given.value);
      given.value = "";
    }
  });
  byId("sign-out").hidden = hasKey; // on this computer there is nobody to sign in as
  const changed = () => void show(signedIn);
  onChange(changed);
  changed();
}

/** @param {() => void} signedIn */
async function show(signedIn) {
  try {
    await asking.run((signal) => request("/api/excel/me", { signal }), (me) => {
      named(me);
      hasTriedToken = false;
      if (!byId("sign-in").hidden) {
        clear(); // what was said while nobody was signed in
      }
      signedIn();
    });
  } catch (error) {
    if (!isSignedOut() || hasKey) {
      fail(error);
    } else if (hasTriedToken) {
      hasTriedToken = false;
      say(NOT_IN_FORCE, "error");
    }
  }
  const isOut = isSignedOut();
  hide("sign-in", !isOut || hasKey, focusPart);
  hide("account", isOut || !byId("account-name").textContent, () => byId("sign-in-button").focus());
}

/**
 * Hides or shows a section. If the focus is in one that is hidden, it goes elsewhere.
 * @param {string} id
 * @param {boolean} is
 * @param {() => void} elsewhere
 */
function hide(id, is, elsewhere) {
  const hadFocus = byId(id).contains(document.activeElement);
  byId(id).hidden = is;
  if (is && hadFocus) {
    elsewhere();
  }
}

/** @param {Me} me */
function named({ name, place }) {
  byId("account-name").textContent = name;
  byId("account-place").textContent = place;
}
