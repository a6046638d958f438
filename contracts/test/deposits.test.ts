import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { encodeFunctionData } from "viem";

import {
  DEPOSIT_BASE,
  ONE_BASE,
  type World,
  alice,
  assertConserved,
  balancesOf,
  bob,
  carol,
  fillOf,
  freshWorld,
  lock,
  operator,
  refuses,
  viem,
} from "./support/world.ts";

const LIMITLESS = 2n ** 256n - 1n;
const ZERO = "0x0000000000000000000000000000000000000000" as const;

describe("the vault's making", () => {
  it("is refused without an operator", async () => {
    const { vault } = await freshWorld();
    const making = viem.deployContract("EscrowVault", [ZERO]);
    await viem.assertions.revertWithCustomErrorWithArgs(making as never, vault, "ZeroOperator", []);
  });

  it("fixes the operator and names the EIP-712 domain", async () => {
    const { vault } = await freshWorld();
    const [, name, version, chainId, verifyingContract] = await vault.read.eip712Domain();
    assert.equal(await vault.read.operator(), operator.address);
    assert.deepEqual([name, version, chainId], ["Quoin EscrowVault", "1", 31337n]);
    assert.equal(verifyingContract.toLowerCase(), vault.address);
    assert.equal(await vault.read.REFUND_DELAY_MAX(), 30 * 86_400);
  });
});

describe("deposit", () => {
  it("credits the caller and says so", async () => {
    const world = await freshWorld();
    const deposit = world.vault.write.deposit([world.base.address, 5n], { account: alice.address });
    const args = [alice.address, world.base.address, 5n] as const;
    await viem.assertions.emitWithArgs(deposit, world.vault, "Deposited", args as never);
    assert.deepEqual((await balancesOf(world, alice.address))[0], DEPOSIT_BASE + 5n);
    await assertConserved(world);
  });

  it("of nothing is refused", async () => {
    const world = await freshWorld();
    await refuses(world, () => world.vault.write.deposit([world.base.address, 0n]), "ZeroAmount", [
      (a: string) => same(a, world.base.address),
    ]);
  });

  it("of an address without code is refused", async () => {
    const world = await freshWorld();
    const deposit = () => world.vault.write.deposit([carol.address, 1n]);
    await refuses(world, deposit, "TokenWithoutCode", [carol.address]);
  });

  it("beyond the allowance or the balance is refused by the token", async () => {
    const world = await freshWorld();
    const deposit = () =>
      world.vault.write.deposit([world.base.address, 3n * DEPOSIT_BASE], { account: alice.address });
    await viem.assertions.revertWithCustomError(deposit() as never, world.base, "ERC20InsufficientBalance");
    await world.base.write.approve([world.vault.address, 1n], { account: alice.address });
    await viem.assertions.revertWithCustomError(deposit() as never, world.base, "ERC20InsufficientAllowance");
    await assertConserved(world);
  });

  it("of a token that takes a fee credits what arrived", async () => {
    const world = await freshWorld();
    const fee = await oddToken(world, "FeeToken");
    await world.vault.write.deposit([fee.address, 1_000n], { account: alice.address });
    assert.equal(await world.vault.read.balanceOf([alice.address, fee.address]), 990n);
    assert.equal(await world.vault.read.owed([fee.address]), 990n);
    assert.equal(await fee.read.balanceOf([world.vault.address]), 990n);
  });

  it("of a token that answers false is refused", async () => {
    const world = await freshWorld();
    const odd = await oddToken(world, "FalseToken");
    const deposit = () => world.vault.write.deposit([odd.address, 1n], { account: alice.address });
    await refuses(world, deposit, "SafeERC20FailedOperation", [(a: string) => same(a, odd.address)]);
  });

  it("of a token that moves nothing is refused", async () => {
    const world = await freshWorld();
    const odd = await oddToken(world, "IdleToken");
    const deposit = () => world.vault.write.deposit([odd.address, 1n], { account: alice.address });
    await refuses(world, deposit, "NothingReceived", [(a: string) => same(a, odd.address), 1n]);
  });

  it("and withdrawal of a token without return values work", async () => {
    const world = await freshWorld();
    const token = await viem.deployContract("SilentToken");
    await token.write.mint([alice.address, 10n]);
    await world.vault.write.deposit([token.address, 10n], { account: alice.address });
    await world.vault.write.withdraw([token.address, 4n], { account: alice.address });
    assert.equal(await world.vault.read.owed([token.address]), 6n);
    assert.equal(await token.read.balanceOf([alice.address]), 4n);
  });

  it("is no gift to anybody when tokens are sent past it", async () => {
    const world = await freshWorld();
    await world.base.write.transfer([world.vault.address, 9n], { account: alice.address });
    assert.deepEqual(await world.vault.read.owed([world.base.address]), 3n * DEPOSIT_BASE);
    await world.vault.write.deposit([world.base.address, 1n], { account: bob.address });
    assert.deepEqual((await balancesOf(world, bob.address))[0], DEPOSIT_BASE + 1n);
  });

  it("and withdrawal of a token that calls back in refuse the inner call", async () => {
    const world = await freshWorld();
    const token = await oddToken(world, "ReentrantToken");
    await world.vault.write.deposit([token.address, 10n], { account: alice.address });
    const { abi } = world.vault;
    const inner = {
      deposit: encodeFunctionData({ abi, functionName: "deposit", args: [token.address, 1n] }),
      withdraw: encodeFunctionData({ abi, functionName: "withdraw", args: [token.address, 1n] }),
      refund: encodeFunctionData({ abi, functionName: "refund", args: [[]] }),
    };
    for (const callback of Object.values(inner)) {
      await token.write.arm([world.vault.address, callback]);
      for (const outer of ["deposit", "withdraw"] as const) {
        const call = () => world.vault.write[outer]([token.address, 1n], { account: alice.address });
        await refuses(world, call, "ReentrancyGuardReentrantCall", []);
      }
    }
    assert.equal(await world.vault.read.owed([token.address]), 10n);
  });
});

describe("withdraw", () => {
  it("pays the caller and says so", async () => {
    const world = await freshWorld();
    const withdrawal = world.vault.write.withdraw([world.base.address, ONE_BASE], { account: alice.address });
    const args = [alice.address, world.base.address, ONE_BASE] as const;
    await viem.assertions.emitWithArgs(withdrawal, world.vault, "Withdrawn", args as never);
    assert.equal(await world.base.read.balanceOf([alice.address]), DEPOSIT_BASE + ONE_BASE);
    await assertConserved(world);
  });

  it("of nothing is refused", async () => {
    const world = await freshWorld();
    await refuses(world, () => world.vault.write.withdraw([world.quote.address, 0n]), "ZeroAmount", [
      (a: string) => same(a, world.quote.address),
    ]);
  });

  it("of more than is available is refused", async () => {
    const world = await freshWorld();
    const withdraw = () =>
      world.vault.write.withdraw([world.base.address, DEPOSIT_BASE + 1n], { account: alice.address });
    const token = (a: string) => same(a, world.base.address);
    await refuses(world, withdraw, "InsufficientBalance", [alice.address, token, DEPOSIT_BASE, DEPOSIT_BASE + 1n]);
  });

  it("of what is locked is refused", async () => {
    const world = await freshWorld();
    const fill = await fillOf(world);
    await lock(world, [fill]);
    const withdraw = () => world.vault.write.withdraw([world.base.address, DEPOSIT_BASE], { account: bob.address });
    const token = (a: string) => same(a, world.base.address);
    await refuses(world, withdraw, "InsufficientBalance", [
      bob.address,
      token,
      DEPOSIT_BASE - fill.quantity,
      DEPOSIT_BASE,
    ]);
  });

  it("of everything empties the vault", async () => {
    const world = await freshWorld();
    for (const trader of [alice, bob, carol]) {
      await world.vault.write.withdraw([world.base.address, DEPOSIT_BASE], { account: trader.address });
    }
    assert.equal(await world.vault.read.owed([world.base.address]), 0n);
    await assertConserved(world);
  });
});

function same(actual: string, expected: string): boolean {
  return actual.toLowerCase() === expected.toLowerCase();
}

/** A token with a fault, of which Alice has plenty and has allowed the vault all. */
async function oddToken(world: World, name: "FeeToken" | "FalseToken" | "IdleToken" | "ReentrantToken") {
  const token = await viem.deployContract(name);
  await token.write.mint([alice.address, 10_000n]);
  await token.write.approve([world.vault.address, LIMITLESS], { account: alice.address });
  return token;
}
