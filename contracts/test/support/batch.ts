import {
  type Address,
  type Hex,
  concatHex,
  encodeAbiParameters,
  encodePacked,
  hashTypedData,
  hexToBytes,
  keccak256,
  size,
  slice,
} from "viem";
import type { PrivateKeyAccount } from "viem/accounts";

export const ATOMIC = 0;
export const ESCROW = 1;
export const SWAP = 2;
export const P2P = 3;
export const BUY = 0;
export const SELL = 1;
export const POST_ONLY = 1;
export const SLIDE = 2;
/** Bit of a nonce whose order fills over many batches. */
export const RING = 1n << 39n;

export interface Lots {
  base: Address;
  quote: Address;
  baseLot: bigint;
  quoteLot: bigint;
}

export interface Terms {
  arbiterId: number;
  paymentWindow: number;
  refundDelay: number;
  disputeBound: number;
  fallbackArbiter: Address;
  fallbackToBuyer: number;
  buyerBond: number;
  sellerBond: number;
}

/** An order in lots and ticks (quote lots for one base lot), as batches carry it. */
export interface Order {
  mode: number;
  side: number;
  price: bigint;
  quantity: bigint;
  nonce: bigint;
  issued: number;
  expiry: number;
  operatorFeeCap: number;
  referrerFeeCap: number;
  flags: number;
  wallet: Address;
}

export interface SignedOrder extends Order {
  /** 64 bytes of EIP-2098, or an EIP-1271 wallet's own signature. */
  signature: Hex;
}

export interface BatchFill {
  buy: number;
  sell: number;
  base: bigint;
  buyerIsMaker: boolean;
  auction?: boolean;
}

export interface Market {
  lots: Lots;
  priceScale: bigint;
  terms: Terms;
}

export interface BatchOptions {
  cell: number;
  makerFee?: number;
  takerFee?: number;
  referrerFee?: number;
  referrer?: Address;
  auctionPrice?: bigint;
  /** Accounts of the orders' owners to gather first. */
  gather?: { order: number; side: number; lots: Lots }[];
}

export const ZERO: Address = "0x0000000000000000000000000000000000000000";

const TYPES = {
  Order: [
    { name: "mode", type: "uint8" },
    { name: "market", type: "Market" },
    { name: "side", type: "uint8" },
    { name: "price", type: "uint128" },
    { name: "quantity", type: "uint128" },
    { name: "nonce", type: "uint64" },
    { name: "issued", type: "uint64" },
    { name: "expiry", type: "uint64" },
    { name: "terms", type: "Terms" },
    { name: "operatorFeeCap", type: "uint16" },
    { name: "referrerFeeCap", type: "uint16" },
    { name: "flags", type: "uint8" },
    { name: "wallet", type: "address" },
  ],
  Market: [
    { name: "base", type: "address" },
    { name: "quote", type: "address" },
    { name: "priceScale", type: "uint128" },
  ],
  Terms: [
    { name: "arbiterId", type: "uint32" },
    { name: "paymentWindow", type: "uint32" },
    { name: "refundDelay", type: "uint32" },
    { name: "disputeBound", type: "uint32" },
    { name: "fallbackArbiter", type: "address" },
    { name: "fallbackToBuyer", type: "uint16" },
    { name: "buyerBond", type: "uint16" },
    { name: "sellerBond", type: "uint16" },
  ],
} as const;

export function domainOf(verifyingContract: Address, chainId = 31337) {
  return { name: "Quoin EscrowVault", version: "2", chainId, verifyingContract } as const;
}

/** What a wallet shows and signs: everything in base units. */
export function typedOrder(vault: Address, market: Market, order: Order, chainId = 31337) {
  const { base, quote, baseLot, quoteLot } = market.lots;
  return {
    domain: domainOf(vault, chainId),
    types: TYPES,
    primaryType: "Order",
    message: {
      mode: order.mode,
      market: { base, quote, priceScale: market.priceScale },
      side: order.side,
      price: (order.price * quoteLot * market.priceScale) / baseLot,
      quantity: order.quantity * baseLot,
      nonce: order.nonce,
      issued: BigInt(order.issued),
      expiry: BigInt(order.expiry),
      terms: market.terms,
      operatorFeeCap: order.operatorFeeCap,
      referrerFeeCap: order.referrerFeeCap,
      flags: order.flags,
      wallet: order.wallet,
    },
  } as const;
}

export function orderDigest(vault: Address, market: Market, order: Order): Hex {
  return hashTypedData(typedOrder(vault, market, order));
}

/** EIP-2098: the parity of y in the highest bit of s. */
export function compact(signature: Hex): Hex {
  const bytes = hexToBytes(signature);
  if (bytes[64] === 28) {
    bytes[32] |= 0x80;
  }
  return slice(`0x${Buffer.from(bytes).toString("hex")}`, 0, 64);
}

export async function signOrder(
  vault: Address,
  market: Market,
  order: Order,
  account: PrivateKeyAccount,
): Promise<SignedOrder> {
  return { ...order, signature: compact(await account.signTypedData(typedOrder(vault, market, order))) };
}

export const LOTS_ABI = {
  type: "tuple",
  components: [
    { name: "base", type: "address" },
    { name: "quote", type: "address" },
    { name: "baseLot", type: "uint128" },
    { name: "quoteLot", type: "uint128" },
  ],
} as const;

export function marketId(lots: Lots): Hex {
  return keccak256(encodeAbiParameters([LOTS_ABI], [lots]));
}

export function sideKey(lots: Lots, side: number): Hex {
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, { type: "uint256" }], [marketId(lots), BigInt(side)]));
}

/** The packed bytes that `lock` and `settle` take. */
export function packBatch(market: Market, orders: SignedOrder[], fills: BatchFill[], options: BatchOptions): Hex {
  const { lots, terms } = market;
  const caps = [...new Set(orders.map(capsOf))];
  const header = encodePacked(
    [
      ...(["address", "address", "uint128", "uint128", "uint128", "uint8"] as const),
      ...(["uint32", "uint32", "uint32", "uint32", "address", "uint16", "uint16", "uint16"] as const),
      ...(["int16", "uint16", "uint16", "address", "uint40", "uint8"] as const),
    ],
    [
      ...([lots.base, lots.quote, lots.baseLot, lots.quoteLot, market.priceScale, options.cell] as const),
      ...([terms.arbiterId, terms.paymentWindow, terms.refundDelay, terms.disputeBound] as const),
      ...([terms.fallbackArbiter, terms.fallbackToBuyer, terms.buyerBond, terms.sellerBond] as const),
      ...([options.makerFee ?? 0, options.takerFee ?? 0, options.referrerFee ?? 0] as const),
      ...([options.referrer ?? ZERO, Number(options.auctionPrice ?? 0n), caps.length] as const),
    ],
  );
  const tails = orders.filter((order) => order.wallet !== ZERO).map((order) => order.signature);
  return concatHex([
    header,
    ...caps,
    encodePacked(["uint16"], [orders.length]),
    ...orders.map((order) => packOrder(order, caps.indexOf(capsOf(order)))),
    encodePacked(["uint16"], [fills.length]),
    ...fills.map((fill) =>
      encodePacked(
        ["uint16", "uint16", "uint40", "uint8"],
        [fill.buy, fill.sell, Number(fill.base), (fill.buyerIsMaker ? 1 : 0) | (fill.auction ? 2 : 0)],
      ),
    ),
    ...tails,
    ...(options.gather ?? []).map(({ order, side, lots: from }) =>
      encodePacked(
        ["uint16", "uint8", "address", "address", "uint128", "uint128"],
        [order, side, from.base, from.quote, from.baseLot, from.quoteLot],
      ),
    ),
  ]);
}

function capsOf(order: Order): Hex {
  return encodePacked(["uint16", "uint16"], [order.operatorFeeCap, order.referrerFeeCap]);
}

function packOrder(order: SignedOrder, capsIndex: number): Hex {
  const isWallet = order.wallet !== ZERO;
  const flags = order.side | (order.flags << 1) | (isWallet ? 8 : 0) | (capsIndex << 4);
  return concatHex([
    encodePacked(
      ["uint8", "uint40", "uint40", "uint40", "uint32", "uint32"],
      [flags, Number(order.price), Number(order.quantity), Number(order.nonce), order.issued, order.expiry],
    ),
    isWallet
      ? encodePacked(["uint96", "address", "uint256"], [0n, order.wallet, BigInt(size(order.signature))])
      : order.signature,
  ]);
}
