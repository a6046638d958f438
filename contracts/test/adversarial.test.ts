import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Hex, concatHex, encodeFunctionData, pad, toHex } from "viem";

import {
  BUY,
  type BatchFill,
  P2P,
  RING,
  SELL,
  SWAP,
  domainOf,
  marketId,
  packBatch,
  sideKey,
  signOrder,
} from "./support/batch.ts";
import { leafHash, leafOf, treeOf } from "./support/fills.ts";
import {
  BASE,
  PREIMAGE,
  QUOTE,
  assertAllOwed,
  assertRefused,
  balances,
  endowed,
  lockPair,
  lockSingle,
  pairOf,
  refuses,
  refusesPair,
  signOutcome,
  singleOf,
  walletsWorld,
} from "./support/scenes.ts";
import {
  DISPUTE_BOUND,
  EXIT_DELAY,
  GOVERNANCE_DELAY,
  REFUND_DELAY,
  type World,
  accountOf,
  alice,
  arbiter,
  bob,
  capFees,
  carol,
  dave,
  deployer,
  deposit,
  endow,
  lock,
  mappingPlace,
  networkHelpers,
  now,
  operator,
  orderOf,
  pauser,
  receiptOf,
  release,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

// The list of attacks from docs/security/contracts.md; A28 to A35 are in tokens.test.ts, and a few, by their number, in
// the tests of what they attack.

const AS_OPERATOR = { account: operator.address } as const;
const HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const N = 2n * HALF_N + 1n;
/** Place of the vault's mapping of cells. */
const CELLS = 5n;
const { time } = networkHelpers;

function word(value: bigint): Hex {
  return pad(toHex(value), { size: 32 });
}

/** Several fills of Bob selling to Alice, with all that a proof takes. */
async function lockFills(world: World, count: number, cell = 0, takerFee = 0, step = 0) {
  const orders = [];
  const fills: BatchFill[] = [];
  const leaves = [];
  for (let i = 0; i < count; i++) {
    const pair = await pairOf(world);
    orders.push(...pair.orders);
    fills.push({ ...pair.fills[0], buy: 2 * i, sell: 2 * i + 1, base: BASE - BigInt(i * step) });
    const parties = [
      { order: pair.orders[0], owner: alice.address },
      { order: pair.orders[1], owner: bob.address },
    ] as const;
    leaves.push(leafOf(...parties, fills[i], { takerFee }));
  }
  const batch = await lock(world, orders, fills, { cell, takerFee });
  const tree = treeOf(leaves.map(leafHash));
  assert.equal(tree.root, batch.detail.root);
  const close = (index: number, account: Hex = carol.address, proof = tree.proof(index), leaf = leaves[index]) =>
    world.vault.write.closeFill([batch.seal, batch.detail, BigInt(index), leaf, proof], { account });
  return { batch, leaves, tree, close };
}

/** Runs transactions in one block, in this order, and says which of them succeeded. */
async function inOneBlock(timestamp: number, calls: ((gasPrice: bigint) => Promise<Hex>)[]): Promise<boolean[]> {
  const client = await viem.getTestClient();
  const chain = await viem.getPublicClient();
  await client.setAutomine(false);
  const hashes: Hex[] = [];
  for (const [i, call] of calls.entries()) hashes.push(await call(10n ** 11n - BigInt(i) * 10n ** 9n));
  await time.setNextBlockTimestamp(timestamp);
  await client.mine({ blocks: 1 });
  await client.setAutomine(true);
  const receipts = await Promise.all(hashes.map((hash) => chain.getTransactionReceipt({ hash })));
  assert.equal(new Set(receipts.map(({ blockNumber }) => blockNumber)).size, 1, "not in one block");
  return receipts.map(({ status }) => status === "success");
}

function deadlineOf(seal: { numbers: bigint }): number {
  return Number((seal.numbers >> 32n) & 0xffffffffffn);
}

async function disputedPair(world: World, changes = {}, fees = {}) {
  const { batch, leaf } = await lockPair(world, 0, changes, fees);
  await world.cases.write.disputeFill([batch.seal, batch.detail, 0n, leaf, [], "0x"], { account: alice.address });
  const [opened] = await world.cases.getEvents.EscrowOpened();
  return { batch, leaf, id: opened.args.escrowId!, escrow: opened.args.escrow! };
}

describe("signatures and replay", () => {
  it("A2 what ends an escrow, signed for another chain or contract, ends nothing", async () => {
    const world = await walletsWorld();
    const { id, escrow } = await lockSingle(world, await singleOf(world, P2P));
    const good = await signOutcome(world, bob, id, 0, 10_000);
    const typed = {
      types: {
        Outcome: [
          { name: "escrowId", type: "bytes32" },
          { name: "quoteToBuyer", type: "uint16" },
          { name: "baseToBuyer", type: "uint16" },
        ],
      },
      primaryType: "Outcome",
      message: { escrowId: id, quoteToBuyer: 0, baseToBuyer: 10_000 },
    } as const;
    for (const domain of [domainOf(world.vault.address, 1), domainOf(world.base.address)]) {
      const foreign = await alice.signTypedData({ domain, ...typed });
      const call = world.cases.write.closeTogether([escrow, 0, 10_000, foreign, good, "0x"]);
      await assertRefused(call, "WrongSigner", world.cases);
    }
  });

  it("A3 a whole batch sent again fills nothing", async () => {
    const world = await endowed();
    const issued = await now();
    for (const nonce of [9n, RING + 9n]) {
      const orders = [
        await sign(world, orderOf(BUY, issued, { nonce }), alice),
        await sign(world, orderOf(SELL, issued, { nonce }), bob),
      ];
      const fills = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
      const batch = await lock(world, orders, fills, { cell: 0 });
      await refuses(world, packBatch(world.market, orders, fills, { cell: 1 }), "EmptyBatch");
      await release(world, batch);
      await refuses(world, packBatch(world.market, orders, fills, { cell: 0 }), "EmptyBatch");
    }
  });

  it("A5 a signature's twin with high s counts nowhere", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const r = orders[0].signature.slice(0, 66) as Hex;
    const twin = { ...orders[0], signature: concatHex([r, word(HALF_N + 1n)]) };
    await refuses(world, packBatch(world.market, [twin, orders[1]], fills, { cell: 0 }), "BadSignature");
    const { id, escrow } = await disputedPair(world);
    const good = await signOutcome(world, alice, id, 0, 10_000);
    const s = BigInt(`0x${good.slice(66, 130)}`);
    const high = concatHex([good.slice(0, 66) as Hex, word(N - s), good.endsWith("1b") ? "0x1c" : "0x1b"]);
    const other = await signOutcome(world, bob, id, 0, 10_000);
    const call = world.cases.write.closeTogether([escrow, 0, 10_000, high, other, "0x"]);
    await assertRefused(call, "WrongSigner", world.cases);
  });

  it("A6 a signature of no key moves nothing, even when account zero has a balance", async () => {
    const world = await endowed();
    const zero: Hex = `0x${"0".repeat(40)}`;
    await endow(world, zero, BUY, Number(QUOTE));
    const { orders, fills } = await pairOf(world);
    const r = orders[0].signature.slice(0, 66) as Hex;
    const s = `0x${orders[0].signature.slice(66)}` as Hex;
    for (const signature of [concatHex([word(0n), s]), concatHex([r, word(0n)]), concatHex([word(0n), word(0n)])]) {
      const data = packBatch(world.market, [{ ...orders[0], signature }, orders[1]], fills, { cell: 0 });
      await refuses(world, data, "BadSignature");
    }
    const asWallet = { ...orders[0], wallet: dave.address, signature: "0x" as Hex };
    const packed = packBatch(world.market, [asWallet, orders[1]], fills, { cell: 0 });
    const ofNobody = packed.replace(dave.address.slice(2).toLowerCase(), zero.slice(2)) as Hex;
    await refuses(world, ofNobody, "BadSignature");
    const { id, escrow } = await disputedPair(world);
    const good = await signOutcome(world, alice, id, 0, 10_000);
    for (const v of ["0x00", "0x01", "0x1d"] as const) {
      const odd = concatHex([good.slice(0, 130) as Hex, v]);
      const call = world.cases.write.closeTogether([escrow, 0, 10_000, odd, "0x", "0x"]);
      await assertRefused(call, "WrongSigner", world.cases);
    }
  });

  it("A8 an order signed by the key of an account that delegates its code locks without calling that code", async () => {
    const world = await endowed();
    const sink = await viem.deployContract("GasSink");
    await networkHelpers.setCode(alice.address, `0xef0100${sink.address.slice(2)}`);
    const { batch } = await lockPair(world);
    assert.ok(batch.gasUsed < 300_000n, `${batch.gasUsed} gas: the delegate was called`);
    await release(world, batch);
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE]);
  });

  it("A9 an order for the swapped tokens, or for any other field, is nobody's", async () => {
    const world = await endowed();
    const issued = await now();
    const { base, quote } = world.market.lots;
    const swapped = { ...world.market, lots: { ...world.market.lots, base: quote, quote: base } };
    const order = orderOf(BUY, issued);
    const sell = await sign(world, orderOf(SELL, issued), bob);
    const fills = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
    const foreign = [await signOrder(world.vault.address, swapped, order, alice as never)];
    for (const other of [
      { price: order.quantity, quantity: order.price },
      { nonce: BigInt(order.issued), issued: Number(order.nonce) },
      { issued: order.expiry, expiry: order.issued },
      { operatorFeeCap: order.referrerFeeCap, referrerFeeCap: order.operatorFeeCap },
      { flags: 2 },
      { mode: SWAP },
      { side: SELL },
    ]) {
      foreign.push({ ...(await sign(world, { ...order, ...other }, alice)), ...order });
    }
    for (const buy of foreign) await refuses(world, packBatch(world.market, [buy, sell], fills, { cell: 0 }), "EmptyBatch");
  });
});

describe("amounts and accounting", () => {
  it("A10 an order never fills beyond its size inside one batch, listed once or twice", async () => {
    const world = await endowed();
    for (const [cell, nonce] of [700n, RING + 700n].entries()) {
      const pair = await pairOf(world, { buy: { nonce } });
      const second = await pairOf(world);
      const orders = [...pair.orders, second.orders[1], pair.orders[0]];
      const fill = { buy: 0, sell: 1, base: 600n, buyerIsMaker: true };
      const batch = await lock(world, orders, [fill, { ...fill, sell: 2 }, { ...fill, buy: 3, sell: 2 }], { cell });
      assert.deepEqual(batch.skipped.map(({ index }) => index), [1, 2]);
      assert.equal((await accountOf(world, alice.address, BUY)).laneGet, 600n * BigInt(cell + 1));
    }
  });

  it("A11 an order never fills beyond its size over two batches of two operators in one block", async () => {
    const world = await endowed();
    const id = marketId(world.market.lots);
    const issued = await now();
    const maker = await sign(world, orderOf(BUY, issued, { nonce: RING + 1n }), alice);
    const data: Hex[] = [];
    for (const cell of [0, 1]) {
      const taker = await sign(world, orderOf(SELL, issued), bob);
      data.push(packBatch(world.market, [maker, taker], [{ buy: 0, sell: 1, base: 600n, buyerIsMaker: true }], { cell }));
    }
    await world.registry.write.setOperator([carol.address]);
    const done = await inOneBlock((await now()) + 5, [
      (gasPrice) => world.vault.write.lock([data[0]], { ...AS_OPERATOR, gas: 1_000_000n, gasPrice }),
      (gasPrice) => world.till.write.refreshMarket([id], { gas: 200_000n, gasPrice }),
      (gasPrice) => world.vault.write.lock([data[1]], { account: carol.address, gas: 1_000_000n, gasPrice }),
    ]);
    assert.deepEqual(done, [true, true, false]);
    assert.equal((await accountOf(world, alice.address, BUY)).laneGet, 600n);
  });

  it("A13 fees stay within the caps and below the whole, and round against who takes them", async () => {
    const world = await endowed();
    const caps = { operatorFeeCap: 65_535, referrerFeeCap: 65_535 };
    await capFees(world, 500);
    await refusesPair(world, "FeeAboveMarketCap", { buy: caps, sell: caps }, { takerFee: 501 });
    await refusesPair(world, "FeeAboveMarketCap", { buy: caps, sell: caps }, { referrerFee: 501 });
    // The widest caps that governance can set leave the fill's own limit: the seller gets something, or nothing.
    await capFees(world, 10_000);
    await refusesPair(world, "FeeAboveMarketCap", { buy: caps, sell: caps }, { takerFee: 10_001 });
    await refusesPair(world, "LotsOutOfRange", { buy: caps, sell: caps }, { takerFee: 10_000, referrerFee: 1 });
    await refusesPair(world, "LotsOutOfRange", { buy: caps, sell: caps }, { takerFee: 6_000, referrerFee: 4_001 });
    const odd = { price: 9_999n };
    const fill = { base: 1n };
    const fees = { makerFee: 20, takerFee: 20, referrerFee: 10, referrer: dave.address };
    const { batch } = await lockPair(world, 0, { buy: odd, sell: odd, fill }, fees);
    // 9,999 lots: 19.998 and 9.999 round down, for every taker of a fee.
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, 9_999n + 19n);
    assert.equal((await accountOf(world, bob.address, SELL)).laneGet, 9_999n - 19n - 9n);
    assert.equal((batch.seal.numbers >> 88n) & 0xffffffffffffffn, 38n);
    await release(world, batch);
    await world.till.write.collectEarned([world.market.lots, dave.address]);
    assert.equal(await walletOf(world, dave.address, world.market.lots.quote), 9n * world.market.lots.quoteLot);
  });

  it("A14 a fill of no lots or at no price is refused", async () => {
    const world = await endowed();
    await refusesPair(world, "LotsOutOfRange", { fill: { base: 0n } });
    await refusesPair(world, "LotsOutOfRange", { buy: { price: 0n }, sell: { price: 0n } });
    await refusesPair(world, "LotsOutOfRange", { buy: { price: (1n << 40n) - 1n }, fill: { base: 2n } });
    const none = await singleOf(world, P2P, { base: 0n });
    await assertRefused(lockSingle(world, none), "LotsOutOfRange", world.singles);
  });

  it("A15 nobody trades with himself; the operator and the arbiter trade like anyone, the arbiter without a judge", async () => {
    const world = await endowed();
    const issued = await now();
    const fills = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
    const own = [await sign(world, orderOf(BUY, issued), alice), await sign(world, orderOf(SELL, issued), alice)];
    await refuses(world, packBatch(world.market, own, fills, { cell: 0 }), "SelfTrade");
    for (const [cell, buyer] of [operator, arbiter].entries()) {
      await endow(world, buyer.address, BUY, Number(QUOTE));
      const order = await sign(world, orderOf(BUY, issued), buyer);
      const sell = await sign(world, orderOf(SELL, issued), bob);
      const batch = await lock(world, [order, sell], fills, { cell });
      if (buyer === arbiter) {
        const leaf = leafOf({ order, owner: buyer.address }, { order: sell, owner: bob.address }, fills[0]);
        const args = [batch.seal, batch.detail, 0n, leaf, [], "0x"] as const;
        const call = world.cases.write.disputeFill(args, { account: buyer.address });
        await assertRefused(call, "NoArbiter", world.cases);
      }
      await release(world, batch);
      assert.equal((await balances(world, buyer.address))[0], BASE);
    }
  });

  it("A17 tokens sent to the vault without a deposit are nobody's and change no account", async () => {
    const world = await endowed();
    const before = await balances(world, alice.address);
    await world.quote.write.mint([world.vault.address, 10n ** 30n]);
    assert.deepEqual(await balances(world, alice.address), before);
    await deposit(world, alice.address, world.market.lots.quote, world.market.lots.quoteLot);
    assert.deepEqual(await balances(world, alice.address), [before[0], before[1] + 1n]);
  });
});

describe("outcomes", () => {
  it("A18 a batch, a fill and an escrow have one outcome each", async () => {
    const world = await endowed();
    const { batch, close } = await lockFills(world, 4, 0, 10);
    await close(1, operator.address);
    await assertRefused(close(1, operator.address), "FillGone", world.vault);
    await release(world, batch);
    await assertRefused(release(world, batch), "BatchClosed", world.vault);
    await time.increase(REFUND_DELAY);
    await assertRefused(world.vault.write.refund([batch.seal]), "BatchClosed", world.vault);
    // Three fills were released together after one by itself: all four are paid, once.
    assert.equal((await balances(world, alice.address))[0], 4n * BASE);
    const other = await lockFills(world, 2, 1);
    await time.increaseTo(deadlineOf(other.batch.seal));
    await other.close(0);
    await assertRefused(other.close(0), "FillGone", world.vault);
    await world.vault.write.refund([other.batch.seal]);
    await assertRefused(world.vault.write.refund([other.batch.seal]), "BatchClosed", world.vault);
    await assertRefused(other.close(0), "FillGone", world.vault);
    await assertAllOwed(world);
    const next = await endowed();
    const { escrow } = await disputedPair(next);
    await next.cases.write.award([escrow, 0, 10_000], { account: arbiter.address });
    const again = next.cases.write.award([escrow, 0, 10_000], { account: arbiter.address });
    await assertRefused(again, "WrongState", next.cases);
    await assertAllOwed(next);
  });

  it("A19 a batch whose cell is needed again lives on, and no seal passes for a batch 64 or 65,536 numbers away", async () => {
    const world = await endowed();
    const first = await lockPair(world, 0);
    const second = await lockPair(world, 0);
    assert.equal(second.batch.seal.numbers & 0xffffffffn, 128n);
    for (const distance of [64n, 65_536n, 1n << 31n]) {
      const alias = { ...first.batch.seal, numbers: first.batch.seal.numbers + distance };
      await assertRefused(world.vault.write.release([alias], AS_OPERATOR), "WrongSeal", world.vault);
    }
    await release(world, first.batch);
    await time.increase(REFUND_DELAY);
    await world.vault.write.refund([second.batch.seal]);
    for (const { batch, leaf } of [first, second]) {
      const close = () => world.vault.write.closeFill([batch.seal, batch.detail, 0n, leaf, []]);
      await close();
      await assertRefused(close(), "FillGone", world.vault);
    }
    assert.deepEqual(await balances(world, alice.address), [BASE, 9n * QUOTE]);
    await assertAllOwed(world);
  });

  it("A19 a fill that no lane holds keeps its batch provable after all of the epoch was released and its cell used again", async () => {
    const world = await endowed(30n);
    const later = await lockPair(world, 1);
    // Its number is below one that the accounts hold already, so it is in no lane.
    const early = await lockPair(world, 0);
    early.leaf.laned = 0;
    assert.equal(leafHash(early.leaf), early.batch.detail.root);
    await release(world, later.batch);
    await release(world, early.batch);
    for (let cell = 2; cell < 16; cell++) await release(world, (await lockPair(world, cell)).batch);
    await release(world, (await lockPair(world, 0)).batch);
    const close = () => world.vault.write.closeFill([early.batch.seal, early.batch.detail, 0n, early.leaf, []]);
    await close();
    await assertRefused(close(), "FillGone", world.vault);
    assert.deepEqual(await balances(world, alice.address), [17n * BASE, 13n * QUOTE]);
    await assertAllOwed(world);
  });

  it("A19 numbers of batches end at 2^32 and never begin again", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world, 5);
    const cell = mappingPlace(word(5n), BigInt(mappingPlace(batch.seal.marketId, CELLS)));
    const [before] = await world.till.read.slots([[cell]]);
    assert.equal(BigInt(before) & 0xffffffffn, 69n, "not the cell's place");
    await networkHelpers.setStorageAt(world.vault.address, cell, word((1n << 32n) - 59n));
    await refusesPair(world, "WrongSeal", {}, { cell: 5 });
  });

  it("A20 A43 release ends and refund begins in the second of the deadline", async () => {
    const world = await endowed();
    const [first, second, third] = [await lockPair(world, 0), await lockPair(world, 1), await lockPair(world, 2)];
    const deadline = deadlineOf(first.batch.seal);
    await time.setNextBlockTimestamp(deadline - 1);
    await release(world, first.batch);
    await time.setNextBlockTimestamp(deadlineOf(second.batch.seal) - 1);
    await assertRefused(world.vault.write.refund([second.batch.seal]), "RefundBeforeDeadline", world.vault);
    await time.setNextBlockTimestamp(deadlineOf(second.batch.seal));
    await world.vault.write.refund([second.batch.seal]);
    await time.increaseTo(deadlineOf(third.batch.seal) + 1);
    await assertRefused(release(world, third.batch), "ReleaseAfterDeadline", world.vault);
    await world.vault.write.refund([third.batch.seal]);
  });

  it("A21 of release and refund in one block only the one that the clock allows succeeds, in either order", async () => {
    for (const late of [0, 1]) {
      for (const releaseFirst of [true, false]) {
        const world = await endowed();
        const { batch } = await lockPair(world);
        const calls = [
          (gasPrice: bigint) => world.vault.write.release([batch.seal], { ...AS_OPERATOR, gas: 300_000n, gasPrice }),
          (gasPrice: bigint) => world.vault.write.refund([batch.seal], { gas: 300_000n, gasPrice }),
        ];
        const done = await inOneBlock(deadlineOf(batch.seal) - 1 + late, releaseFirst ? calls : calls.reverse());
        assert.deepEqual(releaseFirst ? done : done.reverse(), late ? [false, true] : [true, false]);
      }
    }
  });

  it("A22 a proof holds for one leaf, one index and one batch, whatever the number of leaves", async () => {
    const world = await endowed(40n);
    const five = await lockFills(world, 5, 0, 0, 1);
    const six = await lockFills(world, 6, 1, 0, 2);
    await time.increase(REFUND_DELAY);
    await assertRefused(five.close(1, carol.address, five.tree.proof(0)), "WrongFill", world.vault);
    await assertRefused(five.close(1, carol.address, six.tree.proof(1), six.leaves[1]), "WrongFill", world.vault);
    await assertRefused(five.close(4, carol.address, six.tree.proof(4)), "WrongFill", world.vault);
    await assertRefused(six.close(4, carol.address, five.tree.proof(4)), "WrongFill", world.vault);
    const wrong = { ...five.leaves[2], laned: 1 };
    await assertRefused(five.close(2, carol.address, five.tree.proof(2), wrong), "WrongFill", world.vault);
    // The last of five stands alone on its way up: its proof is shorter, and valid at no index but its own.
    for (const index of [0n, 1n, 5n, 6n, 4n + (1n << 128n)]) {
      const args = [five.batch.seal, five.batch.detail, index, five.leaves[4], five.tree.proof(4)] as const;
      await assertRefused(world.vault.write.closeFill(args), "WrongFill", world.vault);
    }
    const detail = { ...five.batch.detail, root: six.tree.root };
    const mixed = [five.batch.seal, detail, 0n, six.leaves[0], six.tree.proof(0)] as const;
    await assertRefused(world.vault.write.closeFill(mixed), "WrongSeal", world.vault);
    for (let i = 0; i < 5; i++) await five.close(i);
    for (let i = 0; i < 6; i++) await six.close(i);
    await assertAllOwed(world);
  });

  it("A22 a skipped fill has no leaf that anybody could prove", async () => {
    const world = await endowed(1n);
    const [first, second] = [await pairOf(world), await pairOf(world)];
    const fills = [first.fills[0], { ...second.fills[0], buy: 2, sell: 3 }];
    const batch = await lock(world, [...first.orders, ...second.orders], fills, { cell: 0 });
    const leaf = leafOf(
      { order: first.orders[0], owner: alice.address },
      { order: first.orders[1], owner: bob.address },
      first.fills[0],
    );
    assert.equal(treeOf([leafHash(leaf), word(0n)]).root, batch.detail.root);
    await time.increase(REFUND_DELAY);
    const close = (index: bigint, proof: Hex[], of = leaf) =>
      world.vault.write.closeFill([batch.seal, batch.detail, index, of, proof]);
    await assertRefused(close(1n, [leafHash(leaf)]), "WrongFill", world.vault);
    const empty = { ...leaf, base: 0, pay: 0, get: 0, laned: 0 };
    await assertRefused(close(1n, [leafHash(leaf)], empty), "WrongFill", world.vault);
    await close(0n, [word(0n)]);
  });

  it("A23 a dispute that comes before the release keeps its fill from it; one that comes after is refused", async () => {
    const world = await endowed();
    const before = await disputedPair(world);
    await release(world, before.batch);
    assert.deepEqual(await balances(world, alice.address), [0n, 9n * QUOTE]);
    const after = await lockPair(world, 1);
    await release(world, after.batch);
    const args = [after.batch.seal, after.batch.detail, 0n, after.leaf, [], "0x"] as const;
    const late = world.cases.write.disputeFill(args, { account: alice.address });
    await assertRefused(late, "BatchClosed", world.cases);
  });

  it("A25 one key never counts as two, nor a party's of another fill", async () => {
    const world = await endowed();
    const { id, escrow } = await disputedPair(world);
    const [ofAlice, ofCarol] = [await signOutcome(world, alice, id, 0, 0), await signOutcome(world, carol, id, 0, 0)];
    const close = (signatures: readonly [Hex, Hex, Hex]) => world.cases.write.closeTogether([escrow, 0, 0, ...signatures]);
    for (const signatures of [
      [ofAlice, ofAlice, "0x"],
      [ofAlice, "0x", ofAlice],
      [ofAlice, ofCarol, "0x"],
      [ofCarol, "0x", await signOutcome(world, arbiter, id, 0, 0)],
    ] as const) {
      await assertRefused(close(signatures), "WrongSigner", world.cases);
    }
    await assertRefused(close([ofAlice, "0x", "0x"]), "TooFewSigners", world.cases);
    await close([ofAlice, "0x", await signOutcome(world, arbiter, id, 0, 0)]);
    await assertAllOwed(world);
  });

  it("A26 where no arbiter is, nothing freezes and everything goes back", async () => {
    const world = await endowed();
    await world.registry.write.setMarket([world.market.lots, 99, true]);
    await world.till.write.refreshMarket([marketId(world.market.lots)]);
    const market = { ...world.market, terms: { ...world.market.terms, arbiterId: 99 } };
    const { batch, leaf } = await lockPair({ ...world, market }, 0);
    const args = [batch.seal, batch.detail, 0n, leaf, [], "0x"] as const;
    const dispute = world.cases.write.disputeFill(args, { account: alice.address });
    await assertRefused(dispute, "NoArbiter", world.cases);
    await time.increase(REFUND_DELAY);
    await world.vault.write.refund([batch.seal], { account: carol.address });
    assert.deepEqual(await balances(world, alice.address), [0n, 10n * QUOTE]);
  });

  it("A27 fees as large as the price block no outcome", async () => {
    for (const share of [0, 1, 9_999, 10_000]) {
      const world = await endowed();
      await capFees(world, 10_000);
      const all = { operatorFeeCap: 10_000, referrerFeeCap: 0 };
      const { escrow } = await disputedPair(world, { buy: all, sell: all }, { takerFee: 10_000 });
      assert.equal(escrow.get, 0);
      await world.cases.write.award([escrow, share, share], { account: arbiter.address });
      await assertAllOwed(world);
      assert.equal((await balances(world, alice.address))[1], 9n * QUOTE + (QUOTE * BigInt(share)) / 10_000n);
    }
  });
});

describe("operator, governance, liveness", () => {
  it("A36 a stolen operator's key is shut out by the pauser at once and by governance after, and takes no money", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world);
    const id = marketId(world.market.lots);
    await world.till.write.setPaused([true, [id]], { account: pauser.address });
    await refusesPair(world, "MarketNotListed", {}, { cell: 1 });
    const single = await singleOf(world, P2P);
    await assertRefused(lockSingle(world, single), "MarketNotListed", world.singles);
    await world.registry.write.setOperator([dave.address]);
    await world.till.write.refreshMarket([id]);
    await world.till.write.refreshOperator();
    await world.till.write.setPaused([false, [id]], { account: pauser.address });
    await refusesPair(world, "NotOperator", {}, { cell: 1 });
    const gather = world.till.write.gather([world.market.lots, 0n, alice.address], AS_OPERATOR);
    await assertRefused(gather, "NotOperator", world.till);
    // What it locked while it was trusted, both sides signed: its release pays the parties and nobody else.
    await release(world, batch);
    assert.deepEqual(await balancesBy(dave.address, world, alice.address), [BASE, 9n * QUOTE]);
  });

  it("A37 when the operator stops for ever all money leaves by its owners' own transactions", async () => {
    const world = await endowed();
    const { close } = await lockFills(world, 5);
    const { base, quote } = world.market.lots;
    await networkHelpers.setBalance(operator.address, 0n);
    const side = (of: number) => sideKey(world.market.lots, of);
    await world.till.write.requestExit([quote, [side(BUY)]], { account: alice.address });
    await world.till.write.requestExit([base, [side(SELL)]], { account: bob.address });
    await time.increase(EXIT_DELAY);
    let gas = 0n;
    for (let i = 0; i < 5; i++) gas = (await receiptOf(await close(i, alice.address))).gasUsed;
    assert.ok(gas <= 80_000n, `one fill leaves for ${gas} gas`);
    const leave = async (account: Hex, of: number, token: Hex) => {
      await world.till.write.gather([world.market.lots, BigInt(of), account], { account });
      return receiptOf(await world.till.write.withdrawExit([token, account], { account }));
    };
    assert.ok((await leave(alice.address, BUY, quote)).gasUsed < 100_000n);
    await leave(bob.address, SELL, base);
    for (const token of [world.base, world.quote]) {
      assert.equal(await token.read.balanceOf([world.vault.address]), 0n);
    }
  });

  it("A38 R8 what the operator locks in the last second of half the delay comes back by the deadline its owner signed", async () => {
    const world = await endowed();
    const orders = await pairOf(world);
    const later = await pairOf(world);
    await time.increase(5);
    const account = alice.address;
    await world.till.write.requestExit([world.market.lots.quote, [sideKey(world.market.lots, BUY)]], { account });
    const requested = await now();
    await time.setNextBlockTimestamp(requested + EXIT_DELAY / 2 - 1);
    const batch = await lock(world, orders.orders, orders.fills, { cell: 0 });
    await refuses(world, packBatch(world.market, later.orders, later.fills, { cell: 1 }), "EmptyBatch");
    assert.equal(deadlineOf(batch.seal), requested + EXIT_DELAY / 2 - 1 + REFUND_DELAY);
    await time.increaseTo(requested + EXIT_DELAY);
    await world.vault.write.refund([batch.seal], { account });
    await world.till.write.gather([world.market.lots, 0n, account], { account });
    await world.till.write.withdrawExit([world.market.lots.quote, account], { account });
    assert.equal(await world.quote.read.balanceOf([account]), 10n * QUOTE * world.market.lots.quoteLot);
  });

  it("A38 R8 a side that its owner forgot to name is named later, without a new delay, or emptied", async () => {
    const world = await endowed();
    const account = alice.address;
    const { quote } = world.market.lots;
    await world.till.write.requestExit([quote, []], { account });
    const ripe = (await now()) + EXIT_DELAY;
    await time.increase(EXIT_DELAY / 2);
    await world.till.write.requestExit([quote, [sideKey(world.market.lots, BUY)]], { account });
    await refusesPair(world, "EmptyBatch", { buy: { issued: 1 } });
    await time.increaseTo(ripe);
    await world.till.write.gather([world.market.lots, 0n, account], { account });
    await world.till.write.withdrawExit([quote, account], { account });
  });

  it("A40 a pause stops neither release nor refund, neither disputes nor proofs, neither withdrawal nor exit", async () => {
    const world = await endowed();
    const single = await lockSingle(...(await p2pIn(world)));
    const [first, second, third] = [await lockPair(world, 0), await lockPair(world, 1), await lockFills(world, 2, 2)];
    const id = marketId(world.market.lots);
    await world.till.write.setPaused([true, [id]], { account: pauser.address });
    await release(world, first.batch);
    const args = [second.batch.seal, second.batch.detail, 0n, second.leaf, [], "0x"] as const;
    await world.cases.write.disputeFill(args, { account: bob.address });
    const [opened] = await world.cases.getEvents.EscrowOpened();
    await world.cases.write.award([opened.args.escrow!, 5_000, 5_000], { account: arbiter.address });
    await world.cases.write.markPaid([single.escrow, "0x"], { account: alice.address });
    const sides = [sideKey(world.market.lots, BUY)];
    await world.till.write.requestExit([world.market.lots.quote, sides], { account: alice.address });
    await time.increase(EXIT_DELAY);
    await third.close(0);
    await world.vault.write.refund([third.batch.seal]);
    await world.cases.write.dispute([single.escrow, "0x"], { account: bob.address });
    await world.till.write.gather([world.market.lots, 0n, alice.address], { account: alice.address });
    await world.till.write.withdrawExit([world.market.lots.quote, alice.address], { account: alice.address });
    await world.till.write.collectFees([world.market.lots, [64n]]);
  });

  it("A42 a batch of 800 fills locks within 2^24 gas, and any one of them leaves by its proof", async () => {
    const world = await endowed();
    const { orders } = await pairOf(world, { buy: { nonce: RING + 1n }, sell: { nonce: RING + 1n } });
    const fills = Array.from({ length: 800 }, () => ({ buy: 0, sell: 1, base: 1n, buyerIsMaker: true }));
    const batch = await lock(world, orders, fills, { cell: 0 });
    assert.ok(batch.gasUsed < 1n << 24n);
    const leaf = leafOf({ order: orders[0], owner: alice.address }, { order: orders[1], owner: bob.address }, fills[0]);
    const tree = treeOf(fills.map(() => leafHash(leaf)));
    await time.increase(REFUND_DELAY);
    for (const index of [0, 127, 128, 799]) {
      await world.vault.write.closeFill([batch.seal, batch.detail, BigInt(index), leaf, tree.proof(index)]);
    }
    assert.equal((await accountOf(world, alice.address, BUY)).laneGet, 796n);
    await world.vault.write.refund([batch.seal]);
    await assertAllOwed(world);
  });

  it("A42 no fills, more fills or orders than there are, and counters at their end are refused", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    await refuses(world, packBatch(world.market, orders, [], { cell: 0 }), "EmptyBatch");
    await refuses(world, packBatch(world.market, [], [], { cell: 0 }), "EmptyBatch");
    const data = packBatch(world.market, orders, fills, { cell: 0 });
    const caps = 2 + 2 * (163 + 4);
    const orderCount = `${data.slice(0, caps)}ffff${data.slice(caps + 4)}` as Hex;
    await refuses(world, orderCount, "DataLength");
    const at = caps + 4 + 2 * 2 * 88;
    const fillCount = `${data.slice(0, at)}ffff${data.slice(at + 4)}` as Hex;
    await refuses(world, fillCount, "DataLength");
    const noCaps = `${data.slice(0, 2 + 2 * 162)}00${data.slice(caps)}` as Hex;
    await refuses(world, noCaps, "NoSuchCaps");
  });

  it("A43 an order's expiry, an exit and a dispute's bound hold to the second", async () => {
    const world = await endowed();
    const expiry = (await now()) + 1_000;
    const [last, late] = [await pairOf(world, { buy: { expiry } }), await pairOf(world, { buy: { expiry } })];
    await time.setNextBlockTimestamp(expiry);
    const batch = await lock(world, last.orders, last.fills, { cell: 0 });
    await refuses(world, packBatch(world.market, late.orders, late.fills, { cell: 1 }), "EmptyBatch");
    await release(world, batch);

    const account = alice.address;
    await deposit(world, account, world.market.lots.base, 5n);
    await world.till.write.requestExit([world.market.lots.base, []], { account });
    const ripe = (await now()) + EXIT_DELAY;
    await time.setNextBlockTimestamp(ripe - 1);
    const early = world.till.write.withdrawExit([world.market.lots.base, account], { account });
    await assertRefused(early, "ExitNotReady", world.till);
    await time.setNextBlockTimestamp(ripe);
    await world.till.write.withdrawExit([world.market.lots.base, account], { account });

    for (const past of [0, 1]) {
      const fresh = await endowed();
      const { escrow } = await disputedPair(fresh);
      const until = (await now()) + DISPUTE_BOUND;
      await time.setNextBlockTimestamp(until + past);
      const award = fresh.cases.write.award([escrow, 0, 0], { account: arbiter.address });
      if (past) await assertRefused(award, "WrongSigner", fresh.cases);
      else await award;
    }
  });

  it("A43 a hash-locked leg is redeemed before its second and goes back from it on", async () => {
    for (const past of [0, 1]) {
      const world = await walletsWorld();
      const { escrow } = await lockSingle(world, await singleOf(world, SWAP));
      await time.increaseTo(Number(escrow.deadline) - 2 + past);
      await time.setNextBlockTimestamp(Number(escrow.deadline) - 1 + past);
      const redeem = world.cases.write.redeem([escrow, PREIMAGE], { account: carol.address });
      if (past) await assertRefused(redeem, "PastDeadline", world.cases);
      else await redeem;
      const refund = world.cases.write.refundEscrow([escrow], { account: carol.address });
      if (past) {
        // The leg is Bob's at once; only the bonds wait for a party's dispute.
        await refund;
        const { base, baseLot } = world.market.lots;
        assert.equal(await walletOf(world, bob.address, base), (10n * BASE - BASE / 20n) * baseLot);
        await time.increase(DISPUTE_BOUND + 1);
        await world.singles.write.returnBonds([escrow], { account: carol.address });
        assert.equal(await walletOf(world, bob.address, base), 10n * BASE * baseLot);
      } else {
        await assertRefused(refund, "WrongState", world.cases);
      }
      await assertAllOwed(world);
    }
  });

  it("A44 a vault outlives its governance: when the last proposer renounces, money still leaves", async () => {
    const world = await endowed();
    const { timelock, registry } = world;
    await assertRefused(registry.write.renounceOwnership(), "GovernanceTooFast", registry);
    const account0 = { account: deployer.address };
    for (const role of [await timelock.read.PROPOSER_ROLE(), await timelock.read.CANCELLER_ROLE()]) {
      await timelock.write.renounceRole([role, deployer.address], account0);
    }
    const grant = timelock.write.grantRole([await timelock.read.PROPOSER_ROLE(), deployer.address], account0);
    await assertRefused(grant, "AccessControlUnauthorizedAccount", timelock);
    const args = [carol.address] as const;
    const set = encodeFunctionData({ abi: registry.abi, functionName: "setOperator", args });
    const call = [registry.address, 0n, set, word(0n), word(0n), BigInt(GOVERNANCE_DELAY)] as const;
    const schedule = timelock.write.schedule(call, account0);
    await assertRefused(schedule, "AccessControlUnauthorizedAccount", timelock);
    await assertRefused(registry.write.setOperator(args, account0), "OwnableUnauthorizedAccount", registry);
    const { batch } = await lockPair(world);
    await release(world, batch);
    const account = bob.address;
    const { base } = world.market.lots;
    await world.till.write.requestExit([base, []], { account });
    await time.increase(EXIT_DELAY);
    await world.till.write.gather([world.market.lots, 1n, account], { account });
    await world.till.write.withdrawExit([base, account], { account });
    assert.equal(await world.base.read.balanceOf([account]), 9n * BASE * world.market.lots.baseLot);
  });
});

describe("between the transactions", () => {
  it("A45 nothing that a third party does between two fills changes what either pays", async () => {
    const world = await endowed();
    const paid: bigint[] = [];
    for (const cell of [0, 1]) {
      const before = (await accountOf(world, alice.address, BUY)).lanePay;
      await lockPair(world, cell, {}, { takerFee: 10 });
      paid.push((await accountOf(world, alice.address, BUY)).lanePay - before);
      const account = carol.address;
      await world.quote.write.mint([account, 10n ** 30n]);
      await world.quote.write.transfer([world.vault.address, 10n ** 29n], { account });
      await world.quote.write.approve([world.vault.address, 10n ** 30n], { account });
      await world.till.write.depositFor([alice.address, world.quote.address, 10n ** 29n], { account });
      await world.till.write.refreshMarket([marketId(world.market.lots)], { account });
      await world.till.write.collectFees([world.market.lots, [64n]], { account });
    }
    assert.deepEqual(paid, [QUOTE, QUOTE]);
  });

  it("A46 whoever submits what others signed changes no payee: of a batch, a withdrawal or an escrow", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const data = packBatch(world.market, orders, fills, { cell: 0, referrerFee: 10, referrer: dave.address });
    await refuses(world, data, "NotOperator", dave.address);
    const batch = await lock(world, orders, fills, { cell: 0, referrerFee: 10, referrer: carol.address });
    const robbed = { ...batch.seal, referrer: dave.address };
    await assertRefused(world.vault.write.release([robbed], AS_OPERATOR), "WrongSeal", world.vault);
    const swap = await walletsWorld();
    const { escrow } = await lockSingle(swap, await singleOf(swap, SWAP));
    const mine = { ...escrow, buyer: dave.address };
    const redeem = (of: typeof escrow) => swap.cases.write.redeem([of, PREIMAGE], { account: dave.address });
    await assertRefused(redeem(mine), "WrongState", swap.cases);
    await redeem(escrow);
    assert.deepEqual(await balances(swap, alice.address), [2n * BASE, 0n]);
  });
});

async function balancesBy(account: Hex, world: World, owner: Hex): Promise<[bigint, bigint]> {
  const { lots } = world.market;
  for (const side of [0n, 1n]) await world.till.write.gather([lots, side, owner], { account });
  return [(await walletOf(world, owner, lots.base)) / lots.baseLot, (await walletOf(world, owner, lots.quote)) / lots.quoteLot];
}

/** What locks a P2P leg beside two-leg fills: its base leg comes from the wallets. */
async function p2pIn(world: World) {
  const { base, baseLot } = world.market.lots;
  await deposit(world, bob.address, base, 2n * BASE * baseLot);
  await deposit(world, alice.address, base, BASE * baseLot);
  return [world, await singleOf(world, P2P)] as const;
}
