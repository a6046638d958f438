// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "./IEscrowVault.sol";

/// @title EIP-712 struct hashes of an order
/// @dev The field order of the type string binds: wallets, the node and this vault hash the same bytes.
library OrderTyping {
    bytes32 private constant MARKET_TYPE = keccak256("Market(address base,address quote,uint128 priceScale)");

    bytes32 private constant ORDER_TYPE = keccak256(
        "Order(address trader,uint8 mode,Market market,uint8 side,uint128 price,uint128 quantity,uint64 nonce,"
        "uint64 expiry,uint32 arbiterId,uint32 paymentWindow,uint32 refundDelay,uint32 disputeBound,"
        "uint16 operatorFeeCap,uint16 referrerFeeCap,uint8 flags)"
        "Market(address base,address quote,uint128 priceScale)"
    );

    /// @notice hashStruct of an order.
    /// @dev Every field is one word, so the concatenation in two parts is the encoding of the whole (and fits the
    /// stack).
    function hash(IEscrowVault.Order calldata order) internal pure returns (bytes32) {
        return keccak256(bytes.concat(_tradeWords(order), _termWords(order)));
    }

    /// @notice hashStruct of a market.
    function hash(IEscrowVault.Market calldata market) internal pure returns (bytes32) {
        return keccak256(abi.encode(MARKET_TYPE, market.base, market.quote, market.priceScale));
    }

    function _tradeWords(IEscrowVault.Order calldata order) private pure returns (bytes memory) {
        return abi.encode(
            ORDER_TYPE,
            order.trader,
            order.mode,
            hash(order.market),
            order.side,
            order.price,
            order.quantity,
            order.nonce,
            order.expiry
        );
    }

    function _termWords(IEscrowVault.Order calldata order) private pure returns (bytes memory) {
        return abi.encode(
            order.arbiterId,
            order.paymentWindow,
            order.refundDelay,
            order.disputeBound,
            order.operatorFeeCap,
            order.referrerFeeCap,
            order.flags
        );
    }
}
