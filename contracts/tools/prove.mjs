// Proofs by solc's SMTChecker: constrained Horn clauses, solved by the z3 in the compiler of the build.
//
//   node tools/build.mjs prove [--seeded-fault]
//
// What is proved is `testing/AccountingCore.sol`, and code of EscrowEnds.sol taken out of that file as it stands when
// this runs. Faults are put in the text in memory; one that still passes for proved fails the command, for then the
// proof says nothing. The checker gets no time limit of its own (with one it needs threads, which WebAssembly does not
// give it), so each proof is a process that is ended when its time is over.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MILLIS_MAX = 600_000;
const AT_ONCE = 2;
const SAFE = "9576";
const ENDS = "EscrowEnds.sol";
const CORE = "testing/AccountingCore.sol";

const PROOFS = [
  {
    what: "deposit, lock, release, refund, split, withdraw",
    contract: "AccountingCore",
    source: (read) => read(CORE),
    targets: ["assert"],
    // Two assertions, each in all functions that have its modifier.
    assertions: 2,
  },
  {
    what: "shares of the quote leg, the fees and the bonds",
    contract: "EscrowShares",
    source: quoteShares,
    targets: ["assert", "underflow"],
    assertions: 3,
  },
  {
    what: "shares of the base leg with the bonds",
    contract: "EscrowShares",
    source: baseShares,
    targets: ["assert", "underflow"],
    assertions: 1,
  },
];

const FAULTS = [
  {
    what: "an escrow that ended ends again (double release)",
    proof: 0,
    from: "require(legs[id].state == LOCKED, ",
    to: "require(legs[id].state != 0, ",
  },
  {
    what: "a fee is taken twice",
    proof: 0,
    from: "operatorFees += operator;",
    to: "operatorFees += operator + referrer;",
  },
  { what: "a withdrawal leaves the balance", proof: 0, from: "_debit(owner, amount);\n        held", to: "held" },
  {
    what: "a split rounds up",
    proof: 1,
    from: "uint256 get = escrow.get * toSeller / UNIT;",
    to: "uint256 get = (escrow.get * toSeller + UNIT - 1) / UNIT;",
  },
  {
    what: "fees of a split are taken in full, whatever the share",
    proof: 1,
    from: "uint256 operatorFee = (uint256(escrow.pay) - escrow.get - escrow.referrerFee) * toSeller / UNIT;",
    to: "uint256 operatorFee = uint256(escrow.pay) - escrow.get - escrow.referrerFee;",
  },
  { what: "a forfeited bond goes to both", proof: 2, from: "toSeller = sum - toBuyer;", to: "toSeller = sum;" },
];

/** Proves all; with faults, shows that each is found. Throws if a property is not proved or a fault not found. */
export async function prove({ home, node, say, Failure }, { faults }) {
  const read = (name) => readFileSync(join(home, "contracts", name), "utf8");
  const provers = PROOFS.map((proof) => async () => {
    const { safe, unproved, seconds } = await check(node, proof, proof.source(read));
    [...safe.map((line) => `proved: ${line}`), ...unproved.map((line) => `NOT proved: ${line}`)].forEach((line) => say(line));
    const proved = unproved.length === 0 && safe.length >= proof.assertions;
    return [proof.what, proof.contract, proved ? "proved" : "NOT PROVED", seconds];
  });
  const finders = (faults ? FAULTS : []).map(({ what, proof, from, to }) => async () => {
    const { contract, source } = PROOFS[proof];
    const { unproved, late, seconds } = await check(node, PROOFS[proof], replaced(source(read), from, to));
    const found = unproved.length > 0 && !late;
    say(`${what}: ${found ? `found, for this holds no more: ${unproved[0]}` : "NOT FOUND"}`);
    return [`fault: ${what}`, contract, found ? "found" : "NOT FOUND", seconds];
  });
  const rows = await inTurn([...provers, ...finders]);
  process.stdout.write("| property | contract | result | time |\n|---|---|---|---|\n");
  process.stdout.write(rows.map((row) => `| ${row.join(" | ")} |\n`).join(""));
  const failed = rows.filter(([, , result]) => result.startsWith("NOT"));
  if (failed.length > 0) {
    throw new Failure(`${failed.map(([what, , result]) => `${what}: ${result}`).join("; ")}`);
  }
}

/** Runs all, as many at a time as there may be, and gives their results in order. */
async function inTurn(tasks) {
  const results = [];
  const left = [...tasks.entries()];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      results[next[0]] = await next[1]();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** How an escrow's quote leg and its bonds are shared, out of EscrowEnds.sol. */
function quoteShares(read) {
  const source = read(ENDS);
  return `${head(source, ["SELLER_FORFEITS", "UNIT"])}
    uint256 private _paidOut;
    uint256 private _toBuyer;
    function _creditBuyer(uint256 amount) private { _toBuyer = amount; _paidOut += amount; }
    function _creditSeller(uint256 amount) private { _paidOut += amount; }
${lifted(source, "_splitQuote", [
  [" * escrow.lots.quoteLot", "", 2],
  ["_creditWallet(escrow.buyer, escrow.lots.quote, ", "_creditBuyer("],
  ["_creditWallet(escrow.seller, escrow.lots.quote, ", "_creditSeller("],
  // What is added when it is zero, too, changes no sum.
  ["if (referrer != 0) _earned[marketId][escrow.referrer] +=", "_paidOut +="],
  ["if (operatorFee != 0) _earned[marketId][escrow.operator] +=", "_paidOut +="],
  ["        bytes32 marketId = keccak256(abi.encode(escrow.lots));\n", ""],
])}
${lifted(source, "_bonds", [])}
    function quote(Escrow memory escrow, uint256 quoteToBuyer) external {
        // As a fill is locked: get and referrer's fee come out of what is paid; what is over is the operator's.
        require(uint256(escrow.get) + escrow.referrerFee <= escrow.pay);
        // As _finish asks.
        require(quoteToBuyer <= UNIT);
        _paidOut = 0;
        uint256 pay = escrow.pay;
        _splitQuote(escrow, quoteToBuyer);
        assert(_paidOut == pay); // both sides' quote and all fees are what was paid
        assert(_toBuyer * UNIT >= pay * quoteToBuyer); // what rounding leaves is the buyer's
    }
    function bonds(Escrow memory escrow, uint256 forfeits) external pure {
        (uint256 toBuyer, uint256 toSeller) = _bonds(escrow, forfeits);
        assert(toBuyer + toSeller == uint256(escrow.buyerBond) + escrow.sellerBond); // bonds paid are both bonds
    }
}
`;
}

/** How an escrow's base leg is shared and its bonds added, out of EscrowEnds.sol. */
function baseShares(read) {
  const source = read(ENDS);
  return `${head(source, ["SELLER_FORFEITS", "UNIT", "ENDED"])}
    mapping(bytes32 => uint256) private _escrows;
    uint256 private _base;
    function _creditBase(uint256 amount) private { _base += amount; }
${lifted(source, "_finish", [
  [" * escrow.lots.baseLot", "", 2],
  ["_creditWallet(escrow.buyer, escrow.lots.base, ", "_creditBase("],
  ["_creditWallet(escrow.seller, escrow.lots.base, ", "_creditBase("],
  ["        if (escrow.pay != 0) _splitQuote(escrow, quoteToBuyer);\n", ""],
  ["        if (forfeits != 0) emit IVaultSingles.BondsSettled(id, forfeits);\n", ""],
  ["        emit IVaultCases.EscrowEnded(id, quoteToBuyer, baseToBuyer);\n", ""],
  [", IEscrowVault.BadTerms()", ""],
])}
${lifted(source, "_bonds", [])}
    function finish(bytes32 id, Escrow memory escrow, uint256 quoteToBuyer, uint256 baseToBuyer, uint256 forfeits) external {
        _base = 0;
        uint256 base = uint256(escrow.base) + escrow.buyerBond + escrow.sellerBond;
        _finish(id, escrow, quoteToBuyer, baseToBuyer, forfeits);
        assert(_base == base); // both sides' base and bonds are what was locked
    }
}
`;
}

/** A plain struct in place of the one in calldata. Credits are in lots: the vault multiplies each by its token's lot,
 * which changes no sum. */
function head(source, constants) {
  return `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;
contract EscrowShares {
    struct Escrow { uint40 base; uint40 pay; uint40 get; uint40 referrerFee; uint40 buyerBond; uint40 sellerBond; }
${constants.map((name) => constantOf(source, name)).join("\n")}`;
}

function lifted(source, name, changes) {
  const all = [["IVaultCases.Escrow calldata", "Escrow memory"], ...changes];
  return all.reduce((text, [from, to, times]) => replaced(text, from, to, times), functionOf(source, name));
}

function functionOf(source, name) {
  const from = source.indexOf(`    function ${name}(`);
  const to = source.indexOf("\n    }\n", from);
  if (from < 0 || to < 0) {
    throw new Error(`${ENDS} has no function ${name}: tools/prove.mjs has to be changed with it`);
  }
  return source.slice(from, to + "\n    }\n".length);
}

function constantOf(source, name) {
  const found = new RegExp(`^ +uint256 \\w+ constant ${name} = .*;$`, "m").exec(source);
  if (found === null) {
    throw new Error(`${ENDS} has no constant ${name}: tools/prove.mjs has to be changed with it`);
  }
  return found[0];
}

/** The text with `from` replaced, which it must have so many times: else the proof would be of something else. */
function replaced(text, from, to, times = 1) {
  const parts = text.split(from);
  if (parts.length !== times + 1) {
    throw new Error(`"${from}" is there ${parts.length - 1} times, not ${times}: tools/prove.mjs has to be changed with it`);
  }
  return parts.join(to);
}

/** One run of the checker: what it proved and what not, by the lines' own comments. */
function check(node, { contract, targets }, content) {
  const began = Date.now();
  const child = spawn(node, [fileURLToPath(import.meta.url), "--checker"], { stdio: ["pipe", "pipe", "inherit"] });
  const settings = {
    modelChecker: {
      engine: "chc",
      solvers: ["z3"],
      targets,
      showProvedSafe: true,
      showUnproved: true,
      contracts: { "proof.sol": [contract] },
    },
    outputSelection: { "*": { "*": [] } },
  };
  child.stdin.end(JSON.stringify({ language: "Solidity", sources: { "proof.sol": { content } }, settings }));
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, MILLIS_MAX);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      process.off("exit", stop);
      const seconds = `${((Date.now() - began) / 1000).toFixed(0)} s`;
      resolve({ seconds, late, ...(late ? { safe: [], unproved: ["(no answer in time)"] } : judged(output, content)) });
    });
  });
}

function judged(output, content) {
  const { errors = [] } = JSON.parse(output);
  const broken = errors.find((error) => error.severity === "error");
  if (broken !== undefined) {
    throw new Error(broken.formattedMessage);
  }
  const lines = (chosen) => {
    const texts = chosen.map(({ message, sourceLocation }) => {
      const line = content.slice(0, sourceLocation?.start ?? 0).split("\n").length - 1;
      const text = content.split("\n")[line].trim();
      return `${text.split(" // ")[1] ?? `${message.split("(")[0].replace("CHC:", "").trim()} in ${text}`}`;
    });
    return [...new Set(texts)];
  };
  const verdicts = errors.filter((error) => /^(CHC|BMC|SMTChecker):/.test(error.message));
  return {
    safe: lines(verdicts.filter((error) => error.errorCode === SAFE)),
    unproved: lines(verdicts.filter((error) => error.errorCode !== SAFE)),
  };
}

if (process.argv[2] === "--checker") {
  const solc = createRequire(import.meta.url)("solc");
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
}
