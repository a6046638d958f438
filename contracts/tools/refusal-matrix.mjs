// Which function can refuse with which custom error, by the compiled sources, and which of those pairs some test provokes.
//
//   node tools/refusal-matrix.mjs list              every pair, one a line: part.function error
//   node tools/refusal-matrix.mjs check <folder>    the pairs that no record in the folder has, and are not in
//                                                   test/refusals-unrecorded.json with a reason; status 1 if any
//
// The call graph is the compiler's: from each external function through its modifiers and all internal and library calls.
// A call of another contract is not followed, for its refusals are that contract's. Tests record what they provoke when
// QUOIN_REFUSALS names a folder (test/support/world.ts); `node tools/build.mjs refusals` does both.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
const BUILD_INFO = join(HOME, "artifacts", "build-info");
const PARTS = ["EscrowVault", "VaultTill", "VaultCases", "VaultSingles", "VaultRegistry"];

/** All syntax trees that one compilation of `part` has seen, by node id. */
function treesOf(part) {
  const source = `project/contracts/${part}.sol`;
  for (const name of readdirSync(BUILD_INFO).filter((file) => file.endsWith(".output.json"))) {
    const { contracts, sources } = JSON.parse(readFileSync(join(BUILD_INFO, name), "utf8")).output;
    if (contracts[source]?.[part] === undefined) continue;
    const nodes = new Map();
    for (const { ast } of Object.values(sources)) visit(ast, (node) => nodes.set(node.id, node));
    return { nodes, root: sources[source].ast };
  }
  throw new Error(`${part} is not compiled: node tools/build.mjs build`);
}

function visit(node, seen) {
  if (Array.isArray(node)) node.forEach((entry) => visit(entry, seen));
  if (node === null || typeof node !== "object" || Array.isArray(node)) return;
  if (node.nodeType !== undefined) seen(node);
  for (const value of Object.values(node)) visit(value, seen);
}

/** The function that a call of `callee` runs in `contract`: the most derived one that overrides it. */
function resolved(callee, contract, nodes) {
  if (!callee.virtual) return callee;
  for (const id of contract.linearizedBaseContracts) {
    for (const member of nodes.get(id).nodes) {
      if (member.nodeType === callee.nodeType && overrides(member, callee.id, nodes)) return member;
    }
  }
  return callee;
}

function overrides(member, id, nodes) {
  if (member.id === id) return true;
  return (member.baseFunctions ?? member.baseModifiers ?? []).some((base) => overrides(nodes.get(base), id, nodes));
}

/** Names of the custom errors that a function's code reaches. */
function errorsOf(entry, contract, nodes) {
  const [errors, done, queue] = [new Set(), new Set(), [entry]];
  while (queue.length !== 0) {
    const code = queue.pop();
    if (code === undefined || done.has(code.id)) continue;
    done.add(code.id);
    for (const { modifierName } of code.modifiers ?? []) {
      const modifier = nodes.get(modifierName.referencedDeclaration);
      if (modifier?.nodeType === "ModifierDefinition") queue.push(resolved(modifier, contract, nodes));
    }
    visit(code.body ?? {}, (node) => {
      if (node.nodeType !== "FunctionCall") return;
      const { expression } = node;
      const target = nodes.get(expression.referencedDeclaration);
      if (target?.nodeType === "ErrorDefinition") errors.add(target.name);
      const isInternal = expression.typeDescriptions?.typeIdentifier?.startsWith("t_function_internal");
      if (target?.nodeType !== "FunctionDefinition" || !isInternal) return;
      const isSuper = expression.expression?.name === "super";
      queue.push(isSuper ? target : resolved(target, contract, nodes));
    });
  }
  return errors;
}

/** `part.function error` of all pairs. */
function pairs() {
  return PARTS.flatMap((part) => {
    const { nodes, root } = treesOf(part);
    const contract = root.nodes.find((node) => node.nodeType === "ContractDefinition" && node.name === part);
    const entries = new Map();
    for (const id of contract.linearizedBaseContracts) {
      for (const member of nodes.get(id).nodes) {
        if (member.nodeType !== "FunctionDefinition" || !member.implemented) continue;
        const name = member.kind === "function" ? member.name : member.kind;
        const isEntry = ["external", "public"].includes(member.visibility) && member.kind !== "constructor";
        if (isEntry && !entries.has(name)) entries.set(name, member);
      }
    }
    return [...entries].flatMap(([name, member]) =>
      [...errorsOf(member, contract, nodes)].map((error) => `${part}.${name} ${error}`),
    );
  }).sort();
}

/** `function error` of what the tests provoked; which part has the code is the graph's to say. */
function provoked(folder) {
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
  // The registry's proxy initialises it in its constructor.
  return new Set(lines.filter((line) => line !== "").map((line) => line.replace(/^constructor /, "initialize ")));
}

function check(folder) {
  const file = join(HOME, "test", "refusals-unrecorded.json");
  const reasons = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const [all, seen] = [pairs(), provoked(folder)];
  const missing = all.filter((pair) => !seen.has(pair.slice(pair.indexOf(".") + 1)) && reasons[pair] === undefined);
  const contradicted = Object.keys(reasons).filter((pair) => seen.has(pair.slice(pair.indexOf(".") + 1)));
  missing.forEach((pair) => process.stdout.write(`no test provokes: ${pair}\n`));
  contradicted.forEach((pair) => process.stdout.write(`said to be without a record, and recorded: ${pair}\n`));
  process.stderr.write(
    `contracts: ${all.length} pairs of function and refusal, ${missing.length} without a test or a reason\n`,
  );
  return missing.length + contradicted.length === 0 ? 0 : 1;
}

const [command, folder] = process.argv.slice(2);
if (command === "list") process.stdout.write(`${pairs().join("\n")}\n`);
else if (command === "check" && folder !== undefined) process.exitCode = check(folder);
else {
  process.stderr.write("usage: node tools/refusal-matrix.mjs list | check <folder>\n");
  process.exitCode = 2;
}
