// A Safe for each trade: buyer, seller and arbiter own it, two of them let both legs go.
import { type Hex, concatHex, encodeFunctionData, encodePacked, parseEventLogs, size } from "viem";

import { arbiter, operator, receiptOf } from "../../test/support/world.ts";
import { published } from "./compiled.ts";
import { BASE_AMOUNT, type Pair, type Parties, QUOTE_AMOUNT, contractAt, deployed, gasOf, settles } from "./parties.ts";

const FOLDER = "@safe-global/safe-contracts/build/artifacts/contracts";
const ZERO: Hex = "0x0000000000000000000000000000000000000000";
const DELEGATE_CALL = 1;
const THRESHOLD = 2n;
const SAFE_TX = [
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "data", type: "bytes" },
  { name: "operation", type: "uint8" },
  { name: "safeTxGas", type: "uint256" },
  { name: "baseGas", type: "uint256" },
  { name: "gasPrice", type: "uint256" },
  { name: "gasToken", type: "address" },
  { name: "refundReceiver", type: "address" },
  { name: "nonce", type: "uint256" },
] as const;

export interface SafeGas {
  create: number;
  fund: number;
  release: number;
}

/** Gas of one trade's whole life; it is the same for every trade, however many there are. */
export async function safeGas({ world, pairs }: Parties): Promise<SafeGas> {
  const [pair] = pairs;
  const safeCode = published(`${FOLDER}/Safe.sol/Safe.json`);
  const singleton = await deployed(safeCode, []);
  const factory = await deployed(published(`${FOLDER}/proxies/SafeProxyFactory.sol/SafeProxyFactory.json`), []);
  const handler = await deployed(
    published(`${FOLDER}/handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler.json`),
    [],
  );
  const multiSend = await deployed(published(`${FOLDER}/libraries/MultiSend.sol/MultiSend.json`), []);

  const owners = [pair.buyer.address, pair.seller.address, arbiter.address];
  const setup = [owners, THRESHOLD, ZERO, "0x", handler.address, ZERO, 0n, ZERO];
  const initializer = encodeFunctionData({ abi: safeCode.abi, functionName: "setup", args: setup });
  const created = await receiptOf(
    await factory.write.createProxyWithNonce([singleton.address, initializer, 0n], { account: operator.address }),
  );
  const [{ args }] = parseEventLogs({ abi: factory.abi, logs: created.logs, eventName: "ProxyCreation" }) as any[];
  const safe = await contractAt(safeCode.abi, args.proxy);
  let fund = 0;
  const measure = async () => {
    fund += await gasOf(world.quote.write.transfer([safe.address, QUOTE_AMOUNT], { account: pair.buyer.address }));
    fund += await gasOf(world.base.write.transfer([safe.address, BASE_AMOUNT], { account: pair.seller.address }));
    const call = (token: typeof world.base, to: Hex, amount: bigint) => {
      const data = encodeFunctionData({ abi: token.abi, functionName: "transfer", args: [to, amount] });
      const types = ["uint8", "address", "uint256", "uint256", "bytes"] as const;
      return encodePacked(types, [0, token.address, 0n, BigInt(size(data)), data]);
    };
    const transactions = concatHex([
      call(world.base, pair.buyer.address, BASE_AMOUNT),
      call(world.quote, pair.seller.address, QUOTE_AMOUNT),
    ]);
    const data = encodeFunctionData({ abi: multiSend.abi, functionName: "multiSend", args: [transactions] });
    const signatures = await signedByBoth(pair, safe.address, multiSend.address, data);
    const call2of3 = [multiSend.address, 0n, data, DELEGATE_CALL, 0n, 0n, 0n, ZERO, ZERO, signatures];
    return gasOf(safe.write.execTransaction(call2of3, { account: operator.address }));
  };
  const release = await settles({ world, pairs: [pair] }, measure);
  return { create: Number(created.gasUsed), fund, release };
}

/** Both parties' signatures, in the order of their addresses as a Safe wants them. */
async function signedByBoth({ buyer, seller }: Pair, safe: Hex, to: Hex, data: Hex): Promise<Hex> {
  const message = {
    to,
    value: 0n,
    data,
    operation: DELEGATE_CALL,
    safeTxGas: 0n,
    baseGas: 0n,
    gasPrice: 0n,
    gasToken: ZERO,
    refundReceiver: ZERO,
    nonce: 0n,
  };
  const domain = { chainId: 31337, verifyingContract: safe };
  const signers = [buyer, seller].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
  const types = { SafeTx: SAFE_TX };
  return concatHex(
    await Promise.all(signers.map((signer) => signer.signTypedData({ domain, types, primaryType: "SafeTx", message }))),
  );
}
