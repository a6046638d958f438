import { readFileSync } from "node:fs";

import { artifacts } from "hardhat";

/** One variable, or one member of a struct. */
export interface Place {
  label: string;
  slot: string;
  offset: number;
  type: string;
}

export type Layout = Record<string, Place[]>;

const CONTRACTS = {
  VaultRegistry: "contracts/VaultRegistry.sol",
  EscrowVault: "contracts/EscrowVault.sol",
  VaultTill: "contracts/VaultTill.sol",
  VaultCases: "contracts/VaultCases.sol",
  VaultSingles: "contracts/VaultSingles.sol",
};

/** What solc says of each contract's storage; structs under their own names. */
export async function layouts(): Promise<Layout> {
  const result: Layout = {};
  for (const [name, file] of Object.entries(CONTRACTS)) {
    const id = (await artifacts.getBuildInfoId(`${file}:${name}`))!;
    const output = JSON.parse(readFileSync((await artifacts.getBuildInfoOutputPath(id))!, "utf8"));
    const source = Object.keys(output.output.contracts).find((path) => path.endsWith(file))!;
    const { storage, types } = output.output.contracts[source][name].storageLayout;
    result[name] = storage.map((entry: any) => placeOf(entry, types));
    for (const type of Object.values<any>(types ?? {})) {
      if (type.members === undefined) continue;
      result[`${name} ${type.label}`] = type.members.map((entry: any) => placeOf(entry, types));
    }
  }
  return result;
}

function placeOf(entry: any, types: any): Place {
  return { label: entry.label, slot: entry.slot, offset: entry.offset, type: types[entry.type].label };
}

/** What an upgrade from one layout to the other would break. */
export function differences(known: Layout, found: Layout): string[] {
  return Object.entries(known).flatMap(([name, places]) =>
    places.flatMap((place, index) => {
      const now = found[name]?.[index];
      const same = now !== undefined && JSON.stringify(now) === JSON.stringify(place);
      return same ? [] : [`${name}: ${JSON.stringify(place)} became ${JSON.stringify(now ?? "nothing")}`];
    }),
  );
}
