import { describe, it } from "node:test";

import { type Hex, concatHex, pad, toHex } from "viem";

import { BUY, POST_ONLY, RING, SELL, SWAP, marketId, sideKey } from "./support/batch.ts";
import { BASE, assertRefused, singleOf, walletsWorld } from "./support/scenes.ts";
import { EXIT_DELAY, type World, alice, bob, networkHelpers, operator, viem } from "./support/world.ts";

// `reserveSwap` refuses what `lockSingle` refuses about market, orders, signatures and funds; each by itself.

type Changes = Parameters<typeof singleOf>[2];
type Call = (world: World) => Promise<unknown>;

const HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** `reserveSwap` of a fill that one thing is wrong with. */
function reserve(changes: Changes = {}, after: object = {}): Call {
  return async (world) => {
    const args = { ...(await singleOf(world, SWAP, changes)), ...after };
    return world.singles.write.reserveSwap([args as never], { account: operator.address });
  };
}

const ROWS: [what: string, error: string, call: Call][] = [
  ["a market that is listed no longer", "MarketNotListed", async (world) => {
    await world.registry.write.setMarket([world.market.lots, 7, false]);
    await world.till.write.refreshMarket([marketId(world.market.lots)]);
    return reserve()(world);
  }],
  ["another arbiter", "ArbiterMismatch", reserve({ terms: { arbiterId: 8 } })],
  ["two sells", "WrongSide", reserve({ buy: { side: SELL } })],
  ["two terms", "TermsDiffer", async (world) => {
    const [one, other] = [await singleOf(world, SWAP), await singleOf(world, SWAP, { terms: { sellerBond: 1 } })];
    return reserve({}, { buy: one.buy, buySignature: one.buySignature, sell: other.sell, sellSignature: other.sellSignature })(world);
  }],
  ["no delay", "RefundDelayOutOfRange", reserve({ terms: { refundDelay: 0 } })],
  ["a POST_ONLY taker", "TakerPostOnly", reserve({ sell: { flags: POST_ONLY } })],
  ["a price outside the taker's limit", "PriceOutsideLimit", reserve({ sell: { price: 200_001n } })],
  ["nothing", "LotsOutOfRange", reserve({ base: 0n })],
  ["a trade with oneself", "SelfTrade", reserve({ buyer: bob })],
  ["an expired order", "SignatureExpired", reserve({ buy: { expiry: 1 } })],
  ["a wallet that says no", "WrongSigner", async (world) => {
    const safe = await viem.deployContract("TestWallet");
    return reserve({ buy: { wallet: safe.address } })(world);
  }],
  ["a short signature", "ECDSAInvalidSignatureLength", reserve({}, { buySignature: "0x1234" })],
  ["a signature of no key", "ECDSAInvalidSignature", reserve({}, { buySignature: `0x${"0".repeat(128)}1b` })],
  ["a signature with high s", "ECDSAInvalidSignatureS", async (world) => {
    const { buySignature } = await singleOf(world, SWAP);
    const high = concatHex([buySignature.slice(0, 66) as Hex, pad(toHex(HALF_N + 1n), { size: 32 }), "0x1b"]);
    return reserve({}, { buySignature: high })(world);
  }],
  ["a nonce of the one-batch kind", "BadNonceRange", reserve({ buy: { nonce: 5n } })],
  ["a cancelled nonce", "NonceUsed", async (world) => {
    const key = sideKey(world.market.lots, BUY);
    await world.till.write.cancelOrders([key, RING + 1n, RING + 1n], { account: alice.address });
    return reserve()(world);
  }],
  ["more than the order", "Overfilled", reserve({ base: BASE + 1n })],
  ["one who leaves", "Exiting", async (world) => {
    const args = await singleOf(world, SWAP);
    await world.till.write.requestExit([world.market.lots.base, []], { account: bob.address });
    await networkHelpers.time.increase(EXIT_DELAY / 2);
    return world.singles.write.reserveSwap([args], { account: operator.address });
  }],
  ["one who is short of his bond", "InsufficientBalance", reserve({
    sell: { quantity: 1_000n * BASE },
    buy: { quantity: 1_000n * BASE },
    base: 1_000n * BASE,
  })],
];

describe("reserveSwap", () => {
  for (const [what, error, call] of ROWS) {
    it(`refuses ${what} with ${error}`, async () => {
      const world = await walletsWorld();
      await assertRefused(call(world), error, world.singles);
    });
  }
});
