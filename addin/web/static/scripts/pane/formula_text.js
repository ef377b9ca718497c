// A formula's text, in English as Office.js takes it, whatever the texts in it are.

/** @typedef {string | number | boolean | null} Argument Null is omitted. */

const LONGEST_TEXT = 255; // Excel refuses a longer text between quotes

/**
 * Returns the formula of a call, without the arguments that are omitted at its end.
 *
 * call("MARKET_SIZE", ["X-ray \"3D\"", 2028, null]) is =MARKET_SIZE("X-ray ""3D""",2028)
 * @param {string} name
 * @param {Argument[]} args
 */
export function call(name, args) {
  return `=${name}(${given(args).map(written).join(",")})`;
}

/**
 * Returns the arguments up to the last that is not omitted.
 * @param {Argument[]} args
 */
export function given(args) {
  let count = args.length;
  while (count && args[count - 1] === null) {
    count--;
  }
  return args.slice(0, count);
}

/** @param {Argument} one */
function written(one) {
  if (one === null) {
    return "";
  }
  return typeof one === "string" ? quoted(one) : String(one).toUpperCase();
}

/**
 * A text in quotes, or in several pieces that Excel puts together.
 * @param {string} text
 */
function quoted(text) {
  const pieces = [""];
  for (const character of text) {
    const spelled = character === '"' ? '""' : character;
    if (pieces[pieces.length - 1].length + spelled.length > LONGEST_TEXT) {
      pieces.push("");
    }
    pieces[pieces.length - 1] += spelled;
  }
  return pieces.map((piece) => `"${piece}"`).join("&");
}
