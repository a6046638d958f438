import { describe, it } from "node:test";

import { pad, toHex } from "viem";

import { BUY, P2P, RING, SWAP } from "./support/batch.ts";
import { PREIMAGE, assertRefused, endowed, lockPair, lockSingle, signOutcome, singleOf, walletsWorld } from "./support/scenes.ts";
import {
  REFUND_DELAY,
  type World,
  accountPlace,
  alice,
  arbiter,
  bob,
  carol,
  mappingPlace,
  networkHelpers,
  operator,
} from "./support/world.ts";

// What ends an escrow refuses by itself what no end may be: a wallet that cannot hold its part, shares beyond the whole.

type Escrow = Awaited<ReturnType<typeof lockSingle>>["escrow"];
type Call = (world: World, escrow: Escrow, id: `0x${string}`) => Promise<unknown>;

const WALLETS = 9n;
const asArbiter = { account: arbiter.address } as const;

/** As if the wallets of both held all that a wallet can. */
function fillWallets(world: World) {
  return setWallets(world, 2n ** 128n - 1n);
}

async function setWallets(world: World, amount: bigint) {
  for (const { address } of [alice, bob]) {
    const inner = BigInt(mappingPlace(pad(address, { size: 32 }), WALLETS));
    const place = mappingPlace(pad(world.base.address, { size: 32 }), inner);
    await networkHelpers.setStorageAt(world.vault.address, place, pad(toHex(amount), { size: 32 }));
  }
}

async function together(world: World, escrow: Escrow, id: `0x${string}`, share: number) {
  const signatures = [await signOutcome(world, alice, id, 0, share), await signOutcome(world, bob, id, 0, share)] as const;
  return world.cases.write.closeTogether([escrow, 0, share, ...signatures, "0x"]);
}

async function disputed(world: World, escrow: Escrow) {
  await world.cases.write.dispute([escrow, "0x"], { account: alice.address });
}

const FULL: [what: string, mode: number, call: Call][] = [
  ["award", P2P, async (world, escrow) => {
    await disputed(world, escrow);
    return world.cases.write.award([escrow, 0, 5_000], asArbiter);
  }],
  ["awardWithBonds", P2P, async (world, escrow) => {
    await disputed(world, escrow);
    return world.singles.write.awardWithBonds([escrow, 0, 5_000, 1n], asArbiter);
  }],
  ["fallBack", P2P, async (world, escrow) => {
    await disputed(world, escrow);
    await networkHelpers.time.increase(escrow.terms.disputeBound + 1);
    return world.cases.write.fallBack([escrow]);
  }],
  ["closeTogether", P2P, (world, escrow, id) => together(world, escrow, id, 5_000)],
  ["redeem", SWAP, (world, escrow) => world.cases.write.redeem([escrow, PREIMAGE])],
  ["refundEscrow", SWAP, async (world, escrow) => {
    await networkHelpers.time.increase(REFUND_DELAY);
    return world.cases.write.refundEscrow([escrow]);
  }],
];

describe("the end of an escrow", () => {
  for (const [what, mode, call] of FULL) {
    it(`is refused by ${what} with InsufficientBalance when a wallet cannot hold its part`, async () => {
      const world = await walletsWorld();
      const { id, escrow } = await lockSingle(world, await singleOf(world, mode));
      await fillWallets(world);
      await assertRefused(call(world, escrow, id), "InsufficientBalance", world.cases);
    });
  }

  it("is refused with BadTerms by closeTogether and awardWithBonds for shares beyond the whole", async () => {
    const world = await walletsWorld();
    const { id, escrow } = await lockSingle(world, await singleOf(world, P2P));
    await assertRefused(together(world, escrow, id, 10_001), "BadTerms", world.cases);
    await disputed(world, escrow);
    await assertRefused(world.singles.write.awardWithBonds([escrow, 10_001, 0, 0n], asArbiter), "BadTerms", world.singles);
  });

  it("is refused with PastDeadline to a fallback arbiter of awardWithBonds who is late", async () => {
    const world = await walletsWorld();
    const args = await singleOf(world, P2P, { terms: { fallbackArbiter: carol.address } });
    const { escrow } = await lockSingle(world, args);
    await disputed(world, escrow);
    await networkHelpers.time.increase(2 * escrow.terms.disputeBound + 1);
    const call = world.singles.write.awardWithBonds([escrow, 0, 0, 0n], { account: carol.address });
    await assertRefused(call, "PastDeadline", world.singles);
  });

  it("has no dispute about bonds while the leg is there", async () => {
    const world = await walletsWorld();
    const { escrow } = await lockSingle(world, await singleOf(world, SWAP));
    const call = world.singles.write.disputeBonds([escrow, "0x"], { account: alice.address });
    await assertRefused(call, "WrongState", world.singles);
  });
});

describe("the end of bonds", () => {
  /** A swap whose leg went back: its bonds wait. */
  async function bondsHeld() {
    const world = await walletsWorld();
    const { escrow } = await lockSingle(world, await singleOf(world, SWAP));
    await networkHelpers.time.increase(REFUND_DELAY);
    await world.cases.write.refundEscrow([escrow]);
    return { world, escrow };
  }

  it("is refused by awardBonds and returnBonds with InsufficientBalance when a wallet cannot hold them", async () => {
    const { world, escrow } = await bondsHeld();
    await world.singles.write.disputeBonds([escrow, "0x"], { account: alice.address });
    await fillWallets(world);
    const awarded = world.singles.write.awardBonds([escrow, 1n], asArbiter);
    await assertRefused(awarded, "InsufficientBalance", world.singles);
    await networkHelpers.time.increase(escrow.terms.disputeBound + 1);
    await assertRefused(world.singles.write.returnBonds([escrow]), "InsufficientBalance", world.singles);
  });

  it("is refused by lapseSwap, and bindSwap refuses a leg that is not there or a used hash", async () => {
    const world = await walletsWorld();
    const args = await singleOf(world, SWAP);
    await world.singles.write.reserveSwap([args], { account: operator.address });
    const [{ args: reserved }] = await world.singles.getEvents.SwapReserved();
    const bind = () => world.singles.write.bindSwap([reserved.escrow!, args.swap, args.swapSignature]);
    await setWallets(world, 0n);
    await assertRefused(bind(), "InsufficientBalance", world.singles);
    await setWallets(world, 10n ** 30n);
    const other = await singleOf(world, SWAP, { buy: { nonce: RING + 2n }, sell: { nonce: RING + 2n } });
    await lockSingle(world, other);
    await assertRefused(bind(), "HashUsed", world.singles);
    await networkHelpers.time.increase(REFUND_DELAY);
    await fillWallets(world);
    await assertRefused(world.singles.write.lapseSwap([reserved.escrow!]), "InsufficientBalance", world.singles);
  });
});

describe("the end of a batch", () => {
  it("is refused by refund with WrongSeal under another seal", async () => {
    const world = await endowed();
    const { batch } = await lockPair(world);
    await networkHelpers.time.increase(REFUND_DELAY);
    await assertRefused(world.vault.write.refund([{ ...batch.seal, referrer: carol.address }]), "WrongSeal", world.vault);
  });

  it("is refused by closeFill and gather with InsufficientBalance when a wallet cannot hold it", async () => {
    const world = await endowed();
    const { batch, leaf } = await lockPair(world);
    const slot = BigInt(await networkHelpers.getStorageAt(world.vault.address, accountPlace(world.market, alice.address, BUY)));
    const full = slot | (((1n << 40n) - 1n) << 40n);
    await networkHelpers.setStorageAt(world.vault.address, accountPlace(world.market, alice.address, BUY), pad(toHex(full), { size: 32 }));
    await fillWallets(world);
    const as = { account: batch.seal.operator };
    const close = world.vault.write.closeFill([batch.seal, batch.detail, 0n, leaf as never, []], as);
    await assertRefused(close, "InsufficientBalance", world.vault);
    const gather = world.till.write.gather([world.market.lots, BigInt(BUY), alice.address], { account: alice.address });
    await assertRefused(gather, "InsufficientBalance", world.till);
  });
});
