// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Where the fields of a packed batch begin
/// @notice Big-endian, without padding: header, caps, orders, fills, signatures of wallets,
/// accounts to gather. See docs/contracts.md.
library BatchData {
    uint256 internal constant BASE = 0;
    uint256 internal constant QUOTE = 20;
    uint256 internal constant BASE_LOT = 40;
    uint256 internal constant QUOTE_LOT = 56;
    uint256 internal constant PRICE_SCALE = 72;
    uint256 internal constant CELL = 88;
    uint256 internal constant ARBITER_ID = 89;
    uint256 internal constant PAYMENT_WINDOW = 93;
    uint256 internal constant REFUND_DELAY = 97;
    uint256 internal constant DISPUTE_BOUND = 101;
    uint256 internal constant FALLBACK_ARBITER = 105;
    uint256 internal constant FALLBACK_TO_BUYER = 125;
    uint256 internal constant BUYER_BOND = 127;
    uint256 internal constant SELLER_BOND = 129;
    uint256 internal constant MAKER_FEE = 131;
    uint256 internal constant TAKER_FEE = 133;
    uint256 internal constant REFERRER_FEE = 135;
    uint256 internal constant REFERRER = 137;
    uint256 internal constant AUCTION_PRICE = 157;
    uint256 internal constant CAPS_COUNT = 162;
    uint256 internal constant CAPS = 163;
    /// @dev Bytes of one entry of the optional last section.
    uint256 internal constant GATHER_SIZE = 75;
}
