// Deploys the whole system to a network, or what is missing of it, reads everything back, and keeps a manifest.
// By tools/build.mjs deploy; what it takes comes by environment:
//   QUOIN_NETWORK        a profile of ignition/networks
//   QUOIN_DRY_RUN=1      only says what would be done, and what it would cost, by a rehearsal on a chain in memory
//   QUOIN_RPC_URL        the node; a local one by default
//   QUOIN_DEPLOYER_KEY   who pays; the node's own first account by default
//   QUOIN_DEPLOYMENTS    folder of the manifests; deployments/ by default
// Addresses follow from code and profile (CREATE2), so it is safe to run again: what stands is left as it is.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { config, network } from "hardhat";
import { type Hex, formatEther } from "viem";

import { systemModule } from "./modules/system.ts";
import { FACTORY, type Plan, SALT, addressOf, manifestOf, planOf, profileOf } from "./plan.ts";
import { toRefresh, verify } from "./verify.ts";

const DEVELOPMENT = 31337;

async function present(plan: Plan, viem: any): Promise<Set<string>> {
  const client = await viem.getPublicClient();
  const found = new Set<string>();
  for (const { id, address } of plan.parts) {
    if ((await client.getCode({ address })) !== undefined) found.add(id);
  }
  return found;
}

/** Deploys what is missing. Ignition's journal is of no use beyond the run: the chain itself says what is there. */
async function bring(plan: Plan, connection: any): Promise<void> {
  const there = await present(plan, connection.viem);
  const missing = plan.parts.filter(({ id }) => !there.has(id));
  const refresh = await toRefresh(plan, connection.viem);
  if (missing.length === 0 && refresh.markets.length === 0 && !refresh.operator) return;
  const deploymentId = `run-${process.pid}`;
  try {
    await connection.ignition.deploy(systemModule(missing, { vault: addressOf(plan, "Vault"), ...refresh }), {
      deploymentId,
      strategy: "create2",
      strategyConfig: { salt: SALT },
      config: plan.profile.chainId === DEVELOPMENT ? { requiredConfirmations: 1, blockPollingInterval: 100 } : {},
    });
  } finally {
    rmSync(join(config.paths.ignition, "deployments", deploymentId), { recursive: true, force: true });
  }
}

/** The whole plan on a chain in memory: it shows that it works, and what it costs. */
async function rehearse(plan: Plan): Promise<bigint> {
  const connection: any = await network.create({ network: "osaka" });
  const rehearsal = { ...plan, profile: { ...plan.profile, chainId: DEVELOPMENT } };
  const client = await connection.viem.getPublicClient();
  const before = await client.getBlockNumber();
  await bring(rehearsal, connection);
  const problems = await verify(rehearsal, connection.viem);
  if (problems.length !== 0) throw new Error(`the rehearsal went wrong: ${problems.join("; ")}`);
  let gas = 0n;
  for (let number = before + 1n; number <= (await client.getBlockNumber()); number++) {
    gas += (await client.getBlock({ blockNumber: number })).gasUsed;
  }
  await connection.close();
  return gas;
}

function summarize(plan: Plan, there: Set<string>, chainSays: string) {
  console.log(`network    ${plan.network}, chain ${plan.profile.chainId} (${chainSays})`);
  console.log(`exit delay ${plan.profile.exitDelay} s, governance delay ${plan.profile.governanceDelay} s`);
  for (const { id, address } of plan.parts) {
    console.log(`${(there.has(id) ? "there" : "new").padEnd(6)} ${id.padEnd(14)} ${address}`);
  }
  for (const { marketId } of plan.markets) console.log(`market ${marketId}`);
}

function manifestFile(plan: Plan): string {
  const folder = process.env.QUOIN_DEPLOYMENTS ?? join(config.paths.root, "deployments");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${plan.profile.chainId}.json`);
}

/** A changed profile or compiler would silently be another system beside the one that holds the money. */
function refuseAnother(plan: Plan, file: string) {
  if (plan.profile.chainId === DEVELOPMENT || process.env.QUOIN_DEPLOY_NEW || !existsSync(file)) return;
  const known: Hex = JSON.parse(readFileSync(file, "utf8")).contracts.Vault.address;
  if (known.toLowerCase() !== addressOf(plan, "Vault").toLowerCase()) {
    throw new Error(
      `${file} says that the vault of chain ${plan.profile.chainId} is ${known}; code and profile of today make ` +
        `${addressOf(plan, "Vault")}. If a new vault beside the old one is meant, set QUOIN_DEPLOY_NEW=1.`,
    );
  }
}

async function main() {
  const name = process.env.QUOIN_NETWORK ?? "";
  const dryRun = process.env.QUOIN_DRY_RUN === "1";
  const plan = await planOf(name, profileOf(name));
  const file = manifestFile(plan);
  refuseAnother(plan, file);
  const connection: any = await network.create({ network: "target" });
  // A dry run needs no node.
  const client = await connection.viem.getPublicClient().catch(() => undefined);
  const chainId: number | undefined = await client?.getChainId().catch(() => undefined);
  if (chainId === undefined && !dryRun) throw new Error("the node does not answer: start it, or set QUOIN_RPC_URL");
  if (chainId !== undefined && chainId !== plan.profile.chainId) {
    throw new Error(`the node is of chain ${chainId}, the profile ${name} of chain ${plan.profile.chainId}`);
  }
  const there = chainId === undefined ? new Set<string>() : await present(plan, connection.viem);
  summarize(plan, there, chainId === undefined ? "the node does not answer" : "the node agrees");
  if (dryRun) {
    const gas = await rehearse(plan);
    console.log(`the whole takes ${gas.toLocaleString("en-US")} gas (rehearsed); nothing was sent`);
    if (chainId !== undefined) {
      const price = await client.getGasPrice();
      console.log(`at ${price} wei a gas that is ${formatEther(gas * price)} of the native coin`);
    }
    return;
  }
  if (chainId !== DEVELOPMENT && (await client.getCode({ address: FACTORY })) === undefined) {
    throw new Error(`no CREATE2 factory at ${FACTORY} on chain ${chainId}; it has to be deployed first`);
  }
  await bring(plan, connection);
  const problems = await verify(plan, connection.viem);
  if (problems.length !== 0) {
    throw new Error(`the chain differs from the profile:\n  ${problems.join("\n  ")}`);
  }
  writeFileSync(file, `${JSON.stringify(manifestOf(plan), null, 2)}\n`);
  console.log("everything was read back and is as the profile says");
  await connection.close();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
