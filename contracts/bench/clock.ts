// A clock that no machine's speed shows in. Signatures contain times, and a zero byte in one is twelve gas.
import { hooks } from "hardhat";

import { networkHelpers } from "../test/support/world.ts";

const BEGIN = 2_000_000_000;
const STEP = 1_000_000;
const SENDS = new Set(["eth_sendTransaction", "eth_sendRawTransaction"]);

let isFixed = false;

hooks.registerHandlers("network", {
  // Before each transaction: its block is a second after the last.
  onRequest: async (context, connection, request, next) => {
    if (isFixed && SENDS.has(request.method)) {
      const ask = async (method: string, params: unknown[]): Promise<any> => {
        const response = await next(context, connection, { jsonrpc: "2.0", id: request.id, method, params });
        if ("error" in response) throw new Error(response.error.message);
        return response.result;
      };
      const { timestamp } = await ask("eth_getBlockByNumber", ["latest", false]);
      await ask("evm_setNextBlockTimestamp", [`0x${(BigInt(timestamp) + 1n).toString(16)}`]);
    }
    return next(context, connection, request);
  },
});

/** From here on each block is a second after the one before; begins at another fixed second for each part. */
export async function fixClock(part: number): Promise<void> {
  isFixed = true;
  await mineAt(BEGIN + part * STEP);
}

/** Lets so many seconds pass in one block. */
export async function pass(seconds: number): Promise<void> {
  await mineAt((await networkHelpers.time.latest()) + seconds);
}

async function mineAt(timestamp: number) {
  await networkHelpers.time.setNextBlockTimestamp(timestamp);
  await networkHelpers.mine();
}
