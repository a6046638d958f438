import { type Hex, encodeAbiParameters, hashTypedData, keccak256, sha256 } from "viem";

import { BUY, RING, SELL, type Terms, domainOf, typedOrder } from "./batch.ts";
import { type World, alice, bob, deposit, freshWorld, now, operator, orderOf } from "./world.ts";

export const BASE = 1_000n;
export const PREIMAGE: Hex = `0x${"5a".repeat(32)}`;
export const PAYMENT_WINDOW = 600;
export const SWAP_TIME = 1_000;
const ZERO_HASH: Hex = `0x${"0".repeat(64)}`;

/** A one-leg fill between Alice, who buys, and Bob; ready to lock or to reserve. Both have their leg and bonds. */
export async function oneLeg(mode: number, terms: Partial<Terms> = {}) {
  const world = await freshWorld();
  const { base, baseLot } = world.market.lots;
  await deposit(world, bob.address, base, 2n * BASE * baseLot);
  await deposit(world, alice.address, base, BASE * baseLot);
  const market = {
    ...world.market,
    terms: { ...world.market.terms, buyerBond: 1_000, sellerBond: 500, paymentWindow: PAYMENT_WINDOW, ...terms },
  };
  const time = await now();
  const orders = [BUY, SELL].map((side) =>
    typedOrder(world.vault.address, market, orderOf(side, time, { mode, nonce: RING + 1n })),
  );
  const fillId = keccak256(
    encodeAbiParameters(
      [{ type: "bytes32" }, { type: "bytes32" }, { type: "uint256" }],
      [hashTypedData(orders[0]), hashTypedData(orders[1]), 0n],
    ),
  );
  const swap = {
    fillId,
    sha256Hash: sha256(PREIMAGE),
    claimKey: ZERO_HASH,
    refundKey: ZERO_HASH,
    tBtc: BigInt(time + 3_600),
    tEvm: BigInt(time + SWAP_TIME),
  };
  const swapSignature = await signSwap(world, bob, swap);
  const single = {
    buy: orders[0].message,
    buySignature: await alice.signTypedData(orders[0]),
    sell: orders[1].message,
    sellSignature: await bob.signTypedData(orders[1]),
    lots: market.lots,
    base: Number(BASE),
    buyerIsMaker: true,
    swap,
    swapSignature,
  };
  return { world, market, single, swap, swapSignature };
}

export function signSwap(world: World, account: typeof alice, message: SwapTerms): Promise<Hex> {
  return account.signTypedData({
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
    message,
  });
}

export interface SwapTerms {
  fillId: Hex;
  sha256Hash: Hex;
  claimKey: Hex;
  refundKey: Hex;
  tBtc: bigint;
  tEvm: bigint;
}

/** Locks such a fill. */
export async function lockedLeg(mode: number, terms: Partial<Terms> = {}) {
  const leg = await oneLeg(mode, terms);
  await leg.world.cases.write.lockSingle([leg.single], { account: operator.address });
  const [opened] = await leg.world.cases.getEvents.EscrowOpened();
  return { ...leg, id: opened.args.escrowId!, escrow: opened.args.escrow! };
}
