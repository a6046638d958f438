// A deposit serves every market: `lock` and `settle` take what an account is short of from the owner's other accounts,
// which the batch's optional last section names.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { concatHex } from "viem";

import { ATOMIC, BUY, type BatchOptions, ESCROW, type Market, RING, SELL, marketId, packBatch } from "./support/batch.ts";
import {
  ARBITER_ID,
  EXIT_DELAY,
  type World,
  accountOf,
  alice,
  anotherToken,
  bob,
  carol,
  deposit,
  endow,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

const QUOTE = 200_000_000n;
const BASE = 1_000n;

/**
 * Markets that share tokens with the first one, each of a pair of its own, as a pair has one market in its life:
 * `others[0]` and `others[1]` have other base tokens, `others[2]` has another quote token. Lots differ too.
 */
async function manyMarkets() {
  const world = await freshWorld();
  const others: Market[] = [];
  for (const [changed, baseLot, quoteLot] of [
    ["base", 10n ** 14n, 10n ** 13n],
    ["base", 10n ** 15n, 10n ** 12n],
    ["quote", 10n ** 14n, 10n ** 13n],
  ] as const) {
    const token = await anotherToken(world, `Q${others.length}`);
    const lots = { ...world.market.lots, [changed]: token.address, baseLot, quoteLot };
    await world.registry.write.setMarket([lots, ARBITER_ID, true]);
    await world.till.write.refreshMarket([marketId(lots)]);
    others.push({ ...world.market, lots });
  }
  return { world, others };
}

async function pair(world: World, mode = ESCROW) {
  const time = await now();
  const orders = [
    await sign(world, orderOf(BUY, time, { mode, nonce: RING + 1n, quantity: 1_000_000n }), alice),
    await sign(world, orderOf(SELL, time, { mode, nonce: RING + 1n, quantity: 1_000_000n }), bob),
  ];
  return { orders, fills: [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }] };
}

async function packed(world: World, options: Partial<BatchOptions>, mode = ESCROW) {
  const { orders, fills } = await pair(world, mode);
  return packBatch(world.market, orders, fills, { cell: 0, ...options });
}

describe("gathering in a lock", () => {
  it("takes what is short from the owner's accounts in other markets, and from no other's", async () => {
    const { world, others } = await manyMarkets();
    await endow(world, bob.address, SELL, Number(BASE));
    // A quarter of what Alice needs stands in each of three places, the rest in her wallet.
    const quarter = Number(QUOTE / 4n);
    await endow(world, alice.address, BUY, quarter);
    await endow(world, alice.address, BUY, quarter, others[0]);
    await endow(world, alice.address, BUY, quarter * 10, others[1]);
    await deposit(world, alice.address, world.market.lots.quote, (QUOTE / 4n) * world.market.lots.quoteLot);
    await endow(world, carol.address, BUY, 77, others[0]);

    const data = await packed(world, {});
    const refused = world.vault.write.lock([data], { account: operator.address });
    await viem.assertions.revertWithCustomError(refused, world.vault, "EmptyBatch");
    const one = { order: 0, side: BUY, lots: others[0].lots };
    const still = world.vault.write.lock([await packed(world, { gather: [one] })], { account: operator.address });
    await viem.assertions.revertWithCustomError(still, world.vault, "EmptyBatch");

    const gather = [one, { order: 0, side: BUY, lots: others[1].lots }];
    const { orders, fills } = await pair(world);
    const batch = await lock(world, orders, fills, { cell: 0, gather });
    assert.deepEqual(batch.skipped, []);
    for (const market of [world.market, ...others]) {
      assert.equal((await accountOf(world, alice.address, BUY, market)).payFree, 0n);
    }
    assert.equal((await accountOf(world, alice.address, BUY)).lanePay, QUOTE);
    assert.equal(await walletOf(world, alice.address, world.market.lots.quote), 0n);
    assert.equal((await accountOf(world, carol.address, BUY, others[0])).payFree, 77n);
    await release(world, batch);
    await world.till.write.gather([world.market.lots, BigInt(SELL), bob.address], { account: bob.address });
    assert.equal(await walletOf(world, bob.address, world.market.lots.quote), QUOTE * 10n ** 13n);
  });

  it("takes what a sale brought, from the other side of the same market, once its batch has ended", async () => {
    const { world } = await manyMarkets();
    await endow(world, bob.address, SELL, Number(BASE));
    await endow(world, alice.address, BUY, Number(QUOTE));
    const first = await pair(world);
    const batch = await lock(world, first.orders, first.fills, { cell: 0 });
    // Now Alice sells the other way round what she has just bought, and Bob buys with what he got.
    const time = await now();
    const orders = [
      await sign(world, orderOf(BUY, time), bob),
      await sign(world, orderOf(SELL, time), alice),
    ];
    const gather = [
      { order: 0, side: SELL, lots: world.market.lots },
      { order: 1, side: BUY, lots: world.market.lots },
    ];
    const open = packBatch(world.market, orders, first.fills, { cell: 1, gather });
    await viem.assertions.revertWithCustomError(
      world.vault.write.lock([open], { account: operator.address }),
      world.vault,
      "EmptyBatch",
    );
    await release(world, batch);
    const back = await lock(world, orders, first.fills, { cell: 1, gather });
    assert.deepEqual(back.skipped, []);
    assert.equal((await accountOf(world, bob.address, BUY)).lanePay, QUOTE);
    assert.equal((await accountOf(world, alice.address, SELL)).lanePay, BASE);
  });

  it("serves settle too", async () => {
    const { world, others } = await manyMarkets();
    await endow(world, bob.address, SELL, Number(BASE) * 10, others[2]);
    await endow(world, alice.address, BUY, Number(QUOTE));
    const data = await packed(world, { gather: [{ order: 1, side: SELL, lots: others[2].lots }] }, ATOMIC);
    await world.vault.write.settle([data], { account: operator.address });
    assert.equal((await accountOf(world, alice.address, BUY)).getFree, BASE);
  });

  it("R8 does not take from an owner whose exit is half over", async () => {
    const { world, others } = await manyMarkets();
    await endow(world, bob.address, SELL, Number(BASE));
    await endow(world, alice.address, BUY, Number(QUOTE), others[0]);
    await world.till.write.requestExit([world.market.lots.quote, []], { account: alice.address });
    await networkHelpers.time.increase(EXIT_DELAY / 2);
    const data = await packed(world, { gather: [{ order: 0, side: BUY, lots: others[0].lots }] });
    const refused = world.vault.write.lock([data], { account: operator.address });
    await viem.assertions.revertWithCustomError(refused, world.vault, "EmptyBatch");
  });

  it("A42 refuses entries that are cut off, longer, or of no order", async () => {
    const { world, others } = await manyMarkets();
    await endow(world, bob.address, SELL, Number(BASE));
    await endow(world, alice.address, BUY, Number(QUOTE));
    const entry = { order: 1, side: SELL, lots: others[2].lots };
    const data = await packed(world, { gather: [entry] });
    const refuses = (bytes: `0x${string}`, error: string) =>
      viem.assertions.revertWithCustomError(
        world.vault.write.lock([bytes], { account: operator.address }),
        world.vault,
        error as any,
      );
    await refuses(data.slice(0, -2) as `0x${string}`, "DataLength");
    await refuses(concatHex([data, "0x00"]), "DataLength");
    await refuses(await packed(world, { gather: [{ ...entry, order: 2 }] }), "NoSuchOrder");
    await world.vault.write.lock([data], { account: operator.address });
  });
});
