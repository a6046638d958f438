// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title What a vault takes from its registry
/// @notice Governance may change these behind a timelock longer than the vaults' exit delay. A vault copies them only
/// when somebody asks it to, and a batch keeps those it was locked under.
interface IVaultRegistry {
    /// @notice Who may lock, settle and release.
    function operator() external view returns (address);

    /// @notice Who may stop new deposits and locks.
    function pauser() external view returns (address);

    /// @notice Whether new deposits of the token are taken.
    function tokenListed(address token) external view returns (bool);

    /// @notice Whether new batches of a market lock, and who arbitrates in it.
    function market(bytes32 marketId) external view returns (bool listed, uint32 arbiterId, address arbiter);

    /// @notice Highest fees that new batches of a market may take, basis points of the quote amount.
    function feeCaps(bytes32 marketId) external view returns (uint16 operatorFeeCap, uint16 referrerFeeCap);

    /// @notice Seconds that no change by governance can fall short of.
    function governanceDelay() external view returns (uint256);
}
