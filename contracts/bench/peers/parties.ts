// What the peers' measurements share: the vault's traders and tokens, with balances and allowances in their wallets.
import { type Hex, type PrivateKeyAccount, getContract } from "viem";

import { type World, networkHelpers, operator, receiptOf, trader, viem } from "../../test/support/world.ts";
import type { Compiled } from "./compiled.ts";

export const MAX = 2n ** 256n - 1n;
/** One fill: two of the quote token for one of the base token, in units. */
export const BASE_AMOUNT = 10n ** 18n;
export const QUOTE_AMOUNT = 2_000n * 10n ** 18n;

export interface Pair {
  buyer: PrivateKeyAccount;
  seller: PrivateKeyAccount;
}

/** What every peer is measured with. */
export interface Parties {
  world: World;
  pairs: Pair[];
}

/** Pairs of distinct traders of whom each owns some of both tokens, so that no transfer makes a balance's slot. */
export async function partiesOf(world: World, count: number): Promise<Parties> {
  const pairs: Pair[] = [];
  for (let i = 0; i < count; i++) {
    pairs.push({ buyer: trader(2 * i), seller: trader(2 * i + 1) });
  }
  for (const { address } of pairs.flatMap(({ buyer, seller }) => [buyer, seller])) {
    await networkHelpers.impersonateAccount(address);
    await networkHelpers.setBalance(address, 10n ** 20n);
    await world.base.write.mint([address, 10n ** 24n]);
    await world.quote.write.mint([address, 10n ** 27n]);
  }
  return { world, pairs };
}

/** Every buyer lets `spender` take the quote token, every seller the base token, once for all. */
export async function approveAll({ world, pairs }: Parties, spender: Hex): Promise<void> {
  for (const { buyer, seller } of pairs) {
    await world.quote.write.approve([spender, MAX], { account: buyer.address });
    await world.base.write.approve([spender, MAX], { account: seller.address });
  }
}

export async function deployed({ abi, bytecode }: Compiled, args: unknown[]): Promise<any> {
  const [wallet] = await viem.getWalletClients();
  const client = await viem.getPublicClient();
  const hash = await wallet.deployContract({ abi, bytecode, args });
  const { contractAddress } = await client.getTransactionReceipt({ hash });
  return contractAt(abi, contractAddress!);
}

export async function contractAt(abi: Compiled["abi"], address: Hex): Promise<any> {
  const [wallet] = await viem.getWalletClients();
  return getContract({ abi, address, client: { public: await viem.getPublicClient(), wallet } });
}

/** Sends one call and says what it took, all in. One that was refused throws. */
export async function gasOf(sent: Promise<Hex>): Promise<number> {
  const { gasUsed } = await receiptOf(await sent);
  return Number(gasUsed);
}

/** What the balances of a pair were and are; a measurement that moves nothing measures nothing. */
export async function settles({ world, pairs }: Parties, measure: () => Promise<number>): Promise<number> {
  const holdings = () =>
    Promise.all(
      pairs.flatMap(({ buyer, seller }) => [
        world.base.read.balanceOf([buyer.address]),
        world.quote.read.balanceOf([seller.address]),
      ]),
    );
  const before = await holdings();
  const gas = await measure();
  (await holdings()).forEach((now, index) => {
    const gained = now - before[index];
    if (gained !== (index % 2 === 0 ? BASE_AMOUNT : QUOTE_AMOUNT)) throw new Error(`trader ${index} received ${gained}`);
  });
  return gas;
}

export const sender = { account: operator.address, gas: 16_777_216n };
