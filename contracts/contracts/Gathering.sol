// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "./AccountSlot.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {VaultStorage} from "./VaultStorage.sol";

/// @title How an account's lots go to its owner's wallet
abstract contract Gathering is VaultStorage {
    using AccountSlot for uint256;

    /// @dev Moves all free lots of an account, and of its lanes that have ended, to the owner's wallet.
    function _gather(IEscrowVault.Lots memory lots, uint256 side, address owner) internal {
        bytes32 marketId = keccak256(abi.encode(lots));
        bytes32 sideKey = _sideKey(marketId, side);
        uint256 location = _location(sideKey, owner);
        uint256 slot = _load(location);
        uint256 pay = slot.payFree();
        uint256 get = slot.getFree();
        slot &= ~((uint256(1) << 80) - 1);
        (bool ended, uint256 morePay, uint256 moreGet) = _ended(marketId, slot);
        _store(location, ended ? slot & ~AccountSlot.LANE_SUMS : slot);
        pay += morePay;
        get += moreGet;
        for (uint256 i = 0; i < 8; ++i) {
            uint256 lane = _lanes[location][i];
            (ended, morePay, moreGet) = _ended(marketId, lane);
            if (!ended) continue;
            _lanes[location][i] = lane & ~AccountSlot.LANE_SUMS;
            pay += morePay;
            get += moreGet;
        }
        (uint256 base, uint256 quote) = side == BUY ? (get, pay) : (pay, get);
        _creditWallet(owner, lots.base, base * lots.baseLot);
        _creditWallet(owner, lots.quote, quote * lots.quoteLot);
        emit IEscrowVault.Gathered(owner, sideKey, base * lots.baseLot, quote * lots.quoteLot);
    }

    /// @dev Whether there is a lane whose batches have all ended alike, and what it brings.
    function _ended(bytes32 marketId, uint256 lane) private view returns (bool ended, uint256 pay, uint256 get) {
        if (lane.lanePay() == 0) return (false, 0, 0);
        uint256 word = _load(_outcomePlace(marketId, lane.first()));
        uint256 outcome = _commonOutcome(word, lane.first(), lane.last());
        if (outcome == RELEASED) get = lane.laneGet();
        if (outcome == REFUNDED) pay = lane.lanePay();
        ended = outcome != OPEN;
    }
}
