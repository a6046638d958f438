// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A wallet of several owners that signs by EIP-1271 and acts when enough of them signed
contract TestMultisig {
    /// @notice Whether somebody is an owner.
    mapping(address owner => bool isOwner) public owners;
    /// @notice Owners who must sign.
    uint256 public immutable THRESHOLD;
    /// @notice Number of the next action.
    uint256 public nonce;

    /// @notice Too few owners signed.
    error TooFewOwners(uint256 signed, uint256 threshold);

    /// @param owners_ all owners
    /// @param threshold owners who must sign
    constructor(address[] memory owners_, uint256 threshold) {
        for (uint256 i = 0; i < owners_.length; ++i) {
            owners[owners_[i]] = true;
        }
        THRESHOLD = threshold;
    }

    /// @notice Calls `target`, if enough owners signed that with the wallet's chain, address and next number.
    function execute(address target, bytes calldata data, bytes calldata signatures) external {
        bytes32 digest = keccak256(abi.encode(block.chainid, address(this), nonce++, target, data));
        uint256 signed = _signed(digest, signatures);
        require(signed >= THRESHOLD, TooFewOwners(signed, THRESHOLD));
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory reason) = target.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }

    /// @notice EIP-1271: signatures of 65 bytes each, by rising addresses of their owners.
    function isValidSignature(bytes32 digest, bytes calldata signatures) external view returns (bytes4) {
        return _signed(digest, signatures) >= THRESHOLD ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function _signed(bytes32 digest, bytes calldata signatures) private view returns (uint256 signed) {
        address last;
        for (uint256 from = 0; from + 65 <= signatures.length; from += 65) {
            (address owner,,) = ECDSA.tryRecover(digest, signatures[from:from + 65]);
            if (owner <= last || !owners[owner]) return 0;
            last = owner;
            ++signed;
        }
    }
}
