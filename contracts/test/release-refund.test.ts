import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";

import { type Hex } from "viem";

import {
  DEPOSIT_BASE,
  DEPOSIT_QUOTE,
  ONE_BASE,
  ONE_QUOTE,
  STATUS,
  type World,
  alice,
  assertConserved,
  balances,
  balancesOf,
  bob,
  carol,
  fillOf,
  freshEscrowId,
  freshWorld,
  lock,
  networkHelpers,
  nextBlockAt,
  operator,
  refund,
  refuses,
  release,
  viem,
} from "./support/world.ts";

describe("R2 release", () => {
  it("R2 gives each leg to the other side and says so", async () => {
    const { world, escrowId } = await locked();

    await viem.assertions.emitWithArgs(release(world, [escrowId]), world.vault, "Released", [escrowId]);

    assert.deepEqual(await balancesOf(world, alice.address), [
      DEPOSIT_BASE + 3n * ONE_BASE,
      DEPOSIT_QUOTE - 6_000n * ONE_QUOTE,
    ]);
    assert.deepEqual(await balancesOf(world, bob.address), [
      DEPOSIT_BASE - 3n * ONE_BASE,
      DEPOSIT_QUOTE + 6_000n * ONE_QUOTE,
    ]);
    assert.equal((await world.vault.read.escrow([escrowId])).status, STATUS.released);
    await assertConserved(world);
  });

  it("R2 is done in the last second before the deadline", async () => {
    const { world, escrowId, deadline } = await locked();
    await nextBlockAt(deadline - 1n);
    await release(world, [escrowId]);
    assert.equal((await world.vault.read.escrow([escrowId])).status, STATUS.released);
  });

  it("R2 is refused from the deadline on", async () => {
    for (const late of [0n, 1n, 86_400n]) {
      const { world, escrowId, deadline } = await locked();
      await nextBlockAt(deadline + late);
      const args = [escrowId, deadline, deadline + late];
      await refuses(world, () => release(world, [escrowId]), "ReleaseAfterDeadline", args);
    }
  });

  it("R2 is the operator's alone", async () => {
    const { world, escrowId } = await locked();
    for (const account of [alice, bob, carol]) {
      await refuses(world, () => release(world, [escrowId], account.address), "NotOperator", [account.address]);
    }
  });

  it("R2 of an escrow that is not locked is refused", async () => {
    const { world, escrowId } = await locked();
    const unknown = freshEscrowId();
    await refuses(world, () => release(world, [unknown]), "EscrowNotLocked", [unknown, STATUS.none]);
    await refuses(world, () => release(world, [escrowId, escrowId]), "EscrowNotLocked", [escrowId, STATUS.released]);
    await release(world, [escrowId]);
    await refuses(world, () => release(world, [escrowId]), "EscrowNotLocked", [escrowId, STATUS.released]);
  });

  it("R2 of no escrow is refused", async () => {
    const { world } = await locked();
    await refuses(world, () => release(world, []), "EmptyBatch", []);
  });

  it("R2 of many escrows is all or nothing", async () => {
    const { world, escrowId } = await locked();
    const unknown = freshEscrowId();
    await refuses(world, () => release(world, [escrowId, unknown]), "EscrowNotLocked", [unknown, STATUS.none]);
    assert.equal((await world.vault.read.escrow([escrowId])).status, STATUS.locked);
  });
});

describe("refund", () => {
  it("gives each leg back, by anyone, and says so", async () => {
    const { world, escrowId, deadline } = await locked();
    await nextBlockAt(deadline);

    await viem.assertions.emitWithArgs(refund(world, [escrowId]), world.vault, "Refunded", [escrowId]);

    const untouched = [DEPOSIT_BASE, DEPOSIT_QUOTE];
    assert.deepEqual(await balances(world), [untouched, untouched, untouched]);
    assert.equal((await world.vault.read.escrow([escrowId])).status, STATUS.refunded);
    await assertConserved(world);
  });

  it("before the deadline is refused, the operator's too", async () => {
    const { world, escrowId, deadline } = await locked();
    const early = (time: bigint) => time < deadline;
    for (const account of [operator, alice, carol]) {
      const call = () => refund(world, [escrowId], account.address);
      await refuses(world, call, "RefundBeforeDeadline", [escrowId, deadline, early]);
    }
    await nextBlockAt(deadline - 1n);
    await refuses(world, () => refund(world, [escrowId]), "RefundBeforeDeadline", [escrowId, deadline, deadline - 1n]);
  });

  it("after a release, twice, or of an unknown escrow is refused", async () => {
    const { world, escrowId, deadline } = await locked();
    const other = await fillOf(world);
    await lock(world, [other]);
    await release(world, [other.escrowId]);
    await networkHelpers.time.increaseTo(deadline + 60n);
    await refund(world, [escrowId]);
    const unknown = freshEscrowId();
    await refuses(world, () => refund(world, [other.escrowId]), "EscrowNotLocked", [other.escrowId, STATUS.released]);
    await refuses(world, () => refund(world, [escrowId]), "EscrowNotLocked", [escrowId, STATUS.refunded]);
    await refuses(world, () => refund(world, [unknown]), "EscrowNotLocked", [unknown, STATUS.none]);
  });

  it("of no escrow is refused", async () => {
    const { world } = await locked();
    await refuses(world, () => refund(world, []), "EmptyBatch", []);
  });

  it("does not give an order its size or its nonce back", async () => {
    const { world, fill, escrowId, deadline } = await locked();
    await networkHelpers.time.increaseTo(deadline);
    await refund(world, [escrowId]);
    const [, filled] = await world.vault.read.filled([alice.address, fill.buy.nonce]);
    assert.equal(filled, 3n * ONE_BASE);
  });

  it("lets every trader leave without the operator", async () => {
    const { world, escrowId, deadline } = await locked();
    await networkHelpers.time.increaseTo(deadline);
    await refund(world, [escrowId], alice.address);
    for (const trader of [alice, bob, carol]) {
      await world.vault.write.withdraw([world.base.address, DEPOSIT_BASE], { account: trader.address });
      await world.vault.write.withdraw([world.quote.address, DEPOSIT_QUOTE], { account: trader.address });
    }
    assert.equal(await world.vault.read.owed([world.base.address]), 0n);
    assert.equal(await world.vault.read.owed([world.quote.address]), 0n);
    await assertConserved(world);
  });
});

describe("these tests", () => {
  it("name every custom error of the vault", async () => {
    const { vault } = await freshWorld();
    const folder = new URL(".", import.meta.url);
    const texts = readdirSync(folder)
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => readFileSync(new URL(name, folder), "utf8"));
    // OpenZeppelin's short strings fail only for names longer than the ones written into the vault.
    const elsewhere = ["InvalidShortString", "StringTooLong"];
    const errors = vault.abi.filter((entry) => entry.type === "error").map((entry) => entry.name as string);
    const untested = errors.filter(
      (name) => !elsewhere.includes(name) && !texts.some((text) => text.includes(`"${name}"`)),
    );
    assert.deepEqual(untested, []);
  });

  it("hold the vault below the size limit of a contract", async () => {
    const { vault } = await freshWorld();
    const client = await viem.getPublicClient();
    const code = await client.getCode({ address: vault.address });
    assert.ok(code !== undefined && (code.length - 2) / 2 <= 24_576, "runtime code is larger than EIP-170 allows");
  });
});

/** A world with one fill locked: Alice's 6000 quote against Bob's 3 base. */
async function locked(): Promise<{
  world: World;
  fill: Awaited<ReturnType<typeof fillOf>>;
  escrowId: Hex;
  deadline: bigint;
}> {
  const world = await freshWorld();
  const fill = await fillOf(world);
  await lock(world, [fill]);
  const { deadline } = await world.vault.read.escrow([fill.escrowId]);
  return { world, fill, escrowId: fill.escrowId, deadline };
}
