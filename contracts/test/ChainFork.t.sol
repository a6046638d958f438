// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EscrowVault} from "../contracts/EscrowVault.sol";
import {IEscrowVault} from "../contracts/IEscrowVault.sol";
import {IVaultRegistry} from "../contracts/IVaultRegistry.sol";
import {OrderTyping} from "../contracts/OrderTyping.sol";
import {VaultCases} from "../contracts/VaultCases.sol";
import {VaultTill} from "../contracts/VaultTill.sol";
import {TestToken} from "../contracts/testing/TestToken.sol";

/// @notice The cheats of the test chain that this file needs.
interface Vm {
    function chainId(uint256 id) external;
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function addr(uint256 key) external pure returns (address);
}

/// @notice A registry that lists everything, with the test as operator of markets.
contract OpenRegistry is IVaultRegistry {
    address public operator;
    address public pauser;

    constructor(address operator_) {
        operator = operator_;
    }

    function tokenListed(address) external pure returns (bool) {
        return true;
    }

    function market(bytes32) external pure returns (bool, uint32, address) {
        return (true, 0, address(0));
    }

    function feeCaps(bytes32) external pure returns (uint16, uint16) {
        return (10_000, 10_000);
    }

    function governanceDelay() external pure returns (uint256) {
        return type(uint256).max;
    }
}

/// @notice A7: what was signed before a chain forks is worth nothing on the other branch, and holds on its own.
contract ChainForkTest {
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant BUYER = 11;
    uint256 private constant SELLER = 12;

    EscrowVault private _vault;
    VaultTill private _till;
    TestToken private _base = new TestToken("Base", "B", 18);
    TestToken private _quote = new TestToken("Quote", "Q", 18);
    bytes32 private _separator;

    function setUp() public {
        address registry = address(new OpenRegistry(address(this)));
        address cases = address(new VaultCases(3_600));
        address till = address(new VaultTill(registry, address(0), address(0), 3_600, cases));
        _vault = new EscrowVault(till, 3_600);
        _till = VaultTill(payable(address(_vault)));
        _till.refreshOperator();
        _till.refreshMarket(keccak256(abi.encode(_lots())));
        _pay(_base, SELLER);
        _pay(_quote, BUYER);
        _separator = _separatorOf(block.chainid);
    }

    function test_A7_ordersOfTheOtherBranchFillNothing() public {
        bytes memory data = _batch();
        VM.chainId(block.chainid + 1);
        (bool done, bytes memory reason) = address(_vault).call(abi.encodeCall(EscrowVault.settle, (data)));
        require(!done && bytes4(reason) == IEscrowVault.EmptyBatch.selector, "a foreign branch's order filled");
        VM.chainId(block.chainid - 1);
        _vault.settle(data);
    }

    function test_A7_theDomainFollowsTheChain() public {
        (,,, uint256 before,,,) = _vault.eip712Domain();
        VM.chainId(before + 1);
        (,,, uint256 later,,,) = _vault.eip712Domain();
        require(later == before + 1, "the domain does not follow the chain");
    }

    function _pay(TestToken token, uint256 key) private {
        token.mint(address(this), 1_000);
        token.approve(address(_vault), 1_000);
        _till.depositFor(VM.addr(key), address(token), 1_000);
    }

    function _lots() private view returns (IEscrowVault.Lots memory) {
        return IEscrowVault.Lots(address(_base), address(_quote), 1, 1);
    }

    function _batch() private view returns (bytes memory) {
        bytes memory header = abi.encodePacked(address(_base), address(_quote), uint128(1), uint128(1), uint128(1));
        bytes memory terms = abi.encodePacked(uint8(0), uint128(0), address(0), uint48(0));
        bytes memory fees = abi.encodePacked(uint48(0), address(0), uint40(0), uint8(1), uint32(0));
        bytes memory orders = bytes.concat(_order(0, BUYER), _order(1, SELLER));
        bytes memory fill = abi.encodePacked(uint16(0), uint16(1), uint40(10), uint8(1));
        return bytes.concat(header, terms, fees, bytes2(uint16(2)), orders, bytes2(uint16(1)), fill);
    }

    function _order(uint8 side, uint256 key) private view returns (bytes memory) {
        IEscrowVault.Order memory order;
        order.market = IEscrowVault.Market(address(_base), address(_quote), 1);
        (order.side, order.price, order.quantity, order.nonce) = (side, 3, 10, 1);
        (order.issued, order.expiry) = (1, type(uint32).max);
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _separator, OrderTyping.hash(order)));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        bytes32 vs = bytes32(uint256(s) | (uint256(v - 27) << 255));
        return abi.encodePacked(side, uint40(3), uint40(10), uint40(1), uint32(1), type(uint32).max, r, vs);
    }

    function _separatorOf(uint256 chain) private view returns (bytes32) {
        bytes32 domain = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(domain, keccak256("Quoin EscrowVault"), keccak256("2"), chain, address(_vault)));
    }
}
