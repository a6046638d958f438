// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AccessControlUpgradeable} from "@openzeppelin/contracts-upgradeable/access/AccessControlUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultRegistry} from "./IVaultRegistry.sol";

/// @title What governance may change about the vaults
/// @notice Behind an ERC-1967 proxy. All of it belongs to `DEFAULT_ADMIN_ROLE`, which is a timelock whose delay is
/// longer than the vaults' exit delay; only pausing is at once. Nothing here can move a trader's money.
contract VaultRegistry is IVaultRegistry, AccessControlUpgradeable, UUPSUpgradeable {
    /// @notice A market as vaults know it.
    struct MarketEntry {
        bool listed;
        uint32 arbiterId;
    }

    /// @inheritdoc IVaultRegistry
    address public operator;
    /// @inheritdoc IVaultRegistry
    address public pauser;
    /// @inheritdoc IVaultRegistry
    mapping(address token => bool listed) public tokenListed;
    /// @notice Who holds an arbiter id.
    mapping(uint32 arbiterId => address arbiter) public arbiters;
    mapping(bytes32 marketId => MarketEntry entry) private _entries;
    mapping(address base => mapping(address quote => bytes32 marketId)) private _marketOfPair;

    /// @notice The operator changed.
    event OperatorSet(address operator);
    /// @notice The pauser changed.
    event PauserSet(address pauser);
    /// @notice A token is listed, or no longer.
    event TokenSet(address indexed token, bool listed);
    /// @notice An arbiter id changed hands.
    event ArbiterSet(uint32 indexed arbiterId, address arbiter);
    /// @notice A market is listed, or no longer, with its lots and its arbiter id.
    event MarketSet(bytes32 indexed marketId, IEscrowVault.Lots lots, uint32 arbiterId, bool listed);

    /// @notice Zero is nobody.
    error ZeroAddress();
    /// @notice A market of a token that is not listed.
    error TokenOfMarketNotListed(address token);
    /// @notice The id has an arbiter, for ever.
    error ArbiterTaken(uint32 arbiterId, address arbiter);
    /// @notice The pair of tokens has other lots, for ever.
    error PairTaken(address base, address quote, bytes32 marketId);
    /// @notice A lot of zero.
    error ZeroLot();

    constructor() {
        _disableInitializers();
    }

    /// @notice Makes the registry, once.
    /// @param governance the timelock
    function initialize(address governance, address operator_, address pauser_) external initializer {
        require(governance != address(0) && operator_ != address(0) && pauser_ != address(0), ZeroAddress());
        _grantRole(DEFAULT_ADMIN_ROLE, governance);
        operator = operator_;
        pauser = pauser_;
        emit OperatorSet(operator_);
        emit PauserSet(pauser_);
    }

    /// @notice Names the account that may lock, settle and release.
    function setOperator(address operator_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        require(operator_ != address(0), ZeroAddress());
        operator = operator_;
        emit OperatorSet(operator_);
    }

    /// @notice Names the account that may stop new deposits and locks.
    function setPauser(address pauser_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        require(pauser_ != address(0), ZeroAddress());
        pauser = pauser_;
        emit PauserSet(pauser_);
    }

    /// @notice Lists a token, or no longer.
    function setToken(address token, bool listed) external onlyRole(DEFAULT_ADMIN_ROLE) {
        tokenListed[token] = listed;
        emit TokenSet(token, listed);
    }

    /// @notice Names who holds an arbiter id.
    /// @dev Once: orders sign the id and mean the arbiter. Another arbiter is another id.
    function setArbiter(uint32 arbiterId, address arbiter) external onlyRole(DEFAULT_ADMIN_ROLE) {
        require(arbiters[arbiterId] == address(0), ArbiterTaken(arbiterId, arbiters[arbiterId]));
        arbiters[arbiterId] = arbiter;
        emit ArbiterSet(arbiterId, arbiter);
    }

    /// @notice Lists a market, or no longer. A pair of tokens has one market in its life.
    /// @dev An order signs tokens and base units, not lots; what has filled is counted by market. With other lots for the
    /// same pair every order would be good a second time. New lots come with the next vault and its registry.
    function setMarket(IEscrowVault.Lots calldata lots, uint32 arbiterId, bool listed)
        external
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        require(lots.baseLot != 0 && lots.quoteLot != 0, ZeroLot());
        require(!listed || tokenListed[lots.base], TokenOfMarketNotListed(lots.base));
        require(!listed || tokenListed[lots.quote], TokenOfMarketNotListed(lots.quote));
        bytes32 marketId = keccak256(abi.encode(lots));
        bytes32 taken = _marketOfPair[lots.base][lots.quote];
        require(taken == 0 || taken == marketId, PairTaken(lots.base, lots.quote, taken));
        _marketOfPair[lots.base][lots.quote] = marketId;
        _entries[marketId] = MarketEntry(listed, arbiterId);
        emit MarketSet(marketId, lots, arbiterId, listed);
    }

    /// @inheritdoc IVaultRegistry
    function market(bytes32 marketId) external view returns (bool listed, uint32 arbiterId, address arbiter) {
        MarketEntry storage entry = _entries[marketId];
        return (entry.listed, entry.arbiterId, arbiters[entry.arbiterId]);
    }

    function _authorizeUpgrade(address) internal override onlyRole(DEFAULT_ADMIN_ROLE) {}
}
