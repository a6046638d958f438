import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { artifacts } from "hardhat";
import { type Abi, toFunctionSelector } from "viem";

// The vault and its fixed delegates share one storage and one address: what must hold for that to be sound.

const PARTS = ["EscrowVault", "VaultTill", "VaultCases", "VaultSingles"] as const;
/** The bases that a part may have beside interfaces, most derived first. */
const STORED = ["VaultStorage", "ReentrancyGuardTransient", "EIP712", "IERC5267"];

interface Node {
  id: number;
  nodeType: string;
  name: string;
  nodes: Node[];
  contractKind?: string;
  linearizedBaseContracts?: number[];
  stateVariable?: boolean;
  mutability?: string;
}

/** The contract's syntax tree and its bases', most derived first. */
async function linearOf(name: string): Promise<Node[]> {
  const { sourceName, buildInfoId } = await artifacts.readArtifact(name);
  assert.ok(buildInfoId !== undefined);
  const path = await artifacts.getBuildInfoOutputPath(buildInfoId);
  const { readFile } = await import("node:fs/promises");
  const { output } = JSON.parse(await readFile(path!, "utf8"));
  const contracts = (Object.values(output.sources) as { ast: Node }[])
    .flatMap(({ ast }) => ast.nodes)
    .filter(({ nodeType }) => nodeType === "ContractDefinition");
  const byId = new Map(contracts.map((node) => [node.id, node]));
  const part = contracts.find((node) => node.name === name && sourceName.endsWith(`${name}.sol`))!;
  return part.linearizedBaseContracts!.map((id) => byId.get(id)!);
}

async function selectorsOf(name: string): Promise<Map<string, string>> {
  const { abi } = await artifacts.readArtifact(name);
  const functions = (abi as Abi).filter((entry) => entry.type === "function");
  return new Map(functions.map((entry) => [toFunctionSelector(entry), entry.name]));
}

describe("one address of four codes", () => {
  it("A41 keeps one storage layout: no part declares storage of its own, and all have the same bases in one order", async () => {
    for (const part of PARTS) {
      const contracts = (await linearOf(part)).filter((node) => node.contractKind === "contract");
      const from = contracts.findIndex(({ name }) => name === "VaultStorage");
      assert.deepEqual(contracts.slice(from).map(({ name }) => name), STORED.filter((name) => name !== "IERC5267"));
      for (const contract of contracts.slice(0, from)) {
        const own = contract.nodes.filter((node) => node.nodeType === "VariableDeclaration" && node.stateVariable);
        const stored = own.filter(({ mutability }) => mutability === "mutable").map(({ name }) => name);
        assert.deepEqual(stored, [], `${contract.name} declares storage`);
      }
    }
  });

  it("hides no function of one part behind the same selector of another", async () => {
    const seen = new Map<string, string>();
    for (const part of PARTS) {
      for (const [selector, name] of await selectorsOf(part)) {
        // All parts have it from EIP712, and the first answers for the vault.
        if (name === "eip712Domain") continue;
        // VaultCases passes this one on by name.
        if (part === "VaultSingles" && name === "lockSingle") continue;
        assert.equal(seen.get(selector), undefined, `${part}.${name} is hidden by ${seen.get(selector)}`);
        seen.set(selector, `${part}.${name}`);
      }
    }
  });

  it("has every function that its interfaces promise", async () => {
    const all = new Set<string>();
    for (const part of PARTS) for (const selector of (await selectorsOf(part)).keys()) all.add(selector);
    for (const promise of ["IEscrowVault", "IVaultCases", "IVaultSingles"]) {
      for (const [selector, name] of await selectorsOf(promise)) assert.ok(all.has(selector), `nobody has ${name}`);
    }
  });

  it("has no code that could end or replace it", async () => {
    for (const part of PARTS) {
      const { deployedBytecode } = await artifacts.readArtifact(part);
      const opcodes = opcodesOf(deployedBytecode.slice(2));
      assert.ok(!opcodes.includes(0xff), `${part} can self-destruct`);
      assert.ok(!opcodes.includes(0xf2), `${part} has callcode`);
      const delegates = opcodes.filter((code) => code === 0xf4).length;
      assert.equal(delegates, part === "VaultSingles" ? 0 : 1, `${part} delegates to more than its fixed next part`);
    }
  });
});

/** The instructions of a code, without what they push and without the metadata at its end. */
function opcodesOf(hex: string): number[] {
  const bytes = Buffer.from(hex.replace(/[^0-9a-f]/g, "0"), "hex");
  const end = bytes.length - 2 - bytes.readUInt16BE(bytes.length - 2);
  const codes: number[] = [];
  for (let at = 0; at < end; at++) {
    codes.push(bytes[at]);
    if (bytes[at] >= 0x60 && bytes[at] <= 0x7f) at += bytes[at] - 0x5f;
  }
  return codes;
}
