import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { Hex } from "viem";

import { BUY, type BatchFill, SELL, type SignedOrder, domainOf } from "./support/batch.ts";
import { type Leaf, leafHash, leafOf, treeOf } from "./support/fills.ts";
import {
  type LockedBatch,
  REFUND_DELAY,
  type World,
  arbiter,
  deposit,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  sign,
  trader,
  viem,
} from "./support/world.ts";

const TRADERS = 4;
const STEPS = Number(process.env.QUOIN_CORE_STEPS ?? 60);
const SEEDS = (process.env.QUOIN_CORE_SEEDS ?? "1,2").split(",").map(Number);
const FEES = { makerFee: -3, takerFee: 20, referrerFee: 10, referrer: trader(TRADERS).address };
/** Each batch in an epoch of its own: its lanes end with it, so that balances can be compared after each step. */
const CELLS = [0, 16, 32, 48];
const ALL = 10_000n;

type Core = Awaited<ReturnType<typeof coreOf>>;

const coreOf = () => viem.deployContract("AccountingCore");

/** A batch, and under which number the proved core knows each fill's legs. */
interface Open {
  batch: LockedBatch;
  leaves: Leaf[];
  ids: bigint[];
  left: Set<number>;
}

/** The same random life on the vault and on two proved cores, one for each token. */
class Life {
  private readonly world: World;
  private readonly lens: Hex;
  private readonly cores: { base: Core; quote: Core };
  private readonly pick: (below: number) => number;
  private readonly open: (Open | undefined)[] = CELLS.map(() => undefined);
  private turn = 0;
  private steps = 0;
  private ids = 1n;
  private nonces = 1n;
  readonly done = new Map<string, number>();

  constructor(world: World, lens: Hex, cores: { base: Core; quote: Core }, pick: (below: number) => number) {
    this.world = world;
    this.lens = lens;
    this.cores = cores;
    this.pick = pick;
  }

  async step() {
    const some = this.open.filter((each) => each !== undefined)[this.pick(CELLS.length)];
    const choice = this.pick(10);
    if (choice < 2) await this.deposit();
    else if (choice === 2) await this.withdraw();
    else if (choice < 6 || some === undefined) await this.lock();
    else if (choice === 6) await this.close(some);
    else if (choice === 7) await this.split(some);
    else await this.end(some);
    await this.compare(`step ${this.steps++}`);
  }

  async deposit(owner = this.pick(TRADERS), lots = 1_000 * (1 + this.pick(50))) {
    const { base, quote, baseLot, quoteLot } = this.world.market.lots;
    await deposit(this.world, trader(owner).address, base, BigInt(lots) * baseLot);
    await deposit(this.world, trader(owner).address, quote, BigInt(lots) * 100_000n * quoteLot);
    await this.cores.base.write.deposit([trader(owner).address, BigInt(lots)]);
    await this.cores.quote.write.deposit([trader(owner).address, BigInt(lots) * 100_000n]);
  }

  /** Part of what is in a wallet, with the operator's co-signature. */
  private async withdraw() {
    const owner = trader(this.pick(TRADERS));
    const { base, quote, baseLot, quoteLot } = this.world.market.lots;
    for (const side of [BUY, SELL]) {
      await this.world.till.write.gather([this.world.market.lots, BigInt(side), owner.address], { account: operator.address });
    }
    for (const [token, lot, core] of [[base, baseLot, this.cores.base], [quote, quoteLot, this.cores.quote]] as const) {
      const lots = (await core.read.balances([owner.address])) / BigInt(2 + this.pick(3));
      if (lots === 0n) continue;
      await this.pay(owner, token, lots * lot);
      await core.write.withdraw([owner.address, lots]);
    }
    this.count("withdraw");
  }

  private async pay(owner: ReturnType<typeof trader>, token: Hex, amount: bigint) {
    const message = { account: owner.address, token, amount, to: owner.address, nonce: this.nonces++, deadline: 2n ** 40n };
    const fields = ["account address", "token address", "amount uint256", "to address", "nonce uint256", "deadline uint256"];
    const signature = await operator.signTypedData({
      domain: domainOf(this.world.vault.address),
      types: { Withdrawal: fields.map((field) => ({ name: field.split(" ")[0], type: field.split(" ")[1] })) },
      primaryType: "Withdrawal",
      message,
    });
    await networkHelpers.impersonateAccount(owner.address);
    await networkHelpers.setBalance(owner.address, 10n ** 18n);
    const args = [token, amount, owner.address, message.nonce, message.deadline, signature] as const;
    await this.world.till.write.withdraw(args, { account: owner.address });
  }

  private async lock() {
    const place = this.turn % CELLS.length;
    if (this.open[place] !== undefined) await this.end(this.open[place]!);
    const time = await now();
    const orders: SignedOrder[] = [];
    const fills: BatchFill[] = [];
    const owners: Hex[] = [];
    for (let i = 0; i <= this.pick(3); i++) {
      const buyer = this.pick(TRADERS);
      const seller = (buyer + 1 + this.pick(TRADERS - 1)) % TRADERS;
      const lots = BigInt(1 + this.pick(900));
      for (const [side, owner] of [[BUY, buyer], [SELL, seller]] as const) {
        const price = BigInt(100_000 + (side === BUY ? this.pick(999) : -this.pick(999)));
        const terms = { nonce: this.nonces++, price, quantity: lots, operatorFeeCap: 20, referrerFeeCap: 10 };
        orders.push(await sign(this.world, orderOf(side, time, { ...terms, expiry: time + 10_000_000 }), trader(owner)));
        owners.push(trader(owner).address);
      }
      fills.push({ buy: 2 * i, sell: 2 * i + 1, base: lots, buyerIsMaker: this.pick(2) === 0 });
    }
    const batch = await lock(this.world, orders, fills, { cell: CELLS[place], ...FEES });
    assert.deepEqual(batch.skipped, [], "nobody is short");
    const leaves = fills.map((fill) => {
      const [buy, sell] = [fill.buy, fill.sell].map((index) => ({ order: orders[index], owner: owners[index] }));
      return leafOf(buy, sell, fill, FEES);
    });
    assert.equal(treeOf(leaves.map(leafHash)).root, batch.detail.root);
    const ids = leaves.map(() => this.ids++);
    for (const [i, leaf] of leaves.entries()) await this.lockCores(ids[i], leaf);
    this.open[place] = { batch, leaves, ids, left: new Set(leaves.keys()) };
    this.turn++;
  }

  private async lockCores(id: bigint, { buyer, seller, base, pay, get, referrerFee }: Leaf) {
    await this.cores.base.write.lock([id, seller, buyer, BigInt(base), BigInt(base), 0n]);
    await this.cores.quote.write.lock([id, buyer, seller, BigInt(pay), BigInt(get), BigInt(referrerFee)]);
  }

  /** The whole batch: sometimes after its deadline. */
  private async end(open: Open) {
    if (this.pick(3) === 0) await networkHelpers.time.increase(REFUND_DELAY);
    const late = await this.isLate(open);
    if (late) await this.world.vault.write.refund([open.batch.seal]);
    else await release(this.world, open.batch);
    for (const index of open.left) await this.endCores(open.ids[index], late);
    this.open[this.open.indexOf(open)] = undefined;
    this.count(late ? "refund" : "release");
  }

  private async endCores(id: bigint, back: boolean) {
    for (const core of [this.cores.base, this.cores.quote]) {
      if (back) await core.write.refund([id]);
      else await core.write.release([id]);
    }
  }

  private async isLate({ batch }: Open): Promise<boolean> {
    return BigInt((await now()) + 2) >= ((batch.seal.numbers >> 32n) & 0xffffffffffn);
  }

  private args({ batch, leaves }: Open, index: number) {
    const proof = treeOf(leaves.map(leafHash)).proof(index);
    return [batch.seal, batch.detail, BigInt(index), leaves[index], proof] as const;
  }

  /** One fill by itself. */
  private async close(open: Open) {
    const [index] = open.left;
    if (index === undefined) return;
    const late = await this.isLate(open);
    await this.world.vault.write.closeFill(this.args(open, index), { account: operator.address });
    open.left.delete(index);
    await this.endCores(open.ids[index], late);
    this.count("close");
  }

  /** One fill by its arbiter. */
  private async split(open: Open) {
    const [index] = open.left;
    if (index === undefined || (await this.isLate(open))) return;
    const { buyer } = open.leaves[index];
    await networkHelpers.impersonateAccount(buyer);
    await networkHelpers.setBalance(buyer, 10n ** 18n);
    await this.world.cases.write.disputeFill([...this.args(open, index), "0x"], { account: buyer });
    const [opened] = await this.world.cases.getEvents.EscrowOpened();
    const [quoteToBuyer, baseToBuyer] = [this.pick(10_001), this.pick(10_001)];
    await this.world.cases.write.award([opened.args.escrow!, quoteToBuyer, baseToBuyer], { account: arbiter.address });
    open.left.delete(index);
    await this.cores.base.write.split([open.ids[index], BigInt(baseToBuyer)]);
    await this.cores.quote.write.split([open.ids[index], ALL - BigInt(quoteToBuyer)]);
    this.count("split");
  }

  private count(what: string) {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  /** Every trader's lots on the vault and in the cores, and what the vault holds. */
  async compare(after: string) {
    const { lots } = this.world.market;
    for (let i = 0; i < TRADERS; i++) {
      const owner = trader(i).address;
      const [base, quote] = await this.free(owner);
      assert.equal(base, await this.cores.base.read.balances([owner]), `base of trader ${i} after ${after}`);
      assert.equal(quote, await this.cores.quote.read.balances([owner]), `quote of trader ${i} after ${after}`);
    }
    const { vault } = this.world;
    assert.equal(await this.world.base.read.balanceOf([vault.address]), (await this.cores.base.read.held()) * lots.baseLot);
    assert.equal(await this.world.quote.read.balanceOf([vault.address]), (await this.cores.quote.read.held()) * lots.quoteLot);
  }

  private async free(owner: Hex): Promise<[bigint, bigint]> {
    const { lots } = this.world.market;
    const lens = await viem.getContractAt("VaultLens", this.lens);
    const [buy, sell] = await Promise.all(
      [0n, 1n].map((side) => lens.read.account([this.world.vault.address, lots, side, owner])),
    );
    const [[base], [quote]] = await Promise.all(
      [lots.base, lots.quote].map((token) => lens.read.wallet([this.world.vault.address, owner, token])),
    );
    return [base / lots.baseLot + sell.payFree + buy.getFree, quote / lots.quoteLot + buy.payFree + sell.getFree];
  }

  /** Ends all, and compares the fees too. */
  async finish() {
    for (const open of this.open) if (open !== undefined) await this.end(open);
    const { lots } = this.world.market;
    const epochs = Array.from({ length: 80 }, (_, i) => 16n * BigInt(i));
    await this.world.till.write.collectFees([lots, epochs]);
    for (const account of [operator.address, FEES.referrer]) await this.world.till.write.collectEarned([lots, account]);
    assert.equal((await this.free(operator.address))[1], await this.cores.quote.read.operatorFees(), "operator's fees");
    assert.equal((await this.free(FEES.referrer))[1], await this.cores.quote.read.referrerFees(), "referrer's fees");
    assert.equal(await this.cores.base.read.operatorFees(), 0n);
    await this.compare("the end");
  }
}

/** Park and Miller's generator: the same sequence from the same seed. */
function generator(seed: number) {
  let state = seed * 7_919 + 1;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

describe("the accounting core that is proved", () => {
  for (const seed of SEEDS) {
    it(`has every balance of the vault after each step of a random life (${seed})`, async () => {
      const world = await freshWorld();
      const lens = await viem.deployContract("VaultLens");
      const cores = { base: await coreOf(), quote: await coreOf() };
      const life = new Life(world, lens.address, cores, generator(seed));
      for (let i = 0; i < TRADERS; i++) await life.deposit(i, 100_000);
      await life.compare("deposits");
      for (let i = 0; i < STEPS; i++) await life.step();
      await life.finish();
      for (const what of ["withdraw", "release", "refund", "close", "split"]) {
        assert.ok((life.done.get(what) ?? 0) > 0, `no ${what} in this life`);
      }
    });
  }

  it("ends a leg once", async () => {
    const core = await coreOf();
    const [one, two] = [trader(0).address, trader(1).address];
    await core.write.deposit([one, 10n]);
    await core.write.lock([1n, one, two, 10n, 7n, 1n]);
    await core.write.split([1n, 5_000n]);
    for (const again of [core.write.release([1n]), core.write.refund([1n]), core.write.split([1n, 1n])]) {
      await assert.rejects(again, /not locked/);
    }
    assert.deepEqual(await Promise.all([one, two].map((owner) => core.read.balances([owner]))), [6n, 3n]);
  });
});
