// Arbiters of every kind, before the real vault: a court (ERC-792), a token vote (Governor), a wallet of several owners
// (EIP-1271). Each is tried for the same four things: it acts only after a party's dispute (R4), pays the two parties
// only, does what it decides, and is passed over when it is silent.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import {
  type Hex,
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  keccak256,
  parseEther,
  toHex,
} from "viem";

import { BUY, SELL, domainOf, marketId } from "./support/batch.ts";
import { leafOf } from "./support/fills.ts";
import {
  DISPUTE_BOUND,
  type World,
  alice,
  bob,
  carol,
  dave,
  deployer,
  endow,
  freshWorld,
  lock,
  networkHelpers,
  now,
  operator,
  orderOf,
  sign,
  viem,
  walletOf,
} from "./support/world.ts";

const QUOTE = 200_000_000n;
const BASE = 1_000n;
const ID = 21;

type Escrow = Parameters<World["cases"]["write"]["award"]>[0][0];

interface Case {
  world: World;
  escrow: Escrow;
  id: Hex;
  dispute: () => Promise<void>;
}

/** A locked fill of Alice and Bob in a market whose arbiter is `arbiter`; the escrow as a dispute will say it. */
async function caseOf(world: World, arbiter: Hex): Promise<Case> {
  await world.registry.write.setArbiter([ID, arbiter]);
  await world.registry.write.setMarket([world.market.lots, ID, true]);
  const market = { ...world.market, terms: { ...world.market.terms, arbiterId: ID } };
  const changed = { ...world, market };
  await endow(world, alice.address, BUY, Number(QUOTE));
  await endow(world, bob.address, SELL, Number(BASE));
  const time = await now();
  const orders = [
    await sign(changed, orderOf(BUY, time), alice, market),
    await sign(changed, orderOf(SELL, time), bob, market),
  ];
  const fill = { buy: 0, sell: 1, base: BASE, buyerIsMaker: true };
  await world.till.write.refreshMarket([marketId(market.lots)]);
  const batch = await lock(changed, orders, [fill], { cell: 0 }, market);
  const leaf = leafOf(
    { order: orders[0], owner: alice.address },
    { order: orders[1], owner: bob.address },
    fill,
  );
  const seq = batch.seal.numbers & 0xffffffffn;
  const escrow = {
    mode: 1,
    lots: market.lots,
    terms: market.terms,
    buyer: alice.address,
    seller: bob.address,
    base: leaf.base,
    pay: leaf.pay,
    get: leaf.get,
    referrerFee: leaf.referrerFee,
    referrer: batch.seal.referrer,
    operator: operator.address,
    buyerBond: 0,
    sellerBond: 0,
    deadline: Number((batch.seal.numbers >> 32n) & 0xffffffffffn),
    origin: keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "uint256" }, { type: "uint256" }],
        [batch.seal.marketId, seq, 0n],
      ),
    ),
    sha256Hash: `0x${"0".repeat(64)}`,
  } as const;
  let id: Hex = "0x";
  const result: Case = {
    world: changed,
    escrow,
    id,
    dispute: async () => {
      await world.cases.write.disputeFill([batch.seal, batch.detail, 0n, leaf, [], "0x"], { account: alice.address });
      const [opened] = await world.cases.getEvents.EscrowOpened();
      result.id = opened.args.escrowId!;
      assert.deepEqual(opened.args.escrow!.origin, escrow.origin);
      assert.equal((await world.singles.read.escrowState([result.id]))[0], 3n);
    },
  };
  return result;
}

async function shares({ world }: Case): Promise<[bigint, bigint, bigint, bigint]> {
  const { base, quote, baseLot, quoteLot } = world.market.lots;
  return [
    (await walletOf(world, alice.address, base)) / baseLot,
    (await walletOf(world, alice.address, quote)) / quoteLot,
    (await walletOf(world, bob.address, base)) / baseLot,
    (await walletOf(world, bob.address, quote)) / quoteLot,
  ];
}

/** What the vault holds is exactly what the two parties have: nobody else was paid. */
async function assertOnlyParties(one: Case) {
  const [aliceBase, aliceQuote, bobBase, bobQuote] = await shares(one);
  assert.deepEqual([aliceBase + bobBase, aliceQuote + bobQuote], [BASE, QUOTE]);
  for (const third of [carol, dave, operator, deployer]) {
    assert.equal(await walletOf(one.world, third.address, one.world.market.lots.base), 0n);
    assert.equal(await walletOf(one.world, third.address, one.world.market.lots.quote), 0n);
  }
}

async function assertFallsBack(one: Case) {
  await networkHelpers.time.increase(DISPUTE_BOUND + 1);
  await one.world.cases.write.fallBack([one.escrow], { account: carol.address });
  assert.deepEqual(await shares(one), [BASE / 2n, QUOTE / 2n, BASE / 2n, QUOTE / 2n]);
  await assertOnlyParties(one);
}

describe("a court by ERC-792", () => {
  const FEE = parseEther("0.1");

  async function court() {
    const world = await freshWorld();
    const judge = await viem.deployContract("TestCourt", [FEE]);
    const adapter = await viem.deployContract("CourtArbiter", [
      world.vault.address,
      judge.address,
      "0x1234",
      "/meta/escrow.json",
    ]);
    const one = await caseOf(world, adapter.address);
    const submit = (value = FEE, escrow: Escrow = one.escrow) =>
      adapter.write.submit([escrow], { account: alice.address, value });
    const ruling = async (number: bigint) => {
      await judge.write.giveRuling([0n, number]);
      await networkHelpers.time.increase(600);
      await judge.write.executeRuling([0n]);
    };
    return { one, judge, adapter, submit, ruling };
  }

  it("R4 takes a case only after a party's dispute, for its fee, once, and gives back what is over", async () => {
    const { one, judge, adapter, submit } = await court();
    await viem.assertions.revertWithCustomError(submit(), adapter, "NotInDispute");
    await one.dispute();
    await viem.assertions.revertWithCustomErrorWithArgs(submit(FEE - 1n), adapter, "FeeTooLow", [FEE - 1n, FEE]);
    const forged = { ...one.escrow, buyer: carol.address };
    await viem.assertions.revertWithCustomError(submit(FEE, forged), adapter, "NotInDispute");
    await viem.assertions.revertWithCustomError(
      adapter.write.submitEvidence([one.id, "/evidence/1"]),
      adapter,
      "NotSubmitted",
    );
    await submit(3n * FEE);
    const client = await viem.getPublicClient();
    assert.equal(await client.getBalance({ address: judge.address }), FEE);
    assert.equal(await client.getBalance({ address: adapter.address }), 0n);
    const [dispute] = await adapter.getEvents.Dispute();
    assert.deepEqual(
      [dispute.args._disputeID, dispute.args._metaEvidenceID, dispute.args._evidenceGroupID],
      [0n, 0n, BigInt(one.id)],
    );
    await viem.assertions.revertWithCustomError(submit(), adapter, "AlreadySubmitted");
    await adapter.write.submitEvidence([one.id, "/evidence/1"], { account: bob.address });
    const [evidence] = await adapter.getEvents.Evidence();
    assert.equal(evidence.args._party!.toLowerCase(), bob.address.toLowerCase());
  });

  for (const [number, what, expected] of [
    [1n, "completes the trade", [BASE, 0n, 0n, QUOTE]],
    [2n, "undoes the trade", [0n, QUOTE, BASE, 0n]],
    [3n, "halves both legs", [BASE / 2n, QUOTE / 2n, BASE / 2n, QUOTE / 2n]],
  ] as const) {
    it(`${what} by ruling ${number}, between the two parties only`, async () => {
      const { one, adapter, submit, ruling } = await court();
      await one.dispute();
      await submit();
      await viem.assertions.revertWithCustomError(adapter.write.execute([one.escrow]), adapter, "NoRuling");
      await ruling(number);
      const forged = { ...one.escrow, buyer: carol.address };
      await viem.assertions.revertWithCustomError(adapter.write.execute([forged]), adapter, "NoRuling");
      await adapter.write.execute([one.escrow], { account: carol.address });
      assert.deepEqual(await shares(one), [...expected]);
      await assertOnlyParties(one);
      await viem.assertions.revertWithCustomError(adapter.write.execute([one.escrow]), one.world.cases, "WrongState");
    });
  }

  it("rules by its own word only, once, after an appeal anew", async () => {
    const { one, judge, adapter, submit, ruling } = await court();
    await one.dispute();
    await submit();
    await viem.assertions.revertWithCustomError(
      adapter.write.rule([0n, 1n], { account: alice.address }),
      adapter,
      "NotCourt",
    );
    await judge.write.giveRuling([0n, 1n]);
    await viem.assertions.revertWithCustomError(adapter.write.appeal([one.id]), adapter, "FeeTooLow");
    await viem.assertions.revertWithCustomError(
      adapter.write.appeal([`0x${"1".repeat(64)}`]),
      adapter,
      "NotSubmitted",
    );
    await adapter.write.appeal([one.id], { account: bob.address, value: FEE });
    await ruling(2n);
    await networkHelpers.impersonateAccount(judge.address);
    await networkHelpers.setBalance(judge.address, FEE);
    for (const args of [
      [0n, 1n],
      [1n, 1n],
    ] as const) {
      await viem.assertions.revertWithCustomError(
        adapter.write.rule([...args], { account: judge.address }),
        adapter,
        "BadRuling",
      );
    }
    await adapter.write.execute([one.escrow]);
    assert.deepEqual(await shares(one), [0n, QUOTE, BASE, 0n]);
  });

  it("is passed over when it refuses to rule, or rules too late", async () => {
    const { one, adapter, submit, ruling } = await court();
    await one.dispute();
    await submit();
    await ruling(0n);
    await viem.assertions.revertWithCustomError(adapter.write.execute([one.escrow]), adapter, "NoRuling");
    await assertFallsBack(one);

    const late = await court();
    await late.one.dispute();
    await late.submit();
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await late.ruling(1n);
    await viem.assertions.revertWithCustomError(
      late.adapter.write.execute([late.one.escrow]),
      late.one.world.cases,
      "WrongSigner",
    );
    await assertFallsBack(late.one);
  });
});

describe("a token vote", () => {
  const VOTING_DELAY = 60;
  const VOTING_PERIOD = 600;

  async function vote() {
    const world = await freshWorld();
    const token = await viem.deployContract("VoteToken", ["Quoin Votes", "QVOTE", carol.address, 100n]);
    await token.write.transfer([dave.address, 30n], { account: carol.address });
    await token.write.delegate([carol.address], { account: carol.address });
    await token.write.delegate([dave.address], { account: dave.address });
    const governor = await viem.deployContract("VoteArbiter", [
      world.vault.address,
      token.address,
      VOTING_DELAY,
      VOTING_PERIOD,
      10n,
      50n,
    ]);
    const one = await caseOf(world, governor.address);
    const award = encodeFunctionData({
      abi: world.cases.abi,
      functionName: "award",
      args: [one.escrow, 2_500, 7_500],
    });
    const proposal = [[world.vault.address], [0n], [award]] as const;
    const propose = () => governor.write.propose([...proposal, "award"], { account: carol.address });
    const id = () => governor.read.getProposalId([...proposal, keccak256(toHex("award"))]);
    const castAll = async (support: number) => {
      await networkHelpers.time.increase(VOTING_DELAY + 1);
      await governor.write.castVote([await id(), support], { account: carol.address });
      await networkHelpers.time.increase(VOTING_PERIOD);
    };
    const execute = () => governor.write.execute([...proposal, keccak256(toHex("award"))], { account: bob.address });
    return { one, governor, token, propose, castAll, execute };
  }

  it("R4 awards between the parties what was voted, after a party's dispute only", async () => {
    const { one, governor, propose, castAll, execute } = await vote();
    await propose();
    await viem.assertions.revertWithCustomError(execute(), governor, "GovernorUnexpectedProposalState");
    await castAll(1);
    await viem.assertions.revertWithCustomError(execute(), one.world.cases, "WrongState");
    await one.dispute();
    await execute();
    assert.deepEqual(await shares(one), [750n, QUOTE / 4n, 250n, (QUOTE * 3n) / 4n]);
    await assertOnlyParties(one);
    await viem.assertions.revertWithCustomError(execute(), governor, "GovernorUnexpectedProposalState");
  });

  it("can propose nothing but awards in its vault", async () => {
    const { one, governor, token } = await vote();
    const { world, escrow } = one;
    const award = encodeFunctionData({ abi: world.cases.abi, functionName: "award", args: [escrow, 0, 0] });
    const steal = encodeFunctionData({ abi: token.abi, functionName: "transfer", args: [dave.address, 1n] });
    const withBonds = encodeFunctionData({
      abi: world.singles.abi,
      functionName: "awardWithBonds",
      args: [escrow, 0, 0, 1n],
    });
    const propose = (target: Hex, value: bigint, data: Hex) =>
      governor.write.propose([[target], [value], [data], "x"], { account: carol.address });
    for (const [target, value, data] of [
      [token.address, 0n, award],
      [world.vault.address, 1n, award],
      [world.vault.address, 0n, steal],
      [world.vault.address, 0n, "0x"],
      [governor.address, 0n, steal],
    ] as const) {
      await viem.assertions.revertWithCustomError(propose(target, value, data), governor, "NotAnAward");
    }
    await viem.assertions.revertWithCustomError(
      governor.write.propose([[], [], [], "nothing"], { account: carol.address }),
      governor,
      "GovernorInvalidProposalLength",
    );
    await viem.assertions.revertWithCustomError(
      governor.write.propose([[world.vault.address], [0n], [award], "few votes"], { account: bob.address }),
      governor,
      "GovernorInsufficientProposerVotes",
    );
    await propose(world.vault.address, 0n, withBonds);
  });

  it("that fails or comes too late is silence, and the fallback decides", async () => {
    const against = await vote();
    await against.one.dispute();
    await against.propose();
    await against.castAll(0);
    await viem.assertions.revertWithCustomError(
      against.execute(),
      against.governor,
      "GovernorUnexpectedProposalState",
    );
    await assertFallsBack(against.one);

    const late = await vote();
    await late.one.dispute();
    await networkHelpers.time.increase(DISPUTE_BOUND - VOTING_PERIOD);
    await late.propose();
    await late.castAll(1);
    await viem.assertions.revertWithCustomError(late.execute(), late.one.world.cases, "WrongSigner");
    await assertFallsBack(late.one);
  });
});

describe("a wallet of several owners", () => {
  const owners = [carol, dave, deployer].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));

  async function multisig() {
    const world = await freshWorld();
    const safe = await viem.deployContract("TestMultisig", [owners.map(({ address }) => address), 2n]);
    const one = await caseOf(world, safe.address);
    const act = async (target: Hex, data: Hex, signers = owners.slice(0, 2)) => {
      const digest = keccak256(
        encodeAbiParameters(
          [{ type: "uint256" }, { type: "address" }, { type: "uint256" }, { type: "address" }, { type: "bytes" }],
          [31337n, safe.address, await safe.read.nonce(), target, data],
        ),
      );
      const signatures = await Promise.all(signers.map((signer) => signer.sign({ hash: digest })));
      return safe.write.execute([target, data, concatHex(signatures)]);
    };
    const award = encodeFunctionData({
      abi: world.cases.abi,
      functionName: "award",
      args: [one.escrow, 1_000, 9_000],
    });
    return { one, safe, act, award };
  }

  it("R4 awards between the parties by enough owners, after a party's dispute only", async () => {
    const { one, safe, act, award } = await multisig();
    const { vault, cases } = one.world;
    await viem.assertions.revertWithCustomError(act(vault.address, award), cases, "WrongState");
    await one.dispute();
    await viem.assertions.revertWithCustomError(act(vault.address, award, owners.slice(1, 2)), safe, "TooFewOwners");
    await act(vault.address, award);
    assert.deepEqual(await shares(one), [900n, QUOTE / 10n, 100n, (QUOTE * 9n) / 10n]);
    await assertOnlyParties(one);
  });

  it("R4 is the third key by EIP-1271 beside one party's, after a party's dispute only", async () => {
    const { one } = await multisig();
    const { world, escrow } = one;
    const signed = async (accounts: readonly (typeof alice)[]) => {
      const message = { escrowId: one.id, quoteToBuyer: 0, baseToBuyer: 10_000 };
      const typed = {
        domain: domainOf(world.vault.address),
        types: {
          Outcome: [
            { name: "escrowId", type: "bytes32" },
            { name: "quoteToBuyer", type: "uint16" },
            { name: "baseToBuyer", type: "uint16" },
          ],
        },
        primaryType: "Outcome",
        message,
      } as const;
      return concatHex(await Promise.all(accounts.map((account) => account.signTypedData(typed))));
    };
    await one.dispute();
    const close = async (sellers: Hex, arbiters: Hex) =>
      world.cases.write.closeTogether([escrow, 0, 10_000, "0x", sellers, arbiters]);
    const bobs = await signed([bob]);
    await viem.assertions.revertWithCustomError(close(bobs, "0x"), world.cases, "TooFewSigners");
    await viem.assertions.revertWithCustomError(
      close(bobs, await signed(owners.slice(0, 1))),
      world.cases,
      "WrongSigner",
    );
    await viem.assertions.revertWithCustomError(
      close("0x", await signed(owners.slice(0, 2))),
      world.cases,
      "TooFewSigners",
    );
    await close(bobs, await signed(owners.slice(0, 2)));
    assert.deepEqual(await shares(one), [BASE, 0n, 0n, QUOTE]);
    await assertOnlyParties(one);
  });

  it("that is silent is passed over", async () => {
    const { one, act, award } = await multisig();
    await one.dispute();
    await networkHelpers.time.increase(DISPUTE_BOUND + 1);
    await viem.assertions.revertWithCustomError(act(one.world.vault.address, award), one.world.cases, "WrongSigner");
    await assertFallsBack(one);
  });
});
