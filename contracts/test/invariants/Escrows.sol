// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {IVaultCases} from "../../contracts/IVaultCases.sol";
import {IVaultSingles} from "../../contracts/IVaultSingles.sol";
import {SealNumbers} from "../../contracts/SealNumbers.sol";
import {Batches} from "./Batches.sol";

/// @title Fills that are escrows of their own, and every call about them by whoever may and whoever may not
/// @notice For each call the rules say whether it must succeed; the vault has to agree both ways.
abstract contract Escrows is Batches {
    using SealNumbers for uint256;

    uint256 internal constant LOCKED = 1;
    uint256 internal constant PAID = 2;
    uint256 internal constant DISPUTED = 3;
    uint256 internal constant ENDED = 4;
    uint256 internal constant RESERVED = 5;
    uint256 internal constant BONDS_HELD = 6;
    uint256 internal constant BONDS_DISPUTED = 7;

    uint256 internal constant ACTS = 14;
    bytes32 private constant OUTCOME_TYPE =
        keccak256("Outcome(bytes32 escrowId,uint16 quoteToBuyer,uint16 baseToBuyer)");
    bytes32 private constant SWAP_TYPE = keccak256(
        "SwapTerms(bytes32 fillId,bytes32 sha256Hash,bytes32 claimKey,bytes32 refundKey,uint64 tBtc,uint64 tEvm)"
    );

    /// @notice One call about an escrow: who, what, whether the rules allow it, and what it does.
    struct Act {
        address caller;
        bytes data;
        bool allowed;
        uint256 state;
        bool legs;
        bool bonds;
        uint16 quoteToBuyer;
        uint16 baseToBuyer;
        uint256 forfeits;
    }

    uint256[] internal _openCases;
    /// @notice How often each kind of call about an escrow did what it is for.
    mapping(uint256 kind => uint256 times) public acts;
    mapping(address account => uint256 key) private _keys;

    constructor() {
        for (uint256 i = 0; i < OWNERS; ++i) {
            _keys[owners[i]] = OWNER_KEY + i;
        }
    }

    /// @notice A party takes a fill out of its batch.
    function disputeFill(uint256 seed) external step(seed) {
        if (_openBatches.length == 0) return;
        uint256 id = _openBatches[_pick(_openBatches.length)];
        uint256 index = _pick(_fills[id].length);
        Fill storage fill = _fills[id][index];
        if (fill.skipped) return;
        IVaultCases.Escrow memory escrow = _escrowOf(id, fill, index);
        bool bySignature = _pick(2) == 0;
        bytes memory signature = bySignature ? _signDispute(fill.seller, escrow.origin) : bytes("");
        address caller = bySignature ? referrer : fill.buyer;
        bool allowed = !fill.gone && block.timestamp < escrow.deadline;
        (bool moved,) = _call(caller, _disputing(id, index, signature));
        _holds(moved == allowed, "OUTCOME: a dispute took a fill that it may not, or did not what it may");
        if (!moved) return;
        fill.gone = true;
        _open(escrow, _batches[id].market, DISPUTED, block.timestamp + DISPUTE_BOUND, 0);
        ++done["disputeFill"];
    }

    function _disputing(uint256 id, uint256 index, bytes memory signature) private view returns (bytes memory) {
        Batch memory batch = _batches[id];
        IEscrowVault.Batch memory detail =
            IEscrowVault.Batch(_listings[batch.market].lots, _terms(batch.market, ESCROW), batch.root);
        return abi.encodeCall(
            IVaultCases.disputeFill,
            (batch.seal, detail, index, _leafOf(_fills[id][index]), _proof(id, index), signature)
        );
    }

    function _escrowOf(uint256 id, Fill memory fill, uint256 index)
        private
        view
        returns (IVaultCases.Escrow memory escrow)
    {
        Batch memory batch = _batches[id];
        (escrow.mode, escrow.lots) = (ESCROW, _listings[batch.market].lots);
        escrow.terms = _terms(batch.market, ESCROW);
        (escrow.buyer, escrow.seller, escrow.base) = (fill.buyer, fill.seller, fill.base);
        (escrow.pay, escrow.get, escrow.referrerFee) = (fill.pay, fill.get, fill.referrerFee);
        (escrow.referrer, escrow.operator) = (referrer, batch.seal.operator);
        escrow.deadline = uint40(batch.deadline);
        escrow.origin = keccak256(abi.encode(batch.seal.marketId, batch.seal.numbers.seq(), index));
    }

    function lockP2P(uint256 seed) external step(seed) {
        _lockSingle(P2P, false);
    }

    function lockSwap(uint256 seed) external step(seed) {
        _lockSingle(SWAP, _pick(2) == 0);
    }

    /// @notice A one-leg fill as the operator sends it, and the escrow that it must become.
    struct OneLeg {
        uint256 market;
        uint8 mode;
        bool reserve;
        uint256 buy;
        uint256 sell;
        uint256 lots;
        bytes32 preimage;
        uint256 fromBuyer;
        uint256 fromSeller;
    }

    function _lockSingle(uint8 mode, bool reserve) private {
        OneLeg memory leg;
        (leg.market, leg.mode, leg.reserve) = (_pick(MARKETS), mode, reserve);
        leg.lots = 1 + _pick(_listings[leg.market].size);
        uint256 buyer = _pick(OWNERS);
        leg.buy = _anyOrder(leg.market, mode, BUY, buyer, leg.lots, _pick(3) == 0);
        buyer += 1 + _pick(OWNERS - 1);
        leg.sell = _anyOrder(leg.market, mode, SELL, buyer % OWNERS, leg.lots, _pick(3) == 0);
        if (_orders[leg.buy].owner == _orders[leg.sell].owner) return;
        leg.preimage = keccak256(abi.encode("preimage", steps));
        (IVaultCases.Escrow memory escrow, IVaultCases.Single memory single) = _single(leg);
        leg.fromBuyer = escrow.buyerBond * uint256(escrow.lots.baseLot);
        leg.fromSeller = (escrow.sellerBond + (reserve ? 0 : leg.lots)) * escrow.lots.baseLot;
        bool allowed = _mayOpen(leg, escrow);
        address operator = _known[leg.market].operator;
        (bool locked,) = _call(
            operator == operators[2] ? referrer : operator,
            reserve
                ? abi.encodeCall(IVaultSingles.reserveSwap, (single))
                : abi.encodeCall(IVaultCases.lockSingle, (single))
        );
        _holds(locked == allowed, "OUTCOME: a one-leg fill locked that may not, or did not that may");
        if (locked) _opened(leg, escrow);
    }

    function _opened(OneLeg memory leg, IVaultCases.Escrow memory escrow) private {
        _count(leg.buy, leg.lots);
        _count(leg.sell, leg.lots);
        _lockUp(escrow.buyer, escrow.lots.base, leg.fromBuyer);
        _lockUp(escrow.seller, escrow.lots.base, leg.fromSeller);
        _open(escrow, leg.market, leg.reserve ? RESERVED : LOCKED, 0, leg.preimage);
        ++done[leg.reserve ? bytes32("reserveSwap") : leg.mode == SWAP ? bytes32("lockSwap") : bytes32("lockP2P")];
    }

    function _mayOpen(OneLeg memory leg, IVaultCases.Escrow memory escrow) private returns (bool) {
        _gatherAll(escrow.buyer);
        _gatherAll(escrow.seller);
        Known storage known = _known[leg.market];
        if (!known.listed || known.paused || known.operator == operators[2]) return false;
        if (leg.reserve && escrow.sellerBond == 0) return false;
        if (!_mayLock(leg.buy, leg.lots) || !_mayLock(leg.sell, leg.lots) || !_mayMeet(leg.buy, leg.sell)) return false;
        return _wallet(escrow.buyer, escrow.lots.base) >= leg.fromBuyer
            && _wallet(escrow.seller, escrow.lots.base) >= leg.fromSeller;
    }

    /// @dev Whether an order takes `lots` more, and its owner is not leaving.
    function _mayLock(uint256 id, uint256 lots) private view returns (bool) {
        Signed storage order = _orders[id];
        if (order.cancelled || block.timestamp > order.expiry || order.filled + lots > order.quantity) return false;
        uint256 requestedAt = exitRequestedAt[owners[order.owner]][_listings[order.market].lots.base];
        return requestedAt == 0
            || (order.issued <= requestedAt && block.timestamp < requestedAt + EXIT_DELAY / 2);
    }

    /// @dev The buyer is the maker here.
    function _mayMeet(uint256 buy, uint256 sell) private view returns (bool) {
        return _orders[buy].price >= _orders[sell].price && _orders[sell].flags & POST_ONLY == 0;
    }

    function _single(OneLeg memory leg)
        private
        view
        returns (IVaultCases.Escrow memory escrow, IVaultCases.Single memory single)
    {
        (Signed storage buy, Signed storage sell) = (_orders[leg.buy], _orders[leg.sell]);
        (escrow.mode, escrow.lots) = (leg.mode, _listings[leg.market].lots);
        escrow.terms = _terms(leg.market, leg.mode);
        (escrow.buyer, escrow.seller) = (owners[buy.owner], owners[sell.owner]);
        (escrow.base, escrow.operator) = (uint40(leg.lots), _known[leg.market].operator);
        escrow.buyerBond = uint40(leg.lots * escrow.terms.buyerBond / UNIT);
        escrow.sellerBond = uint40(leg.lots * escrow.terms.sellerBond / UNIT);
        escrow.deadline = uint40(block.timestamp + (leg.reserve ? PAYMENT_WINDOW : REFUND_DELAY));
        escrow.origin = keccak256(abi.encode(buy.digest, sell.digest, sell.filled));
        (single.buy, single.sell) = (_typed(buy), _typed(sell));
        (single.buySignature, single.sellSignature) = (buy.signature, sell.signature);
        (single.lots, single.base, single.buyerIsMaker) = (escrow.lots, uint40(leg.lots), true);
        if (leg.mode != SWAP || leg.reserve) return (escrow, single);
        (single.swap, single.swapSignature) = _swapTerms(escrow, leg.preimage);
        (escrow.sha256Hash, escrow.deadline) = (single.swap.sha256Hash, uint40(single.swap.tEvm));
    }

    /// @dev R5, signed by the receiver of the other chain's coin.
    function _swapTerms(IVaultCases.Escrow memory escrow, bytes32 preimage)
        private
        view
        returns (IVaultCases.SwapTerms memory swap, bytes memory signature)
    {
        swap.fillId = escrow.origin;
        swap.sha256Hash = sha256(abi.encodePacked(preimage));
        swap.tEvm = uint64(block.timestamp + REFUND_DELAY / 2);
        signature = _sign(_keys[escrow.seller], _digest(keccak256(abi.encode(SWAP_TYPE, swap))));
    }

    function _open(IVaultCases.Escrow memory escrow, uint256 m, uint256 state, uint256 until, bytes32 preimage) private {
        _openCases.push(_cases.length);
        _cases.push(Case(escrow, m, state, until, preimage));
    }

    /// @notice Some calls about some escrows: mostly such as the rules allow, often such as they do not.
    function actOnEscrow(uint256 seed) external step(seed) {
        for (uint256 i = 0; i < 3; ++i) {
            if (_openCases.length != 0) _actOnOne();
        }
    }

    function _actOnOne() private {
        uint256 index = _pick(_openCases.length);
        Case storage c = _cases[_openCases[index]];
        uint256 kind = _pick(ACTS);
        Act memory act = _act(kind, c);
        for (uint256 i = 0; i < 20 && !act.allowed; ++i) {
            if (_pick(12) == 0) break;
            kind = _pick(ACTS);
            act = _act(kind, c);
        }
        _perform(c, act);
        if (act.allowed) ++acts[kind];
        if (c.state != ENDED) return;
        _openCases[index] = _openCases[_openCases.length - 1];
        _openCases.pop();
    }

    /// @notice Calls about an escrow that has ended.
    function actOnEnded(uint256 seed) external step(seed) {
        if (_cases.length == 0) return;
        Case storage c = _cases[_pick(_cases.length)];
        if (c.state != ENDED) return;
        Act memory act = _act(_pick(ACTS), c);
        _perform(c, act);
        ++done["actOnEnded"];
    }

    /// @dev A call that a party makes, and which the rules allow.
    function _performAs(address caller, uint256 kind, Case storage c) internal {
        Act memory act = _act(kind, c);
        act.caller = caller;
        // Some acts are somebody else's at random.
        if (kind == 8) act.allowed = true;
        _holds(act.allowed, "EXIT: an escrow that its party cannot end");
        _perform(c, act);
    }

    function _perform(Case storage c, Act memory act) private {
        (bool did,) = _call(act.caller, act.data);
        _holds(!did || act.allowed, "OUTCOME: a call about an escrow did what the rules forbid");
        _holds(did || !act.allowed, "OUTCOME: a call about an escrow was refused against the rules");
        if (!did || !act.allowed) return;
        if (act.state == DISPUTED || act.state == BONDS_DISPUTED || act.state == BONDS_HELD) {
            c.until = block.timestamp + DISPUTE_BOUND;
        }
        if (act.state == LOCKED) return _bound(c);
        c.state = act.state;
        if (act.legs) _endLegs(c, act.quoteToBuyer, act.baseToBuyer);
        if (act.bonds) _endBonds(c, act.forfeits);
    }

    /// @dev A reserved swap goes on as another escrow, with its leg and a hash.
    function _bound(Case storage c) private {
        IVaultCases.Escrow memory escrow = c.escrow;
        (IVaultCases.SwapTerms memory swap,) = _swapTerms(escrow, c.preimage);
        _lockUp(escrow.seller, escrow.lots.base, escrow.base * uint256(escrow.lots.baseLot));
        c.state = ENDED;
        (escrow.sha256Hash, escrow.deadline) = (swap.sha256Hash, uint40(swap.tEvm));
        _open(escrow, c.market, LOCKED, 0, c.preimage);
    }

    function _act(uint256 kind, Case storage c) private returns (Act memory act) {
        IVaultCases.Escrow memory e = c.escrow;
        act.caller = owners[_pick(OWNERS)];
        (act.state, act.legs, act.bonds) = (ENDED, kind < 6, kind < 7 || kind == 11);
        if (kind == 0 || kind == 1 || kind == 11) _judge(act, c, e, kind);
        else if (kind == 2 || kind == 12) _silent(act, c, e, kind);
        else if (kind == 3 || kind == 4) _together(act, c, e, kind == 4);
        else if (kind == 5) _redeem(act, c, e);
        else if (kind == 6) _lapse(act, c, e);
        else if (kind == 7) _markPaid(act, c, e);
        else if (kind == 8) _dispute(act, c, e);
        else if (kind == 9) _refund(act, c, e);
        else if (kind == 10) _bind(act, c, e);
        else _disputeBonds(act, c, e);
    }

    /// @dev `award`, `awardWithBonds` and `awardBonds`: the arbiter within the bound, the fallback arbiter as long again.
    function _judge(Act memory act, Case storage c, IVaultCases.Escrow memory e, uint256 kind) private {
        bool fallsBack = _pick(3) == 0;
        act.caller = fallsBack ? fallbackArbiter : arbiter;
        bool onTime = fallsBack
            ? block.timestamp > c.until && e.terms.fallbackArbiter != address(0)
                && block.timestamp <= c.until + DISPUTE_BOUND
            : block.timestamp <= c.until;
        act.allowed = onTime && c.state == (kind == 11 ? BONDS_DISPUTED : DISPUTED);
        (act.quoteToBuyer, act.baseToBuyer) = (uint16(_pick(UNIT + 1)), uint16(_pick(UNIT + 1)));
        if (kind != 0) act.forfeits = _pick(3);
        if (kind == 0) act.data = abi.encodeCall(IVaultCases.award, (e, act.quoteToBuyer, act.baseToBuyer));
        if (kind == 11) act.data = abi.encodeCall(IVaultSingles.awardBonds, (e, act.forfeits));
        if (kind == 1) {
            act.data =
                abi.encodeCall(IVaultSingles.awardWithBonds, (e, act.quoteToBuyer, act.baseToBuyer, act.forfeits));
        }
    }

    /// @dev `fallBack` and `returnBonds`: every arbiter stayed silent, or nobody asked one.
    function _silent(Act memory act, Case storage c, IVaultCases.Escrow memory e, uint256 kind) private view {
        uint256 until = c.until;
        if (e.terms.fallbackArbiter != address(0) && c.state != BONDS_HELD) until += DISPUTE_BOUND;
        bool silent = block.timestamp > until;
        (act.quoteToBuyer, act.baseToBuyer) = (FALLBACK_TO_BUYER, FALLBACK_TO_BUYER);
        if (kind == 2) {
            act.allowed = silent && c.state == DISPUTED;
            act.data = abi.encodeCall(IVaultCases.fallBack, (e));
            return;
        }
        (act.legs, act.bonds) = (false, true);
        act.allowed = silent && (c.state == BONDS_HELD || c.state == BONDS_DISPUTED);
        act.data = abi.encodeCall(IVaultSingles.returnBonds, (e));
    }

    /// @dev Two of the three keys; the arbiter's counts in a dispute only, and within its bound.
    function _together(Act memory act, Case storage c, IVaultCases.Escrow memory e, bool withArbiter) private {
        (act.quoteToBuyer, act.baseToBuyer) = (uint16(_pick(UNIT + 1)), uint16(_pick(UNIT + 1)));
        bytes32 digest = _digest(
            keccak256(abi.encode(OUTCOME_TYPE, keccak256(abi.encode(e)), act.quoteToBuyer, act.baseToBuyer))
        );
        bool open = c.state == LOCKED || c.state == PAID || c.state == DISPUTED;
        act.allowed = withArbiter ? c.state == DISPUTED && block.timestamp <= c.until : open;
        act.data = abi.encodeCall(
            IVaultCases.closeTogether,
            (
                e,
                act.quoteToBuyer,
                act.baseToBuyer,
                _sign(_keys[e.buyer], digest),
                withArbiter ? bytes("") : _sign(_keys[e.seller], digest),
                withArbiter ? _sign(ARBITER_KEY, digest) : bytes("")
            )
        );
    }

    function _redeem(Act memory act, Case storage c, IVaultCases.Escrow memory e) private {
        bool right = _pick(4) != 0;
        act.allowed = right && c.state == LOCKED && e.mode == SWAP && block.timestamp < e.deadline;
        act.baseToBuyer = uint16(UNIT);
        act.data = abi.encodeCall(IVaultCases.redeem, (e, right ? c.preimage : bytes32("wrong")));
    }

    function _lapse(Act memory act, Case storage c, IVaultCases.Escrow memory e) private view {
        act.allowed = c.state == RESERVED && block.timestamp >= e.deadline;
        act.forfeits = 2;
        act.data = abi.encodeCall(IVaultSingles.lapseSwap, (e));
    }

    function _markPaid(Act memory act, Case storage c, IVaultCases.Escrow memory e) private view {
        uint256 until = uint256(e.deadline) + PAYMENT_WINDOW - REFUND_DELAY;
        act.allowed = e.mode == P2P && c.state == LOCKED && block.timestamp < until;
        (act.caller, act.state) = (e.buyer, PAID);
        act.data = abi.encodeCall(IVaultCases.markPaid, (e, ""));
    }

    function _dispute(Act memory act, Case storage c, IVaultCases.Escrow memory e) private {
        bool timely = c.state == PAID || (c.state == LOCKED && block.timestamp < e.deadline);
        bool byParty = _pick(4) != 0;
        act.allowed = timely && byParty && e.mode != SWAP;
        (act.caller, act.state) = (byParty ? e.seller : referrer, DISPUTED);
        act.data = abi.encodeCall(IVaultCases.dispute, (e, ""));
    }

    /// @dev The leg goes back. Bonds of a swap wait for a dispute; of a P2P leg that nobody marked paid the buyer's is lost.
    function _refund(Act memory act, Case storage c, IVaultCases.Escrow memory e) internal view {
        act.allowed = c.state == LOCKED && block.timestamp >= e.deadline;
        (act.legs, act.quoteToBuyer) = (true, uint16(UNIT));
        bool wait = e.mode == SWAP && uint256(e.buyerBond) + e.sellerBond != 0;
        (act.state, act.bonds) = (wait ? BONDS_HELD : ENDED, !wait);
        act.forfeits = e.mode == P2P ? 1 : 0;
        act.data = abi.encodeCall(IVaultCases.refundEscrow, (e));
    }

    function _bind(Act memory act, Case storage c, IVaultCases.Escrow memory e) private {
        (IVaultCases.SwapTerms memory swap, bytes memory signature) = _swapTerms(e, c.preimage);
        _gatherAll(e.seller);
        uint256 requestedAt = exitRequestedAt[e.seller][e.lots.base];
        bool stays = requestedAt == 0 || block.timestamp < requestedAt + EXIT_DELAY / 2;
        bool enough = _wallet(e.seller, e.lots.base) >= e.base * uint256(e.lots.baseLot);
        act.allowed = c.state == RESERVED && block.timestamp < e.deadline && stays && enough;
        act.state = LOCKED;
        act.data = abi.encodeCall(IVaultSingles.bindSwap, (e, swap, signature));
    }

    function _disputeBonds(Act memory act, Case storage c, IVaultCases.Escrow memory e) private view {
        act.allowed = c.state == BONDS_HELD && block.timestamp <= c.until;
        (act.caller, act.state) = (e.buyer, BONDS_DISPUTED);
        act.data = abi.encodeCall(IVaultSingles.disputeBonds, (e, ""));
    }

    function _signDispute(address party, bytes32 what) private view returns (bytes memory) {
        bytes32 structHash = keccak256(abi.encode(keccak256("Dispute(bytes32 origin)"), what));
        return _sign(_keys[party], _digest(structHash));
    }

    /// @dev An owner moves all that is free to his wallet.
    function _gatherAll(address owner) internal {
        for (uint256 i = 0; i < 2 * MARKETS; ++i) {
            bytes memory data = abi.encodeCall(IEscrowVault.gather, (_listings[i / 2].lots, i % 2, owner));
            (bool gathered,) = _call(owner, data);
            _holds(gathered, "EXIT: an owner could not gather his accounts");
        }
    }

    /// @dev What the vault says it has in a wallet; only to know which calls must succeed, never how much is whose.
    function _wallet(address owner, address token) internal view returns (uint256 amount) {
        (amount,) = lens.wallet(vault, owner, token);
    }
}
