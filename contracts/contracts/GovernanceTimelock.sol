// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The timelock that owns the registry
/// @notice Its delay can be made longer, never shorter than at the beginning: else governance could shorten it first and
/// surprise the traders who have not left then. It has no administrator beside itself.
contract GovernanceTimelock is TimelockController {
    /// @notice Seconds that its delay never falls short of.
    uint256 public immutable DELAY_FLOOR;

    /// @param delay seconds between a proposal and its execution; must be longer than the vaults' exit delay, which the
    /// registry checks when it takes this owner
    /// @param proposers who may propose, and cancel
    /// @param executors who may execute what is ripe; address zero means everybody
    constructor(uint256 delay, address[] memory proposers, address[] memory executors)
        TimelockController(delay, proposers, executors, address(0))
    {
        DELAY_FLOOR = delay;
    }

    /// @inheritdoc TimelockController
    function getMinDelay() public view override returns (uint256) {
        return Math.max(super.getMinDelay(), DELAY_FLOOR);
    }
}
