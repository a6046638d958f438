// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "./IEscrowVault.sol";

/// @title Escrows of one fill
/// @notice A disputed fill of a batch, a P2P leg and a hash-locked leg are escrows of their own. Shares are basis points.
/// Whoever calls about an escrow passes all of it, as `EscrowOpened` said it; its id is keccak256 of its abi encoding.
interface IVaultCases {
    /// @notice All terms of one escrow.
    /// @param mode 1: both legs, from a batch; 2: hash-locked base leg; 3: P2P base leg
    /// @param lots the market
    /// @param terms what both orders signed
    /// @param buyer who gets the base leg on release
    /// @param seller who paid it
    /// @param base base lots of the leg
    /// @param pay quote lots the buyer paid, fees included; zero if there is no quote leg
    /// @param get quote lots the seller gets on release
    /// @param referrerFee quote lots for the referrer on release
    /// @param referrer whose they are
    /// @param operator who locked it, and whose the rest of `pay` is
    /// @param buyerBond base lots
    /// @param sellerBond base lots
    /// @param deadline first second in which it is refunded and no longer redeemed, marked or disputed
    /// @param origin keccak256 of (market id, batch number, index), or of (buy digest, sell digest, filled before)
    /// @param sha256Hash of the preimage that redeems it; mode 2
    struct Escrow {
        uint8 mode;
        IEscrowVault.Lots lots;
        IEscrowVault.Terms terms;
        address buyer;
        address seller;
        uint40 base;
        uint40 pay;
        uint40 get;
        uint40 referrerFee;
        address referrer;
        address operator;
        uint40 buyerBond;
        uint40 sellerBond;
        uint40 deadline;
        bytes32 origin;
        bytes32 sha256Hash;
    }

    /// @notice What the receiver of the other chain's coin signs for one fill (R5).
    struct SwapTerms {
        bytes32 fillId;
        bytes32 sha256Hash;
        bytes32 claimKey;
        bytes32 refundKey;
        uint64 tBtc;
        uint64 tEvm;
    }

    /// @notice A one-leg fill: two orders in mode SWAP or P2P, and how much of the base leg locks.
    struct Single {
        IEscrowVault.Order buy;
        bytes buySignature;
        IEscrowVault.Order sell;
        bytes sellSignature;
        IEscrowVault.Lots lots;
        uint40 base;
        bool buyerIsMaker;
        SwapTerms swap;
        bytes swapSignature;
    }

    /// @notice An escrow of one fill began.
    event EscrowOpened(bytes32 indexed escrowId, Escrow escrow);
    /// @notice The buyer says that he paid outside the chain: no plain refund any more.
    event MarkedPaid(bytes32 indexed escrowId);
    /// @notice A party disputes; the arbiter decides until `until`.
    event Disputed(bytes32 indexed escrowId, uint256 until);
    /// @notice The preimage is public.
    event Redeemed(bytes32 indexed escrowId, bytes32 preimage);
    /// @notice The escrow ended; the buyer's shares of both legs.
    event EscrowEnded(bytes32 indexed escrowId, uint256 quoteToBuyer, uint256 baseToBuyer);

    /// @notice 0 unknown, 1 locked, 2 paid, 3 disputed, 4 ended; 5 to 7: see `IVaultSingles`.
    error WrongState(bytes32 escrowId, uint256 state);
    /// @notice Not for an escrow, or an order, of this mode.
    error WrongMode(uint8 mode);
    /// @notice It is too late for this.
    error PastDeadline(bytes32 escrowId, uint256 deadline);
    /// @notice It is too early for this.
    error TooEarly(bytes32 escrowId, uint256 from);
    /// @notice Nobody holds the arbiter id, or a party does, or the orders give him no time.
    error NoArbiter(uint32 arbiterId);
    /// @notice Two of the three must sign.
    error TooFewSigners(bytes32 escrowId, uint256 signers);
    /// @notice Not the preimage of the escrow's hash.
    error WrongPreimage(bytes32 hash, bytes32 expected);
    /// @notice The two orders differ in market or terms.
    error TermsDiffer();
    /// @notice The fill goes beyond what the order has left.
    error Overfilled(bytes32 order, uint256 quantity, uint256 lots);
    /// @notice The swap terms are for another fill.
    error WrongFillId(bytes32 given, bytes32 expected);
    /// @notice The hash locked a leg before.
    error HashUsed(bytes32 sha256Hash);
    /// @notice The account leaves with this token.
    error Exiting(address account, uint256 requestedAt);

    /// @notice A party takes its fill out of an open batch, before the deadline, and freezes it for its arbiter.
    /// @param signature a party's over `Dispute(bytes32 origin)`; empty if a party calls
    function disputeFill(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        uint256 index,
        IEscrowVault.Fill calldata fill,
        bytes32[] calldata proof,
        bytes calldata signature
    ) external;

    /// @notice The same for a P2P escrow; `Dispute` signs its id.
    function dispute(Escrow calldata escrow, bytes calldata signature) external;

    /// @notice The arbiter decides, within the bound; past it, as long again, the fallback arbiter.
    function award(Escrow calldata escrow, uint16 quoteToBuyer, uint16 baseToBuyer) external;

    /// @notice Every arbiter stayed silent: the split that the orders sign. Anyone.
    function fallBack(Escrow calldata escrow) external;

    /// @notice Two of buyer, seller and (in a dispute) arbiter end the escrow as they sign: `Outcome`. Anyone submits.
    function closeTogether(
        Escrow calldata escrow,
        uint16 quoteToBuyer,
        uint16 baseToBuyer,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata arbiterSignature
    ) external;

    /// @notice The buyer, or anyone with his signature over `Paid(bytes32 escrowId)`, says that he paid (R7).
    function markPaid(Escrow calldata escrow, bytes calldata signature) external;

    /// @notice Anyone with the preimage sends a hash-locked leg to its buyer, before the deadline.
    function redeem(Escrow calldata escrow, bytes32 preimage) external;

    /// @notice The leg goes back, from the deadline on, unless marked paid or disputed. Anyone.
    function refundEscrow(Escrow calldata escrow) external;

    /// @notice Locks a one-leg fill, from the wallets of both. Operator only.
    function lockSingle(Single calldata single) external returns (bytes32 escrowId);
}
