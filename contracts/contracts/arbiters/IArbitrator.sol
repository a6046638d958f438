// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title What ERC-792 asks of a court
interface IArbitrator {
    /// @notice How far a dispute is.
    enum DisputeStatus {
        Waiting,
        Appealable,
        Solved
    }

    /// @notice A dispute began.
    event DisputeCreation(uint256 indexed _disputeID, IArbitrable indexed _arbitrable);
    /// @notice A ruling may be appealed from now on.
    event AppealPossible(uint256 indexed _disputeID, IArbitrable indexed _arbitrable);
    /// @notice A ruling was appealed.
    event AppealDecision(uint256 indexed _disputeID, IArbitrable indexed _arbitrable);

    /// @notice Begins a dispute of the caller with rulings from 1 to `choices`; takes the arbitration cost.
    function createDispute(uint256 choices, bytes calldata extraData) external payable returns (uint256 disputeId);

    /// @notice Fee of a dispute.
    function arbitrationCost(bytes calldata extraData) external view returns (uint256 cost);

    /// @notice Asks for another round; takes the appeal cost.
    function appeal(uint256 disputeId, bytes calldata extraData) external payable;

    /// @notice Fee of an appeal.
    function appealCost(uint256 disputeId, bytes calldata extraData) external view returns (uint256 cost);

    /// @notice First and last second in which a ruling may be appealed.
    function appealPeriod(uint256 disputeId) external view returns (uint256 start, uint256 end);

    /// @notice How far a dispute is.
    function disputeStatus(uint256 disputeId) external view returns (DisputeStatus status);

    /// @notice The ruling as it stands, which an appeal may change.
    function currentRuling(uint256 disputeId) external view returns (uint256 ruling);
}

/// @title What ERC-792 asks of whoever is ruled
interface IArbitrable {
    /// @notice The court gave its final ruling.
    event Ruling(IArbitrator indexed _arbitrator, uint256 indexed _disputeID, uint256 _ruling);

    /// @notice The court's final ruling; zero if it refuses to rule. Court only.
    function rule(uint256 disputeId, uint256 ruling) external;
}

/// @title How a court's jurors find a case and its evidence (ERC-1497)
interface IEvidence {
    /// @notice What cases of this kind are about.
    event MetaEvidence(uint256 indexed _metaEvidenceID, string _evidence);
    /// @notice One piece of evidence.
    event Evidence(
        IArbitrator indexed _arbitrator, uint256 indexed _evidenceGroupID, address indexed _party, string _evidence
    );
    /// @notice A dispute, its meta-evidence and the group of its evidence.
    event Dispute(
        IArbitrator indexed _arbitrator, uint256 indexed _disputeID, uint256 _metaEvidenceID, uint256 _evidenceGroupID
    );
}
