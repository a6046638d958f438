import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { type Hex, encodeFunctionData } from "viem";

import { BUY, type Market, SELL, domainOf, marketId, sideKey } from "./support/batch.ts";
import { BASE, QUOTE, assertRefused } from "./support/scenes.ts";
import {
  EXIT_DELAY,
  REFUND_DELAY,
  type World,
  alice,
  bob,
  dave,
  deployVault,
  deposit,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  release,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

// Attacks A28 to A35: tokens that behave as some tokens do. Bob sells them to Alice.

const AS_BOB = { account: bob.address } as const;
const MUCH = 10n ** 30n;

/** A world with one more market, in which `token` is traded against the test dollar, and Alice's dollars. */
async function marketOf(name: string, args: unknown[] = [], lots: Partial<Market["lots"]> = {}) {
  const world = await freshWorld();
  const token = await made(name, args);
  const market = { ...world.market, lots: { ...world.market.lots, base: token.address, ...lots } };
  await world.registry.write.setToken([token.address, true]);
  await world.registry.write.setMarket([market.lots, market.terms.arbiterId, true]);
  await world.till.write.refreshMarket([marketId(market.lots)]);
  await deposit(world, alice.address, market.lots.quote, 10n * QUOTE * market.lots.quoteLot);
  return { token, world: { ...world, market } as World };
}

/** A token of the test folder, whatever its shape: what all of them can. */
async function made(name: string, args: unknown[] = []) {
  return (await viem.deployContract(name as "TestToken", args as never)) as unknown as Awaited<
    ReturnType<typeof viem.deployContract<"TestToken">>
  >;
}

/** Bob pays in `amount` of the token; returns what his wallet was credited. */
async function payIn(world: World, token: Awaited<ReturnType<typeof made>>, amount: bigint): Promise<bigint> {
  const before = await walletOf(world, bob.address, token.address);
  await token.write.mint([bob.address, amount]);
  await token.write.approve([world.vault.address, amount], AS_BOB);
  await world.till.write.deposit([token.address, amount], AS_BOB);
  return (await walletOf(world, bob.address, token.address)) - before;
}

/** Bob sells Alice `base` lots of the token, from the wallets. */
async function trade(world: World, base = BASE, cell = 0) {
  const time = await now();
  const orders = [await sign(world, orderOf(BUY, time), alice), await sign(world, orderOf(SELL, time), bob)];
  return lock(world, orders, [{ buy: 0, sell: 1, base, buyerIsMaker: true }], { cell });
}

/** Bob's or Alice's exit of the token; returns what arrived at `to`. */
async function leave(world: World, account: Hex, side: number, token: Awaited<ReturnType<typeof made>>, to = account) {
  await world.till.write.gather([world.market.lots, BigInt(side), account], { account });
  await world.till.write.requestExit([token.address, [sideKey(world.market.lots, side)]], { account });
  await networkHelpers.time.increase(EXIT_DELAY);
  const before = await token.read.balanceOf([to]);
  await world.till.write.withdrawExit([token.address, to], { account });
  return (await token.read.balanceOf([to])) - before;
}

/** A withdrawal that the operator co-signed. */
async function coSigned(world: World, account: Hex, token: Hex, amount: bigint, nonce = 1n) {
  const message = { account, token, amount, to: account, nonce, deadline: 4_000_000_000n };
  const fields = ["account address", "token address", "amount uint256", "to address", "nonce uint256", "deadline uint256"];
  const signature = await operator.signTypedData({
    domain: domainOf(world.vault.address),
    types: { Withdrawal: fields.map((field) => ({ name: field.split(" ")[0], type: field.split(" ")[1] })) },
    primaryType: "Withdrawal",
    message,
  } as never);
  return [token, amount, account, nonce, message.deadline, signature] as const;
}

/** Deposit, lock, release, co-signed withdrawal and exit of a token that does all of them. */
async function assertLives(world: World, token: Awaited<ReturnType<typeof made>>) {
  const lot = world.market.lots.baseLot;
  assert.equal(await payIn(world, token, 3n * BASE * lot), 3n * BASE * lot);
  await release(world, await trade(world));
  const args = await coSigned(world, bob.address, token.address, BASE * lot);
  await world.till.write.withdraw(args, AS_BOB);
  assert.equal(await token.read.balanceOf([bob.address]), BASE * lot);
  assert.equal(await leave(world, alice.address, BUY, token), BASE * lot);
  assert.equal(await leave(world, bob.address, SELL, token), BASE * lot);
  assert.equal(await token.read.balanceOf([world.vault.address]), 0n);
}

describe("tokens", () => {
  it("A28 a fee on transfer is its payer's: the credit is what arrived, and the vault owes no more than it holds", async () => {
    const { token, world } = await marketOf("FeeToken");
    const lot = world.market.lots.baseLot;
    assert.equal(await payIn(world, token, 1_000n * lot), 990n * lot);
    const short = trade(world);
    await assertRefused(short, "EmptyBatch", world.vault);
    await release(world, await trade(world, 500n));
    // On the way out the receiver pays the fee.
    assert.equal(await leave(world, alice.address, BUY, token), (500n * lot * 99n) / 100n);
    assert.equal(await leave(world, bob.address, SELL, token), (490n * lot * 99n) / 100n);
    assert.equal(await token.read.balanceOf([world.vault.address]), 0n);
  });

  it("A29 a token that returns nothing, or refuses what is zero, is deposited, traded and withdrawn like any", async () => {
    for (const name of ["SilentToken", "StrictToken"]) {
      const { token, world } = await marketOf(name);
      if (name === "SilentToken") {
        // It knows no allowances at all, so it has no approve either.
        const lot = world.market.lots.baseLot;
        await token.write.mint([bob.address, BASE * lot]);
        await world.till.write.deposit([token.address, BASE * lot], AS_BOB);
        await release(world, await trade(world));
        assert.equal(await leave(world, alice.address, BUY, token), BASE * lot);
      } else {
        await assertLives(world, token);
      }
    }
  });

  it("A29 a token that answers false is refused on the way in, and on the way out keeps the balance", async () => {
    const { token: no, world: refusing } = await marketOf("FalseToken");
    await assertRefused(payIn(refusing, no, 5n), "SafeERC20FailedOperation", refusing.till);
    const { token, world } = await marketOf("FalseOutToken");
    await payIn(world, token, 5n);
    await assertRefused(leave(world, bob.address, SELL, token), "SafeERC20FailedOperation", world.till);
    const args = await coSigned(world, bob.address, token.address, 5n);
    await assertRefused(world.till.write.withdraw(args, AS_BOB), "SafeERC20FailedOperation", world.till);
    assert.equal(await walletOf(world, bob.address, token.address), 5n);
  });

  it("A29 migration passes a token that refuses one allowance over another", async () => {
    const { token, world } = await marketOf("StrictToken");
    await payIn(world, token, 7n);
    const next = await deployVault(world.registry.address);
    const message = {
      account: bob.address,
      token: token.address,
      amount: 7n,
      nextVault: next.vault.address,
      nonce: 2n,
      deadline: 4_000_000_000n,
    };
    const names = Object.keys(message);
    const kinds = ["address", "address", "uint256", "address", "uint256", "uint256"];
    const typed = {
      domain: domainOf(world.vault.address),
      types: { Migration: names.map((name, i) => ({ name, type: kinds[i] })) },
      primaryType: "Migration",
      message,
    } as never;
    const args = [bob.address, token.address, 7n, next.vault.address, 2n, message.deadline] as const;
    const signatures = [await bob.signTypedData(typed), await operator.signTypedData(typed)] as const;
    await world.till.write.migrate([...args, ...signatures]);
    assert.equal(await walletOf({ ...world, ...next }, bob.address, token.address), 7n);
  });

  it("A30 a hooked trader enters no second deposit, withdrawal or migration, and gains nothing from what he can enter", async () => {
    const { token, world } = await marketOf("HookToken");
    const trader = await viem.deployContract("HookedTrader");
    const lot = world.market.lots.baseLot;
    await token.write.mint([trader.address, 10n * BASE * lot]);
    const data = (abi: readonly unknown[], functionName: string, args: unknown[]) =>
      encodeFunctionData({ abi, functionName, args } as never);
    const till = (name: string, args: unknown[]) => data(world.till.abi, name, args);
    const as = (target: Hex, call: Hex) => trader.write.run([target, call]);
    await as(token.address, data(token.abi, "approve", [world.vault.address, MUCH]));
    const payIn = till("deposit", [token.address, BASE * lot]);
    await as(world.vault.address, payIn);
    await as(world.vault.address, till("requestExit", [token.address, []]));
    await networkHelpers.time.increase(EXIT_DELAY);
    const exit = till("withdrawExit", [token.address, trader.address]);
    const guarded = [
      payIn,
      exit,
      till("depositFor", [bob.address, token.address, 1n]),
      till("depositNative", []),
      till("depositWithPermit2", [token.address, 1n, 0n, 0n, "0x"]),
      till("withdraw", [token.address, 1n, trader.address, 0n, 2n ** 64n, "0x"]),
      till("migrate", [trader.address, token.address, 1n, bob.address, 0n, 2n ** 64n, "0x", "0x"]),
    ];
    for (const inner of guarded) {
      await trader.write.arm([world.vault.address, inner, false]);
      for (const outer of [payIn, exit]) {
        await assertRefused(as(world.vault.address, outer), "ReentrancyGuardReentrantCall", world.till);
      }
    }
    // What needs no guard moves between one owner's own places only, and sees a vault that holds what it owes.
    const open = [
      till("gather", [world.market.lots, 1n, trader.address]),
      till("cancelExit", [token.address, []]),
      till("collectFees", [world.market.lots, [64n]]),
    ];
    for (const inner of open) {
      await trader.write.arm([world.vault.address, inner, true]);
      await as(world.vault.address, payIn);
      assert.ok(await trader.read.lastDone());
      assert.equal(await walletOf(world, trader.address, token.address), await token.read.balanceOf([world.vault.address]));
    }
    assert.equal(await token.read.balanceOf([world.vault.address]), 4n * BASE * lot);
  });

  it("A30 lock, release and refund call no token", async () => {
    const { token, world } = await marketOf("ReentrantToken");
    await payIn(world, token, 2n * BASE * world.market.lots.baseLot);
    const sink = await viem.deployContract("GasSink");
    const code = (await (await viem.getPublicClient()).getCode({ address: sink.address }))!;
    await networkHelpers.setCode(token.address, code);
    const [first, second] = [await trade(world, BASE, 0), await trade(world, BASE, 1)];
    await release(world, first);
    await networkHelpers.time.increase(REFUND_DELAY);
    await world.vault.write.refund([second.seal]);
  });

  it("A31 a token whose balances shrink costs its own holders, the last of them most, and no other token", async () => {
    const { token, world } = await marketOf("ShrinkingToken");
    const lot = world.market.lots.baseLot;
    await payIn(world, token, 2n * BASE * lot);
    const batch = await trade(world);
    await (token as never as { write: { shrink: () => Promise<Hex> } }).write.shrink();
    await release(world, batch);
    // The token itself rounds, against whom it pays.
    assert.ok((await leave(world, alice.address, BUY, token)) >= BASE * lot - 1n);
    await assert.rejects(leave(world, bob.address, SELL, token), /ERC20InsufficientBalance/);
    const args = await coSigned(world, bob.address, token.address, (BASE * lot * 8n) / 10n);
    await world.till.write.cancelExit([token.address, []], AS_BOB);
    await world.till.write.withdraw(args, AS_BOB);
    const quote = world.market.lots.quoteLot * QUOTE;
    assert.equal(await leave(world, bob.address, SELL, world.quote as never), quote);
    assert.equal(await leave(world, alice.address, BUY, world.quote as never), 9n * quote);
  });

  it("A32 a party that the token shuts out stops nobody, and takes its own money out to another address", async () => {
    const { token, world } = await marketOf("BlocklistToken");
    const lot = world.market.lots.baseLot;
    await payIn(world, token, 2n * BASE * lot);
    const batch = await trade(world);
    await (token as never as { write: { block_: (args: [Hex]) => Promise<Hex> } }).write.block_([alice.address]);
    await release(world, batch);
    assert.equal(await leave(world, bob.address, SELL, token), BASE * lot);
    await assert.rejects(leave(world, alice.address, BUY, token), /Blocked/);
    assert.equal(await leave(world, alice.address, BUY, token, dave.address), BASE * lot);
  });

  it("A32 while a token is stopped its trades still end, and its money leaves when it moves again", async () => {
    const { token, world } = await marketOf("PausableToken");
    const lot = world.market.lots.baseLot;
    await payIn(world, token, BASE * lot);
    const batch = await trade(world);
    const stop = (paused: boolean) =>
      (token as never as { write: { setPaused: (args: [boolean]) => Promise<Hex> } }).write.setPaused([paused]);
    await stop(true);
    await release(world, batch);
    await assert.rejects(leave(world, alice.address, BUY, token), /TransfersPaused/);
    assert.equal(await leave(world, bob.address, SELL, world.quote as never), QUOTE * world.market.lots.quoteLot);
    await stop(false);
    await world.till.write.withdrawExit([token.address, alice.address], { account: alice.address });
    assert.equal(await token.read.balanceOf([alice.address]), BASE * lot);
  });

  it("A33 a token without code is never paid in, and one that lost its code keeps what is owed", async () => {
    const { token, world } = await marketOf("TestToken", ["Doomed", "GONE", 18]);
    const lot = world.market.lots.baseLot;
    await payIn(world, token, BASE * lot);
    const batch = await trade(world);
    await networkHelpers.setCode(token.address, "0x");
    await assertRefused(world.till.write.deposit([token.address, 1n], AS_BOB), "TokenWithoutCode", world.till);
    await release(world, batch);
    const account = alice.address;
    await world.till.write.gather([world.market.lots, 0n, account], { account });
    await world.till.write.requestExit([token.address, []], { account });
    await networkHelpers.time.increase(EXIT_DELAY);
    await assertRefused(world.till.write.withdrawExit([token.address, account], { account }), "SafeERC20FailedOperation", world.till);
    assert.equal(await walletOf(world, account, token.address), BASE * lot);
  });

  it("A34 tokens of 0, 6, 18, 27 and 36 decimals live through deposit, lock, release, withdrawal and exit", async () => {
    for (const decimals of [0, 6, 18, 27, 36]) {
            const baseLot = decimals < 4 ? 1n : 10n ** BigInt(decimals - 3);
      const { token, world } = await marketOf("TestToken", ["Decimals", `D${decimals}`, decimals], { baseLot });
      // The scale is one whole token, or a thousand lots of one that has no parts: a tick stays a whole number.
      const priceScale = 1_000n * baseLot;
      await assertLives({ ...world, market: { ...world.market, priceScale } }, token);
    }
  });

  it("A34 lots with which one tick is no whole number of base units are refused", async () => {
    const { token, world } = await marketOf("TestToken", ["Odd", "ODD", 18], { baseLot: 7n });
    await payIn(world, token, 7n * BASE);
    await assertRefused(trade(world), "InexactPrice", world.vault);
  });
});
