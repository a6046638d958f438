import { readFileSync, readdirSync } from "node:fs";

import { artifacts } from "hardhat";
import {
  type Abi,
  type Hex,
  encodeAbiParameters,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  getContractAddress,
  keccak256,
  toHex,
} from "viem";

import { LOTS_ABI } from "../test/support/batch.ts";

/** The factory through which Ignition's CREATE2 strategy deploys; it stands at this address on most chains. */
export const FACTORY: Hex = "0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed";
/** The same for every network: equal parts have equal addresses everywhere. */
export const SALT: Hex = keccak256(toHex("Quoin, escrow vault 2"));

export interface Profile {
  chainId: number;
  exitDelay: number;
  governanceDelay: number;
  proposers: Hex[];
  executors: Hex[];
  operator: Hex;
  pauser: Hex;
  permit2: Hex;
  wrapped: Hex;
  testTokens: { symbol: string; name: string; decimals: number }[];
  tokens: Hex[];
  arbiters: { id: number; arbiter: Hex }[];
  markets: {
    base: string;
    quote: string;
    baseLot: string;
    quoteLot: string;
    arbiterId: number;
    operatorFeeCap: number;
    referrerFeeCap: number;
  }[];
}

/** One contract of the system. Its address follows from its code and arguments. */
export interface Part {
  id: string;
  contract: string;
  args: unknown[];
  address: Hex;
  codeHash: Hex;
}

export interface PlannedMarket {
  marketId: Hex;
  lots: { base: Hex; quote: Hex; baseLot: bigint; quoteLot: bigint };
  arbiterId: number;
  operatorFeeCap: number;
  referrerFeeCap: number;
}

export interface Plan {
  network: string;
  profile: Profile;
  parts: Part[];
  tokens: Hex[];
  markets: PlannedMarket[];
}

/** Reads a profile; `$NAME` in it stands for an environment variable with an address. */
export function profileOf(network: string): Profile {
  const known = readdirSync(new URL("networks", import.meta.url)).map((file) => file.replace(/\.json$/, ""));
  if (!known.includes(network)) throw new Error(`no network is called ${network}. There are: ${known.join(", ")}`);
  const text = readFileSync(new URL(`networks/${network}.json`, import.meta.url), "utf8");
  return JSON.parse(text, (_key, value) => {
    if (typeof value !== "string" || !/^(\$|0x)/.test(value)) return value;
    const word = value.startsWith("$") ? process.env[value.slice(1)] : value;
    if (word === undefined || !/^0x[0-9a-fA-F]{40}$/.test(word)) {
      throw new Error(`${network}: ${value} is no address; set the environment variable or the profile`);
    }
    return getAddress(word);
  });
}

/** Everything that the network is to have, with addresses, from the profile and the compiled contracts alone. */
export async function planOf(network: string, profile: Profile): Promise<Plan> {
  const parts: Part[] = [];
  const add = async (id: string, contract: string, args: unknown[]): Promise<Hex> => {
    const { abi, bytecode } = await artifacts.readArtifact(contract);
    const code = encodeDeployData({ abi: abi as Abi, bytecode: bytecode as Hex, args });
    // The factory hashes a salt that names no sender.
    const address = getContractAddress({ opcode: "CREATE2", from: FACTORY, salt: keccak256(SALT), bytecode: code });
    parts.push({ id, contract, args, address, codeHash: keccak256(code) });
    return address;
  };

  const bySymbol = new Map<string, Hex>();
  for (const { symbol, name, decimals } of profile.testTokens) {
    bySymbol.set(symbol, await add(`Token_${symbol}`, "TestToken", [name, symbol, decimals]));
  }
  const tokenOf = (word: string): Hex => {
    const token = bySymbol.get(word) ?? (word.startsWith("0x") ? (word as Hex) : undefined);
    if (token === undefined) throw new Error(`${network}: no token ${word}`);
    return token;
  };
  const tokens = [...bySymbol.values(), ...profile.tokens];
  const markets = profile.markets.map(({ base, quote, baseLot, quoteLot, ...rest }) => {
    const lots = {
      base: tokenOf(base),
      quote: tokenOf(quote),
      baseLot: BigInt(baseLot),
      quoteLot: BigInt(quoteLot),
    };
    return { ...rest, lots, marketId: keccak256(encodeAbiParameters([LOTS_ABI], [lots])) };
  });

  const governance = await add("Governance", "GovernanceTimelock", [
    BigInt(profile.governanceDelay),
    profile.proposers,
    profile.executors,
  ]);
  const code = await add("RegistryCode", "VaultRegistry", []);
  const { abi } = await artifacts.readArtifact("VaultRegistry");
  const setup = {
    governance,
    exitDelay: BigInt(profile.exitDelay),
    operator: profile.operator,
    pauser: profile.pauser,
    tokens,
    arbiterIds: profile.arbiters.map(({ id }) => id),
    arbiters: profile.arbiters.map(({ arbiter }) => arbiter),
    markets: markets.map(({ marketId: _, ...market }) => market),
  };
  const initialize = encodeFunctionData({ abi, functionName: "initialize", args: [setup] });
  const registry = await add("Registry", "RegistryProxy", [code, initialize]);
  const exitDelay = BigInt(profile.exitDelay);
  const cases = await add("Cases", "VaultCases", [exitDelay]);
  const till = await add("Till", "VaultTill", [registry, profile.permit2, profile.wrapped, exitDelay, cases]);
  await add("Vault", "EscrowVault", [till, exitDelay]);
  await add("Lens", "VaultLens", []);
  return { network, profile, parts, tokens, markets };
}

export function addressOf(plan: Plan, id: string): Hex {
  return plan.parts.find((part) => part.id === id)!.address;
}

/** What the repository keeps of a deployment. */
export function manifestOf({ network, profile, parts, markets }: Plan) {
  return {
    network,
    chainId: profile.chainId,
    factory: FACTORY,
    salt: SALT,
    contracts: Object.fromEntries(
      parts.map(({ id, contract, address, codeHash }) => [id, { contract, address, initCodeHash: codeHash }]),
    ),
    markets: markets.map(({ marketId, lots, ...rest }) => ({
      marketId,
      ...lots,
      baseLot: String(lots.baseLot),
      quoteLot: String(lots.quoteLot),
      ...rest,
    })),
    profile,
  };
}
