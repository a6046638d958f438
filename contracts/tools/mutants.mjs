// Where the Solidity could be changed, and how: standard mutation operators over the compiler's syntax tree, inline
// assembly included. A mutant is one replacement of text; nothing here compiles or runs any.

const ARITHMETIC = {
  "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "<<": ">>", ">>": "<<", "&": "|", "|": "&", "^": "&",
};
const BOUNDARY = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const NEGATION = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" };
const CONNECTIVE = { "&&": "||", "||": "&&" };
const STEP = { "++": "--", "--": "++" };
const YUL_ARITHMETIC = {
  add: "sub", sub: "add", mul: "div", div: "mul", mod: "mul", shl: "shr", shr: "shl", and: "or", or: "and", xor: "or",
};
const YUL_BOUNDARY = { lt: "gt", gt: "lt", sgt: "slt", slt: "sgt" };
const YUL_CONDITION = ["lt", "gt", "slt", "sgt", "eq", "iszero"];

/** All mutants of one file. `tree` is the compiler's, `source` the text that it was made from. */
export function mutantsOf(file, source, tree) {
  const text = Buffer.from(source, "utf8");
  const found = [];
  const slice = (from, to) => text.subarray(from, to).toString("utf8");
  const at = (node) => {
    const [start, length] = (node.nativeSrc ?? node.src).split(":").map(Number);
    return [start, start + length];
  };
  const textOf = (node) => slice(...at(node));
  const put = (operator, [start, end], replacement) => {
    const original = slice(start, end);
    if (original !== replacement) {
      const line = slice(0, start).split("\n").length;
      found.push({ file, operator, start, end, line, original, replacement });
    }
  };
  const places = { put, at, slice, textOf };
  visit(tree, [], (node, parents) => {
    if (inBody(node, parents)) {
      (node.nodeType.startsWith("Yul") ? mutateAssembly : mutateSolidity)(node, parents, places);
    }
  });
  return found;
}

/** The text with one mutant in it. */
export function apply(source, { start, end, replacement }) {
  const text = Buffer.from(source, "utf8");
  return Buffer.concat([text.subarray(0, start), Buffer.from(replacement), text.subarray(end)]).toString("utf8");
}

function visit(node, parents, see) {
  if (Array.isArray(node)) {
    node.forEach((each) => visit(each, parents, see));
  } else if (node !== null && typeof node === "object") {
    if (node.nodeType !== undefined) {
      see(node, parents);
    }
    const path = node.nodeType === undefined ? parents : [...parents, node];
    for (const [key, value] of Object.entries(node)) {
      // Types repeat what is written elsewhere.
      if (key !== "typeDescriptions" && key !== "typeName") visit(value, path, see);
    }
  }
}

/** Code, and the values of constants; not what only declares or imports. */
function inBody(node, parents) {
  const kinds = parents.map((parent) => parent.nodeType);
  return kinds.includes("Block") || kinds.includes("VariableDeclaration") || node.nodeType === "FunctionDefinition";
}

function mutateSolidity(node, parents, { put, at, slice, textOf }) {
  switch (node.nodeType) {
    case "BinaryOperation": {
      const gap = [at(node.leftExpression)[1], at(node.rightExpression)[0]];
      const swap = (kind, table) => {
        const other = table[node.operator];
        if (other !== undefined) put(kind, gap, slice(...gap).replace(node.operator, () => other));
      };
      swap("arithmetic", ARITHMETIC);
      swap("boundary", BOUNDARY);
      swap("negation", NEGATION);
      swap("connective", CONNECTIVE);
      break;
    }
    case "Assignment": {
      const other = ARITHMETIC[node.operator.slice(0, -1)];
      const gap = [at(node.leftHandSide)[1], at(node.rightHandSide)[0]];
      if (other !== undefined) put("arithmetic", gap, slice(...gap).replace(node.operator, () => `${other}=`));
      break;
    }
    case "UnaryOperation":
      if (node.operator === "!" || node.operator === "~") {
        put(node.operator === "!" ? "negation" : "arithmetic", at(node), textOf(node.subExpression));
      } else if (STEP[node.operator] !== undefined) {
        put("arithmetic", at(node), textOf(node).replace(node.operator, () => STEP[node.operator]));
      }
      break;
    case "Conditional":
    case "IfStatement":
      // A comparison, and what is negated already, is negated as such.
      if (NEGATION[node.condition.operator] === undefined && node.condition.operator !== "!") {
        put("negation", at(node.condition), `!(${textOf(node.condition)})`);
      }
      break;
    case "ExpressionStatement":
    case "RevertStatement":
    case "EmitStatement":
      put(statementKind(node), withSemicolon(at(node), slice), "{}");
      break;
    case "Literal":
      if (node.kind === "number") {
        put("constant", at(node), `(${textOf(node)} + 1)`);
        if (BigInt(/^0x|^\d+$/i.test(node.value) ? node.value : 2) > 0n) {
          put("constant", at(node), `(${textOf(node)} - 1)`);
        }
      } else if (node.kind === "bool") {
        put("constant", at(node), node.value === "true" ? "false" : "true");
      }
      break;
    case "FunctionCall":
      swapArguments(node, { put, at, slice, textOf });
      break;
    case "FunctionDefinition":
      for (const modifier of node.modifiers.filter((each) => each.kind === "modifierInvocation")) {
        put("modifier", at(modifier), "");
      }
      break;
    case "Return":
      if (node.expression != null) returnOther(node.expression, { put, at, textOf });
      break;
  }
}

function statementKind(node) {
  if (node.nodeType === "RevertStatement") return "remove revert";
  if (node.nodeType === "EmitStatement") return "remove event";
  return node.expression.expression?.name === "require" ? "remove require" : "remove statement";
}

function withSemicolon([start, end], slice) {
  return [start, slice(end, end + 1) === ";" ? end + 1 : end];
}

function swapArguments(node, { put, at, slice, textOf }) {
  if (node.names.length > 0) {
    return;
  }
  for (let i = 0; i + 1 < node.arguments.length; ++i) {
    const [one, two] = [node.arguments[i], node.arguments[i + 1]];
    if (one.typeDescriptions.typeString === two.typeDescriptions.typeString && textOf(one) !== textOf(two)) {
      const both = [at(one)[0], at(two)[1]];
      put("swap arguments", both, textOf(two) + slice(at(one)[1], at(two)[0]) + textOf(one));
    }
  }
}

function returnOther(expression, { put, at, textOf }) {
  const type = expression.typeDescriptions.typeString ?? "";
  if (type === "bool") {
    put("return value", at(expression), `!(${textOf(expression)})`);
  } else if (/^u?int\d*$/.test(type)) {
    put("return value", at(expression), "0");
  } else if (/^(address|bytes\d+)$/.test(type)) {
    put("return value", at(expression), `${type}(0)`);
  }
}

function mutateAssembly(node, parents, { put, at, textOf }) {
  switch (node.nodeType) {
    case "YulFunctionCall": {
      const { name } = node.functionName;
      if (YUL_ARITHMETIC[name] !== undefined) put("arithmetic", at(node.functionName), YUL_ARITHMETIC[name]);
      // Not less is greater or equal.
      if (YUL_BOUNDARY[name] !== undefined) {
        const [start, end] = at(node);
        const rest = textOf(node).slice(name.length);
        put("boundary", [start, end], `iszero(${YUL_BOUNDARY[name]}${rest})`);
      }
      if (YUL_CONDITION.includes(name)) put("negation", at(node), `iszero(${textOf(node)})`);
      break;
    }
    case "YulLiteral":
      if (node.kind === "number") {
        put("constant", at(node), `${BigInt(node.value) + 1n}`);
        if (BigInt(node.value) > 0n) put("constant", at(node), `${BigInt(node.value) - 1n}`);
      }
      break;
    case "YulIf":
      if (!YUL_CONDITION.includes(node.condition.functionName?.name)) {
        put("negation", at(node.condition), `iszero(${textOf(node.condition)})`);
      }
      break;
    case "YulExpressionStatement":
    case "YulAssignment":
      put(textOf(node).startsWith("revert") ? "remove revert" : "remove statement", at(node), "{}");
      break;
  }
}
