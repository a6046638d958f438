import { networkHelpers } from "../test/support/world.ts";

const BEGIN = 2_000_000_000;
const STEP = 1_000_000;
const AHEAD = 4_000;

/** From here on each block is a second after the one before, however fast this machine is: signatures contain times, and
 * a zero byte in one is twelve gas. Blocks that run ahead of the clock keep it from showing. */
export async function fixClock(part: number): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(BEGIN + part * STEP);
  await networkHelpers.mine(AHEAD, { interval: 1 });
}
