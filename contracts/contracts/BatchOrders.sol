// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchData} from "./BatchData.sol";
import {
    BEFORE_RUN,
    BatchRun,
    DIGEST,
    DIGEST_SEPARATOR,
    DIGEST_STRUCT,
    ORDER,
    ORDER_EXPIRY,
    ORDER_FLAGS,
    ORDER_ISSUED,
    ORDER_MARKET,
    ORDER_MODE,
    ORDER_NONCE,
    ORDER_OPERATOR_CAP,
    ORDER_PRICE,
    ORDER_QUANTITY,
    ORDER_REFERRER_CAP,
    ORDER_SIDE,
    ORDER_TERMS,
    ORDER_WALLET,
    RECOVER,
    RECOVER_R,
    RECOVER_S,
    RECOVER_V,
    RUN,
    RUN_AUCTION_PRICE,
    RUN_BASE_LOT,
    RUN_BUY_KEY,
    RUN_CAPS,
    RUN_CAPS_COUNT,
    RUN_CELL,
    RUN_MAKER_FEE,
    RUN_MARKET_ID,
    RUN_ORDERS,
    RUN_ORDER_COUNT,
    RUN_OUTCOMES,
    RUN_PRICE_UNIT,
    RUN_QUOTE_LOT,
    RUN_REFERRER,
    RUN_REFERRER_FEE,
    RUN_SELL_KEY,
    RUN_SEQ,
    RUN_TAIL,
    RUN_TAKER_FEE,
    RUN_TERMS,
    RUN_USUAL,
    RUN_WORD_KEY,
    Run
} from "./BatchRun.sol";
import {Gathering} from "./Gathering.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OrderTyping} from "./OrderTyping.sol";

/// @title What a batch's header and orders must be before any fill
/// @dev `Run` and the struct hash of an order stand at fixed places in memory, see BatchRun.sol.
abstract contract BatchOrders is Gathering {
    uint256 internal constant MODE_ATOMIC = 0;
    uint256 internal constant MODE_ESCROW = 1;

    uint256 internal constant FEE_UNIT = 10_000;
    uint256 internal constant RING_NONCE = 1 << 39;
    uint256 internal constant MASK40 = (1 << 40) - 1;

    // Of an order's record in memory, see `_verifyOrders`.
    uint256 internal constant SELL_ORDER = 1 << 160;
    uint256 internal constant POST_ONLY_ORDER = 2 << 160;
    uint256 internal constant REASON_MASK = 15 << 240;
    uint256 internal constant USUAL = 3 << 247;
    uint256 internal constant BEGUN = 1 << 168;

    uint256 internal constant REASON_EXPIRED = 1;
    uint256 internal constant REASON_NONCE = 2;
    uint256 internal constant REASON_WALLET = 3;
    uint256 internal constant REASON_EXITING = 4;
    uint256 internal constant REASON_SHORT = 5;
    uint256 internal constant REASON_OVERFILLED = 6;

    uint256 private constant MARKET_OPEN = 1;
    uint256 private constant WALLET_GAS = 100_000;
    uint256 private constant HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @dev Reads what all fills share, and checks the market and its terms.
    function _open(bytes calldata data, uint256 mode) internal view {
        if (data.length <= BatchData.CAPS) revert IEscrowVault.DataLength(data.length, BatchData.CAPS + 1);
        (uint256 market, uint256 fault) = _readHeader(data, mode);
        if (fault != 0) _checkHeader(BatchRun.frame()[0], market, _field(data, BatchData.PRICE_SCALE, 128));
    }

    /// @dev Says why a header is refused.
    function _checkHeader(Run memory run, uint256 market, uint256 scale) private view {
        if (msg.sender != address(uint160(market))) revert IEscrowVault.NotOperator(msg.sender);
        if ((market >> 192) & 3 != MARKET_OPEN) revert IEscrowVault.MarketNotListed(run.marketId);
        _checkFeeCaps(run, market);
        if (run.arbiterId != uint32(market >> 160)) {
            revert IEscrowVault.ArbiterMismatch(run.arbiterId, uint32(market >> 160));
        }
        // Both legs are in the vault: there is nobody who must still act, so a bond has no meaning.
        if (run.fallbackToBuyer > FEE_UNIT || run.buyerBond | run.sellerBond != 0) revert IEscrowVault.BadTerms();
        // One tick is one quote lot for one base lot, and orders sign base units: the ratio must be whole.
        (uint256 baseLot, uint256 ticks) = (run.baseLot, run.quoteLot * scale);
        if (baseLot == 0 || ticks == 0 || ticks % baseLot != 0) {
            revert IEscrowVault.InexactPrice(baseLot, run.quoteLot, scale);
        }
    }

    /// @dev The market's caps, which governance sets, stand in the word that is read anyway. Each order's own are
    /// tested with the order. What the batch takes is in its seal, so a later change does not touch it.
    function _checkFeeCaps(Run memory run, uint256 market) private pure {
        uint256 operatorCap = market >> MARKET_OPERATOR_CAP;
        uint256 referrerCap = (market >> MARKET_REFERRER_CAP) & 0xffff;
        if (run.takerFee > operatorCap) revert IEscrowVault.FeeAboveMarketCap(run.takerFee, operatorCap);
        if (run.makerFee > int256(operatorCap)) {
            revert IEscrowVault.FeeAboveMarketCap(uint256(run.makerFee), operatorCap);
        }
        if (run.referrerFee > referrerCap) revert IEscrowVault.FeeAboveMarketCap(run.referrerFee, referrerCap);
    }

    /// @dev Unpacks the header, makes the hashes over it, and reads the market's word. `fault` is not zero if
    /// `_checkHeader` has something to refuse (or, which it lets pass, if a product is zero by its overflow).
    /// What stands in memory for a moment where something else belongs saves a copy: the price scale in the place of the
    /// base lot for the hash of the market, the type of the terms before them for theirs.
    function _readHeader(bytes calldata data, uint256 mode) private view returns (uint256 market, uint256 fault) {
        bytes32 orderType = OrderTyping.ORDER_TYPE;
        bytes32 marketType = OrderTyping.MARKET_TYPE;
        bytes32 termsType = OrderTyping.TERMS_TYPE;
        bytes32 separator = _domainSeparatorV4();
        assembly ("memory-safe") {
            mstore(ORDER, orderType)
            mstore(ORDER_MODE, mode)
            mstore(DIGEST, shl(240, 0x1901))
            mstore(DIGEST_SEPARATOR, separator)
            mstore(RUN_WORD_KEY, not(0))
            let from := data.offset
            let lots := calldataload(add(from, 40)) // base lot 16 | quote lot 16
            // price scale 16 | cell 1 | arbiter id 4 | payment window 4 | refund delay 4
            let terms := calldataload(add(from, 72))
            let ticks := shr(128, terms)
            let baseLot := shr(128, lots)
            lots := shr(128, shl(128, lots))
            mstore(BEFORE_RUN, marketType)
            mstore(RUN, shr(96, calldataload(from)))
            mstore(add(RUN, 0x20), shr(96, calldataload(add(from, 20))))
            mstore(RUN_BASE_LOT, ticks)
            mstore(ORDER_MARKET, keccak256(BEFORE_RUN, 128))
            mstore(RUN_BASE_LOT, baseLot)
            mstore(RUN_QUOTE_LOT, lots)
            let id := keccak256(RUN, 128)
            mstore(RUN_MARKET_ID, id)
            mstore(0, id)
            mstore(32, _markets.slot)
            market := sload(keccak256(0, 64))
            // The caller is the operator, and the market is open.
            fault := or(shl(96, xor(market, caller())), sub(and(shr(192, market), 3), 1))
            ticks := mul(ticks, lots)
            mstore(RUN_PRICE_UNIT, div(ticks, baseLot))
            fault := or(fault, or(mod(ticks, baseLot), iszero(mul(ticks, baseLot))))
            mstore(RUN_QUOTE_LOT, termsType)
            let part := and(shr(88, terms), 0xffffffff)
            mstore(RUN_TERMS, part)
            fault := or(fault, sub(part, and(shr(160, market), 0xffffffff)))
            mstore(add(RUN_TERMS, 0x20), and(shr(56, terms), 0xffffffff))
            mstore(add(RUN_TERMS, 0x40), and(shr(24, terms), 0xffffffff))
            let cell := and(byte(16, terms), 63)
            // dispute bound 4 | fallback arbiter 20 | fallback to buyer 2 | buyer's bond 2 | seller's bond 2 | maker's fee 2
            terms := calldataload(add(from, 101))
            mstore(add(RUN_TERMS, 0x60), shr(224, terms))
            mstore(add(RUN_TERMS, 0x80), shr(96, shl(32, terms)))
            part := and(shr(48, terms), 0xffff)
            mstore(add(RUN_TERMS, 0xa0), part)
            fault := or(fault, gt(part, 10000))
            mstore(add(RUN_TERMS, 0xc0), and(shr(32, terms), 0xffff))
            mstore(add(RUN_TERMS, 0xe0), and(shr(16, terms), 0xffff))
            fault := or(fault, and(shr(16, terms), 0xffffffff))
            mstore(ORDER_TERMS, keccak256(RUN_QUOTE_LOT, 288))
            mstore(RUN_QUOTE_LOT, lots)
            let makerFee := signextend(1, terms)
            mstore(RUN_MAKER_FEE, makerFee)
            // taker's fee 2 | referrer's fee 2 | referrer 20 | auction price 5 | number of caps 1
            terms := calldataload(add(from, 133))
            let takerFee := shr(240, terms)
            mstore(RUN_TAKER_FEE, takerFee)
            part := shr(240, market)
            fault := or(fault, or(gt(takerFee, part), sgt(makerFee, part)))
            part := and(shr(224, terms), 0xffff)
            mstore(RUN_REFERRER_FEE, part)
            fault := or(fault, gt(part, and(shr(224, market), 0xffff)))
            mstore(RUN_USUAL, iszero(or(sub(mode, 1), or(slt(makerFee, 0), part)))) // MODE_ESCROW
            mstore(RUN_REFERRER, shr(96, shl(32, terms)))
            mstore(RUN_AUCTION_PRICE, and(shr(24, terms), 0xffffffffff))
            terms := byte(29, terms)
            mstore(RUN_CAPS_COUNT, terms)
            mstore(RUN_CAPS, add(from, 163)) // BatchData.CAPS
            mstore(RUN_TAIL, add(add(from, 163), shl(2, terms)))
            // Places of the market's mappings.
            mstore(32, _outcomes.slot)
            mstore(RUN_OUTCOMES, keccak256(0, 64))
            mstore(32, _cells.slot)
            part := keccak256(0, 64)
            mstore(32, 0) // BUY
            terms := keccak256(0, 64)
            mstore(32, 1) // SELL
            mstore(0, keccak256(0, 64))
            mstore(32, _accounts.slot)
            mstore(RUN_SELL_KEY, keccak256(0, 64))
            mstore(0, terms)
            mstore(RUN_BUY_KEY, keccak256(0, 64))
            mstore(0, cell)
            mstore(32, part)
            mstore(RUN_CELL, keccak256(0, 64))
            mstore(RUN_SEQ, cell)
        }
    }

    /// @dev Recovers every order's account and leaves four words for each in memory:
    ///   0: account 160 | flags 8 | price 40 | referrer's cap 16 | operator's cap 16 | reason to skip 4 | unused 1 |
    ///      may be maker 1 | may be taker 1 | usual and BUY 1 | usual and SELL 1
    ///   1: location of the account's slot
    ///   2: quantity, less what this batch filled of it unless in the ring, 40 | issued 32 | first 12 bytes of the
    ///      digest | begun in this batch 1 | unused 47 | nonce 40
    ///   3: place of the order's ring slot, if its nonce is of the ring
    /// By hand, for this is a third of what a batch costs: the struct hash is made where the words that all orders share
    /// stand, and nothing is copied twice. What is not usual of an order is for a second look.
    function _verifyOrders(bytes calldata data) internal {
        uint256 end;
        uint256 cursor;
        uint256 fills;
        uint256 tail;
        assembly ("memory-safe") {
            end := add(data.offset, data.length)
            cursor := mload(RUN_TAIL)
            let count := shr(240, calldataload(cursor))
            cursor := add(cursor, 2)
            fills := add(cursor, mul(count, 88))
            tail := add(add(fills, 2), mul(shr(240, calldataload(fills)), 10))
            mstore(RUN_ORDER_COUNT, count)
        }
        if (tail > end) {
            uint256 needed = fills + 2 > end ? fills + 2 : tail;
            revert IEscrowVault.DataLength(data.length, needed + data.length - end);
        }
        uint256 unusual;
        assembly ("memory-safe") {
            let record := mload(0x40)
            mstore(RUN_ORDERS, record)
            mstore(0x40, add(record, shl(7, mload(RUN_ORDER_COUNT))))
            for {} lt(cursor, fills) { cursor := add(cursor, 88) } {
                // flags 1 | price 5 | quantity 5 | nonce 5 | issued 4 | expiry 4 | r 32 | yParityAndS 32
                let head := calldataload(cursor)
                let flags := byte(0, head)
                let price := and(shr(208, head), 0xffffffffff)
                mstore(ORDER_PRICE, mul(price, mload(RUN_PRICE_UNIT)))
                let word := or(shl(160, flags), shl(168, price))
                let quantity := and(shr(168, head), 0xffffffffff)
                mstore(ORDER_QUANTITY, mul(quantity, mload(RUN_BASE_LOT)))
                let nonce := and(shr(128, head), 0xffffffffff)
                mstore(ORDER_NONCE, nonce)
                let issued := and(shr(96, head), 0xffffffff)
                mstore(ORDER_ISSUED, issued)
                quantity := or(quantity, or(shl(40, issued), shl(216, nonce)))
                let late := and(shr(64, head), 0xffffffff)
                mstore(ORDER_EXPIRY, late)
                late := lt(late, timestamp())
                let caps := shr(4, flags)
                unusual := or(unusual, or(shr(39, nonce), iszero(lt(caps, mload(RUN_CAPS_COUNT)))))
                caps := shr(224, calldataload(add(mload(RUN_CAPS), shl(2, caps))))
                word := or(word, shl(208, caps))
                let operatorCap := shr(16, caps)
                mstore(ORDER_OPERATOR_CAP, operatorCap)
                caps := and(caps, 0xffff)
                mstore(ORDER_REFERRER_CAP, caps)
                caps := or(gt(mload(RUN_TAKER_FEE), operatorCap), gt(mload(RUN_REFERRER_FEE), caps))
                word := or(word, shl(246, iszero(or(caps, and(flags, 2)))))
                word := or(word, shl(245, iszero(sgt(mload(RUN_MAKER_FEE), operatorCap))))
                mstore(ORDER_FLAGS, and(shr(1, flags), 3))
                operatorCap := and(flags, 1) // the side, from here on
                mstore(ORDER_SIDE, operatorCap)
                caps := gt(mload(RUN_USUAL), or(late, shr(32, nonce)))
                word := or(word, or(shl(240, late), shl(add(247, operatorCap), caps))) // REASON_EXPIRED
                let r := calldataload(add(cursor, 24))
                mstore(RECOVER_R, r)
                r := calldataload(add(cursor, 56))
                mstore(RECOVER_V, add(27, shr(255, r)))
                r := shr(1, shl(1, r))
                mstore(RECOVER_S, r)
                mstore(DIGEST_STRUCT, keccak256(ORDER, 448))
                let digest := keccak256(DIGEST, 66)
                mstore(RECOVER, digest)
                mstore(0, 0)
                if iszero(or(and(flags, 8), gt(r, HALF_N))) { pop(staticcall(gas(), 1, RECOVER, 128, 0, 32)) }
                r := mload(0) // the account, or zero
                unusual := or(unusual, iszero(r))
                mstore(record, or(word, r))
                mstore(32, mload(add(RUN_BUY_KEY, shl(5, operatorCap))))
                mstore(add(record, 32), keccak256(0, 64))
                mstore(add(record, 64), or(quantity, shl(72, shr(160, digest))))
                record := add(record, 128)
            }
            mstore(RUN_TAIL, tail)
        }
        // A wallet's signature moves the tail.
        if (unusual != 0) tail = _verifyUnusual(BatchRun.frame()[0], fills);
        if (tail != end) _gatherNamed(BatchRun.frame()[0], tail, end, data.length);
        _setWord(RUN_TAIL, fills);
    }

    /// @dev What orders may have beside: a wallet's signature, a nonce of the ring, or a fault.
    function _verifyUnusual(Run memory run, uint256 fills) private view returns (uint256 tail) {
        uint256 count = run.orderCount;
        uint256 record = run.orders;
        uint256 cursor = fills - count * 88;
        for (uint256 i = 0; i < count; ++i) {
            uint256 flags;
            assembly ("memory-safe") {
                flags := byte(0, calldataload(cursor))
            }
            if (flags >> 4 >= run.capsCount) revert IEscrowVault.NoSuchCaps(flags >> 4, run.capsCount);
            if (flags & 8 != 0) _verifyWallet(run, cursor, record);
            if (_word(record) << 96 == 0) revert IEscrowVault.BadSignature(i);
            uint256 nonce = _word(record + 64) >> 216;
            if (nonce & RING_NONCE != 0) _setWord(record + 96, _ringPlace(_word(record + 32), nonce));
            cursor += 88;
            record += 128;
        }
        tail = run.tail;
    }

    /// @dev A contract wallet's account and its word on its order.
    function _verifyWallet(Run memory run, uint256 cursor, uint256 record) private view {
        uint256 word = _word(record);
        (uint256 account, bool signed) = _walletSigned(run, cursor, _walletDigest(run, cursor, record));
        word |= account;
        if (!signed && word & REASON_MASK == 0) word = (word & ~USUAL) | (REASON_WALLET << 240);
        _setWord(record, word);
        uint256 key = word & SELL_ORDER == 0 ? run.buyKey : run.sellKey;
        assembly ("memory-safe") {
            mstore(0, account)
            mstore(32, key)
            mstore(add(record, 32), keccak256(0, 64))
        }
    }

    /// @dev The optional last section of the data: accounts of the orders' owners, in any market and on either side,
    /// that are gathered to their owners' wallets before the fills, which take from there what an account is short of.
    /// So one deposit serves every market, at no price for batches that need none of it. Each entry: index of the order
    /// whose owner it is 2 | side 1 | base 20 | quote 20 | base lot 16 | quote lot 16. It moves funds between places of
    /// one owner only, as the operator may by `gather`.
    function _gatherNamed(Run memory run, uint256 cursor, uint256 end, uint256 length) private {
        uint256 count = cursor > end ? 0 : (end - cursor) / BatchData.GATHER_SIZE;
        uint256 expected = cursor + count * BatchData.GATHER_SIZE;
        if (expected != end) revert IEscrowVault.DataLength(length, length + expected - end);
        for (; cursor != end; cursor += BatchData.GATHER_SIZE) {
            uint256 head;
            IEscrowVault.Lots memory lots;
            assembly ("memory-safe") {
                head := shr(232, calldataload(cursor))
                mstore(lots, shr(96, calldataload(add(cursor, 3))))
                mstore(add(lots, 32), shr(96, calldataload(add(cursor, 23))))
                mstore(add(lots, 64), shr(128, calldataload(add(cursor, 43))))
                mstore(add(lots, 96), shr(128, calldataload(add(cursor, 59))))
            }
            uint256 index = head >> 8;
            if (index >= run.orderCount) revert IEscrowVault.NoSuchOrder(index, run.orderCount);
            _gather(lots, head & 1, address(uint160(_word(run.orders + index * 128))));
        }
    }

    /// @dev The digest of a wallet's order, which names the wallet; all others have zero there, and leave it so.
    function _walletDigest(Run memory run, uint256 cursor, uint256 record) private pure returns (uint256 digest) {
        (uint256 word, uint256 order) = (_word(record), _word(record + 64));
        _setWord(ORDER_SIDE, (word >> 160) & 1);
        _setWord(ORDER_PRICE, ((word >> 168) & MASK40) * run.priceUnit);
        _setWord(ORDER_QUANTITY, (order & MASK40) * run.baseLot);
        _setWord(ORDER_NONCE, order >> 216);
        _setWord(ORDER_ISSUED, uint32(order >> 40));
        _setWord(ORDER_OPERATOR_CAP, uint16(word >> 224));
        _setWord(ORDER_REFERRER_CAP, uint16(word >> 208));
        _setWord(ORDER_FLAGS, (word >> 161) & 3);
        assembly ("memory-safe") {
            mstore(ORDER_EXPIRY, and(shr(64, calldataload(cursor)), 0xffffffff))
            mstore(ORDER_WALLET, shr(96, shl(96, calldataload(add(cursor, 24)))))
            mstore(DIGEST_STRUCT, keccak256(ORDER, 448))
            digest := keccak256(DIGEST, 66)
            mstore(ORDER_WALLET, 0)
            // Its first 12 bytes, which were another's.
            let kept := and(mload(add(record, 64)), not(shl(72, sub(shl(96, 1), 1))))
            mstore(add(record, 64), or(kept, shl(72, shr(160, digest))))
        }
    }

    /// @dev An EIP-1271 wallet's word on a digest. Its address stands where r would, the length of its signature in
    /// the last two bytes of s, the signature itself after the fills. Gas and answer are bounded; a wallet that takes
    /// all of it, reverts or has no code says no.
    function _walletSigned(Run memory run, uint256 cursor, uint256 digest)
        private
        view
        returns (uint256 account, bool signed)
    {
        uint256 tail = run.tail;
        uint256 length;
        assembly ("memory-safe") {
            account := and(calldataload(add(cursor, 24)), 0xffffffffffffffffffffffffffffffffffffffff)
            length := and(calldataload(add(cursor, 56)), 0xffff)
            let input := mload(0x40)
            mstore(input, shl(224, 0x1626ba7e)) // isValidSignature(bytes32,bytes)
            mstore(add(input, 4), digest)
            mstore(add(input, 36), 64)
            mstore(add(input, 68), length)
            calldatacopy(add(input, 100), tail, length)
            mstore(0, 0)
            let done := staticcall(WALLET_GAS, account, input, add(100, and(add(length, 31), not(31))), 0, 32)
            signed := and(and(done, gt(returndatasize(), 31)), eq(mload(0), shl(224, 0x1626ba7e)))
        }
        run.tail = tail + length;
    }

    /// @dev A field of the packed header. The caller has checked that the data reach that far.
    function _field(bytes calldata data, uint256 offset, uint256 bits) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, bits), calldataload(add(data.offset, offset)))
        }
    }

    function _word(uint256 place) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(place)
        }
    }

    function _setWord(uint256 place, uint256 word) internal pure {
        assembly ("memory-safe") {
            mstore(place, word)
        }
    }

    function _ringPlace(uint256 location, uint256 nonce) private pure returns (uint256 place) {
        assembly ("memory-safe") {
            mstore(0, location)
            mstore(32, _orders.slot)
            mstore(32, keccak256(0, 64))
            mstore(0, and(nonce, 0xff))
            place := keccak256(0, 64)
        }
    }
}
