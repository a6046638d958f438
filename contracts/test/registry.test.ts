import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { marketId } from "./support/batch.ts";
import { alice, freshWorld, operator, setupOf, viem } from "./support/world.ts";

const ZERO = "0x0000000000000000000000000000000000000000";

describe("the registry", () => {
  it("obeys governance only", async () => {
    const { registry, market, base } = await freshWorld();
    const as = { account: alice.address };
    const code = await viem.deployContract("VaultRegistry");
    for (const call of [
      () => registry.write.setOperator([alice.address], as),
      () => registry.write.setPauser([alice.address], as),
      () => registry.write.setToken([base.address, false], as),
      () => registry.write.setArbiter([9, alice.address], as),
      () => registry.write.setMarket([market.lots, 7, false], as),
      () => registry.write.setFeeCaps([marketId(market.lots), 1, 1], as),
      () => registry.write.transferOwnership([alice.address], as),
      () => registry.write.upgradeToAndCall([code.address, "0x"], as),
    ]) {
      await viem.assertions.revertWithCustomError(call(), registry, "OwnableUnauthorizedAccount");
    }
  });

  it("A41 is made once, and its code never by itself", async () => {
    const { registry, timelock } = await freshWorld();
    const args = [setupOf(timelock.address)] as const;
    await viem.assertions.revertWithCustomError(registry.write.initialize(args), registry, "InvalidInitialization");
    const code = await viem.deployContract("VaultRegistry");
    await viem.assertions.revertWithCustomError(code.write.initialize(args), code, "InvalidInitialization");
  });

  it("keeps what it knows over an upgrade", async () => {
    const { registry, market } = await freshWorld();
    const code = await viem.deployContract("VaultRegistry");
    await registry.write.upgradeToAndCall([code.address, "0x"]);
    const [listed, arbiterId] = await registry.read.market([marketId(market.lots)]);
    assert.deepEqual([listed, arbiterId], [true, 7]);
    assert.equal((await registry.read.operator()).toLowerCase(), operator.address.toLowerCase());
  });

  it("refuses nobody as operator or pauser, markets of unlisted tokens, and lots of zero", async () => {
    const { registry, market, base } = await freshWorld();
    await viem.assertions.revertWithCustomError(registry.write.setOperator([ZERO]), registry, "ZeroAddress");
    await viem.assertions.revertWithCustomError(registry.write.setPauser([ZERO]), registry, "ZeroAddress");
    const noLot = { ...market.lots, baseLot: 0n };
    await viem.assertions.revertWithCustomError(registry.write.setMarket([noLot, 7, true]), registry, "ZeroLot");
    await registry.write.setToken([base.address, false]);
    await viem.assertions.revertWithCustomError(
      registry.write.setMarket([market.lots, 7, true]),
      registry,
      "TokenOfMarketNotListed",
    );
    await registry.write.setMarket([market.lots, 7, false]);
  });

  it("changes a vault only when the vault is told, and locked batches not at all", async () => {
    const { registry, till, vault, market } = await freshWorld();
    await registry.write.setOperator([alice.address]);
    const data = "0x" as const;
    await viem.assertions.revertWithCustomError(
      vault.write.lock([data], { account: operator.address }),
      vault,
      "DataLength",
    );
    await till.write.refreshMarket([marketId(market.lots)]);
    await till.write.refreshOperator();
    const [word] = await till.read.slots([["0x0000000000000000000000000000000000000000000000000000000000000010"]]);
    assert.equal(BigInt(word), BigInt(alice.address));
  });
});
