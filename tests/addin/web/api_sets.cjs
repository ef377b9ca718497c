// Lists, as JSON, which members of Office.js the add-in's scripts use, and in which sets of members each one is, by the
// comments of Microsoft's types: "[Api set: ExcelApi 1.9]". What is loaded by its name counts too.
//
// node api_sets.cjs TYPESCRIPT TSCONFIG

const path = require("path");
const ts = require(path.resolve(process.argv[2]));

const SET = /\[Api set: (\w+) ([\d.]+)/g;
const TYPES = "@types/office-js/index.d.ts";
const SCRIPTS = "/static/scripts/";

const config = path.resolve(process.argv[3]);
const { fileNames, options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, path.dirname(config));
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

/** The members that a piece of a script names. */
function named(node) {
  if (ts.isIdentifier(node)) {
    return [checker.getSymbolAtLocation(node)];
  }
  if (ts.isBindingElement(node)) {
    return [property(checker.getTypeAtLocation(node.parent), (node.propertyName ?? node.name).text)];
  }
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
    return [property(checker.getContextualType(node.parent), node.name.text)];
  }
  return ts.isCallExpression(node) ? loaded(node) : [];
}

/** The members in a text such as "items/name, address", which an object is to load. */
function loaded({ expression, arguments: [given] }) {
  const text = given && checker.getTypeAtLocation(given).value;
  if (typeof text !== "string" || !ts.isPropertyAccessExpression(expression) || expression.name.text !== "load") {
    return [];
  }
  return text.split(",").flatMap((names) => {
    let type = checker.getTypeAtLocation(expression.expression);
    return names.trim().split("/").map((name) => {
      const symbol = property(type, name);
      type = symbol && checker.getTypeOfSymbol(symbol);
      type = (type && checker.getIndexTypeOfType(type, ts.IndexKind.Number)) ?? type;
      return symbol;
    });
  });
}

const property = (type, name) => (type && name ? checker.getPropertyOfType(type, name) : undefined);

/** The sets of a member, the oldest first: it is in each of them. */
function sets(symbol) {
  const declared = (symbol?.declarations ?? []).filter((each) => each.getSourceFile().fileName.endsWith(TYPES));
  const all = declared.flatMap((each) => {
    const said = ts.getJSDocCommentsAndTags(each).map((comment) => comment.getText()).join("\n");
    return [...said.matchAll(SET)].map(([, set, version]) => ({ member: `${each.parent?.name?.text ?? ""}.${symbol.name}`, set, version }));
  });
  return all.sort((one, other) => minor(one) - minor(other));
}

const minor = ({ version }) => Number(version.split(".")[1]);

const found = [];
for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.includes(SCRIPTS))) {
  const script = file.fileName.split(SCRIPTS)[1];
  const visit = (node) => {
    for (const symbol of named(node)) {
      const [first] = sets(symbol);
      if (first) {
        found.push({ script, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, ...first });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}
console.log(JSON.stringify(found));
