import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

import { type Hex, encodeFunctionData, keccak256, toHex } from "viem";

import { ATOMIC, BUY, SELL, marketId, packBatch } from "./support/batch.ts";
import { type Layout, differences, layouts } from "./support/layout.ts";
import {
  EXIT_DELAY,
  GOVERNANCE_DELAY,
  type World,
  alice,
  anotherToken,
  bob,
  deployRegistry,
  deployVault,
  deployer,
  endow,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  setupOf,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

const ZERO_HASH: Hex = `0x${"0".repeat(64)}`;

/** A call of the registry as its timelock schedules and executes it. */
function operationOf(world: World, data: Hex) {
  const salt = keccak256(toHex("quoin"));
  const call = [world.registry.address, 0n, data, ZERO_HASH, salt] as const;
  return {
    schedule: (delay = BigInt(GOVERNANCE_DELAY), account: Hex = deployer.address) =>
      world.timelock.write.schedule([...call, delay], { account }),
    execute: (account: Hex = bob.address) => world.timelock.write.execute(call, { account }),
  };
}

function registryCall(world: World, functionName: any, args: any): Hex {
  return encodeFunctionData({ abi: world.registry.abi, functionName, args });
}

describe("governance", () => {
  it("changes the registry by proposal, delay and execution, and no sooner", async () => {
    const world = await freshWorld();
    const { schedule, execute } = operationOf(world, registryCall(world, "setOperator", [alice.address]));
    await viem.assertions.revertWithCustomError(
      schedule(undefined, alice.address),
      world.timelock,
      "AccessControlUnauthorizedAccount",
    );
    await viem.assertions.revertWithCustomErrorWithArgs(
      schedule(BigInt(EXIT_DELAY)),
      world.timelock,
      "TimelockInsufficientDelay",
      [BigInt(EXIT_DELAY), BigInt(GOVERNANCE_DELAY)],
    );
    await viem.assertions.revertWithCustomError(execute(), world.timelock, "TimelockUnexpectedOperationState");
    await schedule();
    await networkHelpers.time.increase(GOVERNANCE_DELAY - 5);
    await viem.assertions.revertWithCustomError(execute(), world.timelock, "TimelockUnexpectedOperationState");
    await networkHelpers.time.increase(5);
    await execute();
    assert.equal((await world.registry.read.operator()).toLowerCase(), alice.address.toLowerCase());
  });

  it("leaves a trader who disagrees the time to exit before a change takes hold", async () => {
    const world = await freshWorld();
    const { quote } = world.market.lots;
    await world.till.write.depositFor([alice.address, quote, 1_000n], { account: operator.address });
    const { schedule, execute } = operationOf(world, registryCall(world, "setOperator", [bob.address]));
    await schedule();
    await world.till.write.requestExit([quote, []], { account: alice.address });
    await networkHelpers.time.increase(EXIT_DELAY);
    await world.till.write.withdrawExit([quote, alice.address], { account: alice.address });
    await viem.assertions.revertWithCustomError(execute(), world.timelock, "TimelockUnexpectedOperationState");
    assert.equal(await walletOf(world, alice.address, quote), 0n);
    assert.equal(await world.quote.read.balanceOf([alice.address]), 1_000n);
  });

  it("never becomes faster than at its beginning", async () => {
    const world = await freshWorld();
    const { timelock } = world;
    const shorten = encodeFunctionData({ abi: timelock.abi, functionName: "updateDelay", args: [1n] });
    const call = [timelock.address, 0n, shorten, ZERO_HASH, ZERO_HASH] as const;
    await timelock.write.schedule([...call, BigInt(GOVERNANCE_DELAY)], { account: deployer.address });
    await networkHelpers.time.increase(GOVERNANCE_DELAY);
    await timelock.write.execute(call);
    assert.equal(await timelock.read.getMinDelay(), BigInt(GOVERNANCE_DELAY));
    await viem.assertions.revertWithCustomError(
      operationOf(world, registryCall(world, "setPauser", [alice.address])).schedule(1n),
      timelock,
      "TimelockInsufficientDelay",
    );
  });

  it("must be slower than the vaults' exits: the registry, its next owner and the vault refuse another", async () => {
    const world = await freshWorld();
    const timelockOf = (delay: number) =>
      viem.deployContract("GovernanceTimelock", [BigInt(delay), [deployer.address], [deployer.address]]);
    const equal = await timelockOf(EXIT_DELAY);
    const plain = await viem.deployContract("TestWallet");
    for (const governance of [equal.address, alice.address, plain.address]) {
      await viem.assertions.revertWithCustomError(
        deployRegistry(setupOf(governance)),
        world.registry,
        "GovernanceTooFast",
      );
      await viem.assertions.revertWithCustomError(
        world.registry.write.transferOwnership([governance]).then(() =>
          networkHelpers
            .impersonateAccount(governance)
            .then(() => networkHelpers.setBalance(governance, 10n ** 20n))
            .then(() => world.registry.write.acceptOwnership({ account: governance })),
        ),
        world.registry,
        "GovernanceTooFast",
      );
    }
    await viem.assertions.revertWithCustomError(
      world.registry.write.renounceOwnership(),
      world.registry,
      "GovernanceTooFast",
    );
    // A registry that is slow enough for an exit of an hour is not for one of two.
    const cases = await viem.deployContract("VaultCases", [BigInt(GOVERNANCE_DELAY)]);
    const zero = "0x0000000000000000000000000000000000000000" as const;
    await viem.assertions.revertWithCustomErrorWithArgs(
      viem.deployContract("VaultTill", [
        world.registry.address,
        zero,
        zero,
        BigInt(GOVERNANCE_DELAY),
        cases.address,
      ]),
      world.till,
      "GovernanceTooFast",
      [BigInt(GOVERNANCE_DELAY), BigInt(GOVERNANCE_DELAY)],
    );
    assert.equal(await world.registry.read.governanceDelay(), BigInt(GOVERNANCE_DELAY));
  });

  it("passes to another timelock that is slow enough, when that accepts", async () => {
    const world = await freshWorld();
    const next = await viem.deployContract("GovernanceTimelock", [9_000n, [bob.address], [bob.address]]);
    await world.registry.write.transferOwnership([next.address]);
    await networkHelpers.impersonateAccount(next.address);
    await networkHelpers.setBalance(next.address, 10n ** 20n);
    await world.registry.write.acceptOwnership({ account: next.address });
    assert.equal(await world.registry.read.governanceDelay(), 9_000n);
    await viem.assertions.revertWithCustomError(
      world.registry.write.setPauser([alice.address]),
      world.registry,
      "OwnableUnauthorizedAccount",
    );
  });

  it("upgrades the registry by its timelock, and what it knows stays; nobody else does, nor twice", async () => {
    const world = await freshWorld();
    const code = await viem.deployContract("VaultRegistry");
    const upgrade = registryCall(world, "upgradeToAndCall", [code.address, "0x"]);
    for (const account of [alice.address, deployer.address, operator.address]) {
      await viem.assertions.revertWithCustomError(
        world.registry.write.upgradeToAndCall([code.address, "0x"], { account }),
        world.registry,
        "OwnableUnauthorizedAccount",
      );
    }
    const { schedule, execute } = operationOf(world, upgrade);
    await schedule();
    await networkHelpers.time.increase(GOVERNANCE_DELAY);
    await execute();
    const client = await viem.getPublicClient();
    // ERC-1967's place of the code.
    const place = toHex(BigInt(keccak256(toHex("eip1967.proxy.implementation"))) - 1n, { size: 32 });
    const kept = await client.getStorageAt({ address: world.registry.address, slot: place });
    assert.equal(BigInt(kept!), BigInt(code.address));
    assert.deepEqual((await world.registry.read.market([marketId(world.market.lots)])).slice(0, 2), [true, 7]);
    await viem.assertions.revertWithCustomError(
      world.registry.write.initialize([setupOf(world.timelock.address)]),
      world.registry,
      "InvalidInitialization",
    );
  });

  it("caps fees per market: a lock is bound by that cap and by each order's, and keeps what it was locked under", async () => {
    const world = await freshWorld();
    const id = marketId(world.market.lots);
    await endow(world, alice.address, BUY, 2_000_000_000);
    await endow(world, bob.address, SELL, 10_000);
    const batch = async (fees: object, mode?: number) => {
      const time = await now();
      const orders = [
        await sign(world, orderOf(BUY, time, mode === undefined ? {} : { mode }), alice),
        await sign(world, orderOf(SELL, time, mode === undefined ? {} : { mode }), bob),
      ];
      return { orders, fills: [{ buy: 0, sell: 1, base: 1_000n, buyerIsMaker: true }], options: { cell: 0, ...fees } };
    };
    const refuses = async (fees: object, error: string, mode?: number) => {
      const { orders, fills, options } = await batch(fees, mode);
      const data = packBatch(world.market, orders, fills, options);
      const call = mode === ATOMIC ? world.vault.write.settle : world.vault.write.lock;
      await viem.assertions.revertWithCustomError(call([data], { account: operator.address }), world.vault, error);
    };
    const locked = await batch({ takerFee: 20, makerFee: 20, referrerFee: 10 });
    const before = await lock(world, locked.orders, locked.fills, locked.options);

    await world.registry.write.setFeeCaps([id, 9, 4]);
    await refuses({ takerFee: 21 }, "FeeAboveCap");
    await world.till.write.refreshMarket([id]);
    for (const fees of [{ takerFee: 10 }, { makerFee: 10 }, { referrerFee: 5 }]) {
      await refuses(fees, "FeeAboveMarketCap");
      await refuses(fees, "FeeAboveMarketCap", ATOMIC);
    }
    const within = await batch({ takerFee: 9, makerFee: 9, referrerFee: 4, cell: 1 });
    await lock(world, within.orders, within.fills, within.options);
    // The earlier batch is released with the fees that it was locked with: 20 + 20 of 2,000.
    await release(world, before);
    await world.till.write.collectFees([world.market.lots, [64n]]);
    assert.equal(await walletOf(world, operator.address, world.market.lots.quote), 800_000n * 10n ** 13n);

    await world.registry.write.setFeeCaps([id, 10_000, 10_000]);
    await world.till.write.refreshMarket([id]);
    await refuses({ takerFee: 21 }, "FeeAboveCap");
    await viem.assertions.revertWithCustomError(
      world.registry.write.setFeeCaps([id, 10_001, 0]),
      world.registry,
      "CapOutOfRange",
    );
    await viem.assertions.revertWithCustomError(
      world.registry.write.setFeeCaps([id, 0, 10_001]),
      world.registry,
      "CapOutOfRange",
    );
  });

  it("leaves a market without a word of it one percent, and keeps caps when the market is listed anew", async () => {
    const world = await freshWorld();
    const base = await anotherToken(world, "Q0");
    const lots = { ...world.market.lots, base: base.address, baseLot: 10n ** 12n };
    await world.registry.write.setMarket([lots, 7, true]);
    assert.deepEqual([...(await world.registry.read.feeCaps([marketId(lots)]))], [100, 100]);
    await world.registry.write.setFeeCaps([marketId(lots), 0, 3]);
    await world.registry.write.setMarket([lots, 7, true]);
    assert.deepEqual([...(await world.registry.read.feeCaps([marketId(lots)]))], [0, 3]);
  });

  it("A40 cannot stop exits by pausing or unlisting, and pausing keeps the caps", async () => {
    const world = await freshWorld();
    const { quote } = world.market.lots;
    const id = marketId(world.market.lots);
    await world.till.write.depositFor([alice.address, quote, 1_000n], { account: operator.address });
    const word = async () => BigInt((await world.till.read.slots([[marketPlace(id)]]))[0]);
    const before = await word();
    await world.till.write.setPaused([true, [id]], { account: (await world.registry.read.pauser()) as Hex });
    await world.till.write.refreshMarket([id]);
    assert.equal((await word()) ^ before, 1n << 193n);
    await world.registry.write.setToken([quote, false]);
    await world.till.write.requestExit([quote, []], { account: alice.address });
    await networkHelpers.time.increase(EXIT_DELAY);
    await world.till.write.withdrawExit([quote, alice.address], { account: alice.address });
    assert.equal(await world.quote.read.balanceOf([alice.address]), 1_000n);
  });

  it("sets up a registry only with what fits together", async () => {
    const world = await freshWorld();
    const refuses = (changes: object, error: string) =>
      viem.assertions.revertWithCustomError(
        deployRegistry(setupOf(world.timelock.address, changes)),
        world.registry,
        error as any,
      );
    const zero = "0x0000000000000000000000000000000000000000";
    const market = { lots: world.market.lots, arbiterId: 7, operatorFeeCap: 1, referrerFeeCap: 1 };
    await refuses({ operator: zero }, "ZeroAddress");
    await refuses({ pauser: zero }, "ZeroAddress");
    await refuses({ arbiterIds: [1] }, "LengthsDiffer");
    await refuses({ markets: [market] }, "TokenOfMarketNotListed");
    const otherLots = { ...market, lots: { ...market.lots, baseLot: 1n } };
    const tokens = [market.lots.base, market.lots.quote];
    await refuses({ tokens, markets: [market, otherLots] }, "PairTaken");
    await refuses({ exitDelay: BigInt(GOVERNANCE_DELAY) }, "GovernanceTooFast");
    const { vault } = await deployVault(world.registry.address);
    assert.equal(await vault.read.EXIT_DELAY(), BigInt(EXIT_DELAY));
  });
});

function marketPlace(id: Hex): Hex {
  return keccak256(`${id}${(10n).toString(16).padStart(64, "0")}`);
}

describe("the storage layout", () => {
  const known: Layout = JSON.parse(readFileSync(new URL("../storage-layout.json", import.meta.url), "utf8"));

  it("A41 is the snapshot's: no upgrade of the registry moves a slot", async () => {
    const found = await layouts();
    assert.deepEqual(differences(known, found), []);
    assert.deepEqual(Object.keys(found).sort(), Object.keys(known).sort());
  });

  it("A41 is one for the vault and its delegates, which run in its storage", async () => {
    const found = await layouts();
    for (const name of ["VaultTill", "VaultCases", "VaultSingles"]) {
      assert.deepEqual(found[name], found.EscrowVault, name);
    }
  });

  it("A41 would be refused if a slot moved, changed its type or went", () => {
    const registry = known.VaultRegistry;
    const changes: Layout[] = [
      { ...known, VaultRegistry: [registry[1], registry[0], ...registry.slice(2)] },
      { ...known, VaultRegistry: registry.slice(0, -1) },
      { ...known, VaultRegistry: registry.map((place) => ({ ...place, type: "bytes32" })) },
    ];
    for (const change of changes) assert.notDeepEqual(differences(known, change), []);
    const more = { label: "later", slot: "7", offset: 0, type: "uint256" };
    assert.deepEqual(differences(known, { ...known, VaultRegistry: [...registry, more] }), []);
  });
});
