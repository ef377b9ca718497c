// Light or dark: as Office is, if it says so, else as the system is.

import { byId } from "./dom.js";

/** @typedef {{bodyBackgroundColor?: string}} Theme */

const DARKEST_LIGHT = 0.5; // a background that is darker belongs to a dark theme

/**
 * Takes over a theme of Office. Without one, the page follows the system.
 * @param {Theme | undefined} theme
 */
export function useTheme(theme) {
  const color = /^#?([0-9a-f]{6})$/i.exec(theme?.bodyBackgroundColor ?? "");
  if (color) {
    const isDark = lightness(parseInt(color[1], 16)) < DARKEST_LIGHT;
    byId("dark-theme").setAttribute("media", isDark ? "all" : "not all");
  }
}

/** @param {number} color */
function lightness(color) {
  const [red, green, blue] = [color >> 16, (color >> 8) & 255, color & 255];
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
