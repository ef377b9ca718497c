// Light or dark: as Office is, if it says so, else as the system is.

import { byId } from "./dom.js";

const DARKEST_LIGHT = 0.5; // a background that is darker belongs to a dark theme

/** Takes over Office's theme. The page follows the system's by itself. */
export function useOfficeTheme() {
  const isDark = isOfficeDark();
  if (isDark !== null) {
    byId("dark-theme").setAttribute("media", isDark ? "all" : "not all");
  }
}

/** Whether Office is dark; null if it does not say. */
function isOfficeDark() {
  const background = Office.context?.officeTheme?.bodyBackgroundColor ?? "";
  const hexadecimal = /^#?([0-9a-f]{6})$/i.exec(background);
  return hexadecimal ? lightness(parseInt(hexadecimal[1], 16)) < DARKEST_LIGHT : null;
}

/** @param {number} color */
function lightness(color) {
  const [red, green, blue] = [color >> 16, (color >> 8) & 255, color & 255];
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
