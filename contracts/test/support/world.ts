import { artifacts, network } from "hardhat";
import { type Hex, type PublicClient, decodeEventLog, encodeAbiParameters, encodeFunctionData, getContract, getContractAddress, keccak256, pad, toHex } from "viem";
import { type PrivateKeyAccount, mnemonicToAccount, privateKeyToAccount } from "viem/accounts";

import {
  BUY,
  type BatchFill,
  type BatchOptions,
  ESCROW,
  type Market,
  type Order,
  SELL,
  type SignedOrder,
  ZERO,
  marketId,
  packBatch,
  sideKey,
  signOrder,
} from "./batch.ts";
import { recordRefusals } from "./refusals.ts";

export const { viem, networkHelpers } = await network.create({ network: "osaka" });
recordRefusals(viem.assertions);

export const EXIT_DELAY = 3_600;
export const GOVERNANCE_DELAY = 7_200;
export const ARBITER_ID = 7;

// Places of the vault's mappings; the first two slots are of EIP712.
const ACCOUNTS = 2n;
const WALLETS = 9n;
export const REFUND_DELAY = 1_800;
export const DISPUTE_BOUND = 7_200;

/** A development account's key, held by viem as a wallet holds it. */
export function wallet(addressIndex: number) {
  return mnemonicToAccount("test test test test test test test test test test test junk", { addressIndex });
}

export const deployer = wallet(0);
export const alice = wallet(1);
export const bob = wallet(2);
export const carol = wallet(3);
export const dave = wallet(4);
export const referrer = wallet(6);
export const arbiter = wallet(7);
export const pauser = wallet(8);
export const operator = wallet(9);

/** A trader who never sends a transaction. */
export function trader(index: number): PrivateKeyAccount {
  return privateKeyToAccount(pad(toHex(0x10000 + index), { size: 32 }));
}

export type World = Awaited<ReturnType<typeof deploy>>;

/** Escrows of one fill, with the errors of the part that `VaultCases` passes on to. */
async function casesAt(address: Hex) {
  const cases = await viem.getContractAt("VaultCases", address);
  const known = new Set(cases.abi.map((entry) => ("name" in entry ? entry.name : entry.type)));
  const { abi } = await artifacts.readArtifact("VaultSingles");
  const more = abi.filter((entry) => entry.type === "error" && !known.has(entry.name as never));
  const [wallet] = await viem.getWalletClients();
  const client = { public: await viem.getPublicClient(), wallet };
  return getContract({ address, abi: [...cases.abi, ...more], client }) as unknown as typeof cases;
}

export async function deployVault(registry: Hex, permit2: Hex = ZERO, wrapped: Hex = ZERO) {
  const cases = await viem.deployContract("VaultCases", [BigInt(EXIT_DELAY)]);
  const till = await viem.deployContract("VaultTill", [registry, permit2, wrapped, BigInt(EXIT_DELAY), cases.address]);
  const vault = await viem.deployContract("EscrowVault", [till.address, BigInt(EXIT_DELAY)]);
  return {
    vault,
    till: await viem.getContractAt("VaultTill", vault.address),
    cases: await casesAt(vault.address),
    singles: await viem.getContractAt("VaultSingles", vault.address),
  };
}

export interface RegistrySetup {
  governance: Hex;
  exitDelay: bigint;
  operator: Hex;
  pauser: Hex;
  tokens: Hex[];
  arbiterIds: number[];
  arbiters: Hex[];
  markets: { lots: Market["lots"]; arbiterId: number; operatorFeeCap: number; referrerFeeCap: number }[];
}

/** What a registry is made with when nothing is listed yet. */
export function setupOf(governance: Hex, changes: Partial<RegistrySetup> = {}): RegistrySetup {
  return {
    governance,
    exitDelay: BigInt(EXIT_DELAY),
    operator: operator.address,
    pauser: pauser.address,
    tokens: [],
    arbiterIds: [],
    arbiters: [],
    markets: [],
    ...changes,
  };
}

/** A registry behind its proxy; what is written by this handle comes from its governance, which is impersonated. */
export async function deployRegistry(setup: RegistrySetup) {
  const code = await viem.deployContract("VaultRegistry");
  const initialize = encodeFunctionData({ abi: code.abi, functionName: "initialize", args: [setup] });
  const proxy = await viem.deployContract("RegistryProxy", [code.address, initialize]);
  await networkHelpers.impersonateAccount(setup.governance);
  await networkHelpers.setBalance(setup.governance, 10n ** 20n);
  return viem.getContractAt("VaultRegistry", proxy.address, {
    client: { wallet: await viem.getWalletClient(setup.governance) },
  });
}

/** A vault with one market, ETH at 0.001 against a dollar at 0.00001, that nobody has deposited to. */
export async function deploy() {
  // The registry is told of the tokens before they are there. The timelock is another account's, so that all other
  // addresses are those of vectors/batch.json.
  const [baseAddress, quoteAddress] = [2n, 3n].map(
    (nonce) => getContractAddress({ from: deployer.address, nonce }).toLowerCase() as Hex,
  );
  const market: Market = {
    lots: { base: baseAddress, quote: quoteAddress, baseLot: 10n ** 15n, quoteLot: 10n ** 13n },
    priceScale: 10n ** 18n,
    terms: {
      arbiterId: ARBITER_ID,
      paymentWindow: 0,
      refundDelay: REFUND_DELAY,
      disputeBound: DISPUTE_BOUND,
      fallbackArbiter: ZERO,
      fallbackToBuyer: 5_000,
      buyerBond: 0,
      sellerBond: 0,
    },
  };
  const delay = BigInt(GOVERNANCE_DELAY);
  const timelock = await viem.deployContract("GovernanceTimelock", [delay, [deployer.address], [ZERO]], {
    client: { wallet: await viem.getWalletClient(pauser.address) },
  });
  const registry = await deployRegistry(
    setupOf(timelock.address, {
      tokens: [baseAddress, quoteAddress],
      arbiterIds: [ARBITER_ID],
      arbiters: [arbiter.address],
      markets: [{ lots: market.lots, arbiterId: ARBITER_ID, operatorFeeCap: 10_000, referrerFeeCap: 10_000 }],
    }),
  );
  const base = await viem.deployContract("TestToken", ["Quoin Test Base", "QBASE", 18]);
  const quote = await viem.deployContract("TestToken", ["Quoin Test Dollar", "QUSD", 18]);
  const parts = await deployVault(registry.address);
  for (const token of [base, quote]) {
    await token.write.mint([operator.address, 10n ** 36n]);
    await token.write.approve([parts.vault.address, 2n ** 256n - 1n], { account: operator.address });
  }
  await parts.till.write.refreshMarket([marketId(market.lots)]);
  await parts.till.write.refreshOperator();
  return { ...parts, timelock, registry, base, quote, market };
}

/** Sets a market's highest fees, of operator and referrer alike, and tells the vault. */
export async function capFees(world: World, points: number, market = world.market) {
  await world.registry.write.setFeeCaps([marketId(market.lots), points, points]);
  await world.till.write.refreshMarket([marketId(market.lots)]);
}

/** Another listed token of 18 decimals, of which the operator has much, as he has of the first two. */
export async function anotherToken(world: World, symbol: string) {
  const token = await viem.deployContract("TestToken", [`Quoin Test ${symbol}`, symbol, 18]);
  await token.write.mint([operator.address, 10n ** 36n]);
  await token.write.approve([world.vault.address, 2n ** 256n - 1n], { account: operator.address });
  await world.registry.write.setToken([token.address, true]);
  return token;
}

export function freshWorld(): Promise<World> {
  return networkHelpers.loadFixture(deploy);
}

/** Deposits for an account, straight into its account slot of that side. */
export async function endow(world: World, owner: Hex, side: number, lots: number, market = world.market) {
  const { base, quote, baseLot, quoteLot } = market.lots;
  const [token, lot] = side === BUY ? [quote, quoteLot] : [base, baseLot];
  await world.till.write.depositFor([owner, token, BigInt(lots) * lot], { account: operator.address });
  await fund(world, owner, side, lots, market);
}

/** The owner's own transaction, also of one whose key the chain does not hold: from his wallet to an account of his. */
export async function fund(world: World, owner: Hex, side: number, lots: number, market = world.market) {
  await networkHelpers.impersonateAccount(owner);
  await networkHelpers.setBalance(owner, 10n ** 20n);
  return world.till.write.fund([market.lots, BigInt(side), lots], { account: owner });
}

export async function deposit(world: World, owner: Hex, token: Hex, amount: bigint) {
  await world.till.write.depositFor([owner, token, amount], { account: operator.address });
}

let lastNonce = 0n;

/** A good order of one ETH at 2,000 dollars, with a nonce of its own. */
export function orderOf(side: number, time: number, changes: Partial<Order> = {}): Order {
  lastNonce += 1n;
  return {
    mode: ESCROW,
    side,
    price: 200_000n,
    quantity: 1_000n,
    nonce: lastNonce,
    issued: time,
    expiry: time + 100_000,
    operatorFeeCap: 20,
    referrerFeeCap: 10,
    flags: 0,
    wallet: ZERO,
    ...changes,
  };
}

export function sign(world: World, order: Order, account: PrivateKeyAccount | ReturnType<typeof wallet>, market = world.market) {
  return signOrder(world.vault.address, market, order, account as PrivateKeyAccount);
}

/** What `slots` says of an account. */
export async function accountOf(world: World, owner: Hex, side: number, market = world.market) {
  const place = accountPlace(market, owner, side);
  const [word] = await world.till.read.slots([[place]]);
  return unpackAccount(BigInt(word));
}

export function accountPlace(market: Market, owner: Hex, side: number): Hex {
  const inner = mappingPlace(sideKey(market.lots, side), ACCOUNTS);
  return mappingPlace(pad(owner, { size: 32 }), BigInt(inner));
}

export function mappingPlace(key: Hex, place: bigint): Hex {
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, { type: "uint256" }], [key, place]));
}

export function unpackAccount(slot: bigint) {
  const lots = (shift: bigint) => (slot >> shift) & 0xffffffffffn;
  const first = (slot >> 160n) & 0xffffffffn;
  return {
    payFree: lots(0n),
    getFree: lots(40n),
    lanePay: lots(80n),
    laneGet: lots(120n),
    first,
    last: first + ((slot >> 192n) & 15n),
    exiting: ((slot >> 196n) & 1n) === 1n,
    top: slot >> 224n,
  };
}

export async function walletOf(world: World, owner: Hex, token: Hex): Promise<bigint> {
  const inner = mappingPlace(pad(owner, { size: 32 }), WALLETS);
  const [word] = await world.till.read.slots([[mappingPlace(pad(token, { size: 32 }), BigInt(inner))]]);
  return BigInt(word) & (2n ** 128n - 1n);
}

export interface LockedBatch {
  seal: {
    marketId: Hex;
    detail: Hex;
    numbers: bigint;
    referrer: Hex;
    operator: Hex;
  };
  detail: { lots: Market["lots"]; terms: Market["terms"]; root: Hex };
  gasUsed: bigint;
  skipped: { index: number; reason: number }[];
  calldata: number;
}

/** Locks a batch and reads from the receipt all that later calls need. */
export async function lock(
  world: World,
  orders: SignedOrder[],
  fills: BatchFill[],
  options: BatchOptions,
  market = world.market,
): Promise<LockedBatch> {
  const data = packBatch(market, orders, fills, options);
  const hash = await world.vault.write.lock([data], { account: operator.address, gas: 16_777_216n });
  const client = await viem.getPublicClient();
  const receipt = await client.getTransactionReceipt({ hash });
  const events = receipt.logs.map((log) => decodeEventLog({ abi: world.vault.abi, data: log.data, topics: log.topics }));
  const locked = events.find((event) => event.eventName === "Locked")!.args as any;
  return {
    seal: locked.seal,
    detail: { lots: market.lots, terms: market.terms, root: locked.root },
    gasUsed: receipt.gasUsed,
    skipped: events
      .filter((event) => event.eventName === "FillSkipped")
      .map(({ args }) => ({ index: Number((args as any).index), reason: Number((args as any).reason) })),
    calldata: await calldataOf(client, hash),
  };
}

async function calldataOf(client: unknown, hash: Hex): Promise<number> {
  const transaction = await (client as PublicClient).getTransaction({ hash });
  return transaction.input.length / 2 - 1;
}

export async function release(world: World, batch: LockedBatch) {
  const hash = await world.vault.write.release([batch.seal], { account: operator.address });
  return receiptOf(hash);
}

export async function receiptOf(hash: Hex) {
  const client = await viem.getPublicClient();
  const receipt = await client.getTransactionReceipt({ hash });
  return { gasUsed: receipt.gasUsed, calldata: await calldataOf(client, hash), logs: receipt.logs };
}

export function now(): Promise<number> {
  return networkHelpers.time.latest();
}
