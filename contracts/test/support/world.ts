import assert from "node:assert/strict";

import { network } from "hardhat";
import { type Address, type Hex, getAddress, hashTypedData, keccak256, parseEventLogs, toHex } from "viem";
import { type HDAccount, mnemonicToAccount } from "viem/accounts";

export const { viem, networkHelpers } = await network.create();

export const ESCROW = 1;
export const BUY = 0;
export const SELL = 1;
export const POST_ONLY = 1;
export const SLIDE = 2;
export const STATUS = { none: 0, locked: 1, released: 2, refunded: 3 };

export const DAY = 86_400;
export const ONE_BASE = 10n ** 18n;
export const ONE_QUOTE = 10n ** 6n;
export const DEPOSIT_BASE = 1_000n * ONE_BASE;
export const DEPOSIT_QUOTE = 1_000_000n * ONE_QUOTE;

export interface Market {
  base: Address;
  quote: Address;
  priceScale: bigint;
}

export interface Order {
  trader: Address;
  mode: number;
  market: Market;
  side: number;
  price: bigint;
  quantity: bigint;
  nonce: bigint;
  expiry: bigint;
  arbiterId: number;
  paymentWindow: number;
  refundDelay: number;
  disputeBound: number;
  operatorFeeCap: number;
  referrerFeeCap: number;
  flags: number;
}

export interface Fill {
  escrowId: Hex;
  buy: Order;
  buySignature: Hex;
  sell: Order;
  sellSignature: Hex;
  buyerIsMaker: boolean;
  quantity: bigint;
}

export const ORDER_TYPES = {
  Order: [
    { name: "trader", type: "address" },
    { name: "mode", type: "uint8" },
    { name: "market", type: "Market" },
    { name: "side", type: "uint8" },
    { name: "price", type: "uint128" },
    { name: "quantity", type: "uint128" },
    { name: "nonce", type: "uint64" },
    { name: "expiry", type: "uint64" },
    { name: "arbiterId", type: "uint32" },
    { name: "paymentWindow", type: "uint32" },
    { name: "refundDelay", type: "uint32" },
    { name: "disputeBound", type: "uint32" },
    { name: "operatorFeeCap", type: "uint16" },
    { name: "referrerFeeCap", type: "uint16" },
    { name: "flags", type: "uint8" },
  ],
  Market: [
    { name: "base", type: "address" },
    { name: "quote", type: "address" },
    { name: "priceScale", type: "uint128" },
  ],
} as const;

/** A development account's key, held by viem as a wallet holds it. */
export function wallet(addressIndex: number): HDAccount {
  return mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex });
}

export const deployer = wallet(0);
export const alice = wallet(1);
export const bob = wallet(2);
export const carol = wallet(3);
export const operator = wallet(9);
export const traders = [alice, bob, carol];

export type World = Awaited<ReturnType<typeof deploy>>;

/** A vault, two tokens, and three traders who deposited both. */
async function deploy() {
  const vault = await viem.deployContract("EscrowVault", [operator.address]);
  const base = await viem.deployContract("TestToken", ["Quoin Test Base", "QBASE", 18]);
  const quote = await viem.deployContract("TestToken", ["Quoin Test Dollar", "QUSD", 6]);
  for (const trader of traders) {
    for (const [token, amount] of [
      [base, DEPOSIT_BASE],
      [quote, DEPOSIT_QUOTE],
    ] as const) {
      await token.write.mint([trader.address, 2n * amount]);
      await token.write.approve([vault.address, 2n ** 256n - 1n], { account: trader.address });
      await vault.write.deposit([token.address, amount], { account: trader.address });
    }
  }
  return { vault, base, quote, market: { base: base.address, quote: quote.address, priceScale: ONE_BASE } };
}

/** The same fresh world for every test. */
export function freshWorld(): Promise<World> {
  return networkHelpers.loadFixture(deploy);
}

export function domainOf(verifyingContract: Address, chainId = 31337) {
  return { name: "Quoin EscrowVault", version: "1", chainId, verifyingContract } as const;
}

let nonces = 0n;

/** An order that locks as it stands: three base at 2000 quote each, valid for a day. */
export async function orderOf(
  world: World,
  trader: HDAccount,
  side: number,
  changes: Partial<Order> = {},
): Promise<Order> {
  nonces += 1n;
  return {
    trader: trader.address,
    mode: ESCROW,
    market: world.market,
    side,
    price: 2_000n * ONE_QUOTE,
    quantity: 3n * ONE_BASE,
    nonce: nonces,
    expiry: BigInt((await now()) + DAY),
    arbiterId: 7,
    paymentWindow: 3_600,
    refundDelay: 2 * DAY,
    disputeBound: DAY,
    operatorFeeCap: 30,
    referrerFeeCap: 10,
    flags: 0,
    ...changes,
  };
}

export function digestOf(world: World, order: Order): Hex {
  return hashTypedData({
    domain: domainOf(world.vault.address),
    types: ORDER_TYPES,
    primaryType: "Order",
    message: order,
  });
}

export function signOrder(
  world: World,
  order: Order,
  signer: HDAccount,
  domain = domainOf(world.vault.address),
): Promise<Hex> {
  return signer.signTypedData({ domain, types: ORDER_TYPES, primaryType: "Order", message: order });
}

export interface FillChanges {
  buy?: Partial<Order>;
  sell?: Partial<Order>;
  fill?: Partial<Fill>;
  buyer?: HDAccount;
  seller?: HDAccount;
}

let escrows = 0;

export function freshEscrowId(): Hex {
  escrows += 1;
  return keccak256(toHex(`escrow ${escrows}`));
}

/** A fill that locks as it stands, Alice buying and Bob selling, the buyer's order resting; then changed and signed. */
export async function fillOf(world: World, changes: FillChanges = {}): Promise<Fill> {
  const buyer = changes.buyer ?? alice;
  const seller = changes.seller ?? bob;
  const buy = await orderOf(world, buyer, BUY, changes.buy);
  const sell = await orderOf(world, seller, SELL, changes.sell);
  return {
    escrowId: freshEscrowId(),
    buy,
    buySignature: await signOrder(world, buy, buyer),
    sell,
    sellSignature: await signOrder(world, sell, seller),
    buyerIsMaker: true,
    quantity: 3n * ONE_BASE,
    ...changes.fill,
  };
}

/** A fill whose two orders share these terms. */
export function fillWith(world: World, terms: Partial<Order>, changes: FillChanges = {}): Promise<Fill> {
  return fillOf(world, { ...changes, buy: { ...terms, ...changes.buy }, sell: { ...terms, ...changes.sell } });
}

export function lock(world: World, fills: Fill[], account: Address = operator.address) {
  return world.vault.write.lock([fills], { account });
}

export function release(world: World, escrowIds: Hex[], account: Address = operator.address) {
  return world.vault.write.release([escrowIds], { account });
}

export function refund(world: World, escrowIds: Hex[], account: Address = carol.address) {
  return world.vault.write.refund([escrowIds], { account });
}

/** The lock is refused with this error and these values, and nothing in the vault has changed. */
export async function refusesLock(world: World, fills: Fill[], error: string, args: unknown[], account?: Address) {
  await refuses(world, () => lock(world, fills, account), error, args);
}

/** The call is refused with this error of the vault and these values, and nothing in the vault has changed. */
export async function refuses(world: World, call: () => Promise<unknown>, error: string, args: unknown[]) {
  const before = await balances(world);
  await viem.assertions.revertWithCustomErrorWithArgs(call() as never, world.vault, error as never, args as never);
  assert.deepEqual(await balances(world), before);
  await assertConserved(world);
}

/** Available balances of all traders: [base, quote] each. */
export function balances(world: World): Promise<bigint[][]> {
  return Promise.all(traders.map((trader) => balancesOf(world, trader.address)));
}

export function balancesOf(world: World, account: Address): Promise<bigint[]> {
  return Promise.all([world.base, world.quote].map((token) => world.vault.read.balanceOf([account, token.address])));
}

/** Every base unit the vault holds is owed to somebody, and is either available or locked. */
export async function assertConserved(world: World, accounts: Address[] = traders.map((trader) => trader.address)) {
  const locked = await lockedAmounts(world);
  for (const token of [world.base, world.quote]) {
    const available = await Promise.all(
      accounts.map((account) => world.vault.read.balanceOf([account, token.address])),
    );
    const owed = available.reduce((sum, amount) => sum + amount, locked.get(getAddress(token.address)) ?? 0n);
    assert.equal(await world.vault.read.owed([token.address]), owed, "owed is not what is available and locked");
    assert.equal(await token.read.balanceOf([world.vault.address]), owed, "the vault does not hold what it owes");
  }
}

async function lockedAmounts(world: World): Promise<Map<Address, bigint>> {
  const client = await viem.getPublicClient();
  const logs = await client.getLogs({ address: world.vault.address, fromBlock: 0n });
  const sums = new Map<Address, bigint>();
  for (const { args } of parseEventLogs({ abi: world.vault.abi, logs, eventName: "Locked" })) {
    const entry = await world.vault.read.escrow([args.escrowId]);
    if (entry.status === STATUS.locked) {
      sums.set(getAddress(entry.base), (sums.get(getAddress(entry.base)) ?? 0n) + entry.baseAmount);
      sums.set(getAddress(entry.quote), (sums.get(getAddress(entry.quote)) ?? 0n) + entry.quoteAmount);
    }
  }
  return sums;
}

/** Time of the latest block, in unix seconds. */
export function now(): Promise<number> {
  return networkHelpers.time.latest();
}

/** The next block carries this time. */
export function nextBlockAt(seconds: bigint | number): Promise<void> {
  return networkHelpers.time.setNextBlockTimestamp(seconds);
}
