// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {OutcomeWords} from "../contracts/OutcomeWords.sol";

/// @notice Where outcomes stand: each batch alone, an epoch together.
contract OutcomeWordsTest {
    /// @notice No two batches share their two bits, which are among the lower 128.
    function testFuzz_eachBatchHasItsOwnBits(uint32 seq, uint8 distance, bool far) public pure {
        uint256 shift = OutcomeWords.shiftOf(seq);
        require(shift % 2 == 0 && shift < 128, "bits");
        uint256 other = far ? uint256(seq) + 16 * uint256(distance) : uint256(seq) + distance;
        bool same = OutcomeWords.keyOf(other) == OutcomeWords.keyOf(seq) && OutcomeWords.shiftOf(other) == shift;
        require(same == (distance == 0), "shared");
    }

    /// @notice The 16 batches of an epoch stand side by side in one word.
    function testFuzz_anEpochIsInOnePiece(uint32 seq) public pure {
        uint256 first = uint256(seq) & ~uint256(15);
        require(OutcomeWords.keyOf(seq) == OutcomeWords.keyOf(first), "word");
        require(OutcomeWords.shiftOf(seq) == OutcomeWords.shiftOf(first) + 2 * (seq - first), "place");
    }
}
