// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Where a batch's outcome stands
/// @notice A word has the two bits of 64 batches: those of an epoch of 16, and of the epochs 64, 128 and 192 batches away
/// from it that share their number but for bits 6 and 7. So a lane, which is of one epoch, is in one word; and three
/// times in four that word tells also of the batch that was in the same cell before.
library OutcomeWords {
    /// @dev Key of the word that has a batch's outcome.
    function keyOf(uint256 seq) internal pure returns (uint256) {
        return seq & ~uint256(0xcf);
    }

    /// @dev How far a batch's bits stand above the lowest.
    function shiftOf(uint256 seq) internal pure returns (uint256) {
        return ((seq << 1) & 0x1e) | ((seq >> 1) & 0x60);
    }
}
