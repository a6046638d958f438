// Peers that escrow leg by leg, each in transactions of its own: what one trade of two legs takes.
import { type Hex, sha256, toHex } from "viem";

import { arbiter, now } from "../../test/support/world.ts";
import { htlc, published } from "./compiled.ts";
import { BASE_AMOUNT, type Parties, QUOTE_AMOUNT, approveAll, deployed, gasOf, settles } from "./parties.ts";

const DAY = 86_400;

/** Gas of one swap by hash locks: two locks by the owners, two claims by the receivers. */
export async function htlcGas({ world, pairs }: Parties): Promise<number> {
  const some = { world, pairs: pairs.slice(0, 1) };
  const [{ buyer, seller }] = pairs;
  const escrow = await deployed(htlc(), []);
  await approveAll(some, escrow.address);
  await world.base.write.mint([escrow.address, 1n]);
  await world.quote.write.mint([escrow.address, 1n]);
  const swap = async (secret: Hex) => {
    const deadline = BigInt((await now()) + DAY);
    const terms = { secretHash: sha256(secret), deadline };
    const quoteLeg = { from: buyer.address, to: seller.address, token: world.quote.address, amount: QUOTE_AMOUNT, ...terms };
    const baseLeg = { from: seller.address, to: buyer.address, token: world.base.address, amount: BASE_AMOUNT, ...terms };
    let gas = await gasOf(escrow.write.lock([quoteLeg], { account: buyer.address }));
    gas += await gasOf(escrow.write.lock([baseLeg], { account: seller.address }));
    gas += await gasOf(escrow.write.claim([baseLeg, secret], { account: buyer.address }));
    return gas + (await gasOf(escrow.write.claim([quoteLeg, secret], { account: seller.address })));
  };
  await swap(sha256(toHex("first")));
  return settles(some, () => swap(sha256(toHex("second"))));
}

/** Gas of one trade as two payments in Kleros' escrow: two created, two paid out by their senders, no dispute. */
export async function klerosGas({ world, pairs }: Parties): Promise<number> {
  const some = { world, pairs: pairs.slice(0, 1) };
  const [{ buyer, seller }] = pairs;
  const code = published("@kleros/kleros-interaction/build/contracts/MultipleArbitrableTokenTransaction.json");
  const escrow = await deployed(code, [arbiter.address, "0x", BigInt(DAY)]);
  await approveAll(some, escrow.address);
  await world.base.write.mint([escrow.address, 1n]);
  await world.quote.write.mint([escrow.address, 1n]);
  let made = 0n;
  const trade = async () => {
    const create = (amount: bigint, token: Hex, to: Hex, from: Hex) =>
      gasOf(escrow.write.createTransaction([amount, token, BigInt(DAY), to, ""], { account: from }));
    let gas = await create(QUOTE_AMOUNT, world.quote.address, seller.address, buyer.address);
    gas += await create(BASE_AMOUNT, world.base.address, buyer.address, seller.address);
    gas += await gasOf(escrow.write.pay([made, QUOTE_AMOUNT], { account: buyer.address }));
    gas += await gasOf(escrow.write.pay([made + 1n, BASE_AMOUNT], { account: seller.address }));
    made += 2n;
    return gas;
  };
  await trade();
  return settles(some, trade);
}
