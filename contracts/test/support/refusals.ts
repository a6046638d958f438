import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { BaseError, ContractFunctionExecutionError } from "viem";

type Assertion = (call: Promise<unknown>, contract: unknown, error: string, ...rest: unknown[]) => Promise<void>;

/** Which function a call that was refused had called. */
function functionOf(refusal: unknown): string {
  const execution =
    refusal instanceof BaseError ? refusal.walk((error) => error instanceof ContractFunctionExecutionError) : undefined;
  return execution instanceof ContractFunctionExecutionError ? execution.functionName : "constructor";
}

/** Notes each refusal that a test has shown, for tools/refusal-matrix.mjs, if QUOIN_REFUSALS names a folder for it. */
export function recordRefusals(assertions: object): void {
  const folder = process.env.QUOIN_REFUSALS;
  if (folder === undefined) return;
  const all = assertions as Record<string, Assertion>;
  for (const name of ["revertWithCustomError", "revertWithCustomErrorWithArgs"]) {
    const shown = all[name].bind(assertions);
    all[name] = async (call, contract, error, ...rest) => {
      await shown(call, contract, error, ...rest);
      const refusal = await call.then(() => undefined, (reason: unknown) => reason);
      appendFileSync(join(folder, String(process.pid)), `${functionOf(refusal)} ${error}\n`);
    };
  }
}
