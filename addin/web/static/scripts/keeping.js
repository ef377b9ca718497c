// Where a token is kept between sessions: the browser's storage. Where that is blocked, as it can be in a frame of Excel
// on the web, the token lasts as long as the page. (Office's own storage has no other place on the web.)

const KEY = "marketbook-token";

/** @returns {string} The token; "" if there is none. */
export function kept() {
  try {
    return localStorage.getItem(place()) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keeps a token in place of the former one; "" keeps none.
 * @param {string} token
 */
export function keep(token) {
  try {
    if (token) {
      localStorage.setItem(place(), token);
    } else {
      localStorage.removeItem(place());
    }
  } catch {
    // It is blocked.
  }
}

/**
 * Tells of a token that another pane keeps, "" if it keeps none any more.
 * @param {(token: string) => void} listener
 */
export function onKept(listener) {
  addEventListener("storage", (event) => {
    if (event.key === place()) {
      listener(event.newValue ?? "");
    }
  });
}

/** The name of the token in the storage, with the prefix by which Office keeps add-ins of several pages apart. */
function place() {
  return `${Office.context?.partitionKey ?? ""}${KEY}`;
}
