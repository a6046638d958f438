import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Hex } from "viem";

import type { Part } from "../plan.ts";

export interface Refresh {
  vault: Hex;
  markets: Hex[];
  operator: boolean;
}

/** What is still missing of the whole system, in the plan's order, and what the vault has yet to take over. */
export function systemModule(missing: Part[], refresh: Refresh) {
  return buildModule("Quoin", (m) => {
    const after: any[] = [];
    for (const { id, contract, args } of missing) {
      after.push(m.contract(contract, args as any[], { id, after: after.slice(-1) }));
    }
    const vault = m.contractAt("VaultTill", refresh.vault, { id: "VaultCalls", after: after.slice(-1) });
    const calls: any[] = [vault];
    for (const [index, marketId] of refresh.markets.entries()) {
      calls.push(m.call(vault, "refreshMarket", [marketId], { id: `market_${index}`, after: calls.slice(-1) }));
    }
    if (refresh.operator) m.call(vault, "refreshOperator", [], { id: "operator", after: calls.slice(-1) });
    return { vault };
  });
}
