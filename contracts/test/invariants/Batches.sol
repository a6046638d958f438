// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {SealNumbers} from "../../contracts/SealNumbers.sol";
import {VM, Vm} from "./Cheats.sol";
import {Orders} from "./Orders.sol";

/// @title Batches as an operator makes them, who takes any order, any pair, any fee and any time he likes
abstract contract Batches is Orders {
    using SealNumbers for uint256;

    /// @notice What the vault took over from the registry for a market, by what was asked of it.
    struct Known {
        address operator;
        bool listed;
        bool paused;
        uint16 operatorCap;
        uint16 referrerCap;
    }

    struct Pair {
        uint256 buy;
        uint256 sell;
        uint40 base;
        bool buyerIsMaker;
        bool auction;
    }

    struct Draft {
        uint256 market;
        uint8 mode;
        Pair[] pairs;
        int16 makerFee;
        uint16 takerFee;
        uint16 referrerFee;
        uint40 auctionPrice;
        bool gathers;
    }

    Known[MARKETS] internal _known;
    uint256[] internal _openBatches;
    mapping(uint256 market => uint256 cell) private _nextCell;
    /// @dev Highest number of a market's batches.
    mapping(uint256 market => uint256 seq) internal _highest;

    /// @notice How often each thing was done, so that a test can tell that all of it was.
    mapping(bytes32 what => uint256 times) public done;

    function lockSmall(uint256 seed) external step(seed) {
        _lock(_draft(0, ESCROW, _pick(4) == 0));
    }

    function lockLarge(uint256 seed) external step(seed) {
        _lock(_draft(1, ESCROW, _pick(4) == 0));
    }

    function lockTurning(uint256 seed) external step(seed) {
        _lock(_draft(2, ESCROW, _pick(4) == 0));
    }

    /// @notice Orders that were used before, whatever became of them.
    function lockAgain(uint256 seed) external step(seed) {
        _lock(_draft(_pick(MARKETS), ESCROW, true));
    }

    function settle(uint256 seed) external step(seed) {
        Draft memory draft = _draft(_pick(MARKETS), ATOMIC, _pick(4) == 0);
        (bool locked, Vm.Log[] memory logs) = _submit(draft, abi.encodeCall(IEscrowVault.settle, (_data(draft, 0))));
        if (!locked) return;
        Fill[] memory fills = _fillsOf(draft, logs);
        for (uint256 i = 0; i < fills.length; ++i) {
            if (fills[i].skipped) continue;
            _lockFill(draft.market, fills[i]);
            _endFill(draft.market, fills[i], RELEASED, _known[draft.market].operator);
        }
        ++done["settle"];
    }

    /// @notice Who locked a batch releases it; refused from the deadline on.
    function release(uint256 seed) external step(seed) {
        if (_openBatches.length == 0) return;
        uint256 index = _pick(_openBatches.length);
        Batch memory batch = _batches[_openBatches[index]];
        bool timely = block.timestamp < batch.deadline;
        (bool ended,) = _call(batch.seal.operator, abi.encodeCall(IEscrowVault.release, (batch.seal)));
        _holds(timely || !ended, "OUTCOME: a batch was released after its deadline");
        _holds(!timely || ended, "OUTCOME: a batch was not released before its deadline");
        if (ended) _close(index, RELEASED);
    }

    /// @notice Anybody refunds a batch; refused before the deadline.
    function refund(uint256 seed) external step(seed) {
        if (_openBatches.length == 0) return;
        uint256 index = _pick(_openBatches.length);
        Batch memory batch = _batches[_openBatches[index]];
        bool late = block.timestamp >= batch.deadline;
        (bool ended,) = _call(owners[_pick(OWNERS)], abi.encodeCall(IEscrowVault.refund, (batch.seal)));
        _holds(late || !ended, "OUTCOME: a batch was refunded before its deadline");
        _holds(!late || ended, "EXIT: a batch was not refunded after its deadline");
        if (ended) _close(index, REFUNDED);
    }

    function _close(uint256 index, uint256 outcome) private {
        _endBatch(_openBatches[index], outcome);
        _openBatches[index] = _openBatches[_openBatches.length - 1];
        _openBatches.pop();
        ++done[outcome == RELEASED ? bytes32("release") : bytes32("refund")];
    }

    /// @notice One fill by itself: before the deadline by the operator only, to the other side; after it by anybody, back.
    function closeFill(uint256 seed) external step(seed) {
        if (_openBatches.length == 0) return;
        uint256 id = _openBatches[_pick(_openBatches.length)];
        uint256 index = _pick(_fills[id].length);
        Fill storage fill = _fills[id][index];
        if (fill.skipped || fill.gone) return;
        bool late = block.timestamp >= _batches[id].deadline;
        bool byOperator = _pick(2) == 0;
        address caller = byOperator ? _batches[id].seal.operator : owners[_pick(OWNERS)];
        (bool closed,) = _call(caller, _closing(id, index));
        _holds(closed == (late || byOperator), "OUTCOME: a fill closed that may not, or stayed that may");
        if (!closed) return;
        fill.gone = true;
        _endFill(_batches[id].market, fill, late ? REFUNDED : RELEASED, address(0));
        ++done["closeFill"];
    }

    /// @notice What has ended is ended again, in every way there is.
    function endAgain(uint256 seed) external step(seed) {
        if (_batches.length == 0) return;
        uint256 id = _pick(_batches.length);
        Batch memory batch = _batches[id];
        if (batch.outcome != OPEN) {
            (bool released,) = _call(batch.seal.operator, abi.encodeCall(IEscrowVault.release, (batch.seal)));
            (bool refunded,) = _call(batch.seal.operator, abi.encodeCall(IEscrowVault.refund, (batch.seal)));
            _holds(!released && !refunded, "OUTCOME: a batch ended twice");
        }
        uint256 index = _pick(_fills[id].length);
        Fill storage fill = _fills[id][index];
        if (fill.skipped) return;
        (bool closed,) = (fill.gone || batch.outcome != OPEN)
            ? _call(batch.seal.operator, _closing(id, index))
            : (false, bytes(""));
        // A fill of a batch that ended is brought by proof once, if its lanes could not tell how; that pays nothing new.
        _holds(!closed || !(fill.gone || fill.proven), "OUTCOME: a fill ended twice");
        if (closed) fill.proven = true;
        ++done["endAgain"];
    }

    function _closing(uint256 id, uint256 index) internal view returns (bytes memory) {
        Batch memory batch = _batches[id];
        IEscrowVault.Batch memory detail =
            IEscrowVault.Batch(_listings[batch.market].lots, _terms(batch.market, ESCROW), batch.root);
        return abi.encodeCall(
            IEscrowVault.closeFill, (batch.seal, detail, index, _leafOf(_fills[id][index]), _proof(id, index))
        );
    }

    function _draft(uint256 m, uint8 mode, bool again) private returns (Draft memory draft) {
        (draft.market, draft.mode) = (m, mode);
        draft.pairs = new Pair[](1 + _pick(3));
        for (uint256 i = 0; i < draft.pairs.length; ++i) {
            Pair memory pair = draft.pairs[i];
            uint256 buyer = _pick(OWNERS);
            uint256 seller = (buyer + 1 + _pick(OWNERS - 1)) % OWNERS;
            pair.base = uint40(1 + _pick(_listings[m].size));
            pair.buy = _anyOrder(m, mode, BUY, buyer, pair.base, again || _pick(4) == 0);
            pair.sell = _anyOrder(m, mode, SELL, seller, pair.base, again || _pick(4) == 0);
            (pair.buyerIsMaker, pair.auction) = (_pick(2) == 0, _pick(6) == 0);
            uint40 whole = _orders[pair.buy].quantity;
            // Beyond 40 bits of quote lots nothing is a fill.
            if (again && uint256(whole) * _orders[pair.buy].price < 1e12) pair.base = whole;
        }
        // Now and then beyond what somebody signed, or governance allows.
        draft.makerFee = _pick(16) == 0 ? int16(25) : [int16(-3), int16(0), int16(5)][_pick(3)];
        draft.takerFee = _pick(16) == 0 ? 40 : uint16(5 + _pick(16));
        draft.referrerFee = _pick(16) == 0 ? 16 : uint16(_pick(11));
        draft.auctionPrice = _listings[m].price;
        draft.gathers = _pick(3) == 0;
    }

    function _lock(Draft memory draft) private {
        uint256 m = draft.market;
        // Mostly in turn; sometimes cells are left out, which may delay money but never lose it.
        uint256 cell = _nextCell[m];
        (bool locked, Vm.Log[] memory logs) = _submit(draft, abi.encodeCall(IEscrowVault.lock, (_data(draft, cell))));
        if (!locked) return;
        _nextCell[m] = (cell + (_pick(6) == 0 ? 1 + _pick(20) : 1)) % 64;
        Fill[] memory fills = _fillsOf(draft, logs);
        (IEscrowVault.Seal memory seal, bytes32 root) = _lockedOf(logs);
        uint256 id = _batches.length;
        _batches.push(Batch(m, OPEN, block.timestamp + REFUND_DELAY, root, seal));
        _openBatches.push(id);
        uint256 referrerFees;
        for (uint256 i = 0; i < fills.length; ++i) {
            if (!fills[i].skipped) _lockFill(m, fills[i]);
            referrerFees += fills[i].referrerFee;
        }
        _holds(seal.numbers.deadline() == block.timestamp + REFUND_DELAY, "OUTCOME: not the deadline that was signed");
        _holds(seal.numbers.operatorFee() == _operatorFees(fills), "FEES: the operator's fees are not those of the fills");
        _holds(seal.numbers.referrerFee() == referrerFees, "FEES: the referrer's fees are not those of the fills");
        _findLanes(fills, root);
        for (uint256 i = 0; i < fills.length; ++i) {
            _fills[id].push(fills[i]);
        }
        if (seal.numbers.seq() > _highest[m]) _highest[m] = seal.numbers.seq();
        ++done["lock"];
    }

    /// @dev Sends a batch as the market's operator; now and then as somebody else.
    function _submit(Draft memory draft, bytes memory data) private returns (bool locked, Vm.Log[] memory logs) {
        Known memory known = _known[draft.market];
        bool stranger = _pick(16) == 0;
        address caller = stranger ? owners[_pick(OWNERS)] : known.operator;
        if (caller == operators[2]) return (false, logs);
        VM.recordLogs();
        bytes memory answer;
        (locked, answer) = _call(caller, data);
        logs = VM.getRecordedLogs();
        _holds(!locked || (!stranger && known.listed && !known.paused), "OUTCOME: a batch that nobody may lock");
        bool sound = _isSound(draft, known);
        _holds(!locked || sound, "FEES: fees above a cap, a price outside a limit, or a taker of POST_ONLY");
        bool empty = answer.length >= 4 && bytes4(answer) == IEscrowVault.EmptyBatch.selector;
        bool mayLock = sound && !stranger && known.listed && !known.paused;
        _holds(locked || empty || !mayLock, "OUTCOME: a sound batch was refused");
    }

    /// @dev R3: both sides inside their limits, fees inside all caps.
    function _isSound(Draft memory draft, Known memory known) private view returns (bool) {
        int256 makerFee = draft.makerFee;
        if (draft.takerFee > known.operatorCap || draft.referrerFee > known.referrerCap) return false;
        if (makerFee > int256(uint256(known.operatorCap))) return false;
        for (uint256 i = 0; i < draft.pairs.length; ++i) {
            Pair memory pair = draft.pairs[i];
            (Signed storage buy, Signed storage sell) = (_orders[pair.buy], _orders[pair.sell]);
            if (buy.owner == sell.owner) return false;
            uint256 price = _priceOf(draft, pair);
            if (price > buy.price || price < sell.price) return false;
            (Signed storage maker, Signed storage taker) = pair.buyerIsMaker ? (buy, sell) : (sell, buy);
            if (taker.flags & POST_ONLY != 0 || (pair.auction && maker.flags & POST_ONLY != 0)) return false;
            if (draft.takerFee > taker.operatorCap || draft.referrerFee > taker.referrerCap) return false;
            if (makerFee > int256(uint256(maker.operatorCap))) return false;
        }
        return true;
    }

    function _priceOf(Draft memory draft, Pair memory pair) private view returns (uint256) {
        if (pair.auction) return draft.auctionPrice;
        return pair.buyerIsMaker ? _orders[pair.buy].price : _orders[pair.sell].price;
    }

    /// @dev The fills of a batch that went through, counted against their orders.
    function _fillsOf(Draft memory draft, Vm.Log[] memory logs) private returns (Fill[] memory fills) {
        fills = new Fill[](draft.pairs.length);
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == IEscrowVault.FillSkipped.selector) {
                fills[uint256(logs[i].topics[1])].skipped = true;
            }
        }
        for (uint256 i = 0; i < fills.length; ++i) {
            if (fills[i].skipped) continue;
            Pair memory pair = draft.pairs[i];
            (fills[i].buyer, fills[i].seller) = (owners[_orders[pair.buy].owner], owners[_orders[pair.sell].owner]);
            fills[i].base = pair.base;
            uint256 price = _priceOf(draft, pair);
            _amounts(fills[i], price, pair.buyerIsMaker, draft.makerFee, draft.takerFee, draft.referrerFee);
            _count(pair.buy, pair.base);
            _count(pair.sell, pair.base);
        }
    }

    function _lockedOf(Vm.Log[] memory logs) private returns (IEscrowVault.Seal memory seal, bytes32 root) {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == IEscrowVault.Locked.selector) {
                return abi.decode(logs[i].data, (IEscrowVault.Seal, bytes32));
            }
        }
        _holds(false, "OUTCOME: a batch locked without saying so");
    }

    function _operatorFees(Fill[] memory fills) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < fills.length; ++i) {
            sum += uint256(fills[i].pay) - fills[i].get - fills[i].referrerFee;
        }
    }

    function _data(Draft memory draft, uint256 cell) private view returns (bytes memory) {
        bytes memory orders;
        bytes memory fills;
        bytes memory caps;
        bytes memory gathered;
        for (uint256 i = 0; i < draft.pairs.length; ++i) {
            Pair memory pair = draft.pairs[i];
            (Signed memory buy, Signed memory sell) = (_orders[pair.buy], _orders[pair.sell]);
            caps = abi.encodePacked(caps, buy.operatorCap, buy.referrerCap, sell.operatorCap, sell.referrerCap);
            orders = bytes.concat(orders, _packed(buy, 2 * i), _packed(sell, 2 * i + 1));
            uint8 how = (pair.buyerIsMaker ? 1 : 0) | (pair.auction ? 2 : 0);
            fills = abi.encodePacked(fills, uint16(2 * i), uint16(2 * i + 1), pair.base, how);
            if (draft.gathers) gathered = bytes.concat(gathered, _gathers(2 * i), _gathers(2 * i + 1));
        }
        uint256 count = draft.pairs.length;
        bytes memory counted = bytes.concat(bytes2(uint16(2 * count)), orders, bytes2(uint16(count)), fills);
        return bytes.concat(_header(draft, cell), caps, counted, gathered);
    }

    /// @dev All accounts of an order's owner.
    function _gathers(uint256 order) private view returns (bytes memory entries) {
        for (uint256 m = 0; m < MARKETS; ++m) {
            IEscrowVault.Lots memory lots = _listings[m].lots;
            bytes memory market = abi.encodePacked(lots.base, lots.quote, lots.baseLot, lots.quoteLot);
            entries = abi.encodePacked(entries, uint16(order), BUY, market, uint16(order), SELL, market);
        }
    }

    function _header(Draft memory draft, uint256 cell) private view returns (bytes memory) {
        IEscrowVault.Lots memory lots = _listings[draft.market].lots;
        IEscrowVault.Terms memory terms = _terms(draft.market, draft.mode);
        bytes memory market =
            abi.encodePacked(lots.base, lots.quote, lots.baseLot, lots.quoteLot, lots.baseLot, uint8(cell));
        bytes memory agreed = abi.encodePacked(
            terms.arbiterId,
            terms.paymentWindow,
            terms.refundDelay,
            terms.disputeBound,
            terms.fallbackArbiter,
            terms.fallbackToBuyer,
            terms.buyerBond,
            terms.sellerBond
        );
        return bytes.concat(
            market,
            agreed,
            abi.encodePacked(draft.makerFee, draft.takerFee, draft.referrerFee, referrer, draft.auctionPrice),
            bytes1(uint8(2 * draft.pairs.length))
        );
    }

    function _leafOf(Fill memory fill) internal pure returns (IEscrowVault.Fill memory) {
        return IEscrowVault.Fill(
            fill.buyer, fill.seller, fill.base, fill.pay, fill.get, fill.referrerFee, fill.laned
        );
    }

    function _leafHash(Fill memory f) private pure returns (bytes32) {
        if (f.skipped) return 0;
        return keccak256(abi.encodePacked(f.buyer, f.seller, f.base, f.pay, f.get, f.referrerFee, f.laned));
    }

    /// @dev Which lanes hold which fills: only the root says.
    function _findLanes(Fill[] memory fills, bytes32 root) private {
        for (uint256 bits = 4 ** fills.length; bits > 0; --bits) {
            for (uint256 i = 0; i < fills.length; ++i) {
                fills[i].laned = uint8(((bits - 1) >> (2 * i)) & 3);
            }
            if (_rootOf(fills) == root) return;
        }
        _holds(false, "OUTCOME: no fills hash to the root");
    }

    /// @dev Batches here have three fills at most; an odd last node moves up as it is.
    function _rootOf(Fill[] memory fills) private pure returns (bytes32 root) {
        root = _leafHash(fills[0]);
        if (fills.length > 1) root = keccak256(bytes.concat(root, _leafHash(fills[1])));
        if (fills.length > 2) root = keccak256(bytes.concat(root, _leafHash(fills[2])));
    }

    function _proof(uint256 id, uint256 index) internal view returns (bytes32[] memory proof) {
        Fill[] memory fills = _fills[id];
        if (fills.length == 1) return proof;
        if (index == 2) {
            proof = new bytes32[](1);
            proof[0] = keccak256(bytes.concat(_leafHash(fills[0]), _leafHash(fills[1])));
            return proof;
        }
        proof = new bytes32[](fills.length - 1);
        proof[0] = _leafHash(fills[index ^ 1]);
        if (fills.length == 3) proof[1] = _leafHash(fills[2]);
    }
}
