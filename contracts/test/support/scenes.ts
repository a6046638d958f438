import assert from "node:assert/strict";

import { type Hex, encodeAbiParameters, hashTypedData, keccak256, sha256 } from "viem";

import {
  BUY,
  type BatchFill,
  type BatchOptions,
  type Order,
  RING,
  SELL,
  SWAP,
  type Terms,
  domainOf,
  packBatch,
  typedOrder,
} from "./batch.ts";
import { leafOf } from "./fills.ts";
import {
  type World,
  accountOf,
  alice,
  bob,
  carol,
  deposit,
  endow,
  freshWorld,
  lock,
  now,
  operator,
  orderOf,
  referrer,
  sign,
  viem,
  walletOf,
} from "./world.ts";

export const QUOTE = 200_000_000n; // lots of one ETH at 2,000
export const BASE = 1_000n;

export interface Pair {
  buy?: Partial<Order>;
  sell?: Partial<Order>;
  fill?: Partial<BatchFill>;
}

/** Alice buys one ETH from Bob. */
export async function pairOf(world: World, changes: Pair = {}) {
  const time = await now();
  const orders = [
    await sign(world, orderOf(BUY, time, changes.buy), alice),
    await sign(world, orderOf(SELL, time, changes.sell), bob),
  ];
  const fills: BatchFill[] = [{ buy: 0, sell: 1, base: BASE, buyerIsMaker: true, ...changes.fill }];
  return { orders, fills };
}

export async function endowed(lots = 10n): Promise<World> {
  const world = await freshWorld();
  if (lots !== 0n) {
    await endow(world, alice.address, BUY, Number(lots * QUOTE));
    await endow(world, bob.address, SELL, Number(lots * BASE));
  }
  return world;
}

export async function lockPair(world: World, cell = 0, changes: Pair = {}, fees: Omit<BatchOptions, "cell"> = {}) {
  const { orders, fills } = await pairOf(world, changes);
  const batch = await lock(world, orders, fills, { cell, ...fees });
  const leaf = leafOf(
    { order: orders[0], owner: alice.address },
    { order: orders[1], owner: bob.address },
    fills[0],
    fees,
  );
  return { batch, leaf, orders, fills };
}

export function refuses(world: World, data: Hex, error: string, account: Hex = operator.address) {
  return viem.assertions.revertWithCustomError(world.vault.write.lock([data], { account }), world.vault, error);
}

export async function refusesPair(world: World, error: string, changes: Pair, options: Partial<BatchOptions> = {}) {
  const { orders, fills } = await pairOf(world, changes);
  await refuses(world, packBatch(world.market, orders, fills, { cell: 0, ...options }), error);
}

/** One of each 16 of the first 512 batches: in their words of outcomes all fees wait. */
const EPOCHS = Array.from({ length: 32 }, (_, i) => 16n * BigInt(i));

/** Gathers everything of both traders and collects all fees: what is owed must be all that the vault holds. */
export async function assertAllOwed(world: World) {
  const { base, quote } = world.market.lots;
  const as = { account: operator.address };
  const owners = [alice.address, bob.address, carol.address, referrer.address, operator.address];
  for (const owner of owners) {
    for (const side of [BUY, SELL]) {
      await world.till.write.gather([world.market.lots, BigInt(side), owner], as);
      const account = await accountOf(world, owner, side);
      assert.deepEqual([account.payFree, account.getFree, account.lanePay], [0n, 0n, 0n], `${owner} keeps lots`);
    }
    await world.till.write.collectEarned([world.market.lots, owner], as);
  }
  await world.till.write.collectFees([world.market.lots, EPOCHS], as);
  for (const [token, address] of [
    [world.base, base],
    [world.quote, quote],
  ] as const) {
    const wallets = await Promise.all(owners.map((owner) => walletOf(world, owner, address)));
    const owed = wallets.reduce((a, b) => a + b);
    assert.equal(owed, await token.read.balanceOf([world.vault.address]), "the vault does not hold what it owes");
  }
}

export async function balances(world: World, owner: Hex): Promise<[bigint, bigint]> {
  const { lots } = world.market;
  for (const side of [BUY, SELL]) {
    await world.till.write.gather([lots, BigInt(side), owner], { account: operator.address });
  }
  return [
    (await walletOf(world, owner, lots.base)) / lots.baseLot,
    (await walletOf(world, owner, lots.quote)) / lots.quoteLot,
  ];
}

export const PREIMAGE: Hex = `0x${"5a".repeat(32)}`;
const NO_HASH: Hex = `0x${"0".repeat(64)}`;

interface SingleChanges {
  terms?: Partial<Terms>;
  buy?: Partial<Order>;
  sell?: Partial<Order>;
  base?: bigint;
  filled?: bigint;
  tEvm?: bigint;
  fillId?: Hex;
  buyer?: typeof alice;
  lots?: Partial<World["market"]["lots"]>;
}

/** All that `lockSingle` takes for one ETH that Bob sells Alice in a mode of one leg; with bonds unless told. */
export async function singleOf(world: World, mode: number, changes: SingleChanges = {}) {
  const terms = { ...world.market.terms, buyerBond: 1_000, sellerBond: 500, paymentWindow: 600, ...changes.terms };
  const market = { ...world.market, terms };
  const buyer = changes.buyer ?? alice;
  const time = await now();
  const buy = typedOrder(world.vault.address, market, orderOf(BUY, time, { mode, nonce: RING + 1n, ...changes.buy }));
  const sell = typedOrder(world.vault.address, market, orderOf(SELL, time, { mode, nonce: RING + 1n, ...changes.sell }));
  const origin = encodeAbiParameters(
    [{ type: "bytes32" }, { type: "bytes32" }, { type: "uint256" }],
    [hashTypedData(buy), hashTypedData(sell), changes.filled ?? 0n],
  );
  const swap = {
    fillId: changes.fillId ?? keccak256(origin),
    sha256Hash: sha256(PREIMAGE),
    claimKey: NO_HASH,
    refundKey: NO_HASH,
    tBtc: BigInt(time + 3_600),
    tEvm: changes.tEvm ?? BigInt(time + 1_000),
  };
  return {
    buy: buy.message,
    buySignature: await buyer.signTypedData(buy),
    sell: sell.message,
    sellSignature: await bob.signTypedData(sell),
    lots: { ...market.lots, ...changes.lots },
    base: Number(changes.base ?? BASE),
    buyerIsMaker: true,
    swap,
    swapSignature: mode === SWAP ? await signSwap(world, swap) : ("0x" as Hex),
  };
}

async function signSwap(world: World, swap: { fillId: Hex; sha256Hash: Hex; claimKey: Hex; refundKey: Hex; tBtc: bigint; tEvm: bigint }) {
  return bob.signTypedData({
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
}

export async function lockSingle(world: World, args: Awaited<ReturnType<typeof singleOf>>) {
  await world.cases.write.lockSingle([args], { account: operator.address });
  const [opened] = await world.cases.getEvents.EscrowOpened();
  return { id: opened.args.escrowId!, escrow: opened.args.escrow! };
}

/** A world in which Bob has ten ETH and Alice one, in their wallets. */
export async function walletsWorld(): Promise<World> {
  const world = await freshWorld();
  const { base, baseLot } = world.market.lots;
  await deposit(world, bob.address, base, 10n * BASE * baseLot);
  await deposit(world, alice.address, base, BASE * baseLot);
  return world;
}

/** A signature over how an escrow of one fill ends. */
export function signOutcome(world: World, account: typeof alice, escrowId: Hex, quoteToBuyer: number, baseToBuyer: number) {
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

/** That a call is refused with an error of this name, by whichever part of the vault has it. */
export async function assertRefused(call: Promise<unknown>, error: string, contract: unknown) {
  await viem.assertions.revertWithCustomError(call as never, contract as never, error as never);
}
