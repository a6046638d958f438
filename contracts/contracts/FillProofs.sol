// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "./AccountSlot.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OutcomeWords} from "./OutcomeWords.sol";
import {SealNumbers} from "./SealNumbers.sol";
import {VaultStorage} from "./VaultStorage.sol";

/// @title How one fill leaves its batch by a merkle proof
abstract contract FillProofs is VaultStorage {
    using AccountSlot for uint256;
    using SealNumbers for uint256;

    /// @dev Outcome of a fill that goes on as an escrow of its own.
    uint256 internal constant MOVED = 3;

    /// @dev Marks a fill as gone from its batch, and of an open batch the fees that go with it.
    function _depart(IEscrowVault.Seal calldata seal, uint256 index, IEscrowVault.Fill calldata fill, bool ended)
        internal
    {
        uint256 seq = seal.numbers.seq();
        (uint256 key, uint256 word) = _departedWord(seal.marketId, seq, index / DEPARTED_FILLS);
        uint256 bit = 1 << (index % DEPARTED_FILLS);
        require(word & bit == 0, IEscrowVault.FillGone(seq, index));
        word |= bit;
        if (!ended) {
            uint256 operatorFee = uint256(fill.pay) - fill.get - fill.referrerFee;
            word += (operatorFee << 176) | (uint256(fill.referrerFee) << 128);
            uint256 shift = OutcomeWords.shiftOf(seq);
            uint256 place = _outcomePlace(seal.marketId, seq);
            uint256 outcomes = _load(place);
            if ((outcomes >> shift) & 3 == OPEN) _store(place, outcomes | (TORN << shift));
        }
        _departed[seal.marketId][key] = word;
    }

    /// @dev Takes both sides of a fill out of the lanes that hold them, and credits free lots to the same accounts:
    /// those slots are written anyway. A side whose lane has been folded has its amounts already; one such side is no
    /// reason to withhold the other's.
    function _move(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        IEscrowVault.Fill calldata fill,
        uint256 outcome
    ) internal {
        (uint256 back, uint256 forth) = (outcome == REFUNDED ? 1 : 0, outcome == RELEASED ? 1 : 0);
        bool moved = _settleSide(seal, batch.lots, fill, BUY, back * fill.pay, forth * fill.base);
        moved = _settleSide(seal, batch.lots, fill, SELL, back * fill.base, forth * fill.get) || moved;
        require(moved, IEscrowVault.FillFolded(seal.numbers.seq()));
    }

    function _settleSide(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Lots calldata lots,
        IEscrowVault.Fill calldata fill,
        uint256 side,
        uint256 payBack,
        uint256 getNow
    ) internal returns (bool moved) {
        address owner = side == BUY ? fill.buyer : fill.seller;
        uint256 location = _location(_sideKey(seal.marketId, side), owner);
        uint256 slot = _load(location);
        if (fill.laned & (1 << side) != 0) {
            (uint256 pay, uint256 get) = side == BUY ? (fill.pay, fill.base) : (fill.base, fill.get);
            (slot, moved) = _outOfLane(location, slot, seal.numbers.seq(), pay, get);
            if (!moved) return false;
        }
        if (slot.payFree() + payBack > AccountSlot.LOTS_MAX || slot.getFree() + getNow > AccountSlot.LOTS_MAX) {
            (address payToken, uint256 payLot) = side == BUY ? (lots.quote, lots.quoteLot) : (lots.base, lots.baseLot);
            (address getToken, uint256 getLot) = side == BUY ? (lots.base, lots.baseLot) : (lots.quote, lots.quoteLot);
            _creditWallet(owner, payToken, payBack * payLot);
            _creditWallet(owner, getToken, getNow * getLot);
        } else {
            slot += payBack + (getNow << AccountSlot.GET_SHIFT);
        }
        _store(location, slot);
        return true;
    }

    /// @dev The slot without a fill that one of the account's lanes holds; false if none does any more.
    function _outOfLane(uint256 location, uint256 slot, uint256 seq, uint256 pay, uint256 get)
        internal
        returns (uint256, bool)
    {
        uint256 less = (pay << AccountSlot.LANE_SHIFT) | (get << AccountSlot.LANE_GET_SHIFT);
        if (_holds(slot, seq)) return (slot - less, true);
        uint256 index = (seq >> AccountSlot.EPOCH_SHIFT) & 7;
        uint256 lane = _lanes[location][index];
        if (!_holds(lane, seq)) return (slot, false);
        _lanes[location][index] = lane - less;
        return (slot, true);
    }

    function _holds(uint256 lane, uint256 seq) internal pure returns (bool) {
        return lane.lanePay() != 0 && lane.first() <= seq && seq <= lane.last();
    }

    /// @dev Refuses a fill that is not at `index` of the batch.
    function _checkFill(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        uint256 index,
        IEscrowVault.Fill calldata fill,
        bytes32[] calldata proof
    ) internal view {
        _checkSeal(seal);
        require(keccak256(abi.encode(batch)) == seal.detail, IEscrowVault.WrongSeal(seal.marketId, seal.numbers.seq()));
        bytes32 leaf = keccak256(
            abi.encodePacked(
                fill.buyer, fill.seller, fill.base, fill.pay, fill.get, fill.referrerFee, fill.laned
            )
        );
        require(_rootOf(leaf, index, seal.numbers.count(), proof) == batch.root, IEscrowVault.WrongFill(index));
    }

    /// @dev Root over `count` leaves by the path of the one at `index`; zero if the proof is not of that length.
    function _rootOf(bytes32 node, uint256 index, uint256 count, bytes32[] calldata proof)
        internal
        pure
        returns (bytes32)
    {
        if (index >= count) return 0;
        uint256 used = 0;
        while (count > 1) {
            // The last of an odd number has no neighbour and moves up as it is.
            if (index ^ 1 < count) {
                if (used == proof.length) return 0;
                bytes32 beside = proof[used++];
                node = index & 1 == 0 ? keccak256(bytes.concat(node, beside)) : keccak256(bytes.concat(beside, node));
            }
            index >>= 1;
            count = (count + 1) >> 1;
        }
        return used == proof.length ? node : bytes32(0);
    }
}
