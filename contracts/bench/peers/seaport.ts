// Seaport: one `matchOrders` of pairs of orders that meet each other.
import { type Hex, type PrivateKeyAccount, toHex } from "viem";

import { compact } from "../../test/support/batch.ts";
import { seaport } from "./compiled.ts";
import { BASE_AMOUNT, type Parties, QUOTE_AMOUNT, approveAll, deployed, gasOf, sender, settles } from "./parties.ts";

const CONTROLLER = "seaport-core/src/conduit/ConduitController.sol";
const SEAPORT = "seaport-core/src/Seaport.sol";
const ERC20 = 1;
const ZERO: Hex = "0x0000000000000000000000000000000000000000";
const ZERO_WORD = toHex(0, { size: 32 });
const END = 4_000_000_000n;

const ITEM = [
  { name: "itemType", type: "uint8" },
  { name: "token", type: "address" },
  { name: "identifierOrCriteria", type: "uint256" },
  { name: "startAmount", type: "uint256" },
  { name: "endAmount", type: "uint256" },
] as const;
const TYPES = {
  OrderComponents: [
    { name: "offerer", type: "address" },
    { name: "zone", type: "address" },
    { name: "offer", type: "OfferItem[]" },
    { name: "consideration", type: "ConsiderationItem[]" },
    { name: "orderType", type: "uint8" },
    { name: "startTime", type: "uint256" },
    { name: "endTime", type: "uint256" },
    { name: "zoneHash", type: "bytes32" },
    { name: "salt", type: "uint256" },
    { name: "conduitKey", type: "bytes32" },
    { name: "counter", type: "uint256" },
  ],
  OfferItem: ITEM,
  ConsiderationItem: [...ITEM, { name: "recipient", type: "address" }],
} as const;

/** Gas per pair of one call that matches all pairs, when a call before it made the balances. */
export async function seaportGas(parties: Parties): Promise<number> {
  const { world, pairs } = parties;
  const code = seaport(CONTROLLER, SEAPORT);
  const controller = await deployed(code[CONTROLLER], []);
  const exchange = await deployed(code[SEAPORT], [controller.address]);
  await approveAll(parties, exchange.address);

  const item = (token: Hex, amount: bigint) => ({
    itemType: ERC20,
    token,
    identifierOrCriteria: 0n,
    startAmount: amount,
    endAmount: amount,
  });
  const base = item(world.base.address, BASE_AMOUNT);
  const quote = item(world.quote.address, QUOTE_AMOUNT);
  const signed = async (account: PrivateKeyAccount, gives: typeof base, wants: typeof base, salt: bigint) => {
    const order = {
      offerer: account.address,
      zone: ZERO,
      offer: [gives],
      consideration: [{ ...wants, recipient: account.address }],
      orderType: 0,
      startTime: 0n,
      endTime: END,
      zoneHash: ZERO_WORD,
      salt,
      conduitKey: ZERO_WORD,
    };
    const signature = await account.signTypedData({
      domain: { name: "Seaport", version: "1.6", chainId: 31337, verifyingContract: exchange.address },
      types: TYPES,
      primaryType: "OrderComponents",
      message: { ...order, counter: 0n },
    });
    return { parameters: { ...order, totalOriginalConsiderationItems: 1n }, signature: compact(signature) };
  };
  const match = async (run: bigint) => {
    const orders = [];
    for (const { buyer, seller } of pairs) {
      orders.push(await signed(buyer, quote, base, run), await signed(seller, base, quote, run));
    }
    const at = (orderIndex: number) => [{ orderIndex: BigInt(orderIndex), itemIndex: 0n }];
    const fulfillments = orders.map((_, index) => ({
      offerComponents: at(index),
      considerationComponents: at(index % 2 === 0 ? index + 1 : index - 1),
    }));
    return gasOf(exchange.write.matchOrders([orders, fulfillments], sender));
  };
  await match(1n);
  return (await settles(parties, () => match(2n))) / pairs.length;
}
