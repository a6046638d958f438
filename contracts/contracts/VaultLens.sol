// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccountSlot} from "./AccountSlot.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OutcomeWords} from "./OutcomeWords.sol";

/// @title What a wallet wants to know of a vault
/// @notice Reads the vault's storage through `slots`; holds nothing, and nothing depends on it.
contract VaultLens {
    using AccountSlot for uint256;

    // Places of the vault's mappings (VaultStorage); the first two slots are of EIP712.
    uint256 private constant ACCOUNTS = 2;
    uint256 private constant LANES = 3;
    uint256 private constant ORDERS = 4;
    uint256 private constant OUTCOMES = 7;
    uint256 private constant WALLETS = 9;

    /// @notice An account's lots.
    /// @param payFree free, of the token the side pays
    /// @param getFree free, of the token the side gets
    /// @param pendingPay in fills that have not ended, or ended differently within one lane
    /// @param pendingGet what they bring when released
    /// @param exiting whether locks look for an exit request
    struct AccountView {
        uint256 payFree;
        uint256 getFree;
        uint256 pendingPay;
        uint256 pendingGet;
        bool exiting;
    }

    /// @notice An owner's balance outside markets, base units, and the second of his exit request (0: none).
    function wallet(IEscrowVault vault, address owner, address token)
        external
        view
        returns (uint256 amount, uint256 exitRequestedAt)
    {
        bytes32 inner = keccak256(abi.encode(owner, WALLETS));
        uint256 word = _read(vault, keccak256(abi.encode(token, inner)));
        return (uint128(word), word >> 128);
    }

    /// @notice An account as it would be after `gather`'s folding: lanes that have ended count as free.
    function account(IEscrowVault vault, IEscrowVault.Lots calldata lots, uint256 side, address owner)
        external
        view
        returns (AccountView memory result)
    {
        bytes32 marketId = keccak256(abi.encode(lots));
        bytes32 location = _location(marketId, side, owner);
        uint256 slot = _read(vault, location);
        (result.payFree, result.getFree) = (slot.payFree(), slot.getFree());
        result.exiting = slot & AccountSlot.EXITING != 0;
        _addLane(vault, marketId, slot, result);
        bytes32 lanes = keccak256(abi.encode(location, LANES));
        for (uint256 i = 0; i < 8; ++i) {
            _addLane(vault, marketId, _read(vault, keccak256(abi.encode(i, lanes))), result);
        }
    }

    /// @notice Lots filled of an order whose nonce is of the ring. `known` is false if the order's cell is another's.
    function filled(
        IEscrowVault vault,
        IEscrowVault.Lots calldata lots,
        uint256 side,
        address owner,
        uint64 nonce,
        bytes32 digest
    ) external view returns (bool known, uint256 filledLots) {
        bytes32 ring = keccak256(abi.encode(_location(keccak256(abi.encode(lots)), side, owner), ORDERS));
        uint256 entry = _read(vault, keccak256(abi.encode(uint256(nonce) & 255, ring)));
        known = entry >> 216 == nonce && uint96(entry) == uint256(digest) >> 160;
        filledLots = known ? uint40(entry >> 176) : 0;
    }

    /// @notice How a batch stands: 0 open or unknown, 1 released, 2 refunded, 3 open with fills gone.
    function outcome(IEscrowVault vault, bytes32 marketId, uint256 seq) public view returns (uint256) {
        bytes32 inner = keccak256(abi.encode(marketId, OUTCOMES));
        uint256 word = _read(vault, keccak256(abi.encode(OutcomeWords.keyOf(seq), inner)));
        return (word >> OutcomeWords.shiftOf(seq)) & 3;
    }

    function _addLane(IEscrowVault vault, bytes32 marketId, uint256 lane, AccountView memory result) private view {
        if (lane.lanePay() == 0) return;
        uint256 common = outcome(vault, marketId, lane.first());
        for (uint256 seq = lane.first() + 1; seq <= lane.last(); ++seq) {
            if (outcome(vault, marketId, seq) != common) common = 0;
        }
        if (common == 1) {
            result.getFree += lane.laneGet();
        } else if (common == 2) {
            result.payFree += lane.lanePay();
        } else {
            result.pendingPay += lane.lanePay();
            result.pendingGet += lane.laneGet();
        }
    }

    function _location(bytes32 marketId, uint256 side, address owner) private pure returns (bytes32) {
        bytes32 sideKey = keccak256(abi.encode(marketId, side));
        return keccak256(abi.encode(owner, keccak256(abi.encode(sideKey, ACCOUNTS))));
    }

    function _read(IEscrowVault vault, bytes32 place) private view returns (uint256) {
        bytes32[] memory places = new bytes32[](1);
        places[0] = place;
        return uint256(vault.slots(places)[0]);
    }
}
