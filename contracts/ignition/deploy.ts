// Deploys the whole system to a network, or what is missing of it, reads everything back, and keeps a manifest.
// By tools/build.mjs deploy; what it takes comes by environment:
//   QUOIN_NETWORK        a profile of ignition/networks
//   QUOIN_DRY_RUN=1      only says what would be done, and what it would cost, by a rehearsal on a chain in memory
//   QUOIN_RPC_URL        the node; a local one by default
//   QUOIN_DEPLOYER_KEY   the key of who pays; on a development chain the node's own first account by default
//   QUOIN_DEPLOYMENTS    folder of the manifests; deployments/ by default
// Addresses follow from code and profile (CREATE2), so it is safe to run again: what stands is left as it is.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { config, network } from "hardhat";
import { type Hex, formatEther } from "viem";

import { systemModule } from "./modules/system.ts";
import { FACTORY, type Plan, SALT, addressOf, manifestOf, planOf, profileOf } from "./plan.ts";
import { toRefresh, verify } from "./verify.ts";

const DEVELOPMENT = 31337;
const PROGRESS_MILLIS = 2_000;
const PENDING_MILLIS = 60_000;

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
  removeJournalsOfTheDead();
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

/** A killed run's journal: Ignition would take it up when a process gets the same number. */
function removeJournalsOfTheDead() {
  const folder = join(config.paths.ignition, "deployments");
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, pid] = /^run-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Says from time to time how many parts are there, until it is told to end. */
function progress(plan: Plan, connection: any): () => void {
  let said = -1;
  const timer = setInterval(async () => {
    const { size } = await present(plan, connection.viem).catch(() => new Set<string>());
    if (size > said) console.error(`${size} of ${plan.parts.length} contracts are there`);
    said = Math.max(said, size);
  }, PROGRESS_MILLIS);
  return () => clearInterval(timer);
}

/** What a run that broke off has sent and no block has yet would be sent twice. */
async function settled(client: any, payer: Hex): Promise<void> {
  const until = Date.now() + PENDING_MILLIS;
  for (let said = false; ; said = true) {
    const latest = await client.getTransactionCount({ address: payer, blockTag: "latest" });
    const pending = await client.getTransactionCount({ address: payer, blockTag: "pending" });
    if (pending <= latest) return;
    if (Date.now() > until) {
      throw new Error(
        `${payer} has ${pending - latest} transactions that no block has yet. Wait until they are mined, or replace ` +
          "them, and run the same command again.",
      );
    }
    if (!said) console.error(`waiting for ${pending - latest} transactions that ${payer} sent before`);
    await new Promise((resolve) => setTimeout(resolve, 500));
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
  const folder = process.env.QUOIN_DEPLOYMENTS || join(config.paths.root, "deployments");
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

/** The node's chain, if it answers; a dry run needs no node. Says of its URL only the host: the rest may be a secret. */
async function chainOf(plan: Plan, client: any, dryRun: boolean): Promise<number | undefined> {
  const chainId: number | undefined = await client?.getChainId().catch(() => undefined);
  if (chainId === undefined && !dryRun) {
    const { host } = new URL(process.env.QUOIN_RPC_URL || "http://127.0.0.1:8545");
    throw new Error(
      `no node answers at ${host}. Start one (./quoin testnet up for a local chain), or set QUOIN_RPC_URL to one of ` +
        `chain ${plan.profile.chainId}.`,
    );
  }
  if (chainId !== undefined && chainId !== plan.profile.chainId) {
    throw new Error(
      `the node is of chain ${chainId}, the profile ${plan.network} of chain ${plan.profile.chainId}: ` +
        "set QUOIN_RPC_URL to a node of that chain, or choose another profile",
    );
  }
  return chainId;
}

/** Who pays. Somebody must, and only a development chain has accounts of its own. */
async function payerOf(plan: Plan, connection: any, client: any): Promise<Hex> {
  if (plan.profile.chainId !== DEVELOPMENT && !process.env.QUOIN_DEPLOYER_KEY) {
    throw new Error(
      `nobody pays: set the environment variable QUOIN_DEPLOYER_KEY to the private key of an account with the coin of ` +
        `chain ${plan.profile.chainId}`,
    );
  }
  const [wallet] = await connection.viem.getWalletClients();
  if (wallet === undefined) {
    throw new Error("the node has no account of its own: set the environment variable QUOIN_DEPLOYER_KEY");
  }
  const address: Hex = wallet.account.address;
  if ((await client.getBalance({ address })) === 0n) {
    throw new Error(`${address} is to pay and has nothing on chain ${plan.profile.chainId}: send it some of the coin`);
  }
  return address;
}

async function dryRunOf(plan: Plan, client: any) {
  const gas = await rehearse(plan);
  console.log(`the whole takes ${gas.toLocaleString("en-US")} gas (rehearsed); nothing was sent`);
  if (client !== undefined) {
    const price = await client.getGasPrice();
    console.log(`at ${price} wei a gas that is ${formatEther(gas * price)} of the native coin`);
  }
}

async function main() {
  const name = process.env.QUOIN_NETWORK ?? "";
  const dryRun = process.env.QUOIN_DRY_RUN === "1";
  const plan = await planOf(name, profileOf(name));
  const file = manifestFile(plan);
  refuseAnother(plan, file);
  const connection: any = await network.create({ network: "target" });
  const client = await connection.viem.getPublicClient().catch(() => undefined);
  const chainId = await chainOf(plan, client, dryRun);
  const there = chainId === undefined ? new Set<string>() : await present(plan, connection.viem);
  summarize(plan, there, chainId === undefined ? "the node does not answer" : "the node agrees");
  if (dryRun) {
    await dryRunOf(plan, chainId === undefined ? undefined : client);
    return;
  }
  const payer = await payerOf(plan, connection, client);
  if (chainId !== DEVELOPMENT && (await client.getCode({ address: FACTORY })) === undefined) {
    throw new Error(
      `no CREATE2 factory (CreateX) at ${FACTORY} on chain ${chainId}; its authors' signed transaction has to be sent ` +
        "there first",
    );
  }
  await settled(client, payer);
  const before = await client.getBalance({ address: payer });
  const end = progress(plan, connection);
  try {
    await bring(plan, connection);
  } finally {
    end();
  }
  const problems = await verify(plan, connection.viem);
  if (problems.length !== 0) {
    throw new Error(`the chain differs from the profile:\n  ${problems.join("\n  ")}`);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(manifestOf(plan), null, 2)}\n`);
  const paid = before - (await client.getBalance({ address: payer }));
  console.log(`paid       ${formatEther(paid)} of the native coin, by ${payer}`);
  console.log(`manifest   ${file}`);
  console.log("everything was read back and is as the profile says");
  await connection.close();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
