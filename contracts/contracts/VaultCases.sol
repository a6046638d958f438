// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EscrowEnds} from "./EscrowEnds.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultCases} from "./IVaultCases.sol";
import {IVaultSingles} from "./IVaultSingles.sol";
import {SealNumbers} from "./SealNumbers.sol";
import {VaultSingles} from "./VaultSingles.sol";

/// @title Escrows of one fill: disputed fills of batches, P2P legs, hash-locked legs
/// @dev Delegate code, fixed by the vault's constructor; it runs in the vault's storage and holds nothing itself. An
/// escrow's id is the hash of all its terms; storage holds only how far it is. What opens one-leg fills, and what decides
/// about bonds, is in `VaultSingles`, which this contract makes and passes on to.
contract VaultCases is IVaultCases, EscrowEnds {
    using SealNumbers for uint256;

    bytes32 private constant PAID_TYPE = keccak256("Paid(bytes32 escrowId)");
    bytes32 private constant OUTCOME_TYPE =
        keccak256("Outcome(bytes32 escrowId,uint16 quoteToBuyer,uint16 baseToBuyer)");

    address private immutable SINGLES;

    /// @param exitDelay the vault's
    constructor(uint256 exitDelay) {
        SINGLES = address(new VaultSingles(exitDelay));
    }

    /// @dev Opening one-leg fills, and bonds, have code of their own.
    fallback() external {
        _delegate();
    }

    /// @inheritdoc IVaultCases
    function lockSingle(Single calldata) external returns (bytes32) {
        _delegate();
    }

    function _delegate() private {
        address singles = SINGLES;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, 0, calldatasize())
            let done := delegatecall(gas(), singles, free, calldatasize(), 0, 0)
            returndatacopy(free, 0, returndatasize())
            switch done
            case 0 { revert(free, returndatasize()) }
            default { return(free, returndatasize()) }
        }
    }

    /// @inheritdoc IVaultCases
    function disputeFill(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        uint256 index,
        IEscrowVault.Fill calldata fill,
        bytes32[] calldata proof,
        bytes calldata signature
    ) external {
        _checkFill(seal, batch, index, fill, proof);
        uint256 outcome = _outcome(seal.marketId, seal.numbers.seq());
        require(outcome == OPEN || outcome == TORN, IEscrowVault.BatchClosed(seal.numbers.seq(), outcome));
        Escrow memory escrow;
        escrow.mode = MODE_ESCROW;
        escrow.origin = keccak256(abi.encode(seal.marketId, seal.numbers.seq(), index));
        (escrow.lots, escrow.terms) = (batch.lots, batch.terms);
        (escrow.buyer, escrow.seller) = (fill.buyer, fill.seller);
        (escrow.base, escrow.pay, escrow.get) = (fill.base, fill.pay, fill.get);
        (escrow.referrerFee, escrow.referrer, escrow.operator) = (fill.referrerFee, seal.referrer, seal.operator);
        escrow.deadline = uint40(seal.numbers.deadline());
        _depart(seal, index, fill, false);
        _move(seal, batch, fill, MOVED);
        emit IEscrowVault.FillClosed(seal.marketId, uint32(seal.numbers), index, MOVED);
        bytes32 id = keccak256(abi.encode(escrow));
        emit EscrowOpened(id, escrow);
        _dispute(id, escrow, escrow.origin, signature);
    }

    /// @inheritdoc IVaultCases
    function dispute(Escrow calldata escrow, bytes calldata signature) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == LOCKED || state == PAID, WrongState(id, state));
        require(escrow.mode != MODE_SWAP, WrongMode(escrow.mode));
        _dispute(id, escrow, id, signature);
    }

    /// @dev A party freezes the escrow for as long as its order signs, and the arbiter's word begins to count (R4).
    function _dispute(bytes32 id, Escrow memory escrow, bytes32 what, bytes calldata signature) private {
        require(_escrows[id] >> 40 == PAID || block.timestamp < escrow.deadline, PastDeadline(id, escrow.deadline));
        _checkParty(escrow.buyer, escrow.seller, what, signature);
        _beginDispute(id, escrow.buyer, escrow.seller, escrow.terms, DISPUTED);
    }

    /// @inheritdoc IVaultCases
    function award(Escrow calldata escrow, uint16 quoteToBuyer, uint16 baseToBuyer) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == DISPUTED, WrongState(id, state));
        _checkJudge(id, escrow);
        _end(id, escrow, quoteToBuyer, baseToBuyer);
    }

    /// @inheritdoc IVaultCases
    function fallBack(Escrow calldata escrow) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == DISPUTED, WrongState(id, state));
        uint256 until = uint40(_escrows[id]);
        if (escrow.terms.fallbackArbiter != address(0)) until += escrow.terms.disputeBound;
        require(block.timestamp > until, TooEarly(id, until));
        _end(id, escrow, escrow.terms.fallbackToBuyer, escrow.terms.fallbackToBuyer);
    }

    /// @inheritdoc IVaultCases
    function closeTogether(
        Escrow calldata escrow,
        uint16 quoteToBuyer,
        uint16 baseToBuyer,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata arbiterSignature
    ) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == LOCKED || state == PAID || state == DISPUTED, WrongState(id, state));
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(OUTCOME_TYPE, id, quoteToBuyer, baseToBuyer)));
        uint256 signers = _signed(escrow.buyer, digest, buyerSignature)
            + _signed(escrow.seller, digest, sellerSignature);
        // The arbiter's key counts only in a dispute, and only as long as the parties gave him.
        if (state == DISPUTED && block.timestamp <= uint40(_escrows[id])) {
            signers += _signed(_arbiters[escrow.terms.arbiterId], digest, arbiterSignature);
        }
        require(signers >= 2, TooFewSigners(id, signers));
        _end(id, escrow, quoteToBuyer, baseToBuyer);
    }

    /// @inheritdoc IVaultCases
    function markPaid(Escrow calldata escrow, bytes calldata signature) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(escrow.mode == MODE_P2P, WrongMode(escrow.mode));
        require(state == LOCKED, WrongState(id, state));
        uint256 until = _paymentUntil(escrow);
        require(block.timestamp < until, PastDeadline(id, until));
        if (msg.sender != escrow.buyer) {
            _signed(escrow.buyer, _hashTypedDataV4(keccak256(abi.encode(PAID_TYPE, id))), signature);
            require(signature.length != 0, IEscrowVault.WrongSigner(msg.sender, escrow.buyer));
        }
        _escrows[id] = PAID << 40;
        emit MarkedPaid(id);
    }

    /// @inheritdoc IVaultCases
    function redeem(Escrow calldata escrow, bytes32 preimage) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(escrow.mode == MODE_SWAP, WrongMode(escrow.mode));
        require(state == LOCKED, WrongState(id, state));
        require(block.timestamp < escrow.deadline, PastDeadline(id, escrow.deadline));
        bytes32 hash = sha256(bytes.concat(preimage));
        require(hash == escrow.sha256Hash, WrongPreimage(hash, escrow.sha256Hash));
        emit Redeemed(id, preimage);
        _end(id, escrow, 0, uint16(UNIT));
    }

    /// @inheritdoc IVaultCases
    function refundEscrow(Escrow calldata escrow) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == LOCKED, WrongState(id, state));
        require(block.timestamp >= escrow.deadline, TooEarly(id, escrow.deadline));
        // P2P: the vault sees that the buyer did not say in his window that he paid; his bond is the seller's (R6).
        if (escrow.mode == MODE_P2P) return _finish(id, escrow, UNIT, 0, escrow.buyerBond == 0 ? 0 : BUYER_FORFEITS);
        bool bonded = escrow.mode == MODE_SWAP && uint256(escrow.buyerBond) + escrow.sellerBond != 0;
        if (!bonded || !_hasJudge(escrow.buyer, escrow.seller, escrow.terms)) return _end(id, escrow, UNIT, 0);
        // SWAP: the vault does not see the other chain, so not who failed. The leg goes back at once (R5); the bonds wait
        // for a party's dispute (R6).
        _creditWallet(escrow.seller, escrow.lots.base, uint256(escrow.base) * escrow.lots.baseLot);
        uint256 until = block.timestamp + escrow.terms.disputeBound;
        _escrows[id] = (BONDS_HELD << 40) | until;
        emit IVaultSingles.BondsHeld(id, until);
        emit EscrowEnded(id, UNIT, 0);
    }

    /// @dev First second in which a P2P buyer can no longer say that he paid (R7): the end of the payment window that
    /// both orders sign, or the deadline if they sign none. A lock takes no window that is longer.
    function _paymentUntil(Escrow calldata escrow) private pure returns (uint256) {
        uint256 window = escrow.terms.paymentWindow;
        return window == 0 ? escrow.deadline : escrow.deadline - escrow.terms.refundDelay + window;
    }
}
