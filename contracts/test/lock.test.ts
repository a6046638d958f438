import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  DEPOSIT_BASE,
  DEPOSIT_QUOTE,
  ONE_BASE,
  ONE_QUOTE,
  POST_ONLY,
  SLIDE,
  STATUS,
  type Fill,
  alice,
  assertConserved,
  balances,
  balancesOf,
  bob,
  carol,
  digestOf,
  fillOf,
  fillWith,
  freshEscrowId,
  freshWorld,
  lock,
  nextBlockAt,
  now,
  operator,
  orderOf,
  refusesLock,
  signOrder,
  viem,
} from "./support/world.ts";

const UINT128_MAX = 2n ** 128n - 1n;

describe("lock", () => {
  it("moves both legs from available to locked and says so", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const time = (await now()) + 10;
    await nextBlockAt(time);

    const locking = lock(world, [fill]);

    const deadline = BigInt(time + fill.buy.refundDelay);
    const [buyOrder, sellOrder] = [digestOf(world, fill.buy), digestOf(world, fill.sell)];
    const { base, quote } = addresses(world);
    await viem.assertions.emitWithArgs(locking, world.vault, "Locked", [
      fill.escrowId,
      alice.address,
      bob.address,
      buyOrder,
      sellOrder,
      base,
      quote,
      3n * ONE_BASE,
      6_000n * ONE_QUOTE,
      deadline,
    ] as never);
    assert.deepEqual(await balancesOf(world, alice.address), [DEPOSIT_BASE, DEPOSIT_QUOTE - 6_000n * ONE_QUOTE]);
    assert.deepEqual(await balancesOf(world, bob.address), [DEPOSIT_BASE - 3n * ONE_BASE, DEPOSIT_QUOTE]);
    const entry = await world.vault.read.escrow([fill.escrowId]);
    assert.deepEqual([entry.status, entry.deadline], [STATUS.locked, deadline]);
    assert.deepEqual([entry.buyer, entry.seller], [alice.address, bob.address]);
    assert.deepEqual([entry.baseAmount, entry.quoteAmount], [3n * ONE_BASE, 6_000n * ONE_QUOTE]);
    await assertConserved(world);
  });

  it("takes many fills, of one maker with several takers", async () => {
    const world = await freshWorld();
    const buy = await orderOf(world, alice, 0, { quantity: 3n * ONE_BASE });
    const buySignature = await signOrder(world, buy, alice);
    const fills = await Promise.all(
      [bob, carol, bob].map(async (seller) => {
        const changes = { seller, sell: { quantity: ONE_BASE }, fill: { buy, buySignature, quantity: ONE_BASE } };
        return fillOf(world, changes);
      }),
    );

    await lock(world, fills);

    const [prefix, filled] = await world.vault.read.filled([alice.address, buy.nonce]);
    assert.deepEqual([prefix, filled], [digestOf(world, buy).slice(0, 34), 3n * ONE_BASE]);
    await assertConserved(world);
  });

  it("is the operator's alone", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    await refusesLock(world, [fill], "NotOperator", [alice.address], alice.address);
  });

  it("of no fill is refused", async () => {
    await refusesLock(await freshWorld(), [], "EmptyBatch", []);
  });

  it("with an escrow id of zero is refused", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { fill: { escrowId: `0x${"0".repeat(64)}` } });
    await refusesLock(world, [fill], "ZeroEscrowId", []);
  });

  it("with a used escrow id is refused, in one batch and across two", async () => {
    const world = await freshWorld();
    const escrowId = freshEscrowId();
    const [first, second] = [await fillOf(world, { fill: { escrowId } }), await fillOf(world, { fill: { escrowId } })];
    await refusesLock(world, [first, second], "EscrowIdUsed", [escrowId]);
    await lock(world, [first]);
    await refusesLock(world, [second], "EscrowIdUsed", [escrowId]);
  });

  it("of nothing is refused", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { fill: { quantity: 0n } });
    await refusesLock(world, [fill], "ZeroQuantity", [fill.escrowId]);
  });

  it("of a trader with himself is refused", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { seller: alice });
    await refusesLock(world, [fill], "SelfTrade", [alice.address]);
  });

  it("of one order on both sides is refused", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const twice = { ...fill, sell: fill.buy, sellSignature: fill.buySignature };
    await refusesLock(world, [twice], "WrongSide", [digestOf(world, fill.buy), 0]);
  });

  it("of more than either side has is refused", async () => {
    const world = await freshWorld();
    const { base, quote } = addresses(world);
    const rich = { quantity: 10n * DEPOSIT_BASE, price: ONE_QUOTE };
    const poorSeller = await fillWith(world, rich, { fill: { quantity: DEPOSIT_BASE + ONE_BASE } });
    await refusesLock(world, [poorSeller], "InsufficientBalance", [
      bob.address,
      base,
      DEPOSIT_BASE,
      DEPOSIT_BASE + ONE_BASE,
    ]);
    const price = DEPOSIT_QUOTE + 1n;
    const poorBuyer = await fillWith(world, { price }, { fill: { quantity: ONE_BASE } });
    await refusesLock(world, [poorBuyer], "InsufficientBalance", [alice.address, quote, DEPOSIT_QUOTE, price]);
  });

  it("is all or nothing", async () => {
    const world = await freshWorld();
    const good = await fillOf(world);
    const bad = await fillOf(world, { fill: { quantity: 0n } });
    await refusesLock(world, [good, bad], "ZeroQuantity", [bad.escrowId]);
    assert.equal((await world.vault.read.escrow([good.escrowId])).status, STATUS.none);
  });

  it("takes an order in the second of its expiry", async () => {
    const world = await freshWorld();
    const time = (await now()) + 100;
    const fill = await fillWith(world, { expiry: BigInt(time) });
    await nextBlockAt(time);
    await lock(world, [fill]);
    assert.equal((await world.vault.read.escrow([fill.escrowId])).status, STATUS.locked);
  });
});

describe("an order's size and nonce", () => {
  it("fills in parts up to its size and no further", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { fill: { quantity: 2n * ONE_BASE } });
    await lock(world, [fill]);
    const rest = ONE_BASE;
    const beyond: Fill = { ...fill, escrowId: freshEscrowId(), quantity: rest + ONE_BASE };
    const args = [digestOf(world, fill.buy), 3n * ONE_BASE, 2n * ONE_BASE, 2n * ONE_BASE];
    await refusesLock(world, [beyond], "OrderOverfilled", args);

    await lock(world, [{ ...fill, escrowId: freshEscrowId(), quantity: rest }]);

    const again = { ...fill, escrowId: freshEscrowId(), quantity: ONE_BASE };
    await refusesLock(world, [again], "OrderOverfilled", [
      digestOf(world, fill.buy),
      3n * ONE_BASE,
      3n * ONE_BASE,
      ONE_BASE,
    ]);
    await assertConserved(world);
  });

  it("is not exceeded by a single unit", async () => {
    const world = await freshWorld();
    const small = { quantity: 10n, price: 1n, market: { ...world.market, priceScale: 1n } };
    const fill = await fillWith(world, small, { fill: { quantity: 11n } });
    await refusesLock(world, [fill], "OrderOverfilled", [digestOf(world, fill.buy), 10n, 0n, 11n]);
  });

  it("is not exceeded inside one batch", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const twin = { ...fill, escrowId: freshEscrowId() };
    const args = [digestOf(world, fill.buy), 3n * ONE_BASE, 3n * ONE_BASE, 3n * ONE_BASE];
    await refusesLock(world, [fill, twin], "OrderOverfilled", args);
  });

  it("is not exceeded by either side alone", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { sell: { quantity: 2n * ONE_BASE } });
    await refusesLock(world, [fill], "OrderOverfilled", [digestOf(world, fill.sell), 2n * ONE_BASE, 0n, 3n * ONE_BASE]);
  });

  it("belong together: a nonce is one order's for ever", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    await lock(world, [fill]);
    const other = await fillOf(world, { buy: { nonce: fill.buy.nonce } });
    await refusesLock(world, [other], "NonceTaken", [alice.address, fill.buy.nonce, digestOf(world, other.buy)]);
  });

  it("are each trader's own: two traders may use one nonce, an older one may follow a newer", async () => {
    const world = await freshWorld();
    const late = await fillWith(world, { nonce: 2n ** 64n - 1n });
    const early = await fillWith(world, { nonce: 0n });
    await lock(world, [late, early]);
    assert.equal((await world.vault.read.filled([bob.address, 0n]))[1], 3n * ONE_BASE);
    await assertConserved(world);
  });

  it("survive at the largest numbers without overflow", async () => {
    const world = await freshWorld();
    const huge = await fillWith(
      world,
      { quantity: UINT128_MAX, price: UINT128_MAX },
      { fill: { quantity: UINT128_MAX } },
    );
    const exact = (UINT128_MAX * UINT128_MAX) % ONE_BASE === 0n;
    assert.equal(exact, false);
    await refusesLock(world, [huge], "QuoteAmountInexact", [huge.escrowId, UINT128_MAX * UINT128_MAX, ONE_BASE]);
    const unscaled = await fillWith(
      world,
      { quantity: UINT128_MAX, price: 2n, market: { ...world.market, priceScale: 1n } },
      { fill: { quantity: UINT128_MAX } },
    );
    await refusesLock(world, [unscaled], "QuoteAmountTooLarge", [unscaled.escrowId, 2n * UINT128_MAX]);
  });
});

describe("R3 price", () => {
  const limits = { buy: { price: 2_100n * ONE_QUOTE }, sell: { price: 1_900n * ONE_QUOTE } };

  it("R3 is the buyer's limit exactly when the buyer is maker", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, limits);
    await lock(world, [fill]);
    assert.equal((await world.vault.read.escrow([fill.escrowId])).quoteAmount, 6_300n * ONE_QUOTE);
  });

  it("R3 is the seller's limit exactly when the seller is maker", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { ...limits, fill: { buyerIsMaker: false } });
    await lock(world, [fill]);
    assert.equal((await world.vault.read.escrow([fill.escrowId])).quoteAmount, 5_700n * ONE_QUOTE);
  });

  it("R3 is the maker's limit though he signed SLIDE", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { ...limits, buy: { ...limits.buy, flags: SLIDE } });
    await lock(world, [fill]);
    assert.equal((await world.vault.read.escrow([fill.escrowId])).quoteAmount, 6_300n * ONE_QUOTE);
  });

  it("R3 is refused one unit outside the taker's limit", async () => {
    const world = await freshWorld();
    const price = 2_000n * ONE_QUOTE;
    const seller = await fillOf(world, { sell: { price: price + 1n } });
    await refusesLock(world, [seller], "PriceOutsideLimit", [digestOf(world, seller.sell), price, price + 1n]);
    const buyer = await fillOf(world, { buy: { price: price - 1n }, fill: { buyerIsMaker: false } });
    await refusesLock(world, [buyer], "PriceOutsideLimit", [digestOf(world, buyer.buy), price, price - 1n]);
  });

  it("R3 an order that signs POST_ONLY is never taker", async () => {
    const world = await freshWorld();
    const seller = await fillOf(world, { sell: { flags: POST_ONLY } });
    await refusesLock(world, [seller], "TakerPostOnly", [digestOf(world, seller.sell)]);
    const buyer = await fillOf(world, { buy: { flags: POST_ONLY | SLIDE }, fill: { buyerIsMaker: false } });
    await refusesLock(world, [buyer], "TakerPostOnly", [digestOf(world, buyer.buy)]);
  });

  it("R3 an order that signs POST_ONLY may be maker", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world, { buy: { flags: POST_ONLY } });
    await lock(world, [fill]);
    await assertConserved(world);
  });

  it("R3 takes no fee, whatever the caps say", async () => {
    const world = await freshWorld();
    const fill = await fillWith(world, { operatorFeeCap: 10_000, referrerFeeCap: 10_000 });
    await lock(world, [fill]);
    await world.vault.write.release([[fill.escrowId]], { account: operator.address });
    const [alices, bobs] = await balances(world);
    assert.deepEqual(alices, [DEPOSIT_BASE + 3n * ONE_BASE, DEPOSIT_QUOTE - 6_000n * ONE_QUOTE]);
    assert.deepEqual(bobs, [DEPOSIT_BASE - 3n * ONE_BASE, DEPOSIT_QUOTE + 6_000n * ONE_QUOTE]);
  });

  it("R3 is refused where it has no exact amount, or none at all", async () => {
    const world = await freshWorld();
    const odd = await fillOf(world, { fill: { quantity: ONE_BASE + 1n } });
    await refusesLock(world, [odd], "QuoteAmountInexact", [
      odd.escrowId,
      (ONE_BASE + 1n) * 2_000n * ONE_QUOTE,
      ONE_BASE,
    ]);
    const free = await fillWith(world, { price: 0n });
    await refusesLock(world, [free], "QuoteAmountZero", [free.escrowId]);
  });
});

function addresses(world: Awaited<ReturnType<typeof freshWorld>>) {
  const same = (expected: string) => (actual: string) => actual.toLowerCase() === expected.toLowerCase();
  return { base: same(world.base.address), quote: same(world.quote.address) };
}
