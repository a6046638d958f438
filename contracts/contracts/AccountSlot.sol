// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The one slot of an owner on one side of one market
/// @dev From the lowest bit:
///
///   payFree 40    lots of the token that the side pays (BUY: quote), free
///   getFree 40    lots of the token that the side gets, free
///   lanePay 40    lots paid into the fills of the lane; zero means no lane
///   laneGet 40    lots the fills of the lane bring when released
///   first   32    batch of the lane's first fill
///   span     4    batch of its last fill, less `first`; both in one epoch of 16 batches
///   exiting  1    look at the wallet for an exit request before locking
///   used    27    bit i: the order nonce `top` - i is used
///   top     32    highest order nonce used
///
/// A lane is the sum of the owner's fills in batches `first` to `first + span`. When all those batches have ended alike
/// it is folded: `laneGet` becomes free if they were released, `lanePay` if they were refunded. No fill needs a write of
/// its own for that, which is where the vault's low gas comes from.
library AccountSlot {
    uint256 internal constant LOTS_MAX = 0xffffffffff;
    uint256 internal constant GET_SHIFT = 40;
    uint256 internal constant LANE_SHIFT = 80;
    uint256 internal constant LANE_GET_SHIFT = 120;
    uint256 internal constant FIRST_SHIFT = 160;
    uint256 internal constant SPAN_SHIFT = 192;
    uint256 internal constant EXITING = 1 << 196;
    uint256 internal constant USED_SHIFT = 197;
    uint256 internal constant USED_BITS = 27;
    uint256 internal constant USED_MASK = (1 << USED_BITS) - 1;
    uint256 internal constant TOP_SHIFT = 224;
    /// @dev lanePay, laneGet, first and span.
    uint256 internal constant LANE_BITS = (1 << 116) - 1;
    uint256 internal constant LANE_MASK = LANE_BITS << LANE_SHIFT;
    /// @dev lanePay and laneGet. `first` and `span` stay when a lane ends, as the highest number it held.
    uint256 internal constant LANE_SUMS = ((1 << 80) - 1) << LANE_SHIFT;
    uint256 internal constant EPOCH_SHIFT = 4;

    function payFree(uint256 slot) internal pure returns (uint256) {
        return slot & LOTS_MAX;
    }

    function getFree(uint256 slot) internal pure returns (uint256) {
        return (slot >> GET_SHIFT) & LOTS_MAX;
    }

    function lanePay(uint256 slot) internal pure returns (uint256) {
        return (slot >> LANE_SHIFT) & LOTS_MAX;
    }

    function laneGet(uint256 slot) internal pure returns (uint256) {
        return (slot >> LANE_GET_SHIFT) & LOTS_MAX;
    }

    function first(uint256 slot) internal pure returns (uint256) {
        return (slot >> FIRST_SHIFT) & 0xffffffff;
    }

    function last(uint256 slot) internal pure returns (uint256) {
        unchecked {
            return first(slot) + ((slot >> SPAN_SHIFT) & 15);
        }
    }

    /// @dev Lane of one fill, or of several of one batch.
    function newLane(uint256 pay, uint256 get, uint256 seq) internal pure returns (uint256) {
        return (pay << LANE_SHIFT) | (get << LANE_GET_SHIFT) | (seq << FIRST_SHIFT);
    }

    /// @dev The slot after its lane ended with `outcome` (1 released, 2 refunded). `fits` is false, and the slot as it
    /// was, if the free lots would leave their 40 bits.
    function fold(uint256 slot, uint256 lane, uint256 outcome) internal pure returns (uint256 folded, bool fits) {
        unchecked {
            if (outcome == 1) {
                uint256 get = laneGet(lane);
                if (getFree(slot) + get > LOTS_MAX) return (slot, false);
                return (slot + (get << GET_SHIFT), true);
            }
            uint256 pay = lanePay(lane);
            if (payFree(slot) + pay > LOTS_MAX) return (slot, false);
            return (slot + pay, true);
        }
    }

    /// @dev Whether an order nonce of the one-batch kind is still good.
    function isUnused(uint256 slot, uint256 nonce) internal pure returns (bool) {
        unchecked {
            uint256 top = slot >> TOP_SHIFT;
            if (nonce > top) return true;
            uint256 age = top - nonce;
            return age < USED_BITS && (slot >> (USED_SHIFT + age)) & 1 == 0;
        }
    }

    /// @dev The slot with an order nonce of the one-batch kind used.
    function use(uint256 slot, uint256 nonce) internal pure returns (uint256) {
        unchecked {
            uint256 top = slot >> TOP_SHIFT;
            if (nonce <= top) return slot | (1 << (USED_SHIFT + top - nonce));
            // Shifts of 256 and more give zero, so that a far step forgets all.
            uint256 used = ((((slot >> USED_SHIFT) & USED_MASK) << (nonce - top)) | 1) & USED_MASK;
            return (slot & ((1 << USED_SHIFT) - 1)) | (used << USED_SHIFT) | (nonce << TOP_SHIFT);
        }
    }
}
