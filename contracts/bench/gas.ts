// Gas of the vault, by execution under Osaka's rules: receipts of an in-process chain, each figure per fill.
//   hardhat run bench/gas.ts               the table; QUOIN_GAS_JSON=<file> writes it as JSON too
//   QUOIN_GAS_CHECK=1 ...                  fails if a figure is over bench/gas.json by more than one in a hundred
import { readFileSync, writeFileSync } from "node:fs";

import { BUY, type BatchFill, ESCROW, ATOMIC, RING, SELL, type SignedOrder } from "../test/support/batch.ts";
import {
  type LockedBatch,
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
  networkHelpers,
  REFUND_DELAY,
} from "../test/support/world.ts";
import { packBatch } from "../test/support/batch.ts";
import { closeFill, disputeFill } from "../test/support/fills.ts";

interface Row {
  what: string;
  must: number;
  aim: number;
  figure: number;
}

const FEES = { takerFee: 10, makerFee: 2 };
const rows: Row[] = [];
let cell = 0;

function row(what: string, must: number, aim: number, figure: number) {
  rows.push({ what, must, aim, figure: Math.round(figure * 100) / 100 });
}

function nextCell(): number {
  return cell++ % 64;
}

/** One complete fill for each pair of distinct traders. */
async function pairs(world: World, count: number, nonce: bigint, first = 0, mode = ESCROW) {
  const time = await now();
  const orders: SignedOrder[] = [];
  const fills: BatchFill[] = [];
  for (let i = 0; i < count; i++) {
    const common = { nonce, mode };
    orders.push(await sign(world, orderOf(BUY, time, common), trader(2 * (first + i))));
    orders.push(await sign(world, orderOf(SELL, time, common), trader(2 * (first + i) + 1)));
    fills.push({ buy: 2 * i, sell: 2 * i + 1, base: 1_000n, buyerIsMaker: true });
  }
  return { orders, fills };
}

/** A batch that only makes the ring's cells and the outcome word warm, with `alone` the cell's departures too. */
async function tick(world: World, nonce: bigint, alone = false): Promise<void> {
  const one = await pairs(world, 1, nonce, 900);
  const locked = await lock(world, one.orders, one.fills, { cell: nextCell(), ...FEES });
  if (alone) {
    await closeFill(world, locked, one, 0, 900, operator.address);
  }
  await release(world, locked);
}

async function endowPairs(world: World, count: number, first = 0) {
  for (let i = first; i < first + count; i++) {
    await endow(world, trader(2 * i).address, BUY, 90_000_000_000);
    await endow(world, trader(2 * i + 1).address, SELL, 900_000_000);
  }
}

const world = await deploy();
await endowPairs(world, 100);
await endowPairs(world, 1, 900);
let nonce = 1n;
for (let i = 0; i < 64; i++) {
  await tick(world, nonce++, true);
}

/** Locks and releases; the sum of both, and what they were. */
async function life(orders: SignedOrder[], fills: BatchFill[]) {
  const locked = await lock(world, orders, fills, { cell: nextCell(), ...FEES });
  if (locked.skipped.length !== 0) {
    throw new Error(`skipped: ${JSON.stringify(locked.skipped.slice(0, 3))}`);
  }
  const released = await release(world, locked);
  return { locked, released, gas: Number(locked.gasUsed + released.gasUsed) };
}

async function distinct(count: number) {
  await life(...Object.values(await pairs(world, count, nonce++)) as [SignedOrder[], BatchFill[]]);
  const { orders, fills } = await pairs(world, count, nonce++);
  return life(orders, fills);
}

const hundred = await distinct(100);
row("lock + release, N = 100, 200 distinct traders", 27_000, 22_500, hundred.gas / 100);
row("  of which release", Infinity, Infinity, Number(hundred.released.gasUsed) / 100);
row("calldata bytes per fill, lock", 210, 190, hundred.locked.calldata / 100);
row("calldata bytes per fill, release", 3, 1, hundred.released.calldata / 100);

// R11: makers' orders fill in part in every batch; batch n is released when n + 2 is locked, so three are open. Before it
// is measured, the traders' rings of lanes are made warm: eight times an epoch ends while their batches are open.
{
  const time = await now();
  const makers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      sign(world, orderOf(BUY, time, { nonce: RING + 1n, quantity: 1_000_000n }), trader(2 * i)),
    ),
  );
  const open: LockedBatch[] = [];
  const step = async () => {
    const takers = await Promise.all(
      makers.map((_, i) => sign(world, orderOf(SELL, time, { nonce }), trader(2 * i + 1))),
    );
    nonce++;
    const orders = makers.flatMap((maker, i) => [maker, takers[i]]);
    const fills = makers.map((_, i) => ({ buy: 2 * i, sell: 2 * i + 1, base: 1_000n, buyerIsMaker: true }));
    const locked = await lock(world, orders, fills, { cell: nextCell(), ...FEES });
    if (locked.skipped.length !== 0) throw new Error(`R11 skipped ${JSON.stringify(locked.skipped[0])}`);
    open.push(locked);
    return open.length < 3 ? 0 : Number(locked.gasUsed + (await release(world, open.shift()!)).gasUsed) / 100;
  };
  const closeAll = async () => {
    while (open.length > 0) await release(world, open.shift()!);
  };
  for (let ends = 0; ends < 8; ) {
    if (cell % 16 < 15) {
      await tick(world, nonce++);
    } else {
      await step();
      await step();
      await closeAll();
      ends++;
    }
  }
  await step();
  await step();
  const gas: number[] = [];
  for (let n = 0; n < 16; n++) {
    gas.push(await step());
  }
  await closeAll();
  row("R11: maker filled before, taker complete, all in three open batches", 36_000, 30_000, sum(gas) / 16);
  row("  within an epoch of 16 batches", Infinity, Infinity, Math.min(...gas));
  row("  at its end, where open lanes move", Infinity, Infinity, Math.max(...gas));
}

// 100 fills among 10 + 10 traders, one order each.
for (let round = 0; round < 2; round++) {
  const time = await now();
  const orders: SignedOrder[] = [];
  for (let i = 0; i < 10; i++) {
    orders.push(await sign(world, orderOf(BUY, time, { nonce, quantity: 10_000n }), trader(2 * i)));
    orders.push(await sign(world, orderOf(SELL, time, { nonce, quantity: 10_000n }), trader(2 * i + 1)));
  }
  nonce++;
  const fills = Array.from({ length: 100 }, (_, k) => ({
    buy: 2 * (k % 10),
    sell: 2 * Math.floor(k / 10) + 1,
    base: 1_000n,
    buyerIsMaker: true,
  }));
  const netted = await life(orders, fills);
  if (round === 1) row("lock + release, N = 100, among 10 + 10 traders", 7_500, 4_500, netted.gas / 100);
}

// One fill alone: the mean over the 64 cells, since what a lock reads of earlier batches depends on where they stand. The
// round before it ends what the rows above left in cells.
{
  const gas: number[] = [];
  for (let i = 0; i < 128; i++) {
    const { orders, fills } = await pairs(world, 1, nonce++);
    gas.push((await life(orders, fills)).gas);
  }
  row("lock + release, N = 1", 95_000, 85_000, sum(gas.slice(64)) / 64);
  row("  the dearest of 64", Infinity, Infinity, Math.max(...gas.slice(64)));
}

for (let round = 0; round < 2; round++) {
  const { orders, fills } = await pairs(world, 100, nonce++, 0, ATOMIC);
  const data = packBatch(world.market, orders, fills, { cell: 0, ...FEES });
  const receipt = await receiptOf(await world.vault.write.settle([data], { account: operator.address, gas: 16_777_216n }));
  if (round === 1) row("atomic settlement, N = 100", 34_000, 26_000, Number(receipt.gasUsed) / 100);
}

// Refund of a whole batch, exit of one fill, and an arbiter's award.
{
  const { orders, fills } = await pairs(world, 100, nonce++);
  const whole = await lock(world, orders, fills, { cell: nextCell(), ...FEES });
  const next = await pairs(world, 100, nonce++);
  const single = await lock(world, next.orders, next.fills, { cell: nextCell(), ...FEES });
  const third = await pairs(world, 100, nonce++);
  const disputed = await lock(world, third.orders, third.fills, { cell: nextCell(), ...FEES });
  for (const index of [5, 6]) {
    // The same two accounts' wallets and the slots of fees are warm by the second time only if they are the same; a
    // deposit makes them so.
    for (const owner of [trader(2 * index), trader(2 * index + 1)]) {
      await deposit(world, owner.address, world.market.lots.base, 1n);
      await deposit(world, owner.address, world.market.lots.quote, 1n);
    }
    const dispute = await disputeFill(world, disputed, third, index);
    const award = await receiptOf(await world.cases.write.award([dispute.escrow, 4_000, 6_000], { account: arbiter.address }));
    if (index === 6) {
      row("arbiter resolves one fill (splits both legs)", 100_000, 80_000, Number(award.gasUsed));
      row("  a party's dispute before it", Infinity, Infinity, Number(dispute.gasUsed));
    }
  }
  await networkHelpers.time.increase(REFUND_DELAY);
  const refunded = await receiptOf(await world.vault.write.refund([whole.seal]));
  row("refund of a whole batch, per fill", 600, 300, Number(refunded.gasUsed) / 100);
  row("exit of one fill with nobody's help", 80_000, 65_000, Number((await closeFill(world, single, next, 42)).gasUsed));
}

// How many fills one transaction of 2^24 gas can lock.
{
  const { locked } = hundred;
  const perFill = Number(locked.gasUsed) / 100;
  row("fills per lock transaction under 2^24 gas (from N = 100, linear)", 600, 700, Math.floor(2 ** 24 / perFill));
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

const width = Math.max(...rows.map(({ what }) => what.length));
const show = (value: number) => (Number.isFinite(value) ? value.toLocaleString("en-US") : "");
console.log(`${"gas per fill".padEnd(width)} ${"must".padStart(10)} ${"aim".padStart(10)} ${"figure".padStart(12)}`);
for (const { what, must, aim, figure } of rows) {
  console.log(`${what.padEnd(width)} ${show(must).padStart(10)} ${show(aim).padStart(10)} ${show(figure).padStart(12)}`);
}
if (process.env.QUOIN_GAS_JSON) {
  writeFileSync(process.env.QUOIN_GAS_JSON, `${JSON.stringify(rows, null, 2)}\n`);
}
if (process.env.QUOIN_GAS_CHECK) {
  const known: Row[] = JSON.parse(readFileSync(new URL("gas.json", import.meta.url), "utf8"));
  for (const { what, figure } of rows) {
    const before = known.find((entry) => entry.what === what)?.figure;
    const more = what.startsWith("fills per lock") ? -1 : 1;
    if (before === undefined || more * (figure - before) > before / 100) {
      console.error(`${what}: ${figure}, bench/gas.json says ${before}`);
      process.exitCode = 1;
    }
  }
}
