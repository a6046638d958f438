import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Hex, type Log, getAddress, parseEventLogs, sha256 } from "viem";

import { BUY, RING, SELL, marketId, packBatch, sideKey } from "./support/batch.ts";
import { leafHash, leafOf, treeOf } from "./support/fills.ts";
import { BASE, PREIMAGE, QUOTE, endowed, lockPair, lockSingle, pairOf, signOutcome, singleOf, walletsWorld } from "./support/scenes.ts";
import {
  ARBITER_ID,
  DISPUTE_BOUND,
  EXIT_DELAY,
  REFUND_DELAY,
  type World,
  alice,
  arbiter,
  bob,
  deposit,
  networkHelpers,
  now,
  operator,
  pauser,
  referrer,
  viem,
} from "./support/world.ts";

const P2P = 3;
const SWAP = 2;
const AS_OPERATOR = { account: operator.address };
const AS_ALICE = { account: alice.address };
const AS_BOB = { account: bob.address };
const AS_ARBITER = { account: arbiter.address };
const FEES = { makerFee: 2, takerFee: 10, referrerFee: 5, referrer: referrer.address };

type Said = [string, Record<string, unknown>];

/** All that the vault, or the registry, says in a transaction. */
async function saidIn(world: World, hash: Hex): Promise<Said[]> {
  const { logs } = await (await viem.getPublicClient()).getTransactionReceipt({ hash });
  const abi = [world.vault, world.till, world.cases, world.singles, world.registry].flatMap((each) => each.abi);
  const own = [world.vault.address, world.registry.address].map((each) => each.toLowerCase());
  const of = logs.filter((log) => own.includes(log.address.toLowerCase())) as Log[];
  return parseEventLogs({ abi, logs: of }).map((log: any) => [log.eventName, log.args]);
}

async function says(world: World, call: Promise<Hex>, expected: Said[]) {
  assert.deepEqual(await saidIn(world, await call), expected);
}

const seqOf = (batch: { seal: { numbers: bigint } }) => Number(batch.seal.numbers & 0xffffffffn);

describe("events say who, what and how much", () => {
  it("of deposits, exits and withdrawals", async () => {
    const world = await walletsWorld();
    const token = getAddress(world.market.lots.base);
    const account = getAddress(bob.address);
    const side = sideKey(world.market.lots, SELL);
    await says(world, world.till.write.depositFor([bob.address, token, 5n], AS_OPERATOR), [
      ["Deposited", { account, token, amount: 5n }],
    ]);
    const first = await world.till.write.requestExit([token, [side]], AS_BOB);
    const requestedAt = BigInt(await now());
    assert.deepEqual(await saidIn(world, first), [["ExitRequested", { account, token, requestedAt }]]);
    await says(world, world.till.write.requestExit([token, [side]], AS_BOB), []);
    await says(world, world.till.write.cancelExit([token, [side]], AS_BOB), [["ExitCancelled", { account, token }]]);
    await world.till.write.requestExit([token, []], AS_BOB);
    await networkHelpers.time.increase(EXIT_DELAY);
    const amount = 10n * BASE * world.market.lots.baseLot + 5n;
    await says(world, world.till.write.withdrawExit([token, alice.address], AS_BOB), [
      ["Withdrawn", { account, token, amount, to: getAddress(alice.address) }],
    ]);
  });

  it("of batches, their fills and fees", async () => {
    const world = await endowed();
    const id = marketId(world.market.lots);
    const { batch, leaf } = await lockPair(world, 0, {}, FEES);
    const seq = seqOf(batch);
    await says(world, world.vault.write.release([batch.seal], AS_OPERATOR), [["Released", { marketId: id, seq }]]);
    const operatorFee = BigInt(leaf.pay - leaf.get - leaf.referrerFee);
    const collected = (account: Hex, lots: bigint): Said[] => [
      ["FeesCollected", { marketId: id, account: getAddress(account), lots }],
    ];
    const batches = [BigInt(seq)];
    await says(world, world.till.write.collectFees([world.market.lots, batches]), collected(operator.address, operatorFee));
    await says(world, world.till.write.collectFees([world.market.lots, batches]), collected(operator.address, 0n));
    const earned = world.till.write.collectEarned([world.market.lots, referrer.address]);
    await says(world, earned, collected(referrer.address, BigInt(leaf.referrerFee)));

    const next = await lockPair(world, 1, {}, FEES);
    await networkHelpers.time.increase(REFUND_DELAY);
    const refunded = world.vault.write.refund([next.batch.seal]);
    await says(world, refunded, [["Refunded", { marketId: id, seq: seqOf(next.batch) }]]);

    const third = await lockPair(world, 2, {}, FEES);
    const hashes = [leafHash(third.leaf)];
    const args = [third.batch.seal, third.batch.detail, 0n, third.leaf, treeOf(hashes).proof(0)] as const;
    const closed: Said = ["FillClosed", { marketId: id, seq: seqOf(third.batch), index: 0n, outcome: 1n }];
    await says(world, world.vault.write.closeFill(args, AS_OPERATOR), [closed]);
  });

  it("of settled batches and gathered accounts", async () => {
    const world = await endowed();
    const id = marketId(world.market.lots);
    const { orders, fills } = await pairOf(world, { buy: { mode: 0 }, sell: { mode: 0 } });
    const data = packBatch(world.market, orders, fills, { cell: 0, ...FEES });
    const quote = QUOTE;
    const referrerFee = (quote * 5n) / 10_000n;
    const operatorFee = (quote * 2n) / 10_000n + (quote * 10n) / 10_000n;
    await says(world, world.vault.write.settle([data], AS_OPERATOR), [
      ["Settled", { marketId: id, operatorFee, referrerFee, referrer: getAddress(referrer.address) }],
    ]);
    const { lots } = world.market;
    const [buy, sell] = [alice, bob].map(({ address: owner }, i) => ({ order: orders[i], owner }));
    const left = 10n * quote - BigInt(leafOf(buy, sell, fills[0], FEES).pay);
    const account = getAddress(alice.address);
    await says(world, world.till.write.gather([lots, BigInt(BUY), alice.address], AS_ALICE), [
      ["Gathered", { account, sideKey: sideKey(lots, BUY), base: BASE * lots.baseLot, quote: left * lots.quoteLot }],
    ]);
  });

  it("of what the vault takes over from its registry", async () => {
    const world = await walletsWorld();
    const id = marketId(world.market.lots);
    const market: Said = [
      "MarketRefreshed",
      { marketId: id, operator: getAddress(operator.address), arbiterId: ARBITER_ID, listed: true },
    ];
    const caps: Said = ["FeeCapsRefreshed", { marketId: id, operatorFeeCap: 10_000, referrerFeeCap: 10_000 }];
    await says(world, world.till.write.refreshMarket([id]), [market, caps]);
    await says(world, world.till.write.refreshOperator(), [["OperatorRefreshed", { operator: getAddress(operator.address) }]]);
    const place = [BUY, SELL].map((side) => sideKey(world.market.lots, side))[0];
    await says(world, world.till.write.cancelOrders([place, 3n, 9n], AS_ALICE), [
      ["OrdersCancelled", { account: getAddress(alice.address), sideKey: place, from: 3n, to: 9n }],
    ]);
  });

  it("of a pause and its end, after which deposits and locks go on", async () => {
    const world = await endowed();
    const ids = [marketId(world.market.lots)];
    const set = (paused: boolean) => world.till.write.setPaused([paused, ids], { account: pauser.address });
    await says(world, set(true), [["PauseChanged", { paused: true, marketIds: ids }]]);
    const refused = deposit(world, bob.address, world.market.lots.base, 1n);
    await viem.assertions.revertWithCustomError(refused, world.till, "Paused");
    await says(world, set(false), [["PauseChanged", { paused: false, marketIds: ids }]]);
    await deposit(world, bob.address, world.market.lots.base, 1n);
    await lockPair(world);
  });

  it("of a payment outside the chain, its dispute and its award", async () => {
    const world = await walletsWorld();
    const { id: escrowId, escrow } = await lockSingle(world, await singleOf(world, P2P));
    await says(world, world.cases.write.markPaid([escrow, "0x"], AS_ALICE), [["MarkedPaid", { escrowId }]]);
    const hash = await world.cases.write.dispute([escrow, "0x"], AS_BOB);
    const until = BigInt((await now()) + DISPUTE_BOUND);
    assert.deepEqual(await saidIn(world, hash), [["Disputed", { escrowId, until }]]);
    await says(world, world.singles.write.awardWithBonds([escrow, 1_000, 9_000, 1n], AS_ARBITER), [
      ["BondsSettled", { escrowId, forfeits: 1n }],
      ["EscrowEnded", { escrowId, quoteToBuyer: 1_000n, baseToBuyer: 9_000n }],
    ]);
  });

  it("of a hash-locked leg that is redeemed, or goes back with its bonds held", async () => {
    const world = await walletsWorld();
    const one = await lockSingle(world, await singleOf(world, SWAP));
    const other: Hex = `0x${"5b".repeat(32)}`;
    await viem.assertions.revertWithCustomErrorWithArgs(
      world.cases.write.redeem([one.escrow, other]),
      world.cases,
      "WrongPreimage",
      [sha256(other), sha256(PREIMAGE)],
    );
    await says(world, world.cases.write.redeem([one.escrow, PREIMAGE]), [
      ["Redeemed", { escrowId: one.id, preimage: PREIMAGE }],
      ["EscrowEnded", { escrowId: one.id, quoteToBuyer: 0n, baseToBuyer: 10_000n }],
    ]);
    const leg = await walletsWorld();
    const two = await lockSingle(leg, await singleOf(leg, SWAP));
    await networkHelpers.time.increase(1_000);
    const hash = await leg.cases.write.refundEscrow([two.escrow]);
    const until = BigInt((await now()) + DISPUTE_BOUND);
    assert.deepEqual(await saidIn(leg, hash), [
      ["BondsHeld", { escrowId: two.id, until }],
      ["EscrowEnded", { escrowId: two.id, quoteToBuyer: 10_000n, baseToBuyer: 0n }],
    ]);
    await networkHelpers.time.increase(DISPUTE_BOUND);
    await says(leg, leg.singles.write.returnBonds([two.escrow]), [["BondsSettled", { escrowId: two.id, forfeits: 0n }]]);
  });

  it("of an escrow that both parties end together", async () => {
    const world = await walletsWorld();
    const { id: escrowId, escrow } = await lockSingle(world, await singleOf(world, P2P));
    const [buyers, sellers] = await Promise.all([alice, bob].map((each) => signOutcome(world, each, escrowId, 7, 2_500)));
    await says(world, world.cases.write.closeTogether([escrow, 7, 2_500, buyers, sellers, "0x"]), [
      ["EscrowEnded", { escrowId, quoteToBuyer: 7n, baseToBuyer: 2_500n }],
    ]);
  });

  it("of what governance changes in the registry", async () => {
    const world = await walletsWorld();
    const { registry } = world;
    const [token, someone] = [getAddress(alice.address), getAddress(bob.address)];
    await says(world, registry.write.setOperator([someone]), [["OperatorSet", { operator: someone }]]);
    await says(world, registry.write.setPauser([someone]), [["PauserSet", { pauser: someone }]]);
    await says(world, registry.write.setToken([token, true]), [["TokenSet", { token, listed: true }]]);
    await says(world, registry.write.setArbiter([99, someone]), [["ArbiterSet", { arbiterId: 99, arbiter: someone }]]);
    const { lots } = world.market;
    const id = marketId(lots);
    await says(world, registry.write.setFeeCaps([id, 30, 20]), [
      ["FeeCapsSet", { marketId: id, operatorFeeCap: 30, referrerFeeCap: 20 }],
    ]);
  });
});

describe("R8 one-leg orders of a trader who leaves", () => {
  it("lock until half the exit delay if they are older than the request, and then no more", async () => {
    const world = await walletsWorld();
    const single = await singleOf(world, P2P);
    await world.till.write.requestExit([world.market.lots.base, []], AS_BOB);
    await networkHelpers.time.increase(EXIT_DELAY / 2 - 10);
    await lockSingle(world, single);
    const next = await singleOf(world, P2P, { sell: { nonce: RING + 9n, issued: 1 }, buy: { nonce: RING + 9n } });
    await networkHelpers.time.increase(10);
    const late = world.cases.write.lockSingle([next], AS_OPERATOR);
    await viem.assertions.revertWithCustomError(late, world.singles, "Exiting");
  });
});
