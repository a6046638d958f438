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
  let node: ChildProcess;
  let url: string;

  before(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    node = spawn(anvilBinary(), ["--port", String(port), "--hardfork", "osaka"], { stdio: ["ignore", "pipe", "inherit"] });
    for await (const chunk of node.stdout!) {
      if (String(chunk).includes("Listening on")) break;
    }
  });

  after(async () => {
    node.kill();
    if (node.exitCode === null && node.signalCode === null) await once(node, "exit");
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(changes: Record<string, string>) {
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
    const child = spawn(process.execPath, args, { cwd: HOME, env, stdio: ["ignore", "pipe", "pipe"] });
    const output: string[] = [];
    child.stdout.on("data", (chunk) => output.push(String(chunk)));
    child.stderr.on("data", (chunk) => output.push(String(chunk)));
    const [status] = await once(child, "close");
    return { status: status as number, output: output.join("") };
  }

  const client = () =>
    createWalletClient({ chain, transport: http(url) }).extend(publicActions).extend(testActions({ mode: "anvil" }));
  const manifest = () => JSON.parse(readFileSync(join(folder, "31337.json"), "utf8"));

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
    const roles = Object.fromEntries(
      ["PROPOSER", "OPERATOR", "PAUSER", "ARBITER"].map((name) => [`QUOIN_${name}`, PAUSER]),
    );
    const other = await run({ QUOIN_NETWORK: "base-sepolia", ...roles });
    assert.equal(other.status, 1);
    assert.match(other.output, /the node is of chain 31337, the profile base-sepolia of chain 84532/);
    const gaps = await run({ QUOIN_NETWORK: "optimism-sepolia" });
    assert.equal(gaps.status, 1);
    assert.match(gaps.output, /\$QUOIN_PROPOSER is no address/);
    assert.equal((await run({ QUOIN_NETWORK: "nowhere" })).status, 1);
    const rehearsed = await run({
      QUOIN_NETWORK: "optimism-sepolia",
      QUOIN_DRY_RUN: "1",
      QUOIN_RPC_URL: "http://127.0.0.1:9",
      ...roles,
    });
    assert.equal(rehearsed.status, 0, rehearsed.output);
  });
});
