// Formulas as tokens. The grammar is that of workbook/package/sheets/formulas.py, and a test holds the two together.

/**
 * A piece of a formula. Its kind is one of
 *
 * - `text`: a text literal, with its quotes
 * - `sheet`: what stands before a reference or call in another place: `Data!`, `'My Data'!`, `[1]!`
 * - `area`: a cell, block of cells, whole rows or columns
 * - `function`: a name in front of a parenthesis
 * - `name`: another name: of a table or a value, TRUE and FALSE
 * - `brackets`: after a table's name, with all inner brackets
 * - `number`, `error`, `space`
 * - `sign`: an operator, a separator, a parenthesis or brace, and any character that fits nowhere
 * @typedef {{kind: string, text: string}} Token
 */

const COLUMN = String.raw`\$?(?:[A-Wa-w][A-Za-z]{0,2}|[Xx](?:[A-Ea-e][A-Za-z]|[Ff][A-Da-d])|[X-Zx-z][A-Za-z]?)`;
const ROW = String.raw`\$?(?:104857[0-6]|10485[0-6]\d|1048[0-4]\d\d|104[0-7]\d{3}|10[0-3]\d{4}|[1-9]\d{0,5})`;
const WORD = String.raw`\p{L}\p{N}_`;
const NAME = String.raw`[\p{L}\p{Nl}\p{No}_\\][${WORD}.?\\]*`;
const END = String.raw`(?![${WORD}.(!?\\])`;
const SHEET = [
  String.raw`'(?:[^']|'')*'!`,
  String.raw`\[[^\[\]]*\](?:[${WORD}.]+(?::[${WORD}.]+)?)?!`,
  String.raw`[${WORD}.]+!`,
  String.raw`(?!${COLUMN}${ROW}:)[${WORD}.]+:[${WORD}.]+!`, // named like a cell, it stands in quotes
].join("|");
const AREA = [
  String.raw`${COLUMN}${ROW}(?::${COLUMN}${ROW}${END})?${END}`,
  String.raw`${COLUMN}:${COLUMN}${END}`,
  String.raw`${ROW}:${ROW}${END}`,
].join("|");

/** @type {readonly (readonly [kind: string, pattern: string])[]} */
const KINDS = [
  ["text", String.raw`"(?:[^"]|"")*"(?!")`],
  ["sheet", SHEET],
  ["area", AREA],
  ["function", String.raw`${NAME}(?=\()`],
  ["name", NAME],
  ["number", String.raw`(?:\d+\.?\d*|\.\d+)(?:[Ee][+\-]?\d+)?`],
  ["brackets", String.raw`\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]`],
  ["error", String.raw`#[A-Z_]+(?:\/[0A])?[!?]?`],
  ["space", String.raw`\s+`],
  ["sign", String.raw`<=|>=|<>|.`],
];
const TOKENS = new RegExp(KINDS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "gsu");

/**
 * Returns the tokens of a formula, with or without its equals sign. Joined, they are the formula.
 * @param {string} formula
 * @returns {Token[]}
 */
export function tokens(formula) {
  const found = [];
  for (const { 0: text, groups = {} } of formula.matchAll(TOKENS)) {
    const [kind] = /** @type {[string, string]} */ (Object.entries(groups).find(([, given]) => given !== undefined));
    found.push({ kind, text });
  }
  return found;
}
