// The peers of the vault on the same chain, with the same tokens and traders as it was measured with.
import type { World } from "../test/support/world.ts";
import { fixClock } from "./clock.ts";
import { cowGas } from "./peers/cow.ts";
import { partiesOf } from "./peers/parties.ts";
import { safeGas } from "./peers/safe.ts";
import { seaportGas } from "./peers/seaport.ts";
import { htlcGas, klerosGas } from "./peers/singles.ts";
import { type PeerRow, rounded } from "./table.ts";

const FILLS = 100;

/** Measures each, says which is next, and adds what can only be quoted. */
export async function measurePeers(world: World, progress: (peer: string) => void): Promise<PeerRow[]> {
  await fixClock(2);
  const parties = await partiesOf(world, FILLS);
  progress("CoW Protocol");
  const cow = await cowGas(parties);
  progress("Seaport");
  const seaport = await seaportGas(parties);
  progress("escrows of single trades");
  const htlc = await htlcGas(parties);
  const safe = await safeGas(parties);
  const kleros = await klerosGas(parties);
  return [
    {
      peer: "CoW Protocol settlement",
      version: "1.8.0",
      measured: "settle, N = 100, 2 signed orders a fill, no escrow",
      gas: rounded(cow),
      escrow: false,
    },
    {
      peer: "Seaport",
      version: "1.6 (core 1.6.6)",
      measured: "matchOrders, N = 100, 2 signed orders a fill, no escrow",
      gas: rounded(seaport),
      escrow: false,
    },
    {
      peer: "HTLC, one slot a leg",
      version: "(own)",
      measured: "2 locks, 2 claims",
      gas: htlc,
      escrow: true,
    },
    {
      peer: "AuthCaptureEscrow",
      version: "3f77761",
      measured: "2 authorize, 2 capture",
      gas: 360_266,
      escrow: true,
      quoted: "base/commerce-payments is not on npm",
    },
    {
      peer: "Kleros MultipleArbitrableTokenTransaction",
      version: "0.10.0",
      measured: "2 createTransaction, 2 pay, no dispute",
      gas: kleros,
      escrow: true,
    },
    {
      peer: "Safe for each trade",
      version: "1.4.1",
      measured: `create ${safe.create}, fund ${safe.fund}, 2-of-3 release ${safe.release}`,
      gas: safe.create + safe.fund + safe.release,
      escrow: true,
    },
  ];
}
