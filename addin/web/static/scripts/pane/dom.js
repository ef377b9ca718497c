// Elements of the page, found and made. What comes from elsewhere is text, never markup.

/** @typedef {string | Node | null} Child Null is nothing. */

/**
 * Returns an element of the page.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * Returns an input of the page.
 * @param {string} id
 * @returns {HTMLInputElement}
 */
export function inputById(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes, children);
  return element;
}

/**
 * Makes one of Fluent's elements.
 * @param {string} name Such as "button".
 * @param {Record<string, string>} [attributes]
 * @param {Child[]} children
 * @returns {HTMLElement}
 */
export function fluent(name, attributes = {}, ...children) {
  const element = document.createElement(`fluent-${name}`);
  dress(element, attributes, children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} attributes
 * @param {Child[]} children
 */
function dress(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
}

/**
 * Makes a button that does something when it is pressed.
 * @param {string} text
 * @param {() => void} pressed
 * @param {Record<string, string>} [attributes]
 */
export function button(text, pressed, attributes = {}) {
  const made = fluent("button", attributes, text);
  made.addEventListener("click", pressed);
  return made;
}

/**
 * Makes a small mark, such as the status of a figure.
 * @param {string} text
 * @param {"informative" | "success" | "warning" | "danger"} [color]
 */
export function badge(text, color = "informative") {
  return fluent("badge", { appearance: "tint", size: "medium", color }, text);
}
