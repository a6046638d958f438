// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "../contracts/AccountSlot.sol";

/// @notice The nonce window and the lane of an account, against their definitions.
contract AccountSlotTest {
    using AccountSlot for uint256;

    mapping(uint256 nonce => bool used) private _used;

    /// @notice A nonce is good if it was never used and is among the 27 highest, whatever the other bits are.
    function testFuzz_nonceIsGoodOnceWithinTheWindow(uint256 slot, uint8[40] memory steps) public {
        slot &= (1 << AccountSlot.USED_SHIFT) - 1;
        uint256 others = slot;
        uint256 top;
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 nonce = 1_000 + uint256(steps[i]);
            bool expected = !_used[nonce] && (nonce > top || top - nonce < AccountSlot.USED_BITS);
            require(slot.isUnused(nonce) == expected, "window");
            if (!expected) continue;
            slot = slot.use(nonce);
            _used[nonce] = true;
            if (nonce > top) top = nonce;
            require(slot >> AccountSlot.TOP_SHIFT == top, "top");
            require(slot & ((1 << AccountSlot.USED_SHIFT) - 1) == others, "other bits");
        }
    }

    /// @notice Folding frees one sum or refuses; it never carries into another field.
    function testFuzz_foldFreesOneSum(uint256 slot, uint256 lane, bool released) public pure {
        (uint256 folded, bool fits) = slot.fold(lane, released ? 1 : 2);
        uint256 free = released ? slot.getFree() : slot.payFree();
        uint256 more = released ? lane.laneGet() : lane.lanePay();
        require(fits == (free + more <= AccountSlot.LOTS_MAX), "fits");
        if (!fits) {
            require(folded == slot, "as it was");
            return;
        }
        require(folded >> AccountSlot.LANE_SHIFT == slot >> AccountSlot.LANE_SHIFT, "other fields");
        require((released ? folded.getFree() : folded.payFree()) == free + more, "sum");
        require((released ? folded.payFree() : folded.getFree()) == (released ? slot.payFree() : slot.getFree()), "other");
    }

    /// @notice A lane says what it was made of.
    function testFuzz_laneKeepsItsFields(uint40 pay, uint40 get, uint32 seq) public pure {
        uint256 lane = AccountSlot.newLane(pay, get, seq);
        require(lane.lanePay() == pay && lane.laneGet() == get, "sums");
        require(lane.first() == seq && lane.last() == seq, "numbers");
        require(lane & ~AccountSlot.LANE_MASK == 0, "mask");
    }
}
