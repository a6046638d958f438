import { createRequire } from "node:module";

import ignition from "@nomicfoundation/hardhat-ignition-viem";
import networkHelpers from "@nomicfoundation/hardhat-network-helpers";
import nodeTestRunner from "@nomicfoundation/hardhat-node-test-runner";
import viem from "@nomicfoundation/hardhat-viem";
import viemAssertions from "@nomicfoundation/hardhat-viem-assertions";
import { defineConfig } from "hardhat/config";

const blockTimeMillis = Number(process.env.QUOIN_BLOCK_TIME_MILLIS ?? "1000");

// The compiler comes from npm (as WebAssembly), by path: no download, and the same bytes on every platform.
const compiler = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: {
    // Cancun: the newest that every chain profile runs; the gas bench runs the same code under Osaka's rules.
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 1_000_000 },
    viaIR: true,
    // For tools/layout.ts: an upgrade of the registry must not move a slot.
    outputSelection: { "*": { "*": ["storageLayout"] } },
  },
};

// What drives the vault in the invariant tests is large, and is compiled the quick way; the vault itself never is.
const driver = { ...compiler, settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 200 } } };
const overrides = { "test/invariants/VaultInvariants.t.sol": driver };

export default defineConfig({
  plugins: [viem, viemAssertions, networkHelpers, nodeTestRunner, ignition],
  solidity: {
    // The same settings for both. Production compiles each contract by itself, which changes the hash in its metadata.
    profiles: { default: { compilers: [compiler], overrides }, production: { compilers: [compiler], overrides } },
  },
  test: {
    solidity: {
      fuzz: { runs: 128, seed: "0x51" },
      invariant: { runs: 20, depth: 500, failOnRevert: true, dictionaryWeight: 0, includeStorage: false },
    },
  },
  networks: {
    osaka: { type: "edr-simulated", chainType: "l1", chainId: 31337, hardfork: "osaka" },
    // Where ignition/deploy.ts deploys to.
    target: {
      type: "http",
      chainType: "l1",
      url: process.env.QUOIN_RPC_URL || "http://127.0.0.1:8545",
      accounts: process.env.QUOIN_DEPLOYER_KEY ? [process.env.QUOIN_DEPLOYER_KEY] : "remote",
    },
    local: {
      type: "edr-simulated",
      chainType: "l1",
      chainId: 31337,
      // Faster blocks than seconds: let them share one rather than run ahead of the clock.
      allowBlocksWithSameTimestamp: blockTimeMillis < 1000,
      mining: { auto: false, interval: blockTimeMillis },
    },
  },
});
