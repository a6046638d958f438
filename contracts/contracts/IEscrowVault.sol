// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title The escrow vault of Quoin: what it takes, what it answers, and why it refuses
/// @notice Traders deposit tokens; the operator locks both legs of a fill in a batch on the strength of two signed
/// orders, and releases the batch before its deadline; from the deadline on anyone refunds it, whole or fill by fill.
/// @dev Amounts of tokens are base units; amounts inside a market are lots (`Lots`). Times are unix seconds of the
/// block, delays are seconds, rates are basis points.
interface IEscrowVault {
    /// @notice What is traded, and what a price means (as orders sign it).
    /// @param base token whose amount an order names as its quantity
    /// @param quote token that pays for it
    /// @param priceScale base units of `base` that one `price` buys; above zero
    struct Market {
        address base;
        address quote;
        uint128 priceScale;
    }

    /// @notice What a market's books count in. A market's id is the keccak256 of these four words, so that nobody,
    /// governance included, can ever give a balance held in lots another meaning.
    /// @param base token of the sellers' legs
    /// @param quote token of the buyers' legs
    /// @param baseLot base units of `base` in one lot
    /// @param quoteLot base units of `quote` in one lot
    struct Lots {
        address base;
        address quote;
        uint128 baseLot;
        uint128 quoteLot;
    }

    /// @notice Terms of an order that must be the same on both sides of a fill.
    /// @param arbiterId arbiter both sides agree on
    /// @param paymentWindow seconds for a payment outside the chain
    /// @param refundDelay seconds after the lock from which anyone may refund
    /// @param disputeBound seconds an arbiter has to decide; the longest that a dispute can freeze a fill
    /// @param fallbackArbiter decides when the arbiter stayed silent, as long again; zero: `fallbackToBuyer` does
    /// @param fallbackToBuyer the buyer's share of both legs when every arbiter stayed silent, basis points
    /// @param buyerBond bond of the buyer, basis points of the leg, in the leg's token
    /// @param sellerBond bond of the seller, basis points of the leg, in the leg's token
    struct Terms {
        uint32 arbiterId;
        uint32 paymentWindow;
        uint32 refundDelay;
        uint32 disputeBound;
        address fallbackArbiter;
        uint16 fallbackToBuyer;
        uint16 buyerBond;
        uint16 sellerBond;
    }

    /// @notice An order as its trader signs it: every term of the trade is here, so none is the operator's choice
    /// later (R1). The account is the one that the signature recovers, or `wallet`.
    /// @param mode 0 ATOMIC, 1 ESCROW, 2 SWAP, 3 P2P
    /// @param market what is traded
    /// @param side 0 BUY, 1 SELL
    /// @param price limit: base units of `quote` for `priceScale` base units of `base`
    /// @param quantity base units of `base`, over all fills of the order
    /// @param nonce below 2^32: an order that fills in one batch only, and for which any of the trader's 27 highest
    /// such nonces is good once; with bit 39 set: an order that fills over many batches, in cell `nonce % 256`, where
    /// a higher nonce ends a lower one. Each per market and side.
    /// @param issued second in which the order was signed, by its signer's word (R8)
    /// @param expiry last second in which a fill of the order may lock
    /// @param terms what both sides must sign alike
    /// @param operatorFeeCap highest fee of the operator, basis points of the quote amount
    /// @param referrerFeeCap highest fee of a referrer, basis points of the quote amount
    /// @param flags bit 0 POST_ONLY, bit 1 SLIDE
    /// @param wallet zero for a key's account; else the contract whose EIP-1271 word is the signature
    struct Order {
        uint8 mode;
        Market market;
        uint8 side;
        uint128 price;
        uint128 quantity;
        uint64 nonce;
        uint64 issued;
        uint64 expiry;
        Terms terms;
        uint16 operatorFeeCap;
        uint16 referrerFeeCap;
        uint8 flags;
        address wallet;
    }

    /// @notice What a batch's commitment holds beside its fills; published by `Locked`, needed again to close a batch.
    /// @param lots the market
    /// @param terms what all orders of the batch signed
    /// @param root root of the merkle tree over the fills' leaves
    struct Batch {
        Lots lots;
        Terms terms;
        bytes32 root;
    }

    /// @notice What `release` and `refund` must know of a batch; few bytes, for each costs gas.
    /// @param marketId the market
    /// @param detail keccak256 of the abi encoding of `Batch`
    /// @param numbers from the lowest bit: number of the batch in its market 32 (its lowest 6 are the cell) | deadline,
    /// first second in which the batch is refunded and no longer released 40 | fills, the skipped ones included 16 |
    /// fees of all fills for the operator 56 and for the referrer 56, quote lots
    /// @param referrer whose fees they are
    /// @param operator who locked the batch
    struct Seal {
        bytes32 marketId;
        bytes32 detail;
        uint256 numbers;
        address referrer;
        address operator;
    }

    /// @notice One fill of a batch, as its leaf holds it. A skipped fill has the leaf zero.
    /// @param buyer account of the quote leg
    /// @param seller account of the base leg
    /// @param base lots the seller pays and the buyer gets
    /// @param pay quote lots the buyer pays, fees included
    /// @param get quote lots the seller gets, fees deducted
    /// @param referrerFee quote lots for the referrer; the operator's fee is what is left of `pay`
    /// @param laned bit 0: the buyer's account slot holds the fill in a lane, bit 1: the seller's does
    struct Fill {
        address buyer;
        address seller;
        uint40 base;
        uint40 pay;
        uint40 get;
        uint40 referrerFee;
        uint8 laned;
    }

    /// @notice Both legs of the fills are locked. All that later calls need is here and in the transaction's calldata.
    event Locked(Seal seal, bytes32 root);
    /// @notice The fills of an ATOMIC batch, which are in the calldata, are settled; fees in quote lots.
    event Settled(bytes32 indexed marketId, uint256 operatorFee, uint256 referrerFee, address referrer);
    /// @notice A fill was left out, for what its trader did after the match. Its leaf is zero.
    event FillSkipped(uint256 indexed index, uint256 reason);
    /// @notice Each leg of each fill still in the batch goes to the other side.
    event Released(bytes32 indexed marketId, uint32 indexed seq);
    /// @notice Each leg of each fill still in the batch goes back.
    event Refunded(bytes32 indexed marketId, uint32 indexed seq);
    /// @notice One fill was settled by itself. `outcome` 1: released, 2: refunded, 3: moved to an escrow of its own.
    event FillClosed(bytes32 indexed marketId, uint32 indexed seq, uint256 index, uint256 outcome);
    /// @notice Tokens arrived for `account`.
    event Deposited(address indexed account, address indexed token, uint256 amount);
    /// @notice Tokens left the vault from `account`'s wallet.
    event Withdrawn(address indexed account, address indexed token, uint256 amount, address to);
    /// @notice Lots of an account went to its wallet, as base units of both tokens.
    event Gathered(address indexed account, bytes32 indexed sideKey, uint256 base, uint256 quote);
    /// @notice An exit began: from `requestedAt` on only older orders lock, half a delay later none, a delay later
    /// `withdrawExit` pays.
    event ExitRequested(address indexed account, address indexed token, uint256 requestedAt);
    /// @notice The account trades with the token again.
    event ExitCancelled(address indexed account, address indexed token);
    /// @notice Orders of the account with nonces from `from` to `to` are dead.
    event OrdersCancelled(address indexed account, bytes32 indexed sideKey, uint64 from, uint64 to);
    /// @notice What the vault took over from its registry for a market.
    event MarketRefreshed(bytes32 indexed marketId, address operator, uint32 arbiterId, bool listed);
    /// @notice The highest fees that new batches of a market take, basis points; an order's own caps bind beside them.
    event FeeCapsRefreshed(bytes32 indexed marketId, uint16 operatorFeeCap, uint16 referrerFeeCap);
    /// @notice The vault knows who holds an arbiter id, for ever.
    event ArbiterRefreshed(uint32 indexed arbiterId, address arbiter);
    /// @notice The operator changed.
    event OperatorRefreshed(address operator);
    /// @notice New deposits, and locks in these markets, are stopped, or go on.
    event PauseChanged(bool paused, bytes32[] marketIds);
    /// @notice Fees of released batches went to the wallet of `account`.
    event FeesCollected(bytes32 indexed marketId, address indexed account, uint256 lots);

    /// @notice Only the operator may do this.
    error NotOperator(address caller);
    /// @notice New deposits and locks are stopped.
    error Paused();
    /// @notice The registry does not list the market, or its locks are stopped.
    error MarketNotListed(bytes32 marketId);
    /// @notice The batch's arbiter id is not the market's.
    error ArbiterMismatch(uint256 given, uint256 expected);
    /// @notice The data ends too early or too late.
    error DataLength(uint256 given, uint256 expected);
    /// @notice No fill of the batch could be locked.
    error EmptyBatch();
    /// @notice A lot of zero, or a price scale with which one tick is no whole number of base units.
    error InexactPrice(uint256 baseLot, uint256 quoteLot, uint256 priceScale);
    /// @notice A refund delay of zero, or beyond `maximum` seconds.
    error RefundDelayOutOfRange(uint256 refundDelay, uint256 maximum);
    /// @notice A signature that is malformed, high-s, or of no key.
    error BadSignature(uint256 orderIndex);
    /// @notice A share beyond 10000 basis points, or a bond in a two-leg batch.
    error BadTerms();
    /// @notice The batch names order `index` of `count`.
    error NoSuchOrder(uint256 index, uint256 count);
    /// @notice The order stands on the other side of the book.
    error WrongSide(uint256 orderIndex);
    /// @notice The fee rates name no such cap.
    error NoSuchCaps(uint256 index, uint256 count);
    /// @notice The fee's rate is beyond the cap that an order signs.
    error FeeAboveCap(uint256 rate, uint256 cap);
    /// @notice The fee's rate is beyond what governance allows in the market.
    error FeeAboveMarketCap(uint256 rate, uint256 cap);
    /// @notice Governance could change what binds a trader before his exit is ripe.
    error GovernanceTooFast(uint256 delay, uint256 exitDelay);
    /// @notice A rebate beyond the taker's fee of the same fill.
    error RebateAboveFee(uint256 fill, uint256 rebate, uint256 fee);
    /// @notice A trader cannot trade with himself.
    error SelfTrade(address trader);
    /// @notice An order that signs POST_ONLY is never the taker, nor in an auction.
    error TakerPostOnly(address trader);
    /// @notice The price is worse than the limit that an order signs.
    error PriceOutsideLimit(uint256 price, uint256 limit);
    /// @notice A fill of nothing, or of more than 2^40 - 1 lots.
    error LotsOutOfRange(uint256 fill);
    /// @notice What the caller says of a batch is not what was locked.
    error WrongSeal(bytes32 marketId, uint256 seq);
    /// @notice The batch has ended: 1 released, 2 refunded.
    error BatchClosed(uint256 seq, uint256 outcome);
    /// @notice From the deadline on, release is refused.
    error ReleaseAfterDeadline(uint256 deadline, uint256 blockTime);
    /// @notice Before the deadline, refund is refused.
    error RefundBeforeDeadline(uint256 deadline, uint256 blockTime);
    /// @notice The fill is not at this index of the batch.
    error WrongFill(uint256 index);
    /// @notice The fill has left its batch already.
    error FillGone(uint256 seq, uint256 index);
    /// @notice The fill's amounts are in the account already.
    error FillFolded(uint256 seq);
    /// @notice Nothing to deposit or to withdraw.
    error ZeroAmount(address token);
    /// @notice There is no contract at the token's address.
    error TokenWithoutCode(address token);
    /// @notice The registry does not take new deposits of the token.
    error TokenNotListed(address token);
    /// @notice The token took the call but the vault's balance did not grow.
    error NothingReceived(address token, uint256 amount);
    /// @notice The wallet has less than the call needs.
    error InsufficientBalance(address account, address token, uint256 available, uint256 required);
    /// @notice The deadline of a signed message has passed.
    error SignatureExpired(uint256 deadline, uint256 blockTime);
    /// @notice The message is not signed by whom it must be.
    error WrongSigner(address recovered, address expected);
    /// @notice The number of the message is used.
    error NonceUsed(address account, uint256 nonce);
    /// @notice There is no exit, or it is not ripe before `readyAt`.
    error ExitNotReady(uint256 readyAt, uint256 blockTime);
    /// @notice Nonces from higher to lower, across the two kinds, or more than the ring holds.
    error BadNonceRange(uint64 from, uint64 to);
    /// @notice Only the pauser may do this.
    error NotPauser(address caller);

    /// @notice Locks both legs of each fill of an ESCROW batch. Operator only. Layout of `data`: docs/contracts.md.
    function lock(bytes calldata data) external;

    /// @notice Locks and releases the fills of an ATOMIC batch at once. Operator only. Same layout as `lock`.
    function settle(bytes calldata data) external;

    /// @notice Each leg of the fills still in the batch goes to the other side, before the deadline. Who locked it, or
    /// the market's operator of today.
    function release(Seal calldata seal) external;

    /// @notice Each leg of the fills still in the batch goes back, from the deadline on. Anyone.
    function refund(Seal calldata seal) external;

    /// @notice Settles one fill by itself, by its merkle proof. Anyone: as its batch ended, if it has ended; else back,
    /// from the deadline on. The operator: to the other side, before the deadline.
    function closeFill(
        Seal calldata seal,
        Batch calldata batch,
        uint256 index,
        Fill calldata fill,
        bytes32[] calldata proof
    ) external;

    /// @notice Takes `amount` of `token` from the caller and credits his wallet with what really arrived.
    function deposit(address token, uint256 amount) external;

    /// @notice The same for another account's wallet; the caller pays.
    function depositFor(address owner, address token, uint256 amount) external;

    /// @notice `deposit` with an EIP-2612 permit, which anybody may have used before.
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;

    /// @notice `deposit` through Permit2's SignatureTransfer.
    function depositWithPermit2(
        address token,
        uint256 amount,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Wraps the native coin sent and credits it as the wrapped token.
    function depositNative() external payable;

    /// @notice Pays from the caller's wallet at once, with the operator's signature over `Withdrawal`.
    function withdraw(
        address token,
        uint256 amount,
        address to,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Moves tokens to the same account of the next vault, by signatures of account and operator over
    /// `Migration`; of the account alone when its exit is ripe.
    function migrate(
        address owner,
        address token,
        uint256 amount,
        address nextVault,
        uint256 nonce,
        uint256 deadline,
        bytes calldata ownerSignature,
        bytes calldata operatorSignature
    ) external;

    /// @notice Begins an exit of one token, for the caller's wallet and the accounts named.
    function requestExit(address token, bytes32[] calldata sideKeys) external;

    /// @notice Pays the caller's whole wallet in a token, a delay after `requestExit`.
    function withdrawExit(address token, address to) external;

    /// @notice The caller trades with the token again.
    function cancelExit(address token, bytes32[] calldata sideKeys) external;

    /// @notice Moves all free lots of an account, and of its lanes that have ended, to the owner's wallet. The owner or
    /// the operator.
    function gather(Lots calldata lots, uint256 side, address owner) external;

    /// @notice Moves lots from the caller's wallet to one of his accounts.
    function fund(Lots calldata lots, uint256 side, uint40 amount) external;

    /// @notice Ends the caller's orders of one side of a market with nonces from `from` to `to`, both of one kind.
    function cancelOrders(bytes32 sideKey, uint64 from, uint64 to) external;

    /// @notice Takes over from the registry what it says of a market, its operator and arbiter. Anyone.
    function refreshMarket(bytes32 marketId) external;

    /// @notice Takes over the registry's operator, who co-signs withdrawals. Anyone.
    function refreshOperator() external;

    /// @notice Stops new deposits and new locks of these markets, or lets them go on. Pauser only.
    function setPaused(bool paused, bytes32[] calldata marketIds) external;

    /// @notice Moves the fees of released batches to the operator's wallet. Anyone.
    function collectFees(Lots calldata lots, uint256[] calldata batches) external;

    /// @notice Moves what a referrer, or the operator of settled batches, earned to its wallet. Anyone.
    function collectEarned(Lots calldata lots, address account) external;

    /// @notice Raw storage words, for views.
    function slots(bytes32[] calldata places) external view returns (bytes32[] memory words);
}
