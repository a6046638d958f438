// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable2StepUpgradeable} from "@openzeppelin/contracts-upgradeable/access/Ownable2StepUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {GovernanceTimelock} from "./GovernanceTimelock.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultRegistry} from "./IVaultRegistry.sol";

/// @title What governance may change about the vaults
/// @notice Behind an ERC-1967 proxy. All of it, its code included, belongs to its owner, a `GovernanceTimelock` with a
/// delay longer than the vaults' exit delay: whoever disagrees with a change has left before it takes hold. Only pausing
/// is at once. Nothing here can move a trader's money.
/// @dev Its slots are in storage-layout.json; the tests refuse an upgrade that moves one. New ones go behind the last.
contract VaultRegistry is IVaultRegistry, Ownable2StepUpgradeable, UUPSUpgradeable {
    /// @notice A market as vaults know it.
    struct MarketEntry {
        bool listed;
        uint32 arbiterId;
        bool capped;
        uint16 operatorFeeCap;
        uint16 referrerFeeCap;
    }

    /// @notice A market that is listed from the beginning.
    struct MarketSetup {
        IEscrowVault.Lots lots;
        uint32 arbiterId;
        uint16 operatorFeeCap;
        uint16 referrerFeeCap;
    }

    /// @notice What the registry says from the beginning, when no trader is there yet who could disagree.
    /// @param governance the owner
    /// @param exitDelay longest exit delay of the vaults that use this registry
    /// @param operator first operator
    /// @param pauser first pauser
    /// @param tokens listed tokens
    /// @param arbiterIds ids that have an arbiter
    /// @param arbiters their arbiters
    /// @param markets listed markets
    struct Setup {
        address governance;
        uint256 exitDelay;
        address operator;
        address pauser;
        address[] tokens;
        uint32[] arbiterIds;
        address[] arbiters;
        MarketSetup[] markets;
    }

    /// @notice Highest fee of operator and referrer each in a market for which governance said nothing, basis points.
    uint16 public constant DEFAULT_FEE_CAP = 100;

    uint16 private constant FEE_UNIT = 10_000;

    /// @inheritdoc IVaultRegistry
    address public operator;
    /// @inheritdoc IVaultRegistry
    address public pauser;
    /// @inheritdoc IVaultRegistry
    mapping(address token => bool listed) public tokenListed;
    /// @notice Who holds an arbiter id.
    mapping(uint32 arbiterId => address arbiter) public arbiters;
    mapping(bytes32 marketId => MarketEntry entry) private _entries;
    /// @notice Longest exit delay of the vaults that use this registry, seconds; the owner is slower.
    uint256 public exitDelay;
    mapping(address base => mapping(address quote => bytes32 marketId)) private _marketOfPair;

    /// @notice The operator changed.
    event OperatorSet(address operator);
    /// @notice The pauser changed.
    event PauserSet(address pauser);
    /// @notice A token is listed, or no longer.
    event TokenSet(address indexed token, bool listed);
    /// @notice An arbiter id has its arbiter.
    event ArbiterSet(uint32 indexed arbiterId, address arbiter);
    /// @notice A market is listed, or no longer, with its lots and its arbiter id.
    event MarketSet(bytes32 indexed marketId, IEscrowVault.Lots lots, uint32 arbiterId, bool listed);
    /// @notice The highest fees of a market changed, basis points.
    event FeeCapsSet(bytes32 indexed marketId, uint16 operatorFeeCap, uint16 referrerFeeCap);

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
    /// @notice A cap beyond the whole.
    error CapOutOfRange(uint256 cap, uint256 maximum);
    /// @notice The owner must be a timelock that never gets faster than the vaults' exits.
    error GovernanceTooFast(address governance, uint256 delay, uint256 exitDelay);
    /// @notice As many arbiters as ids.
    error LengthsDiffer(uint256 ids, uint256 arbiters);

    constructor() {
        _disableInitializers();
    }

    /// @notice Makes the registry, once.
    function initialize(Setup calldata setup) external initializer {
        exitDelay = setup.exitDelay;
        __Ownable_init(setup.governance);
        _setOperator(setup.operator);
        _setPauser(setup.pauser);
        for (uint256 i = 0; i < setup.tokens.length; ++i) {
            _setToken(setup.tokens[i], true);
        }
        uint256 count = setup.arbiterIds.length;
        require(count == setup.arbiters.length, LengthsDiffer(count, setup.arbiters.length));
        for (uint256 i = 0; i < count; ++i) {
            _setArbiter(setup.arbiterIds[i], setup.arbiters[i]);
        }
        for (uint256 i = 0; i < setup.markets.length; ++i) {
            MarketSetup calldata first = setup.markets[i];
            _setMarket(first.lots, first.arbiterId, true);
            _setFeeCaps(keccak256(abi.encode(first.lots)), first.operatorFeeCap, first.referrerFeeCap);
        }
    }

    /// @notice Names the account that may lock, settle and release.
    function setOperator(address operator_) external onlyOwner {
        _setOperator(operator_);
    }

    /// @notice Names the account that may stop new deposits and locks.
    function setPauser(address pauser_) external onlyOwner {
        _setPauser(pauser_);
    }

    /// @notice Lists a token, or no longer.
    function setToken(address token, bool listed) external onlyOwner {
        _setToken(token, listed);
    }

    /// @notice Names who holds an arbiter id.
    /// @dev Once: orders sign the id and mean the arbiter. Another arbiter is another id.
    function setArbiter(uint32 arbiterId, address arbiter) external onlyOwner {
        _setArbiter(arbiterId, arbiter);
    }

    /// @notice Lists a market, or no longer. A pair of tokens has one market in its life; its fee caps stay.
    /// @dev An order signs tokens and base units, not lots; what has filled is counted by market. With other lots for the
    /// same pair every order would be good a second time. New lots come with the next vault and its registry.
    function setMarket(IEscrowVault.Lots calldata lots, uint32 arbiterId, bool listed) external onlyOwner {
        _setMarket(lots, arbiterId, listed);
    }

    /// @notice Sets the highest fees that new batches of a market may take, basis points. What an order signs binds too.
    function setFeeCaps(bytes32 marketId, uint16 operatorFeeCap, uint16 referrerFeeCap) external onlyOwner {
        _setFeeCaps(marketId, operatorFeeCap, referrerFeeCap);
    }

    /// @inheritdoc IVaultRegistry
    function market(bytes32 marketId) external view returns (bool listed, uint32 arbiterId, address arbiter) {
        MarketEntry storage entry = _entries[marketId];
        return (entry.listed, entry.arbiterId, arbiters[entry.arbiterId]);
    }

    /// @inheritdoc IVaultRegistry
    function feeCaps(bytes32 marketId) external view returns (uint16 operatorFeeCap, uint16 referrerFeeCap) {
        MarketEntry storage entry = _entries[marketId];
        if (!entry.capped) return (DEFAULT_FEE_CAP, DEFAULT_FEE_CAP);
        return (entry.operatorFeeCap, entry.referrerFeeCap);
    }

    /// @inheritdoc IVaultRegistry
    function governanceDelay() external view returns (uint256) {
        return _delayOf(owner());
    }

    function _setOperator(address operator_) private {
        require(operator_ != address(0), ZeroAddress());
        operator = operator_;
        emit OperatorSet(operator_);
    }

    function _setPauser(address pauser_) private {
        require(pauser_ != address(0), ZeroAddress());
        pauser = pauser_;
        emit PauserSet(pauser_);
    }

    function _setToken(address token, bool listed) private {
        tokenListed[token] = listed;
        emit TokenSet(token, listed);
    }

    function _setArbiter(uint32 arbiterId, address arbiter) private {
        require(arbiters[arbiterId] == address(0), ArbiterTaken(arbiterId, arbiters[arbiterId]));
        arbiters[arbiterId] = arbiter;
        emit ArbiterSet(arbiterId, arbiter);
    }

    function _setMarket(IEscrowVault.Lots calldata lots, uint32 arbiterId, bool listed) private {
        require(lots.baseLot != 0 && lots.quoteLot != 0, ZeroLot());
        require(!listed || tokenListed[lots.base], TokenOfMarketNotListed(lots.base));
        require(!listed || tokenListed[lots.quote], TokenOfMarketNotListed(lots.quote));
        bytes32 marketId = keccak256(abi.encode(lots));
        bytes32 taken = _marketOfPair[lots.base][lots.quote];
        require(taken == 0 || taken == marketId, PairTaken(lots.base, lots.quote, taken));
        _marketOfPair[lots.base][lots.quote] = marketId;
        MarketEntry storage entry = _entries[marketId];
        (entry.listed, entry.arbiterId) = (listed, arbiterId);
        emit MarketSet(marketId, lots, arbiterId, listed);
    }

    function _setFeeCaps(bytes32 marketId, uint16 operatorFeeCap, uint16 referrerFeeCap) private {
        require(operatorFeeCap <= FEE_UNIT, CapOutOfRange(operatorFeeCap, FEE_UNIT));
        require(referrerFeeCap <= FEE_UNIT, CapOutOfRange(referrerFeeCap, FEE_UNIT));
        MarketEntry storage entry = _entries[marketId];
        (entry.capped, entry.operatorFeeCap, entry.referrerFeeCap) = (true, operatorFeeCap, referrerFeeCap);
        emit FeeCapsSet(marketId, operatorFeeCap, referrerFeeCap);
    }

    /// @dev Every way to own the registry comes by here, the first one too. Nobody as owner is refused like a fast one.
    function _transferOwnership(address newOwner) internal override {
        uint256 delay = _delayOf(newOwner);
        require(delay > exitDelay, GovernanceTooFast(newOwner, delay, exitDelay));
        super._transferOwnership(newOwner);
    }

    /// @dev Zero for whoever is no timelock of the kind that cannot become faster.
    function _delayOf(address governance) private view returns (uint256) {
        if (governance.code.length == 0) return 0;
        try GovernanceTimelock(payable(governance)).DELAY_FLOOR() returns (uint256 delay) {
            return delay;
        } catch {
            return 0;
        }
    }

    function _authorizeUpgrade(address) internal override onlyOwner {}
}
