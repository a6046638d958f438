import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Hex } from "viem";

import { domainOf } from "./support/batch.ts";
import { assertRefused } from "./support/scenes.ts";
import { type World, alice, bob, deployVault, deposit, freshWorld, now, operator, pauser, viem } from "./support/world.ts";

// Each way in refuses by itself what no deposit may be.

const AS_ALICE = { account: alice.address } as const;
const NOBODY: Hex = "0x00000000000000000000000000000000000000aa";
const NO_WORD: Hex = `0x${"0".repeat(64)}`;
const LATER = 4_000_000_000n;

type Way = (world: World, token: Hex, amount: bigint) => Promise<unknown>;

const WAYS: Record<string, Way> = {
  deposit: (world, token, amount) => world.till.write.deposit([token, amount], AS_ALICE),
  depositFor: (world, token, amount) => world.till.write.depositFor([bob.address, token, amount], AS_ALICE),
  depositWithPermit: (world, token, amount) =>
    world.till.write.depositWithPermit([token, amount, LATER, 27, NO_WORD, NO_WORD], AS_ALICE),
  depositWithPermit2: (world, token, amount) => world.till.write.depositWithPermit2([token, amount, 0n, LATER, "0x"], AS_ALICE),
};

/** A listed token of this kind, of which Alice has a thousand and which the vault may take. */
async function tokenOf(world: World, name: string) {
  const token = await viem.deployContract(name as "FalseToken");
  await world.registry.write.setToken([token.address, true]);
  await token.write.mint([alice.address, 1_000n]);
  await token.write.approve([world.vault.address, 1_000n], AS_ALICE);
  return token.address;
}

describe("every way to deposit", () => {
  for (const [name, way] of Object.entries(WAYS)) {
    it(`refuses by ${name} a token that has no code or is not listed, and all tokens in a pause`, async () => {
      const world = await freshWorld();
      await world.registry.write.setToken([NOBODY, true]);
      // A permit is asked of the token first, and Solidity calls no address without code, for no reason given.
      if (name === "depositWithPermit") await assert.rejects(way(world, NOBODY, 1n));
      else await assertRefused(way(world, NOBODY, 1n), "TokenWithoutCode", world.till);
      const token = await viem.deployContract("TestToken", ["New", "NEW", 18]);
      await assertRefused(way(world, token.address, 1n), "TokenNotListed", world.till);
      await world.till.write.setPaused([true, []], { account: pauser.address });
      await assertRefused(way(world, world.base.address, 1n), "Paused", world.till);
    });

    if (name === "depositWithPermit2") continue;
    it(`refuses by ${name} with ZeroAmount, NothingReceived and SafeERC20FailedOperation`, async () => {
      const world = await freshWorld();
      await assertRefused(way(world, world.base.address, 0n), "ZeroAmount", world.till);
      await assertRefused(way(world, await tokenOf(world, "IdleToken"), 1n), "NothingReceived", world.till);
      await assertRefused(way(world, await tokenOf(world, "FalseToken"), 1n), "SafeERC20FailedOperation", world.till);
    });

    it(`refuses by ${name} with InsufficientBalance what the owner's wallet cannot hold`, async () => {
      const world = await freshWorld();
      const owner = name === "depositFor" ? bob.address : alice.address;
      await deposit(world, owner, world.base.address, 10n ** 35n);
      await world.base.write.mint([alice.address, 2n ** 128n - 1n]);
      await world.base.write.approve([world.vault.address, 2n ** 256n - 1n], AS_ALICE);
      await assertRefused(way(world, world.base.address, 2n ** 128n - 1n), "InsufficientBalance", world.till);
    });
  }

  it("refuses native coin with TokenWithoutCode, TokenNotListed, ZeroAmount and Paused", async () => {
    const world = await freshWorld();
    const bare = await deployVault(world.registry.address);
    await assertRefused(bare.till.write.depositNative({ ...AS_ALICE, value: 1n }), "TokenWithoutCode", bare.till);
    const coin = await viem.deployContract("WrappedCoin");
    const { till } = await deployVault(world.registry.address, undefined, coin.address);
    await assertRefused(till.write.depositNative({ ...AS_ALICE, value: 1n }), "TokenNotListed", till);
    await world.registry.write.setToken([coin.address, true]);
    await assertRefused(till.write.depositNative({ ...AS_ALICE, value: 0n }), "ZeroAmount", till);
    await till.write.setPaused([true, []], { account: pauser.address });
    await assertRefused(till.write.depositNative({ ...AS_ALICE, value: 1n }), "Paused", till);
  });
});

describe("withdraw and migrate", () => {
  it("refuse nothing, too much, a message too late and one used before", async () => {
    const world = await freshWorld();
    await deposit(world, alice.address, world.base.address, 100n);
    const withdraw = async (amount: bigint) => {
      const message = { account: alice.address, token: world.base.address, amount, to: alice.address, nonce: amount, deadline: LATER };
      const types = { Withdrawal: fieldsOf("to") };
      const signature = await operator.signTypedData({ domain: domainOf(world.vault.address), types, primaryType: "Withdrawal", message });
      return world.till.write.withdraw([world.base.address, amount, alice.address, amount, LATER, signature], AS_ALICE);
    };
    await assertRefused(withdraw(0n), "ZeroAmount", world.till);
    await assertRefused(withdraw(101n), "InsufficientBalance", world.till);
    const next = (await deployVault(world.registry.address)).vault.address;
    const migrate = async (amount: bigint, nonce: bigint, deadline: bigint) => {
      const message = { account: alice.address, token: world.base.address, amount, nextVault: next, nonce, deadline };
      const types = { Migration: fieldsOf("nextVault") };
      const typed = { domain: domainOf(world.vault.address), types, primaryType: "Migration", message } as const;
      const signatures = [await alice.signTypedData(typed), await operator.signTypedData(typed)] as const;
      return world.till.write.migrate([alice.address, world.base.address, amount, next, nonce, deadline, ...signatures]);
    };
    await assertRefused(migrate(101n, 1n, LATER), "InsufficientBalance", world.till);
    await assertRefused(migrate(1n, 1n, BigInt((await now()) - 1)), "SignatureExpired", world.till);
    await migrate(1n, 1n, LATER);
    await assertRefused(migrate(1n, 1n, LATER), "NonceUsed", world.till);
  });
});

function fieldsOf(target: string) {
  return [
    { name: "account", type: "address" },
    { name: "token", type: "address" },
    { name: "amount", type: "uint256" },
    { name: target, type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ] as const;
}
