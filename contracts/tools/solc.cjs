#!/usr/bin/env node
// What forge calls as its compiler: solc of npm, which is WebAssembly, in the two modes that forge uses. So the tests
// that forge runs are compiled by the very compiler of the build, and nothing is downloaded.
const fs = require("node:fs");
const solc = require("solc");

const [mode] = process.argv.slice(2).filter((word) => word === "--version" || word === "--standard-json");
if (mode === "--version") {
  const version = solc.version().replace("Emscripten.clang", "Linux.g++");
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else if (mode === "--standard-json") {
  process.stdout.write(solc.compile(fs.readFileSync(0, "utf8")));
} else {
  process.stderr.write(`solc.cjs knows --version and --standard-json, not ${process.argv.slice(2).join(" ")}\n`);
  process.exitCode = 1;
}
