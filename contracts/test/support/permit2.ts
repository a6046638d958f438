import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { type Address, type Hex, domainSeparator, keccak256, parseAbi } from "viem";
import type { HDAccount, PrivateKeyAccount } from "viem/accounts";

import { networkHelpers } from "./world.ts";

/** Where Permit2 is on every chain. */
export const PERMIT2: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

export const PERMIT2_ABI = parseAbi([
  "struct TokenPermissions { address token; uint256 amount; }",
  "struct PermitTransferFrom { TokenPermissions permitted; uint256 nonce; uint256 deadline; }",
  "struct SignatureTransferDetails { address to; uint256 requestedAmount; }",
  "function permitTransferFrom(PermitTransferFrom permit, SignatureTransferDetails details, address owner, bytes signature)",
  "function invalidateUnorderedNonces(uint256 wordPos, uint256 mask)",
  "error InvalidNonce()",
  "error InvalidSigner()",
  "error SignatureExpired(uint256 signatureDeadline)",
]);

/** What its owner signs for a deposit. */
export interface Permit {
  token: Address;
  amount: bigint;
  spender: Address;
  nonce: bigint;
  deadline: bigint;
}

const TYPES = {
  PermitTransferFrom: [
    { name: "permitted", type: "TokenPermissions" },
    { name: "spender", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
  TokenPermissions: [
    { name: "token", type: "address" },
    { name: "amount", type: "uint256" },
  ],
} as const;

export const PERMIT2_DOMAIN = { name: "Permit2", chainId: 31337, verifyingContract: PERMIT2 } as const;

/** keccak256 of the code with both immutable values zero. */
const CODE_HASH = "0x463331fa7a0d5f07488e42c37b461bb56a822145c161a821fbafe7d4e916b546";
/** What the published code has for its domain, having been made at another address. */
const PUBLISHED_DOMAIN = "d5a17abc3865df5c1400c0299bd4ce2eefc8114aec5f9d3dded1745783e57b98";

/**
 * Puts Permit2 at its address: the code that its authors publish for tests, with the domain that its constructor would
 * have made there.
 */
export async function installPermit2() {
  const file = createRequire(import.meta.url).resolve("@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol");
  const [, code] = /hex"([0-9a-f]+)"/.exec(readFileSync(file, "utf8")) ?? ["", ""];
  const chain = size32(PERMIT2_DOMAIN.chainId);
  const bare = code.replace(PUBLISHED_DOMAIN, size32(0)).replace(chain, size32(0));
  if (keccak256(`0x${bare}`) !== CODE_HASH) throw new Error(`${file} does not have the code of Permit2`);
  const domain = domainSeparator({ domain: PERMIT2_DOMAIN }).slice(2);
  await networkHelpers.setCode(PERMIT2, `0x${code.replace(PUBLISHED_DOMAIN, domain)}`);
}

function size32(value: number): string {
  return value.toString(16).padStart(64, "0");
}

export function signPermit(account: HDAccount | PrivateKeyAccount, permit: Permit): Promise<Hex> {
  const { token, amount, spender, nonce, deadline } = permit;
  return account.signTypedData({
    domain: PERMIT2_DOMAIN,
    types: TYPES,
    primaryType: "PermitTransferFrom",
    message: { permitted: { token, amount }, spender, nonce, deadline },
  });
}
