// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {AccountSlot} from "./AccountSlot.sol";
import {FillProofs} from "./FillProofs.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultCases} from "./IVaultCases.sol";
import {OrderTyping} from "./OrderTyping.sol";
import {SealNumbers} from "./SealNumbers.sol";

/// @title Escrows of one fill: disputed fills of batches, P2P legs, hash-locked legs
/// @dev Delegate code, fixed by the vault's constructor; it runs in the vault's storage and holds nothing itself. An
/// escrow's id is the hash of all its terms; storage holds only how far it is.
contract VaultCases is IVaultCases, FillProofs {
    using AccountSlot for uint256;
    using SealNumbers for uint256;

    bytes32 private constant DISPUTE_TYPE = keccak256("Dispute(bytes32 origin)");
    bytes32 private constant PAID_TYPE = keccak256("Paid(bytes32 escrowId)");
    bytes32 private constant OUTCOME_TYPE =
        keccak256("Outcome(bytes32 escrowId,uint16 quoteToBuyer,uint16 baseToBuyer)");
    bytes32 private constant SWAP_TYPE = keccak256(
        "SwapTerms(bytes32 fillId,bytes32 sha256Hash,bytes32 claimKey,bytes32 refundKey,uint64 tBtc,uint64 tEvm)"
    );

    uint256 private constant NONE = 0;
    uint256 private constant LOCKED = 1;
    uint256 private constant PAID = 2;
    uint256 private constant DISPUTED = 3;
    uint256 private constant ENDED = 4;

    uint256 private constant UNIT = 10_000;
    uint8 private constant MODE_ESCROW = 1;
    uint8 private constant MODE_SWAP = 2;
    uint8 private constant MODE_P2P = 3;
    uint256 private constant RING_NONCE = 1 << 39;
    uint256 private constant REFUND_DELAY_MAX = 30 days;

    uint256 private immutable EXIT_DELAY;

    /// @param exitDelay the vault's
    constructor(uint256 exitDelay) {
        EXIT_DELAY = exitDelay;
    }

    /// @inheritdoc IVaultCases
    function disputeFill(
        IEscrowVault.Seal calldata seal,
        IEscrowVault.Batch calldata batch,
        uint256 index,
        IEscrowVault.Fill calldata fill,
        bytes32[] calldata proof,
        bytes calldata signature
    ) external {
        _checkFill(seal, batch, index, fill, proof);
        uint256 outcome = _outcome(seal.marketId, seal.numbers.seq());
        require(outcome == OPEN || outcome == TORN, IEscrowVault.BatchClosed(seal.numbers.seq(), outcome));
        Escrow memory escrow;
        escrow.mode = MODE_ESCROW;
        escrow.origin = keccak256(abi.encode(seal.marketId, seal.numbers.seq(), index));
        (escrow.lots, escrow.terms) = (batch.lots, batch.terms);
        (escrow.buyer, escrow.seller) = (fill.buyer, fill.seller);
        (escrow.base, escrow.pay, escrow.get) = (fill.base, fill.pay, fill.get);
        (escrow.referrerFee, escrow.referrer, escrow.operator) = (fill.referrerFee, seal.referrer, seal.operator);
        escrow.deadline = uint40(seal.numbers.deadline());
        _depart(seal, index, fill, false);
        _move(seal, batch, fill, MOVED);
        emit IEscrowVault.FillClosed(seal.marketId, uint32(seal.numbers), index, MOVED);
        bytes32 id = keccak256(abi.encode(escrow));
        emit EscrowOpened(id, escrow);
        _dispute(id, escrow, escrow.origin, signature);
    }

    /// @inheritdoc IVaultCases
    function dispute(Escrow calldata escrow, bytes calldata signature) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == LOCKED || state == PAID, WrongState(id, state));
        require(escrow.mode != MODE_SWAP, WrongMode(escrow.mode));
        _dispute(id, escrow, id, signature);
    }

    /// @dev A party freezes the escrow for as long as its order signs, and the arbiter's word begins to count (R4).
    function _dispute(bytes32 id, Escrow memory escrow, bytes32 what, bytes calldata signature) private {
        require(_escrows[id] >> 40 == PAID || block.timestamp < escrow.deadline, PastDeadline(id, escrow.deadline));
        bool byParty = msg.sender == escrow.buyer || msg.sender == escrow.seller;
        if (!byParty) {
            bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(DISPUTE_TYPE, what)));
            byParty = _isSigned(escrow.buyer, digest, signature) || _isSigned(escrow.seller, digest, signature);
        }
        require(byParty, IEscrowVault.WrongSigner(msg.sender, escrow.buyer));
        _checkArbiter(escrow);
        uint256 until = block.timestamp + escrow.terms.disputeBound;
        _escrows[id] = (DISPUTED << 40) | until;
        emit Disputed(id, until);
    }

    /// @dev An arbiter who is a party would have two of the three keys.
    function _checkArbiter(Escrow memory escrow) private view {
        address arbiter = _arbiters[escrow.terms.arbiterId];
        bool fit = arbiter != address(0) && arbiter != escrow.buyer && arbiter != escrow.seller;
        require(fit && escrow.terms.disputeBound != 0, NoArbiter(escrow.terms.arbiterId));
    }

    /// @inheritdoc IVaultCases
    function award(Escrow calldata escrow, uint16 quoteToBuyer, uint16 baseToBuyer) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == DISPUTED, WrongState(id, state));
        uint256 until = uint40(_escrows[id]);
        address judge = _arbiters[escrow.terms.arbiterId];
        if (block.timestamp > until) {
            judge = escrow.terms.fallbackArbiter;
            until += escrow.terms.disputeBound;
        }
        // The orders may name as fallback whoever turns out to be a party: then the signed split decides.
        bool fit = msg.sender == judge && judge != escrow.buyer && judge != escrow.seller;
        require(fit, IEscrowVault.WrongSigner(msg.sender, judge));
        require(block.timestamp <= until, PastDeadline(id, until));
        _end(id, escrow, quoteToBuyer, baseToBuyer);
    }

    /// @inheritdoc IVaultCases
    function fallBack(Escrow calldata escrow) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == DISPUTED, WrongState(id, state));
        uint256 until = uint40(_escrows[id]);
        if (escrow.terms.fallbackArbiter != address(0)) until += escrow.terms.disputeBound;
        require(block.timestamp > until, TooEarly(id, until));
        _end(id, escrow, escrow.terms.fallbackToBuyer, escrow.terms.fallbackToBuyer);
    }

    /// @inheritdoc IVaultCases
    function closeTogether(
        Escrow calldata escrow,
        uint16 quoteToBuyer,
        uint16 baseToBuyer,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature,
        bytes calldata arbiterSignature
    ) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state != NONE && state != ENDED, WrongState(id, state));
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(OUTCOME_TYPE, id, quoteToBuyer, baseToBuyer)));
        uint256 signers = _signed(escrow.buyer, digest, buyerSignature)
            + _signed(escrow.seller, digest, sellerSignature);
        // The arbiter's key counts only in a dispute, and only as long as the parties gave him.
        if (state == DISPUTED && block.timestamp <= uint40(_escrows[id])) {
            signers += _signed(_arbiters[escrow.terms.arbiterId], digest, arbiterSignature);
        }
        require(signers >= 2, TooFewSigners(id, signers));
        _end(id, escrow, quoteToBuyer, baseToBuyer);
    }

    function _signed(address signer, bytes32 digest, bytes calldata signature) private view returns (uint256) {
        if (signature.length == 0) return 0;
        require(_isSigned(signer, digest, signature), IEscrowVault.WrongSigner(address(0), signer));
        return 1;
    }

    /// @inheritdoc IVaultCases
    function markPaid(Escrow calldata escrow, bytes calldata signature) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(escrow.mode == MODE_P2P, WrongMode(escrow.mode));
        require(state == LOCKED, WrongState(id, state));
        require(block.timestamp < escrow.deadline, PastDeadline(id, escrow.deadline));
        if (msg.sender != escrow.buyer) {
            _signed(escrow.buyer, _hashTypedDataV4(keccak256(abi.encode(PAID_TYPE, id))), signature);
            require(signature.length != 0, IEscrowVault.WrongSigner(msg.sender, escrow.buyer));
        }
        _escrows[id] = PAID << 40;
        emit MarkedPaid(id);
    }

    /// @inheritdoc IVaultCases
    function redeem(Escrow calldata escrow, bytes32 preimage) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(escrow.mode == MODE_SWAP, WrongMode(escrow.mode));
        require(state == LOCKED, WrongState(id, state));
        require(block.timestamp < escrow.deadline, PastDeadline(id, escrow.deadline));
        bytes32 hash = sha256(bytes.concat(preimage));
        require(hash == escrow.sha256Hash, WrongPreimage(hash, escrow.sha256Hash));
        emit Redeemed(id, preimage);
        _end(id, escrow, 0, uint16(UNIT));
    }

    /// @inheritdoc IVaultCases
    function refundEscrow(Escrow calldata escrow) external {
        (bytes32 id, uint256 state) = _stateOf(escrow);
        require(state == LOCKED, WrongState(id, state));
        require(block.timestamp >= escrow.deadline, TooEarly(id, escrow.deadline));
        // P2P: the buyer did not pay in his window, so his bond is the seller's (R6).
        bool forfeits = escrow.mode == MODE_P2P && escrow.buyerBond != 0;
        _finish(id, escrow, UNIT, 0, forfeits ? escrow.seller : escrow.buyer);
    }

    /// @inheritdoc IVaultCases
    function lockSingle(Single calldata single) external returns (bytes32 id) {
        bytes32 marketId = keccak256(abi.encode(single.lots));
        uint256 market = _markets[marketId];
        require(msg.sender == address(uint160(market)), IEscrowVault.NotOperator(msg.sender));
        require(market >> 192 == 1, IEscrowVault.MarketNotListed(marketId));
        Escrow memory escrow;
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
        // Once marked paid a P2P leg ends by both parties or by a dispute: without a judge one party could hold it for ever.
        if (escrow.mode == MODE_SWAP) _bindSwap(single, escrow);
        else _checkArbiter(escrow);
        escrow.buyerBond = uint40(uint256(single.base) * escrow.terms.buyerBond / UNIT);
        escrow.sellerBond = uint40(uint256(single.base) * escrow.terms.sellerBond / UNIT);
        _takeBase(escrow.buyer, escrow, single.buy.issued, escrow.buyerBond);
        _takeBase(escrow.seller, escrow, single.sell.issued, uint256(single.base) + escrow.sellerBond);
        id = keccak256(abi.encode(escrow));
        require(_escrows[id] == 0, WrongState(id, LOCKED));
        _escrows[id] = LOCKED << 40;
        emit EscrowOpened(id, escrow);
    }

    /// @dev What the two orders of a one-leg fill must have in common, and with it.
    function _checkSingle(Single calldata single, uint256 arbiterId) private pure {
        (IEscrowVault.Order calldata buy, IEscrowVault.Order calldata sell) = (single.buy, single.sell);
        require(buy.mode == MODE_SWAP || buy.mode == MODE_P2P, WrongMode(buy.mode));
        require(sell.mode == buy.mode, WrongMode(sell.mode));
        require(buy.side == BUY && sell.side == SELL, IEscrowVault.WrongSide(buy.side == BUY ? 1 : 0));
        bytes32 terms = OrderTyping.hash(buy.terms);
        bool alike = terms == OrderTyping.hash(sell.terms)
            && OrderTyping.hash(buy.market) == OrderTyping.hash(sell.market);
        require(alike && buy.market.base == single.lots.base && buy.market.quote == single.lots.quote, TermsDiffer());
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
        Single calldata single,
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
        require(within, Overfilled(digest, order.quantity, sum));
        _orders[location][nonce & 255] = (nonce << 216) | (sum << 176) | prefix;
    }

    /// @dev R5: terms signed by the receiver of the other chain's coin, who made the secret; a hash is used once.
    function _bindSwap(Single calldata single, Escrow memory escrow) private {
        SwapTerms calldata swap = single.swap;
        require(swap.fillId == escrow.origin, WrongFillId(swap.fillId, escrow.origin));
        bool timely = swap.tEvm > block.timestamp && swap.tEvm <= escrow.deadline;
        require(timely, PastDeadline(escrow.origin, swap.tEvm));
        require(!_usedHashes[swap.sha256Hash], HashUsed(swap.sha256Hash));
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(SWAP_TYPE, swap)));
        require(_signed(escrow.seller, digest, single.swapSignature) == 1, IEscrowVault.BadSignature(0));
        _usedHashes[swap.sha256Hash] = true;
        escrow.sha256Hash = swap.sha256Hash;
        escrow.deadline = uint40(swap.tEvm);
    }

    /// @dev Takes base lots from a wallet for a leg or a bond, unless its owner is leaving (R8).
    function _takeBase(address owner, Escrow memory escrow, uint256 issued, uint256 lots) private {
        uint256 requestedAt = _wallets[owner][escrow.lots.base] >> 128;
        if (requestedAt != 0) {
            bool allowed = issued <= requestedAt && block.timestamp < requestedAt + EXIT_DELAY / 2;
            require(allowed, Exiting(owner, requestedAt));
        }
        _debitWallet(owner, escrow.lots.base, lots * escrow.lots.baseLot);
    }

    function _stateOf(Escrow calldata escrow) private view returns (bytes32 id, uint256 state) {
        id = keccak256(abi.encode(escrow));
        state = _escrows[id] >> 40;
    }

    /// @dev Ends an escrow with both bonds going home.
    function _end(bytes32 id, Escrow calldata escrow, uint256 quoteToBuyer, uint256 baseToBuyer) private {
        _finish(id, escrow, quoteToBuyer, baseToBuyer, escrow.buyer);
    }

    /// @dev Splits both legs; whatever is not the buyer's is the seller's. Fees are taken from the part of the quote leg
    /// that the seller gets, in proportion; what rounding leaves is the buyer's.
    function _finish(
        bytes32 id,
        Escrow calldata escrow,
        uint256 quoteToBuyer,
        uint256 baseToBuyer,
        address buyerBondTo
    ) private {
        require(quoteToBuyer <= UNIT && baseToBuyer <= UNIT, IEscrowVault.BadTerms());
        _escrows[id] = ENDED << 40;
        uint256 buyerBase = uint256(escrow.base) * baseToBuyer / UNIT;
        uint256 sellerBase = escrow.base - buyerBase;
        if (buyerBondTo == escrow.buyer) buyerBase += escrow.buyerBond;
        else sellerBase += escrow.buyerBond;
        sellerBase += escrow.sellerBond;
        _creditWallet(escrow.buyer, escrow.lots.base, buyerBase * escrow.lots.baseLot);
        _creditWallet(escrow.seller, escrow.lots.base, sellerBase * escrow.lots.baseLot);
        if (escrow.pay != 0) _splitQuote(escrow, quoteToBuyer);
        emit EscrowEnded(id, quoteToBuyer, baseToBuyer);
    }

    function _splitQuote(Escrow calldata escrow, uint256 quoteToBuyer) private {
        uint256 toSeller = UNIT - quoteToBuyer;
        uint256 get = escrow.get * toSeller / UNIT;
        uint256 referrer = escrow.referrerFee * toSeller / UNIT;
        uint256 operatorFee = (uint256(escrow.pay) - escrow.get - escrow.referrerFee) * toSeller / UNIT;
        uint256 back = escrow.pay - get - referrer - operatorFee;
        bytes32 marketId = keccak256(abi.encode(escrow.lots));
        _creditWallet(escrow.buyer, escrow.lots.quote, back * escrow.lots.quoteLot);
        _creditWallet(escrow.seller, escrow.lots.quote, get * escrow.lots.quoteLot);
        if (referrer != 0) _earned[marketId][escrow.referrer] += referrer;
        if (operatorFee != 0) _earned[marketId][escrow.operator] += operatorFee;
    }
}
