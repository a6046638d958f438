// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Code that says it belongs behind another kind of proxy
contract OddImplementation {
    /// @notice Not the slot of ERC-1967.
    function proxiableUUID() external pure returns (bytes32) {
        return bytes32(uint256(1));
    }
}
