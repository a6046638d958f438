import { type Hex, encodeAbiParameters, keccak256, parseAbi, toHex } from "viem";

import { type Plan, addressOf } from "./plan.ts";

// Places of the vault (VaultStorage): `_markets`, `_arbiters` and `_gate`; and ERC-1967's of a proxy's code.
const MARKETS = 10n;
const ARBITERS = 15n;
const GATE = 16n;
const PROXY_CODE = toHex(BigInt(keccak256(toHex("eip1967.proxy.implementation"))) - 1n, { size: 32 });
const ROLES = parseAbi([
  "function hasRole(bytes32 role, address account) view returns (bool)",
  "function getMinDelay() view returns (uint256)",
  "function DELAY_FLOOR() view returns (uint256)",
]);
const ADMIN: Hex = `0x${"0".repeat(64)}`;

/** Reads everything back from the chain. Returns what differs from the plan, in words; nothing if all is as it must be. */
export async function verify(plan: Plan, viem: any): Promise<string[]> {
  const { profile } = plan;
  const client = await viem.getPublicClient();
  const problems: string[] = [];
  const same = (what: string, found: unknown, wanted: unknown) => {
    const [a, b] = [String(found).toLowerCase(), String(wanted).toLowerCase()];
    if (a !== b) problems.push(`${what} is ${found}, must be ${wanted}`);
  };
  same("chain id", await client.getChainId(), profile.chainId);
  for (const { id, address } of plan.parts) {
    // The address is a hash over code and arguments: if there is code, it is this one.
    if ((await client.getCode({ address })) === undefined) problems.push(`${id} is not at ${address}`);
  }
  if (problems.length !== 0) return problems;

  const governance = addressOf(plan, "Governance");
  const read = (functionName: string, args: unknown[] = []) =>
    client.readContract({ address: governance, abi: ROLES, functionName, args });
  same("governance's delay", await read("getMinDelay"), profile.governanceDelay);
  same("governance's delay floor", await read("DELAY_FLOOR"), profile.governanceDelay);
  const role = (name: string) => keccak256(toHex(name));
  for (const proposer of profile.proposers) {
    same(`proposer ${proposer}`, await read("hasRole", [role("PROPOSER_ROLE"), proposer]), true);
    same(`${proposer} as administrator`, await read("hasRole", [ADMIN, proposer]), false);
  }
  for (const executor of profile.executors) {
    same(`executor ${executor}`, await read("hasRole", [role("EXECUTOR_ROLE"), executor]), true);
  }
  same("governance's administrator is itself", await read("hasRole", [ADMIN, governance]), true);

  const registryAddress = addressOf(plan, "Registry");
  const registry = await viem.getContractAt("VaultRegistry", registryAddress);
  const code = await client.getStorageAt({ address: registryAddress, slot: PROXY_CODE });
  same("the registry's code", toHex(BigInt(code), { size: 20 }), addressOf(plan, "RegistryCode"));
  same("the registry's owner", await registry.read.owner(), governance);
  same("the registry's next owner", await registry.read.pendingOwner(), `0x${"0".repeat(40)}`);
  same("the registry's exit delay", await registry.read.exitDelay(), profile.exitDelay);
  same("operator", await registry.read.operator(), profile.operator);
  same("pauser", await registry.read.pauser(), profile.pauser);
  for (const token of plan.tokens) {
    same(`token ${token} listed`, await registry.read.tokenListed([token]), true);
  }

  const vaultAddress = addressOf(plan, "Vault");
  const vault = await viem.getContractAt("EscrowVault", vaultAddress);
  same("the vault's till", await vault.read.TILL(), addressOf(plan, "Till"));
  same("the vault's exit delay", await vault.read.EXIT_DELAY(), profile.exitDelay);
  const slot = async (place: Hex) => BigInt(await client.getStorageAt({ address: vaultAddress, slot: place }));
  for (const { id, arbiter } of profile.arbiters) {
    same(`arbiter ${id}`, await registry.read.arbiters([id]), arbiter);
    const used = plan.markets.some(({ arbiterId }) => arbiterId === id);
    if (used) same(`the vault's arbiter ${id}`, toHex(await slot(placeOf(BigInt(id), ARBITERS)), { size: 20 }), arbiter);
  }
  for (const { marketId, arbiterId, operatorFeeCap, referrerFeeCap } of plan.markets) {
    const [listed, arbiter] = await registry.read.market([marketId]);
    same(`market ${marketId} listed`, listed, true);
    same(`arbiter id of market ${marketId}`, arbiter, arbiterId);
    const caps = await registry.read.feeCaps([marketId]);
    same(`fee caps of market ${marketId}`, caps, [operatorFeeCap, referrerFeeCap]);
    same(
      `the vault's word of market ${marketId}`,
      toHex(await slot(placeOf(BigInt(marketId), MARKETS)), { size: 32 }),
      toHex(marketWord(plan, arbiterId, operatorFeeCap, referrerFeeCap), { size: 32 }),
    );
  }
  same(
    "the vault's operator",
    toHex(await slot(toHex(GATE, { size: 32 })), { size: 32 }),
    toHex(BigInt(profile.operator), { size: 32 }),
  );
  return problems;
}

function marketWord(plan: Plan, arbiterId: number, operatorFeeCap: number, referrerFeeCap: number): bigint {
  return (
    (BigInt(operatorFeeCap) << 240n) |
    (BigInt(referrerFeeCap) << 224n) |
    (1n << 192n) |
    (BigInt(arbiterId) << 160n) |
    BigInt(plan.profile.operator)
  );
}

function placeOf(key: bigint, mapping: bigint): Hex {
  return keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [key, mapping]));
}

/** What the vault has yet to take over from the registry. */
export async function toRefresh(plan: Plan, viem: any): Promise<{ markets: Hex[]; operator: boolean }> {
  const client = await viem.getPublicClient();
  const address = addressOf(plan, "Vault");
  const slot = async (place: Hex) => BigInt((await client.getStorageAt({ address, slot: place })) ?? 0n);
  const markets: Hex[] = [];
  for (const { marketId, arbiterId, operatorFeeCap, referrerFeeCap } of plan.markets) {
    const word = await slot(placeOf(BigInt(marketId), MARKETS));
    if (word !== marketWord(plan, arbiterId, operatorFeeCap, referrerFeeCap)) markets.push(marketId);
  }
  const gate = await slot(toHex(GATE, { size: 32 }));
  return { markets, operator: gate !== BigInt(plan.profile.operator) };
}
