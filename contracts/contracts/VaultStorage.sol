// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {AccountSlot} from "./AccountSlot.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {OutcomeWords} from "./OutcomeWords.sol";
import {SealNumbers} from "./SealNumbers.sol";

/// @title What the vault and its fixed delegates keep in storage, and the moves of money they share
/// @dev The vault and its delegates inherit this contract first and declare no storage of their own: a delegate runs
/// in the vault's storage. See docs/adr/0012-vault-storage.md for why it looks like this.
abstract contract VaultStorage is EIP712, ReentrancyGuardTransient {
    using AccountSlot for uint256;
    using SealNumbers for uint256;

    uint256 internal constant OPEN = 0;
    uint256 internal constant RELEASED = 1;
    uint256 internal constant REFUNDED = 2;
    /// @dev Open, and at least one fill has left the batch.
    uint256 internal constant TORN = 3;

    uint256 internal constant BUY = 0;
    uint256 internal constant SELL = 1;

    /// @dev Batches of a market that are kept in the ring at a time.
    uint256 internal constant CELLS = 64;

    /// @dev Bit of a cell: the batch's root is needed for longer than its epoch.
    uint256 internal constant CELL_STICKY = 1 << 32;
    /// @dev Bit of a cell: an earlier batch of it is kept in `_overflow`, and may own the cell's word in `_departed`.
    uint256 internal constant CELL_SHARED = 1 << 33;
    uint256 internal constant CELL_SEQ = 0xffffffff;
    /// @dev Upper 192 bits of a cell: commitment of the batch. A collision takes 2^96 work.
    uint256 internal constant CELL_COMMITMENT = ~uint256(0) << 64;

    /// @dev Fills in one word of `_departed`; above the bits stand the sums of the fees that left with them.
    uint256 internal constant DEPARTED_FILLS = 128;

    uint256 internal constant WALLET_AMOUNT = type(uint128).max;

    /// @dev Where in a market's word the highest fees stand, basis points.
    uint256 internal constant MARKET_OPERATOR_CAP = 240;
    uint256 internal constant MARKET_REFERRER_CAP = 224;

    /// @dev Packed accounts, see `AccountSlot`.
    mapping(bytes32 sideKey => mapping(address owner => uint256 slot)) internal _accounts;
    /// @dev Lanes that an account could not keep in its slot, by epoch modulo 8.
    mapping(uint256 account => mapping(uint256 index => uint256 lane)) internal _lanes;
    /// @dev Orders that fill over many batches: nonce 40 | filled lots 40 | unused 80 | first 12
    /// bytes of the digest (whoever made two orders that share them would share his own budget).
    mapping(uint256 account => mapping(uint256 index => uint256 entry)) internal _orders;
    /// @dev Batches by number modulo 64: commitment 192 | unused 30 | shared 1 | sticky 1 | number 32.
    mapping(bytes32 marketId => mapping(uint256 cell => uint256 entry)) internal _cells;
    /// @dev Commitments of batches that are still needed when their cell is.
    mapping(bytes32 marketId => mapping(uint256 seq => uint256 commitment)) internal _overflow;
    /// @dev By `OutcomeWords`: fees earned, quote lots 128 | two bits for each of 64 batches.
    mapping(bytes32 marketId => mapping(uint256 key => uint256 word)) internal _outcomes;
    /// @dev Fills that left their batch: number of the batch 32 | operator's fees 48 | referrer's fees 48 | one bit for
    /// each of 128 fills. By cell << 16 | index / 128, or, if that word is another's, by number << 16 | index / 128.
    mapping(bytes32 marketId => mapping(uint256 key => uint256 word)) internal _departed;
    /// @dev Balance outside any market: second of the exit request 40 << 128 | base units 128.
    mapping(address owner => mapping(address token => uint256 slot)) internal _wallets;
    /// @dev Taken over from the registry: highest fee of the operator 16 | of a referrer 16 | unused 30 | paused 1 |
    /// listed 1 | arbiter id 32 | operator 160. All that a lock asks, in one slot.
    mapping(bytes32 marketId => uint256 slot) internal _markets;
    /// @dev Escrows of one fill: commitment 192 | until 40 | state 8.
    mapping(bytes32 escrowId => uint256 slot) internal _escrows;
    /// @dev Fees of referrers, and of operators from settled batches, quote lots.
    mapping(bytes32 marketId => mapping(address account => uint256 lots)) internal _earned;
    /// @dev Numbers of co-signed withdrawals and other one-time messages.
    mapping(address account => mapping(uint256 word => uint256 bits)) internal _usedNonces;
    /// @dev SHA-256 hashes that lock or locked a leg (R5: once per vault).
    mapping(bytes32 sha256Hash => bool used) internal _usedHashes;
    /// @dev Who holds an arbiter id; once set it stays, so that the id an order signs is a person.
    mapping(uint32 arbiterId => address arbiter) internal _arbiters;
    /// @dev Operator 160 who co-signs withdrawals | deposits stopped 1.
    uint256 internal _gate;

    constructor() EIP712("Quoin EscrowVault", "2") {}

    /// @dev Adds base units to a wallet.
    function _creditWallet(address owner, address token, uint256 amount) internal {
        if (amount == 0) return;
        uint256 slot = _wallets[owner][token];
        uint256 sum = (slot & WALLET_AMOUNT) + amount;
        require(sum <= WALLET_AMOUNT, IEscrowVault.InsufficientBalance(owner, token, WALLET_AMOUNT, sum));
        _wallets[owner][token] = slot + amount;
    }

    /// @dev Takes base units from a wallet.
    function _debitWallet(address owner, address token, uint256 amount) internal {
        uint256 slot = _wallets[owner][token];
        uint256 balance = slot & WALLET_AMOUNT;
        require(balance >= amount, IEscrowVault.InsufficientBalance(owner, token, balance, amount));
        unchecked {
            _wallets[owner][token] = slot - amount;
        }
    }

    /// @dev Whether a key or a contract wallet signed. The key first: an account that delegated its code (EIP-7702) has
    /// code, which may know nothing of signatures, and is a key's account still.
    function _isSigned(address signer, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        (address recovered, ECDSA.RecoverError fault,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (fault == ECDSA.RecoverError.NoError && recovered == signer) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }

    /// @dev Key of a market's side: accounts are kept by it.
    function _sideKey(bytes32 marketId, uint256 side) internal pure returns (bytes32 key) {
        assembly ("memory-safe") {
            mstore(0, marketId)
            mstore(32, side)
            key := keccak256(0, 64)
        }
    }

    /// @dev Storage location of a packed account: its name in `_lanes` and `_orders`.
    function _location(bytes32 sideKey, address owner) internal view returns (uint256 location) {
        mapping(address => uint256) storage accounts = _accounts[sideKey];
        assembly ("memory-safe") {
            mstore(0, owner)
            mstore(32, accounts.slot)
            location := keccak256(0, 64)
        }
    }

    function _load(uint256 location) internal view returns (uint256 slot) {
        assembly ("memory-safe") {
            slot := sload(location)
        }
    }

    function _store(uint256 location, uint256 slot) internal {
        assembly ("memory-safe") {
            sstore(location, slot)
        }
    }

    /// @dev Bits of the outcome of one batch.
    function _outcome(bytes32 marketId, uint256 seq) internal view returns (uint256) {
        return (_load(_outcomePlace(marketId, seq)) >> OutcomeWords.shiftOf(seq)) & 3;
    }

    /// @dev 1 or 2 if all batches from `first` to `last`, of one epoch, ended so; else 0.
    function _commonOutcome(uint256 word, uint256 first, uint256 last) internal pure returns (uint256) {
        unchecked {
            uint256 mask = (1 << (2 * (last - first + 1))) - 1;
            uint256 bits = (word >> OutcomeWords.shiftOf(first)) & mask;
            uint256 allReleased = 0x55555555 & mask;
            if (bits == allReleased) return RELEASED;
            if (bits == allReleased << 1) return REFUNDED;
            return OPEN;
        }
    }

    /// @dev The word of `_departed` for 128 fills of a batch, and its key. Numbers begin at 64, so that no number is a
    /// cell. A word of an earlier batch of the cell is void, unless that batch is kept elsewhere.
    function _departedWord(bytes32 marketId, uint256 seq, uint256 index)
        internal
        view
        returns (uint256 key, uint256 word)
    {
        key = ((seq % CELLS) << 16) | index;
        word = _departed[marketId][key];
        if (word >> 224 == seq) return (key, word);
        uint256 cell = _cells[marketId][seq % CELLS];
        if (cell & CELL_SEQ == seq && cell & CELL_SHARED == 0) return (key, seq << 224);
        key = (seq << 16) | index;
        word = _departed[marketId][key] | (seq << 224);
    }

    /// @dev Place of the word that holds a batch's outcome.
    function _outcomePlace(bytes32 marketId, uint256 seq) internal pure returns (uint256 place) {
        uint256 key = OutcomeWords.keyOf(seq);
        assembly ("memory-safe") {
            mstore(0, marketId)
            mstore(32, _outcomes.slot)
            mstore(32, keccak256(0, 64))
            mstore(0, key)
            place := keccak256(0, 64)
        }
    }

    /// @dev Refuses a seal that is not of a locked batch. By hand: the five words are hashed as they come. Words with
    /// dirt above an address are another seal.
    function _checkSeal(IEscrowVault.Seal calldata seal) internal view {
        uint256 seq = uint32(seal.numbers);
        uint256 kept;
        uint256 commitment;
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, seal, 160)
            commitment := keccak256(free, 160)
            mstore(0, mload(free)) // the market's id
            mstore(32, _cells.slot)
            mstore(32, keccak256(0, 64))
            mstore(0, and(seq, 63)) // CELLS
            kept := sload(keccak256(0, 64))
        }
        if (kept & CELL_SEQ != seq) kept = _overflow[seal.marketId][seq];
        // What both have in their upper 192 bits is the same; zero is no commitment.
        if ((kept ^ commitment) >> 64 != 0 || kept == 0) revert IEscrowVault.WrongSeal(seal.marketId, seq);
    }
}
