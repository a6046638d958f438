// The vault's own rows. Each is measured in steady state: what the same traders did before made all storage that it takes.
import { ATOMIC, BUY, type BatchFill, ESCROW, RING, SELL, type SignedOrder, packBatch } from "../test/support/batch.ts";
import { closeFill, disputeFill } from "../test/support/fills.ts";
import {
  type LockedBatch,
  REFUND_DELAY,
  type World,
  arbiter,
  deploy,
  deposit,
  endow,
  lock,
  now,
  operator,
  orderOf,
  receiptOf,
  release,
  sign,
  trader,
} from "../test/support/world.ts";
import { fixClock, pass } from "./clock.ts";
import { type Row, rounded } from "./table.ts";

const FEES = { takerFee: 10, makerFee: 2 };
const CELLS = 64;
const GAS_CAP = 2 ** 24;
/** One more than any pair that trades. */
const TICKING = 900;
/** The first of the pairs of the largest batch. */
const MANY = 1_000;
const OPEN = 3;
const EPOCH = 16;

/** Orders and fills of one batch. */
interface Batch {
  orders: SignedOrder[];
  fills: BatchFill[];
}

/** One run of all measurements: each takes the next nonces and cells. */
class VaultGas {
  readonly rows: Row[] = [];
  private cell = 0;
  private nonce = 1n;

  constructor(readonly world: World) {}

  private row(what: string, figure: number, bar: Partial<Row> = {}) {
    const { name, must, aim, unit, more } = bar;
    this.rows.push({ name, what, must, aim, figure: rounded(figure), unit, more });
  }

  private nextCell(): number {
    return this.cell++ % CELLS;
  }

  /** One complete fill for each of so many pairs of distinct traders. */
  private async pairs(count: number, { first = 0, mode = ESCROW } = {}): Promise<Batch> {
    const time = await now();
    const common = { nonce: this.nonce++, mode };
    const orders: SignedOrder[] = [];
    const fills: BatchFill[] = [];
    for (let i = 0; i < count; i++) {
      orders.push(await sign(this.world, orderOf(BUY, time, common), trader(2 * (first + i))));
      orders.push(await sign(this.world, orderOf(SELL, time, common), trader(2 * (first + i) + 1)));
      fills.push({ buy: 2 * i, sell: 2 * i + 1, base: 1_000n, buyerIsMaker: true });
    }
    return { orders, fills };
  }

  private async lock({ orders, fills }: Batch): Promise<LockedBatch> {
    const locked = await lock(this.world, orders, fills, { cell: this.nextCell(), ...FEES });
    if (locked.skipped.length !== 0) throw new Error(`skipped: ${JSON.stringify(locked.skipped.slice(0, 3))}`);
    return locked;
  }

  /** Locks and releases; the sum of both, and what they were. */
  private async life(batch: Batch) {
    const locked = await this.lock(batch);
    const released = await release(this.world, locked);
    return { locked, released, gas: Number(locked.gasUsed + released.gasUsed) };
  }

  /** A batch that only makes the ring's cells and the outcome word warm, with `alone` the cell's departures too. */
  private async tick(alone = false): Promise<void> {
    const one = await this.pairs(1, { first: TICKING });
    const locked = await this.lock(one);
    if (alone) await closeFill(this.world, locked, one, 0, TICKING, operator.address);
    await release(this.world, locked);
  }

  private async endowPairs(count: number, first = 0) {
    for (let i = first; i < first + count; i++) {
      await endow(this.world, trader(2 * i).address, BUY, 90_000_000_000);
      await endow(this.world, trader(2 * i + 1).address, SELL, 900_000_000);
    }
  }

  async begin() {
    await this.endowPairs(100);
    await this.endowPairs(1, TICKING);
    await fixClock(0);
    for (let i = 0; i < CELLS; i++) await this.tick(true);
  }

  private async distinct(count: number) {
    await this.life(await this.pairs(count));
    return this.life(await this.pairs(count));
  }

  async hundredFills(): Promise<number> {
    const { locked, released, gas } = await this.distinct(100);
    const bar = { name: "gas_lock_release_100", must: 27_000, aim: 22_500 };
    this.row("lock + release, N = 100, 200 distinct traders", gas / 100, bar);
    this.row("  of which release", Number(released.gasUsed) / 100);
    const bytes = { unit: "bytes" };
    const lockBar = { name: "gas_lock_calldata", must: 210, aim: 190, ...bytes };
    this.row("calldata bytes per fill, lock", locked.calldata / 100, lockBar);
    const releaseBar = { name: "gas_release_calldata", must: 3, aim: 1, ...bytes };
    this.row("calldata bytes per fill, release", released.calldata / 100, releaseBar);
    return Number(locked.gasUsed) / 100;
  }

  /** R11: makers' orders fill in part in every batch; batch n is released when n + 2 is locked, so three are open. */
  async openBatches() {
    const time = await now();
    const makers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        sign(this.world, orderOf(BUY, time, { nonce: RING + 1n, quantity: 1_000_000n }), trader(2 * i)),
      ),
    );
    const open: LockedBatch[] = [];
    const step = async () => {
      const nonce = this.nonce++;
      const takers = await Promise.all(
        makers.map((_, i) => sign(this.world, orderOf(SELL, time, { nonce }), trader(2 * i + 1))),
      );
      const orders = makers.flatMap((maker, i) => [maker, takers[i]]);
      const fills = makers.map((_, i) => ({ buy: 2 * i, sell: 2 * i + 1, base: 1_000n, buyerIsMaker: true }));
      const locked = await this.lock({ orders, fills });
      open.push(locked);
      return open.length < OPEN ? 0 : Number(locked.gasUsed + (await release(this.world, open.shift()!)).gasUsed) / 100;
    };
    const closeAll = async () => {
      while (open.length > 0) await release(this.world, open.shift()!);
    };
    await this.warmLanes(step, closeAll);
    await step();
    await step();
    const gas: number[] = [];
    for (let n = 0; n < EPOCH; n++) gas.push(await step());
    await closeAll();
    const mean = gas.reduce((a, b) => a + b, 0) / EPOCH;
    const bar = { name: "gas_open_batches_100", must: 36_000, aim: 30_000 };
    this.row("R11: maker filled before, taker complete, all in three open batches", mean, bar);
    this.row("  within an epoch of 16 batches", Math.min(...gas));
    this.row("  at its end, where open lanes move", Math.max(...gas));
  }

  /** The traders' rings of lanes are made warm: eight times an epoch ends while their batches are open. */
  private async warmLanes(step: () => Promise<number>, closeAll: () => Promise<void>) {
    for (let ends = 0; ends < 8; ) {
      if (this.cell % EPOCH < EPOCH - 1) {
        await this.tick();
      } else {
        await step();
        await step();
        await closeAll();
        ends++;
      }
    }
  }

  /** 100 fills among 10 + 10 traders, one order each. */
  async fewTraders() {
    let gas = 0;
    for (let round = 0; round < 2; round++) {
      const time = await now();
      const common = { nonce: this.nonce++, quantity: 10_000n };
      const orders: SignedOrder[] = [];
      for (let i = 0; i < 10; i++) {
        orders.push(await sign(this.world, orderOf(BUY, time, common), trader(2 * i)));
        orders.push(await sign(this.world, orderOf(SELL, time, common), trader(2 * i + 1)));
      }
      const fills = Array.from({ length: 100 }, (_, k) => ({
        buy: 2 * (k % 10),
        sell: 2 * Math.floor(k / 10) + 1,
        base: 1_000n,
        buyerIsMaker: true,
      }));
      gas = (await this.life({ orders, fills })).gas;
    }
    const bar = { name: "gas_lock_release_100_of_20", must: 7_500, aim: 4_500 };
    this.row("lock + release, N = 100, among 10 + 10 traders", gas / 100, bar);
  }

  /**
   * One fill alone: the mean over the cells, since what a lock reads of earlier batches depends on where they stand. The
   * round before it ends what the rows above left in cells.
   */
  async oneFill() {
    const gas: number[] = [];
    for (let i = 0; i < 2 * CELLS; i++) gas.push((await this.life(await this.pairs(1))).gas);
    const measured = gas.slice(CELLS);
    const bar = { name: "gas_lock_release_1", must: 95_000, aim: 85_000 };
    this.row("lock + release, N = 1", measured.reduce((a, b) => a + b, 0) / CELLS, bar);
    this.row("  the dearest of 64", Math.max(...measured));
  }

  async atomic() {
    let gas = 0;
    for (let round = 0; round < 2; round++) {
      const { orders, fills } = await this.pairs(100, { mode: ATOMIC });
      const data = packBatch(this.world.market, orders, fills, { cell: 0, ...FEES });
      const sent = await this.world.vault.write.settle([data], { account: operator.address, gas: BigInt(GAS_CAP) });
      gas = Number((await receiptOf(sent)).gasUsed);
    }
    this.row("atomic settlement, N = 100", gas / 100, { name: "gas_settle_100", must: 34_000, aim: 26_000 });
  }

  /** Locks as many fills of distinct traders in one transaction as fit by the gas of a hundred; fewer if they do not. */
  async mostFills(gasPerFill: number) {
    let count = Math.floor(GAS_CAP / gasPerFill);
    await this.endowPairs(count, MANY);
    // Their slots are made warm by smaller batches.
    for (let from = 0; from < count; from += 100) {
      await this.life(await this.pairs(Math.min(100, count - from), { first: MANY + from }));
    }
    for (;;) {
      const batch = await this.pairs(count, { first: MANY });
      try {
        const { locked } = await this.life(batch);
        const bar = { name: "gas_fills_in_a_lock", must: 600, aim: 700, more: true, unit: "fills" };
        this.row("fills locked in one transaction under 2^24 gas", count, bar);
        this.row("  gas per fill of that lock", Number(locked.gasUsed) / count);
        this.row("  its bytes", locked.calldata);
        return;
      } catch (error) {
        if (!/ran out of gas/.test(String(error))) throw error;
        count -= 5;
      }
    }
  }

  /** Refund of a whole batch, exit of one fill, and an arbiter's award. */
  async ends() {
    const { world } = this;
    const whole = await this.lock(await this.pairs(100));
    const next = await this.pairs(100);
    const single = await this.lock(next);
    const third = await this.pairs(100);
    const disputed = await this.lock(third);
    for (const index of [5, 6]) {
      // The same two accounts' wallets and the slots of fees are warm by the second time only if they are the same; a
      // deposit makes them so.
      for (const owner of [trader(2 * index), trader(2 * index + 1)]) {
        await deposit(world, owner.address, world.market.lots.base, 1n);
        await deposit(world, owner.address, world.market.lots.quote, 1n);
      }
      const dispute = await disputeFill(world, disputed, third, index);
      const sent = await world.cases.write.award([dispute.escrow, 4_000, 6_000], { account: arbiter.address });
      const award = await receiptOf(sent);
      if (index === 6) {
        const bar = { name: "gas_award", must: 100_000, aim: 80_000 };
        this.row("arbiter resolves one fill (splits both legs)", Number(award.gasUsed), bar);
        this.row("  a party's dispute before it", Number(dispute.gasUsed));
      }
    }
    await pass(REFUND_DELAY);
    const refunded = await receiptOf(await world.vault.write.refund([whole.seal]));
    const refundBar = { name: "gas_refund_100", must: 600, aim: 300 };
    this.row("refund of a whole batch, per fill", Number(refunded.gasUsed) / 100, refundBar);
    const left = await closeFill(world, single, next, 42);
    const leftBar = { name: "gas_exit_of_one_fill", must: 80_000, aim: 65_000 };
    this.row("exit of one fill with nobody's help", Number(left.gasUsed), leftBar);
  }
}

export async function measureVault(): Promise<{ world: World; rows: Row[] }> {
  const world = await deploy();
  const vault = new VaultGas(world);
  await vault.begin();
  const lockGas = await vault.hundredFills();
  await vault.openBatches();
  await vault.fewTraders();
  await vault.oneFill();
  await vault.atomic();
  await vault.mostFills(lockGas);
  await vault.ends();
  return { world, rows: vault.rows };
}
