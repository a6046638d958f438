// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchOrders} from "./BatchOrders.sol";
import {
    RUN_MAKER_FEE,
    RUN_OPERATOR_FEES,
    RUN_ORDERS,
    RUN_ORDER_COUNT,
    RUN_OUTCOMES,
    RUN_SEQ,
    RUN_TAKER_FEE,
    RUN_WORD,
    RUN_WORD_KEY
} from "./BatchRun.sol";

/// @title The fills that are as most are
abstract contract UsualFills is BatchOrders {
    /// @dev What `BatchFills` does, for the fills that are as most are, and by hand, for they are most of what a batch
    /// costs. Stops, without a write for it, at a fill that is not usual or would be refused: `BatchFills` decides then.
    /// Usual is: fees without rebate and referrer, the maker's price, orders of the one-batch kind whose nonces are the
    /// highest, accounts that have the lots and whose lane is empty, has been released, or takes more.
    /// @param cursor place of the next fill in calldata
    /// @param place of its leaf in memory
    /// @param end of the leaves
    function _runUsual(uint256 cursor, uint256 place, uint256 end) internal returns (uint256, uint256) {
        assembly ("memory-safe") {
            // The account's slot after the fill; zero if the side is not usual.
            function sideOf(record, lots, pay, get) -> slot {
                slot := sload(mload(add(record, 32)))
                let order := mload(add(record, 64))
                // Short of lots, more than the order has left, or perhaps leaving.
                let odd := or(gt(pay, and(slot, 0xffffffffff)), gt(lots, and(order, 0xffffffffff)))
                let high := shr(192, slot) // highest nonce used 32 | those used before 27 | exiting 1 | span 4
                odd := or(odd, and(high, 16))
                let first := and(shr(160, slot), 0xffffffff)
                let span := and(high, 15)
                high := shr(5, high)
                if iszero(and(shr(168, order), 1)) {
                    order := shr(216, order)
                    let step := sub(order, shr(27, high))
                    odd := or(odd, slt(step, 1))
                    high := or(shl(27, order), and(or(shl(step, and(high, 0x7ffffff)), 1), 0x7ffffff))
                }
                let free := and(slot, 0xffffffffffffffffffff)
                let lane := and(shr(80, slot), 0xffffffffffffffffffff)
                let later := sub(mload(RUN_SEQ), add(first, span))
                if mul(lane, later) {
                    // A lane of earlier batches: when all of them were released, what it brings is free.
                    let word := and(first, not(0xcf)) // as OutcomeWords has it
                    if sub(mload(RUN_WORD_KEY), word) {
                        mstore(RUN_WORD_KEY, word)
                        mstore(0, word)
                        mstore(32, mload(RUN_OUTCOMES))
                        mstore(RUN_WORD, sload(keccak256(0, 64)))
                    }
                    word := shr(or(and(shl(1, first), 0x1e), and(shr(1, first), 0x60)), mload(RUN_WORD))
                    let above := sub(254, shl(1, span)) // bits that are not the lane's
                    let open := gt(shl(above, xor(word, 0x55555555)), 0)
                    odd := or(odd, mul(open, shl(above, word)))
                    word := shr(40, lane)
                    lane := mul(lane, open)
                    free := add(free, shl(40, mul(word, iszero(open))))
                    odd := or(odd, shr(80, free))
                }
                switch lane
                case 0 {
                    lane := or(shl(160, mload(RUN_SEQ)), or(shl(80, pay), shl(120, get)))
                    odd := or(odd, slt(later, 1))
                }
                default {
                    // One epoch has one lane.
                    odd := or(odd, or(slt(later, 0), sub(shr(4, mload(RUN_SEQ)), shr(4, first))))
                    odd := or(odd, shr(40, or(add(and(lane, 0xffffffffff), pay), add(shr(40, lane), get))))
                    lane := and(slot, shl(80, sub(shl(116, 1), 1)))
                    lane := add(lane, add(shl(192, later), add(shl(80, pay), shl(120, get))))
                }
                slot := mul(or(or(sub(free, pay), lane), shl(197, high)), iszero(odd))
            }
            for {} lt(place, end) { place := add(place, 32) } {
                // buy order 2 | sell order 2 | base lots 5 | how 1
                let fill := calldataload(cursor)
                let buy := shr(240, fill)
                let sell := and(shr(224, fill), 0xffff)
                let pay := mload(RUN_ORDER_COUNT)
                if iszero(and(lt(buy, pay), lt(sell, pay))) { break }
                pay := mload(RUN_ORDERS)
                buy := add(pay, shl(7, buy))
                sell := add(pay, shl(7, sell))
                let buyer := mload(buy)
                let seller := mload(sell)
                // 1 if the buyer is maker, whose price it is; 0 if the seller is.
                let how := byte(9, fill)
                let price := and(shr(168, seller), 0xffffffffff)
                pay := and(shr(168, buyer), 0xffffffffff)
                // From bit 245 of a record: may make, may take, usual of BUY, usual of SELL.
                let odd := or(gt(how, 1), lt(pay, price))
                odd := or(odd, and(not(shr(245, buyer)), or(shr(how, 2), 4)))
                odd := or(odd, and(not(shr(245, seller)), or(shl(how, 1), 8)))
                if or(odd, iszero(shl(96, xor(buyer, seller)))) { break }
                price := xor(price, mul(xor(price, pay), how))
                let base := and(shr(184, fill), 0xffffffffff)
                price := mul(base, price)
                let get := div(mul(price, mload(RUN_MAKER_FEE)), 10000)
                pay := div(mul(price, mload(RUN_TAKER_FEE)), 10000)
                how := mul(xor(get, pay), how)
                get := sub(price, xor(get, how))
                pay := add(price, xor(pay, how))
                // Zero and 2^40 are no amounts.
                if shr(40, or(sub(price, 1), or(or(sub(pay, 1), pay), get))) { break }
                price := sideOf(buy, base, pay, base)
                if iszero(price) { break }
                how := sideOf(sell, base, base, get)
                if iszero(how) { break }
                sstore(mload(add(buy, 32)), price)
                sstore(mload(add(sell, 32)), how)
                buy := add(buy, 64)
                sell := add(sell, 64)
                mstore(buy, or(sub(mload(buy), base), shl(168, 1))) // BEGUN
                mstore(sell, or(sub(mload(sell), base), shl(168, 1)))
                mstore(RUN_OPERATOR_FEES, add(mload(RUN_OPERATOR_FEES), sub(pay, get)))
                // As in `_leaf`.
                mstore(0, or(shl(96, buyer), shr(160, shl(96, seller))))
                mstore(32, or(or(shl(192, seller), shl(152, base)), or(shl(112, pay), or(shl(72, get), shl(24, 3)))))
                mstore(place, keccak256(0, 61))
                cursor := add(cursor, 10)
            }
        }
        return (cursor, place);
    }
}
