import { type Hex, concatHex, encodeAbiParameters, encodePacked, keccak256 } from "viem";

import { type BatchFill, type SignedOrder, domainOf } from "./batch.ts";
import { type LockedBatch, type World, operator, receiptOf, trader } from "./world.ts";

export interface Leaf {
  buyer: Hex;
  seller: Hex;
  base: number;
  pay: number;
  get: number;
  referrerFee: number;
  laned: number;
}

export const NO_LEAF: Hex = `0x${"0".repeat(64)}`;

export function leafHash(leaf: Leaf): Hex {
  return keccak256(
    encodePacked(
      ["address", "address", "uint40", "uint40", "uint40", "uint40", "uint8"],
      [leaf.buyer, leaf.seller, leaf.base, leaf.pay, leaf.get, leaf.referrerFee, leaf.laned],
    ),
  );
}

/** Root of the tree, and the proof of each leaf; an odd last node moves up as it is. */
export function treeOf(leaves: Hex[]): { root: Hex; proof: (index: number) => Hex[] } {
  const levels = [leaves];
  while (levels.at(-1)!.length > 1) {
    const below = levels.at(-1)!;
    levels.push(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
        2 * i + 1 < below.length ? keccak256(concatHex([below[2 * i], below[2 * i + 1]])) : below[2 * i],
      ),
    );
  }
  return {
    root: levels.at(-1)![0],
    proof: (index) =>
      levels.slice(0, -1).flatMap((level) => {
        const beside = level[index ^ 1];
        index >>= 1;
        return beside === undefined ? [] : [beside];
      }),
  };
}

export interface Fees {
  makerFee?: number;
  takerFee?: number;
  referrerFee?: number;
}

/** The leaf of a fill between two orders, by the rules of the page docs/contracts.md. */
export function leafOf(
  buy: { order: SignedOrder; owner: Hex },
  sell: { order: SignedOrder; owner: Hex },
  fill: BatchFill,
  fees: Fees = {},
  laned = 3,
  auctionPrice = 0n,
): Leaf {
  const price = fill.auction ? auctionPrice : fill.buyerIsMaker ? buy.order.price : sell.order.price;
  const quote = fill.base * price;
  const rate = (points: number) => (quote * BigInt(points)) / 10_000n;
  const maker = (fees.makerFee ?? 0) < 0 ? -rate(-fees.makerFee!) : rate(fees.makerFee ?? 0);
  const referrer = rate(fees.referrerFee ?? 0);
  const taker = rate(fees.takerFee ?? 0) + referrer;
  const [buyFee, sellFee] = fill.buyerIsMaker ? [maker, taker] : [taker, maker];
  return {
    buyer: buy.owner,
    seller: sell.owner,
    base: Number(fill.base),
    pay: Number(quote + buyFee),
    get: Number(quote - sellFee),
    referrerFee: Number(referrer),
    laned,
  };
}

interface Pairs {
  orders: SignedOrder[];
  fills: BatchFill[];
}

function leavesOf({ orders, fills }: Pairs, first = 0): Leaf[] {
  return fills.map((fill) =>
    leafOf(
      { order: orders[fill.buy], owner: trader(2 * first + fill.buy).address },
      { order: orders[fill.sell], owner: trader(2 * first + fill.sell).address },
      fill,
      { makerFee: 2, takerFee: 10 },
    ),
  );
}

/** Settles a fill of the bench by itself. */
export async function closeFill(
  world: World,
  batch: LockedBatch,
  pairs: Pairs,
  index: number,
  first = 0,
  account: Hex = trader(0).address,
) {
  const leaves = leavesOf(pairs, first);
  const proof = treeOf(leaves.map(leafHash)).proof(index);
  const args = [batch.seal, batch.detail, BigInt(index), leaves[index], proof] as const;
  return receiptOf(await world.vault.write.closeFill(args, account === operator.address ? { account } : {}));
}

/** Takes a fill of the bench out of its batch, by its buyer's signature. */
export async function disputeFill(world: World, batch: LockedBatch, pairs: Pairs, index: number) {
  const leaves = leavesOf(pairs);
  const proof = treeOf(leaves.map(leafHash)).proof(index);
  const origin = keccak256(
    encodeAbiParameters(
      [{ type: "bytes32" }, { type: "uint256" }, { type: "uint256" }],
      [batch.seal.marketId, batch.seal.numbers & 0xffffffffn, BigInt(index)],
    ),
  );
  const signature = await trader(2 * index).signTypedData({
    domain: domainOf(world.vault.address),
    types: { Dispute: [{ name: "origin", type: "bytes32" }] },
    primaryType: "Dispute",
    message: { origin },
  });
  const args = [batch.seal, batch.detail, BigInt(index), leaves[index], proof, signature] as const;
  const receipt = await receiptOf(await world.cases.write.disputeFill(args));
  const [opened] = await world.cases.getEvents.EscrowOpened();
  return { gasUsed: receipt.gasUsed, escrow: opened.args.escrow! };
}
