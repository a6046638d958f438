import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { hashTypedData } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import {
  DAY,
  ONE_QUOTE,
  ORDER_TYPES,
  SLIDE,
  type Fill,
  type Order,
  type World,
  alice,
  bob,
  carol,
  deployer,
  digestOf,
  domainOf,
  fillOf,
  fillWith,
  freshWorld,
  nextBlockAt,
  now,
  refusesLock,
  signOrder,
} from "./support/world.ts";

// One other value for each signed term, market's included.
const OTHER_TERMS: Record<string, (order: Order) => Partial<Order>> = {
  trader: () => ({ trader: carol.address }),
  mode: () => ({ mode: 0 }),
  "market.base": (order) => ({ market: { ...order.market, base: carol.address } }),
  "market.quote": (order) => ({ market: { ...order.market, quote: carol.address } }),
  "market.priceScale": (order) => ({ market: { ...order.market, priceScale: order.market.priceScale / 10n } }),
  side: (order) => ({ side: 1 - order.side }),
  price: (order) => ({ price: order.price + ONE_QUOTE }),
  quantity: (order) => ({ quantity: order.quantity + 1n }),
  nonce: (order) => ({ nonce: order.nonce + 1_000n }),
  expiry: (order) => ({ expiry: order.expiry + 1n }),
  arbiterId: (order) => ({ arbiterId: order.arbiterId + 1 }),
  paymentWindow: (order) => ({ paymentWindow: order.paymentWindow + 1 }),
  refundDelay: (order) => ({ refundDelay: order.refundDelay + 1 }),
  disputeBound: (order) => ({ disputeBound: order.disputeBound + 1 }),
  operatorFeeCap: (order) => ({ operatorFeeCap: order.operatorFeeCap + 1 }),
  referrerFeeCap: (order) => ({ referrerFeeCap: order.referrerFeeCap + 1 }),
  flags: (order) => ({ flags: order.flags ^ SLIDE }),
};

describe("R1 an order signs its terms", () => {
  it("R1 the table names every field of the signed type", () => {
    const fields = ORDER_TYPES.Order.flatMap(({ name }) =>
      name === "market" ? ORDER_TYPES.Market.map((field) => `market.${field.name}`) : [name],
    );
    assert.deepEqual(Object.keys(OTHER_TERMS), fields);
  });

  for (const [term, change] of Object.entries(OTHER_TERMS)) {
    for (const side of ["buy", "sell"] as const) {
      it(`R1 lock refuses a ${side} order whose ${term} is not the signed one`, async () => {
        const world = await freshWorld();
        const fill = await fillOf(world);
        const changed = { ...fill[side], ...change(fill[side]) };

        await refusesBadSignature(world, { ...fill, [side]: changed }, changed);
      });
    }
  }

  it("R1 lock refuses two orders that name different terms", async () => {
    const world = await freshWorld();
    const mismatches = {
      arbiterId: "ArbiterMismatch",
      paymentWindow: "PaymentWindowMismatch",
      refundDelay: "RefundDelayMismatch",
      disputeBound: "DisputeBoundMismatch",
    };
    for (const [term, error] of Object.entries(mismatches)) {
      const fill = await fillOf(world, { buy: { [term]: 100 }, sell: { [term]: 200 } });
      await refusesLock(world, [fill], error, [100, 200]);
    }
  });

  it("R1 lock refuses two orders of different markets", async () => {
    const world = await freshWorld();
    const others = [
      { ...world.market, base: carol.address },
      { ...world.market, quote: carol.address },
      { ...world.market, priceScale: 1n },
    ];
    for (const market of others) {
      const fill = await fillOf(world, { sell: { market } });
      await refusesLock(world, [fill], "MarketMismatch", [digestOf(world, fill.buy), digestOf(world, fill.sell)]);
    }
  });

  it("R1 lock refuses every settlement mode but ESCROW", async () => {
    const world = await freshWorld();
    for (const mode of [0, 2, 3, 255]) {
      const fill = await fillWith(world, { mode });
      await refusesLock(world, [fill], "WrongMode", [digestOf(world, fill.buy), mode]);
    }
  });

  it("R1 lock refuses orders on the same side, and sides swapped", async () => {
    const world = await freshWorld();
    const bothBuy = await fillOf(world, { sell: { side: 0 } });
    await refusesLock(world, [bothBuy], "WrongSide", [digestOf(world, bothBuy.sell), 0]);
    const swapped = await fillOf(world, { buy: { side: 1 }, sell: { side: 0 } });
    await refusesLock(world, [swapped], "WrongSide", [digestOf(world, swapped.buy), 1]);
  });

  it("R1 lock refuses flags it does not know", async () => {
    const world = await freshWorld();
    for (const flags of [4, 128, 255]) {
      const fill = await fillOf(world, { buy: { flags } });
      await refusesLock(world, [fill], "UnknownFlags", [digestOf(world, fill.buy), flags]);
    }
  });

  it("R1 lock refuses a fee cap above 10000 basis points", async () => {
    const world = await freshWorld();
    for (const cap of ["operatorFeeCap", "referrerFeeCap"]) {
      const fill = await fillOf(world, { sell: { [cap]: 10_001 } });
      await refusesLock(world, [fill], "FeeCapTooHigh", [digestOf(world, fill.sell), 10_001]);
    }
  });

  it("R1 lock refuses a refund delay of zero and one beyond 30 days", async () => {
    const world = await freshWorld();
    for (const refundDelay of [0, 30 * DAY + 1]) {
      const fill = await fillWith(world, { refundDelay });
      const args = [digestOf(world, fill.buy), refundDelay, 30 * DAY];
      await refusesLock(world, [fill], "RefundDelayOutOfRange", args);
    }
  });

  it("R1 lock refuses an expired order", async () => {
    const world = await freshWorld();
    const expiry = BigInt(await now()) + 100n;
    const fill = await fillOf(world, { buy: { expiry } });
    await nextBlockAt(expiry + 1n);
    await refusesLock(world, [fill], "OrderExpired", [digestOf(world, fill.buy), expiry, expiry + 1n]);
  });

  it("R1 lock refuses a market without a price scale and one of a single token", async () => {
    const world = await freshWorld();
    const unscaled = await fillWith(world, { market: { ...world.market, priceScale: 0n } });
    await refusesLock(world, [unscaled], "ZeroPriceScale", [digestOf(world, unscaled.buy)]);
    const single = await fillWith(world, { market: { ...world.market, quote: world.base.address } });
    await refusesLock(world, [single], "SameToken", [single.buy.market.base]);
  });
});

describe("order signatures", () => {
  it("are bound to the vault's address", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const buySignature = await signOrder(world, fill.buy, alice, domainOf(carol.address));
    await refusesBadSignature(world, { ...fill, buySignature }, fill.buy);
  });

  it("are bound to the chain", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const buySignature = await signOrder(world, fill.buy, alice, domainOf(world.vault.address, 1));
    await refusesBadSignature(world, { ...fill, buySignature }, fill.buy);
  });

  it("are the trader's own", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const sellSignature = await signOrder(world, fill.sell, carol);
    const args = [digestOf(world, fill.sell), bob.address, carol.address];
    await refusesLock(world, [{ ...fill, sellSignature }], "BadSignature", args);
  });

  it("are refused as a high-s twin", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const curveOrder = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const s = curveOrder - BigInt(`0x${fill.buySignature.slice(66, 130)}`);
    const v = fill.buySignature.endsWith("1b") ? "1c" : "1b";
    const twin = `${fill.buySignature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${v}` as const;
    await refusesBadSignature(world, { ...fill, buySignature: twin as never }, fill.buy);
  });

  it("are refused when malformed", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    const { buySignature } = fill;
    const zeros = "0".repeat(64);
    const malformed = {
      empty: "0x",
      "64 bytes": buySignature.slice(0, -2),
      "66 bytes": `${buySignature}00`,
      "v of 0": `${buySignature.slice(0, -2)}00`,
      "v of 29": `${buySignature.slice(0, -2)}1d`,
      "r of zero": `0x${zeros}${buySignature.slice(66)}`,
      "s of zero": `${buySignature.slice(0, 66)}${zeros}${buySignature.slice(-2)}`,
    };
    for (const signature of Object.values(malformed)) {
      await refusesBadSignature(world, { ...fill, buySignature: signature as never }, fill.buy);
    }
  });

  it("of nobody do not make the zero address a trader", async () => {
    const world = await freshWorld();
    const trader = "0x0000000000000000000000000000000000000000" as const;
    const fill = await fillOf(world);
    const buy = { ...fill.buy, trader };
    const args = [digestOf(world, buy), trader, trader];
    await refusesLock(world, [{ ...fill, buy, buySignature: `0x${"0".repeat(128)}1b` }], "BadSignature", args);
  });
});

describe("the order's digest", () => {
  it("is what a wallet hashes", async () => {
    const world = await freshWorld();
    const { buy } = await fillOf(world);
    assert.equal(await world.vault.read.orderDigest([buy]), digestOf(world, buy));
  });

  it("matches the vector that other implementations check themselves against", async () => {
    const vector = JSON.parse(readFileSync(new URL("../vectors/order-digest.json", import.meta.url), "utf8"));
    const { order, domain } = vector;
    const message = {
      ...order,
      ...bigints(order, ["price", "quantity", "nonce", "expiry"]),
      market: { ...order.market, priceScale: BigInt(order.market.priceScale) },
    } as Order;
    const typed = { domain, types: ORDER_TYPES, primaryType: "Order", message } as const;

    assert.equal(hashTypedData(typed), vector.digest);
    assert.equal(await privateKeyToAccount(vector.privateKey).signTypedData(typed), vector.signature);
    assert.equal(privateKeyToAccount(vector.privateKey).address, order.trader);
    const cancel = {
      domain,
      types: { CancelOrder: [{ name: "order", type: "bytes32" }] },
      primaryType: "CancelOrder",
      message: { order: vector.digest },
    } as const;
    assert.equal(hashTypedData(cancel), vector.cancelDigest);
    assert.equal(await digestByVaultAt(domain.verifyingContract, message), vector.digest);
  });
});

/** The vector's vault address is the one of the deployer's first transaction, so a fresh chain has the vault there. */
async function digestByVaultAt(address: string, order: Order) {
  const { network } = await import("hardhat");
  const chain = await network.create();
  const vault = await chain.viem.deployContract("EscrowVault", [deployer.address]);
  assert.equal(vault.address.toLowerCase(), address.toLowerCase());
  const digest = await vault.read.orderDigest([order]);
  await chain.close();
  return digest;
}

function bigints(source: Record<string, string>, names: string[]) {
  return Object.fromEntries(names.map((name) => [name, BigInt(source[name])]));
}

async function refusesBadSignature(world: World, fill: Fill, order: Order) {
  const anyAddress = () => true;
  await refusesLock(world, [fill], "BadSignature", [digestOf(world, order), order.trader, anyAddress]);
}
