// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FillProofs} from "./FillProofs.sol";

/// @title Escrows of one fill
/// @dev Delegate code, fixed by the vault's constructor; it runs in the vault's storage and holds nothing itself.
contract VaultCases is FillProofs {
    uint256 private immutable EXIT_DELAY;

    /// @param exitDelay the vault's
    constructor(uint256 exitDelay) {
        EXIT_DELAY = exitDelay;
    }
}
