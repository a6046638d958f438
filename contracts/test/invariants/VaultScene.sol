// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {IVaultRegistry} from "../../contracts/IVaultRegistry.sol";
import {TestToken} from "../../contracts/testing/TestToken.sol";
import {VM} from "./Cheats.sol";

/// @notice What the tests call of the timelock; the contracts themselves are deployed as they were compiled for use.
interface ITimelock {
    function schedule(address target, uint256 value, bytes calldata data, bytes32 before, bytes32 salt, uint256 delay)
        external;
    function execute(address target, uint256 value, bytes calldata data, bytes32 before, bytes32 salt) external payable;
}

/// @notice What the tests call of the registry.
interface IRegistry is IVaultRegistry {
    struct MarketSetup {
        IEscrowVault.Lots lots;
        uint32 arbiterId;
        uint16 operatorFeeCap;
        uint16 referrerFeeCap;
    }

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

    function initialize(Setup calldata setup) external;
    function setOperator(address operator) external;
    function setPauser(address pauser) external;
    function setToken(address token, bool listed) external;
    function setArbiter(uint32 arbiterId, address arbiter) external;
    function setMarket(IEscrowVault.Lots calldata lots, uint32 arbiterId, bool listed) external;
    function setFeeCaps(bytes32 marketId, uint16 operatorFeeCap, uint16 referrerFeeCap) external;
    function upgradeToAndCall(address code, bytes calldata data) external payable;
}

/// @notice What the tests call of the lens.
interface ILens {
    struct AccountView {
        uint256 payFree;
        uint256 getFree;
        uint256 pendingPay;
        uint256 pendingGet;
        bool exiting;
    }

    function wallet(IEscrowVault vault, address owner, address token)
        external
        view
        returns (uint256 amount, uint256 exitRequestedAt);
    function account(IEscrowVault vault, IEscrowVault.Lots memory lots, uint256 side, address owner)
        external
        view
        returns (AccountView memory result);
    function filled(
        IEscrowVault vault,
        IEscrowVault.Lots memory lots,
        uint256 side,
        address owner,
        uint64 nonce,
        bytes32 digest
    ) external view returns (bool known, uint256 filledLots);
    function outcome(IEscrowVault vault, bytes32 marketId, uint256 seq) external view returns (uint256);
}

/// @title The whole system as it is deployed, with three markets of three tokens, and keys for everybody in it
abstract contract VaultScene {
    uint256 internal constant OWNERS = 5;
    uint256 internal constant MARKETS = 3;
    uint256 internal constant TOKENS = 3;

    uint256 internal constant EXIT_DELAY = 3_600;
    uint256 internal constant GOVERNANCE_DELAY = 7_200;
    uint32 internal constant REFUND_DELAY = 1_800;
    uint32 internal constant DISPUTE_BOUND = 1_200;
    uint32 internal constant PAYMENT_WINDOW = 600;
    uint32 internal constant ARBITER_ID = 7;
    uint16 internal constant FALLBACK_TO_BUYER = 4_321;

    uint8 internal constant ATOMIC = 0;
    uint8 internal constant ESCROW = 1;
    uint8 internal constant SWAP = 2;
    uint8 internal constant P2P = 3;
    uint8 internal constant BUY = 0;
    uint8 internal constant SELL = 1;
    uint256 internal constant RING = 1 << 39;

    uint256 internal constant OWNER_KEY = 0x10_000;
    uint256 internal constant OPERATOR_KEY = 0x20_000;
    uint256 internal constant ARBITER_KEY = 0x30_000;

    /// @notice A market, and how large its fills are: `size` base lots at most, about `price` quote lots for each.
    struct Listing {
        IEscrowVault.Lots lots;
        bytes32 id;
        uint40 size;
        uint40 price;
    }

    IEscrowVault public vault;
    ILens public lens;
    IRegistry public registry;
    ITimelock public timelock;
    TestToken[TOKENS] public tokens;
    Listing[MARKETS] internal _listings;

    address[OWNERS] public owners;
    /// @dev Two who serve, and a third, named by governance, who never does anything.
    address[3] public operators;
    address public referrer = address(0xfee);
    address public arbiter;
    address public fallbackArbiter = address(0xfa11);
    address public proposer = address(0x90);
    bytes32 private _separator;

    constructor() {
        VM.warp(1_800_000_000);
        for (uint256 i = 0; i < OWNERS; ++i) {
            owners[i] = VM.addr(OWNER_KEY + i);
        }
        for (uint256 i = 0; i < 3; ++i) {
            operators[i] = VM.addr(OPERATOR_KEY + i);
        }
        arbiter = VM.addr(ARBITER_KEY);
        tokens = [new TestToken("A", "A", 18), new TestToken("B", "B", 18), new TestToken("C", "C", 18)];
        // Small fills; such that sums of base lots leave their 40 bits again and again; and one that turns the tokens over.
        _list(0, 0, 2, 1e15, 1e13, 700, 200_000);
        _list(1, 1, 2, 1e6, 1e9, 150_000_000_000, 4);
        _list(2, 0, 1, 1e15, 1e12, 900, 300);
        _deploy();
    }

    function _list(uint256 m, uint256 base, uint256 quote, uint128 baseLot, uint128 quoteLot, uint40 size, uint40 price)
        private
    {
        IEscrowVault.Lots memory lots =
            IEscrowVault.Lots(address(tokens[base]), address(tokens[quote]), baseLot, quoteLot);
        (_listings[m].lots, _listings[m].id) = (lots, keccak256(abi.encode(lots)));
        (_listings[m].size, _listings[m].price) = (size, price);
    }

    function _deploy() private {
        address[] memory proposers = new address[](1);
        proposers[0] = proposer;
        timelock = ITimelock(_make("GovernanceTimelock", abi.encode(GOVERNANCE_DELAY, proposers, new address[](1))));
        bytes memory initialize = abi.encodeCall(IRegistry.initialize, (_setup()));
        registry = IRegistry(_make("RegistryProxy", abi.encode(_make("VaultRegistry", ""), initialize)));
        address cases = _make("VaultCases", abi.encode(EXIT_DELAY));
        address till = _make("VaultTill", abi.encode(registry, address(0), address(0), EXIT_DELAY, cases));
        vault = IEscrowVault(_make("EscrowVault", abi.encode(till, EXIT_DELAY)));
        lens = ILens(_make("VaultLens", ""));
        bytes32 domain = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        _separator = keccak256(
            abi.encode(domain, keccak256("Quoin EscrowVault"), keccak256("2"), block.chainid, address(vault))
        );
    }

    /// @dev The very code that is deployed; a `new` would compile it into every contract here once more.
    function _make(string memory name, bytes memory arguments) private returns (address made) {
        bytes memory code = bytes.concat(VM.getCode(string.concat(name, ".sol:", name)), arguments);
        assembly ("memory-safe") {
            made := create(0, add(code, 32), mload(code))
        }
        require(made != address(0), name);
    }

    function _setup() private view returns (IRegistry.Setup memory setup) {
        (setup.governance, setup.exitDelay) = (address(timelock), EXIT_DELAY);
        (setup.operator, setup.pauser) = (operators[0], address(0xa0));
        setup.tokens = new address[](TOKENS);
        for (uint256 i = 0; i < TOKENS; ++i) {
            setup.tokens[i] = address(tokens[i]);
        }
        (setup.arbiterIds, setup.arbiters) = (new uint32[](1), new address[](1));
        (setup.arbiterIds[0], setup.arbiters[0]) = (ARBITER_ID, arbiter);
        setup.markets = new IRegistry.MarketSetup[](MARKETS);
        for (uint256 i = 0; i < MARKETS; ++i) {
            setup.markets[i] = IRegistry.MarketSetup(_listings[i].lots, ARBITER_ID, 100, 100);
        }
    }

    /// @dev What all orders of a market sign; the second market's name a fallback arbiter, one-leg orders bonds.
    function _terms(uint256 m, uint8 mode) internal view returns (IEscrowVault.Terms memory terms) {
        terms.arbiterId = ARBITER_ID;
        (terms.refundDelay, terms.disputeBound) = (REFUND_DELAY, DISPUTE_BOUND);
        terms.fallbackArbiter = m == 1 ? fallbackArbiter : address(0);
        terms.fallbackToBuyer = FALLBACK_TO_BUYER;
        if (mode == SWAP || mode == P2P) {
            (terms.paymentWindow, terms.buyerBond, terms.sellerBond) = (PAYMENT_WINDOW, 1_000, 500);
        }
    }

    /// @dev A market's token that a side pays, and its lot.
    function _paid(uint256 m, uint8 side) internal view returns (address token, uint256 lot) {
        IEscrowVault.Lots storage lots = _listings[m].lots;
        return side == BUY ? (lots.quote, lots.quoteLot) : (lots.base, lots.baseLot);
    }

    function _sideKey(uint256 m, uint8 side) internal view returns (bytes32) {
        return keccak256(abi.encode(_listings[m].id, uint256(side)));
    }

    /// @dev The keys of all an owner's accounts.
    function _sideKeys() internal view returns (bytes32[] memory keys) {
        keys = new bytes32[](2 * MARKETS);
        for (uint256 i = 0; i < keys.length; ++i) {
            keys[i] = _sideKey(i / 2, uint8(i % 2));
        }
    }

    function _digest(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _separator, structHash));
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Calls the vault as `who`; the arguments are made before, for the prank lasts one call.
    function _call(address who, bytes memory data) internal returns (bool done, bytes memory answer) {
        VM.prank(who);
        (done, answer) = address(vault).call(data);
    }
}
