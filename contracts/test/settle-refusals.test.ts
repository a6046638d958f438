import { describe, it } from "node:test";

import { type Hex, concatHex, slice } from "viem";

import { ATOMIC, BUY, type BatchOptions, POST_ONLY, SELL, marketId, packBatch } from "./support/batch.ts";
import { BASE, type Pair, assertRefused, endowed, pairOf } from "./support/scenes.ts";
import { type World, alice, carol, now, operator, orderOf, pauser, sign } from "./support/world.ts";

// `settle` refuses all that `lock` refuses; each by itself, for the two share code that may part one day.

interface Fault {
  pair?: Pair;
  options?: Partial<BatchOptions>;
  terms?: object;
  scale?: bigint;
  account?: Hex;
  before?: (world: World) => Promise<unknown>;
  bend?: (data: Hex) => Hex;
}

const ROWS: [error: string, fault: Fault][] = [
  ["NotOperator", { account: carol.address }],
  ["MarketNotListed", {
    before: (world) => world.till.write.setPaused([true, [marketId(world.market.lots)]], { account: pauser.address }),
  }],
  ["ArbiterMismatch", { terms: { arbiterId: 8 } }],
  ["BadTerms", { terms: { fallbackToBuyer: 10_001 } }],
  ["InexactPrice", { scale: 0n }],
  ["DataLength", { bend: (data) => slice(data, 0, 163) }],
  ["FeeAboveCap", { options: { takerFee: 21 } }],
  ["RebateAboveFee", { options: { makerFee: -2, takerFee: 1 } }],
  ["PriceOutsideLimit", { pair: { buy: { price: 199_999n } } }],
  ["TakerPostOnly", { pair: { sell: { flags: POST_ONLY } } }],
  ["LotsOutOfRange", { pair: { fill: { base: 0n } } }],
  ["NoSuchOrder", { pair: { fill: { sell: 2 } } }],
  ["WrongSide", { pair: { fill: { buy: 1, sell: 0 } } }],
  ["EmptyBatch", { pair: { sell: { quantity: BASE - 1n } } }],
];

/** The batch with one thing wrong; its orders are signed so. */
async function settle(world: World, { pair = {}, options, terms, scale, account, before, bend }: Fault) {
  const market = { ...world.market, terms: { ...world.market.terms, ...terms } };
  const modes = { ...pair, buy: { mode: ATOMIC, ...pair.buy }, sell: { mode: ATOMIC, ...pair.sell } };
  const { orders, fills } = await pairOf({ ...world, market }, modes);
  await before?.(world);
  const data = packBatch({ ...market, priceScale: scale ?? market.priceScale }, orders, fills, { cell: 0, ...options });
  return world.vault.write.settle([bend?.(data) ?? data], { account: account ?? operator.address });
}

describe("settle", () => {
  for (const [error, fault] of ROWS) {
    it(`refuses with ${error} what lock refuses so`, async () => {
      const world = await endowed();
      await assertRefused(settle(world, fault), error, world.vault);
    });
  }

  it("refuses with FeeAboveMarketCap a fee beyond what governance allows", async () => {
    const world = await endowed();
    await world.registry.write.setFeeCaps([marketId(world.market.lots), 1, 1]);
    await world.till.write.refreshMarket([marketId(world.market.lots)]);
    await assertRefused(settle(world, { options: { takerFee: 2 } }), "FeeAboveMarketCap", world.vault);
  });

  it("refuses with SelfTrade two orders of one account", async () => {
    const world = await endowed();
    const time = await now();
    const orders = [];
    for (const side of [BUY, SELL]) orders.push(await sign(world, orderOf(side, time, { mode: ATOMIC }), alice));
    const data = packBatch(world.market, orders, [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }], { cell: 0 });
    await assertRefused(world.vault.write.settle([data], { account: operator.address }), "SelfTrade", world.vault);
  });

  it("refuses with BadSignature what no key signed, and with NoSuchCaps caps that are not there", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world, { buy: { mode: ATOMIC }, sell: { mode: ATOMIC } });
    const unsigned = { ...orders[0], signature: `0x${"00".repeat(64)}` as Hex };
    const as = { account: operator.address };
    const data = packBatch(world.market, [unsigned, orders[1]], fills, { cell: 0 });
    await assertRefused(world.vault.write.settle([data], as), "BadSignature", world.vault);
    // The first order's flags stand behind the header, one pair of caps and the number of orders.
    const sound = packBatch(world.market, orders, fills, { cell: 0 });
    const capless = concatHex([slice(sound, 0, 169), "0xf0", slice(sound, 170)]);
    await assertRefused(world.vault.write.settle([capless], as), "NoSuchCaps", world.vault);
  });
});
