// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {IVaultCases} from "../IVaultCases.sol";
import {IVaultSingles} from "../IVaultSingles.sol";
import {IArbitrable, IArbitrator, IEvidence} from "./IArbitrator.sol";

/// @title A court of ERC-792 as arbiter of a vault
/// @notice Holds an arbiter id in the registry. After a party has disputed in the vault, anyone who pays the court's fee
/// brings the case before it; the ruling becomes an award between the two parties, and nothing else: this contract has
/// no other way to speak to the vault. If the court refuses to rule, or rules too late, the orders' fallback decides.
/// Rulings: 1 complete the trade, 2 undo it, 3 half of each leg to each side.
contract CourtArbiter is IArbitrable, IEvidence {
    /// @notice Rulings that the court may give.
    uint256 public constant CHOICES = 3;

    uint16 private constant UNIT = 10_000;
    uint256 private constant DISPUTED = 3;
    uint256 private constant META_EVIDENCE = 0;

    /// @notice The vault whose escrows are ruled.
    address public immutable VAULT;
    /// @notice The court.
    IArbitrator public immutable COURT;

    /// @notice What the court is told about the kind of jury.
    bytes public extraData;
    /// @notice Escrow of a dispute before the court.
    mapping(uint256 disputeId => bytes32 escrowId) public caseOf;
    /// @notice Final ruling plus one; zero as long as there is none.
    mapping(bytes32 escrowId => uint256 ruling) public rulings;
    mapping(bytes32 escrowId => uint256 disputeId) private _disputes;

    /// @notice The escrow is not in a dispute that this arbiter decides.
    error NotInDispute(bytes32 escrowId, uint256 state, address arbiter);
    /// @notice The case is before the court, or has been.
    error AlreadySubmitted(bytes32 escrowId);
    /// @notice The case was never brought before the court.
    error NotSubmitted(bytes32 escrowId);
    /// @notice Less than the court's fee.
    error FeeTooLow(uint256 given, uint256 fee);
    /// @notice Only the court rules.
    error NotCourt(address caller);
    /// @notice The court does not know the dispute, or has ruled it, or rules what it was not asked.
    error BadRuling(uint256 disputeId, uint256 ruling);
    /// @notice There is no ruling to carry out: the court has not ruled, or refused to.
    error NoRuling(bytes32 escrowId);

    /// @param vault the vault
    /// @param court the court
    /// @param extraData_ what the court is told about the kind of jury
    /// @param metaEvidence where ERC-1497's description of such cases lies
    constructor(address vault, IArbitrator court, bytes memory extraData_, string memory metaEvidence) {
        VAULT = vault;
        COURT = court;
        extraData = extraData_;
        emit MetaEvidence(META_EVIDENCE, metaEvidence);
    }

    /// @notice Brings a disputed escrow before the court. Anyone; the caller pays, and gets back what is over.
    function submit(IVaultCases.Escrow calldata escrow) external payable returns (uint256 disputeId) {
        bytes32 id = keccak256(abi.encode(escrow));
        (uint256 state,) = IVaultSingles(VAULT).escrowState(id);
        address arbiter = IVaultSingles(VAULT).arbiterOf(escrow.terms.arbiterId);
        require(state == DISPUTED && arbiter == address(this), NotInDispute(id, state, arbiter));
        require(_disputes[id] == 0, AlreadySubmitted(id));
        uint256 fee = COURT.arbitrationCost(extraData);
        require(msg.value >= fee, FeeTooLow(msg.value, fee));
        // A court calls back at its will: the case is taken before it is asked.
        _disputes[id] = type(uint256).max;
        disputeId = COURT.createDispute{value: fee}(CHOICES, extraData);
        // Zero is a number that courts give; here it means none.
        _disputes[id] = disputeId + 1;
        caseOf[disputeId] = id;
        emit Dispute(COURT, disputeId, META_EVIDENCE, uint256(id));
        if (msg.value > fee) Address.sendValue(payable(msg.sender), msg.value - fee);
    }

    /// @notice Shows the jurors a piece of evidence about a case before the court. Anyone.
    function submitEvidence(bytes32 escrowId, string calldata evidence) external {
        require(_disputes[escrowId] != 0, NotSubmitted(escrowId));
        emit Evidence(COURT, uint256(escrowId), msg.sender, evidence);
    }

    /// @notice Asks the court for another round. Anyone; the caller pays the court's fee, which must be exact.
    function appeal(bytes32 escrowId) external payable {
        require(_disputes[escrowId] != 0, NotSubmitted(escrowId));
        uint256 disputeId = _disputes[escrowId] - 1;
        uint256 fee = COURT.appealCost(disputeId, extraData);
        require(msg.value == fee, FeeTooLow(msg.value, fee));
        COURT.appeal{value: fee}(disputeId, extraData);
    }

    /// @inheritdoc IArbitrable
    /// @dev Only notes the ruling: whatever the vault says of the award cannot stop the court.
    function rule(uint256 disputeId, uint256 ruling) external {
        require(msg.sender == address(COURT), NotCourt(msg.sender));
        bytes32 id = caseOf[disputeId];
        require(id != 0 && rulings[id] == 0 && ruling <= CHOICES, BadRuling(disputeId, ruling));
        rulings[id] = ruling + 1;
        emit Ruling(COURT, disputeId, ruling);
    }

    /// @notice Carries a ruling out. Anyone.
    function execute(IVaultCases.Escrow calldata escrow) external {
        bytes32 id = keccak256(abi.encode(escrow));
        uint256 ruling = rulings[id];
        require(ruling > 1, NoRuling(id));
        if (ruling == 2) IVaultCases(VAULT).award(escrow, 0, UNIT);
        else if (ruling == 3) IVaultCases(VAULT).award(escrow, UNIT, 0);
        else IVaultCases(VAULT).award(escrow, UNIT / 2, UNIT / 2);
    }
}
