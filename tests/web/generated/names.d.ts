/** The cell names of all functions. The server makes /excel/names.js from the registry. */
export const NAMES: readonly string[];
