// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "./AccountSlot.sol";
import {BatchData} from "./BatchData.sol";
import {FillProofs} from "./FillProofs.sol";
import {Gathering} from "./Gathering.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OrderTyping} from "./OrderTyping.sol";
import {SealNumbers} from "./SealNumbers.sol";

/// @title The escrow vault of Quoin
/// @notice Holds what traders deposit and moves it between them only as two signed orders say. No owner, no proxy, no
/// function that moves a trader's money without his order. The operator can withhold and can choose who meets whom and
/// who is maker, inside both limits; no more.
/// @dev This contract has the hot path. Everything else runs in code that the constructor fixes: `TILL` by
/// delegatecall, which passes on to the rest. `lock`, `settle`, `release` and `refund` are bookkeeping: the only foreign
/// code they meet is an EIP-1271 wallet, by staticcall, before any write.
contract EscrowVault is FillProofs, Gathering {
    using AccountSlot for uint256;
    using SealNumbers for uint256;

    /// @notice Longest refund delay an order may sign, in seconds.
    uint256 public constant REFUND_DELAY_MAX = 30 days;

    /// @notice Seconds from an exit request to `withdrawExit`.
    uint256 public immutable EXIT_DELAY;
    /// @notice Code of everything outside the hot path.
    address public immutable TILL;

    uint256 private constant FEE_UNIT = 10_000;
    uint256 private constant WALLET_GAS = 100_000;
    uint256 private constant HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    uint256 private constant RING_NONCE = 1 << 39;
    uint256 private constant MASK40 = (1 << 40) - 1;
    uint256 private constant PREFIX = (1 << 96) - 1;

    // Of an order's record in memory, see `_verifyOrders`.
    uint256 private constant SELL_ORDER = 1 << 160;
    uint256 private constant POST_ONLY_ORDER = 2 << 160;
    uint256 private constant REASON_MASK = 15 << 240;
    uint256 private constant BEGUN = 1 << 244;
    uint256 private constant MAY_MAKE = 1 << 245;
    uint256 private constant MAY_TAKE = 1 << 246;
    uint256 private constant MARKET_OPEN = 1;

    uint256 private constant REASON_EXPIRED = 1;
    uint256 private constant REASON_NONCE = 2;
    uint256 private constant REASON_WALLET = 3;
    uint256 private constant REASON_EXITING = 4;
    uint256 private constant REASON_SHORT = 5;
    uint256 private constant REASON_OVERFILLED = 6;

    uint256 private constant MODE_ATOMIC = 0;
    uint256 private constant MODE_ESCROW = 1;

    /// @dev What all fills of a batch share, in memory.
    struct Run {
        uint256 mode;
        uint256 seq;
        bytes32 marketId;
        uint256 buyKey; // place of the mapping of the buyers' accounts
        uint256 sellKey;
        address base;
        address quote;
        uint256 baseLot;
        uint256 quoteLot;
        uint256 outcomes; // place of the mapping of the market's outcomes
        uint256 generation; // of `word`
        uint256 word;
        int256 makerFee;
        uint256 takerFee;
        uint256 referrerFee;
        uint256 auctionPrice;
        uint256 operatorFees;
        uint256 referrerFees;
        uint256 caps; // place of the caps in calldata
        uint256 capsCount;
        uint256 orders; // place of the orders in memory
        uint256 orderCount;
        uint256 leaves; // place of the leaves in memory
        uint256 locked; // fills not skipped
        uint256 tail; // place in calldata of the next wallet signature
        bytes32 separator;
        bytes32 termsHash;
        bytes32 marketHash;
        uint256 priceUnit;
        uint256 sticky;
        uint256 batch; // place of the words of `Batch` in memory
        uint256 shortages; // lots to take from the wallets for the fill: buyer's 40 | seller's 40
    }

    /// @param till code outside the hot path
    /// @param exitDelay seconds from an exit request to its withdrawal
    constructor(address till, uint256 exitDelay) {
        TILL = till;
        EXIT_DELAY = exitDelay;
    }

    /// @dev Native coin comes from the wrapping contract only, and by `depositNative`; `Till` checks.
    receive() external payable {
        _delegate();
    }

    /// @dev Everything outside the hot path.
    fallback() external payable {
        _delegate();
    }

    function _delegate() private {
        address till = TILL;
        assembly {
            // The free memory pointer is not needed: this never returns to Solidity.
            calldatacopy(0, 0, calldatasize())
            let done := delegatecall(gas(), till, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch done
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }

    /// @notice Locks both legs of each fill of an ESCROW batch. Operator only. Layout of `data`: docs/contracts.md.
    /// @dev A fill that its trader made impossible after the match is skipped (`FillSkipped`); what only the operator
    /// can get wrong reverts the batch.
    function lock(bytes calldata data) external {
        Run memory run = _open(data, MODE_ESCROW);
        uint256 delay = _field(data, BatchData.REFUND_DELAY, 32);
        if (delay == 0 || delay > REFUND_DELAY_MAX) {
            revert IEscrowVault.RefundDelayOutOfRange(delay, REFUND_DELAY_MAX);
        }
        uint256 cell = _takeCell(run, _field(data, BatchData.CELL, 8) % CELLS);
        _verifyOrders(run, data);
        uint256 count = _runFills(run);
        bytes32 root = _root(run.leaves, count);
        IEscrowVault.Seal memory seal = IEscrowVault.Seal({
            marketId: run.marketId,
            detail: _detail(run.batch, root),
            numbers: run.seq | ((block.timestamp + delay) << SealNumbers.DEADLINE) | (count << SealNumbers.COUNT)
                | (run.operatorFees << SealNumbers.OPERATOR_FEE) | (run.referrerFees << SealNumbers.REFERRER_FEE),
            referrer: address(uint160(_field(data, BatchData.REFERRER, 160))),
            operator: msg.sender
        });
        uint256 commitment;
        assembly ("memory-safe") {
            commitment := keccak256(seal, 160)
        }
        _keep(run, cell, commitment & CELL_COMMITMENT);
        emit IEscrowVault.Locked(seal, root);
    }

    /// @notice Locks and releases the fills of an ATOMIC batch at once. Operator only. Same layout as `lock`.
    function settle(bytes calldata data) external {
        Run memory run = _open(data, MODE_ATOMIC);
        _verifyOrders(run, data);
        _runFills(run);
        address referrer = address(uint160(_field(data, BatchData.REFERRER, 160)));
        if (run.operatorFees != 0) _earned[run.marketId][msg.sender] += run.operatorFees;
        if (run.referrerFees != 0) _earned[run.marketId][referrer] += run.referrerFees;
        emit IEscrowVault.Settled(run.marketId, run.operatorFees, run.referrerFees, referrer);
    }

    /// @notice Each leg of the fills still in the batch goes to the other side. Who locked it, or the operator of
    /// today; before the deadline.
    /// @param seal what `Locked` said
    function release(IEscrowVault.Seal calldata seal) external {
        if (msg.sender != seal.operator) {
            bool isOperator = msg.sender == address(uint160(_markets[seal.marketId]));
            require(isOperator, IEscrowVault.NotOperator(msg.sender));
        }
        uint256 deadline = seal.numbers.deadline();
        require(block.timestamp < deadline, IEscrowVault.ReleaseAfterDeadline(deadline, block.timestamp));
        uint256 referrerFee = _end(seal, RELEASED);
        if (referrerFee != 0) _earned[seal.marketId][seal.referrer] += referrerFee;
        emit IEscrowVault.Released(seal.marketId, uint32(seal.numbers));
    }

    /// @notice Each leg of the fills still in the batch goes back. Anyone, from the deadline on.
    function refund(IEscrowVault.Seal calldata seal) external {
        uint256 deadline = seal.numbers.deadline();
        require(block.timestamp >= deadline, IEscrowVault.RefundBeforeDeadline(deadline, block.timestamp));
        _end(seal, REFUNDED);
        emit IEscrowVault.Refunded(seal.marketId, uint32(seal.numbers));
    }

    /// @notice Settles one fill by itself, with nobody's help. Anyone: as its batch ended, if it has ended; else back,
    /// from the deadline on. The operator: to the other side, before the deadline.
    /// @param seal what `Locked` said
    /// @param batch what `Locked` said
    /// @param index of the fill in the batch
    /// @param fill the leaf
    /// @param proof hashes beside the path from the leaf to the root
    function closeFill(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        uint256 index,
        IEscrowVault.Fill calldata fill,
        bytes32[] calldata proof
    ) external {
        _checkFill(seal, batch, index, fill, proof);
        uint256 outcome = _outcome(seal.marketId, seal.numbers.seq());
        bool ended = outcome == RELEASED || outcome == REFUNDED;
        if (!ended) outcome = _early(seal);
        _depart(seal, index, fill, ended);
        _move(seal, batch, fill, outcome);
        if (outcome == RELEASED && !ended) _payFees(seal, fill);
        emit IEscrowVault.FillClosed(seal.marketId, uint32(seal.numbers), index, outcome);
    }

    /// @dev What may happen to a fill of a batch that is open.
    function _early(IEscrowVault.Seal calldata seal) private view returns (uint256) {
        if (block.timestamp >= seal.numbers.deadline()) return REFUNDED;
        bool allowed = msg.sender == seal.operator || msg.sender == address(uint160(_markets[seal.marketId]));
        require(allowed, IEscrowVault.RefundBeforeDeadline(seal.numbers.deadline(), block.timestamp));
        return RELEASED;
    }

    function _payFees(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Fill calldata fill
    ) private {
        uint256 operatorFee = uint256(fill.pay) - fill.get - fill.referrerFee;
        _outcomes[seal.marketId][seal.numbers.seq() >> 6] += operatorFee << 128;
        if (fill.referrerFee != 0) _earned[seal.marketId][seal.referrer] += fill.referrerFee;
    }

    /// @dev Ends a batch. The operator's fees of the fills still in it are earned in the very word that holds the
    /// outcome. Returns the referrer's.
    function _end(IEscrowVault.Seal calldata seal, uint256 outcome) private returns (uint256 referrerFee) {
        _checkSeal(seal);
        uint256 numbers = seal.numbers;
        uint256 seq = numbers.seq();
        uint256 word = _outcomes[seal.marketId][seq >> 6];
        uint256 shift = (seq & 63) * 2;
        uint256 before = (word >> shift) & 3;
        require(before == OPEN || before == TORN, IEscrowVault.BatchClosed(seq, before));
        word = (word & ~(uint256(3) << shift)) | (outcome << shift);
        if (outcome == RELEASED) {
            uint256 operatorFee = numbers.operatorFee();
            referrerFee = numbers.referrerFee();
            if (before == TORN) {
                for (uint256 i = 0; i * DEPARTED_FILLS < numbers.count(); ++i) {
                    (, uint256 gone) = _departedWord(seal.marketId, seq, i);
                    operatorFee -= uint48(gone >> 176);
                    referrerFee -= uint48(gone >> 128);
                }
            }
            word += operatorFee << 128;
        }
        _outcomes[seal.marketId][seq >> 6] = word;
    }

    /// @dev A field of the packed header. The caller has checked that the data reach that far.
    function _field(bytes calldata data, uint256 offset, uint256 bits) private pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, bits), calldataload(add(data.offset, offset)))
        }
    }

    /// @dev Reads what all fills share, and checks the market and its terms.
    function _open(bytes calldata data, uint256 mode) private view returns (Run memory run) {
        if (data.length <= BatchData.CAPS) revert IEscrowVault.DataLength(data.length, BatchData.CAPS + 1);
        run.mode = mode;
        _readBatch(run, data);
        run.makerFee = int16(uint16(_field(data, BatchData.MAKER_FEE, 16)));
        run.takerFee = _field(data, BatchData.TAKER_FEE, 16);
        run.referrerFee = _field(data, BatchData.REFERRER_FEE, 16);
        run.auctionPrice = _field(data, BatchData.AUCTION_PRICE, 40);
        run.capsCount = _field(data, BatchData.CAPS_COUNT, 8);
        run.separator = _domainSeparatorV4();
        uint256 caps;
        assembly ("memory-safe") {
            caps := add(data.offset, 163) // BatchData.CAPS
        }
        run.caps = caps;
        run.tail = caps + run.capsCount * 4;
        run.generation = type(uint256).max;
        _checkMarket(run, data);
    }

    /// @dev Lays out in memory the words of `Batch`: four of the lots, eight of the terms, one for the root. Market id,
    /// terms hash and detail are hashes over parts of it.
    function _readBatch(Run memory run, bytes calldata data) private pure {
        bytes32 termsType = OrderTyping.TERMS_TYPE;
        uint256 batch;
        assembly ("memory-safe") {
            batch := mload(0x40)
            mstore(0x40, add(batch, 448))
            let from := data.offset
            mstore(batch, shr(96, calldataload(from)))
            mstore(add(batch, 32), shr(96, calldataload(add(from, 20))))
            mstore(add(batch, 64), shr(128, calldataload(add(from, 40))))
            mstore(add(batch, 96), shr(128, calldataload(add(from, 56))))
            mstore(0, keccak256(batch, 128))
            mstore(add(run, 0x40), mload(0)) // run.marketId
            // The word before the terms is for a moment their type.
            let kept := mload(add(batch, 96))
            mstore(add(batch, 96), termsType)
            let terms := calldataload(add(from, 89))
            mstore(add(batch, 128), shr(224, terms))
            mstore(add(batch, 160), and(shr(192, terms), 0xffffffff))
            mstore(add(batch, 192), and(shr(160, terms), 0xffffffff))
            mstore(add(batch, 224), and(shr(128, terms), 0xffffffff))
            terms := calldataload(add(from, 105))
            mstore(add(batch, 256), shr(96, terms))
            mstore(add(batch, 288), and(shr(80, terms), 0xffff))
            mstore(add(batch, 320), and(shr(64, terms), 0xffff))
            mstore(add(batch, 352), and(shr(48, terms), 0xffff))
            mstore(add(run, 0x340), keccak256(add(batch, 96), 288)) // run.termsHash
            mstore(add(batch, 96), kept)
        }
        run.batch = batch;
        run.base = address(uint160(_word(batch)));
        run.quote = address(uint160(_word(batch + 32)));
        run.baseLot = _word(batch + 64);
        run.quoteLot = _word(batch + 96);
    }

    function _detail(uint256 batch, bytes32 root) private pure returns (bytes32 detail) {
        assembly ("memory-safe") {
            mstore(add(batch, 384), root)
            detail := keccak256(batch, 416)
        }
    }

    /// @dev Operator, market and terms; one slot of the market has all that the registry says of it.
    function _checkMarket(Run memory run, bytes calldata data) private view {
        uint256 market = _markets[run.marketId];
        if (msg.sender != address(uint160(market))) revert IEscrowVault.NotOperator(msg.sender);
        if ((market >> 192) & 3 != MARKET_OPEN) revert IEscrowVault.MarketNotListed(run.marketId);
        _checkFeeCaps(run, market);
        uint256 terms = run.batch + 128;
        if (_word(terms) != uint32(market >> 160)) {
            revert IEscrowVault.ArbiterMismatch(_word(terms), uint32(market >> 160));
        }
        // Both legs are in the vault: there is nobody who must still act, so a bond has no meaning.
        if (_word(terms + 160) > FEE_UNIT || _word(terms + 192) | _word(terms + 224) != 0) {
            revert IEscrowVault.BadTerms();
        }
        uint256 scale = _field(data, BatchData.PRICE_SCALE, 128);
        // One tick is one quote lot for one base lot, and orders sign base units: the ratio must be whole.
        uint256 baseLot = run.baseLot;
        uint256 ticks = run.quoteLot * scale;
        if (baseLot == 0 || ticks == 0 || ticks % baseLot != 0) {
            revert IEscrowVault.InexactPrice(baseLot, run.quoteLot, scale);
        }
        run.priceUnit = ticks / baseLot;
        bytes32 marketType = OrderTyping.MARKET_TYPE;
        uint256 batch = run.batch;
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, marketType)
            mcopy(add(free, 32), batch, 64)
            mstore(add(free, 96), scale)
            mstore(add(run, 0x360), keccak256(free, 128)) // run.marketHash
        }
        run.buyKey = _accountsOf(_sideKey(run.marketId, BUY));
        run.sellKey = _accountsOf(_sideKey(run.marketId, SELL));
        mapping(uint256 => uint256) storage outcomes = _outcomes[run.marketId];
        uint256 place;
        assembly ("memory-safe") {
            place := outcomes.slot
        }
        run.outcomes = place;
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

    function _accountsOf(bytes32 sideKey) private view returns (uint256 place) {
        mapping(address => uint256) storage accounts = _accounts[sideKey];
        assembly ("memory-safe") {
            place := accounts.slot
        }
    }

    /// @dev Gives the batch the next number of its cell. Returns what the cell holds.
    function _takeCell(Run memory run, uint256 index) private view returns (uint256 cell) {
        cell = _cells[run.marketId][index];
        uint256 before = cell & CELL_SEQ;
        run.seq = before == 0 ? CELLS + index : before + CELLS;
        require(run.seq <= CELL_SEQ, IEscrowVault.WrongSeal(run.marketId, run.seq));
    }

    /// @dev Keeps the batch in its cell. What stood there may be forgotten only if nobody can still need its root: all
    /// of its epoch was released, so that every lane folds, and no fill of it waits for a proof. Else it moves.
    function _keep(Run memory run, uint256 cell, uint256 commitment) private {
        uint256 before = cell & CELL_SEQ;
        uint256 epoch = before & ~uint256(15);
        bool free = cell & CELL_STICKY == 0
            && _commonOutcome(_outcomeWord(run, before >> 6), epoch, epoch + 15) == RELEASED;
        uint256 flags = cell & CELL_SHARED;
        if (before != 0 && !free) {
            _overflow[run.marketId][before] = cell & CELL_COMMITMENT;
            flags = CELL_SHARED;
        }
        _cells[run.marketId][run.seq % CELLS] = commitment | flags | run.sticky | run.seq;
    }

    function _outcomeWord(Run memory run, uint256 generation) private view returns (uint256 word) {
        if (run.generation == generation) return run.word;
        uint256 place = run.outcomes;
        assembly ("memory-safe") {
            mstore(0, generation)
            mstore(32, place)
            word := sload(keccak256(0, 64))
        }
        run.generation = generation;
        run.word = word;
    }

    /// @dev Recovers every order's account and leaves four words for each in memory:
    ///   0: account 160 | flags 8 | price 40 | referrer's cap 16 | operator's cap 16 | reason to skip 4 |
    ///      begun 1 | may be maker 1 | may be taker 1
    ///   1: location of the account's slot
    ///   2: quantity 40 | filled in this batch 40 | nonce 40 | issued 32 | unused 8 | first 12 bytes of the digest
    ///   3: place of the order's ring slot, if its nonce is of the ring
    function _verifyOrders(Run memory run, bytes calldata data) private {
        uint256 end;
        uint256 cursor = run.tail;
        uint256 count;
        uint256 template;
        uint256 fills;
        assembly ("memory-safe") {
            end := add(data.offset, data.length)
            count := shr(240, calldataload(cursor))
            cursor := add(cursor, 2)
            fills := add(cursor, mul(count, 88))
            let free := mload(0x40)
            mstore(add(run, 0x280), free) // run.orders
            template := add(free, mul(count, 128))
            mstore(0x40, add(template, 672))
        }
        run.orderCount = count;
        require(fills + 2 <= end, IEscrowVault.DataLength(data.length, fills + 2 - (end - data.length)));
        _fillTemplate(run, template);
        uint256 fillCount;
        assembly ("memory-safe") {
            fillCount := shr(240, calldataload(fills))
        }
        run.tail = fills + 2 + fillCount * 10;
        require(run.tail <= end, IEscrowVault.DataLength(data.length, run.tail - (end - data.length)));
        uint256 record = run.orders;
        for (uint256 i = 0; i < count; ++i) {
            _verifyOrder(run, template, cursor, record, i);
            unchecked {
                cursor += 88;
                record += 128;
            }
        }
        if (run.tail != end) _gatherNamed(run, run.tail, end, data.length);
        run.tail = fills;
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

    /// @dev The words of the struct hash that all orders of the batch share; two words before it stay free for the
    /// digest's prefix.
    function _fillTemplate(Run memory run, uint256 template) private pure {
        bytes32 orderType = OrderTyping.ORDER_TYPE;
        assembly ("memory-safe") {
            mstore(template, orderType)
            mstore(add(template, 32), mload(run))
            mstore(add(template, 64), mload(add(run, 0x360)))
            mstore(add(template, 288), mload(add(run, 0x340)))
            // template + 448: the digest's preimage, then ecrecover's input
            mstore(add(template, 448), shl(240, 0x1901))
            mstore(add(template, 450), mload(add(run, 0x320)))
        }
    }

    /// @dev Hashes the order at `cursor` in calldata and recovers its account.
    /// By hand, for this is a third of what a fill costs: the struct hash is made in a template that keeps the shared
    /// words, and nothing is copied twice. `memory-safe`: the template is allocated, `ecrecover` reads from its end.
    function _verifyOrder(Run memory run, uint256 template, uint256 cursor, uint256 record, uint256 index)
        private
        view
    {
        uint256 unusual;
        uint256 head;
        assembly ("memory-safe") {
            // flags 1 | price 5 | quantity 5 | nonce 5 | issued 4 | expiry 4 | r 32 | yParityAndS 32
            head := calldataload(cursor)
            let price := and(shr(208, head), 0xffffffffff)
            let quantity := and(shr(168, head), 0xffffffffff)
            let nonce := and(shr(128, head), 0xffffffffff)
            let expiry := and(shr(64, head), 0xffffffff)
            let caps := shr(224, calldataload(add(mload(add(run, 0x240)), shl(2, shr(252, head)))))
            mstore(add(template, 96), and(shr(248, head), 1))
            mstore(add(template, 128), mul(price, mload(add(run, 0x380))))
            mstore(add(template, 160), mul(quantity, mload(add(run, 0xe0))))
            mstore(add(template, 192), nonce)
            mstore(add(template, 224), and(shr(96, head), 0xffffffff))
            mstore(add(template, 256), expiry)
            mstore(add(template, 320), shr(16, caps))
            mstore(add(template, 352), and(caps, 0xffff))
            mstore(add(template, 384), and(shr(249, head), 3))
            let r := calldataload(add(cursor, 24))
            mstore(add(template, 416), mul(and(shr(251, head), 1), and(r, sub(shl(160, 1), 1))))
            mstore(add(template, 482), keccak256(template, 448))
            let digest := keccak256(add(template, 448), 66)
            let account := 0
            switch and(shr(251, head), 1)
            case 0 {
                let vs := calldataload(add(cursor, 56))
                let s := shr(1, shl(1, vs))
                mstore(add(template, 544), digest)
                mstore(add(template, 576), add(27, shr(255, vs)))
                mstore(add(template, 608), r)
                mstore(add(template, 640), s)
                mstore(0, 0)
                if iszero(gt(s, HALF_N)) { pop(staticcall(gas(), 1, add(template, 544), 128, 0, 32)) }
                account := mload(0)
                unusual := iszero(account)
            }
            default {
                mstore(add(template, 544), digest)
                unusual := 1
            }
            let takes := or(gt(mload(add(run, 0x1a0)), shr(16, caps)), gt(mload(add(run, 0x1c0)), and(caps, 0xffff)))
            takes := iszero(or(takes, and(shr(249, head), 1)))
            let makes := iszero(sgt(mload(add(run, 0x180)), shr(16, caps)))
            let word := or(or(account, shl(160, shr(248, head))), or(shl(168, price), shl(208, caps)))
            word := or(word, or(shl(245, makes), shl(246, takes)))
            if lt(expiry, timestamp()) { word := or(word, shl(240, 1)) } // REASON_EXPIRED
            mstore(record, word)
            let key := mload(add(run, 0x60))
            if and(shr(248, head), 1) { key := mload(add(run, 0x80)) }
            mstore(0, account)
            mstore(32, key)
            mstore(add(record, 32), keccak256(0, 64))
            mstore(
                add(record, 64),
                or(or(quantity, shl(80, nonce)), or(shl(120, and(shr(96, head), 0xffffffff)), shl(160, shr(160, digest))))
            )
            unusual := or(unusual, or(shr(39, nonce), iszero(lt(shr(252, head), mload(add(run, 0x260))))))
        }
        if (unusual != 0) _verifyUnusual(run, template, cursor, record, index, head);
    }

    /// @dev What an order may have beside: a wallet's signature, a nonce of the ring, or a fault.
    function _verifyUnusual(
        Run memory run,
        uint256 template,
        uint256 cursor,
        uint256 record,
        uint256 index,
        uint256 head
    ) private view {
        if (head >> 252 >= run.capsCount) revert IEscrowVault.NoSuchCaps(head >> 252, run.capsCount);
        uint256 word = _word(record);
        if (head & (8 << 248) != 0) {
            (uint256 account, bool signed) = _walletSigned(run, cursor, _word(template + 544));
            word |= account;
            if (!signed && word & REASON_MASK == 0) word |= REASON_WALLET << 240;
            _setWord(record, word);
            uint256 key = word & SELL_ORDER == 0 ? run.buyKey : run.sellKey;
            assembly ("memory-safe") {
                mstore(0, account)
                mstore(32, key)
                mstore(add(record, 32), keccak256(0, 64))
            }
        }
        if (word << 96 == 0) revert IEscrowVault.BadSignature(index);
        uint256 nonce = (_word(record + 64) >> 80) & MASK40;
        if (nonce & RING_NONCE != 0) _setWord(record + 96, _ringPlace(_word(record + 32), nonce));
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

    /// @dev Runs all fills. Returns how many there are, the skipped ones included.
    function _runFills(Run memory run) private returns (uint256 count) {
        uint256 cursor = run.tail;
        uint256 place;
        assembly ("memory-safe") {
            count := shr(240, calldataload(cursor))
            cursor := add(cursor, 2)
            place := mload(0x40)
            mstore(add(run, 0x2c0), place) // run.leaves
            mstore(0x40, add(place, mul(count, 32)))
        }
        Amounts memory amounts;
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                bytes32 leaf = _runFill(run, cursor, i, amounts);
                assembly ("memory-safe") {
                    mstore(place, leaf)
                }
                place += 32;
                cursor += 10;
            }
        }
        if (run.locked == 0) revert IEscrowVault.EmptyBatch();
    }

    /// @dev Amounts of one fill: `pay` and `get` are quote lots of buyer and seller, `base` base lots.
    struct Amounts {
        uint256 base;
        uint256 pay;
        uint256 get;
        uint256 referrer;
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
                emit IEscrowVault.FillSkipped(index, reason);
                return 0;
            }
            ++run.locked;
            uint256 get = amounts.get;
            run.operatorFees += pay - get - amounts.referrer;
            uint256 laned = _commit(run, buy, buySlot, base, pay, base);
            laned |= _commit(run, sell, sellSlot, base, base, get) << 1;
            if (run.mode == MODE_ATOMIC) return 0;
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

    function _word(uint256 place) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(place)
        }
    }

    function _setWord(uint256 place, uint256 word) private pure {
        assembly ("memory-safe") {
            mstore(place, word)
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
            let count := mload(add(run, 0x2a0))
            let orders := mload(add(run, 0x280))
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
            let nonce := and(shr(80, order), 0xffffffffff)
            let filled := add(and(shr(40, order), 0xffffffffff), lots)
            // A reason already, a nonce of the ring, one not above the highest used, or too little left.
            unusual :=
                or(
                    or(and(shr(240, word), 15), shr(32, nonce)),
                    or(
                        iszero(or(and(shr(244, word), 1), gt(nonce, shr(224, slot)))),
                        gt(filled, and(order, 0xffffffffff))
                    )
                )
        }
        if (unusual != 0) reason = _checkOrder(record, lots, slot);
        if (reason != 0) return (reason, 0);
        assembly ("memory-safe") {
            // There is a lane, and its last batch is another one.
            unusual := 0
            if gt(and(shr(80, slot), 0xffffffffff), 0) {
                unusual := sub(mload(add(run, 0x20)), add(and(shr(160, slot), 0xffffffff), and(shr(192, slot), 15)))
            }
        }
        if (unusual != 0) slot = _foldEnded(run, slot);
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
            uint256 nonce = (order >> 80) & MASK40;
            if (nonce & RING_NONCE != 0) {
                (reason,) = _ringEntry(record, order, nonce, lots);
                return reason;
            }
            if (word & BEGUN == 0 && (nonce >> 32 != 0 || !slot.isUnused(nonce))) return REASON_NONCE;
            return ((order >> 40) & MASK40) + lots > order & MASK40 ? REASON_OVERFILLED : 0;
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
                bool older = uint32(_word(record + 64) >> 120) <= requestedAt;
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
            uint256 prefix = order >> 160;
            if (stored == nonce) {
                if (entry & PREFIX != prefix) return (REASON_NONCE, 0);
                lots += (entry >> 176) & MASK40;
            }
            if (lots > order & MASK40) return (REASON_OVERFILLED, 0);
            return (0, (nonce << 216) | (lots << 176) | prefix);
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

    /// @dev The slot with its lane folded, if the lane's batches have ended alike. By hand for the released one.
    function _foldEnded(Run memory run, uint256 slot) private view returns (uint256) {
        uint256 first = slot.first();
        uint256 word = run.generation == first >> 6 ? run.word : _outcomeWord(run, first >> 6);
        uint256 released;
        uint256 folded;
        assembly ("memory-safe") {
            let mask := sub(shl(shl(1, add(and(shr(192, slot), 15), 1)), 1), 1)
            let bits := and(shr(shl(1, and(first, 63)), word), mask)
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

    /// @dev The writes of one side of a fill. Returns 1 if the account's lane holds it.
    function _commit(Run memory run, uint256 record, uint256 slot, uint256 lots, uint256 pay, uint256 get)
        private
        returns (uint256 laned)
    {
        unchecked {
            slot = _fillOrder(record, slot, lots) - pay;
            if (run.shortages != 0) slot += _fromWallet(run, _word(record));
            uint256 usual;
            if (run.mode == MODE_ATOMIC) {
                slot = _creditGet(run, record, slot, get);
            } else {
                assembly ("memory-safe") {
                    // By hand what most fills do. No lane, and a later batch than any before: begin one.
                    let seq := mload(add(run, 0x20))
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
            uint256 nonce = (order >> 80) & MASK40;
            if (nonce & RING_NONCE != 0) {
                (, uint256 entry) = _ringEntry(record, order, nonce, lots);
                _store(_word(record + 96), entry);
                return slot;
            }
            _setWord(record + 64, order + (lots << 40));
            uint256 word = _word(record);
            if (word & BEGUN != 0) return slot;
            _setWord(record, word | BEGUN);
            return slot.use(nonce);
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
            (slot, empty) = _spill(run, location, slot);
            if (!empty) return (slot, 0);
            return ((slot & ~AccountSlot.LANE_MASK) | AccountSlot.newLane(pay, get, seq), 1);
        }
    }

    /// @dev Moves the lane to the ring, where the lane of eight epochs before must have ended.
    function _spill(Run memory run, uint256 location, uint256 slot) private returns (uint256, bool) {
        uint256 index = (slot.first() >> AccountSlot.EPOCH_SHIFT) & 7;
        uint256 old = _lanes[location][index];
        if (old.lanePay() != 0) {
            uint256 outcome = _commonOutcome(_outcomeWord(run, old.first() >> 6), old.first(), old.last());
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
    function _root(uint256 leaves, uint256 count) private pure returns (bytes32 root) {
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
