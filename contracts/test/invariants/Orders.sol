// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {OrderTyping} from "../../contracts/OrderTyping.sol";
import {VM} from "./Cheats.sol";
import {Ledger} from "./Ledger.sol";

/// @title Orders of all owners: some fill in one batch, some rest and fill over many; old ones are sent again and again
abstract contract Orders is Ledger {
    uint256 internal constant HALF_OF_BITS = 1 << 255;
    uint8 internal constant POST_ONLY = 1;

    mapping(bytes32 account => uint32 nonce) private _nonces;
    /// @dev Orders of a market, mode and side, to be used again.
    mapping(bytes32 kind => uint256[] orders) private _known;

    uint256 private _entropy;

    /// @notice Calls so far.
    uint256 public steps;

    /// @dev The same choices from the same seed and past.
    modifier step(uint256 seed) {
        _entropy = uint256(keccak256(abi.encode(seed, ++steps)));
        _;
    }

    function _pick(uint256 below) internal returns (uint256) {
        _entropy = uint256(keccak256(abi.encode(_entropy)));
        return _entropy % below;
    }

    /// @dev A new order, or one signed before, whatever became of it.
    function _anyOrder(uint256 m, uint8 mode, uint8 side, uint256 owner, uint256 lots, bool again)
        internal
        returns (uint256 id)
    {
        uint256[] storage known = _known[keccak256(abi.encode(m, mode, side))];
        if (again && known.length != 0) {
            uint256 recent = known.length < 12 ? known.length : 12;
            return known[known.length - 1 - _pick(recent)];
        }
        id = _newOrder(m, mode, side, owner, lots);
        known.push(id);
    }

    function _newOrder(uint256 m, uint8 mode, uint8 side, uint256 owner, uint256 lots) private returns (uint256 id) {
        Signed memory order;
        (order.market, order.mode, order.side, order.owner) = (uint8(m), mode, side, uint8(owner));
        uint256 price = _listings[m].price;
        uint256 spread = price / 40 + 1;
        order.price = uint40(side == BUY ? price + _pick(spread) : price - _pick(spread));
        bool rests = mode == SWAP || mode == P2P || _pick(3) == 0;
        order.quantity = uint40(rests ? lots * (1 + _pick(4)) : lots);
        uint256 nonce = ++_nonces[keccak256(abi.encode(m, side, owner))];
        order.nonce = uint40(rests ? RING + nonce : nonce);
        order.issued = uint32(block.timestamp);
        order.expiry = uint32(block.timestamp + (_pick(8) == 0 ? 300 : 1_000_000));
        (order.operatorCap, order.referrerCap) = (uint16(20 + _pick(20)), uint16(10 + _pick(5)));
        order.flags = _pick(24) == 0 ? POST_ONLY : 0;
        order.digest = _digest(OrderTyping.hash(_typed(order)));
        order.signature = _sign(OWNER_KEY + owner, order.digest);
        _orders.push(order);
        return _orders.length - 1;
    }

    /// @dev The order in base units, as a wallet signs it. The price scale is the base lot, so a tick is a quote lot.
    function _typed(Signed memory order) internal view returns (IEscrowVault.Order memory typed) {
        IEscrowVault.Lots memory lots = _listings[order.market].lots;
        (typed.mode, typed.side, typed.nonce) = (order.mode, order.side, order.nonce);
        typed.market = IEscrowVault.Market(lots.base, lots.quote, lots.baseLot);
        typed.price = uint128(order.price * uint256(lots.quoteLot));
        typed.quantity = uint128(order.quantity * uint256(lots.baseLot));
        (typed.issued, typed.expiry) = (order.issued, order.expiry);
        typed.terms = _terms(order.market, order.mode);
        (typed.operatorFeeCap, typed.referrerFeeCap) = (order.operatorCap, order.referrerCap);
        typed.flags = order.flags;
    }

    /// @dev An order as a batch carries it; `caps` is the index of its fee caps.
    function _packed(Signed memory order, uint256 caps) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(
            uint8(order.side | (order.flags << 1) | (caps << 4)),
            order.price,
            order.quantity,
            order.nonce,
            order.issued,
            order.expiry
        );
        bytes memory signature = order.signature;
        bytes32 r;
        uint256 s;
        uint8 v;
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
        return abi.encodePacked(head, r, v == 28 ? s | HALF_OF_BITS : s);
    }

    /// @dev Counts a fill against an order, and whether it may be: R1, R8.
    function _count(uint256 id, uint256 lots) internal {
        Signed storage order = _orders[id];
        order.filled += lots;
        _holds(order.filled <= order.quantity, "FILLED: an order filled beyond what its owner signed");
        _holds(!order.cancelled, "FILLED: a cancelled order filled");
        _holds(block.timestamp <= order.expiry, "FILLED: an expired order filled");
        // Of a one-leg fill both sides pay base: a leg, or a bond.
        (address token,) = _paid(order.market, order.mode == SWAP || order.mode == P2P ? SELL : order.side);
        uint256 requestedAt = exitRequestedAt[owners[order.owner]][token];
        if (requestedAt == 0) return;
        bool mayLock = order.issued <= requestedAt && block.timestamp < requestedAt + EXIT_DELAY / 2;
        _holds(mayLock, "EXIT: an order filled against its owner's exit");
    }

    /// @dev Second of the exit request, by what the owner did; every request names all his accounts.
    mapping(address owner => mapping(address token => uint256 second)) public exitRequestedAt;

    /// @notice An owner ends one of his orders.
    function cancel(uint256 seed) external step(seed) {
        if (_orders.length == 0) return;
        uint256 recent = _orders.length < 24 ? _orders.length : 24;
        Signed storage order = _orders[_orders.length - 1 - _pick(recent)];
        if (order.cancelled) return;
        bytes32 key = _sideKey(order.market, order.side);
        bytes memory data = abi.encodeCall(IEscrowVault.cancelOrders, (key, order.nonce, order.nonce));
        (bool done,) = _call(owners[order.owner], data);
        _holds(done, "EXIT: an owner could not cancel his order");
        order.cancelled = true;
    }
}
