// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

import {IVaultCases} from "../IVaultCases.sol";
import {IVaultSingles} from "../IVaultSingles.sol";

/// @title A vote of token holders as arbiter of a vault
/// @notice Holds an arbiter id in the registry. A proposal is an award in the vault and can be nothing else, so that the
/// voters have no power but that of an arbiter; their rules are fixed. Delay and period must fit the dispute bounds that
/// orders sign: a vote that ends later is silence, and the orders' fallback decides.
contract VoteArbiter is Governor, GovernorCountingSimple, GovernorVotes, GovernorVotesQuorumFraction {
    /// @notice The vault whose escrows are decided.
    address public immutable VAULT;

    uint48 private immutable VOTING_DELAY;
    uint32 private immutable VOTING_PERIOD;
    uint256 private immutable PROPOSAL_THRESHOLD;

    /// @notice A proposal that is anything but awards in the vault.
    error NotAnAward(address target, uint256 value, bytes4 selector);

    /// @param vault the vault
    /// @param token votes; its clock counts the two times
    /// @param delay from a proposal to the first vote
    /// @param period from there to the last vote
    /// @param threshold votes that whoever proposes must have
    /// @param quorumPercent share of all votes that must take part, of a hundred
    constructor(
        address vault,
        IVotes token,
        uint48 delay,
        uint32 period,
        uint256 threshold,
        uint256 quorumPercent
    ) Governor("Quoin VoteArbiter") GovernorVotes(token) GovernorVotesQuorumFraction(quorumPercent) {
        VAULT = vault;
        VOTING_DELAY = delay;
        VOTING_PERIOD = period;
        PROPOSAL_THRESHOLD = threshold;
    }

    /// @inheritdoc Governor
    function votingDelay() public view override returns (uint256) {
        return VOTING_DELAY;
    }

    /// @inheritdoc Governor
    function votingPeriod() public view override returns (uint256) {
        return VOTING_PERIOD;
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override returns (uint256) {
        return PROPOSAL_THRESHOLD;
    }

    /// @dev Refuses whatever is no award.
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256) {
        for (uint256 i = 0; i < targets.length && i < calldatas.length && i < values.length; ++i) {
            bytes4 selector = bytes4(calldatas[i]);
            bool isAward = selector == IVaultCases.award.selector || selector == IVaultSingles.awardBonds.selector
                || selector == IVaultSingles.awardWithBonds.selector;
            require(isAward && targets[i] == VAULT && values[i] == 0, NotAnAward(targets[i], values[i], selector));
        }
        return super._propose(targets, values, calldatas, description, proposer);
    }
}
