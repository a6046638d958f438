import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";

import { type Hex, encodeErrorResult, maxUint256 } from "viem";

import { PERMIT2, PERMIT2_ABI, type Permit, installPermit2, signPermit } from "./support/permit2.ts";
import { type World, bob, carol, deployVault, freshWorld, networkHelpers, now, viem, walletOf } from "./support/world.ts";

const AMOUNT = 60n;

describe("A deposit through Permit2, by its own code at its own address", () => {
  let world: World;
  let good: Permit;

  beforeEach(async () => {
    world = await freshWorld();
    await installPermit2();
    world = { ...world, ...(await deployVault(world.registry.address, PERMIT2)) };
    await world.base.write.mint([bob.address, 100n]);
    await world.base.write.approve([PERMIT2, maxUint256], { account: bob.address });
    const deadline = BigInt(await now()) + 1_000n;
    good = { token: world.base.address, amount: AMOUNT, spender: world.vault.address, nonce: 5n, deadline };
  });

  /** Deposits as `permit` says, by `signature`, from `sender`. */
  function depositBy(sender: Hex, permit: Permit, signature: Hex) {
    const { token, amount, nonce, deadline } = permit;
    return world.till.write.depositWithPermit2([token, amount, nonce, deadline, signature], { account: sender });
  }

  async function assertRefused(call: Promise<unknown>, errorName: "InvalidNonce" | "InvalidSigner") {
    const selector = encodeErrorResult({ abi: PERMIT2_ABI, errorName });
    await assert.rejects(call, (error) => String(error).includes(selector), `not refused with ${errorName}`);
  }

  const balance = () => walletOf(world, bob.address, world.base.address);

  it("A35 pays in what the owner signed, to his own wallet, once", async () => {
    const signature = await signPermit(bob, good);
    await depositBy(bob.address, good, signature);
    assert.equal(await balance(), AMOUNT);
    assert.equal(await world.base.read.balanceOf([world.vault.address]), AMOUNT);
    await assertRefused(depositBy(bob.address, good, signature), "InvalidNonce");
    // Another message of the same number is no more than the first.
    const again = { ...good, amount: 1n };
    await assertRefused(depositBy(bob.address, again, await signPermit(bob, again)), "InvalidNonce");
    const next = { ...good, nonce: 6n, amount: 40n };
    await depositBy(bob.address, next, await signPermit(bob, next));
    assert.equal(await balance(), 100n);
  });

  it("A35 refuses another amount, number, time, token or vault than the owner signed", async () => {
    const signature = await signPermit(bob, good);
    const others: Partial<Permit>[] = [
      { amount: AMOUNT + 1n },
      { amount: AMOUNT - 1n },
      { nonce: 7n },
      { deadline: good.deadline + 1n },
      { token: world.quote.address },
    ];
    for (const other of others) {
      await assertRefused(depositBy(bob.address, { ...good, ...other }, signature), "InvalidSigner");
    }
    const elsewhere = await signPermit(bob, { ...good, spender: carol.address });
    await assertRefused(depositBy(bob.address, good, elsewhere), "InvalidSigner");
    assert.equal(await balance(), 0n);
    await depositBy(bob.address, good, signature);
  });

  it("A35 refuses a permit past its time, and one that its owner took back", async () => {
    const late = { ...good, deadline: BigInt(await now()) };
    const expired = encodeErrorResult({ abi: PERMIT2_ABI, errorName: "SignatureExpired", args: [late.deadline] });
    const call = depositBy(bob.address, late, await signPermit(bob, late));
    // The vault has an error of the same name with two values; what comes through is Permit2's.
    await assert.rejects(call, (error) => String(error).includes(expired.slice(0, 10)));
    const client = await viem.getWalletClient(bob.address);
    await client.writeContract({
      address: PERMIT2,
      abi: PERMIT2_ABI,
      functionName: "invalidateUnorderedNonces",
      args: [0n, 1n << good.nonce],
    });
    await assertRefused(depositBy(bob.address, good, await signPermit(bob, good)), "InvalidNonce");
    assert.equal(await balance(), 0n);
  });

  it("A35 lets nobody else use a permit, neither through the vault nor without it", async () => {
    const signature = await signPermit(bob, good);
    await assertRefused(depositBy(carol.address, good, signature), "InvalidSigner");
    const { token, amount, nonce, deadline } = good;
    const client = await viem.getWalletClient(carol.address);
    const direct = client.writeContract({
      address: PERMIT2,
      abi: PERMIT2_ABI,
      functionName: "permitTransferFrom",
      args: [
        { permitted: { token, amount }, nonce, deadline },
        { to: carol.address, requestedAmount: amount },
        bob.address,
        signature,
      ],
    });
    await assert.rejects(direct, /InvalidSigner/);
    await depositBy(bob.address, good, signature);
    assert.equal(await balance(), AMOUNT);
  });

  it("A8 Permit2 asks the code of an account that delegated it, so such an owner pays in by a transfer instead", async () => {
    await networkHelpers.setCode(bob.address, `0xef0100${world.registry.address.slice(2)}`);
    await assert.rejects(depositBy(bob.address, good, await signPermit(bob, good)));
    assert.equal(await balance(), 0n);
    await world.base.write.approve([world.vault.address, AMOUNT], { account: bob.address });
    await world.till.write.deposit([world.base.address, AMOUNT], { account: bob.address });
    assert.equal(await balance(), AMOUNT);
  });

  it("calls nobody on a chain that has no Permit2", async () => {
    const without = await deployVault(world.registry.address);
    const permit = { ...good, spender: without.vault.address };
    const signature = await signPermit(bob, permit);
    const { token, amount, nonce, deadline } = permit;
    const args = [token, amount, nonce, deadline, signature] as const;
    await assert.rejects(without.till.write.depositWithPermit2(args, { account: bob.address }));
  });
});
