// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "./IEscrowVault.sol";

/// @title EIP-712 struct hashes of an order
/// @dev The field order of the type string binds: wallets, the node and this vault hash the same bytes.
library OrderTyping {
    bytes32 internal constant MARKET_TYPE = keccak256("Market(address base,address quote,uint128 priceScale)");

    bytes32 internal constant TERMS_TYPE = keccak256(
        "Terms(uint32 arbiterId,uint32 paymentWindow,uint32 refundDelay,uint32 disputeBound,address fallbackArbiter,"
        "uint16 fallbackToBuyer,uint16 buyerBond,uint16 sellerBond)"
    );

    bytes32 internal constant ORDER_TYPE = keccak256(
        "Order(uint8 mode,Market market,uint8 side,uint128 price,uint128 quantity,uint64 nonce,uint64 issued,"
        "uint64 expiry,Terms terms,uint16 operatorFeeCap,uint16 referrerFeeCap,uint8 flags,address wallet)"
        "Market(address base,address quote,uint128 priceScale)"
        "Terms(uint32 arbiterId,uint32 paymentWindow,uint32 refundDelay,uint32 disputeBound,address fallbackArbiter,"
        "uint16 fallbackToBuyer,uint16 buyerBond,uint16 sellerBond)"
    );

    /// @notice hashStruct of a market.
    function hash(IEscrowVault.Market memory market) internal pure returns (bytes32) {
        return keccak256(abi.encode(MARKET_TYPE, market));
    }

    /// @notice hashStruct of the terms that both sides of a fill share.
    function hash(IEscrowVault.Terms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS_TYPE, terms));
    }

    /// @notice hashStruct of an order.
    /// @dev Every field is one word, so the concatenation of two encodings is the encoding of the whole (and fits the
    /// stack).
    function hash(IEscrowVault.Order memory order) internal pure returns (bytes32) {
        bytes memory trade = abi.encode(
            ORDER_TYPE, order.mode, hash(order.market), order.side, order.price, order.quantity, order.nonce
        );
        bytes memory limits = abi.encode(
            order.issued,
            order.expiry,
            hash(order.terms),
            order.operatorFeeCap,
            order.referrerFeeCap,
            order.flags,
            order.wallet
        );
        return keccak256(bytes.concat(trade, limits));
    }
}
