// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {AccountSlot} from "./AccountSlot.sol";
import {EscrowEnds} from "./EscrowEnds.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultCases} from "./IVaultCases.sol";
import {IVaultSingles} from "./IVaultSingles.sol";
import {OrderTyping} from "./OrderTyping.sol";

/// @title How one-leg fills begin, and who gets their bonds
/// @dev Delegate code, made by `VaultCases`; it runs in the vault's storage and holds nothing itself.
contract VaultSingles is IVaultSingles, EscrowEnds {
    bytes32 private constant SWAP_TYPE = keccak256(
        "SwapTerms(bytes32 fillId,bytes32 sha256Hash,bytes32 claimKey,bytes32 refundKey,uint64 tBtc,uint64 tEvm)"
    );
    uint256 private constant REFUND_DELAY_MAX = 30 days;

    uint256 private immutable EXIT_DELAY;

    /// @param exitDelay the vault's
    constructor(uint256 exitDelay) {
        EXIT_DELAY = exitDelay;
    }

    /// @notice See `IVaultCases`.
    function lockSingle(IVaultCases.Single calldata single) external returns (bytes32 id) {
        IVaultCases.Escrow memory escrow = _match(single);
        // Once marked paid a P2P leg ends by both parties or by a dispute: without a judge one party could hold it for ever.
        if (escrow.mode == MODE_SWAP) _bindSwap(single.swap, single.swapSignature, escrow);
        else _checkArbiter(escrow.buyer, escrow.seller, escrow.terms);
        _takeBase(escrow.buyer, escrow, single.buy.issued, escrow.buyerBond);
        _takeBase(escrow.seller, escrow, single.sell.issued, uint256(single.base) + escrow.sellerBond);
        return _open(escrow);
    }

    /// @inheritdoc IVaultSingles
    function reserveSwap(IVaultCases.Single calldata single) external returns (bytes32 id) {
        IVaultCases.Escrow memory escrow = _match(single);
        require(escrow.mode == MODE_SWAP, IVaultCases.WrongMode(escrow.mode));
        uint256 window = escrow.terms.paymentWindow;
        require(window != 0 && escrow.sellerBond != 0, IEscrowVault.BadTerms());
        escrow.deadline = uint40(block.timestamp + window);
        _takeBase(escrow.buyer, escrow, single.buy.issued, escrow.buyerBond);
        _takeBase(escrow.seller, escrow, single.sell.issued, escrow.sellerBond);
        id = keccak256(abi.encode(escrow));
        require(_escrows[id] == 0, IVaultCases.WrongState(id, RESERVED));
        _escrows[id] = RESERVED << 40;
        emit SwapReserved(id, escrow);
    }

    /// @inheritdoc IVaultSingles
    function bindSwap(
        IVaultCases.Escrow calldata reserved,
        IVaultCases.SwapTerms calldata swap,
        bytes calldata signature
    ) external returns (bytes32) {
        (bytes32 id, uint256 state) = _stateOf(reserved);
        require(state == RESERVED, IVaultCases.WrongState(id, state));
        require(block.timestamp < reserved.deadline, IVaultCases.PastDeadline(id, reserved.deadline));
        _escrows[id] = ENDED << 40;
        IVaultCases.Escrow memory escrow = reserved;
        escrow.deadline = uint40(block.timestamp + escrow.terms.refundDelay);
        _bindSwap(swap, signature, escrow);
        // The order was checked against an exit when the bonds were taken: it is older than one requested since.
        _takeBase(escrow.seller, escrow, 0, escrow.base);
        return _open(escrow);
    }

    /// @inheritdoc IVaultSingles
    function lapseSwap(IVaultCases.Escrow calldata reserved) external {
        (bytes32 id, uint256 state) = _stateOf(reserved);
        require(state == RESERVED, IVaultCases.WrongState(id, state));
        require(block.timestamp >= reserved.deadline, IVaultCases.TooEarly(id, reserved.deadline));
        _settleBonds(id, reserved, SELLER_FORFEITS);
    }

    /// @inheritdoc IVaultSingles
    function disputeBonds(IVaultCases.Escrow calldata escrow, bytes calldata signature) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == BONDS_HELD, IVaultCases.WrongState(id, state));
        uint256 until = uint40(_escrows[id]);
        require(block.timestamp <= until, IVaultCases.PastDeadline(id, until));
        _checkParty(escrow.buyer, escrow.seller, id, signature);
        _beginDispute(id, escrow.buyer, escrow.seller, escrow.terms, BONDS_DISPUTED);
    }

    /// @inheritdoc IVaultSingles
    function awardBonds(IVaultCases.Escrow calldata escrow, uint256 forfeits) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == BONDS_DISPUTED, IVaultCases.WrongState(id, state));
        require(forfeits <= SELLER_FORFEITS, BadForfeits(forfeits));
        _checkJudge(id, escrow);
        _settleBonds(id, escrow, forfeits);
    }

    /// @inheritdoc IVaultSingles
    function awardWithBonds(
        IVaultCases.Escrow calldata escrow,
        uint16 quoteToBuyer,
        uint16 baseToBuyer,
        uint256 forfeits
    ) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == DISPUTED, IVaultCases.WrongState(id, state));
        require(forfeits <= SELLER_FORFEITS, BadForfeits(forfeits));
        _checkJudge(id, escrow);
        _finish(id, escrow, quoteToBuyer, baseToBuyer, forfeits);
    }

    /// @inheritdoc IVaultSingles
    function returnBonds(IVaultCases.Escrow calldata escrow) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == BONDS_HELD || state == BONDS_DISPUTED, IVaultCases.WrongState(id, state));
        uint256 until = uint40(_escrows[id]);
        if (state == BONDS_DISPUTED && escrow.terms.fallbackArbiter != address(0)) until += escrow.terms.disputeBound;
        require(block.timestamp > until, IVaultCases.TooEarly(id, until));
        _settleBonds(id, escrow, 0);
    }

    /// @inheritdoc IVaultSingles
    function escrowState(bytes32 escrowId) external view returns (uint256 state, uint256 until) {
        uint256 word = _escrows[escrowId];
        return (word >> 40, uint40(word));
    }

    /// @inheritdoc IVaultSingles
    function arbiterOf(uint32 arbiterId) external view returns (address) {
        return _arbiters[arbiterId];
    }

    function _settleBonds(bytes32 id, IVaultCases.Escrow calldata escrow, uint256 forfeits) private {
        _escrows[id] = ENDED << 40;
        (uint256 toBuyer, uint256 toSeller) = _bonds(escrow, forfeits);
        _creditWallet(escrow.buyer, escrow.lots.base, toBuyer * escrow.lots.baseLot);
        _creditWallet(escrow.seller, escrow.lots.base, toSeller * escrow.lots.baseLot);
        emit BondsSettled(id, forfeits);
    }

    /// @dev Checks market, orders, signatures and amounts, counts the fill against both orders, and makes the escrow.
    function _match(IVaultCases.Single calldata single) private returns (IVaultCases.Escrow memory escrow) {
        bytes32 marketId = keccak256(abi.encode(single.lots));
        uint256 market = _markets[marketId];
        require(msg.sender == address(uint160(market)), IEscrowVault.NotOperator(msg.sender));
        require((market >> 192) & 3 == 1, IEscrowVault.MarketNotListed(marketId));
        (escrow.lots, escrow.terms, escrow.mode) = (single.lots, single.buy.terms, single.buy.mode);
        escrow.base = single.base;
        _checkSingle(single, uint32(market >> 160));
        bytes32 buyDigest = _hashTypedDataV4(OrderTyping.hash(single.buy));
        bytes32 sellDigest = _hashTypedDataV4(OrderTyping.hash(single.sell));
        escrow.buyer = _signerOf(single.buy, buyDigest, single.buySignature);
        escrow.seller = _signerOf(single.sell, sellDigest, single.sellSignature);
        require(escrow.buyer != escrow.seller, IEscrowVault.SelfTrade(escrow.buyer));
        _fillOrder(single, single.buy, marketId, BUY, escrow.buyer, buyDigest);
        uint256 filled = _fillOrder(single, single.sell, marketId, SELL, escrow.seller, sellDigest);
        escrow.origin = keccak256(abi.encode(buyDigest, sellDigest, filled));
        escrow.deadline = uint40(block.timestamp + escrow.terms.refundDelay);
        escrow.operator = msg.sender;
        escrow.buyerBond = uint40(uint256(single.base) * escrow.terms.buyerBond / UNIT);
        escrow.sellerBond = uint40(uint256(single.base) * escrow.terms.sellerBond / UNIT);
    }

    function _open(IVaultCases.Escrow memory escrow) private returns (bytes32 id) {
        id = keccak256(abi.encode(escrow));
        require(_escrows[id] == 0, IVaultCases.WrongState(id, LOCKED));
        _escrows[id] = LOCKED << 40;
        emit IVaultCases.EscrowOpened(id, escrow);
    }

    /// @dev What the two orders of a one-leg fill must have in common, and with it.
    function _checkSingle(IVaultCases.Single calldata single, uint256 arbiterId) private pure {
        (IEscrowVault.Order calldata buy, IEscrowVault.Order calldata sell) = (single.buy, single.sell);
        require(buy.mode == MODE_SWAP || buy.mode == MODE_P2P, IVaultCases.WrongMode(buy.mode));
        require(sell.mode == buy.mode, IVaultCases.WrongMode(sell.mode));
        require(buy.side == BUY && sell.side == SELL, IEscrowVault.WrongSide(buy.side == BUY ? 1 : 0));
        bytes32 terms = OrderTyping.hash(buy.terms);
        bool alike = terms == OrderTyping.hash(sell.terms)
            && OrderTyping.hash(buy.market) == OrderTyping.hash(sell.market);
        require(alike && buy.market.base == single.lots.base && buy.market.quote == single.lots.quote, IVaultCases.TermsDiffer());
        require(
            buy.terms.arbiterId == arbiterId, IEscrowVault.ArbiterMismatch(buy.terms.arbiterId, arbiterId)
        );
        bool sane = buy.terms.fallbackToBuyer <= UNIT && buy.terms.buyerBond <= UNIT && buy.terms.sellerBond <= UNIT;
        require(sane, IEscrowVault.BadTerms());
        uint256 delay = buy.terms.refundDelay;
        bool bounded = delay != 0 && delay <= REFUND_DELAY_MAX;
        require(bounded, IEscrowVault.RefundDelayOutOfRange(delay, REFUND_DELAY_MAX));
        IEscrowVault.Order calldata taker = single.buyerIsMaker ? sell : buy;
        require(taker.flags & 1 == 0, IEscrowVault.TakerPostOnly(taker.wallet));
        uint256 price = single.buyerIsMaker ? buy.price : sell.price;
        bool inside = single.buyerIsMaker ? price >= sell.price : price <= buy.price;
        require(inside, IEscrowVault.PriceOutsideLimit(price, taker.price));
        require(single.base != 0, IEscrowVault.LotsOutOfRange(0));
        // A payment window that outlives the refund would be none (R7).
        require(buy.mode != MODE_P2P || buy.terms.paymentWindow <= delay, IEscrowVault.BadTerms());
    }

    function _signerOf(IEscrowVault.Order calldata order, bytes32 digest, bytes calldata signature)
        private
        view
        returns (address signer)
    {
        require(block.timestamp <= order.expiry, IEscrowVault.SignatureExpired(order.expiry, block.timestamp));
        if (order.wallet == address(0)) return ECDSA.recoverCalldata(digest, signature);
        bool valid = SignatureChecker.isValidERC1271SignatureNowCalldata(order.wallet, digest, signature);
        require(valid, IEscrowVault.WrongSigner(address(0), order.wallet));
        return order.wallet;
    }

    /// @dev Counts the fill against an order. One-leg orders have nonces of the ring.
    function _fillOrder(
        IVaultCases.Single calldata single,
        IEscrowVault.Order calldata order,
        bytes32 marketId,
        uint256 side,
        address owner,
        bytes32 digest
    ) private returns (uint256 filled) {
        uint256 nonce = order.nonce;
        require(nonce >> 39 == 1, IEscrowVault.BadNonceRange(order.nonce, order.nonce));
        uint256 location = _location(_sideKey(marketId, side), owner);
        uint256 entry = _orders[location][nonce & 255];
        uint256 prefix = uint256(digest) >> 160;
        if (entry >> 216 == nonce && uint96(entry) == prefix) filled = uint40(entry >> 176);
        else require(entry >> 216 < nonce, IEscrowVault.NonceUsed(owner, nonce));
        uint256 sum = filled + single.base;
        bool within = sum <= AccountSlot.LOTS_MAX && sum * single.lots.baseLot <= order.quantity;
        require(within, IVaultCases.Overfilled(digest, order.quantity, sum));
        _orders[location][nonce & 255] = (nonce << 216) | (sum << 176) | prefix;
    }

    /// @dev R5: terms signed by the receiver of the other chain's coin, who made the secret; a hash is used once.
    function _bindSwap(
        IVaultCases.SwapTerms calldata swap,
        bytes calldata signature,
        IVaultCases.Escrow memory escrow
    ) private {
        require(swap.fillId == escrow.origin, IVaultCases.WrongFillId(swap.fillId, escrow.origin));
        bool timely = swap.tEvm > block.timestamp && swap.tEvm <= escrow.deadline;
        require(timely, IVaultCases.PastDeadline(escrow.origin, swap.tEvm));
        require(!_usedHashes[swap.sha256Hash], IVaultCases.HashUsed(swap.sha256Hash));
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(SWAP_TYPE, swap)));
        require(_signed(escrow.seller, digest, signature) == 1, IEscrowVault.BadSignature(0));
        _usedHashes[swap.sha256Hash] = true;
        escrow.sha256Hash = swap.sha256Hash;
        escrow.deadline = uint40(swap.tEvm);
    }

    /// @dev Takes base lots from a wallet for a leg or a bond, unless its owner is leaving (R8).
    function _takeBase(address owner, IVaultCases.Escrow memory escrow, uint256 issued, uint256 lots) private {
        uint256 requestedAt = _wallets[owner][escrow.lots.base] >> 128;
        if (requestedAt != 0) {
            bool allowed = issued <= requestedAt && block.timestamp < requestedAt + EXIT_DELAY / 2;
            require(allowed, IVaultCases.Exiting(owner, requestedAt));
        }
        _debitWallet(owner, escrow.lots.base, lots * escrow.lots.baseLot);
    }
}
