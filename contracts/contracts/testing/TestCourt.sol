// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IArbitrable, IArbitrator} from "../arbiters/IArbitrator.sol";

/// @title A court of one juror, with fees and one round of appeal
contract TestCourt is IArbitrator {
    uint256 private constant APPEAL_TIME = 600;

    struct Case {
        IArbitrable party;
        uint256 choices;
        uint256 ruling;
        uint256 ruledAt;
        DisputeStatus status;
    }

    /// @notice Who rules.
    address public immutable JUROR;
    /// @notice Fee of a dispute, and of an appeal.
    uint256 public immutable FEE;

    Case[] private _cases;

    /// @notice Not the fee.
    error WrongFee(uint256 given, uint256 fee);
    /// @notice Not the juror, or not the time for it.
    error NotNow(uint256 disputeId, DisputeStatus status);

    /// @param fee of a dispute, and of an appeal
    constructor(uint256 fee) {
        JUROR = msg.sender;
        FEE = fee;
    }

    /// @inheritdoc IArbitrator
    function createDispute(uint256 choices, bytes calldata) external payable returns (uint256 disputeId) {
        require(msg.value == FEE, WrongFee(msg.value, FEE));
        disputeId = _cases.length;
        _cases.push(
            Case({party: IArbitrable(msg.sender), choices: choices, ruling: 0, ruledAt: 0, status: DisputeStatus.Waiting})
        );
        emit DisputeCreation(disputeId, IArbitrable(msg.sender));
    }

    /// @notice The juror's ruling, which may be appealed for a while.
    function giveRuling(uint256 disputeId, uint256 ruling) external {
        Case storage dispute = _cases[disputeId];
        bool may = msg.sender == JUROR && dispute.status == DisputeStatus.Waiting && ruling <= dispute.choices;
        require(may, NotNow(disputeId, dispute.status));
        (dispute.ruling, dispute.ruledAt, dispute.status) = (ruling, block.timestamp, DisputeStatus.Appealable);
        emit AppealPossible(disputeId, dispute.party);
    }

    /// @inheritdoc IArbitrator
    function appeal(uint256 disputeId, bytes calldata) external payable {
        Case storage dispute = _cases[disputeId];
        require(msg.value == FEE, WrongFee(msg.value, FEE));
        bool may = msg.sender == address(dispute.party) && dispute.status == DisputeStatus.Appealable
            && block.timestamp < dispute.ruledAt + APPEAL_TIME;
        require(may, NotNow(disputeId, dispute.status));
        dispute.status = DisputeStatus.Waiting;
        emit AppealDecision(disputeId, dispute.party);
    }

    /// @notice Makes a ruling final once nobody appealed in time. Anyone.
    function executeRuling(uint256 disputeId) external {
        Case storage dispute = _cases[disputeId];
        bool may =
            dispute.status == DisputeStatus.Appealable && block.timestamp >= dispute.ruledAt + APPEAL_TIME;
        require(may, NotNow(disputeId, dispute.status));
        dispute.status = DisputeStatus.Solved;
        dispute.party.rule(disputeId, dispute.ruling);
    }

    /// @inheritdoc IArbitrator
    function arbitrationCost(bytes calldata) external view returns (uint256 cost) {
        return FEE;
    }

    /// @inheritdoc IArbitrator
    function appealCost(uint256, bytes calldata) external view returns (uint256 cost) {
        return FEE;
    }

    /// @inheritdoc IArbitrator
    function appealPeriod(uint256 disputeId) external view returns (uint256 start, uint256 end) {
        start = _cases[disputeId].ruledAt;
        end = start + APPEAL_TIME;
    }

    /// @inheritdoc IArbitrator
    function disputeStatus(uint256 disputeId) external view returns (DisputeStatus status) {
        return _cases[disputeId].status;
    }

    /// @inheritdoc IArbitrator
    function currentRuling(uint256 disputeId) external view returns (uint256 ruling) {
        return _cases[disputeId].ruling;
    }
}
