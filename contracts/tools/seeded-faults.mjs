// Shows that each invariant can fail: one fault at a time goes into a copy of the sources, and the invariant that is
// there for it must be broken. Usage: node tools/seeded-faults.mjs <path of forge>; build.mjs seeded-faults calls it.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
const CALLS = { FOUNDRY_INVARIANT_RUNS: "12", FOUNDRY_INVARIANT_DEPTH: "500", FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: "0" };

const FAULTS = [
  {
    what: "a withdrawal leaves the wallet as it was",
    file: "VaultStorage.sol",
    from: "_wallets[owner][token] = slot - amount;",
    to: "_wallets[owner][token] = slot;",
    breaks: "SOLVENT",
  },
  {
    what: "a disputed fill stays in its batch",
    file: "FillProofs.sol",
    from: "        _departed[seal.marketId][key] = word;\n",
    to: "",
    breaks: "OUTCOME|FEES|EXIT|SOLVENT",
  },
  {
    what: "a batch may end a second time",
    file: "EscrowVault.sol",
    from: "require(before == OPEN || before == TORN, IEscrowVault.BatchClosed(seq, before));",
    to: "",
    breaks: "OUTCOME",
  },
  {
    what: "an escrow that ended is as it was before",
    file: "EscrowEnds.sol",
    from: "        _escrows[id] = ENDED << 40;\n",
    to: "",
    breaks: "OUTCOME",
  },
  {
    what: "a resting order fills beyond its size",
    file: "EscrowVault.sol",
    from: "if (lots > order & MASK40) return (REASON_OVERFILLED, 0);",
    to: "",
    breaks: "FILLED",
  },
  {
    what: "a cancelled order fills",
    file: "VaultTill.sol",
    from: "_orders[location][nonce % RING] = (nonce << 216) | (((1 << 40) - 1) << 176);",
    to: "",
    breaks: "FILLED",
  },
  {
    what: "the taker's fee may pass the cap that he signed",
    file: "EscrowVault.sol",
    from: "takes := iszero(or(takes, and(shr(249, head), 1)))",
    to: "takes := iszero(and(shr(249, head), 1))",
    breaks: "FEES",
  },
  {
    what: "governance's cap does not bind",
    file: "EscrowVault.sol",
    from: "        _checkFeeCaps(run, market);\n",
    to: "",
    breaks: "FEES",
  },
  {
    what: "a fill's fees stay with the batch that it left",
    file: "EscrowVault.sol",
    from: "operatorFee -= uint48(gone >> 176);",
    to: "",
    breaks: "FEES|SOLVENT",
  },
  {
    what: "an exit heeds the pause",
    file: "VaultTill.sol",
    from: "function withdrawExit(address token, address to) external nonReentrant {",
    to: "function withdrawExit(address token, address to) external nonReentrant whenOpen(token) {",
    breaks: "EXIT",
  },
  {
    what: "an exit asks the registry",
    file: "VaultTill.sol",
    from: "        _checkRipe(msg.sender, token);\n        _pay",
    to: "        REGISTRY.operator();\n        _checkRipe(msg.sender, token);\n        _pay",
    breaks: "EXIT",
  },
  {
    what: "orders lock until the end of an exit's delay",
    file: "EscrowVault.sol",
    from: "requestedAt + EXIT_DELAY / 2) return REASON_EXITING",
    to: "requestedAt + EXIT_DELAY) return REASON_EXITING",
    breaks: "EXIT",
  },
  {
    what: "a lane of unlike batches is forgotten when it is gathered",
    file: "Gathering.sol",
    from: "_store(location, ended ? slot & ~AccountSlot.LANE_SUMS : slot);",
    to: "_store(location, slot & ~AccountSlot.LANE_SUMS);",
    breaks: "EXIT|OUTCOME",
  },
  {
    what: "the fallback splits the other way round",
    file: "VaultCases.sol",
    from: "_end(id, escrow, escrow.terms.fallbackToBuyer, escrow.terms.fallbackToBuyer);",
    to: "_end(id, escrow, UNIT - escrow.terms.fallbackToBuyer, escrow.terms.fallbackToBuyer);",
    breaks: "SOLVENT|EXIT",
  },
];

/** A copy of what forge needs, with node_modules by reference and what is compiled already. */
function scene() {
  const folder = mkdtempSync(join(tmpdir(), "quoin-faults-"));
  for (const name of ["contracts", "test/invariants", "tools/solc.cjs", "foundry.toml", "cache/forge"]) {
    cpSync(join(HOME, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(HOME, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function tryFault(folder, forge, { what, file, from, to, breaks }) {
  const path = join(folder, "contracts", file);
  const sound = readFileSync(path, "utf8");
  if (sound.split(from).length !== 2) return `${file} does not hold just once: ${from}`;
  writeFileSync(path, sound.replace(from, () => to));
  try {
    const began = Date.now();
    const args = ["test", "--match-path", "test/invariants/*", "--fuzz-seed", "0x51"];
    const { status, stdout, stderr } = spawnSync(forge, args, {
      cwd: folder,
      env: { ...process.env, ...CALLS },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const said = /\[FAIL: ((?:SOLVENT|OUTCOME|FILLED|FEES|EXIT)[^\]]*)\]/.exec(stdout)?.[1];
    if (status === 0) return `${what}: nothing noticed`;
    if (said === undefined) return `${what}: no invariant, but ${(stdout + stderr).slice(-600)}`;
    if (!new RegExp(`^(?:${breaks})`).test(said)) return `${what}: ${breaks} was to notice it, but ${said}`;
    process.stderr.write(`contracts: ${what}: ${said} (${((Date.now() - began) / 1000).toFixed(0)} s)\n`);
    return undefined;
  } finally {
    writeFileSync(path, sound);
  }
}

const only = process.argv.slice(3);
const folder = scene();
try {
  const chosen = FAULTS.filter(({ what }) => only.length === 0 || only.some((words) => what.includes(words)));
  const missed = chosen.map((fault) => tryFault(folder, process.argv[2], fault)).filter((words) => words !== undefined);
  missed.forEach((words) => process.stderr.write(`contracts: ${words}\n`));
  process.stderr.write(`contracts: ${chosen.length - missed.length} of ${chosen.length} seeded faults were found\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
