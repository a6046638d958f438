// The production contracts as text, and the compiler of the build: what mutants and coverage have in common. Both
// work in a copy of this folder, so that what they change is never in the tree.
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

// What is deployed, and what it is made of. Interfaces have no code, `testing/` is not ours to trust.
export const FILES = [
  "AccountSlot", "EscrowEnds", "EscrowVault", "FillProofs", "Gathering", "GovernanceTimelock", "OrderTyping",
  "SealNumbers", "VaultCases", "VaultLens", "VaultRegistry", "VaultSingles", "VaultStorage", "VaultTill",
  "arbiters/CourtArbiter", "arbiters/VoteArbiter", "arbiters/VoteToken",
];
// Tests of the deployment command, of storage layouts and of documents do not look at what the code does.
const OTHER_SUBJECTS = ["checklist", "deploy", "layout"];

/** Tests of what the code does. */
export function testsOf(folder) {
  const names = readdirSync(join(folder, "test")).filter((name) => name.endsWith(".test.ts"));
  return names.filter((name) => !OTHER_SUBJECTS.includes(basename(name, ".test.ts"))).map((name) => `test/${name}`);
}

/** What the tests need, with the packages where they are. */
export function copyOf(home) {
  const folder = mkdtempSync(join(tmpdir(), "quoin-contracts-"));
  const needed = [
    "artifacts", "contracts", "test", "tools", "ignition", "vectors", "bench", "hardhat.config.ts", "package.json",
    "storage-layout.json",
  ];
  for (const name of needed.filter((each) => existsSync(join(home, each)))) {
    cpSync(join(home, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The sources as they are, and the compiler of the build in this process: it stays warm. */
export class Sources {
  #home;
  #solc;
  #texts = new Map();
  #trees;

  constructor(home) {
    this.#home = home;
    this.#solc = createRequire(join(home, "package.json"))("solc");
  }

  text(name) {
    if (!this.#texts.has(name)) {
      const own = join(this.#home, name);
      const file = existsSync(own) ? own : join(this.#home, "node_modules", name);
      this.#texts.set(name, readFileSync(file, "utf8"));
    }
    return this.#texts.get(name);
  }

  tree(file) {
    const all = FILES.map((name) => `contracts/${name}.sol`);
    this.#trees ??= this.compile({}, all, { "*": { "": ["ast"] } }).sources;
    return this.#trees[file].ast;
  }

  /** Names of the files that `file` is part of, itself among them. */
  usersOf(file) {
    this.tree(file);
    const users = new Set([file]);
    for (let size = 0; size !== users.size; ) {
      size = users.size;
      for (const [name, { ast }] of Object.entries(this.#trees)) {
        const imports = ast.nodes.filter((each) => each.nodeType === "ImportDirective");
        if (imports.some((each) => users.has(each.absolutePath))) users.add(name);
      }
    }
    return users;
  }

  /** `changed`: texts in place of those on disk. */
  compile(changed, files, outputSelection) {
    const read = (name) => changed[name] ?? this.text(name);
    const input = {
      language: "Solidity",
      sources: Object.fromEntries(files.map((name) => [name, { content: read(name) }])),
      settings: {
        evmVersion: "cancun",
        viaIR: true,
        optimizer: { enabled: true, runs: 1_000_000 },
        // No hash of the source in the code: equal code is equal.
        metadata: { appendCBOR: false },
        outputSelection,
      },
    };
    const found = (name) => {
      try {
        return { contents: read(name) };
      } catch {
        return { error: "no such file" };
      }
    };
    return JSON.parse(this.#solc.compile(JSON.stringify(input), { import: found }));
  }
}
