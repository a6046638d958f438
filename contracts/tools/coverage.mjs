// Coverage of lines and branches of the production contracts by the TypeScript tests.
//
//   node tools/build.mjs coverage
//
// Hardhat counts statements; it knows no branches. So the copy that it instruments has a statement more on each branch
// (tools/branches.mjs), and what Hardhat says of that statement's line is said of the branch. Branches are the two
// outcomes of each `if` and of each `require`. Hardhat does not look into assembly; mutants do.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { probed } from "./branches.mjs";
import { FILES, Sources, copyOf, testsOf } from "./production.mjs";

const SHARE_MIN = 0.98;

export async function coverage({ home, node, run, say, Failure }) {
  const folder = copyOf(home);
  const stop = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", stop);
  const sources = new Sources(home);
  const files = new Map();
  for (const file of FILES.map((name) => `contracts/${name}.sol`)) {
    // Code with counters needs more stack, which the compiler finds in memory if all assembly is safe for it. The
    // fallbacks' is not marked so, because it never returns; nor does it here.
    const { text, ...lines } = probed(sources.text(file), sources.tree(file));
    writeFileSync(join(folder, file), text.replaceAll("assembly {", 'assembly ("memory-safe") {'));
    files.set(file, lines);
  }
  allowLargeCode(join(folder, "hardhat.config.ts"), Failure);
  rmSync(join(folder, "artifacts"), { recursive: true, force: true });
  // Counters cost gas and size: tests about either may fail here, and only here. What ran has been counted.
  const cli = join(folder, "node_modules", "hardhat", "dist", "src", "cli.js");
  const env = { QUOIN_COVERAGE: "1" };
  const result = await run(node, [cli, "--coverage", "test", "nodejs", ...testsOf(folder)], {
    folder, node, env, heartbeat: "compiling and testing with counters", quiet: true,
  });
  const report = join(folder, "coverage", "lcov.info");
  if (!existsSync(report)) {
    process.stderr.write(result.output);
    throw new Failure("Hardhat left no coverage/lcov.info (its words are above)");
  }
  const summary = /(\d+) passing[^\n]*(?:\n\s+(\d+) failing)?/.exec(result.output);
  const failing = [...result.output.matchAll(/^\s+\d+\) (.*)$/gm)].map((match) => match[1]);
  if (failing.length > 0) say(`not counted to their ends: ${[...new Set(failing)].join("; ")}`);
  say(`with counters ${summary?.[1]} tests pass, ${summary?.[2] ?? 0} about gas or size fail`);
  if (process.env.QUOIN_COVERAGE_KEEP) cpSync(report, process.env.QUOIN_COVERAGE_KEEP);
  judge(files, hitsOf(readFileSync(report, "utf8")), Failure);
}

function allowLargeCode(config, Failure) {
  const text = readFileSync(config, "utf8");
  const place = 'hardfork: "osaka"';
  if (!text.includes(place)) {
    throw new Failure(`hardhat.config.ts has no ${place}: tools/coverage.mjs has to be changed with it`);
  }
  writeFileSync(config, text.replaceAll(place, `${place}, allowUnlimitedContractSize: true`));
}

/** Hits by file and line, as lcov has them. */
function hitsOf(lcov) {
  const hits = new Map();
  for (const section of lcov.split("end_of_record")) {
    const file = /^SF:(.*)$/m.exec(section)?.[1];
    const lines = [...section.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [Number(line), Number(count)]);
    if (file !== undefined) hits.set(file, new Map(lines));
  }
  return hits;
}

function judge(files, hits, Failure) {
  const rows = [];
  const missed = [];
  const sum = { lines: [0, 0], branches: [0, 0] };
  for (const [file, { lineOf, branches }] of files) {
    const found = hits.get(file) ?? new Map();
    const probes = new Map(branches.map((branch) => [branch.probe, branch]));
    const lines = new Map();
    for (const [line, count] of found) {
      const original = lineOf[line - 1];
      if (!probes.has(line)) lines.set(original, (lines.get(original) ?? 0) + count);
    }
    const counts = {
      lines: [[...lines.values()].filter((count) => count > 0).length, lines.size],
      branches: [branches.filter(({ probe }) => found.get(probe) > 0).length, branches.length],
    };
    for (const [line, count] of lines) if (count === 0) missed.push(`${basename(file)}:${line} never runs`);
    for (const { probe, line, label } of branches) {
      if (!(found.get(probe) > 0)) missed.push(`${basename(file)}:${line} branch "${label}" is never taken`);
    }
    for (const kind of ["lines", "branches"]) counts[kind].forEach((count, i) => (sum[kind][i] += count));
    if (counts.lines[1] + counts.branches[1] > 0) rows.push([basename(file), ...shown(counts)]);
  }
  rows.push(["**all**", ...shown(sum)]);
  process.stdout.write("| file | lines | | branches | |\n|---|---|---|---|---|\n");
  process.stdout.write(rows.map((row) => `| ${row.join(" | ")} |\n`).join(""));
  process.stdout.write(`\n${missed.map((each) => `- ${each}`).join("\n") || "nothing is missed"}\n`);
  for (const [kind, [hit, all]] of Object.entries(sum)) {
    if (!(hit / all >= SHARE_MIN)) throw new Failure(`${hit} of ${all} ${kind} are covered; ${SHARE_MIN * 100} % are wanted`);
  }
}

function shown({ lines, branches }) {
  const share = ([hit, all]) => [`${hit} of ${all}`, all === 0 ? "" : `${((100 * hit) / all).toFixed(1)} %`];
  return [...share(lines), ...share(branches)];
}
