// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchFills} from "./BatchFills.sol";
import {
    BatchRun,
    RUN,
    RUN_CELL,
    RUN_LEAVES,
    RUN_MARKET_ID,
    RUN_OPERATOR_FEES,
    RUN_REFERRER,
    RUN_REFERRER_FEES,
    RUN_REFUND_DELAY,
    RUN_ROOT,
    RUN_SEQ,
    RUN_STICKY,
    Run
} from "./BatchRun.sol";
import {FillProofs} from "./FillProofs.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {SealNumbers} from "./SealNumbers.sol";

/// @title The escrow vault of Quoin
/// @notice Holds what traders deposit and moves it between them only as two signed orders say. No owner, no proxy, no
/// function that moves a trader's money without his order. The operator can withhold and can choose who meets whom and
/// who is maker, inside both limits; no more.
/// @dev This contract has the hot path. Everything else runs in code that the constructor fixes: `TILL` by
/// delegatecall, which passes on to the rest. `lock`, `settle`, `release` and `refund` are bookkeeping: the only foreign
/// code they meet is an EIP-1271 wallet, by staticcall, before any write.
contract EscrowVault is FillProofs, BatchFills {
    using SealNumbers for uint256;

    /// @notice Longest refund delay an order may sign, in seconds.
    uint256 public constant REFUND_DELAY_MAX = 2_592_000; // 30 days

    uint256 private constant MASK56 = (1 << 56) - 1;
    /// @notice Code of everything outside the hot path.
    address public immutable TILL;

    /// @notice `IEscrowVault.Locked`, here too because it is written by hand.
    event Locked(IEscrowVault.Seal seal, bytes32 root);

    /// @param till code outside the hot path
    /// @param exitDelay seconds from an exit request to its withdrawal
    constructor(address till, uint256 exitDelay) BatchFills(exitDelay) {
        TILL = till;
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
        BatchRun.reserve();
        _open(data, MODE_ESCROW);
        uint256 cell = _takeCell();
        _verifyOrders(data);
        uint256 count = _runFills();
        _setWord(RUN_ROOT, uint256(_root(_word(RUN_LEAVES), count)));
        _keep(cell, _seal(count));
    }

    /// @notice Locks and releases the fills of an ATOMIC batch at once. Operator only. Same layout as `lock`.
    function settle(bytes calldata data) external {
        BatchRun.reserve();
        _open(data, MODE_ATOMIC);
        _verifyOrders(data);
        _runFills();
        Run memory run = BatchRun.frame()[0];
        if (run.operatorFees != 0) _earned[run.marketId][msg.sender] += run.operatorFees;
        if (run.referrerFees != 0) _earned[run.marketId][run.referrer] += run.referrerFees;
        emit IEscrowVault.Settled(run.marketId, run.operatorFees, run.referrerFees, run.referrer);
    }

    /// @notice Each leg of the fills still in the batch goes to the other side. Who locked it, or the operator of
    /// today; before the deadline.
    /// @param seal what `Locked` said
    function release(IEscrowVault.Seal calldata seal) external {
        bool byLocker;
        assembly ("memory-safe") {
            byLocker := eq(calldataload(add(seal, 128)), caller())
        }
        if (!byLocker && msg.sender != address(uint160(_markets[seal.marketId]))) {
            revert IEscrowVault.NotOperator(msg.sender);
        }
        uint256 deadline = (seal.numbers >> SealNumbers.DEADLINE) & MASK40;
        if (block.timestamp >= deadline) revert IEscrowVault.ReleaseAfterDeadline(deadline, block.timestamp);
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
        uint256 place = _outcomePlace(seal.marketId, seal.numbers.seq());
        _store(place, _load(place) + (operatorFee << 128));
        if (fill.referrerFee != 0) _earned[seal.marketId][seal.referrer] += fill.referrerFee;
    }

    /// @dev Ends a batch. The operator's fees of the fills still in it are earned in the very word that holds the
    /// outcome. Returns the referrer's.
    function _end(IEscrowVault.Seal calldata seal, uint256 outcome) private returns (uint256 referrerFee) {
        uint256 numbers;
        uint256 shift;
        uint256 place;
        uint256 word;
        uint256 unknown;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, seal, 160)
            numbers := mload(add(free, 64))
            mstore(0, mload(free)) // the market's id
            mstore(32, _cells.slot)
            let cells := keccak256(0, 64)
            mstore(32, _outcomes.slot)
            mstore(32, keccak256(0, 64))
            mstore(0, and(numbers, 0xffffff30)) // as OutcomeWords has it
            place := keccak256(0, 64)
            word := sload(place)
            shift := or(and(shl(1, numbers), 0x1e), and(shr(1, numbers), 0x60))
            mstore(0, and(numbers, 63)) // CELLS
            mstore(32, cells)
            cells := sload(keccak256(0, 64))
            unknown := or(shr(64, xor(cells, keccak256(free, 160))), shl(224, xor(cells, numbers)))
        }
        // Else the cell holds the commitment of this batch.
        if (unknown != 0) _checkSeal(seal);
        unchecked {
            uint256 before = (word >> shift) & 3;
            if (before != OPEN && before != TORN) revert IEscrowVault.BatchClosed(uint32(numbers), before);
            word ^= (before ^ outcome) << shift;
            if (outcome == RELEASED) {
                uint256 operatorFee = (numbers >> SealNumbers.OPERATOR_FEE) & MASK56;
                referrerFee = (numbers >> SealNumbers.REFERRER_FEE) & MASK56;
                if (before == TORN) {
                    (uint256 operatorGone, uint256 referrerGone) = _feesGone(seal.marketId, numbers);
                    operatorFee -= operatorGone;
                    referrerFee -= referrerGone;
                }
                word += operatorFee << 128;
            }
            _store(place, word);
        }
    }

    /// @dev Fees of the fills that have left a batch.
    function _feesGone(bytes32 marketId, uint256 numbers)
        private
        view
        returns (uint256 operatorFees, uint256 referrerFees)
    {
        for (uint256 i = 0; i * DEPARTED_FILLS < numbers.count(); ++i) {
            (, uint256 gone) = _departedWord(marketId, numbers.seq(), i);
            operatorFees += uint48(gone >> 176);
            referrerFees += uint48(gone >> 128);
        }
    }

    /// @dev Gives the batch the next number of its cell, whose index stands in the number's place, and looks at its
    /// delay. Returns what the cell holds.
    function _takeCell() private view returns (uint256 cell) {
        uint256 odd;
        assembly ("memory-safe") {
            cell := sload(mload(RUN_CELL))
            let seq := and(cell, 0xffffffff)
            seq := add(64, or(seq, mul(iszero(seq), mload(RUN_SEQ)))) // CELLS
            mstore(RUN_SEQ, seq)
            odd := or(shr(32, seq), iszero(lt(sub(mload(RUN_REFUND_DELAY), 1), REFUND_DELAY_MAX)))
        }
        if (odd == 0) return cell;
        Run memory run = BatchRun.frame()[0];
        if (run.seq > CELL_SEQ) revert IEscrowVault.WrongSeal(run.marketId, run.seq);
        revert IEscrowVault.RefundDelayOutOfRange(run.refundDelay, REFUND_DELAY_MAX);
    }

    /// @dev Makes the seal, says it, and returns its commitment. By hand, for the log's data and what is hashed are the
    /// same words.
    function _seal(uint256 count) private returns (uint256 commitment) {
        bytes32 locked = Locked.selector;
        assembly ("memory-safe") {
            // See SealNumbers.
            let numbers := or(mload(RUN_SEQ), or(shl(32, add(timestamp(), mload(RUN_REFUND_DELAY))), shl(72, count)))
            numbers := or(numbers, or(shl(88, mload(RUN_OPERATOR_FEES)), shl(144, mload(RUN_REFERRER_FEES))))
            let seal := mload(0x40)
            mstore(seal, mload(RUN_MARKET_ID))
            mstore(add(seal, 32), keccak256(RUN, 416)) // as the abi encoding of `Batch`
            mstore(add(seal, 64), numbers)
            mstore(add(seal, 96), mload(RUN_REFERRER))
            mstore(add(seal, 128), caller())
            mstore(add(seal, 160), mload(RUN_ROOT))
            commitment := keccak256(seal, 160)
            log1(seal, 192, locked)
        }
    }

    /// @dev Keeps the batch in its cell. What stood there may be forgotten only if nobody can still need its root: all
    /// of its epoch was released, so that every lane folds, and no fill of it waits for a proof. Else it moves.
    function _keep(uint256 cell, uint256 commitment) private {
        uint256 before = cell & CELL_SEQ;
        uint256 open = cell & CELL_STICKY;
        uint256 word = _outcomeWord(before);
        assembly ("memory-safe") {
            // All of the epoch's 16 outcomes are 1.
            open := or(open, shl(224, xor(shr(and(shr(1, before), 0x60), word), 0x55555555)))
        }
        uint256 flags = cell & CELL_SHARED;
        if (open != 0 && before != 0) {
            _overflow[bytes32(_word(RUN_MARKET_ID))][before] = cell & CELL_COMMITMENT;
            flags = CELL_SHARED;
        }
        assembly ("memory-safe") {
            flags := or(or(flags, mload(RUN_STICKY)), mload(RUN_SEQ))
            sstore(mload(RUN_CELL), or(shl(64, shr(64, commitment)), flags))
        }
    }
}
