import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Hex } from "viem";

import { BUY, type BatchFill, RING, SELL, type SignedOrder, packBatch } from "./support/batch.ts";
import { type Leaf, NO_LEAF, leafHash, leafOf, treeOf } from "./support/fills.ts";
import {
  type LockedBatch,
  REFUND_DELAY,
  type World,
  accountOf,
  arbiter,
  deposit,
  freshWorld,
  fund,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  sign,
  trader,
  walletOf,
} from "./support/world.ts";

const TRADERS = 5;
const STEPS = Number(process.env.QUOIN_RANDOM_STEPS ?? 120);
const SEEDS = (process.env.QUOIN_RANDOM_SEEDS ?? "1,2,3").split(",").map(Number);
const FEES = { makerFee: -3, takerFee: 20, referrerFee: 10, referrer: trader(TRADERS).address };
/** Without rebate and referrer: fills that are run as most are. */
const USUAL_FEES = { makerFee: 3, takerFee: 20 };

/** How large fills are: small ones, and such that sums of quote or of base lots leave their 40 bits again and again. */
const SIZES = {
  small: { lots: 700, price: 200_000 },
  "many quote lots": { lots: 3_000_000, price: 200_000 },
  "many base lots": { lots: 150_000_000_000, price: 4 },
};
type Size = (typeof SIZES)["small"];

const OPEN = 0;
const RELEASED = 1;
const REFUNDED = 2;

interface Pending {
  batch: LockedBatch;
  leaves: (Leaf | undefined)[];
  hashes: Hex[];
  gone: boolean[];
  outcome: number;
}

/** Park and Miller's generator: the same sequence from the same seed. */
function generator(seed: number) {
  let state = seed * 7_919 + 1;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** What each owner should have, in lots. A second opinion: it knows no lanes, no slots, no rings. */
class Model {
  readonly sums = new Map<string, [bigint, bigint]>();

  add(owner: Hex, base: bigint, quote: bigint) {
    const [oldBase, oldQuote] = this.sums.get(owner) ?? [0n, 0n];
    this.sums.set(owner, [oldBase + base, oldQuote + quote]);
  }

  take(leaf: Leaf) {
    this.add(leaf.buyer, 0n, -BigInt(leaf.pay));
    this.add(leaf.seller, -BigInt(leaf.base), 0n);
  }

  end(leaf: Leaf, outcome: number) {
    const [base, pay, get, referrerFee] = [leaf.base, leaf.pay, leaf.get, leaf.referrerFee].map(BigInt);
    if (outcome === REFUNDED) {
      this.add(leaf.buyer, 0n, pay);
      this.add(leaf.seller, base, 0n);
    } else {
      this.add(leaf.buyer, base, 0n);
      this.add(leaf.seller, 0n, get);
      this.add(FEES.referrer, 0n, referrerFee);
      this.add(operator.address, 0n, pay - get - referrerFee);
    }
  }

  split(leaf: Leaf, quoteToBuyer: bigint, baseToBuyer: bigint) {
    const [base, pay, get, referrerFee] = [leaf.base, leaf.pay, leaf.get, leaf.referrerFee].map(BigInt);
    const part = (amount: bigint, share: bigint) => (amount * share) / 10_000n;
    const forth = part(get, 10_000n - quoteToBuyer);
    const referrers = part(referrerFee, 10_000n - quoteToBuyer);
    const operators = part(pay - get - referrerFee, 10_000n - quoteToBuyer);
    const back = pay - forth - referrers - operators;
    this.add(leaf.buyer, part(base, baseToBuyer), back);
    this.add(leaf.seller, base - part(base, baseToBuyer), forth);
    this.add(FEES.referrer, 0n, referrers);
    this.add(operator.address, 0n, operators);
  }
}

class Run {
  readonly model = new Model();
  readonly pending: Pending[] = [];
  readonly makers = new Map<number, SignedOrder>();
  private nonces = 1n;
  private cell = 0;
  private readonly world: World;
  private readonly size: Size;
  private readonly pick: (below: number) => number;

  constructor(world: World, size: Size, pick: (below: number) => number) {
    this.world = world;
    this.size = size;
    this.pick = pick;
  }

  async endow() {
    const { base, quote, baseLot, quoteLot } = this.world.market.lots;
    for (let i = 0; i < TRADERS; i++) {
      const bases = BigInt(70 * this.size.lots);
      const quotes = bases * BigInt(this.size.price);
      await deposit(this.world, trader(i).address, base, bases * baseLot);
      await deposit(this.world, trader(i).address, quote, quotes * quoteLot);
      this.model.add(trader(i).address, bases, quotes);
    }
  }

  async step() {
    const choice = this.pick(14);
    const open = this.pending.filter(({ outcome }) => outcome === OPEN);
    const some = open[this.pick(Math.max(1, open.length))];
    if (choice < 6 || some === undefined) await this.lock();
    else if (choice < 8) await this.end(some);
    else if (choice === 8) await this.closeOne(some);
    else if (choice === 9) await this.dispute(some);
    else if (choice === 10) await this.gather(this.pick(TRADERS));
    else if (choice === 11) await this.settle();
    else if (choice === 12) await this.fund(this.pick(TRADERS), this.pick(2));
    else await networkHelpers.time.increase(REFUND_DELAY / 4);
  }

  private async order(side: number, owner: number, lots: bigint): Promise<SignedOrder> {
    const time = await now();
    const step = Math.max(2, this.size.price / 40);
    const price = BigInt(this.size.price + (side === BUY ? this.pick(step) : -this.pick(step)));
    const caps = { price, expiry: time + 10_000_000, operatorFeeCap: 20, referrerFeeCap: 10 };
    const resting = this.makers.get(2 * owner + side);
    if (resting !== undefined && this.pick(2) === 0) return resting;
    if (this.pick(3) === 0) {
      const order = orderOf(side, time, { ...caps, nonce: RING + this.nonces++, quantity: 5n * lots });
      const signed = await sign(this.world, order, trader(owner));
      this.makers.set(2 * owner + side, signed);
      return signed;
    }
    return sign(this.world, orderOf(side, time, { ...caps, nonce: this.nonces++, quantity: lots }), trader(owner));
  }

  private async lock() {
    const orders: SignedOrder[] = [];
    const fills: BatchFill[] = [];
    const owners: number[] = [];
    const count = 1 + this.pick(3);
    for (let i = 0; i < count; i++) {
      const buyer = this.pick(TRADERS);
      const seller = (buyer + 1 + this.pick(TRADERS - 1)) % TRADERS;
      const lots = BigInt(1 + this.pick(this.size.lots));
      orders.push(await this.order(BUY, buyer, lots), await this.order(SELL, seller, lots));
      owners.push(buyer, seller);
      fills.push({ buy: 2 * i, sell: 2 * i + 1, base: lots, buyerIsMaker: this.pick(2) === 0 });
    }
    const fees = this.pick(2) === 0 ? FEES : USUAL_FEES;
    let batch: LockedBatch;
    try {
      batch = await lock(this.world, orders, fills, { cell: this.cell % 64, ...fees });
    } catch (error) {
      assert.match(String(error), /EmptyBatch/);
      return;
    }
    // Mostly in turn; sometimes numbers are left out, which may delay money but never lose it.
    this.cell += this.pick(4) === 0 ? 1 + this.pick(20) : 1;
    const skipped = new Set(batch.skipped.map(({ index }) => index));
    const leaves = fills.map((fill, i) =>
      skipped.has(i)
        ? undefined
        : leafOf(
            { order: orders[fill.buy], owner: trader(owners[fill.buy]).address },
            { order: orders[fill.sell], owner: trader(owners[fill.sell]).address },
            fill,
            fees,
          ),
    );
    const hashes = this.findLanes(leaves, batch.detail.root);
    for (const leaf of leaves) if (leaf) this.model.take(leaf);
    const gone = leaves.map((leaf) => leaf === undefined);
    this.pending.push({ batch, leaves, hashes, gone, outcome: OPEN });
  }

  /** A fill that locks and ends at once. */
  private async settle() {
    const time = await now();
    const [buyer, seller] = [this.pick(TRADERS), TRADERS - 1];
    if (buyer === seller) return;
    const lots = BigInt(1 + this.pick(this.size.lots));
    const terms = { mode: 0, price: BigInt(this.size.price), quantity: lots, expiry: time + 10_000_000 };
    const orders = [];
    for (const [side, owner] of [[BUY, buyer], [SELL, seller]] as const) {
      const order = orderOf(side, time, { ...terms, nonce: this.nonces++ });
      orders.push(await sign(this.world, order, trader(owner)));
    }
    const fill = { buy: 0, sell: 1, base: lots, buyerIsMaker: true };
    const data = packBatch(this.world.market, orders, [fill], { cell: 0, ...FEES });
    try {
      await this.world.vault.write.settle([data], { account: operator.address });
    } catch (error) {
      assert.match(String(error), /EmptyBatch/);
      return;
    }
    const [buy, sell] = [buyer, seller].map((owner, i) => ({ order: orders[i], owner: trader(owner).address }));
    const leaf = leafOf(buy, sell, fill, FEES);
    this.model.take(leaf);
    this.model.end(leaf, RELEASED);
  }

  /** Lots from a wallet to an account, as many as fit. */
  private async fund(index: number, side: number) {
    const { lots } = this.world.market;
    const owner = trader(index).address;
    const [token, lot] = side === BUY ? [lots.quote, lots.quoteLot] : [lots.base, lots.baseLot];
    const room = (1n << 40n) - 1n - (await accountOf(this.world, owner, side)).payFree;
    const has = (await walletOf(this.world, owner, token)) / lot;
    const amount = (has < room ? has : room) / BigInt(1 + this.pick(3));
    await fund(this.world, owner, side, Number(amount));
  }

  /** Which lanes hold which fills, so that the leaves hash to the root. */
  private findLanes(leaves: (Leaf | undefined)[], root: Hex): Hex[] {
    for (let bits = 4 ** leaves.length - 1; bits >= 0; bits--) {
      leaves.forEach((leaf, i) => leaf && (leaf.laned = (bits >> (2 * i)) & 3));
      const hashes = leaves.map((leaf) => (leaf ? leafHash(leaf) : NO_LEAF));
      if (treeOf(hashes).root === root) return hashes;
    }
    throw new Error("no leaves hash to the root");
  }

  private async isLate({ batch }: Pending): Promise<boolean> {
    return BigInt((await now()) + 2) >= ((batch.seal.numbers >> 32n) & 0xffffffffffn);
  }

  async end(pending: Pending) {
    const late = await this.isLate(pending);
    if (late) await this.world.vault.write.refund([pending.batch.seal]);
    else await release(this.world, pending.batch);
    pending.outcome = late ? REFUNDED : RELEASED;
    pending.leaves.forEach((leaf, i) => {
      if (!pending.gone[i]) this.model.end(leaf!, pending.outcome);
    });
  }

  private args(pending: Pending, index: number) {
    const proof = treeOf(pending.hashes).proof(index);
    return [pending.batch.seal, pending.batch.detail, BigInt(index), pending.leaves[index]!, proof] as const;
  }

  private async closeOne(pending: Pending) {
    const index = this.pick(pending.leaves.length);
    if (pending.gone[index]) return;
    const late = await this.isLate(pending);
    await this.world.vault.write.closeFill(this.args(pending, index), { account: operator.address });
    pending.gone[index] = true;
    this.model.end(pending.leaves[index]!, late ? REFUNDED : RELEASED);
  }

  private async dispute(pending: Pending) {
    const index = this.pick(pending.leaves.length);
    if (pending.gone[index] || (await this.isLate(pending))) return;
    const buyer = pending.leaves[index]!.buyer;
    await networkHelpers.impersonateAccount(buyer);
    await networkHelpers.setBalance(buyer, 10n ** 18n);
    await this.world.cases.write.disputeFill([...this.args(pending, index), "0x"], { account: buyer });
    const [opened] = await this.world.cases.getEvents.EscrowOpened();
    const shares = [this.pick(10_001), this.pick(10_001)] as const;
    await this.world.cases.write.award([opened.args.escrow!, ...shares], { account: arbiter.address });
    pending.gone[index] = true;
    this.model.split(pending.leaves[index]!, BigInt(shares[0]), BigInt(shares[1]));
  }

  private async gather(index: number) {
    for (const side of [0n, 1n]) {
      const args = [this.world.market.lots, side, trader(index).address] as const;
      await this.world.till.write.gather(args, { account: operator.address });
    }
  }

  /** Ends what is open, takes out by proof what no lane folded, and brings all to the wallets. */
  async finish(): Promise<number> {
    for (const pending of this.pending) if (pending.outcome === OPEN) await this.end(pending);
    for (let i = 0; i < TRADERS; i++) await this.gather(i);
    let byProof = 0;
    for (const pending of this.pending) {
      for (let i = 0; i < pending.leaves.length; i++) {
        if (pending.leaves[i] === undefined) continue;
        try {
          await this.world.vault.write.closeFill(this.args(pending, i));
          byProof++;
        } catch (error) {
          assert.match(String(error), /FillGone|FillFolded|WrongSeal/);
        }
      }
    }
    for (let i = 0; i < TRADERS; i++) await this.gather(i);
    const { lots } = this.world.market;
    const epochs = Array.from({ length: 160 }, (_, i) => 16n * BigInt(i));
    await this.world.till.write.collectFees([lots, epochs]);
    for (const account of [operator.address, FEES.referrer]) await this.world.till.write.collectEarned([lots, account]);
    return byProof;
  }

  async check() {
    const { base, quote, baseLot, quoteLot } = this.world.market.lots;
    for (const [owner, [expectedBase, expectedQuote]] of this.model.sums) {
      assert.equal((await walletOf(this.world, owner as Hex, base)) / baseLot, expectedBase, `base of ${owner}`);
      assert.equal((await walletOf(this.world, owner as Hex, quote)) / quoteLot, expectedQuote, `quote of ${owner}`);
    }
    const owed = [...this.model.sums.values()].reduce(([a, b], [c, d]) => [a + c, b + d], [0n, 0n]);
    assert.equal(await this.world.base.read.balanceOf([this.world.vault.address]), owed[0] * baseLot);
    assert.equal(await this.world.quote.read.balanceOf([this.world.vault.address]), owed[1] * quoteLot);
  }
}

describe("random lives of many batches", () => {
  for (const [name, size] of Object.entries(SIZES)) {
    for (const seed of SEEDS) {
      it(`A16 end with every lot where a model without lanes has it (${name}, seed ${seed})`, async () => {
        const run = new Run(await freshWorld(), size, generator(seed));
        await run.endow();
        for (let i = 0; i < STEPS; i++) await run.step();
        await run.finish();
        await run.check();
        assert.ok(run.pending.length > STEPS / 8, "too few batches were locked");
      });
    }
  }
});
