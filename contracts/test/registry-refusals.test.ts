import { describe, it } from "node:test";

import type { Hex } from "viem";

import { assertRefused } from "./support/scenes.ts";
import { type World, alice, bob, deployRegistry, freshWorld, setupOf } from "./support/world.ts";

// What a registry is made with is checked as what governance changes later.

type Setup = Parameters<typeof setupOf>[1];

const ROWS: [what: string, error: string, setup: (world: World) => Setup][] = [
  ["two arbiters of one id", "ArbiterTaken", () => ({ arbiterIds: [1, 1], arbiters: [alice.address, bob.address] })],
  ["a fee cap beyond the whole", "CapOutOfRange", (world) => ({
    tokens: tokensOf(world),
    markets: [{ lots: world.market.lots, arbiterId: 7, operatorFeeCap: 10_001, referrerFeeCap: 0 }],
  })],
  ["a lot of zero", "ZeroLot", (world) => ({
    tokens: tokensOf(world),
    markets: [{ lots: { ...world.market.lots, baseLot: 0n }, arbiterId: 7, operatorFeeCap: 0, referrerFeeCap: 0 }],
  })],
];

function tokensOf(world: World): Hex[] {
  return [world.base.address, world.quote.address];
}

describe("a registry is not made", () => {
  for (const [what, error, setup] of ROWS) {
    it(`with ${what}: ${error}`, async () => {
      const world = await freshWorld();
      await assertRefused(deployRegistry(setupOf(world.timelock.address, setup(world))), error, world.registry);
    });
  }
});
