import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Hex, hashTypedData } from "viem";

import { BUY, RING, SELL, domainOf, marketId, packBatch, sideKey, typedOrder } from "./support/batch.ts";
import { BASE, endowed, lockPair, lockSingle, pairOf, refuses, singleOf, walletsWorld } from "./support/scenes.ts";
import {
  type World,
  alice,
  bob,
  carol,
  deposit,
  freshWorld,
  deployVault,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

const P2P = 3;
const AS_CAROL = { account: carol.address };
const AS_ALICE = { account: alice.address };

/** A signature over a message of one word. */
function signWord(world: World, account: typeof alice, type: string, field: string, word: Hex) {
  const types = { [type]: [{ name: field, type: "bytes32" }] };
  const domain = domainOf(world.vault.address);
  return account.signTypedData({ domain, types, primaryType: type, message: { [field]: word } } as never);
}

describe("what somebody else submits", () => {
  it("is a dispute if a party signed it, buyer or seller, and else none", async () => {
    for (const party of [alice, bob]) {
      const world = await walletsWorld();
      const { id, escrow } = await lockSingle(world, await singleOf(world, P2P));
      const wrong = world.cases.write.dispute([escrow, await signWord(world, carol, "Dispute", "origin", id)], AS_CAROL);
      await assert.rejects(wrong, /WrongSigner/);
      await world.cases.write.dispute([escrow, await signWord(world, party, "Dispute", "origin", id)], AS_CAROL);
      assert.equal((await world.singles.read.escrowState([id]))[0], 3n);
    }
  });

  it("is a payment that the buyer signed, and no other's", async () => {
    const world = await walletsWorld();
    const { id, escrow } = await lockSingle(world, await singleOf(world, P2P));
    await assert.rejects(world.cases.write.markPaid([escrow, await signWord(world, bob, "Paid", "escrowId", id)], AS_CAROL));
    await assert.rejects(world.cases.write.markPaid([escrow, "0x"], AS_CAROL));
    await world.cases.write.markPaid([escrow, await signWord(world, alice, "Paid", "escrowId", id)], AS_CAROL);
    assert.equal((await world.singles.read.escrowState([id]))[0], 2n);
  });

  it("is a one-leg order of a contract wallet that says yes", async () => {
    const world = await walletsWorld();
    const safe = await viem.deployContract("TestWallet");
    await deposit(world, safe.address, world.market.lots.base, BASE * world.market.lots.baseLot);
    const args = await singleOf(world, P2P, { buy: { wallet: safe.address } });
    const typed = typedOrder(world.vault.address, world.market, orderOf(BUY, await now()));
    await safe.write.approve([hashTypedData({ ...typed, message: args.buy })]);
    const { escrow } = await lockSingle(world, { ...args, buySignature: "0x" });
    assert.equal(escrow.buyer.toLowerCase(), safe.address.toLowerCase());
  });

  it("is a release by the operator of today, also of what another locked", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world);
    await world.registry.write.setOperator([carol.address]);
    await assert.rejects(world.vault.write.release([batch.seal], AS_CAROL));
    await world.till.write.refreshMarket([marketId(world.market.lots)]);
    await world.vault.write.release([batch.seal], AS_CAROL);
  });
});

describe("native coin", () => {
  it("comes in above zero, and from the wrapping contract alone without a deposit", async () => {
    const world = await freshWorld();
    const coin = await viem.deployContract("WrappedCoin");
    await world.registry.write.setToken([coin.address, true]);
    const parts = await deployVault(world.registry.address, undefined, coin.address);
    await viem.assertions.revertWithCustomError(
      parts.till.write.depositNative({ value: 0n, account: alice.address }),
      parts.till,
      "ZeroAmount",
    );
    const [sender] = await viem.getWalletClients();
    await assert.rejects(sender.sendTransaction({ to: parts.vault.address, value: 5n }));
    await networkHelpers.impersonateAccount(coin.address);
    await networkHelpers.setBalance(coin.address, 10n ** 18n);
    const wrapper = await viem.getWalletClient(coin.address);
    await wrapper.sendTransaction({ to: parts.vault.address, value: 5n });
    assert.equal(await (await viem.getPublicClient()).getBalance({ address: parts.vault.address }), 5n);
    assert.equal(await walletOf(world, coin.address, coin.address), 0n);
  });
});

describe("cancelled orders", () => {
  it("stay so when a range that holds them is cancelled again", async () => {
    const world = await endowed();
    const side = sideKey(world.market.lots, BUY);
    await world.till.write.cancelOrders([side, 3n, 9n], AS_ALICE);
    await world.till.write.cancelOrders([side, 3n, 10n], AS_ALICE);
    await world.till.write.cancelOrders([side, 4n, 10n], AS_ALICE);
    for (const [nonce, good] of [[3n, false], [9n, false], [10n, false], [2n, true], [11n, true]] as const) {
      const { orders, fills } = await pairOf(world, { buy: { nonce } });
      const data = packBatch(world.market, orders, fills, { cell: 0 });
      const locking = world.vault.simulate.lock([data], { account: operator.address });
      if (good) await locking;
      else await assert.rejects(locking, /EmptyBatch/);
    }
  });

  it("of the ring leave the newer order of their cell alive, and an older order of it is dead", async () => {
    const world = await endowed();
    const side = sideKey(world.market.lots, BUY);
    const newer = await sign(world, orderOf(BUY, await now(), { nonce: RING + 256n + 5n, quantity: 2n * BASE }), alice);
    const sells = await Promise.all([0, 1, 2].map(async () => sign(world, orderOf(SELL, await now()), bob)));
    const fills = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true }];
    const { skipped } = await lock(world, [newer, sells[0]], fills, { cell: 0 });
    assert.deepEqual(skipped, []);
    await world.till.write.cancelOrders([side, RING + 5n, RING + 5n], AS_ALICE);
    const older = await sign(world, orderOf(BUY, await now(), { nonce: RING + 5n }), alice);
    await refuses(world, packBatch(world.market, [older, sells[1]], fills, { cell: 1 }), "EmptyBatch");
    assert.deepEqual((await lock(world, [newer, sells[2]], fills, { cell: 1 })).skipped, []);
    const lens = await viem.deployContract("VaultLens");
    const digest = (nonce: bigint, order: typeof newer) =>
      hashTypedData(typedOrder(world.vault.address, world.market, { ...order, nonce }));
    const filled = (nonce: bigint, order: typeof newer) =>
      lens.read.filled([world.vault.address, world.market.lots, BigInt(BUY), alice.address, nonce, digest(nonce, order)]);
    assert.deepEqual(await filled(newer.nonce, newer), [true, 2n * BASE]);
    assert.deepEqual(await filled(RING + 5n, older), [false, 0n]);
    // Another order under the nonce of the one that is counted.
    assert.deepEqual(await filled(newer.nonce, { ...older, quantity: 7n }), [false, 0n]);
  });
});

describe("batch data", () => {
  it("refuses a buyer's index beyond the orders, and a buy order in the seller's place", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    await refuses(world, packBatch(world.market, orders, [{ ...fills[0], buy: 2 }], { cell: 0 }), "NoSuchOrder");
    const other = await sign(world, orderOf(BUY, await now()), carol);
    const pair = [orders[0], other];
    await refuses(world, packBatch(world.market, pair, [{ ...fills[0], buy: 0, sell: 1 }], { cell: 0 }), "WrongSide");
  });

  it("refuses an order that points at no caps, and orders that the data do not reach", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world);
    const data = packBatch(world.market, orders, fills, { cell: 0 });
    const flags = 2 + 2 * (163 + 4 + 2);
    const pointing = `${data.slice(0, flags)}f${data.slice(flags + 1)}` as Hex;
    await refuses(world, pointing, "NoSuchCaps");
    await refuses(world, data.slice(0, flags + 2 * 88) as Hex, "DataLength");
    await refuses(world, data.slice(0, flags + 4) as Hex, "DataLength");
  });

  it("takes no post-only maker at an auction's price", async () => {
    const world = await endowed();
    const { orders, fills } = await pairOf(world, { buy: { flags: 1 } });
    const auction = [{ ...fills[0], auction: true, buyerIsMaker: true }];
    const data = packBatch(world.market, orders, auction, { cell: 0, auctionPrice: 200_000n });
    await refuses(world, data, "TakerPostOnly");
  });
});

describe("the registry", () => {
  it("lists no market whose quote token is not listed", async () => {
    const { registry, market, quote } = await freshWorld();
    await registry.write.setToken([quote.address, false]);
    const listing = registry.write.setMarket([market.lots, 7, true]);
    await viem.assertions.revertWithCustomError(listing, registry, "TokenOfMarketNotListed");
  });
});

describe("bonds", () => {
  it("are not disputed while the leg is locked", async () => {
    const world = await walletsWorld();
    const { escrow } = await lockSingle(world, await singleOf(world, P2P));
    await assert.rejects(world.singles.write.disputeBonds([escrow, "0x"], AS_ALICE), /WrongState/);
  });
});

describe("what stands beside other fields of a word", () => {
  it("does not reach into them: caps of 65,535 basis points leave an order's size and nonce as they are", async () => {
    const world = await endowed(3n);
    const caps = { operatorFeeCap: 65_535, referrerFeeCap: 65_535 };
    const { orders, fills } = await pairOf(world, { buy: caps });
    const more = await sign(world, orderOf(SELL, await now()), bob);
    const twice = [fills[0], { ...fills[0], sell: 2 }];
    const { skipped } = await lock(world, [...orders, more], twice, { cell: 0 });
    assert.deepEqual(skipped, [{ index: 1, reason: 6 }]);
    const again = packBatch(world.market, [orders[0], more], fills, { cell: 1 });
    await refuses(world, again, "EmptyBatch");
  });

  it("is read apart by the lens: a wallet's amount, and the second of its exit request", async () => {
    const world = await walletsWorld();
    const lens = await viem.deployContract("VaultLens");
    const { base, baseLot } = world.market.lots;
    for (const wait of [1, 2, 4]) {
      await networkHelpers.time.increase(wait);
      await world.till.write.requestExit([base, []], AS_ALICE);
      const expected = [BASE * baseLot, BigInt(await now())];
      assert.deepEqual(await lens.read.wallet([world.vault.address, alice.address, base]), expected);
      await world.till.write.cancelExit([base, []], AS_ALICE);
    }
  });
});
