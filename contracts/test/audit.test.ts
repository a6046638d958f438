import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Hex } from "viem";

import { ATOMIC, BUY, P2P, SELL, marketId, orderDigest, packBatch, sideKey } from "./support/batch.ts";
import {
  BASE,
  QUOTE,
  assertAllOwed,
  assertRefused,
  balances,
  endowed,
  lockPair,
  lockSingle,
  pairOf,
  refusesPair,
  signOutcome,
  singleOf,
  walletsWorld,
} from "./support/scenes.ts";
import {
  DISPUTE_BOUND,
  accountOf,
  alice,
  arbiter,
  bob,
  deployVault,
  deposit,
  freshWorld,
  fund,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

// What reading the code as an attacker brought to light. Each of these failed once.

/** With the taker's fee of 10 basis points the buyer would pay exactly 2^40 lots: one more than a field holds. */
const ONE_TOO_MANY = 1_098_413_214_562n;

/** What an account's code is after it delegated it to a contract (EIP-7702). */
function delegationTo(contract: Hex): Hex {
  return `0xef0100${contract.slice(2)}`;
}

describe("amounts at the edge of their fields", () => {
  it("a buyer never pays 2^40 lots, which would take nothing from him and pay the seller", async () => {
    const world = await freshWorld();
    const { base, quote, baseLot, quoteLot } = world.market.lots;
    await deposit(world, alice.address, quote, (1n << 40n) * quoteLot);
    await deposit(world, bob.address, base, 10n * baseLot);
    const time = await now();
    for (const mode of [ATOMIC, 1]) {
      const at = { mode, price: ONE_TOO_MANY };
      const orders = [await sign(world, orderOf(BUY, time, at), alice), await sign(world, orderOf(SELL, time, at), bob)];
      const fills = [{ buy: 0, sell: 1, base: 1n, buyerIsMaker: false }];
      const data = packBatch(world.market, orders, fills, { cell: 0, takerFee: 10 });
      const as = { account: operator.address };
      const call = mode === ATOMIC ? world.vault.write.settle([data], as) : world.vault.write.lock([data], as);
      await assertRefused(call, "LotsOutOfRange", world.vault);
    }
    assert.equal(await walletOf(world, alice.address, quote), (1n << 40n) * quoteLot);
  });

  it("R1 an order of more than 2^40 lots never fills beyond what one cell can count", async () => {
    const world = await walletsWorld();
    const { base, baseLot } = world.market.lots;
    const most = (1n << 40n) - 1n;
    const times = { issued: await now(), expiry: (await now()) + 100_000 };
    await deposit(world, bob.address, base, 4n * most * baseLot);
    const changes = {
      terms: { buyerBond: 0, sellerBond: 0 },
      buy: { quantity: 3n * most, ...times },
      sell: { quantity: most + 1n, ...times },
    };
    await lockSingle(world, await singleOf(world, P2P, { ...changes, base: most }));
    // A sum of 2^40 would spill into the nonce and leave the counter at zero: the order would fill once more.
    const one = await singleOf(world, P2P, { ...changes, base: 1n, filled: most });
    await assertRefused(lockSingle(world, one), "Overfilled", world.cases);
  });

  it("cancelling a nonce that is older than the window leaves the newer ones as they are", async () => {
    const world = await endowed();
    await lockPair(world, 0, { buy: { nonce: 100n } });
    const key = sideKey(world.market.lots, BUY);
    await world.till.write.cancelOrders([key, 60n, 60n], { account: alice.address });
    assert.equal((await accountOf(world, alice.address, BUY)).top, 100n);
    await refusesPair(world, "EmptyBatch", { buy: { nonce: 60n } });
    await lockPair(world, 1, { buy: { nonce: 101n } });
  });
});

describe("one order, one budget", () => {
  it("R1 a pair of tokens has one set of lots for ever, so that no order fills again in a second market", async () => {
    const world = await endowed();
    const { lots } = world.market;
    const finer = { ...lots, baseLot: lots.baseLot / 10n, quoteLot: lots.quoteLot / 10n };
    await assertRefused(world.registry.write.setMarket([finer, 7, true]), "PairTaken", world.registry);
    // The order's digest is the same in both, for it signs base units: only the registry can keep them apart.
    const { orders } = await pairOf(world);
    assert.equal(
      orderDigest(world.vault.address, world.market, orders[0]),
      orderDigest(world.vault.address, { ...world.market, lots: finer }, { ...orders[0], quantity: 10n * orders[0].quantity }),
    );
    await world.registry.write.setMarket([lots, 7, false]);
    await assertRefused(world.registry.write.setMarket([finer, 7, true]), "PairTaken", world.registry);
    await world.registry.write.setMarket([lots, 7, true]);
  });
});

describe("judges", () => {
  it("R4 A25 a fallback arbiter who is a party never decides his own case", async () => {
    const world = await walletsWorld();
    const args = await singleOf(world, P2P, { terms: { fallbackArbiter: bob.address } });
    const { escrow } = await lockSingle(world, args);
    await world.cases.write.dispute([escrow, "0x"], { account: alice.address });
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    const award = world.cases.write.award([escrow, 0, 0], { account: bob.address });
    await assertRefused(award, "WrongSigner", world.cases);
    await networkHelpers.time.increase(DISPUTE_BOUND);
    await world.cases.write.fallBack([escrow]);
    assert.deepEqual(await balances(world, alice.address), [BASE + 500n, 0n]);
  });

  it("R7 A26 P2P locks only where a dispute is possible, for a buyer who marks it paid ends the refund", async () => {
    const world = await walletsWorld();
    const noTime = await singleOf(world, P2P, { terms: { disputeBound: 0 } });
    await assertRefused(lockSingle(world, noTime), "NoArbiter", world.cases);
    await deposit(world, arbiter.address, world.market.lots.base, BASE * world.market.lots.baseLot);
    const ownJudge = await singleOf(world, P2P, { buyer: arbiter });
    await assertRefused(lockSingle(world, ownJudge), "NoArbiter", world.cases);
  });

  it("R3 the operator keeps nothing of a split in which no fee was due", async () => {
    const world = await endowed();
    const { batch, leaf } = await lockPair(world, 0, { buy: { price: 200_001n }, sell: { price: 200_001n } });
    const args = [batch.seal, batch.detail, 0n, leaf, [], "0x"] as const;
    await world.cases.write.disputeFill(args, { account: alice.address });
    const [opened] = await world.cases.getEvents.EscrowOpened();
    await world.cases.write.award([opened.args.escrow!, 3_333, 3_333], { account: arbiter.address });
    await world.till.write.collectEarned([world.market.lots, operator.address]);
    assert.equal(await walletOf(world, operator.address, world.market.lots.quote), 0n);
    await assertAllOwed(world);
  });
});

describe("keys and money", () => {
  it("A8 the key of an account that delegates its code (EIP-7702) signs everything that a plain key signs", async () => {
    const world = await walletsWorld();
    const { id, escrow } = await lockSingle(world, await singleOf(world, P2P));
    // TestToken's code knows nothing of EIP-1271.
    for (const { address } of [alice, bob]) await networkHelpers.setCode(address, delegationTo(world.base.address));
    const [buyer, seller] = [await signOutcome(world, alice, id, 0, 10_000), await signOutcome(world, bob, id, 0, 10_000)];
    await world.cases.write.closeTogether([escrow, 0, 10_000, buyer, seller, "0x"]);
    assert.deepEqual(await balances(world, alice.address), [2n * BASE, 0n]);
  });

  it("R8 nobody but the owner moves money from his wallet to an account, in a market that nobody listed neither", async () => {
    const world = await walletsWorld();
    const hidden = { ...world.market, lots: { ...world.market.lots, baseLot: 12_345n } };
    // Whoever funds an account moves his own money, and finds it in his own account.
    await assertRefused(fund(world, operator.address, SELL, 1, hidden), "InsufficientBalance", world.till);
    await fund(world, bob.address, SELL, 1, hidden);
    assert.equal((await accountOf(world, bob.address, SELL, hidden)).payFree, 1n);
    await world.till.write.gather([hidden.lots, 1n, bob.address], { account: bob.address });
    assert.deepEqual(await balances(world, bob.address), [10n * BASE, 0n]);
  });

  it("fees wait until the vault knows whose they are", async () => {
    const world = await endowed();
    const { vault, till } = await deployVault(world.registry.address);
    const other = { ...world, vault, till };
    const as = { account: operator.address };
    for (const token of [world.base, world.quote]) await token.write.approve([vault.address, 2n ** 200n], as);
    await till.write.refreshMarket([marketId(world.market.lots)]);
    await deposit(other, alice.address, world.market.lots.quote, 2n * QUOTE * world.market.lots.quoteLot);
    await deposit(other, bob.address, world.market.lots.base, BASE * world.market.lots.baseLot);
    const { batch } = await lockPair(other, 0, {}, { takerFee: 10 });
    await release(other, batch);
    await assertRefused(till.write.collectFees([world.market.lots, [64n]]), "NotOperator", till);
    await till.write.refreshOperator();
    await till.write.collectFees([world.market.lots, [64n]]);
    assert.equal(await walletOf(other, operator.address, world.market.lots.quote), 200_000n * world.market.lots.quoteLot);
  });
});
