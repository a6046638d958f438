// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EscrowVault} from "../contracts/EscrowVault.sol";
import {IEscrowVault} from "../contracts/IEscrowVault.sol";
import {TestToken} from "../contracts/testing/TestToken.sol";

/// @dev The cheat codes that Hardhat's Solidity tests answer to; only those used here.
interface Vm {
    function addr(uint256 privateKey) external pure returns (address);
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function prank(address sender) external;
    function warp(uint256 timestamp) external;
    function assume(bool condition) external pure;
}

Vm constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

/// @title Acts as three traders and an operator, with any amounts, at any time; every call it makes must succeed
contract VaultHandler {
    uint256 public constant TRADERS = 3;
    uint128 private constant SUPPLY = 1e30;

    EscrowVault public immutable VAULT;
    TestToken[2] public tokens;
    bytes32[] public escrowIds;
    uint64 private _nonce;

    constructor() {
        VAULT = new EscrowVault(address(this));
        for (uint256 i = 0; i < 2; ++i) {
            tokens[i] = new TestToken("Token", "T", 18);
            for (uint256 trader = 0; trader < TRADERS; ++trader) {
                tokens[i].mint(traderAt(trader), SUPPLY);
                VM.prank(traderAt(trader));
                tokens[i].approve(address(VAULT), type(uint256).max);
            }
        }
    }

    function deposit(uint8 trader, uint8 token, uint128 amount) external {
        TestToken chosen = tokens[token % 2];
        uint256 has = chosen.balanceOf(traderAt(trader));
        if (has != 0) {
            VM.prank(traderAt(trader));
            VAULT.deposit(address(chosen), 1 + amount % has);
        }
    }

    function withdraw(uint8 trader, uint8 token, uint128 amount) external {
        address chosen = address(tokens[token % 2]);
        uint256 has = VAULT.balanceOf(traderAt(trader), chosen);
        if (has != 0) {
            VM.prank(traderAt(trader));
            VAULT.withdraw(chosen, 1 + amount % has);
        }
    }

    function lock(uint8 buyer, uint8 seller, uint128 quantity, uint64 price, bool buyerIsMaker) external {
        if (buyer % TRADERS == seller % TRADERS) {
            return;
        }
        uint256 base = VAULT.balanceOf(traderAt(seller), address(tokens[0]));
        uint256 quote = VAULT.balanceOf(traderAt(buyer), address(tokens[1]));
        if (base == 0 || quote == 0) {
            return;
        }
        uint128 size = uint128(1 + quantity % base);
        uint128 limit = uint128(1 + price % quote);
        if (uint256(size) * limit > quote) {
            size = uint128(quote / limit);
        }
        _lock(buyer, seller, size, limit, buyerIsMaker);
    }

    function release(uint256 index) external {
        if (_isLocked(index) && block.timestamp < VAULT.escrow(_idAt(index)).deadline) {
            VAULT.release(_one(_idAt(index)));
        }
    }

    function refund(uint256 index) external {
        if (_isLocked(index) && block.timestamp >= VAULT.escrow(_idAt(index)).deadline) {
            VAULT.refund(_one(_idAt(index)));
        }
    }

    function pass(uint32 time) external {
        VM.warp(block.timestamp + time % 2 days);
    }

    function donate(uint8 trader, uint8 token, uint64 amount) external {
        TestToken chosen = tokens[token % 2];
        if (chosen.balanceOf(traderAt(trader)) >= amount) {
            VM.prank(traderAt(trader));
            chosen.transfer(address(VAULT), amount);
        }
    }

    function escrowCount() external view returns (uint256) {
        return escrowIds.length;
    }

    function traderAt(uint256 index) public pure returns (address) {
        return VM.addr(_keyAt(index));
    }

    /// @notice An order for everything at `price`, with the next nonce.
    function orderOf(uint256 trader, uint8 side, uint128 quantity, uint128 price)
        public
        returns (IEscrowVault.Order memory order)
    {
        order.trader = traderAt(trader);
        order.mode = 1;
        order.market = IEscrowVault.Market(address(tokens[0]), address(tokens[1]), 1);
        order.side = side;
        order.price = price;
        order.quantity = quantity;
        order.nonce = ++_nonce;
        order.expiry = type(uint64).max;
        order.refundDelay = 1 days;
    }

    /// @notice The order's signature by its trader.
    function signatureOf(uint256 trader, IEscrowVault.Order memory order) public view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_keyAt(trader), VAULT.orderDigest(order));
        return abi.encodePacked(r, s, v);
    }

    /// @notice A fill between two traders, signed, not sent.
    function fillOf(uint256 buyer, uint256 seller, uint128 size, uint128 price, bool buyerIsMaker)
        public
        returns (IEscrowVault.Fill memory fill)
    {
        fill.buy = orderOf(buyer, 0, size, price);
        fill.sell = orderOf(seller, 1, size, price);
        fill.buySignature = signatureOf(buyer, fill.buy);
        fill.sellSignature = signatureOf(seller, fill.sell);
        fill.buyerIsMaker = buyerIsMaker;
        fill.quantity = size;
        fill.escrowId = keccak256(abi.encode(_nonce));
    }

    /// @notice Sends one fill as the operator.
    function send(IEscrowVault.Fill memory fill) public {
        IEscrowVault.Fill[] memory fills = new IEscrowVault.Fill[](1);
        fills[0] = fill;
        VAULT.lock(fills);
        escrowIds.push(fill.escrowId);
    }

    function _lock(uint256 buyer, uint256 seller, uint128 size, uint128 price, bool buyerIsMaker) private {
        send(fillOf(buyer, seller, size, price, buyerIsMaker));
    }

    function _isLocked(uint256 index) private view returns (bool) {
        return escrowIds.length != 0 && VAULT.escrow(_idAt(index)).status == IEscrowVault.Status.LOCKED;
    }

    function _idAt(uint256 index) private view returns (bytes32) {
        return escrowIds[index % escrowIds.length];
    }

    function _keyAt(uint256 index) private pure returns (uint256) {
        return 0xA11CE + index % TRADERS;
    }

    function _one(bytes32 escrowId) private pure returns (bytes32[] memory ids) {
        ids = new bytes32[](1);
        ids[0] = escrowId;
    }
}

/// @title What holds after any sequence of calls, and for any amounts
contract EscrowVaultTest {
    VaultHandler private _handler;

    function setUp() public {
        VM.warp(1_800_000_000);
        _handler = new VaultHandler();
        for (uint8 trader = 0; trader < 3; ++trader) {
            _handler.deposit(trader, 0, 1e28);
            _handler.deposit(trader, 1, 1e28);
        }
    }

    /// @dev Tells the fuzzer what to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @dev Only the handler's moves; its helpers are no moves.
    function targetSelectors() external view returns (FuzzSelector[] memory selectors) {
        bytes4[] memory moves = new bytes4[](7);
        moves[0] = VaultHandler.deposit.selector;
        moves[1] = VaultHandler.withdraw.selector;
        moves[2] = VaultHandler.lock.selector;
        moves[3] = VaultHandler.release.selector;
        moves[4] = VaultHandler.refund.selector;
        moves[5] = VaultHandler.pass.selector;
        moves[6] = VaultHandler.donate.selector;
        selectors = new FuzzSelector[](1);
        selectors[0] = FuzzSelector(address(_handler), moves);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @notice owed is what is available and locked, and the vault holds at least that.
    function invariant_vaultHoldsAllItOwes() public view {
        EscrowVault vault = _handler.VAULT();
        for (uint256 i = 0; i < 2; ++i) {
            address token = address(_handler.tokens(i));
            uint256 owed = _available(vault, token) + _locked(vault, token);
            require(vault.owed(token) == owed, "owed is not what is available and locked");
            require(TestToken(token).balanceOf(address(vault)) >= owed, "the vault does not hold what it owes");
        }
    }

    function testFuzz_lockThenReleaseMovesExactAmounts(uint64 size, uint64 price, bool buyerIsMaker) public {
        VM.assume(size != 0 && price != 0);
        uint256 quoteAmount = uint256(size % 1e10 + 1) * (price % 1e10 + 1);
        IEscrowVault.Fill memory fill = _handler.fillOf(0, 1, size % 1e10 + 1, price % 1e10 + 1, buyerIsMaker);
        EscrowVault vault = _handler.VAULT();
        (address base, address quote) = (fill.buy.market.base, fill.buy.market.quote);
        uint256 buyerBase = vault.balanceOf(fill.buy.trader, base);
        uint256 sellerQuote = vault.balanceOf(fill.sell.trader, quote);

        _handler.send(fill);
        _handler.release(_handler.escrowCount() - 1);

        require(vault.balanceOf(fill.buy.trader, base) == buyerBase + fill.quantity, "base");
        require(vault.balanceOf(fill.sell.trader, quote) == sellerQuote + quoteAmount, "quote");
        invariant_vaultHoldsAllItOwes();
    }

    function testFuzz_aSignatureWithAnyByteChangedIsRefused(uint8 position, uint8 change, bool buySide) public {
        VM.assume(change != 0);
        IEscrowVault.Fill memory fill = _handler.fillOf(0, 1, 1e9, 3, true);
        bytes memory signature = buySide ? fill.buySignature : fill.sellSignature;
        uint256 index = position % signature.length;
        signature[index] = bytes1(uint8(signature[index]) ^ change);

        try _handler.send(fill) {
            revert("locked under a changed signature");
        } catch (bytes memory reason) {
            require(bytes4(reason) == IEscrowVault.BadSignature.selector, "refused for another reason");
        }
    }

    function testFuzz_anOrderNeverFillsBeyondItsSize(uint64 size, uint64 first, uint64 second) public {
        VM.assume(size != 0 && first != 0 && second != 0);
        IEscrowVault.Fill memory fill = _handler.fillOf(0, 1, size, 1, true);
        uint256 done;
        uint64[2] memory parts = [first, second];
        for (uint256 i = 0; i < 2; ++i) {
            fill.quantity = parts[i];
            fill.escrowId = bytes32(i + 1);
            try _handler.send(fill) {
                done += parts[i];
            } catch (bytes memory reason) {
                require(bytes4(reason) == IEscrowVault.OrderOverfilled.selector, "refused for another reason");
                require(done + parts[i] > size, "refused though it fits");
            }
        }
        (, uint128 filled) = _handler.VAULT().filled(fill.buy.trader, fill.buy.nonce);
        require(filled == done && filled <= size, "filled");
    }

    function _available(EscrowVault vault, address token) private view returns (uint256 sum) {
        for (uint256 trader = 0; trader < 3; ++trader) {
            sum += vault.balanceOf(_handler.traderAt(trader), token);
        }
    }

    function _locked(EscrowVault vault, address token) private view returns (uint256 sum) {
        uint256 count = _handler.escrowCount();
        for (uint256 i = 0; i < count; ++i) {
            IEscrowVault.Escrow memory entry = vault.escrow(_handler.escrowIds(i));
            if (entry.status == IEscrowVault.Status.LOCKED) {
                sum += entry.base == token ? entry.baseAmount : 0;
                sum += entry.quote == token ? entry.quoteAmount : 0;
            }
        }
    }
}
