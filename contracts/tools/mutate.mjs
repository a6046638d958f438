// Mutation testing of the Solidity: changes one place of a production file at a time, compiles what contains it with the
// build's own settings, and asks whether a test fails. Works in a copy; the tree is only read.
//
//   node tools/build.mjs mutants [--sample=N] [--minutes=M] [--seed=S] [--files=AccountSlot,VaultTill] [--list]
//   node tools/build.mjs mutants [--sample=N] [--seed=S] --only=10,27     again those that were drawn in these places
//
// The sample is drawn evenly from all mutants of the files, by the seed; when its minutes are over, what was drawn so far
// is the sample. A mutant whose code is the original's, byte for
// byte, is no mutant. What stands in the score: killed / (killed + survived).
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";

import { apply, mutantsOf } from "./mutants.mjs";
import { FILES, Sources, copyOf, testsOf } from "./production.mjs";

const SCORE_MIN = 0.8;
// Tests by what they look at, to be asked first; then the others. A file that killed a mutant moves to the front.
const FIRST = {
  "arbiters/CourtArbiter": ["arbiters"],
  "arbiters/VoteArbiter": ["arbiters"],
  "arbiters/VoteToken": ["arbiters"],
  EscrowEnds: ["bonds", "refusals"],
  FillProofs: ["vault", "audit"],
  Gathering: ["gather"],
  GovernanceTimelock: ["governance"],
  VaultCases: ["bonds", "refusals"],
  VaultRegistry: ["registry", "governance"],
  VaultSingles: ["bonds", "refusals"],
  VaultTill: ["refusals", "tokens"],
};
const ORDER = ["vault", "adversarial", "refusals", "bonds", "audit", "gather"];
const FAILED = /^\s+\d+\) /m;
const TEST_MILLIS_MAX = 300_000;

export async function mutate({ home, node, say, Failure }, options) {
  const { sample, minutes, seed, files, only, list } = readOptions(options, Failure);
  const folder = copyOf(home);
  const stop = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", stop);
  process.on("SIGINT", () => process.exit(130)).on("SIGTERM", () => process.exit(143));
  const sources = new Sources(home);
  const mutants = files.flatMap((file) => mutantsOf(file, sources.text(file), sources.tree(file)));
  const sampled = drawn(mutants, sample, seed);
  const chosen = sampled.filter((_, i) => only === undefined || only.includes(i + 1));
  say(`${mutants.length} mutants in ${files.length} files, ${chosen.length} of them by seed ${seed}`);
  if (list) {
    process.stdout.write(chosen.map((mutant) => `${describe(mutant)}\n`).join(""));
    return;
  }
  const lab = new Lab(folder, node, sources, say);
  await lab.begin(Failure);
  const results = [];
  const end = Date.now() + minutes * 60_000;
  for (const mutant of chosen) {
    const began = Date.now();
    if (began > end) break;
    const result = await lab.judge(mutant);
    results.push({ ...mutant, ...result });
    const count = (verdict) => results.filter((each) => each.verdict === verdict).length;
    say(
      `${results.length}/${chosen.length} ${result.verdict}${result.by ? ` by "${result.by}"` : ""}, ` +
        `${((Date.now() - began) / 1000).toFixed(1)} s: ${describe(mutant)} ` +
        `[${count("killed")} killed, ${count("survived")} survived]`,
    );
  }
  report(results, seed, mutants.length);
  const killed = results.filter((each) => each.verdict === "killed").length;
  const judged = killed + results.filter((each) => each.verdict === "survived").length;
  if (judged === 0 || killed / judged < SCORE_MIN) {
    throw new Failure(`${killed} of ${judged} mutants killed; at least ${SCORE_MIN * 100} % are wanted`);
  }
}

function readOptions(words, Failure) {
  const given = Object.fromEntries(words.map((word) => word.replace(/^--/, "").split("=")));
  const unknown = Object.keys(given).filter((name) => !["sample", "minutes", "seed", "files", "only", "list"].includes(name));
  const names = given.files?.split(",") ?? FILES;
  const strange = names.filter((name) => !FILES.includes(name));
  const [sample, minutes, seed] = [given.sample ?? 100, given.minutes ?? Infinity, given.seed ?? 1].map(Number);
  if (unknown.length > 0 || strange.length > 0 || !(sample > 0) || !(minutes > 0) || !Number.isInteger(seed)) {
    throw new Failure(`mutants [--sample=N] [--minutes=M] [--seed=S] [--files=a,b] [--only=place,place] [--list]; files are ${FILES.join(", ")}`);
  }
  return { sample, minutes, seed, files: names.map((name) => `contracts/${name}.sol`), only: given.only?.split(",").map(Number), list: "list" in given };
}

/** A draw without repetition; the same for the same seed. */
function drawn(all, count, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const rest = [...all];
  for (let i = 0; i < Math.min(count, rest.length); ++i) {
    const other = i + Math.floor(random() * (rest.length - i));
    [rest[i], rest[other]] = [rest[other], rest[i]];
  }
  return rest.slice(0, count);
}

function describe({ file, line, operator, original, replacement }) {
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 90);
  return `${basename(file)}:${line} ${operator}: ${short(original)} -> ${short(replacement) || "(nothing)"}`;
}

/** Compiles mutants into the copy's artifacts and runs its tests on them. */
class Lab {
  #folder;
  #node;
  #sources;
  #say;
  #tests;
  #deployed = new Map();
  #orders = new Map();

  constructor(folder, node, sources, say) {
    this.#folder = folder;
    this.#node = node;
    this.#sources = sources;
    this.#say = say;
  }

  /** Compiles all contracts without a change, and times the tests on them. */
  async begin(Failure) {
    const files = FILES.map((name) => `contracts/${name}.sol`);
    for (const [name, code] of Object.entries(this.#code({}, files))) {
      this.#deployed.set(name, code);
      this.#write(name, code);
    }
    const wanted = testsOf(this.#folder).map((name) => basename(name, ".test.ts"));
    this.#tests = [...new Set([...ORDER.filter((name) => wanted.includes(name)), ...wanted])];
    const began = Date.now();
    const failure = await this.#firstFailure(this.#tests);
    if (failure !== undefined) {
      throw new Failure(`the tests fail without any mutant: ${failure}`);
    }
    this.#say(`the tests pass without a mutant, in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }

  async judge(mutant) {
    const { file } = mutant;
    const changed = { [file]: apply(this.#sources.text(file), mutant) };
    const code = this.#code(changed, [...this.#sources.usersOf(file)]);
    if (code === undefined) {
      return { verdict: "not compiled" };
    }
    const different = Object.entries(code).filter(([name, bytes]) => bytes !== this.#deployed.get(name));
    if (different.length === 0) {
      return { verdict: "same code" };
    }
    different.forEach(([name, bytes]) => this.#write(name, bytes));
    try {
      const first = FIRST[file.slice("contracts/".length, -".sol".length)] ?? [];
      const order = this.#orders.get(file) ?? [...new Set([...first, ...this.#tests])];
      const by = await this.#firstFailure(order);
      if (by === undefined) {
        return { verdict: "survived" };
      }
      const killer = order.find((name) => this.#hasTest(name, by));
      this.#orders.set(file, [...new Set([killer ?? order[0], ...order])]);
      return { verdict: "killed", by };
    } finally {
      different.forEach(([name]) => this.#write(name, this.#deployed.get(name)));
    }
  }

  #hasTest(name, title) {
    const words = title.replace(/ \(\d+ms\)$/, "");
    return readFileSync(join(this.#folder, "test", `${name}.test.ts`), "utf8").includes(words);
  }

  /** Creation code by artifact; undefined if something does not compile. */
  #code(changed, files) {
    const wanted = files.filter((file) => existsSync(this.#artifact(file)));
    const selection = Object.fromEntries(wanted.map((file) => [file, { "*": ["evm.bytecode.object"] }]));
    const { errors = [], contracts } = this.#sources.compile(changed, wanted, selection);
    if (errors.some((error) => error.severity === "error")) {
      return undefined;
    }
    const own = (file) => [file, contracts[file]?.[basename(file, ".sol")]?.evm.bytecode.object];
    return Object.fromEntries(wanted.map(own).filter(([, bytes]) => bytes));
  }

  #artifact(file) {
    return join(this.#folder, "artifacts", file, `${basename(file, ".sol")}.json`);
  }

  #write(file, bytes) {
    const artifact = JSON.parse(readFileSync(this.#artifact(file), "utf8"));
    writeFileSync(this.#artifact(file), JSON.stringify({ ...artifact, bytecode: `0x${bytes}` }));
  }

  /** The name of the first test that fails, and no test after it is waited for. */
  #firstFailure(tests) {
    const cli = join(this.#folder, "node_modules", "hardhat", "dist", "src", "cli.js");
    const files = tests.map((name) => `test/${name}.test.ts`);
    const child = spawn(this.#node, [cli, "--build-profile", "production", "test", "nodejs", "--no-compile", ...files], {
      cwd: this.#folder,
      env: {
        ...process.env,
        PATH: dirname(this.#node) + delimiter + (process.env.PATH ?? ""),
        HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Promise((resolve, reject) => {
      let output = "";
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill("SIGKILL");
      }, TEST_MILLIS_MAX);
      const hear = (chunk) => {
        output += chunk;
        if (FAILED.test(output)) child.kill("SIGKILL");
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("close", (status) => {
        clearTimeout(timer);
        const line = output.split("\n").find((each) => FAILED.test(each));
        if (line !== undefined) resolve(line.trim().replace(/^\d+\) /, ""));
        else if (late) resolve("(no end)");
        else resolve(status === 0 ? undefined : output.trim().split("\n").at(-1));
      });
    });
  }
}

function report(results, seed, all) {
  const rows = (key) => {
    const names = [...new Set(results.map((each) => each[key]))].sort();
    const row = (name, some) => {
      const count = (verdict) => some.filter((each) => each.verdict === verdict).length;
      const [killed, survived] = [count("killed"), count("survived")];
      const score = killed + survived === 0 ? "" : `${((100 * killed) / (killed + survived)).toFixed(1)} %`;
      return `| ${name} | ${killed} | ${survived} | ${score} | ${count("same code")} | ${count("not compiled")} |`;
    };
    const lines = names.map((name) => row(name, results.filter((each) => each[key] === name)));
    const head = `| ${key} | killed | survived | score | same code | does not compile |\n|---|---|---|---|---|---|`;
    return [head, ...lines, row("**all**", results)].join("\n");
  };
  const survivors = results.filter((each) => each.verdict === "survived").map((each) => `- ${describe(each)}`);
  process.stdout.write(
    `${results.length} of ${all} mutants, seed ${seed}\n\n${rows("file")}\n\n${rows("operator")}\n\n` +
      `Survivors:\n${survivors.join("\n") || "- none"}\n`,
  );
}
