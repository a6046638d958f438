// Gas by execution under Osaka's rules: receipts of a chain in memory, each figure per fill. tools/build.mjs gas runs it.
//   hardhat run bench/gas.ts      the vault's rows, held against bench/gas.json
//   QUOIN_GAS_PEERS=1 ...         the peers too, on the same chain, held against bench/peers.json
//   QUOIN_GAS_WRITE=1 ...         writes these files instead
import { measurePeers } from "./peers.ts";
import { differences, figureOf, keep, printFigures, printPeers, printRows } from "./table.ts";
import { measureVault } from "./vault.ts";

const found: string[] = [];

function hold(name: string, rows: object[]) {
  const file = new URL(name, import.meta.url);
  if (process.env.QUOIN_GAS_WRITE) {
    keep(file, rows);
  } else {
    found.push(...differences(file, rows).map((line) => `bench/${name}: ${line}`));
  }
}

console.error("measuring the vault");
const { world, rows } = await measureVault();
printRows(rows);
hold("gas.json", rows);
if (process.env.QUOIN_GAS_PEERS) {
  const peers = await measurePeers(world, (peer) => console.error(`measuring ${peer}`));
  printPeers(peers, figureOf(rows, "gas_lock_release_100"), figureOf(rows, "gas_settle_100"));
  hold("peers.json", peers);
}
printFigures(rows);
if (found.length !== 0) {
  console.error(found.join("\n"));
  process.exitCode = 1;
}
