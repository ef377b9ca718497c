// Prints one of Fluent's themes as custom properties: "light" whole, of "dark" what differs from it.
//
// node themes.cjs .web/node_modules light
const [modules, wanted] = process.argv.slice(2);
const { webLightTheme, webDarkTheme } = require(`${modules}/@fluentui/tokens/lib-commonjs/index.cjs`);

const theme = wanted === "dark" ? webDarkTheme : webLightTheme;
const named = wanted === "dark" ? "webDarkTheme, as far as it differs from webLightTheme" : "webLightTheme";
const shown = Object.keys(theme).filter((name) => wanted === "light" || theme[name] !== webLightTheme[name]);
const lines = shown.map((name) => `  --${name}: ${theme[name]};`);
console.log(`/* ${named}, of Microsoft's @fluentui/tokens (see README.txt). */`);
console.log(`:root {\n  color-scheme: ${wanted};\n${lines.join("\n")}\n}`);
