// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FillProofs} from "./FillProofs.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultCases} from "./IVaultCases.sol";
import {IVaultSingles} from "./IVaultSingles.sol";

/// @title How escrows of one fill are disputed and how they end
/// @dev Shared by the delegates that know escrows of one fill.
abstract contract EscrowEnds is FillProofs {
    bytes32 private constant DISPUTE_TYPE = keccak256("Dispute(bytes32 origin)");

    // States of an escrow. In the last three its leg is not in the vault.
    uint256 internal constant LOCKED = 1;
    uint256 internal constant PAID = 2;
    uint256 internal constant DISPUTED = 3;
    uint256 internal constant ENDED = 4;
    /// @dev Bonds alone, until the receiver of the other chain's coin signs `SwapTerms`.
    uint256 internal constant RESERVED = 5;
    /// @dev The leg went back; bonds wait for a party's dispute.
    uint256 internal constant BONDS_HELD = 6;
    uint256 internal constant BONDS_DISPUTED = 7;

    uint256 internal constant BUYER_FORFEITS = 1;
    uint256 internal constant SELLER_FORFEITS = 2;

    uint256 internal constant UNIT = 10_000;
    uint8 internal constant MODE_ESCROW = 1;
    uint8 internal constant MODE_SWAP = 2;
    uint8 internal constant MODE_P2P = 3;

    /// @dev Refuses whoever is no party and has no party's signature over `Dispute`.
    function _checkParty(address buyer, address seller, bytes32 what, bytes calldata signature) internal view {
        if (msg.sender == buyer || msg.sender == seller) return;
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(DISPUTE_TYPE, what)));
        bool byParty = _isSigned(buyer, digest, signature) || _isSigned(seller, digest, signature);
        require(byParty, IEscrowVault.WrongSigner(msg.sender, buyer));
    }

    /// @dev Whether somebody can decide. An arbiter who is a party would have two of the three keys.
    function _hasJudge(address buyer, address seller, IEscrowVault.Terms memory terms) internal view returns (bool) {
        address arbiter = _arbiters[terms.arbiterId];
        return arbiter != address(0) && arbiter != buyer && arbiter != seller && terms.disputeBound != 0;
    }

    /// @dev Refuses what nobody could decide.
    function _checkArbiter(address buyer, address seller, IEscrowVault.Terms memory terms) internal view {
        require(_hasJudge(buyer, seller, terms), IVaultCases.NoArbiter(terms.arbiterId));
    }

    /// @dev From here on, and for as long as both orders sign, the arbiter's word counts (R4).
    function _beginDispute(bytes32 id, address buyer, address seller, IEscrowVault.Terms memory terms, uint256 state)
        internal
    {
        _checkArbiter(buyer, seller, terms);
        uint256 until = block.timestamp + terms.disputeBound;
        _escrows[id] = (state << 40) | until;
        emit IVaultCases.Disputed(id, until);
    }

    /// @dev Refuses everybody but the arbiter within the bound, and the fallback arbiter as long again.
    function _checkJudge(bytes32 id, IVaultCases.Escrow calldata escrow) internal view {
        uint256 until = uint40(_escrows[id]);
        address judge = _arbiters[escrow.terms.arbiterId];
        if (block.timestamp > until) {
            judge = escrow.terms.fallbackArbiter;
            until += escrow.terms.disputeBound;
        }
        // The orders may name as fallback whoever turns out to be a party: then the signed split decides.
        bool fit = msg.sender == judge && judge != escrow.buyer && judge != escrow.seller;
        require(fit, IEscrowVault.WrongSigner(msg.sender, judge));
        require(block.timestamp <= until, IVaultCases.PastDeadline(id, until));
    }

    function _signed(address signer, bytes32 digest, bytes calldata signature) internal view returns (uint256) {
        if (signature.length == 0) return 0;
        require(_isSigned(signer, digest, signature), IEscrowVault.WrongSigner(address(0), signer));
        return 1;
    }

    function _stateOf(IVaultCases.Escrow calldata escrow) internal view returns (bytes32 id, uint256 state) {
        id = keccak256(abi.encode(escrow));
        state = _escrows[id] >> 40;
    }

    /// @dev Ends an escrow with both bonds going home.
    function _end(bytes32 id, IVaultCases.Escrow calldata escrow, uint256 quoteToBuyer, uint256 baseToBuyer) internal {
        _finish(id, escrow, quoteToBuyer, baseToBuyer, 0);
    }

    /// @dev Splits both legs; whatever is not the buyer's is the seller's. Fees are taken from the part of the quote leg
    /// that the seller gets, in proportion; what rounding leaves is the buyer's.
    function _finish(
        bytes32 id,
        IVaultCases.Escrow calldata escrow,
        uint256 quoteToBuyer,
        uint256 baseToBuyer,
        uint256 forfeits
    ) internal {
        require(quoteToBuyer <= UNIT && baseToBuyer <= UNIT, IEscrowVault.BadTerms());
        _escrows[id] = ENDED << 40;
        uint256 buyerBase = uint256(escrow.base) * baseToBuyer / UNIT;
        uint256 sellerBase = escrow.base - buyerBase;
        (uint256 buyerBonds, uint256 sellerBonds) = _bonds(escrow, forfeits);
        buyerBase += buyerBonds;
        sellerBase += sellerBonds;
        _creditWallet(escrow.buyer, escrow.lots.base, buyerBase * escrow.lots.baseLot);
        _creditWallet(escrow.seller, escrow.lots.base, sellerBase * escrow.lots.baseLot);
        if (escrow.pay != 0) _splitQuote(escrow, quoteToBuyer);
        if (forfeits != 0) emit IVaultSingles.BondsSettled(id, forfeits);
        emit IVaultCases.EscrowEnded(id, quoteToBuyer, baseToBuyer);
    }

    /// @dev What each side gets of both bonds. `forfeits`: 1 the buyer's goes to the seller, 2 the seller's to the buyer.
    function _bonds(IVaultCases.Escrow calldata escrow, uint256 forfeits)
        internal
        pure
        returns (uint256 toBuyer, uint256 toSeller)
    {
        uint256 sum = uint256(escrow.buyerBond) + escrow.sellerBond;
        if (forfeits == 0) toBuyer = escrow.buyerBond;
        else if (forfeits == SELLER_FORFEITS) toBuyer = sum;
        toSeller = sum - toBuyer;
    }

    function _splitQuote(IVaultCases.Escrow calldata escrow, uint256 quoteToBuyer) private {
        uint256 toSeller = UNIT - quoteToBuyer;
        uint256 get = escrow.get * toSeller / UNIT;
        uint256 referrer = escrow.referrerFee * toSeller / UNIT;
        uint256 operatorFee = (uint256(escrow.pay) - escrow.get - escrow.referrerFee) * toSeller / UNIT;
        uint256 back = escrow.pay - get - referrer - operatorFee;
        bytes32 marketId = keccak256(abi.encode(escrow.lots));
        _creditWallet(escrow.buyer, escrow.lots.quote, back * escrow.lots.quoteLot);
        _creditWallet(escrow.seller, escrow.lots.quote, get * escrow.lots.quoteLot);
        if (referrer != 0) _earned[marketId][escrow.referrer] += referrer;
        if (operatorFee != 0) _earned[marketId][escrow.operator] += operatorFee;
    }
}
