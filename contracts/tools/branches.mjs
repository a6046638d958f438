// Branches of Solidity as statements, for a coverage that counts statements only: each outcome of an `if` and of a
// `require` gets a line of its own that runs when it is taken. Works on text in memory; line numbers can be mapped back.

/** The text with a probe on each branch. `lineOf[i]`: line of the original that line i + 1 came from. `branches`: line of
 * each probe in the new text, and what it is. */
export function probed(source, tree) {
  const text = Buffer.from(source, "utf8");
  const slice = (from, to) => text.subarray(from, to).toString("utf8");
  const at = ({ src }) => {
    const [start, length] = src.split(":").map(Number);
    return [start, start + length];
  };
  const edits = [];
  const insert = (offset, words) => edits.push({ start: offset, end: offset, words });
  visit(tree, (node) => {
    if (node.nodeType === "IfStatement") {
      const body = (branch, label) => {
        const [from, to] = branch.nodeType === "Block" ? at(branch) : whole(at(branch), slice);
        insert(from, `{${probe(label)}`);
        insert(to, branch === node.trueBody && node.falseBody == null ? `} else {${probe("else")}}` : "}");
      };
      body(node.trueBody, "if");
      // `else if` is an `if` of its own, and is wrapped all the same.
      if (node.falseBody != null) body(node.falseBody, "else");
    } else if (node.nodeType === "ExpressionStatement" && node.expression.expression?.name === "require") {
      const [condition, error] = node.expression.arguments;
      const [from, to] = whole(at(node), slice);
      const refusal = error.nodeType === "FunctionCall" ? `revert ${slice(...at(error))};` : `revert(${slice(...at(error))});`;
      const words = `if (${slice(...at(condition))}) {${probe("holds")}} else {${probe("refuses")}${refusal}}`;
      edits.push({ start: from, end: to, words });
    }
  });
  return applied(text, edits);
}

const MARK = "/* branch:";
const probe = (label) => `\n"${label}"; ${MARK}${label} */\n`;

function whole([start, end], slice) {
  return [start, slice(end, end + 1) === ";" ? end + 1 : end];
}

function visit(node, see) {
  if (Array.isArray(node)) {
    node.forEach((each) => visit(each, see));
  } else if (node !== null && typeof node === "object") {
    if (node.nodeType !== undefined) see(node);
    Object.values(node).forEach((value) => visit(value, see));
  }
}

function applied(text, edits) {
  // Of edits at one place the later is of the inner node: its text begins after, and ends before, the outer's.
  const ordered = edits.map((edit, order) => ({ ...edit, order }));
  ordered.sort((a, b) => a.start - b.start || (a.words.startsWith("}") ? b.order - a.order : a.order - b.order));
  let place = 0;
  let out = "";
  let line = 1;
  const lineOf = [1];
  const put = (words, moves) => {
    for (const char of words) {
      out += char;
      if (char === "\n") {
        if (moves) line++;
        lineOf.push(line);
      }
    }
  };
  for (const { start, end, words } of ordered) {
    put(text.subarray(place, start).toString("utf8"), true);
    put(words, false);
    line += text.subarray(start, end).toString("utf8").split("\n").length - 1;
    place = end;
  }
  put(text.subarray(place).toString("utf8"), true);
  const branches = out.split("\n").flatMap((content, i) => {
    const found = /\/\* branch:(\w+) \*\//.exec(content);
    return found === null ? [] : [{ probe: i + 1, line: lineOf[i], label: found[1] }];
  });
  return { text: out, lineOf, branches };
}
