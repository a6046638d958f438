// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "./AccountSlot.sol";
import {
    Amounts,
    BatchRun,
    ORDER_MODE,
    RUN_LEAVES,
    RUN_ORDERS,
    RUN_ORDER_COUNT,
    RUN_OUTCOMES,
    RUN_SEQ,
    RUN_SKIPPED,
    RUN_TAIL,
    RUN_WORD,
    RUN_WORD_KEY,
    Run
} from "./BatchRun.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OutcomeWords} from "./OutcomeWords.sol";
import {UsualFills} from "./UsualFills.sol";

/// @title What the fills of a batch do to the accounts
abstract contract BatchFills is UsualFills {
    using AccountSlot for uint256;

    /// @notice Seconds from an exit request to `withdrawExit`.
    uint256 public immutable EXIT_DELAY;

    uint256 private constant PREFIX = (1 << 96) - 1;

    /// @param exitDelay seconds from an exit request to its withdrawal
    constructor(uint256 exitDelay) {
        EXIT_DELAY = exitDelay;
    }

    /// @dev Runs all fills. Returns how many there are, the skipped ones included.
    function _runFills() internal returns (uint256 count) {
        uint256 cursor;
        uint256 place;
        uint256 end;
        assembly ("memory-safe") {
            cursor := mload(RUN_TAIL)
            count := shr(240, calldataload(cursor))
            cursor := add(cursor, 2)
            place := mload(0x40)
            mstore(RUN_LEAVES, place)
            end := add(place, shl(5, count))
            mstore(0x40, end)
        }
        (cursor, place) = _runUsual(cursor, place, end);
        if (place != end) _runOthers(BatchRun.frame()[0], cursor, place, end);
        if (_word(RUN_SKIPPED) == count) revert IEscrowVault.EmptyBatch();
    }

    /// @dev The fills from one on that is not usual.
    function _runOthers(Run memory run, uint256 cursor, uint256 place, uint256 end) private {
        Amounts memory amounts;
        unchecked {
            while (place != end) {
                bytes32 leaf = _runFill(run, cursor, (place - run.leaves) / 32, amounts);
                _setWord(place, uint256(leaf));
                (cursor, place) = _runUsual(cursor + 10, place + 32, end);
            }
        }
    }

    /// @dev One fill: 10 bytes of calldata, its leaf in return. From here on arithmetic is unchecked, for amounts have
    /// 40 bits, and refusals stand behind `if`: the arguments of a `require` would be computed every time.
    function _runFill(Run memory run, uint256 cursor, uint256 index, Amounts memory amounts)
        private
        returns (bytes32 leaf)
    {
        unchecked {
            (uint256 buy, uint256 sell) = _price(run, cursor, index, amounts);
            (uint256 base, uint256 pay) = (amounts.base, amounts.pay);
            run.shortages = 0;
            (uint256 reason, uint256 buySlot) = _prepare(run, buy, base, pay);
            uint256 sellSlot;
            if (reason == 0) (reason, sellSlot) = _prepare(run, sell, base, base);
            if (reason != 0) {
                run.referrerFees -= amounts.referrer;
                ++run.skipped;
                emit IEscrowVault.FillSkipped(index, reason);
                return 0;
            }
            uint256 get = amounts.get;
            run.operatorFees += pay - get - amounts.referrer;
            uint256 laned = _commit(run, buy, buySlot, base, pay, base);
            laned |= _commit(run, sell, sellSlot, base, base, get) << 1;
            if (_word(ORDER_MODE) == MODE_ATOMIC) return 0;
            if (laned != 3) run.sticky = CELL_STICKY;
            return _leaf(_word(buy), _word(sell), amounts, laned);
        }
    }

    /// @dev keccak256 of 61 bytes: no inner node of the tree, which is of 64, can pass for a leaf.
    function _leaf(uint256 buyer, uint256 seller, Amounts memory amounts, uint256 laned)
        private
        pure
        returns (bytes32 leaf)
    {
        assembly ("memory-safe") {
            let cut := 0xffffffffffffffffffffffffffffffffffffffff
            mstore(0, or(shl(96, buyer), shr(64, and(seller, cut))))
            let tail := or(shl(192, seller), shl(152, mload(amounts)))
            tail := or(tail, or(shl(112, mload(add(amounts, 32))), shl(72, mload(add(amounts, 64)))))
            mstore(32, or(tail, or(shl(32, mload(add(amounts, 96))), shl(24, laned))))
            leaf := keccak256(0, 61)
        }
    }

    /// @dev R3: the price is the maker's limit, or in an auction the batch's one price inside both limits; fees within
    /// both caps; a rebate out of the taker's fee of this fill. Leaves the amounts, and returns the two records.
    function _price(Run memory run, uint256 cursor, uint256 index, Amounts memory amounts)
        private
        pure
        returns (uint256 buy, uint256 sell)
    {
        uint256 fill;
        uint256 bad;
        uint256 maker;
        uint256 taker;
        assembly ("memory-safe") {
            // buy order 2 | sell order 2 | base lots 5 | how 1
            fill := calldataload(cursor)
            let count := mload(RUN_ORDER_COUNT)
            let orders := mload(RUN_ORDERS)
            buy := shr(240, fill)
            sell := and(shr(224, fill), 0xffff)
            bad := iszero(and(lt(buy, count), lt(sell, count)))
            if iszero(bad) {
                buy := add(orders, shl(7, buy))
                sell := add(orders, shl(7, sell))
                maker := mload(buy)
                taker := mload(sell)
                // Bit 160 is the side, 245 may be maker, 246 may be taker; equal lower 160 bits are one trader.
                bad := or(and(maker, shl(160, 1)), iszero(and(taker, shl(160, 1))))
                bad := or(bad, iszero(shl(96, xor(maker, taker))))
                if iszero(and(fill, shl(176, 1))) {
                    let swap := maker
                    maker := taker
                    taker := swap
                }
                bad := or(bad, iszero(and(and(shr(245, maker), shr(246, taker)), 1)))
            }
        }
        if (bad != 0) _refuse(run, fill);
        unchecked {
            uint256 price = (maker >> 168) & MASK40;
            uint256 limit = (taker >> 168) & MASK40;
            uint256 buyerIsMaker = (fill >> 176) & 1;
            if (fill & (2 << 176) != 0) price = _auctionPrice(run, maker, price, buyerIsMaker != 0);
            if (buyerIsMaker != 0 ? price < limit : price > limit) revert IEscrowVault.PriceOutsideLimit(price, limit);
            amounts.base = (fill >> 184) & MASK40;
            uint256 quote = amounts.base * price;
            if (quote - 1 >= MASK40) revert IEscrowVault.LotsOutOfRange(index); // zero wraps
            _addFees(run, index, quote, buyerIsMaker != 0, amounts);
        }
    }

    /// @dev Says why a fill's two orders may not meet so.
    function _refuse(Run memory run, uint256 fill) private pure {
        (uint256 buy, uint256 sell) = (fill >> 240, (fill >> 224) & 0xffff);
        uint256 count = run.orderCount;
        if (buy >= count) revert IEscrowVault.NoSuchOrder(buy, count);
        if (sell >= count) revert IEscrowVault.NoSuchOrder(sell, count);
        (uint256 buyer, uint256 seller) = (_word(run.orders + (buy << 7)), _word(run.orders + (sell << 7)));
        if (buyer & SELL_ORDER != 0) revert IEscrowVault.WrongSide(buy);
        if (seller & SELL_ORDER == 0) revert IEscrowVault.WrongSide(sell);
        if ((buyer ^ seller) << 96 == 0) revert IEscrowVault.SelfTrade(address(uint160(buyer)));
        bool buyerIsMaker = fill & (1 << 176) != 0;
        _refuseRole(run, buyerIsMaker ? buyer : seller, buyerIsMaker ? seller : buyer);
    }

    /// @dev The batch's one price, which must be inside the maker's limit too.
    function _auctionPrice(Run memory run, uint256 maker, uint256 limit, bool buyerIsMaker)
        private
        pure
        returns (uint256 price)
    {
        if (maker & POST_ONLY_ORDER != 0) revert IEscrowVault.TakerPostOnly(address(uint160(maker)));
        price = run.auctionPrice;
        if (buyerIsMaker ? price > limit : price < limit) revert IEscrowVault.PriceOutsideLimit(price, limit);
    }

    /// @dev Says why an order may not be maker, or taker, at the batch's fees.
    function _refuseRole(Run memory run, uint256 maker, uint256 taker) private pure {
        if (taker & POST_ONLY_ORDER != 0) revert IEscrowVault.TakerPostOnly(address(uint160(taker)));
        uint256 cap = (taker >> 224) & 0xffff;
        if (run.takerFee > cap) revert IEscrowVault.FeeAboveCap(run.takerFee, cap);
        cap = (taker >> 208) & 0xffff;
        if (run.referrerFee > cap) revert IEscrowVault.FeeAboveCap(run.referrerFee, cap);
        revert IEscrowVault.FeeAboveCap(uint256(run.makerFee), (maker >> 224) & 0xffff);
    }

    /// @dev Fees of both sides, rounded against who takes them. The maker's may be a rebate.
    function _addFees(Run memory run, uint256 index, uint256 quote, bool buyerIsMaker, Amounts memory amounts)
        private
        pure
    {
        unchecked {
            uint256 takerFee = quote * run.takerFee / FEE_UNIT;
            uint256 makerFee;
            if (run.makerFee < 0) {
                makerFee = quote * uint256(-run.makerFee) / FEE_UNIT;
                if (makerFee > takerFee) revert IEscrowVault.RebateAboveFee(index, makerFee, takerFee);
                makerFee = 0 - makerFee;
            } else {
                makerFee = quote * uint256(run.makerFee) / FEE_UNIT;
            }
            uint256 referrer = run.referrerFee;
            if (referrer != 0) {
                referrer = quote * referrer / FEE_UNIT;
                takerFee += referrer;
                run.referrerFees += referrer;
            }
            if (!buyerIsMaker) (makerFee, takerFee) = (takerFee, makerFee);
            (uint256 pay, uint256 get) = (quote + makerFee, quote - takerFee);
            // 2^40 itself would leave the field, as zero would: neither may pass. In one test, for each fill pays for it.
            if ((pay - 1 | pay | get) >> 40 != 0) revert IEscrowVault.LotsOutOfRange(index);
            (amounts.pay, amounts.get, amounts.referrer) = (pay, get, referrer);
        }
    }

    /// @dev Everything that may refuse one side of a fill, without a write: if the other side refuses, nothing was
    /// done. Returns the reason to skip, or 0, and the account's slot with what has ended folded.
    /// By hand: the usual side (a first fill of its order, an ended lane, enough lots) is decided in three tests.
    function _prepare(Run memory run, uint256 record, uint256 lots, uint256 pay)
        private
        view
        returns (uint256 reason, uint256 slot)
    {
        uint256 unusual;
        assembly ("memory-safe") {
            let word := mload(record)
            slot := sload(mload(add(record, 32)))
            let order := mload(add(record, 64))
            let nonce := shr(216, order)
            // A reason already, a nonce of the ring, one not above the highest used, or too little left.
            unusual :=
                or(
                    or(and(shr(240, word), 15), shr(32, nonce)),
                    or(
                        iszero(or(and(shr(168, order), 1), gt(nonce, shr(224, slot)))),
                        gt(lots, and(order, 0xffffffffff))
                    )
                )
        }
        if (unusual != 0) reason = _checkOrder(record, lots, slot);
        if (reason != 0) return (reason, 0);
        assembly ("memory-safe") {
            // There is a lane, and its last batch is another one.
            unusual := 0
            if gt(and(shr(80, slot), 0xffffffffff), 0) {
                unusual := sub(mload(RUN_SEQ), add(and(shr(160, slot), 0xffffffff), and(shr(192, slot), 15)))
            }
        }
        if (unusual != 0) slot = _foldEnded(slot);
        assembly ("memory-safe") {
            // Short of lots, or perhaps leaving.
            unusual := or(gt(pay, and(slot, 0xffffffffff)), and(shr(196, slot), 1))
        }
        if (unusual != 0) reason = _checkWallet(run, record, slot, pay);
    }

    /// @dev Whether the order takes `lots` more, in every case.
    function _checkOrder(uint256 record, uint256 lots, uint256 slot) private view returns (uint256 reason) {
        unchecked {
            uint256 word = _word(record);
            if (word & REASON_MASK != 0) return (word >> 240) & 15;
            uint256 order = _word(record + 64);
            uint256 nonce = order >> 216;
            if (nonce & RING_NONCE != 0) {
                (reason,) = _ringEntry(record, order, nonce, lots);
                return reason;
            }
            if (order & BEGUN == 0 && (nonce >> 32 != 0 || !slot.isUnused(nonce))) return REASON_NONCE;
            return lots > order & MASK40 ? REASON_OVERFILLED : 0;
        }
    }

    /// @dev The rare side: the account is short of lots, or its owner may be leaving (R8).
    function _checkWallet(Run memory run, uint256 record, uint256 slot, uint256 pay)
        private
        view
        returns (uint256 reason)
    {
        unchecked {
            uint256 word = _word(record);
            bool isBuy = word & SELL_ORDER == 0;
            (address token, uint256 lot) = isBuy ? (run.quote, run.quoteLot) : (run.base, run.baseLot);
            uint256 shortage = pay > slot.payFree() ? pay - slot.payFree() : 0;
            uint256 wallet = _wallets[address(uint160(word))][token];
            uint256 requestedAt = wallet >> 128;
            if (requestedAt != 0) {
                bool older = uint32(_word(record + 64) >> 40) <= requestedAt;
                if (!older || block.timestamp >= requestedAt + EXIT_DELAY / 2) return REASON_EXITING;
            }
            if (shortage * lot > wallet & WALLET_AMOUNT) return REASON_SHORT;
            run.shortages |= isBuy ? shortage : shortage << 40;
        }
    }

    /// @dev What the order's ring slot is to hold after `lots` more; or why it takes no more.
    function _ringEntry(uint256 record, uint256 order, uint256 nonce, uint256 lots)
        private
        view
        returns (uint256 reason, uint256 entry)
    {
        unchecked {
            entry = _load(_word(record + 96));
            uint256 stored = entry >> 216;
            if (stored > nonce) return (REASON_NONCE, 0);
            uint256 prefix = (order >> 72) & PREFIX;
            if (stored == nonce) {
                if (entry & PREFIX != prefix) return (REASON_NONCE, 0);
                lots += (entry >> 176) & MASK40;
            }
            if (lots > order & MASK40) return (REASON_OVERFILLED, 0);
            return (0, (nonce << 216) | (lots << 176) | prefix);
        }
    }

    /// @dev The slot with its lane folded, if the lane's batches have ended alike. By hand for the released one.
    function _foldEnded(uint256 slot) private view returns (uint256) {
        uint256 first = slot.first();
        uint256 word = _outcomeWord(first);
        uint256 released;
        uint256 folded;
        assembly ("memory-safe") {
            let mask := sub(shl(shl(1, add(and(shr(192, slot), 15), 1)), 1), 1)
            let bits := and(shr(or(and(shl(1, first), 0x1e), and(shr(1, first), 0x60)), word), mask)
            let get := add(and(shr(40, slot), 0xffffffffff), and(shr(120, slot), 0xffffffffff))
            released := and(eq(bits, and(mask, 0x55555555)), iszero(shr(40, get)))
            // Without getFree (bits 40 to 79) and the lane's sums (80 to 159).
            folded := or(and(slot, not(shl(40, sub(shl(120, 1), 1)))), shl(40, get))
        }
        if (released != 0) return folded;
        uint256 outcome = _commonOutcome(word, first, slot.last());
        if (outcome != REFUNDED) return slot;
        bool fits;
        (folded, fits) = slot.fold(slot, outcome);
        return fits ? folded & ~AccountSlot.LANE_SUMS : slot;
    }

    function _outcomeWord(uint256 seq) internal view returns (uint256 word) {
        uint256 key = OutcomeWords.keyOf(seq);
        if (_word(RUN_WORD_KEY) == key) return _word(RUN_WORD);
        assembly ("memory-safe") {
            mstore(0, key)
            mstore(32, mload(RUN_OUTCOMES))
            word := sload(keccak256(0, 64))
            mstore(RUN_WORD_KEY, key)
            mstore(RUN_WORD, word)
        }
    }

    /// @dev The writes of one side of a fill. Returns 1 if the account's lane holds it.
    function _commit(Run memory run, uint256 record, uint256 slot, uint256 lots, uint256 pay, uint256 get)
        private
        returns (uint256 laned)
    {
        unchecked {
            slot = _fillOrder(record, slot, lots) - pay;
            if (run.shortages != 0) slot += _fromWallet(run, _word(record));
            uint256 usual;
            if (_word(ORDER_MODE) == MODE_ATOMIC) {
                slot = _creditGet(run, record, slot, get);
            } else {
                assembly ("memory-safe") {
                    // By hand what most fills do. No lane, and a later batch than any before: begin one.
                    let seq := mload(RUN_SEQ)
                    let last := add(and(shr(160, slot), 0xffffffff), and(shr(192, slot), 15))
                    usual := and(iszero(and(shr(80, slot), 0xffffffffff)), gt(seq, last))
                    if usual {
                        slot := or(and(slot, not(shl(80, sub(shl(116, 1), 1)))), shl(160, seq))
                        slot := or(slot, or(shl(80, pay), shl(120, get)))
                        laned := 1
                    }
                    // A lane of this epoch whose sums have room: add to it.
                    if iszero(usual) {
                        usual :=
                            and(
                                and(gt(and(shr(80, slot), 0xffffffffff), 0), iszero(lt(seq, last))),
                                and(
                                    eq(shr(4, seq), and(shr(164, slot), 0xfffffff)),
                                    iszero(
                                        shr(
                                            40,
                                            or(
                                                add(and(shr(80, slot), 0xffffffffff), pay),
                                                add(and(shr(120, slot), 0xffffffffff), get)
                                            )
                                        )
                                    )
                                )
                            )
                        if usual {
                            slot := add(slot, add(add(shl(80, pay), shl(120, get)), shl(192, sub(seq, last))))
                            laned := 1
                        }
                    }
                }
                if (usual == 0) (slot, laned) = _toLane(run, _word(record + 32), slot, pay, get);
            }
            _store(_word(record + 32), slot);
        }
    }

    /// @dev Counts the lots against the order: in its ring slot, or in memory and by the nonce in the account's slot.
    function _fillOrder(uint256 record, uint256 slot, uint256 lots) private returns (uint256) {
        unchecked {
            uint256 order = _word(record + 64);
            uint256 nonce = order >> 216;
            if (nonce & RING_NONCE != 0) {
                (, uint256 entry) = _ringEntry(record, order, nonce, lots);
                _store(_word(record + 96), entry);
                return slot;
            }
            _setWord(record + 64, (order - lots) | BEGUN);
            return order & BEGUN != 0 ? slot : slot.use(nonce);
        }
    }

    /// @dev Takes what the account is short of, as `_checkWallet` left it.
    function _fromWallet(Run memory run, uint256 word) private returns (uint256 shortage) {
        bool isBuy = word & SELL_ORDER == 0;
        shortage = isBuy ? run.shortages & MASK40 : run.shortages >> 40;
        (address token, uint256 lot) = isBuy ? (run.quote, run.quoteLot) : (run.base, run.baseLot);
        if (shortage != 0) _wallets[address(uint160(word))][token] -= shortage * lot;
    }

    /// @dev Free lots of the token that the side gets; what does not fit goes to the wallet.
    function _creditGet(Run memory run, uint256 record, uint256 slot, uint256 get) private returns (uint256) {
        unchecked {
            if (slot.getFree() + get <= AccountSlot.LOTS_MAX) return slot + (get << AccountSlot.GET_SHIFT);
        }
        bool isBuy = _word(record) & SELL_ORDER == 0;
        (address token, uint256 lot) = isBuy ? (run.base, run.baseLot) : (run.quote, run.quoteLot);
        _creditWallet(address(uint160(_word(record))), token, get * lot);
        return slot;
    }

    /// @dev A fill for which the account's lane has no place as it is. A lane of an earlier epoch that is still open
    /// moves to a ring of eight. If there is no room for it, or the sums would be too large, the fill stays out of the
    /// lanes: it is then credited by proof.
    /// An account's lanes hold rising batch numbers, and a number that was folded never comes again: so a fill's number
    /// tells for ever whether a lane still holds it.
    function _toLane(Run memory run, uint256 location, uint256 slot, uint256 pay, uint256 get)
        private
        returns (uint256, uint256 laned)
    {
        unchecked {
            uint256 seq = run.seq;
            bool empty = slot.lanePay() == 0;
            if (empty || seq <= slot.last() || slot.first() >> AccountSlot.EPOCH_SHIFT == seq >> AccountSlot.EPOCH_SHIFT)
            {
                return (slot, 0);
            }
            (slot, empty) = _spill(location, slot);
            if (!empty) return (slot, 0);
            return ((slot & ~AccountSlot.LANE_MASK) | AccountSlot.newLane(pay, get, seq), 1);
        }
    }

    /// @dev Moves the lane to the ring, where the lane of eight epochs before must have ended.
    function _spill(uint256 location, uint256 slot) private returns (uint256, bool) {
        uint256 index = (slot.first() >> AccountSlot.EPOCH_SHIFT) & 7;
        uint256 old = _lanes[location][index];
        if (old.lanePay() != 0) {
            uint256 outcome = _commonOutcome(_outcomeWord(old.first()), old.first(), old.last());
            if (outcome == OPEN) return (slot, false);
            bool fits;
            (slot, fits) = slot.fold(old, outcome);
            if (!fits) return (slot, false);
        }
        // The bit above the lane keeps the ring's slot from ever being zero again: the next write is a cheap one.
        _lanes[location][index] = (slot & AccountSlot.LANE_MASK) | (1 << 255);
        return (slot & ~AccountSlot.LANE_SUMS, true);
    }

    /// @dev Root of the leaves, made in their place; an odd last node moves up as it is. The commitment holds the
    /// count, so the shape of the tree is no matter of choice.
    function _root(uint256 leaves, uint256 count) internal pure returns (bytes32 root) {
        assembly ("memory-safe") {
            for {} gt(count, 1) {} {
                let half := shr(1, count)
                let to := leaves
                let from := leaves
                for { let end := add(leaves, shl(5, half)) } lt(to, end) { to := add(to, 32) } {
                    mstore(to, keccak256(from, 64))
                    from := add(from, 64)
                }
                if and(count, 1) { mstore(to, mload(from)) }
                count := add(half, and(count, 1))
            }
            root := mload(leaves)
        }
    }
}
