// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IEscrowVault} from "./IEscrowVault.sol";
import {OrderTyping} from "./OrderTyping.sol";

/// @title The escrow vault of Quoin
/// @notice Holds what traders deposit and moves it between them only as two signed orders say. It has one operator,
/// fixed at its making, no owner, no proxy and no switch. An operator that turns can withhold, and can choose who meets
/// whom and whose limit is the price, inside both limits; no more. If it vanishes, every locked escrow goes back from
/// its deadline on, and every available balance can be withdrawn at any time.
/// @dev Tokens move in `deposit` and `withdraw` only; `lock`, `release` and `refund` are bookkeeping without any call
/// to another contract. The invariant that the tests hold: for every token, the sum of available balances and locked
/// legs is `owed`, and the vault's token balance is never below it.
contract EscrowVault is IEscrowVault, EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice Longest refund delay an order may sign.
    uint32 public constant REFUND_DELAY_MAX = 30 days;

    uint8 private constant MODE_ESCROW = 1;
    uint8 private constant SIDE_BUY = 0;
    uint8 private constant SIDE_SELL = 1;
    uint8 private constant FLAG_POST_ONLY = 1;
    uint8 private constant FLAG_SLIDE = 2;
    uint16 private constant FEE_CAP_MAX = 10_000;

    /// @inheritdoc IEscrowVault
    address public immutable operator;

    mapping(address account => mapping(address token => uint256 amount)) private _available;
    mapping(address token => uint256 amount) private _owed;
    mapping(bytes32 escrowId => Escrow entry) private _escrows;

    /// @dev One slot for each nonce: the upper half is the first half of the digest of the order that owns it, the
    /// lower half what is filled of it. Whoever made two orders with one such half (2^64 work) would share his own
    /// budget.
    mapping(address trader => mapping(uint64 nonce => uint256 slot)) private _fills;

    /// @dev Keeps the intermediate values of one fill off the stack.
    struct Terms {
        bytes32 buyOrder;
        bytes32 sellOrder;
        uint128 quoteAmount;
        uint64 deadline;
    }

    modifier onlyOperator() {
        require(msg.sender == operator, NotOperator(msg.sender));
        _;
    }

    /// @param operator_ the account that may lock and release, for as long as this vault exists
    constructor(address operator_) EIP712("Quoin EscrowVault", "1") {
        require(operator_ != address(0), ZeroOperator());
        operator = operator_;
    }

    /// @inheritdoc IEscrowVault
    function deposit(address token, uint256 amount) external nonReentrant {
        require(amount != 0, ZeroAmount(token));
        require(token.code.length != 0, TokenWithoutCode(token));
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        uint256 afterwards = IERC20(token).balanceOf(address(this));
        require(afterwards > before, NothingReceived(token, amount));
        uint256 received = afterwards - before;
        _owed[token] += received;
        _credit(msg.sender, token, received);
        emit Deposited(msg.sender, token, received);
    }

    /// @inheritdoc IEscrowVault
    function withdraw(address token, uint256 amount) external nonReentrant {
        require(amount != 0, ZeroAmount(token));
        _debit(msg.sender, token, amount);
        _owed[token] -= amount;
        emit Withdrawn(msg.sender, token, amount);
        IERC20(token).safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IEscrowVault
    function lock(Fill[] calldata fills) external onlyOperator nonReentrant {
        require(fills.length != 0, EmptyBatch());
        for (uint256 i = 0; i < fills.length; ++i) {
            _lock(fills[i]);
        }
    }

    /// @inheritdoc IEscrowVault
    function release(bytes32[] calldata escrowIds) external onlyOperator nonReentrant {
        require(escrowIds.length != 0, EmptyBatch());
        for (uint256 i = 0; i < escrowIds.length; ++i) {
            _release(escrowIds[i]);
        }
    }

    /// @inheritdoc IEscrowVault
    function refund(bytes32[] calldata escrowIds) external nonReentrant {
        require(escrowIds.length != 0, EmptyBatch());
        for (uint256 i = 0; i < escrowIds.length; ++i) {
            _refund(escrowIds[i]);
        }
    }

    /// @inheritdoc IEscrowVault
    function balanceOf(address account, address token) external view returns (uint256) {
        return _available[account][token];
    }

    /// @inheritdoc IEscrowVault
    function owed(address token) external view returns (uint256) {
        return _owed[token];
    }

    /// @inheritdoc IEscrowVault
    function escrow(bytes32 escrowId) external view returns (Escrow memory) {
        return _escrows[escrowId];
    }

    /// @inheritdoc IEscrowVault
    function filled(address trader, uint64 nonce) external view returns (bytes16 orderPrefix, uint128 filledQuantity) {
        uint256 slot = _fills[trader][nonce];
        return (bytes16(bytes32(slot)), uint128(slot));
    }

    /// @inheritdoc IEscrowVault
    function orderDigest(Order calldata order) public view returns (bytes32) {
        return _hashTypedDataV4(OrderTyping.hash(order));
    }

    function _lock(Fill calldata fill) private {
        require(fill.escrowId != bytes32(0), ZeroEscrowId());
        require(_escrows[fill.escrowId].status == Status.NONE, EscrowIdUsed(fill.escrowId));
        require(fill.quantity != 0, ZeroQuantity(fill.escrowId));

        Terms memory terms;
        terms.buyOrder = _checkOrder(fill.buy, SIDE_BUY, fill.buySignature);
        terms.sellOrder = _checkOrder(fill.sell, SIDE_SELL, fill.sellSignature);
        _checkPair(fill.buy, fill.sell, terms);
        terms.quoteAmount = _quoteAmount(fill, _checkPrice(fill, terms));
        terms.deadline = uint64(block.timestamp) + fill.buy.refundDelay;

        _consume(fill.buy, terms.buyOrder, fill.quantity);
        _consume(fill.sell, terms.sellOrder, fill.quantity);
        _debit(fill.buy.trader, fill.buy.market.quote, terms.quoteAmount);
        _debit(fill.sell.trader, fill.buy.market.base, fill.quantity);
        _record(fill, terms);
    }

    /// @dev What one order must satisfy alone. Returns its digest.
    function _checkOrder(Order calldata order, uint8 side, bytes calldata signature)
        private
        view
        returns (bytes32 digest)
    {
        digest = orderDigest(order);
        _checkSignature(digest, order.trader, signature);
        require(order.mode == MODE_ESCROW, WrongMode(digest, order.mode));
        require(order.side == side, WrongSide(digest, order.side));
        require(order.flags <= FLAG_POST_ONLY | FLAG_SLIDE, UnknownFlags(digest, order.flags));
        require(order.operatorFeeCap <= FEE_CAP_MAX, FeeCapTooHigh(digest, order.operatorFeeCap));
        require(order.referrerFeeCap <= FEE_CAP_MAX, FeeCapTooHigh(digest, order.referrerFeeCap));
        require(
            order.refundDelay != 0 && order.refundDelay <= REFUND_DELAY_MAX,
            RefundDelayOutOfRange(digest, order.refundDelay, REFUND_DELAY_MAX)
        );
        require(order.market.priceScale != 0, ZeroPriceScale(digest));
        require(order.market.base != order.market.quote, SameToken(order.market.base));
        require(block.timestamp <= order.expiry, OrderExpired(digest, order.expiry, block.timestamp));
    }

    /// @dev 65 bytes and low s only, so one order has one signature of one key; a failed recovery is
    /// no trader.
    function _checkSignature(bytes32 digest, address trader, bytes calldata signature) private pure {
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        require(
            failure == ECDSA.RecoverError.NoError && recovered == trader, BadSignature(digest, trader, recovered)
        );
    }

    /// @dev What two orders must have in common before they may meet.
    function _checkPair(Order calldata buy, Order calldata sell, Terms memory terms) private pure {
        require(
            OrderTyping.hash(buy.market) == OrderTyping.hash(sell.market),
            MarketMismatch(terms.buyOrder, terms.sellOrder)
        );
        require(buy.arbiterId == sell.arbiterId, ArbiterMismatch(buy.arbiterId, sell.arbiterId));
        require(
            buy.paymentWindow == sell.paymentWindow, PaymentWindowMismatch(buy.paymentWindow, sell.paymentWindow)
        );
        require(buy.refundDelay == sell.refundDelay, RefundDelayMismatch(buy.refundDelay, sell.refundDelay));
        require(buy.disputeBound == sell.disputeBound, DisputeBoundMismatch(buy.disputeBound, sell.disputeBound));
        require(buy.trader != sell.trader, SelfTrade(buy.trader));
    }

    /// @dev The price is the maker's limit, exactly, and inside the taker's. SLIDE changes nothing yet.
    function _checkPrice(Fill calldata fill, Terms memory terms) private pure returns (uint128 price) {
        Order calldata taker = fill.buyerIsMaker ? fill.sell : fill.buy;
        bytes32 takerOrder = fill.buyerIsMaker ? terms.sellOrder : terms.buyOrder;
        price = fill.buyerIsMaker ? fill.buy.price : fill.sell.price;
        require(taker.flags & FLAG_POST_ONLY == 0, TakerPostOnly(takerOrder));
        bool inside = fill.buyerIsMaker ? price >= taker.price : price <= taker.price;
        require(inside, PriceOutsideLimit(takerOrder, price, taker.price));
    }

    /// @dev Two factors of 128 bits cannot overflow 256. No rounding: a fill that has no exact price is refused.
    function _quoteAmount(Fill calldata fill, uint128 price) private pure returns (uint128) {
        uint128 scale = fill.buy.market.priceScale;
        uint256 product = uint256(fill.quantity) * price;
        require(product % scale == 0, QuoteAmountInexact(fill.escrowId, product, scale));
        uint256 amount = product / scale;
        require(amount != 0, QuoteAmountZero(fill.escrowId));
        require(amount <= type(uint128).max, QuoteAmountTooLarge(fill.escrowId, amount));
        return uint128(amount);
    }

    /// @dev Claims the nonce for the order, or finds it claimed by this very order, and counts the fill against its
    /// size.
    function _consume(Order calldata order, bytes32 digest, uint128 quantity) private {
        uint256 slot = _fills[order.trader][order.nonce];
        bytes16 owner = bytes16(bytes32(slot));
        require(slot == 0 || owner == bytes16(digest), NonceTaken(order.trader, order.nonce, digest));
        uint128 already = uint128(slot);
        require(
            uint256(already) + quantity <= order.quantity,
            OrderOverfilled(digest, order.quantity, already, quantity)
        );
        _fills[order.trader][order.nonce] = uint256(bytes32(bytes16(digest))) | (already + quantity);
    }

    function _record(Fill calldata fill, Terms memory terms) private {
        Market calldata market = fill.buy.market;
        _escrows[fill.escrowId] = Escrow({
            status: Status.LOCKED,
            deadline: terms.deadline,
            buyer: fill.buy.trader,
            seller: fill.sell.trader,
            base: market.base,
            quote: market.quote,
            baseAmount: fill.quantity,
            quoteAmount: terms.quoteAmount
        });
        emit Locked(
            fill.escrowId,
            fill.buy.trader,
            fill.sell.trader,
            terms.buyOrder,
            terms.sellOrder,
            market.base,
            market.quote,
            fill.quantity,
            terms.quoteAmount,
            terms.deadline
        );
    }

    function _release(bytes32 escrowId) private {
        Escrow storage entry = _escrows[escrowId];
        require(entry.status == Status.LOCKED, EscrowNotLocked(escrowId, entry.status));
        require(block.timestamp < entry.deadline, ReleaseAfterDeadline(escrowId, entry.deadline, block.timestamp));
        entry.status = Status.RELEASED;
        _credit(entry.seller, entry.quote, entry.quoteAmount);
        _credit(entry.buyer, entry.base, entry.baseAmount);
        emit Released(escrowId);
    }

    function _refund(bytes32 escrowId) private {
        Escrow storage entry = _escrows[escrowId];
        require(entry.status == Status.LOCKED, EscrowNotLocked(escrowId, entry.status));
        require(block.timestamp >= entry.deadline, RefundBeforeDeadline(escrowId, entry.deadline, block.timestamp));
        entry.status = Status.REFUNDED;
        _credit(entry.buyer, entry.quote, entry.quoteAmount);
        _credit(entry.seller, entry.base, entry.baseAmount);
        emit Refunded(escrowId);
    }

    function _credit(address account, address token, uint256 amount) private {
        _available[account][token] += amount;
    }

    function _debit(address account, address token, uint256 amount) private {
        uint256 available = _available[account][token];
        require(available >= amount, InsufficientBalance(account, token, available, amount));
        unchecked {
            _available[account][token] = available - amount;
        }
    }
}
