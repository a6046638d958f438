// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The numbers of a batch in one word
/// @notice From the lowest bit: number of the batch 32 | deadline 40 | fills 16 | operator's fees 56 | referrer's 56.
library SealNumbers {
    uint256 internal constant DEADLINE = 32;
    uint256 internal constant COUNT = 72;
    uint256 internal constant OPERATOR_FEE = 88;
    uint256 internal constant REFERRER_FEE = 144;

    function seq(uint256 numbers) internal pure returns (uint256) {
        return uint32(numbers);
    }

    function deadline(uint256 numbers) internal pure returns (uint256) {
        return uint40(numbers >> DEADLINE);
    }

    function count(uint256 numbers) internal pure returns (uint256) {
        return uint16(numbers >> COUNT);
    }

    function operatorFee(uint256 numbers) internal pure returns (uint256) {
        return uint56(numbers >> OPERATOR_FEE);
    }

    function referrerFee(uint256 numbers) internal pure returns (uint256) {
        return uint56(numbers >> REFERRER_FEE);
    }
}
