// The deployment command, run as an operator runs it, against a chain that this test starts on a free port of the
// loopback and ends by its own process.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

import { type Hex, createWalletClient, encodeFunctionData, http, parseAbi, publicActions, testActions } from "viem";
import { anvil as chain } from "viem/chains";

const HOME = dirname(dirname(fileURLToPath(import.meta.url)));
const HARDHAT = join(HOME, "node_modules/hardhat/dist/src/cli.js");
const PAUSER = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const ROLES = Object.fromEntries(
  ["PROPOSER", "OPERATOR", "PAUSER", "ARBITER"].map((name) => [`QUOIN_${name}`, PAUSER]),
);
/** Of the first account of every anvil. */
const PAYER_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const FACTORY = "0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed";
const REGISTRY = parseAbi(["function owner() view returns (address)", "function setPauser(address pauser)"]);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

function anvilBinary(): string {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const name = process.platform === "win32" ? "anvil.exe" : "anvil";
  return join(HOME, `node_modules/@foundry-rs/anvil-${process.platform}-${arch}/bin/${name}`);
}

describe("the deployment command", { skip: existsSync(anvilBinary()) ? false : "no anvil for this platform" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "quoin-deployments-"));
  const nodes: ChildProcess[] = [];
  let url: string;

  /** Starts a chain and says where it answers. */
  async function start(...args: string[]): Promise<string> {
    const port = await freePort();
    const words = ["--port", String(port), "--hardfork", "osaka", ...args];
    const node = spawn(anvilBinary(), words, { stdio: ["ignore", "pipe", "inherit"] });
    nodes.push(node);
    for await (const chunk of node.stdout!) {
      if (String(chunk).includes("Listening on")) break;
    }
    return `http://127.0.0.1:${port}`;
  }

  before(async () => {
    url = await start();
  });

  after(async () => {
    for (const node of nodes) {
      node.kill();
      if (node.exitCode === null && node.signalCode === null) await once(node, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function launch(changes: Record<string, string>): ChildProcess {
    const env = {
      ...process.env,
      QUOIN_NETWORK: "local",
      QUOIN_DRY_RUN: "0",
      QUOIN_RPC_URL: url,
      QUOIN_DEPLOYMENTS: folder,
      HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
      ...changes,
    };
    const args = [HARDHAT, "--build-profile", "production", "run", "--no-compile", "ignition/deploy.ts"];
    return spawn(process.execPath, args, { cwd: HOME, env, stdio: ["ignore", "pipe", "pipe"] });
  }

  async function run(changes: Record<string, string>) {
    const child = launch(changes);
    const output: string[] = [];
    child.stdout!.on("data", (chunk) => output.push(String(chunk)));
    child.stderr!.on("data", (chunk) => output.push(String(chunk)));
    const [status] = await once(child, "close");
    return { status: status as number, output: output.join("") };
  }

  const client = (at = url) =>
    createWalletClient({ chain, transport: http(at) }).extend(publicActions).extend(testActions({ mode: "anvil" }));
  const manifest = (chainId = 31337) => JSON.parse(readFileSync(join(folder, `${chainId}.json`), "utf8"));
  const isThere = async (at: string, address: Hex) => (await client(at).getCode({ address })) !== undefined;

  it("rehearses without a node, and against one sends nothing", async () => {
    const alone = await run({ QUOIN_DRY_RUN: "1", QUOIN_RPC_URL: "http://127.0.0.1:9" });
    assert.equal(alone.status, 0, alone.output);
    assert.match(alone.output, /the node does not answer[^]*new +Vault [^]*gas \(rehearsed\); nothing was sent/);
    const { status, output } = await run({ QUOIN_DRY_RUN: "1" });
    assert.equal(status, 0, output);
    assert.equal(await client().getBlockNumber(), 0n);
    assert.equal(existsSync(join(folder, "31337.json")), false);
  });

  it("deploys all, reads it back, keeps a manifest, and changes nothing when run again", async () => {
    const first = await run({});
    assert.equal(first.status, 0, first.output);
    const { contracts } = manifest();
    for (const { address } of Object.values<{ address: Hex }>(contracts)) {
      assert.notEqual(await client().getCode({ address }), undefined);
      assert.match(first.output, new RegExp(`^new .* ${address}$`, "m"));
    }
    const blocks = await client().getBlockNumber();
    const again = await run({});
    assert.equal(again.status, 0, again.output);
    assert.equal(await client().getBlockNumber(), blocks, "a second run sends nothing");
    assert.doesNotMatch(again.output, /^new /m);
    assert.deepEqual(manifest().contracts, contracts);
  });

  it("finishes what a run that broke off began", async () => {
    const { contracts } = manifest();
    // As if the last contract and the last call were missing.
    await client().setCode({ address: contracts.Lens.address, bytecode: "0x" });
    await client().setNonce({ address: contracts.Lens.address, nonce: 0 });
    await client().setStorageAt({ address: contracts.Vault.address, index: 16, value: `0x${"0".repeat(64)}` });
    const { status, output } = await run({});
    assert.equal(status, 0, output);
    assert.match(output, /^new +Lens/m);
    assert.notEqual(await client().getCode({ address: contracts.Lens.address }), undefined);
  });

  it("finishes what a run that was killed began, also what no block had yet", async () => {
    const { contracts } = manifest();
    const slow = await start("--block-time", "1");
    const child = launch({ QUOIN_RPC_URL: slow });
    const ended = once(child, "exit");
    while (!(await isThere(slow, contracts.RegistryCode.address))) {
      assert.equal(child.exitCode, null, "the deployment ended before it could be killed");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await client(slow).setIntervalMining({ interval: 0 });
    const payer = (await client(slow).getAddresses())[0];
    const counted = (blockTag: "latest" | "pending") => client(slow).getTransactionCount({ address: payer, blockTag });
    while ((await counted("pending")) === (await counted("latest"))) {
      assert.equal(child.exitCode, null, "the deployment ended before it could be killed");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGKILL");
    await ended;
    assert.equal(await isThere(slow, contracts.Lens.address), false);
    await client(slow).setIntervalMining({ interval: 1 });
    const { status, output } = await run({ QUOIN_RPC_URL: slow });
    assert.equal(status, 0, output);
    assert.match(output, /^there +RegistryCode/m);
    for (const { address } of Object.values<{ address: Hex }>(contracts)) {
      assert.ok(await isThere(slow, address), output);
    }
  });

  it("gives two chains the same addresses, for whoever has a key", async () => {
    const chains = { "base-sepolia": 84532, "optimism-sepolia": 11155420 };
    const vaults = await Promise.all(
      Object.entries(chains).map(async ([network, chainId]) => {
        const at = await start("--chain-id", String(chainId), "--block-time", "0.1");
        await client(at).setCode({ address: FACTORY, bytecode: (await client().getCode({ address: FACTORY }))! });
        const changes = { QUOIN_NETWORK: network, QUOIN_RPC_URL: at, QUOIN_DEPLOYER_KEY: PAYER_KEY, ...ROLES };
        const { status, output } = await run(changes);
        assert.equal(status, 0, output);
        assert.ok(output.includes(`manifest   ${join(folder, `${chainId}.json`)}`), output);
        const { contracts } = manifest(chainId);
        assert.ok(await isThere(at, contracts.Vault.address));
        return contracts.Vault.address;
      }),
    );
    assert.equal(vaults[0], vaults[1]);
  });

  it("asks for a key, for coin, and for the factory", async () => {
    const at = await start("--chain-id", "84532");
    const changes = { QUOIN_NETWORK: "base-sepolia", QUOIN_RPC_URL: at, QUOIN_DEPLOYMENTS: join(folder, "none"), ...ROLES };
    const keys = ["", `0x${"12".repeat(32)}`, PAYER_KEY];
    const [unpaid, poor, bare] = await Promise.all(keys.map((key) => run({ ...changes, QUOIN_DEPLOYER_KEY: key })));
    assert.deepEqual([unpaid.status, poor.status, bare.status], [1, 1, 1]);
    assert.match(unpaid.output, /set the environment variable QUOIN_DEPLOYER_KEY/);
    assert.match(poor.output, /is to pay and has nothing on chain/);
    assert.ok(!poor.output.includes("1212"), "the key is not shown");
    assert.match(bare.output, /no CREATE2 factory/);
    assert.equal(existsSync(join(folder, "none")), false);
  });

  it("says what differs from the profile, and fails", async () => {
    const address = manifest().contracts.Registry.address;
    const owner = await client().readContract({ address, abi: REGISTRY, functionName: "owner" });
    const [somebody] = await client().getAddresses();
    await client().setBalance({ address: owner, value: 10n ** 20n });
    await client().impersonateAccount({ address: owner });
    await client().sendTransaction({
      account: owner,
      to: address,
      data: encodeFunctionData({ abi: REGISTRY, functionName: "setPauser", args: [somebody] }),
    });
    const { status, output } = await run({});
    assert.equal(status, 1);
    assert.ok(output.includes(`pauser is ${somebody}, must be ${PAUSER}`), output);
  });

  it("refuses a node of another chain, an unknown profile, and a profile with gaps", async () => {
    const other = await run({ QUOIN_NETWORK: "base-sepolia", ...ROLES });
    assert.equal(other.status, 1);
    assert.match(other.output, /the node is of chain 31337, the profile base-sepolia of chain 84532/);
    const gaps = await run({ QUOIN_NETWORK: "optimism-sepolia" });
    assert.equal(gaps.status, 1);
    assert.match(gaps.output, /\$QUOIN_PROPOSER is no address/);
    const unknown = await run({ QUOIN_NETWORK: "nowhere" });
    assert.equal(unknown.status, 1);
    assert.match(unknown.output, /There are: base-sepolia, local, optimism-sepolia/);
    const rehearsed = await run({
      QUOIN_NETWORK: "optimism-sepolia",
      QUOIN_DRY_RUN: "1",
      QUOIN_RPC_URL: "http://127.0.0.1:9",
      ...ROLES,
    });
    assert.equal(rehearsed.status, 0, rehearsed.output);
  });
});
