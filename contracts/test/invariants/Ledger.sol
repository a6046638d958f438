// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {IVaultCases} from "../../contracts/IVaultCases.sol";
import {VaultScene} from "./VaultScene.sol";

/// @title What everybody should have, by the rules alone
/// @notice A second account of the money. It knows orders, fills and how they ended; it knows no slots, lanes, cells or
/// trees, and takes no amount from the vault but what a token says has moved.
abstract contract Ledger is VaultScene {
    uint256 internal constant OPEN = 0;
    uint256 internal constant RELEASED = 1;
    uint256 internal constant REFUNDED = 2;

    uint256 internal constant UNIT = 10_000;

    /// @notice An order in lots and ticks, as its owner signed it.
    struct Signed {
        uint8 market;
        uint8 mode;
        uint8 side;
        uint8 owner;
        uint8 flags;
        uint40 price;
        uint40 quantity;
        uint40 nonce;
        uint32 issued;
        uint32 expiry;
        uint16 operatorCap;
        uint16 referrerCap;
        bool cancelled;
        uint256 filled;
        bytes32 digest;
        bytes signature;
    }

    struct Fill {
        address buyer;
        address seller;
        uint40 base;
        uint40 pay;
        uint40 get;
        uint40 referrerFee;
        uint8 laned;
        bool skipped;
        bool gone;
        bool proven;
    }

    struct Batch {
        uint256 market;
        uint256 outcome;
        uint256 deadline;
        bytes32 root;
        IEscrowVault.Seal seal;
    }

    struct Case {
        IVaultCases.Escrow escrow;
        uint256 market;
        uint256 state;
        uint256 until;
        bytes32 preimage;
    }

    Signed[] internal _orders;
    Batch[] internal _batches;
    mapping(uint256 batch => Fill[] fills) internal _fills;
    Case[] internal _cases;

    /// @dev Base units that are an account's and in no fill, wherever the vault keeps them.
    mapping(address account => mapping(address token => uint256 amount)) public claims;
    /// @dev Quote lots for whoever is operator when they are collected.
    mapping(uint256 market => uint256 lots) public unclaimedFees;
    /// @dev All that the vault owes: claims, fills, escrows, bonds, fees.
    mapping(address token => uint256 amount) public owed;
    mapping(address token => uint256 amount) public donated;

    /// @notice The first rule that was broken, in words.
    string public broken;

    /// @dev Keeps the first rule that did not hold. The invariants ask; nothing reverts, so that whoever runs this
    /// without `fail_on_revert` hears of it too.
    function _holds(bool condition, string memory rule) internal {
        if (!condition && bytes(broken).length == 0) broken = rule;
    }

    function _arrived(address account, address token, uint256 amount) internal {
        claims[account][token] += amount;
        owed[token] += amount;
    }

    function _left(address account, address token, uint256 amount) internal {
        _holds(claims[account][token] >= amount, "SOLVENT: more left the vault than was the account's");
        if (claims[account][token] < amount) return;
        claims[account][token] -= amount;
        owed[token] -= amount;
    }

    /// @dev From an account into a fill or a bond.
    function _lockUp(address account, address token, uint256 amount) internal {
        uint256 claim = claims[account][token];
        _holds(claim >= amount, "SOLVENT: a fill locked more than its side had");
        claims[account][token] = claim > amount ? claim - amount : 0;
    }

    function _credit(address account, address token, uint256 amount) internal {
        claims[account][token] += amount;
    }

    function _lockFill(uint256 m, Fill memory fill) internal {
        IEscrowVault.Lots storage lots = _listings[m].lots;
        _lockUp(fill.buyer, lots.quote, uint256(fill.pay) * lots.quoteLot);
        _lockUp(fill.seller, lots.base, uint256(fill.base) * lots.baseLot);
    }

    /// @dev A fill ends with both legs exchanged, or with both back. `operator` is zero if its fee waits for whoever
    /// collects.
    function _endFill(uint256 m, Fill memory fill, uint256 outcome, address operator) internal {
        IEscrowVault.Lots storage lots = _listings[m].lots;
        if (outcome == REFUNDED) {
            _credit(fill.buyer, lots.quote, uint256(fill.pay) * lots.quoteLot);
            _credit(fill.seller, lots.base, uint256(fill.base) * lots.baseLot);
            return;
        }
        _credit(fill.buyer, lots.base, uint256(fill.base) * lots.baseLot);
        _credit(fill.seller, lots.quote, uint256(fill.get) * lots.quoteLot);
        _credit(referrer, lots.quote, uint256(fill.referrerFee) * lots.quoteLot);
        uint256 fee = uint256(fill.pay) - fill.get - fill.referrerFee;
        if (operator == address(0)) unclaimedFees[m] += fee;
        else _credit(operator, lots.quote, fee * lots.quoteLot);
    }

    /// @dev All fills still in a batch end alike.
    function _endBatch(uint256 id, uint256 outcome) internal {
        _batches[id].outcome = outcome;
        Fill[] storage fills = _fills[id];
        for (uint256 i = 0; i < fills.length; ++i) {
            if (!fills[i].skipped && !fills[i].gone) _endFill(_batches[id].market, fills[i], outcome, address(0));
        }
    }

    /// @dev Bonds go home (0), the buyer's to the seller (1), or the seller's to the buyer (2).
    function _endBonds(Case storage c, uint256 forfeits) internal {
        IVaultCases.Escrow storage e = c.escrow;
        uint256 lot = e.lots.baseLot;
        _credit(forfeits == 1 ? e.seller : e.buyer, e.lots.base, e.buyerBond * lot);
        _credit(forfeits == 2 ? e.buyer : e.seller, e.lots.base, e.sellerBond * lot);
    }

    /// @dev Both legs are split by the buyer's shares; fees are due on what the seller gets of the quote leg; what
    /// rounding leaves of the base leg is the seller's, of the quote leg the buyer's.
    function _endLegs(Case storage c, uint256 quoteToBuyer, uint256 baseToBuyer) internal {
        IVaultCases.Escrow storage e = c.escrow;
        uint256 base = e.base * baseToBuyer / UNIT;
        _credit(e.buyer, e.lots.base, base * e.lots.baseLot);
        _credit(e.seller, e.lots.base, (e.base - base) * e.lots.baseLot);
        if (e.pay == 0) return;
        uint256 forth = e.get * (UNIT - quoteToBuyer) / UNIT;
        uint256 referral = e.referrerFee * (UNIT - quoteToBuyer) / UNIT;
        uint256 fee = uint256(e.pay - e.get - e.referrerFee) * (UNIT - quoteToBuyer) / UNIT;
        _credit(e.seller, e.lots.quote, forth * e.lots.quoteLot);
        _credit(referrer, e.lots.quote, referral * e.lots.quoteLot);
        _credit(e.operator, e.lots.quote, fee * e.lots.quoteLot);
        _credit(e.buyer, e.lots.quote, (e.pay - forth - referral - fee) * e.lots.quoteLot);
    }

    /// @dev What one fill costs and brings; fees are rounded against who takes them.
    function _amounts(Fill memory fill, uint256 price, bool buyerIsMaker, int256 makerRate, uint256 takerRate, uint256 referrerRate)
        internal
        pure
    {
        uint256 quote = fill.base * price;
        int256 maker = makerRate < 0
            ? -int256(quote * uint256(-makerRate) / UNIT)
            : int256(quote * uint256(makerRate) / UNIT);
        uint256 referral = quote * referrerRate / UNIT;
        int256 taker = int256(quote * takerRate / UNIT + referral);
        (int256 buyers, int256 sellers) = buyerIsMaker ? (maker, taker) : (taker, maker);
        fill.pay = uint40(uint256(int256(quote) + buyers));
        fill.get = uint40(uint256(int256(quote) - sellers));
        fill.referrerFee = uint40(referral);
    }
}
