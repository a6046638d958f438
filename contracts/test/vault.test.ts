import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";

import { artifacts } from "hardhat";

import { type Hex, encodeAbiParameters, encodeFunctionData, hashTypedData, keccak256, sha256 } from "viem";

import {
  ATOMIC,
  BUY,
  P2P,
  POST_ONLY,
  RING,
  SELL,
  SWAP,
  type BatchFill,
  type Order,
  domainOf,
  orderDigest,
  packBatch,
  sideKey,
  signOrder,
  typedOrder,
} from "./support/batch.ts";
import { type Fees, leafHash, leafOf, treeOf } from "./support/fills.ts";
import {
  BASE,
  QUOTE,
  assertAllOwed,
  balances,
  endowed,
  lockPair,
  pairOf,
  refuses,
  refusesPair,
} from "./support/scenes.ts";
import {
  DISPUTE_BOUND,
  EXIT_DELAY,
  type LockedBatch,
  REFUND_DELAY,
  type World,
  accountOf,
  alice,
  arbiter,
  bob,
  carol,
  deployVault,
  deposit,
  endow,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  pauser,
  referrer,
  release,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

describe("lock and release", () => {
  it("moves both legs, and each to the other side when released", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world);
    const locked = await accountOf(world, alice.address, BUY);
    assert.deepEqual([locked.payFree, locked.lanePay, locked.laneGet], [9n * QUOTE, QUOTE, BASE]);
    await release(world, batch);
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE]);
    assert.deepEqual(await balances(world, bob.address), [9n * BASE, QUOTE]);
    await assertAllOwed(world);
  });

  it("keeps fills of many open batches in one lane and folds them only when all have ended", async () => {
    const world = await endowed();
    const open: LockedBatch[] = [];
    for (let cell = 0; cell < 3; cell++) open.push((await lockPair(world, cell)).batch);
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 3n * QUOTE);
    await release(world, open[1]);
    await release(world, open[0]);
    await world.till.write.gather([world.market.lots, 0n, alice.address], { account: operator.address });
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 3n * QUOTE);
    await release(world, open[2]);
    assert.deepEqual(await balances(world, alice.address), [3n * BASE, 7n * QUOTE]);
    await assertAllOwed(world);
  });

  it("moves open lanes of an earlier epoch aside, and beyond eight epochs credits by proof", async () => {
    const world = await endowed(30n);
    const open: Awaited<ReturnType<typeof lockPair>>[] = [];
    for (let i = 0; i < 10; i++) open.push(await lockPair(world, (i * 16) % 64));
    const laned = (await accountOf(world, alice.address, BUY)).lanePay;
    assert.equal(laned, QUOTE, "the ninth lane stays where it is");
    for (const { batch } of open) await release(world, batch);
    const last = open[9];
    last.leaf.laned = 0;
    assert.equal(leafHash(last.leaf), last.batch.detail.root);
    assert.deepEqual(await balances(world, alice.address), [9n * BASE, 20n * QUOTE]);
    await world.vault.write.closeFill([last.batch.seal, last.batch.detail, 0n, last.leaf, []]);
    assert.deepEqual(await balances(world, alice.address), [10n * BASE, 20n * QUOTE]);
    await viem.assertions.revertWithCustomError(
      world.vault.write.closeFill([last.batch.seal, last.batch.detail, 0n, last.leaf, []]),
      world.vault,
      "FillGone",
    );
    await assertAllOwed(world);
  });

  it("takes what an account is short of from the owner's wallet", async () => {
    const world = await endowed(0n);
    await deposit(world, alice.address, world.market.lots.quote, QUOTE * world.market.lots.quoteLot);
    await deposit(world, bob.address, world.market.lots.base, BASE * world.market.lots.baseLot);
    const { batch } = await lockPair(world);
    assert.equal(await walletOf(world, alice.address, world.market.lots.quote), 0n);
    await release(world, batch);
    await assertAllOwed(world);
  });

  it("A39 skips the fill of a trader who is short, and reverts when nothing is left", async () => {
    const world = await endowed(1n);
    const first = await pairOf(world);
    const second = await pairOf(world);
    const orders = [...first.orders, ...second.orders];
    const fills = [first.fills[0], { ...second.fills[0], buy: 2, sell: 3 }];
    const batch = await lock(world, orders, fills, { cell: 0 });
    assert.deepEqual(batch.skipped, [{ index: 1, reason: 5 }]);
    await release(world, batch);
    await assertAllOwed(world);
    await refuses(world, packBatch(world.market, second.orders, second.fills, { cell: 1 }), "EmptyBatch");
  });

  it("A44 is the operator's, in listed markets that are not paused", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const data = packBatch(world.market, orders, fills, { cell: 0 });
    await refuses(world, data, "NotOperator", alice.address);
    await viem.assertions.revertWithCustomError(
      world.till.write.setPaused([true, []], { account: alice.address }),
      world.till,
      "NotPauser",
    );
    const id = (await lockPair(world, 5)).batch.seal.marketId;
    await world.till.write.setPaused([true, [id]], { account: pauser.address });
    await refuses(world, data, "MarketNotListed");
    await viem.assertions.revertWithCustomError(
      world.till.write.deposit([world.base.address, 1n]),
      world.till,
      "Paused",
    );
    await world.till.write.setPaused([false, [id]], { account: pauser.address });
    await lock(world, orders, fills, { cell: 0 });
  });

  it("is refused after the deadline, and twice; refund before it", async () => {
    const world = await endowed();
    const first = await lockPair(world, 0);
    const second = await lockPair(world, 1);
    await viem.assertions.revertWithCustomError(
      world.vault.write.refund([second.batch.seal]),
      world.vault,
      "RefundBeforeDeadline",
    );
    await release(world, first.batch);
    await viem.assertions.revertWithCustomError(release(world, first.batch), world.vault, "BatchClosed");
    await networkHelpers.time.increase(REFUND_DELAY);
    await viem.assertions.revertWithCustomError(release(world, second.batch), world.vault, "ReleaseAfterDeadline");
    await viem.assertions.revertWithCustomError(
      world.vault.write.refund([first.batch.seal]),
      world.vault,
      "BatchClosed",
    );
    await world.vault.write.refund([second.batch.seal]);
    // One lane held both, and they ended differently: each fill leaves by its proof.
    for (const { batch, leaf } of [first, second]) {
      await world.vault.write.closeFill([batch.seal, batch.detail, 0n, leaf, []]);
    }
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE]);
    await assertAllOwed(world);
  });

  it("knows a batch only by its very seal", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world, 0, {}, { takerFee: 10 });
    const seal = { ...batch.seal, numbers: batch.seal.numbers + (1n << 88n) };
    await viem.assertions.revertWithCustomError(
      world.vault.write.release([seal], { account: operator.address }),
      world.vault,
      "WrongSeal",
    );
    await viem.assertions.revertWithCustomError(
      world.vault.write.release([batch.seal], { account: alice.address }),
      world.vault,
      "NotOperator",
    );
  });
});

describe("orders", () => {
  it("R1 lock under no terms but those they sign", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const terms = { ...world.market.terms, disputeBound: 1 };
    const data = packBatch({ ...world.market, terms }, orders, fills, { cell: 0 });
    // Other terms give another digest, which recovers an account that has nothing.
    await refuses(world, data, "EmptyBatch");
  });

  it("fill in parts over many batches up to their size, with a nonce of the ring", async () => {
    const world = await endowed();
    const time = await now();
    const maker = await sign(world, orderOf(BUY, time, { nonce: RING + 5n, quantity: 2_500n }), alice);
    for (let cell = 0; cell < 3; cell++) {
      const taker = await sign(world, orderOf(SELL, time), bob);
      const data = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
      if (cell < 2) await lock(world, [maker, taker], data, { cell });
      else await refuses(world, packBatch(world.market, [maker, taker], data, { cell }), "EmptyBatch");
    }
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 2n * QUOTE);
  });

  it("A4 of the one-batch kind fill in one batch only, in any order of nonces within the window", async () => {
    const world = await endowed();
    for (const [cell, nonce] of [100n, 99n, 74n].entries()) {
      await lockPair(world, cell, { buy: { nonce } });
    }
    for (const nonce of [100n, 74n, 73n, 1n << 32n]) {
      await refusesPair(world, "EmptyBatch", { buy: { nonce } });
    }
  });

  it("are cancelled on chain, single and by range", async () => {
    const world = await endowed();
    const key = sideKey(world.market.lots, BUY);
    const as = { account: alice.address };
    await world.till.write.cancelOrders([key, 50n, 52n], as);
    for (const nonce of [50n, 51n, 52n]) await refusesPair(world, "EmptyBatch", { buy: { nonce } });
    await lockPair(world, 0, { buy: { nonce: 49n } });
    await world.till.write.cancelOrders([key, RING + 1n, RING + 3n], as);
    await refusesPair(world, "EmptyBatch", { buy: { nonce: RING + 3n } });
    await lockPair(world, 1, { buy: { nonce: RING + 4n } });
    await viem.assertions.revertWithCustomError(
      world.till.write.cancelOrders([key, 5n, RING], as),
      world.till,
      "BadNonceRange",
    );
  });

  it("expire", async () => {
    const world = await endowed();
    await refusesPair(world, "EmptyBatch", { buy: { expiry: (await now()) - 1 } });
  });

  it("with high s, or of no key, are refused", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const s = BigInt(`0x${orders[0].signature.slice(66)}`) & (2n ** 255n - 1n);
    const highS = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n - s;
    const r = orders[0].signature.slice(0, 66);
    for (const signature of [
      `${r}${(highS & (2n ** 255n - 1n)).toString(16).padStart(64, "0")}`,
      `0x${"0".repeat(128)}`,
    ] as Hex[]) {
      const data = packBatch(world.market, [{ ...orders[0], signature }, orders[1]], fills, { cell: 0 });
      await assert.rejects(world.vault.write.lock([data], { account: operator.address }));
    }
  });

  it("stand on their own side, and never meet their own trader's", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const swapped = [{ ...fills[0], buy: 1, sell: 0 }];
    await refuses(world, packBatch(world.market, orders, swapped, { cell: 0 }), "WrongSide");
    const beyond = [{ ...fills[0], sell: 2 }];
    await refuses(world, packBatch(world.market, orders, beyond, { cell: 0 }), "NoSuchOrder");
    const own = await sign(world, orderOf(SELL, await now()), alice);
    await refuses(world, packBatch(world.market, [orders[0], own], fills, { cell: 0 }), "SelfTrade");
  });

  it("come in data of the exact length", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const data = packBatch(world.market, orders, fills, { cell: 0 });
    await refuses(world, `${data}00`, "DataLength");
    await refuses(world, data.slice(0, -2) as Hex, "DataLength");
    await refuses(world, data.slice(0, 200) as Hex, "DataLength");
  });
});

describe("R3 price and fees", () => {
  it("R3 A12 is the maker's limit, inside the taker's", async () => {
    const world = await endowed();
    await lockPair(world, 0, { buy: { price: 210_000n }, sell: { price: 190_000n } });
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 210_000_000n);
    await lockPair(world, 1, { buy: { price: 210_000n }, sell: { price: 190_000n }, fill: { buyerIsMaker: false } });
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 400_000_000n);
    await refusesPair(world, "PriceOutsideLimit", { sell: { price: 200_001n } });
    await refusesPair(world, "PriceOutsideLimit", { buy: { price: 199_999n }, fill: { buyerIsMaker: false } });
  });

  it("R3 in an auction is one price inside both limits", async () => {
    const world = await endowed();
    const limits = { buy: { price: 210_000n }, sell: { price: 190_000n }, fill: { auction: true } };
    await lockPair(world, 0, limits, { auctionPrice: 205_000n });
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 205_000_000n);
    await refusesPair(world, "PriceOutsideLimit", limits, { auctionPrice: 210_001n });
    await refusesPair(world, "PriceOutsideLimit", limits, { auctionPrice: 189_999n });
  });

  it("R3 an order that signs POST_ONLY is never taker", async () => {
    const world = await endowed();
    await refusesPair(world, "TakerPostOnly", { sell: { flags: POST_ONLY } });
    await lockPair(world, 0, { buy: { flags: POST_ONLY } });
  });

  it("R3 takes fees within the signed caps, pays a rebate out of them, and keeps no more", async () => {
    const world = await endowed();
    const fees: Fees & { referrer: Hex } = { makerFee: -5, takerFee: 20, referrerFee: 10, referrer: referrer.address };
    const { batch, leaf } = await lockPair(world, 0, {}, fees);
    assert.equal(leafHash(leaf), batch.detail.root);
    await release(world, batch);
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE + 100_000n]);
    assert.deepEqual(await balances(world, bob.address), [9n * BASE, QUOTE - 600_000n]);
    await assertAllOwed(world);
    assert.equal((await balances(world, referrer.address))[1], 200_000n);
    assert.equal((await balances(world, operator.address))[1], 300_000n);
    await refusesPair(world, "FeeAboveCap", {}, { takerFee: 21 });
    await refusesPair(world, "FeeAboveCap", {}, { makerFee: 21 });
    await refusesPair(world, "FeeAboveCap", {}, { referrerFee: 11 });
    await refusesPair(world, "RebateAboveFee", {}, { makerFee: -6, takerFee: 5 });
  });
});

describe("settle", () => {
  it("moves both legs at once", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world, { buy: { mode: ATOMIC }, sell: { mode: ATOMIC } });
    const data = packBatch(world.market, orders, fills, { cell: 0, takerFee: 10 });
    await refuses(world, data, "EmptyBatch"); // as ESCROW the digests are others
    await world.vault.write.settle([data], { account: operator.address });
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE]);
    await assertAllOwed(world);
  });
});

describe("single fills", () => {
  const count = 5;

  async function five() {
    const world = await endowed();
    const orders = [];
    const fills: BatchFill[] = [];
    const leaves = [];
    for (let i = 0; i < count; i++) {
      const pair = await pairOf(world);
      orders.push(...pair.orders);
      fills.push({ ...pair.fills[0], buy: 2 * i, sell: 2 * i + 1 });
      leaves.push(
        leafOf(
          { order: pair.orders[0], owner: alice.address },
          { order: pair.orders[1], owner: bob.address },
          pair.fills[0],
          { takerFee: 10 },
        ),
      );
    }
    const batch = await lock(world, orders, fills, { cell: 0, takerFee: 10 });
    const tree = treeOf(leaves.map(leafHash));
    assert.equal(tree.root, batch.detail.root);
    return { world, batch, leaves, tree };
  }

  it("exit by anyone's hand from the deadline on, each once, and the rest follows its batch", async () => {
    const { world, batch, leaves, tree } = await five();
    const close = (index: number, proof = tree.proof(index), leaf = leaves[index]) =>
      world.vault.write.closeFill([batch.seal, batch.detail, BigInt(index), leaf, proof], { account: carol.address });
    await viem.assertions.revertWithCustomError(close(1), world.vault, "RefundBeforeDeadline");
    await networkHelpers.time.increase(REFUND_DELAY);
    await viem.assertions.revertWithCustomError(close(1, tree.proof(4)), world.vault, "WrongFill");
    const more = { ...leaves[1], pay: leaves[1].pay + 1 };
    await viem.assertions.revertWithCustomError(close(1, tree.proof(1), more), world.vault, "WrongFill");
    await viem.assertions.revertWithCustomError(close(5, [], leaves[4]), world.vault, "WrongFill");
    await viem.assertions.revertWithCustomError(close(4, []), world.vault, "WrongFill");
    await close(1);
    await close(4);
    await viem.assertions.revertWithCustomError(close(1), world.vault, "FillGone");
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 3n * QUOTE);
    await world.vault.write.refund([batch.seal]);
    assert.deepEqual(await balances(world, alice.address), [0n, 10n * QUOTE]);
    assert.deepEqual(await balances(world, bob.address), [10n * BASE, 0n]);
    await viem.assertions.revertWithCustomError(close(2), world.vault, "FillFolded");
    await assertAllOwed(world);
  });

  it("are released in part by the operator, whose fees add up", async () => {
    const { world, batch, leaves, tree } = await five();
    await world.vault.write.closeFill([batch.seal, batch.detail, 3n, leaves[3], tree.proof(3)], {
      account: operator.address,
    });
    await release(world, batch);
    assert.deepEqual(await balances(world, bob.address), [5n * BASE, 5n * QUOTE - 1_000_000n]);
    await assertAllOwed(world);
    assert.equal((await balances(world, operator.address))[1], 1_000_000n);
  });

  it("R4 are disputed by a party, and only then count the arbiter's word", async () => {
    const { world, batch, leaves, tree } = await five();
    const dispute = (account: Hex) =>
      world.cases.write.disputeFill([batch.seal, batch.detail, 2n, leaves[2], tree.proof(2), "0x"], { account });
    await viem.assertions.revertWithCustomError(dispute(carol.address), world.cases, "WrongSigner");
    await dispute(alice.address);
    const [opened] = await world.cases.getEvents.EscrowOpened();
    const escrow = opened.args.escrow!;
    await release(world, batch);
    const award = (account: Hex) => world.cases.write.award([escrow, 4_000, 6_000], { account });
    await viem.assertions.revertWithCustomError(award(operator.address), world.cases, "WrongSigner");
    await award(arbiter.address);
    await viem.assertions.revertWithCustomError(award(arbiter.address), world.cases, "WrongState");
    const get = (QUOTE * 999n) / 1000n;
    assert.deepEqual(await balances(world, alice.address), [4n * BASE + 600n, 5n * QUOTE + (QUOTE * 4n) / 10n]);
    assert.deepEqual(await balances(world, bob.address), [5n * BASE + 400n, 4n * get + (get * 6n) / 10n]);
    await assertAllOwed(world);
  });

  it("A25 have no arbiter who is a party", async () => {
    const world = await endowed();
    await world.registry.write.setArbiter([8, bob.address]);
    await world.registry.write.setMarket([world.market.lots, 8, true]);
    const { batch } = await lockPair(world, 5);
    await world.till.write.refreshMarket([batch.seal.marketId]);
    const market = { ...world.market, terms: { ...world.market.terms, arbiterId: 8 } };
    const changed = { ...world, market };
    const { batch: other, leaf } = await lockPair(changed, 6);
    await viem.assertions.revertWithCustomError(
      world.cases.write.disputeFill([other.seal, other.detail, 0n, leaf, [], "0x"], { account: alice.address }),
      world.cases,
      "NoArbiter",
    );
    await viem.assertions.revertWithCustomError(
      world.registry.write.setArbiter([8, carol.address]),
      world.registry,
      "ArbiterTaken",
    );
  });

  it("R7 A24 fall back to the signed split when the arbiter stays silent", async () => {
    const { world, batch, leaves, tree } = await five();
    await world.cases.write.disputeFill([batch.seal, batch.detail, 0n, leaves[0], tree.proof(0), "0x"], {
      account: bob.address,
    });
    const [opened] = await world.cases.getEvents.EscrowOpened();
    const escrow = opened.args.escrow!;
    await viem.assertions.revertWithCustomError(world.cases.write.fallBack([escrow]), world.cases, "TooEarly");
    await release(world, batch);
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await viem.assertions.revertWithCustomError(
      world.cases.write.award([escrow, 0, 0], { account: arbiter.address }),
      world.cases,
      "WrongSigner",
    );
    await world.cases.write.fallBack([escrow]);
    assert.deepEqual(await balances(world, alice.address), [4n * BASE + 500n, 5n * QUOTE + QUOTE / 2n]);
    await assertAllOwed(world);
  });
});

describe("one-leg fills", () => {
  const preimage: Hex = `0x${"5a".repeat(32)}`;

  async function single(mode: number, changes: { sha256Hash?: Hex } = {}) {
    const world = await endowed(0n);
    await deposit(world, bob.address, world.market.lots.base, 2n * BASE * world.market.lots.baseLot);
    await deposit(world, alice.address, world.market.lots.base, BASE * world.market.lots.baseLot);
    const terms = { ...world.market.terms, buyerBond: 1_000, sellerBond: 500, paymentWindow: 600 };
    const market = { ...world.market, terms };
    const time = await now();
    const buy = orderOf(BUY, time, { mode, nonce: RING + 1n });
    const sell = orderOf(SELL, time, { mode, nonce: RING + 1n });
    const typed = [buy, sell].map((order) => typedOrder(world.vault.address, market, order));
    const fillId = keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "bytes32" }, { type: "uint256" }],
        [hashTypedData(typed[0]), hashTypedData(typed[1]), 0n],
      ),
    );
    const zero: Hex = `0x${"0".repeat(64)}`;
    const swap = {
      fillId,
      sha256Hash: changes.sha256Hash ?? sha256(preimage),
      claimKey: zero,
      refundKey: zero,
      tBtc: BigInt(time + 3_600),
      tEvm: BigInt(time + 1_000),
    };
    const swapSignature = await bob.signTypedData({
      domain: domainOf(world.vault.address),
      types: {
        SwapTerms: [
          { name: "fillId", type: "bytes32" },
          { name: "sha256Hash", type: "bytes32" },
          { name: "claimKey", type: "bytes32" },
          { name: "refundKey", type: "bytes32" },
          { name: "tBtc", type: "uint64" },
          { name: "tEvm", type: "uint64" },
        ],
      },
      primaryType: "SwapTerms",
      message: swap,
    });
    const args = {
      buy: typed[0].message,
      buySignature: await alice.signTypedData(typed[0]),
      sell: typed[1].message,
      sellSignature: await bob.signTypedData(typed[1]),
      lots: market.lots,
      base: Number(BASE),
      buyerIsMaker: true,
      swap,
      swapSignature,
    };
    await world.cases.write.lockSingle([args], { account: operator.address });
    const [opened] = await world.cases.getEvents.EscrowOpened();
    return { world, args, id: opened.args.escrowId!, escrow: opened.args.escrow! };
  }

  async function outcomeBy(world: World, account: typeof alice, escrowId: Hex, quoteToBuyer: number, baseToBuyer: number) {
    return account.signTypedData({
      domain: domainOf(world.vault.address),
      types: {
        Outcome: [
          { name: "escrowId", type: "bytes32" },
          { name: "quoteToBuyer", type: "uint16" },
          { name: "baseToBuyer", type: "uint16" },
        ],
      },
      primaryType: "Outcome",
      message: { escrowId, quoteToBuyer, baseToBuyer },
    });
  }

  it("R2 P2P release only by two of three signatures", async () => {
    const { world, id, escrow } = await single(P2P);
    const signatures = [await outcomeBy(world, alice, id, 0, 10_000), await outcomeBy(world, bob, id, 0, 10_000)];
    const close = (buyer: Hex, seller: Hex, judge: Hex = "0x") =>
      world.cases.write.closeTogether([escrow, 0, 10_000, buyer, seller, judge]);
    await viem.assertions.revertWithCustomError(close(signatures[0], "0x"), world.cases, "TooFewSigners");
    await viem.assertions.revertWithCustomError(close(signatures[0], signatures[0]), world.cases, "WrongSigner");
    const arbiters = await outcomeBy(world, arbiter, id, 0, 10_000);
    await viem.assertions.revertWithCustomError(close(signatures[0], "0x", arbiters), world.cases, "TooFewSigners");
    await close(signatures[0] as Hex, signatures[1] as Hex);
    assert.deepEqual(await balances(world, alice.address), [2n * BASE, 0n]);
    assert.deepEqual(await balances(world, bob.address), [BASE, 0n]);
    await assertAllOwed(world);
  });

  it("R7 markPaid ends the plain refund; without it the buyer's bond is the seller's", async () => {
    const paid = await single(P2P);
    await viem.assertions.revertWithCustomError(
      paid.world.cases.write.markPaid([paid.escrow, "0x"], { account: bob.address }),
      paid.world.cases,
      "WrongSigner",
    );
    await paid.world.cases.write.markPaid([paid.escrow, "0x"], { account: alice.address });
    await networkHelpers.time.increase(REFUND_DELAY);
    await viem.assertions.revertWithCustomError(
      paid.world.cases.write.refundEscrow([paid.escrow]),
      paid.world.cases,
      "WrongState",
    );
    await paid.world.cases.write.dispute([paid.escrow, "0x"], { account: alice.address });
    await paid.world.cases.write.award([paid.escrow, 0, 10_000], { account: arbiter.address });
    assert.deepEqual(await balances(paid.world, alice.address), [2n * BASE, 0n]);

    const unpaid = await single(P2P);
    await viem.assertions.revertWithCustomError(
      unpaid.world.cases.write.refundEscrow([unpaid.escrow]),
      unpaid.world.cases,
      "TooEarly",
    );
    await networkHelpers.time.increase(REFUND_DELAY);
    await unpaid.world.cases.write.refundEscrow([unpaid.escrow]);
    assert.deepEqual(await balances(unpaid.world, bob.address), [2n * BASE + 100n, 0n]);
    await assertAllOwed(unpaid.world);
  });

  it("R5 SWAP ends by the preimage before its time or goes back, without arbiter, and a hash serves once", async () => {
    const { world, args, escrow } = await single(SWAP);
    const wrong: Hex = `0x${"00".repeat(32)}`;
    await viem.assertions.revertWithCustomError(
      world.cases.write.redeem([escrow, wrong]),
      world.cases,
      "WrongPreimage",
    );
    await viem.assertions.revertWithCustomError(
      world.cases.write.dispute([escrow, "0x"], { account: alice.address }),
      world.cases,
      "WrongMode",
    );
    await assert.rejects(world.cases.write.lockSingle([args], { account: operator.address }));
    await world.cases.write.redeem([escrow, preimage], { account: carol.address });
    assert.deepEqual(await balances(world, alice.address), [2n * BASE, 0n]);
    await assertAllOwed(world);
  });
});

describe("deposits, withdrawals and exits", () => {
  it("credit what arrives, and refuse what does not", async () => {
    const world = await freshWorld();
    const fee = await viem.deployContract("FeeToken");
    const idle = await viem.deployContract("IdleToken");
    const no = await viem.deployContract("FalseToken");
    for (const token of [fee, idle, no]) {
      await world.registry.write.setToken([token.address, true]);
      await token.write.mint([alice.address, 1_000n]);
      await token.write.approve([world.vault.address, 1_000n], { account: alice.address });
    }
    const as = { account: alice.address };
    await world.till.write.deposit([fee.address, 1_000n], as);
    assert.equal(await walletOf(world, alice.address, fee.address), 990n);
    const deposit = (token: Hex) => world.till.write.deposit([token, 1_000n], as);
    await viem.assertions.revertWithCustomError(deposit(idle.address), world.till, "NothingReceived");
    await viem.assertions.revertWithCustomError(deposit(no.address), world.till, "SafeERC20FailedOperation");
    await viem.assertions.revertWithCustomError(deposit(carol.address), world.till, "TokenWithoutCode");
    const unlisted = await viem.deployContract("FeeToken");
    await viem.assertions.revertWithCustomError(deposit(unlisted.address), world.till, "TokenNotListed");
  });

  it("withdraw at once with the operator's co-signature, once, before its deadline", async () => {
    const world = await freshWorld();
    const token = world.market.lots.quote;
    await deposit(world, alice.address, token, 1_000n);
    const message = {
      account: alice.address,
      token,
      amount: 400n,
      to: carol.address,
      nonce: 7n,
      deadline: BigInt((await now()) + 100),
    };
    const signature = await operator.signTypedData({
      domain: domainOf(world.vault.address),
      types: {
        Withdrawal: [
          { name: "account", type: "address" },
          { name: "token", type: "address" },
          { name: "amount", type: "uint256" },
          { name: "to", type: "address" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      },
      primaryType: "Withdrawal",
      message,
    });
    const withdraw = (amount: bigint, account: Hex = alice.address) =>
      world.till.write.withdraw([token, amount, carol.address, 7n, message.deadline, signature], { account });
    await viem.assertions.revertWithCustomError(withdraw(401n), world.till, "WrongSigner");
    await viem.assertions.revertWithCustomError(withdraw(400n, bob.address), world.till, "WrongSigner");
    await withdraw(400n);
    assert.equal(await world.quote.read.balanceOf([carol.address]), 400n);
    await viem.assertions.revertWithCustomError(withdraw(400n), world.till, "NonceUsed");
    await networkHelpers.time.increase(101);
    await viem.assertions.revertWithCustomError(withdraw(400n), world.till, "SignatureExpired");
  });

  it("R8 exit: older orders lock until half the delay, then none; then the money leaves, paused or not", async () => {
    const world = await endowed();
    const token = world.market.lots.quote;
    const as = { account: alice.address };
    const older = await pairOf(world);
    await networkHelpers.time.increase(10);
    await world.till.write.requestExit([token, [sideKey(world.market.lots, BUY)]], as);
    await networkHelpers.time.increase(10);
    await refusesPair(world, "EmptyBatch", {});
    const batch = await lock(world, older.orders, older.fills, { cell: 0 });
    await release(world, batch);
    const late = await pairOf(world, { buy: { issued: 1 } });
    await networkHelpers.time.increase(EXIT_DELAY / 2);
    await refuses(world, packBatch(world.market, late.orders, late.fills, { cell: 1 }), "EmptyBatch");
    await world.till.write.gather([world.market.lots, 0n, alice.address], as);
    await viem.assertions.revertWithCustomError(
      world.till.write.withdrawExit([token, alice.address], as),
      world.till,
      "ExitNotReady",
    );
    await networkHelpers.time.increase(EXIT_DELAY / 2);
    await world.till.write.setPaused([true, [batch.seal.marketId]], { account: pauser.address });
    await world.till.write.withdrawExit([token, alice.address], as);
    assert.equal(await world.quote.read.balanceOf([alice.address]), 9n * QUOTE * world.market.lots.quoteLot);
  });

  it("A35 take an EIP-2612 permit, used by the vault or by anybody before", async () => {
    const world = await freshWorld();
    const token = await viem.deployContract("PermitToken");
    await world.registry.write.setToken([token.address, true]);
    await token.write.mint([alice.address, 300n]);
    const permit = async (nonce: bigint, value: bigint) => {
      const message = { owner: alice.address, spender: world.vault.address, value, nonce, deadline: 4_000_000_000n };
      const signature = await alice.signTypedData({
        domain: { name: "Permit Token", version: "1", chainId: 31337, verifyingContract: token.address },
        types: {
          Permit: [
            { name: "owner", type: "address" },
            { name: "spender", type: "address" },
            { name: "value", type: "uint256" },
            { name: "nonce", type: "uint256" },
            { name: "deadline", type: "uint256" },
          ],
        },
        primaryType: "Permit",
        message,
      });
      return [Number(`0x${signature.slice(130)}`), signature.slice(0, 66), `0x${signature.slice(66, 130)}`] as const;
    };
    const as = { account: alice.address };
    const [v, r, s] = (await permit(0n, 100n)) as [number, Hex, Hex];
    await world.till.write.depositWithPermit([token.address, 100n, 4_000_000_000n, v, r, s], as);
    const [v2, r2, s2] = (await permit(1n, 200n)) as [number, Hex, Hex];
    await token.write.permit([alice.address, world.vault.address, 200n, 4_000_000_000n, v2, r2, s2]);
    await world.till.write.depositWithPermit([token.address, 200n, 4_000_000_000n, v2, r2, s2], as);
    assert.equal(await walletOf(world, alice.address, token.address), 300n);
    await assert.rejects(world.till.write.depositWithPermit([token.address, 1n, 4_000_000_000n, v2, r2, s2], as));
  });

  it("wrap native coin", async () => {
    const world = await freshWorld();
    const coin = await viem.deployContract("WrappedCoin");
    const { till, vault } = await deployVault(world.registry.address, undefined, coin.address);
    const native = { account: alice.address, value: 500n };
    await viem.assertions.revertWithCustomError(till.write.depositNative(native), till, "TokenNotListed");
    await world.registry.write.setToken([coin.address, true]);
    await till.write.depositNative(native);
    assert.equal(await walletOf({ ...world, till, vault }, alice.address, coin.address), 500n);
    const [client] = await viem.getWalletClients();
    await assert.rejects(client.sendTransaction({ to: vault.address, value: 1n }));
  });

  it("cannot be entered again by a token", async () => {
    const world = await freshWorld();
    const token = await viem.deployContract("ReentrantToken");
    await world.registry.write.setToken([token.address, true]);
    await token.write.mint([alice.address, 1_000n]);
    await token.write.approve([world.vault.address, 1_000n], { account: alice.address });
    const again = encodeFunctionData({
      abi: world.till.abi,
      functionName: "deposit",
      args: [token.address, 1n],
    });
    await token.write.arm([world.vault.address, again]);
    await viem.assertions.revertWithCustomError(
      world.till.write.deposit([token.address, 10n], { account: alice.address }),
      world.till,
      "ReentrancyGuardReentrantCall",
    );
  });

  it("A41 migrate to the next vault by the owner's and the operator's signatures, while a batch is open", async () => {
    const world = await endowed();
    const next = await deployVault(world.registry.address);
    const { batch } = await lockPair(world);
    const token = world.market.lots.quote;
    await world.till.write.gather([world.market.lots, 0n, alice.address], { account: alice.address });
    const amount = 9n * QUOTE * world.market.lots.quoteLot;
    const message = {
      account: alice.address,
      token,
      amount,
      nextVault: next.vault.address,
      nonce: 3n,
      deadline: 4_000_000_000n,
    };
    const typed = {
      domain: domainOf(world.vault.address),
      types: {
        Migration: [
          { name: "account", type: "address" },
          { name: "token", type: "address" },
          { name: "amount", type: "uint256" },
          { name: "nextVault", type: "address" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      },
      primaryType: "Migration",
      message,
    } as const;
    const [owners, operators] = [await alice.signTypedData(typed), await operator.signTypedData(typed)];
    const migrate = (signatures: readonly [Hex, Hex]) =>
      world.till.write.migrate(
        [alice.address, token, amount, next.vault.address, 3n, message.deadline, ...signatures],
        { account: carol.address },
      );
    await viem.assertions.revertWithCustomError(migrate([operators, operators]), world.till, "WrongSigner");
    await viem.assertions.revertWithCustomError(migrate([owners, "0x"]), world.till, "ExitNotReady");
    await migrate([owners, operators]);
    assert.equal(await walletOf({ ...world, ...next }, alice.address, token), amount);
    await release(world, batch);
    assert.deepEqual(await balances(world, alice.address), [BASE, 0n]);
    await assertAllOwed(world);
  });

  it("are seen by the lens as a wallet wants them", async () => {
    const world = await endowed();
    const lens = await viem.deployContract("VaultLens");
    const look = () => lens.read.account([world.vault.address, world.market.lots, 0n, alice.address]);
    const first = (await lockPair(world, 0)).batch;
    const second = (await lockPair(world, 1, { buy: { nonce: RING + 9n, quantity: 3_000n } })).batch;
    await release(world, first);
    assert.deepEqual(Object.values(await look()), [8n * QUOTE, 0n, 2n * QUOTE, 2n * BASE, false]);
    await release(world, second);
    assert.deepEqual(Object.values(await look()), [8n * QUOTE, 2n * BASE, 0n, 0n, false]);
    assert.equal(await lens.read.outcome([world.vault.address, first.seal.marketId, 64n]), 1n);
    await deposit(world, alice.address, world.market.lots.base, 77n);
    assert.deepEqual(await lens.read.wallet([world.vault.address, alice.address, world.market.lots.base]), [77n, 0n]);
  });

  it("gather is the owner's or the operator's", async () => {
    const world = await endowed();
    const { lots } = world.market;
    const as = { account: carol.address };
    await viem.assertions.revertWithCustomError(
      world.till.write.gather([lots, 0n, alice.address], as),
      world.till,
      "NotOperator",
    );
  });
});

describe("the code", () => {
  it("R11 fits the limit of 24,576 bytes with the settings of the gas table", async () => {
    for (const name of [
      "EscrowVault",
      "VaultTill",
      "VaultCases",
      "VaultSingles",
      "VaultRegistry",
      "VaultLens",
      "GovernanceTimelock",
      "CourtArbiter",
      "VoteArbiter",
      "VoteToken",
    ] as const) {
      const { deployedBytecode } = await artifacts.readArtifact(name);
      const bytes = deployedBytecode.length / 2 - 1;
      assert.ok(bytes <= 24_576, `${name} has ${bytes} bytes`);
    }
  });

  it("gives every engine the vector in vectors/batch.json", async () => {
    const vector = await vectorOf(await endowed());
    const file = new URL("../vectors/batch.json", import.meta.url);
    if (process.env.QUOIN_WRITE_VECTORS) writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
    assert.deepEqual(vector, JSON.parse(readFileSync(file, "utf8")));
  });
});

/** One batch of three fills, with everything that an engine must compute alike. */
async function vectorOf(world: World) {
  const market = { ...world.market };
  const fixed = { issued: 1_700_000_000, expiry: 4_000_000_000 };
  const plain: Order[] = [
    orderOf(BUY, 0, { ...fixed, nonce: 41n }),
    orderOf(SELL, 0, { ...fixed, nonce: RING + 42n, quantity: 5_000n, operatorFeeCap: 30 }),
    orderOf(BUY, 0, { ...fixed, nonce: 43n, flags: POST_ONLY }),
  ];
  const accounts = [alice, bob, alice];
  const orders = await Promise.all(plain.map((order, i) => sign(world, order, accounts[i])));
  const fills: BatchFill[] = [
    { buy: 0, sell: 1, base: 600n, buyerIsMaker: true },
    { buy: 0, sell: 1, base: 400n, buyerIsMaker: false },
    { buy: 2, sell: 1, base: 1_000n, buyerIsMaker: true },
  ];
  const fees = { makerFee: -5, takerFee: 20, referrerFee: 10, referrer: referrer.address };
  const data = packBatch(market, orders, fills, { cell: 0, ...fees });
  const batch = await lock(world, orders, fills, { cell: 0, ...fees });
  assert.deepEqual(batch.skipped, []);
  const leaves = fills.map((fill) =>
    leafOf(
      { order: orders[fill.buy], owner: alice.address },
      { order: orders[fill.sell], owner: bob.address },
      fill,
      fees,
    ),
  );
  const tree = treeOf(leaves.map(leafHash));
  assert.equal(tree.root, batch.detail.root);
  const seal = { ...batch.seal, numbers: batch.seal.numbers & ~(0xffffffffffn << 32n) };
  return JSON.parse(
    JSON.stringify(
      {
        comment: "Signed by published development accounts 1 (buyer) and 2 (seller). The seal's deadline is left zero.",
        domain: domainOf(world.vault.address),
        market,
        orders: orders.map((order, i) => ({
          order,
          typed: typedOrder(world.vault.address, market, order).message,
          account: accounts[i].address,
          digest: orderDigest(world.vault.address, market, order),
        })),
        fills,
        fees,
        data,
        leaves: leaves.map((leaf) => ({ leaf, hash: leafHash(leaf) })),
        proofs: leaves.map((_, i) => tree.proof(i)),
        root: tree.root,
        seal,
      },
      (_, value) => (typeof value === "bigint" ? value.toString() : value),
    ),
  );
}

describe("signatures", () => {
  it("of a contract wallet count for flagged orders, and its refusal skips the fill, at a bounded price", async () => {
    const world = await endowed();
    const safe = await viem.deployContract("TestWallet");
    await endow(world, safe.address, BUY, Number(5n * QUOTE));
    const time = await now();
    const make = async (nonce: bigint) => {
      const order = orderOf(BUY, time, { wallet: safe.address, nonce });
      const signed = { ...order, signature: "0x1234567890" as Hex };
      return { signed, digest: orderDigest(world.vault.address, world.market, order) };
    };
    const [approved, unapproved] = [await make(1n), await make(2n)];
    await safe.write.approve([approved.digest]);
    const sells = [await sign(world, orderOf(SELL, time), bob), await sign(world, orderOf(SELL, time), bob)];
    const fills = [
      { buy: 0, sell: 1, base: BASE, buyerIsMaker: true },
      { buy: 2, sell: 3, base: BASE, buyerIsMaker: true },
    ];
    const orders = [approved.signed, sells[0], unapproved.signed, sells[1]];
    const batch = await lock(world, orders, fills, { cell: 0 });
    assert.deepEqual(batch.skipped, [{ index: 1, reason: 3 }]);
    assert.equal((await accountOf(world, safe.address, BUY)).lanePay, QUOTE);
    await safe.write.turnHostile();
    const third = await make(3n);
    await safe.write.approve([third.digest]);
    const pair = await pairOf(world);
    const mixed = await lock(
      world,
      [third.signed, sells[1], ...pair.orders],
      [fills[0], { ...fills[0], buy: 2, sell: 3 }],
      { cell: 1 },
    );
    assert.deepEqual(mixed.skipped, [{ index: 0, reason: 3 }]);
    assert.ok(mixed.gasUsed < 400_000n);
  });

  it("A1 of another vault or chain are nobody's", async () => {
    const world = await endowed();
    const time = await now();
    const order = orderOf(BUY, time);
    const foreign = await signOrder(world.till.address.replace(/.$/, "0") as Hex, world.market, order, alice as never);
    const sell = await sign(world, orderOf(SELL, time), bob);
    const fills = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
    await refuses(world, packBatch(world.market, [foreign, sell], fills, { cell: 0 }), "EmptyBatch");
  });
});
