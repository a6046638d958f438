// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IVaultCases} from "./IVaultCases.sol";

/// @title Bonds of one-leg fills
/// @notice A side that must still act after the fill reserves a bond in the leg's token; if it does not act in its
/// window, its bond is the other side's (R6). What the vault sees of that, and what it does not:
///
/// - P2P: it sees that the buyer did not `markPaid` within the payment window; at the refund his bond is the seller's. It
///   does not see payments outside the chain. Whether a marked payment was made, and whether a seller withholds a
///   release, the arbiter decides after a dispute: `awardWithBonds`.
/// - SWAP, before the lock: it sees that the receiver of the other chain's coin (the seller here) did not sign `SwapTerms`
///   in his window; his bond is the buyer's: `lapseSwap`. It does not see who kept him from it.
/// - SWAP, after the lock: it sees the preimage, and that both sides acted. Without it the leg goes back at its time; no
///   arbiter, dispute or freeze touches it (R5). Whether the buyer did not fund the other chain or the receiver did not
///   reveal in time, the vault cannot see: the bonds alone wait, a party may dispute them, and the arbiter decides on
///   merkle proofs of the other chain, which this contract does not check. Silence sends each bond home.
///
/// `forfeits` is 0: each bond goes home; 1: the buyer's goes to the seller; 2: the seller's goes to the buyer.
interface IVaultSingles {
    /// @notice Both orders of a SWAP fill hold, and their bonds are taken; the leg is not. Until `escrow.deadline` the
    /// seller may sign `SwapTerms`, whose fill id is `escrow.origin`.
    event SwapReserved(bytes32 indexed escrowId, IVaultCases.Escrow escrow);
    /// @notice The leg went back; until `until` a party may dispute about the bonds, then each goes home.
    event BondsHeld(bytes32 indexed escrowId, uint256 until);
    /// @notice Who lost his bond to the other; together with `EscrowEnded` if the leg was still there.
    event BondsSettled(bytes32 indexed escrowId, uint256 forfeits);

    /// @notice A bond is lost by one side or by none.
    error BadForfeits(uint256 forfeits);

    /// @notice Takes the bonds of a SWAP fill whose receiver has yet to sign. Operator only. `single.swap` and its
    /// signature do not count. The orders sign a payment window, which is the receiver's time to sign, and a seller's
    /// bond.
    function reserveSwap(IVaultCases.Single calldata single) external returns (bytes32 escrowId);

    /// @notice Locks the leg of a reserved fill from the seller's wallet, by his signature over `SwapTerms`. Anyone.
    /// @param reserved what `SwapReserved` said
    function bindSwap(
        IVaultCases.Escrow calldata reserved,
        IVaultCases.SwapTerms calldata swap,
        bytes calldata signature
    ) external returns (bytes32 escrowId);

    /// @notice The receiver did not sign in his window: both bonds are the buyer's. Anyone.
    function lapseSwap(IVaultCases.Escrow calldata reserved) external;

    /// @notice A party calls the arbiter about the bonds of a leg that went back.
    /// @param signature a party's over `Dispute` of the escrow's id; empty if a party calls
    function disputeBonds(IVaultCases.Escrow calldata escrow, bytes calldata signature) external;

    /// @notice The arbiter, past his bound the fallback arbiter, says who did not act in his window.
    function awardBonds(IVaultCases.Escrow calldata escrow, uint256 forfeits) external;

    /// @notice `award`, and who loses his bond.
    function awardWithBonds(
        IVaultCases.Escrow calldata escrow,
        uint16 quoteToBuyer,
        uint16 baseToBuyer,
        uint256 forfeits
    ) external;

    /// @notice Nobody disputed, or every arbiter stayed silent: each bond goes home. Anyone.
    function returnBonds(IVaultCases.Escrow calldata escrow) external;

    /// @notice How far an escrow is: 0 unknown, 1 locked, 2 paid, 3 disputed, 4 ended, 5 reserved, 6 bonds held, 7 bonds
    /// disputed; and the last second in which the arbiter of a dispute decides, or a party disputes about bonds.
    function escrowState(bytes32 escrowId) external view returns (uint256 state, uint256 until);

    /// @notice Who holds an arbiter id in this vault; zero if nobody does yet.
    function arbiterOf(uint32 arbiterId) external view returns (address arbiter);
}
