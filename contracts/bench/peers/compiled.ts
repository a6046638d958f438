// The peers' contracts: the bytecode that their packages publish, or their sources by the compiler and the settings
// that their authors deploy with. What was compiled is kept under cache/peers.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Abi, Hex } from "viem";

export interface Compiled {
  abi: Abi;
  bytecode: Hex;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const CONTRACTS = dirname(dirname(HERE));
const PACKAGES = join(HERE, "node_modules");

/** A file that a peer's package publishes, with `abi` and `bytecode`. */
export function published(file: string): Compiled {
  const { abi, bytecode } = JSON.parse(readFileSync(join(PACKAGES, file), "utf8"));
  return { abi, bytecode };
}

/** Contracts of Seaport, as its authors compile them: solc 0.8.24 by way of Yul, 2^32 - 1 runs, for Cancun. */
export function seaport(...names: string[]): Record<string, Compiled> {
  const settings = {
    viaIR: true,
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 4_294_967_295 },
    metadata: { bytecodeHash: "none" },
  };
  return compile(join(PACKAGES, "solc-0824"), PACKAGES, names, settings);
}

/** The hash-locked escrow of this folder, by the vault's own compiler and settings. */
export function htlc(): Compiled {
  const settings = { viaIR: true, evmVersion: "cancun", optimizer: { enabled: true, runs: 1_000_000 } };
  const solc = join(CONTRACTS, "node_modules", "solc");
  return compile(solc, join(CONTRACTS, "node_modules"), ["OneSlotHtlc.sol"], settings)["OneSlotHtlc.sol"];
}

function compile(solcFolder: string, roots: string, files: string[], settings: object): Record<string, Compiled> {
  const read = (file: string) => {
    const own = join(HERE, file);
    return readFileSync(existsSync(own) ? own : join(roots, file), "utf8");
  };
  const sources = Object.fromEntries(files.map((file) => [file, { content: read(file) }]));
  const outputSelection = { "*": { "*": ["abi", "evm.bytecode.object"] } };
  const input = JSON.stringify({ language: "Solidity", sources, settings: { ...settings, outputSelection } });
  // The lock says which compiler and which sources these are.
  const lock = readFileSync(join(dirname(roots), "package-lock.json"));
  const cached = join(CONTRACTS, "cache", "peers", `${createHash("sha256").update(input).update(lock).digest("hex")}.json`);
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, "utf8"));
  console.error(`compiling ${files.join(", ")} (once; Seaport takes a minute or two)`);
  const require = createRequire(import.meta.url);
  const solc = require(join(solcFolder, "wrapper.js"))(require(join(solcFolder, "soljson.js")));
  const output = JSON.parse(solc.compile(input, { import: (file: string) => ({ contents: read(file) }) }));
  const errors = (output.errors ?? []).filter(({ severity }: { severity: string }) => severity === "error");
  if (errors.length !== 0) throw new Error(errors.map((e: { formattedMessage: string }) => e.formattedMessage).join("\n"));
  const compiled = Object.fromEntries(files.map((file) => [file, contractOf(output.contracts[file])]));
  mkdirSync(dirname(cached), { recursive: true });
  writeFileSync(cached, JSON.stringify(compiled));
  return compiled;
}

/** The only contract of a file. */
function contractOf(contracts: Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>): Compiled {
  const [{ abi, evm }] = Object.values(contracts);
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}
