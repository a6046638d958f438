// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @dev What all fills of a batch share, in memory, at `RUN`. The first thirteen words are those of
/// `IEscrowVault.Batch`: market id, terms hash and detail are hashes over parts of them.
struct Run {
    address base;
    address quote;
    uint256 baseLot;
    uint256 quoteLot;
    uint256 arbiterId;
    uint256 paymentWindow;
    uint256 refundDelay;
    uint256 disputeBound;
    address fallbackArbiter;
    uint256 fallbackToBuyer;
    uint256 buyerBond;
    uint256 sellerBond;
    bytes32 root;
    bytes32 marketId;
    uint256 seq;
    uint256 buyKey; // place of the mapping of the buyers' accounts
    uint256 sellKey;
    uint256 outcomes; // place of the mapping of the market's outcomes
    uint256 wordKey; // of `word`
    uint256 word; // of outcomes
    int256 makerFee;
    uint256 takerFee;
    uint256 referrerFee;
    uint256 auctionPrice;
    uint256 operatorFees;
    uint256 referrerFees;
    uint256 caps; // place of the caps in calldata
    uint256 capsCount;
    uint256 orders; // place of the orders in memory
    uint256 orderCount;
    uint256 leaves; // place of the leaves in memory
    uint256 skipped; // fills
    uint256 tail; // place in calldata of the next wallet signature
    uint256 priceUnit;
    uint256 sticky;
    uint256 shortages; // lots to take from the wallets for the fill: buyer's 40 | seller's 40
    uint256 usual; // 1 if fills may be run by `UsualFills`
    address referrer;
    uint256 cell; // place of the batch's cell
}

// Places in memory are fixed, for an addition to each access is a tenth of what a fill costs. `BatchRun` reserves them.
// An array of one element, the run: see `BatchRun`.
uint256 constant FRAME = 0xa0;
uint256 constant FRAME_RUN = 0xc0;
// The word before the run, where the market's type stands when its hash is made.
uint256 constant BEFORE_RUN = 0xe0;
uint256 constant RUN = 0x100;
uint256 constant RUN_BASE_LOT = 0x140;
uint256 constant RUN_QUOTE_LOT = 0x160;
uint256 constant RUN_TERMS = 0x180;
uint256 constant RUN_REFUND_DELAY = 0x1c0;
uint256 constant RUN_ROOT = 0x280;
uint256 constant RUN_MARKET_ID = 0x2a0;
uint256 constant RUN_SEQ = 0x2c0;
uint256 constant RUN_BUY_KEY = 0x2e0;
uint256 constant RUN_SELL_KEY = 0x300;
uint256 constant RUN_OUTCOMES = 0x320;
uint256 constant RUN_WORD_KEY = 0x340;
uint256 constant RUN_WORD = 0x360;
uint256 constant RUN_MAKER_FEE = 0x380;
uint256 constant RUN_TAKER_FEE = 0x3a0;
uint256 constant RUN_REFERRER_FEE = 0x3c0;
uint256 constant RUN_AUCTION_PRICE = 0x3e0;
uint256 constant RUN_OPERATOR_FEES = 0x400;
uint256 constant RUN_REFERRER_FEES = 0x420;
uint256 constant RUN_CAPS = 0x440;
uint256 constant RUN_CAPS_COUNT = 0x460;
uint256 constant RUN_ORDERS = 0x480;
uint256 constant RUN_ORDER_COUNT = 0x4a0;
uint256 constant RUN_LEAVES = 0x4c0;
uint256 constant RUN_SKIPPED = 0x4e0;
uint256 constant RUN_TAIL = 0x500;
uint256 constant RUN_PRICE_UNIT = 0x520;
uint256 constant RUN_STICKY = 0x540;
uint256 constant RUN_USUAL = 0x580;
uint256 constant RUN_REFERRER = 0x5a0;
uint256 constant RUN_CELL = 0x5c0;

// The struct hash of an order: its type and fields, those that all orders share set once.
uint256 constant ORDER = 0x5e0;
uint256 constant ORDER_MODE = 0x600;
uint256 constant ORDER_MARKET = 0x620;
uint256 constant ORDER_SIDE = 0x640;
uint256 constant ORDER_PRICE = 0x660;
uint256 constant ORDER_QUANTITY = 0x680;
uint256 constant ORDER_NONCE = 0x6a0;
uint256 constant ORDER_ISSUED = 0x6c0;
uint256 constant ORDER_EXPIRY = 0x6e0;
uint256 constant ORDER_TERMS = 0x700;
uint256 constant ORDER_OPERATOR_CAP = 0x720;
uint256 constant ORDER_REFERRER_CAP = 0x740;
uint256 constant ORDER_FLAGS = 0x760;
uint256 constant ORDER_WALLET = 0x780;
// Preimage of its digest: 0x1901, the domain's separator, the struct hash.
uint256 constant DIGEST = 0x7a0;
uint256 constant DIGEST_SEPARATOR = 0x7a2;
uint256 constant DIGEST_STRUCT = 0x7c2;
// What ecrecover takes.
uint256 constant RECOVER = 0x800;
uint256 constant RECOVER_V = 0x820;
uint256 constant RECOVER_R = 0x840;
uint256 constant RECOVER_S = 0x860;
uint256 constant FRAME_END = 0x880;

/// @dev Amounts of one fill: `pay` and `get` are quote lots of buyer and seller, `base` base lots.
struct Amounts {
    uint256 base;
    uint256 pay;
    uint256 get;
    uint256 referrer;
}

/// @title The fixed places of a batch in memory
library BatchRun {
    /// @dev Reserves them, before anything else takes memory. Memory that was never written is zero.
    function reserve() internal pure {
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        assert(free <= FRAME);
        assembly ("memory-safe") {
            mstore(0x40, FRAME_END)
        }
    }

    /// @dev The run for Solidity, as an array's only element: so it is neither copied nor cleared.
    function frame() internal pure returns (Run[] memory one) {
        assembly ("memory-safe") {
            mstore(FRAME, 1)
            mstore(FRAME_RUN, RUN)
            one := FRAME
        }
    }
}
