// CoW Protocol: one `settle` of pairs of orders that meet each other, by the bytecode of its mainnet deployment.
import { type Hex, type PrivateKeyAccount, toHex } from "viem";

import { operator } from "../../test/support/world.ts";
import { published } from "./compiled.ts";
import {
  BASE_AMOUNT,
  type Parties,
  QUOTE_AMOUNT,
  approveAll,
  contractAt,
  deployed,
  gasOf,
  sender,
  settles,
} from "./parties.ts";

const FOLDER = "@cowprotocol/contracts/deployments/mainnet";
const VALID_TO = 4_000_000_000;
const BALANCER = "0xBA12222222228d8Ba445958a75a0704d566BF2C8"; // asked only by orders on Balancer's balances

const ORDER = [
  { name: "sellToken", type: "address" },
  { name: "buyToken", type: "address" },
  { name: "receiver", type: "address" },
  { name: "sellAmount", type: "uint256" },
  { name: "buyAmount", type: "uint256" },
  { name: "validTo", type: "uint32" },
  { name: "appData", type: "bytes32" },
  { name: "feeAmount", type: "uint256" },
  { name: "kind", type: "string" },
  { name: "partiallyFillable", type: "bool" },
  { name: "sellTokenBalance", type: "string" },
  { name: "buyTokenBalance", type: "string" },
] as const;

/** Its settlement contract with its proxied list of solvers, on which the operator is. */
async function deployCow() {
  const listCode = published(`${FOLDER}/GPv2AllowListAuthentication_Implementation.json`);
  const listProxy = published(`${FOLDER}/GPv2AllowListAuthentication_Proxy.json`);
  const implementation = await deployed(listCode, []);
  const proxy = await deployed(listProxy, [implementation.address, operator.address, "0x"]);
  const list = await contractAt(listCode.abi, proxy.address);
  await list.write.initializeManager([operator.address], { account: operator.address });
  await list.write.addSolver([operator.address], { account: operator.address });
  return deployed(published(`${FOLDER}/GPv2Settlement.json`), [list.address, BALANCER]);
}

/** Gas per pair of one settlement of all pairs, when a settlement before it made the balances. */
export async function cowGas(parties: Parties): Promise<number> {
  const { world, pairs } = parties;
  const settlement = await deployCow();
  await approveAll(parties, await settlement.read.vaultRelayer());
  await world.base.write.mint([settlement.address, 1n]);
  await world.quote.write.mint([settlement.address, 1n]);
  const tokens = [world.base.address, world.quote.address];

  const trade = async (account: PrivateKeyAccount, sells: number, run: number) => {
    const amounts = [BASE_AMOUNT, QUOTE_AMOUNT];
    const order = {
      sellToken: tokens[sells],
      buyToken: tokens[1 - sells],
      receiver: "0x0000000000000000000000000000000000000000" as Hex,
      sellAmount: amounts[sells],
      buyAmount: amounts[1 - sells],
      validTo: VALID_TO,
      appData: toHex(run, { size: 32 }),
      feeAmount: 0n,
    };
    const signature = await account.signTypedData({
      domain: { name: "Gnosis Protocol", version: "v2", chainId: 31337, verifyingContract: settlement.address },
      types: { Order: ORDER },
      primaryType: "Order",
      message: { ...order, kind: "sell", partiallyFillable: false, sellTokenBalance: "erc20", buyTokenBalance: "erc20" },
    });
    const { sellToken, buyToken, ...rest } = order;
    return { ...rest, sellTokenIndex: sells, buyTokenIndex: 1 - sells, flags: 0n, executedAmount: 0n, signature };
  };
  const settle = async (run: number) => {
    const trades = [];
    for (const { buyer, seller } of pairs) {
      trades.push(await trade(buyer, 1, run), await trade(seller, 0, run));
    }
    return gasOf(settlement.write.settle([tokens, [QUOTE_AMOUNT, BASE_AMOUNT], trades, [[], [], []]], sender));
  };
  await settle(1);
  return (await settles(parties, () => settle(2))) / pairs.length;
}
