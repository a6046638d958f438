// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The escrow vault of Quoin: what it takes, what it answers, and why it refuses
/// @notice Traders deposit tokens; the operator locks both legs of a fill on the strength of two signed orders and
/// later releases each leg to the other side; from the deadline on anyone sends both legs back instead.
/// @dev Amounts are base units of their token. Times are unix seconds of the block. Order ids are EIP-712 digests.
interface IEscrowVault {
    /// @notice The life of an escrow: it is locked once and ends once.
    enum Status {
        NONE,
        LOCKED,
        RELEASED,
        REFUNDED
    }

    /// @notice What is traded, and what a price means.
    /// @param base token whose amount an order names as its quantity
    /// @param quote token that pays for it
    /// @param priceScale base units of `base` that one `price` buys; above zero
    struct Market {
        address base;
        address quote;
        uint128 priceScale;
    }

    /// @notice An order as its trader signs it: every term of the trade is here, so none is the operator's choice
    /// later.
    /// @param trader account that signs and that pays
    /// @param mode 0 ATOMIC, 1 ESCROW, 2 SWAP, 3 P2P; this vault locks ESCROW only
    /// @param market what is traded
    /// @param side 0 BUY, 1 SELL
    /// @param price limit: base units of `quote` for `priceScale` base units of `base`
    /// @param quantity base units of `base`, over all fills of the order
    /// @param nonce the trader's number of this order; one nonce belongs to one order for ever
    /// @param expiry last second in which a fill of the order may lock
    /// @param arbiterId arbiter both sides agree on
    /// @param paymentWindow seconds for a payment outside the chain
    /// @param refundDelay seconds after the lock from which anyone may refund
    /// @param disputeBound seconds an arbiter has to decide
    /// @param operatorFeeCap highest fee of the operator, in basis points
    /// @param referrerFeeCap highest fee of a referrer, in basis points
    /// @param flags bit 0 POST_ONLY, bit 1 SLIDE
    struct Order {
        address trader;
        uint8 mode;
        Market market;
        uint8 side;
        uint128 price;
        uint128 quantity;
        uint64 nonce;
        uint64 expiry;
        uint32 arbiterId;
        uint32 paymentWindow;
        uint32 refundDelay;
        uint32 disputeBound;
        uint16 operatorFeeCap;
        uint16 referrerFeeCap;
        uint8 flags;
    }

    /// @notice One fill between two signed orders.
    /// @param escrowId name of the escrow, chosen by the operator, never used before and not zero
    /// @param buy order of the side that pays `quote`
    /// @param buySignature 65 bytes r, s, v over `buy`
    /// @param sell order of the side that pays `base`
    /// @param sellSignature 65 bytes r, s, v over `sell`
    /// @param buyerIsMaker whose limit is the price: the buyer's if true, else the seller's
    /// @param quantity base units of `base` that change hands
    struct Fill {
        bytes32 escrowId;
        Order buy;
        bytes buySignature;
        Order sell;
        bytes sellSignature;
        bool buyerIsMaker;
        uint128 quantity;
    }

    /// @notice Two locked legs: `quoteAmount` is the buyer's, `baseAmount` the seller's.
    /// @param status where the escrow is in its life
    /// @param deadline first second in which it may be refunded and no longer be released
    /// @param buyer account that paid the quote leg
    /// @param seller account that paid the base leg
    /// @param base token of the seller's leg
    /// @param quote token of the buyer's leg
    /// @param baseAmount base units of `base`
    /// @param quoteAmount base units of `quote`
    struct Escrow {
        Status status;
        uint64 deadline;
        address buyer;
        address seller;
        address base;
        address quote;
        uint128 baseAmount;
        uint128 quoteAmount;
    }

    /// @notice An account put tokens in; `amount` is what arrived.
    event Deposited(address indexed account, address indexed token, uint256 amount);
    /// @notice An account took available tokens out.
    event Withdrawn(address indexed account, address indexed token, uint256 amount);
    /// @notice Both legs of a fill are locked until release, or refund from `deadline` on.
    event Locked(
        bytes32 indexed escrowId,
        address indexed buyer,
        address indexed seller,
        bytes32 buyOrder,
        bytes32 sellOrder,
        address base,
        address quote,
        uint256 baseAmount,
        uint256 quoteAmount,
        uint64 deadline
    );
    /// @notice Each leg went to the other side.
    event Released(bytes32 indexed escrowId);
    /// @notice Each leg went back to the side that paid it.
    event Refunded(bytes32 indexed escrowId);

    /// @notice The vault cannot be made without an operator.
    error ZeroOperator();
    /// @notice Only the operator may do this.
    error NotOperator(address caller);
    /// @notice A call with no fill or no escrow in it.
    error EmptyBatch();
    /// @notice Nothing to deposit or to withdraw.
    error ZeroAmount(address token);
    /// @notice There is no contract at the token's address.
    error TokenWithoutCode(address token);
    /// @notice The token took the call but the vault's balance did not grow.
    error NothingReceived(address token, uint256 amount);
    /// @notice The account has less available than the call needs.
    error InsufficientBalance(address account, address token, uint256 available, uint256 required);
    /// @notice Zero is no escrow id.
    error ZeroEscrowId();
    /// @notice The id names an escrow already.
    error EscrowIdUsed(bytes32 escrowId);
    /// @notice A fill of nothing.
    error ZeroQuantity(bytes32 escrowId);
    /// @notice The order is signed for another settlement mode.
    error WrongMode(bytes32 order, uint8 mode);
    /// @notice The order stands on the other side of the book.
    error WrongSide(bytes32 order, uint8 side);
    /// @notice The order signs flags this vault does not know.
    error UnknownFlags(bytes32 order, uint8 flags);
    /// @notice More than 10000 basis points.
    error FeeCapTooHigh(bytes32 order, uint16 feeCap);
    /// @notice A refund delay of zero, or beyond `maximum` seconds.
    error RefundDelayOutOfRange(bytes32 order, uint32 refundDelay, uint32 maximum);
    /// @notice The order was valid until `expiry` only.
    error OrderExpired(bytes32 order, uint64 expiry, uint256 blockTime);
    /// @notice The signature is not the trader's. `recovered` is zero if it is malformed, high-s or of no key.
    error BadSignature(bytes32 order, address trader, address recovered);
    /// @notice A market needs a price scale.
    error ZeroPriceScale(bytes32 order);
    /// @notice Base and quote are one token.
    error SameToken(address token);
    /// @notice The two orders name different markets.
    error MarketMismatch(bytes32 buyOrder, bytes32 sellOrder);
    /// @notice The two orders name different arbiters.
    error ArbiterMismatch(uint32 buyValue, uint32 sellValue);
    /// @notice The two orders name different payment windows.
    error PaymentWindowMismatch(uint32 buyValue, uint32 sellValue);
    /// @notice The two orders name different refund delays.
    error RefundDelayMismatch(uint32 buyValue, uint32 sellValue);
    /// @notice The two orders name different dispute bounds.
    error DisputeBoundMismatch(uint32 buyValue, uint32 sellValue);
    /// @notice A trader cannot trade with himself.
    error SelfTrade(address trader);
    /// @notice An order that signs POST_ONLY is never the taker.
    error TakerPostOnly(bytes32 order);
    /// @notice The maker's price is worse for the taker than the limit he signed.
    error PriceOutsideLimit(bytes32 takerOrder, uint128 price, uint128 limit);
    /// @notice The trader used this nonce for another order.
    error NonceTaken(address trader, uint64 nonce, bytes32 order);
    /// @notice The fill goes beyond what the order has left.
    error OrderOverfilled(bytes32 order, uint128 quantity, uint128 filled, uint128 requested);
    /// @notice quantity * price is no multiple of the price scale, so no exact quote amount exists.
    error QuoteAmountInexact(bytes32 escrowId, uint256 product, uint128 priceScale);
    /// @notice The quote amount is zero.
    error QuoteAmountZero(bytes32 escrowId);
    /// @notice The quote amount does not fit 128 bits.
    error QuoteAmountTooLarge(bytes32 escrowId, uint256 quoteAmount);
    /// @notice The escrow is not locked: it never was, or it has ended.
    error EscrowNotLocked(bytes32 escrowId, Status status);
    /// @notice From the deadline on, release is refused.
    error ReleaseAfterDeadline(bytes32 escrowId, uint64 deadline, uint256 blockTime);
    /// @notice Before the deadline, refund is refused.
    error RefundBeforeDeadline(bytes32 escrowId, uint64 deadline, uint256 blockTime);

    /// @notice Takes `amount` of `token` from the caller and credits him what really arrived.
    /// @dev Needs the caller's allowance. A token that takes a fee credits less; one that delivers nothing is refused.
    function deposit(address token, uint256 amount) external;

    /// @notice Pays `amount` of the caller's available balance to the caller.
    function withdraw(address token, uint256 amount) external;

    /// @notice Locks both legs of each fill under the two order signatures. Operator only; all fills or none.
    function lock(Fill[] calldata fills) external;

    /// @notice Credits each leg to the other side. Operator only, before the deadline; all escrows or none.
    function release(bytes32[] calldata escrowIds) external;

    /// @notice Credits each leg back to the side that paid it. Anyone, from the deadline on; all escrows or none.
    function refund(bytes32[] calldata escrowIds) external;

    /// @notice The one account that may lock and release.
    function operator() external view returns (address);

    /// @notice What `account` may withdraw, or use in a lock, of `token`.
    function balanceOf(address account, address token) external view returns (uint256);

    /// @notice All the vault owes in `token`: what is available to its accounts and what is locked.
    function owed(address token) external view returns (uint256);

    /// @notice The escrow of that id; all zero, status NONE, if there is none.
    function escrow(bytes32 escrowId) external view returns (Escrow memory);

    /// @notice The order that owns a nonce of a trader, by the first 16 bytes of its digest, and how much of it is
    /// filled.
    /// @return orderPrefix first 16 bytes of the order's digest; zero while the nonce is unused
    /// @return filledQuantity base units of the market's base token
    function filled(address trader, uint64 nonce) external view returns (bytes16 orderPrefix, uint128 filledQuantity);

    /// @notice The EIP-712 digest of an order: what its trader signs, and its id everywhere.
    function orderDigest(Order calldata order) external view returns (bytes32);
}
