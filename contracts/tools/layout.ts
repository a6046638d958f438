// Compares where contracts keep their storage with the snapshot storage-layout.json, both as solc says it.
//   hardhat run --no-compile tools/layout.ts        fails if a slot moved, changed its type or went
//   QUOIN_WRITE_LAYOUT=1 ...                        writes the snapshot anew
// New variables behind the last are allowed: then write the snapshot anew, and say in the commit why.
import { readFileSync, writeFileSync } from "node:fs";

import { differences, layouts } from "../test/support/layout.ts";

const file = new URL("../storage-layout.json", import.meta.url);
const found = await layouts();
if (process.env.QUOIN_WRITE_LAYOUT) {
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
}
const known = JSON.parse(readFileSync(file, "utf8"));
for (const problem of differences(known, found)) {
  console.error(problem);
  process.exitCode = 1;
}
