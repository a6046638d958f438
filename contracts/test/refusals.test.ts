import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";

import { artifacts } from "hardhat";
import { type Hex, concatHex, pad, toHex } from "viem";

import { ATOMIC, BUY, ESCROW, P2P, POST_ONLY, RING, SELL, SWAP, ZERO, marketId, packBatch, sideKey } from "./support/batch.ts";
import {
  BASE,
  PREIMAGE,
  QUOTE,
  assertRefused,
  endowed,
  lockPair,
  lockSingle,
  pairOf,
  singleOf,
  walletsWorld,
} from "./support/scenes.ts";
import {
  EXIT_DELAY,
  REFUND_DELAY,
  type World,
  accountPlace,
  alice,
  arbiter,
  bob,
  carol,
  deployRegistry,
  deployer,
  deposit,
  freshWorld,
  fund,
  mappingPlace,
  networkHelpers,
  now,
  operator,
  setupOf,
  viem,
} from "./support/world.ts";

// Every custom error of every part is provoked by some test: by a row below, or by another test that names the error and
// the part. The last test counts them.

type Part = "EscrowVault" | "VaultTill" | "VaultCases" | "VaultSingles" | "VaultRegistry";
type Single = Parameters<typeof singleOf>[2];
type Call = (world: World) => Promise<unknown>;
type Row = readonly [part: Part, action: string, error: string, call: Call];

const AS_OPERATOR = { account: operator.address } as const;
const ZERO_WORD: Hex = `0x${"0".repeat(64)}`;
const WALLETS = 9n;
const HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Locks Alice's and Bob's order in a market with other terms or another scale. */
function lockUnder(changes: object, scale?: bigint): Call {
  return async (world) => {
    const market = { ...world.market, terms: { ...world.market.terms, ...changes } };
    const { orders, fills } = await pairOf({ ...world, market });
    const data = packBatch({ ...market, priceScale: scale ?? market.priceScale }, orders, fills, { cell: 0 });
    return world.vault.write.lock([data], AS_OPERATOR);
  };
}

/** `lockSingle` of a leg that one thing is wrong with. */
function single(mode: number, changes: Single = {}, after: object = {}, account: Hex = operator.address): Call {
  return async (world) =>
    world.cases.write.lockSingle([{ ...(await singleOf(world, mode, changes)), ...after } as never], { account });
}

/** An escrow, and one call about it. */
function about(mode: number, call: (world: World, escrow: Awaited<ReturnType<typeof lockSingle>>["escrow"]) => Promise<unknown>): Call {
  return async (world) => call(world, (await lockSingle(world, await singleOf(world, mode))).escrow);
}

/** A disputed fill's arguments, and one call with them. */
function disputing(call: (world: World, args: any) => Promise<unknown>): Call {
  return async () => {
    const world = await endowed();
    const { batch, leaf } = await lockPair(world);
    return call(world, [batch.seal, batch.detail, 0n, leaf, [], "0x"]);
  };
}

async function leaving(world: World, account: Hex) {
  await world.till.write.requestExit([world.market.lots.base, []], { account });
  await networkHelpers.time.increase(EXIT_DELAY / 2);
}

function fundBy(owner: Hex, lots: number): Call {
  return (world) => fund(world, owner, SELL, lots);
}

const asAlice = { account: alice.address } as const;

const ROWS: Row[] = [
  ["EscrowVault", "lock under another arbiter", "ArbiterMismatch", lockUnder({ arbiterId: 8 })],
  ["EscrowVault", "lock with a share above the whole", "BadTerms", lockUnder({ fallbackToBuyer: 10_001 })],
  ["EscrowVault", "lock with a buyer's bond", "BadTerms", lockUnder({ buyerBond: 1 })],
  ["EscrowVault", "lock with a seller's bond", "BadTerms", lockUnder({ sellerBond: 1 })],
  ["EscrowVault", "lock without a delay", "RefundDelayOutOfRange", lockUnder({ refundDelay: 0 })],
  ["EscrowVault", "lock for longer than 30 days", "RefundDelayOutOfRange", lockUnder({ refundDelay: 30 * 86_400 + 1 })],
  ["EscrowVault", "lock with a scale of nothing", "InexactPrice", lockUnder({}, 0n)],
  [
    "EscrowVault",
    "settle into a wallet that is full",
    "InsufficientBalance",
    async () => {
      const world = await endowed();
      const inner = BigInt(mappingPlace(pad(alice.address, { size: 32 }), WALLETS));
      const wallet = mappingPlace(pad(world.base.address, { size: 32 }), inner);
      const full = (bits: bigint) => (1n << bits) - 1n;
      await networkHelpers.setStorageAt(world.vault.address, wallet, pad(toHex(full(128n)), { size: 32 }));
      const slot = pad(toHex((full(40n) << 40n) | (10n * QUOTE)), { size: 32 });
      await networkHelpers.setStorageAt(world.vault.address, accountPlace(world.market, alice.address, BUY), slot);
      const { orders, fills } = await pairOf(world, { buy: { mode: ATOMIC }, sell: { mode: ATOMIC } });
      return world.vault.write.settle([packBatch(world.market, orders, fills, { cell: 0 })], AS_OPERATOR);
    },
  ],
  ["VaultTill", "deposit of nothing", "ZeroAmount", (world) => world.till.write.deposit([world.base.address, 0n])],
  [
    "VaultTill",
    "exit of nothing",
    "ZeroAmount",
    async (world) => {
      await world.till.write.requestExit([world.base.address, []], { account: carol.address });
      await networkHelpers.time.increase(EXIT_DELAY);
      return world.till.write.withdrawExit([world.base.address, carol.address], { account: carol.address });
    },
  ],
  ["VaultTill", "fund with more than the wallet has", "InsufficientBalance", fundBy(carol.address, 1)],
  [
    "VaultTill",
    "fund beyond 2^40 lots",
    "LotsOutOfRange",
    async (world) => {
      await deposit(world, bob.address, world.market.lots.base, (1n << 41n) * world.market.lots.baseLot);
      await fundBy(bob.address, 2 ** 40 - 1)(world);
      return fundBy(bob.address, 1)(world);
    },
  ],
  [
    "VaultTill",
    "fund while an exit runs",
    "ExitNotReady",
    async (world) => {
      await leaving(world, bob.address);
      return fundBy(bob.address, 1)(world);
    },
  ],
  ["VaultTill", "cancel nonces backwards", "BadNonceRange", (world) => world.till.write.cancelOrders([ZERO_WORD, 2n, 1n])],
  ["VaultTill", "cancel nonces between the kinds", "BadNonceRange", (world) => world.till.write.cancelOrders([ZERO_WORD, 1n, 1n << 32n])],
  ["VaultTill", "cancel nonces above the ring's", "BadNonceRange", (world) => world.till.write.cancelOrders([ZERO_WORD, RING, 2n * RING])],
  ["VaultSingles", "lockSingle by another", "NotOperator", single(P2P, {}, {}, carol.address)],
  ["VaultSingles", "lockSingle in a market that is listed no longer", "MarketNotListed", async (world) => {
    await world.registry.write.setMarket([world.market.lots, 7, false]);
    await world.till.write.refreshMarket([marketId(world.market.lots)]);
    return single(P2P)(world);
  }],
  ["VaultSingles", "lockSingle of a two-leg order", "WrongMode", single(ESCROW)],
  ["VaultSingles", "lockSingle of two modes", "WrongMode", single(P2P, { sell: { mode: SWAP } })],
  ["VaultSingles", "lockSingle of two sells", "WrongSide", single(P2P, { buy: { side: SELL } })],
  ["VaultSingles", "lockSingle of two buys", "WrongSide", single(P2P, { sell: { side: BUY } })],
  ["VaultSingles", "lockSingle under other terms", "ArbiterMismatch", single(P2P, { terms: { arbiterId: 8 } })],
  ["VaultSingles", "lockSingle with a share above the whole", "BadTerms", single(P2P, { terms: { fallbackToBuyer: 10_001 } })],
  ["VaultSingles", "lockSingle with a bond above the leg", "BadTerms", single(P2P, { terms: { sellerBond: 10_001 } })],
  ["VaultSingles", "lockSingle without a delay", "RefundDelayOutOfRange", single(P2P, { terms: { refundDelay: 0 } })],
  ["VaultSingles", "lockSingle for too long", "RefundDelayOutOfRange", single(P2P, { terms: { refundDelay: 30 * 86_400 + 1 } })],
  ["VaultSingles", "lockSingle of two terms", "TermsDiffer", async (world) => {
    const [one, other] = [await singleOf(world, P2P), await singleOf(world, P2P, { terms: { sellerBond: 1 } })];
    return world.cases.write.lockSingle([{ ...one, sell: other.sell, sellSignature: other.sellSignature }], AS_OPERATOR);
  }],
  ["VaultSingles", "lockSingle with POST_ONLY as taker", "TakerPostOnly", single(P2P, { sell: { flags: POST_ONLY } })],
  ["VaultSingles", "lockSingle outside the taker's limit", "PriceOutsideLimit", single(P2P, { sell: { price: 200_001n } })],
  ["VaultSingles", "lockSingle outside the buyer's limit", "PriceOutsideLimit", single(P2P, { sell: { price: 200_001n } }, { buyerIsMaker: false })],
  ["VaultSingles", "lockSingle with oneself", "SelfTrade", single(P2P, { buyer: bob })],
  ["VaultSingles", "lockSingle after the expiry", "SignatureExpired", single(P2P, { buy: { expiry: 1 } })],
  ["VaultSingles", "lockSingle of a wallet that says no", "WrongSigner", async (world) => {
    const safe = await viem.deployContract("TestWallet");
    return single(P2P, { buy: { wallet: safe.address } })(world);
  }],
  ["VaultSingles", "lockSingle with a short signature", "ECDSAInvalidSignatureLength", single(P2P, {}, { buySignature: "0x1234" })],
  ["VaultSingles", "lockSingle with an empty key", "ECDSAInvalidSignature", single(P2P, {}, { buySignature: `0x${"0".repeat(128)}1b` })],
  ["VaultSingles", "lockSingle with high s", "ECDSAInvalidSignatureS", async (world) => {
    const { buySignature } = await singleOf(world, P2P);
    const high = concatHex([buySignature.slice(0, 66) as Hex, pad(toHex(HALF_N + 1n), { size: 32 }), "0x1b"]);
    return single(P2P, {}, { buySignature: high })(world);
  }],
  ["VaultSingles", "lockSingle of a P2P leg that nobody could judge", "NoArbiter", single(P2P, { terms: { disputeBound: 0 } })],
  ["VaultSingles", "lockSingle with a nonce of the one-batch kind", "BadNonceRange", single(P2P, { buy: { nonce: 5n } })],
  ["VaultSingles", "lockSingle with a cancelled nonce", "NonceUsed", async (world) => {
    await world.till.write.cancelOrders([sideKey(world.market.lots, BUY), RING + 1n, RING + 1n], asAlice);
    return single(P2P)(world);
  }],
  ["VaultSingles", "lockSingle of more than the order", "Overfilled", single(P2P, { base: BASE + 1n })],
  ["VaultSingles", "lockSingle with terms of another fill", "WrongFillId", single(SWAP, { fillId: ZERO_WORD })],
  ["VaultSingles", "lockSingle with terms that have ended", "PastDeadline", single(SWAP, { tEvm: 1n })],
  ["VaultSingles", "lockSingle with terms beyond the signed deadline", "PastDeadline", single(SWAP, { tEvm: 1n << 40n })],
  ["VaultSingles", "lockSingle of unsigned swap terms", "BadSignature", single(SWAP, {}, { swapSignature: "0x" })],
  ["VaultSingles", "lockSingle under a hash used before", "HashUsed", async (world) => {
    await single(SWAP, { terms: { buyerBond: 0 } })(world);
    return single(SWAP, { terms: { buyerBond: 0 }, buy: { nonce: RING + 2n }, sell: { nonce: RING + 2n } })(world);
  }],
  ["VaultSingles", "lockSingle of one who leaves", "Exiting", async (world) => {
    const args = await singleOf(world, P2P);
    await leaving(world, bob.address);
    return world.cases.write.lockSingle([args], AS_OPERATOR);
  }],
  ["VaultSingles", "lockSingle of an order newer than an exit", "Exiting", async (world) => {
    await world.till.write.requestExit([world.market.lots.base, []], { account: bob.address });
    await networkHelpers.time.increase(10);
    return single(P2P, { sell: { issued: (await now()) + 1 } })(world);
  }],
  ["VaultSingles", "lockSingle of one who is short", "InsufficientBalance", single(P2P, { sell: { quantity: 100n * BASE }, buy: { quantity: 100n * BASE }, base: 100n * BASE })],
  ["VaultCases", "disputeFill of a fill that is disputed", "FillGone", disputing(async (world, args) => {
    await world.cases.write.disputeFill(args, asAlice);
    return world.cases.write.disputeFill(args, asAlice);
  })],
  ["VaultCases", "disputeFill under another seal", "WrongSeal", disputing((world, args) =>
    world.cases.write.disputeFill([{ ...args[0], referrer: carol.address }, ...args.slice(1)] as never, asAlice))],
  ["VaultCases", "disputeFill of another fill", "WrongFill", disputing((world, args) =>
    world.cases.write.disputeFill([args[0], args[1], 0n, { ...args[3], get: 1 }, [], "0x"], asAlice))],
  ["VaultCases", "disputeFill from the deadline on", "PastDeadline", disputing(async (world, args) => {
    await networkHelpers.time.increase(REFUND_DELAY);
    return world.cases.write.disputeFill(args, asAlice);
  })],
  ["VaultCases", "dispute from the deadline on", "PastDeadline", about(P2P, async (world, escrow) => {
    await networkHelpers.time.increase(REFUND_DELAY);
    return world.cases.write.dispute([escrow, "0x"], asAlice);
  })],
  ["VaultCases", "dispute by a stranger", "WrongSigner", about(P2P, (world, escrow) => world.cases.write.dispute([escrow, "0x"]))],
  ["VaultCases", "award before a dispute", "WrongState", about(P2P, (world, escrow) =>
    world.cases.write.award([escrow, 0, 0], { account: arbiter.address }))],
  ["VaultCases", "award of more than the whole", "BadTerms", about(P2P, async (world, escrow) => {
    await world.cases.write.dispute([escrow, "0x"], asAlice);
    return world.cases.write.award([escrow, 0, 10_001], { account: arbiter.address });
  })],
  ["VaultCases", "award by a fallback arbiter who is late", "PastDeadline", async (world) => {
    const args = await singleOf(world, P2P, { terms: { fallbackArbiter: carol.address } });
    const { escrow } = await lockSingle(world, args);
    await world.cases.write.dispute([escrow, "0x"], asAlice);
    await networkHelpers.time.increase(2 * escrow.terms.disputeBound + 1);
    return world.cases.write.award([escrow, 0, 0], { account: carol.address });
  }],
  ["VaultCases", "fallBack without a dispute", "WrongState", about(P2P, (world, escrow) => world.cases.write.fallBack([escrow]))],
  ["VaultCases", "fallBack within the fallback arbiter's time", "TooEarly", async (world) => {
    const args = await singleOf(world, P2P, { terms: { fallbackArbiter: carol.address } });
    const { escrow } = await lockSingle(world, args);
    await world.cases.write.dispute([escrow, "0x"], asAlice);
    await networkHelpers.time.increase(escrow.terms.disputeBound + 1);
    return world.cases.write.fallBack([escrow]);
  }],
  ["VaultCases", "closeTogether of what ended", "WrongState", about(SWAP, async (world, escrow) => {
    await world.cases.write.redeem([escrow, PREIMAGE]);
    return world.cases.write.closeTogether([escrow, 0, 0, "0x", "0x", "0x"]);
  })],
  ["VaultCases", "markPaid of a hash-locked leg", "WrongMode", about(SWAP, (world, escrow) => world.cases.write.markPaid([escrow, "0x"], asAlice))],
  ["VaultCases", "markPaid twice", "WrongState", about(P2P, async (world, escrow) => {
    await world.cases.write.markPaid([escrow, "0x"], asAlice);
    return world.cases.write.markPaid([escrow, "0x"], asAlice);
  })],
  ["VaultCases", "markPaid from the deadline on", "PastDeadline", about(P2P, async (world, escrow) => {
    await networkHelpers.time.increase(REFUND_DELAY);
    return world.cases.write.markPaid([escrow, "0x"], asAlice);
  })],
  ["VaultCases", "redeem of a P2P leg", "WrongMode", about(P2P, (world, escrow) => world.cases.write.redeem([escrow, PREIMAGE]))],
  ["VaultCases", "redeem twice", "WrongState", about(SWAP, async (world, escrow) => {
    await world.cases.write.redeem([escrow, PREIMAGE]);
    return world.cases.write.redeem([escrow, PREIMAGE]);
  })],
  ["VaultCases", "refundEscrow before the deadline", "TooEarly", about(SWAP, (world, escrow) => world.cases.write.refundEscrow([escrow]))],
  ["VaultCases", "refundEscrow in a dispute", "WrongState", about(P2P, async (world, escrow) => {
    await world.cases.write.dispute([escrow, "0x"], asAlice);
    await networkHelpers.time.increase(REFUND_DELAY);
    return world.cases.write.refundEscrow([escrow]);
  })],
  ["VaultRegistry", "being accepted by another than the next owner", "OwnableUnauthorizedAccount", (world) =>
    world.registry.write.acceptOwnership({ account: carol.address })],
  ["VaultRegistry", "being renounced by another", "OwnableUnauthorizedAccount", (world) =>
    world.registry.write.renounceOwnership({ account: carol.address })],
  ["VaultRegistry", "being renounced", "GovernanceTooFast", (world) => world.registry.write.renounceOwnership()],
  ["VaultRegistry", "nobody as owner", "OwnableInvalidOwner", () => deployRegistry(setupOf(ZERO))],
  ["VaultRegistry", "ids without arbiters", "LengthsDiffer", (world) =>
    deployRegistry(setupOf(world.timelock.address, { arbiterIds: [1] }))],
  ["VaultRegistry", "upgrade to code of no proxy", "ERC1967InvalidImplementation", (world) =>
    world.registry.write.upgradeToAndCall([world.base.address, "0x"])],
  ["VaultRegistry", "upgrade to code of another kind", "UUPSUnsupportedProxiableUUID", async (world) => {
    const odd = await viem.deployContract("OddImplementation");
    return world.registry.write.upgradeToAndCall([odd.address, "0x"]);
  }],
  ["VaultRegistry", "upgrade with coins and no call", "ERC1967NonPayable", async (world) => {
    const code = await viem.deployContract("VaultRegistry");
    return world.registry.write.upgradeToAndCall([code.address, "0x"], { value: 1n });
  }],
  ["VaultRegistry", "upgrade with a call that fails", "FailedCall", async (world) => {
    const code = await viem.deployContract("VaultRegistry");
    return world.registry.write.upgradeToAndCall([code.address, "0x12345678"]);
  }],
  ["VaultRegistry", "upgrade of the code itself", "UUPSUnauthorizedCallContext", async () => {
    const code = await viem.deployContract("VaultRegistry");
    return code.write.upgradeToAndCall([code.address, "0x"], { account: deployer.address });
  }],
];

/** Errors in an interface that no call can provoke, and why. */
const UNREACHABLE: Record<string, string> = {
  "EscrowVault.ReentrancyGuardReentrantCall": "inherited; the hot path has no guarded function",
  "VaultCases.ReentrancyGuardReentrantCall": "inherited; escrows of one fill call no token",
  "VaultSingles.ReentrancyGuardReentrantCall": "inherited; what opens and bonds one-leg fills calls no token",
  "VaultCases.FillFolded": "a fill of an open batch is always in its lanes, and only such a fill is disputed",
  "VaultRegistry.AddressEmptyCode": "an upgrade has asked the code for its kind before it calls it",
  "VaultRegistry.NotInitializing": "internal initialisers are called by `initialize` alone",
};
for (const part of ["EscrowVault", "VaultTill", "VaultCases", "VaultSingles"]) {
  UNREACHABLE[`${part}.InvalidShortString`] = "the domain's name is a constant";
  UNREACHABLE[`${part}.StringTooLong`] = "the domain's name is a constant";
}

/** Errors in the interface of `VaultCases` that only the code which it passes `lockSingle` on to has. */
const PASSED_ON = ["Exiting", "HashUsed", "TermsDiffer", "WrongFillId"];

const CONTRACT: Record<Part, (world: World) => unknown> = {
  EscrowVault: (world) => world.vault,
  VaultTill: (world) => world.till,
  VaultCases: (world) => world.cases,
  VaultSingles: (world) => world.singles,
  VaultRegistry: (world) => world.registry,
};

describe("refusals", () => {
  for (const [part, action, error, call] of ROWS) {
    it(`${part} refuses ${action} with ${error}`, async () => {
      const world = part === "VaultCases" || part === "VaultSingles" ? await walletsWorld() : await freshWorld();
      await assertRefused(call(world), error, CONTRACT[part](world));
    });
  }

  it("every custom error of every part is provoked by a test, or there is a reason why none can", async () => {
    const provoked = new Set([...ROWS.map(([part, , error]) => `${part}.${error}`), ...inOtherTests()]);
    for (const error of PASSED_ON) {
      assert.ok(!provoked.has(`VaultCases.${error}`), `VaultCases has ${error} of its own`);
      if (provoked.has(`VaultSingles.${error}`)) provoked.add(`VaultCases.${error}`);
    }
    const missing: string[] = [];
    for (const part of Object.keys(CONTRACT)) {
      const { abi } = await artifacts.readArtifact(part);
      for (const { type, name } of abi as { type: string; name: string }[]) {
        const error = `${part}.${name}`;
        if (type !== "error") continue;
        if (UNREACHABLE[error] !== undefined) assert.ok(!provoked.has(error), `${error} is reachable after all`);
        // One-leg fills are locked by the name of VaultCases.
        else if (part === "VaultSingles" && provoked.has(`VaultCases.${name}`)) continue;
        else if (!provoked.has(error)) missing.push(error);
      }
    }
    assert.deepEqual(missing, []);
  });
});

/** `part.error` of each refusal that another file's tests expect. */
function inOtherTests(): string[] {
  const folder = new URL(".", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  const text = files.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  const parts: [RegExp, Part][] = [
    [/"(\w+)",\s*(?:\w+\.)*vault,?\s*\)/g, "EscrowVault"],
    [/\brefuses\(\s*\w+,[^"]*?"(\w+)"/g, "EscrowVault"],
    [/\brefusesPair\(\s*\w+,\s*"(\w+)"/g, "EscrowVault"],
    [/(?:(?:\w+\.)*till|refusing\.till),\s*"(\w+)"|"(\w+)",\s*(?:\w+\.)*till,?\s*\)/g, "VaultTill"],
    [/(?:\w+\.)*cases,\s*"(\w+)"|"(\w+)",\s*(?:\w+\.)*cases,?\s*\)/g, "VaultCases"],
    [/(?:\w+\.)*singles,\s*"(\w+)"|"(\w+)",\s*(?:\w+\.)*singles,?\s*\)/g, "VaultSingles"],
    [/(?:\w+\.)*vault,\s*"(\w+)"/g, "EscrowVault"],
    [/(?:\w+\.)*registry,\s*"(\w+)"|"(\w+)",\s*(?:\w+\.)*registry,?\s*\)|\bcode,\s*"(\w+)"/g, "VaultRegistry"],
  ];
  return parts.flatMap(([pattern, part]) =>
    [...text.matchAll(pattern)].map((match) => `${part}.${match.slice(1).find((name) => name !== undefined)}`),
  );
}
