import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { P2P, SELL, SWAP } from "./support/batch.ts";
import { BASE, PAYMENT_WINDOW, PREIMAGE, SWAP_TIME, lockedLeg, oneLeg, signSwap } from "./support/singles.ts";
import {
  DISPUTE_BOUND,
  EXIT_DELAY,
  REFUND_DELAY,
  type World,
  alice,
  arbiter,
  bob,
  carol,
  dave,
  fund,
  networkHelpers,
  operator,
  viem,
  walletOf,
} from "./support/world.ts";

const BUYER_BOND = 100n;
const SELLER_BOND = 50n;
const asArbiter = { account: arbiter.address };

/** Base lots of Alice (who had 1,000) and Bob (who had 2,000), who together have all that the vault holds. */
async function lotsOf(world: World): Promise<[bigint, bigint]> {
  const { base, baseLot } = world.market.lots;
  const [alices, bobs] = [await walletOf(world, alice.address, base), await walletOf(world, bob.address, base)];
  return [alices / baseLot, bobs / baseLot];
}

async function assertOwed(world: World) {
  const [alices, bobs] = await lotsOf(world);
  assert.equal(await world.base.read.balanceOf([world.vault.address]), (alices + bobs) * world.market.lots.baseLot);
}

describe("SWAP bonds", () => {
  async function timedOut(terms = {}) {
    const leg = await lockedLeg(SWAP, terms);
    await networkHelpers.time.increase(SWAP_TIME);
    await leg.world.cases.write.refundEscrow([leg.escrow], { account: carol.address });
    return leg;
  }

  it("R6 go home with the preimage, when both sides acted", async () => {
    const { world, escrow } = await lockedLeg(SWAP);
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, BASE - SELLER_BOND]);
    await world.cases.write.redeem([escrow, PREIMAGE]);
    assert.deepEqual(await lotsOf(world), [2n * BASE, BASE]);
    await assertOwed(world);
  });

  it("R5 the leg goes back at its time at once, while the bonds wait; nobody disputes the leg", async () => {
    const { world, escrow, id } = await timedOut();
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, 2n * BASE - SELLER_BOND]);
    assert.equal((await world.singles.read.escrowState([id]))[0], 6n);
    for (const call of [
      () => world.cases.write.redeem([escrow, PREIMAGE]),
      () => world.cases.write.refundEscrow([escrow]),
      () => world.cases.write.award([escrow, 0, 10_000], asArbiter),
      () => world.cases.write.closeTogether([escrow, 0, 10_000, "0x", "0x", "0x"]),
      () => world.cases.write.fallBack([escrow]),
    ]) {
      await viem.assertions.revertWithCustomError(call(), world.cases, "WrongState");
    }
    await viem.assertions.revertWithCustomError(
      world.cases.write.dispute([escrow, "0x"], { account: alice.address }),
      world.cases,
      "WrongState",
    );
  });

  for (const [forfeits, what, expected] of [
    [0n, "none loses", [BASE, 2n * BASE]],
    [1n, "the buyer did not fund: his is the seller's", [BASE - BUYER_BOND, 2n * BASE + BUYER_BOND]],
    [2n, "the seller did not reveal: his is the buyer's", [BASE + SELLER_BOND, 2n * BASE - SELLER_BOND]],
  ] as const) {
    it(`R6 ${what}, by the arbiter, after a party's dispute`, async () => {
      const { world, escrow } = await timedOut();
      const award = (account = arbiter.address, side: bigint = forfeits) =>
        world.singles.write.awardBonds([escrow, side], { account });
      await viem.assertions.revertWithCustomError(award(), world.singles, "WrongState");
      await viem.assertions.revertWithCustomError(
        world.singles.write.disputeBonds([escrow, "0x"], { account: carol.address }),
        world.singles,
        "WrongSigner",
      );
      await world.singles.write.disputeBonds([escrow, "0x"], { account: alice.address });
      await viem.assertions.revertWithCustomError(award(operator.address), world.singles, "WrongSigner");
      await viem.assertions.revertWithCustomError(award(arbiter.address, 3n), world.singles, "BadForfeits");
      await award();
      assert.deepEqual(await lotsOf(world), [...expected]);
      await viem.assertions.revertWithCustomError(award(), world.singles, "WrongState");
      await assertOwed(world);
    });
  }

  it("R6 go home when nobody disputes, or when every arbiter is silent", async () => {
    const quiet = await timedOut();
    const back = (leg: typeof quiet) => leg.world.singles.write.returnBonds([leg.escrow], { account: carol.address });
    await viem.assertions.revertWithCustomError(back(quiet), quiet.world.singles, "TooEarly");
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await viem.assertions.revertWithCustomError(
      quiet.world.singles.write.disputeBonds([quiet.escrow, "0x"], { account: alice.address }),
      quiet.world.singles,
      "PastDeadline",
    );
    await back(quiet);
    assert.deepEqual(await lotsOf(quiet.world), [BASE, 2n * BASE]);
    await viem.assertions.revertWithCustomError(back(quiet), quiet.world.singles, "WrongState");

    const silent = await timedOut({ fallbackArbiter: dave.address });
    await silent.world.singles.write.disputeBonds([silent.escrow, "0x"], { account: bob.address });
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await viem.assertions.revertWithCustomError(back(silent), silent.world.singles, "TooEarly");
    await viem.assertions.revertWithCustomError(
      silent.world.singles.write.awardBonds([silent.escrow, 1n], asArbiter),
      silent.world.singles,
      "WrongSigner",
    );
    await networkHelpers.time.increase(DISPUTE_BOUND);
    await viem.assertions.revertWithCustomError(
      silent.world.singles.write.awardBonds([silent.escrow, 1n], { account: dave.address }),
      silent.world.singles,
      "PastDeadline",
    );
    await back(silent);
    await assertOwed(silent.world);
  });

  it("R7 the fallback arbiter decides about bonds when the arbiter was silent", async () => {
    const { world, escrow } = await timedOut({ fallbackArbiter: dave.address });
    await world.singles.write.disputeBonds([escrow, "0x"], { account: bob.address });
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await world.singles.write.awardBonds([escrow, 1n], { account: dave.address });
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, 2n * BASE + BUYER_BOND]);
  });

  it("go home at once where there are none, or nobody to decide", async () => {
    for (const terms of [
      { buyerBond: 0, sellerBond: 0 },
      { disputeBound: 0 },
    ]) {
      const { world, id } = await timedOut(terms);
      assert.deepEqual(await lotsOf(world), [BASE, 2n * BASE]);
      assert.equal((await world.singles.read.escrowState([id]))[0], 4n);
    }
  });
});

describe("a SWAP whose receiver has yet to sign", () => {
  async function reserved(terms = {}) {
    const leg = await oneLeg(SWAP, terms);
    await leg.world.singles.write.reserveSwap([leg.single], { account: operator.address });
    const [event] = await leg.world.singles.getEvents.SwapReserved();
    return { ...leg, id: event.args.escrowId!, escrow: event.args.escrow! };
  }

  it("R6 has both bonds taken and no leg; it locks with the receiver's SwapTerms only", async () => {
    const { world, escrow, swap, swapSignature, single } = await reserved();
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, 2n * BASE - SELLER_BOND]);
    const bind = (terms = swap, signature = swapSignature) =>
      world.singles.write.bindSwap([escrow, terms, signature], { account: carol.address });
    await viem.assertions.revertWithCustomError(
      bind(swap, await signSwap(world, alice, swap)),
      world.singles,
      "WrongSigner",
    );
    const other = { ...swap, fillId: `0x${"7".repeat(64)}` as const };
    await viem.assertions.revertWithCustomError(
      bind(other, await signSwap(world, bob, other)),
      world.singles,
      "WrongFillId",
    );
    await viem.assertions.revertWithCustomError(bind(swap, "0x"), world.singles, "BadSignature");
    for (const call of [
      () => world.cases.write.redeem([escrow, PREIMAGE]),
      () => world.cases.write.refundEscrow([escrow]),
      () => world.cases.write.closeTogether([escrow, 0, 10_000, "0x", "0x", "0x"]),
    ]) {
      await viem.assertions.revertWithCustomError(call(), world.cases, "WrongState");
    }
    await bind();
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, BASE - SELLER_BOND]);
    const [opened] = await world.cases.getEvents.EscrowOpened();
    await viem.assertions.revertWithCustomError(bind(), world.singles, "WrongState");
    await viem.assertions.revertWithCustomError(
      world.singles.write.lapseSwap([escrow]),
      world.singles,
      "WrongState",
    );
    await assert.rejects(world.cases.write.lockSingle([single], { account: operator.address }));
    await world.cases.write.redeem([opened.args.escrow!, PREIMAGE]);
    assert.deepEqual(await lotsOf(world), [2n * BASE, BASE]);
    await assertOwed(world);
  });

  it("R6 locks whatever the operator does meanwhile: he moves nothing out of the seller's wallet", async () => {
    const { world, escrow, swap, swapSignature } = await reserved();
    const left = 2n * BASE - SELLER_BOND;
    const call = fund(world, operator.address, SELL, Number(left));
    await viem.assertions.revertWithCustomError(call, world.till, "InsufficientBalance");
    await world.till.write.gather([world.market.lots, 1n, bob.address], { account: operator.address });
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, left]);
    await world.singles.write.bindSwap([escrow, swap, swapSignature], { account: carol.address });
    assert.deepEqual(await lotsOf(world), [BASE - BUYER_BOND, left - BASE]);
  });

  it("R6 whose window ends unsigned costs the receiver his bond", async () => {
    const { world, escrow, swap, swapSignature } = await reserved();
    const lapse = () => world.singles.write.lapseSwap([escrow], { account: carol.address });
    await viem.assertions.revertWithCustomError(lapse(), world.singles, "TooEarly");
    await networkHelpers.time.increase(PAYMENT_WINDOW);
    await viem.assertions.revertWithCustomError(
      world.singles.write.bindSwap([escrow, swap, swapSignature]),
      world.singles,
      "PastDeadline",
    );
    await lapse();
    assert.deepEqual(await lotsOf(world), [BASE + SELLER_BOND, 2n * BASE - SELLER_BOND]);
    await viem.assertions.revertWithCustomError(lapse(), world.singles, "WrongState");
    await assertOwed(world);
  });

  it("is the operator's to reserve, with a window and a receiver's bond, in mode SWAP, once", async () => {
    const { world, single } = await oneLeg(SWAP);
    const reserve = (args = single, account = operator.address) =>
      world.singles.write.reserveSwap([args], { account });
    await viem.assertions.revertWithCustomError(reserve(single, carol.address), world.singles, "NotOperator");
    await reserve();
    await assert.rejects(reserve());
    for (const terms of [{ paymentWindow: 0 }, { sellerBond: 0 }]) {
      const leg = await oneLeg(SWAP, terms);
      await viem.assertions.revertWithCustomError(
        leg.world.singles.write.reserveSwap([leg.single], { account: operator.address }),
        leg.world.singles,
        "BadTerms",
      );
    }
    const p2p = await oneLeg(P2P);
    await viem.assertions.revertWithCustomError(
      p2p.world.singles.write.reserveSwap([p2p.single], { account: operator.address }),
      p2p.world.singles,
      "WrongMode",
    );
  });

  it("R8 does not lock from a seller whose exit is half over", async () => {
    const { world, escrow, swap, swapSignature } = await reserved({ paymentWindow: 1_000_000 });
    await world.till.write.requestExit([world.market.lots.base, []], { account: bob.address });
    await networkHelpers.time.increase(EXIT_DELAY / 2);
    const late = { ...swap, tEvm: swap.tEvm + BigInt(EXIT_DELAY / 2) };
    await viem.assertions.revertWithCustomError(
      world.singles.write.bindSwap([escrow, late, await signSwap(world, bob, late)]),
      world.singles,
      "Exiting",
    );
    assert.notEqual(swapSignature, "0x");
  });
});

describe("P2P windows and bonds", () => {
  it("R7 markPaid only within the payment window that both orders sign; a dispute until the deadline", async () => {
    const { world, escrow } = await lockedLeg(P2P);
    await networkHelpers.time.increase(PAYMENT_WINDOW);
    await viem.assertions.revertWithCustomError(
      world.cases.write.markPaid([escrow, "0x"], { account: alice.address }),
      world.cases,
      "PastDeadline",
    );
    await viem.assertions.revertWithCustomError(
      world.cases.write.refundEscrow([escrow]),
      world.cases,
      "TooEarly",
    );
    await world.cases.write.dispute([escrow, "0x"], { account: alice.address });
  });

  it("R7 without a payment window the deadline is its end; one longer than the refund delay is refused", async () => {
    const open = await lockedLeg(P2P, { paymentWindow: 0 });
    await networkHelpers.time.increase(PAYMENT_WINDOW);
    await open.world.cases.write.markPaid([open.escrow, "0x"], { account: alice.address });
    const long = await oneLeg(P2P, { paymentWindow: REFUND_DELAY + 1 });
    await viem.assertions.revertWithCustomError(
      long.world.cases.write.lockSingle([long.single], { account: operator.address }),
      long.world.cases,
      "BadTerms",
    );
  });

  for (const [forfeits, baseToBuyer, what, expected] of [
    [2n, 10_000, "a seller who withheld the release loses his bond", [2n * BASE + SELLER_BOND, BASE - SELLER_BOND]],
    [1n, 0, "a buyer who said that he paid and had not loses his", [BASE - BUYER_BOND, 2n * BASE + BUYER_BOND]],
    [0n, 5_000, "each bond goes home", [BASE + BASE / 2n, BASE + BASE / 2n]],
  ] as const) {
    it(`R6 ${what}, by the arbiter's award`, async () => {
      const { world, escrow } = await lockedLeg(P2P);
      await world.cases.write.markPaid([escrow, "0x"], { account: alice.address });
      const award = (account = arbiter.address, side: bigint = forfeits) =>
        world.singles.write.awardWithBonds([escrow, 0, baseToBuyer, side], { account });
      await viem.assertions.revertWithCustomError(award(), world.singles, "WrongState");
      await world.cases.write.dispute([escrow, "0x"], { account: alice.address });
      await viem.assertions.revertWithCustomError(award(bob.address), world.singles, "WrongSigner");
      await viem.assertions.revertWithCustomError(award(arbiter.address, 4n), world.singles, "BadForfeits");
      await award();
      assert.deepEqual(await lotsOf(world), [...expected]);
      await assertOwed(world);
    });
  }
});
