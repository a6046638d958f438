// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {AccountSlot} from "./AccountSlot.sol";
import {Gathering} from "./Gathering.sol";
import {IEscrowVault} from "./IEscrowVault.sol";
import {IVaultRegistry} from "./IVaultRegistry.sol";

/// @title The part of Permit2's SignatureTransfer that a deposit needs
interface IPermit2 {
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes calldata signature
    ) external;
}

/// @title A contract that wraps the chain's native coin one for one
interface IWrappedNative {
    function deposit() external payable;
    function withdraw(uint256 amount) external;
}

/// @title What the next vault offers to this one
interface IDepositFor {
    function depositFor(address owner, address token, uint256 amount) external;
}

/// @title Deposits, withdrawals, exits and housekeeping of the vault
/// @dev Delegate code, fixed by the vault's constructor; it runs in the vault's storage and holds nothing itself.
contract VaultTill is Gathering {
    using AccountSlot for uint256;
    using SafeERC20 for IERC20;

    bytes32 private constant WITHDRAWAL_TYPE =
        keccak256("Withdrawal(address account,address token,uint256 amount,address to,uint256 nonce,uint256 deadline)");
    bytes32 private constant MIGRATION_TYPE = keccak256(
        "Migration(address account,address token,uint256 amount,address nextVault,uint256 nonce,uint256 deadline)"
    );
    uint256 private constant RING_NONCE = 1 << 39;
    uint256 private constant RING = 256;
    uint256 private constant MARKET_PAUSED = 1 << 193;

    IVaultRegistry private immutable REGISTRY;
    IPermit2 private immutable PERMIT2;
    IWrappedNative private immutable WRAPPED;
    uint256 private immutable EXIT_DELAY;
    address private immutable CASES;

    modifier whenOpen(address token) {
        require(_gate >> 160 == 0, IEscrowVault.Paused());
        require(token.code.length != 0, IEscrowVault.TokenWithoutCode(token));
        require(REGISTRY.tokenListed(token), IEscrowVault.TokenNotListed(token));
        _;
    }

    /// @param registry what governance may change
    /// @param permit2 Permit2 of this chain; zero if there is none
    /// @param wrapped wrapped native coin of this chain; zero if there is none
    /// @param exitDelay the vault's
    /// @param cases code of escrows of one fill
    constructor(address registry, address permit2, address wrapped, uint256 exitDelay, address cases) {
        // Whoever disagrees with a change of governance must be out before it takes hold.
        uint256 governanceDelay = IVaultRegistry(registry).governanceDelay();
        require(governanceDelay > exitDelay, IEscrowVault.GovernanceTooFast(governanceDelay, exitDelay));
        REGISTRY = IVaultRegistry(registry);
        PERMIT2 = IPermit2(permit2);
        WRAPPED = IWrappedNative(wrapped);
        EXIT_DELAY = exitDelay;
        CASES = cases;
    }

    /// @dev The wrapping contract pays native coin out here; nobody else does.
    receive() external payable {
        require(msg.sender == address(WRAPPED), IEscrowVault.WrongSigner(msg.sender, address(WRAPPED)));
    }

    /// @dev Escrows of one fill have code of their own.
    fallback() external payable {
        address cases = CASES;
        assembly {
            // The free memory pointer is not needed: this never returns to Solidity.
            calldatacopy(0, 0, calldatasize())
            let done := delegatecall(gas(), cases, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch done
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }

    /// @notice Takes `amount` of `token` from the caller and credits his wallet with what really arrived.
    function deposit(address token, uint256 amount) external {
        _depositFrom(msg.sender, msg.sender, token, amount);
    }

    /// @notice The same for another account's wallet; the caller pays.
    function depositFor(address owner, address token, uint256 amount) external {
        _depositFrom(msg.sender, owner, token, amount);
    }

    /// @notice `deposit` with an EIP-2612 permit.
    /// @dev Anybody may have used the permit before, which leaves the allowance it gives: so its failure is no refusal,
    /// the transfer's is.
    function depositWithPermit(address token, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        try IERC20Permit(token).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _depositFrom(msg.sender, msg.sender, token, amount);
    }

    /// @notice `deposit` through Permit2's SignatureTransfer; the vault is the spender.
    function depositWithPermit2(
        address token,
        uint256 amount,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant whenOpen(token) {
        uint256 before = IERC20(token).balanceOf(address(this));
        PERMIT2.permitTransferFrom(
            IPermit2.PermitTransferFrom(IPermit2.TokenPermissions(token, amount), nonce, deadline),
            IPermit2.SignatureTransferDetails(address(this), amount),
            msg.sender,
            signature
        );
        _arrived(msg.sender, token, amount, before);
    }

    /// @notice Wraps the native coin sent and credits it to the caller's wallet as the wrapped token.
    function depositNative() external payable nonReentrant whenOpen(address(WRAPPED)) {
        require(msg.value != 0, IEscrowVault.ZeroAmount(address(WRAPPED)));
        uint256 before = IERC20(address(WRAPPED)).balanceOf(address(this));
        WRAPPED.deposit{value: msg.value}();
        _arrived(msg.sender, address(WRAPPED), msg.value, before);
    }

    function _depositFrom(address payer, address owner, address token, uint256 amount)
        private
        nonReentrant
        whenOpen(token)
    {
        require(amount != 0, IEscrowVault.ZeroAmount(token));
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(payer, address(this), amount);
        _arrived(owner, token, amount, before);
    }

    function _arrived(address owner, address token, uint256 amount, uint256 before) private {
        uint256 afterwards = IERC20(token).balanceOf(address(this));
        require(afterwards > before, IEscrowVault.NothingReceived(token, amount));
        _creditWallet(owner, token, afterwards - before);
        emit IEscrowVault.Deposited(owner, token, afterwards - before);
    }

    /// @notice Pays from the caller's wallet at once, with the operator's co-signature.
    /// @param to who is paid
    /// @param nonce any number not used before with this account
    /// @param deadline last second in which the co-signature holds
    /// @param signature the operator's, over `Withdrawal`; EIP-1271 if the operator is a contract
    function withdraw(
        address token,
        uint256 amount,
        address to,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external nonReentrant {
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(WITHDRAWAL_TYPE, msg.sender, token, amount, to, nonce, deadline))
        );
        _useMessage(msg.sender, nonce, deadline);
        _checkSigner(address(uint160(_gate)), digest, signature);
        _pay(msg.sender, token, amount, to);
    }

    /// @notice Moves an account's tokens to the next vault, to the same account there. Anyone may submit it.
    /// @param ownerSignature the account's, over `Migration`
    /// @param operatorSignature the operator's over the same; empty if the account's exit is ripe
    function migrate(
        address owner,
        address token,
        uint256 amount,
        address nextVault,
        uint256 nonce,
        uint256 deadline,
        bytes calldata ownerSignature,
        bytes calldata operatorSignature
    ) external nonReentrant {
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(MIGRATION_TYPE, owner, token, amount, nextVault, nonce, deadline))
        );
        _useMessage(owner, nonce, deadline);
        _checkSigner(owner, digest, ownerSignature);
        if (operatorSignature.length == 0) {
            _checkRipe(owner, token);
        } else {
            _checkSigner(address(uint160(_gate)), digest, operatorSignature);
        }
        _debitWallet(owner, token, amount);
        emit IEscrowVault.Withdrawn(owner, token, amount, nextVault);
        IERC20(token).forceApprove(nextVault, amount);
        IDepositFor(nextVault).depositFor(owner, token, amount);
        IERC20(token).forceApprove(nextVault, 0);
    }

    /// @notice Begins an exit of one token, which nobody can stop or delay.
    /// @param sideKeys the caller's accounts that hold the token: their lots no longer lock either
    function requestExit(address token, bytes32[] calldata sideKeys) external {
        uint256 slot = _wallets[msg.sender][token];
        if (slot >> 128 == 0) {
            _wallets[msg.sender][token] = (block.timestamp << 128) | (slot & WALLET_AMOUNT);
            emit IEscrowVault.ExitRequested(msg.sender, token, block.timestamp);
        }
        for (uint256 i = 0; i < sideKeys.length; ++i) {
            _accounts[sideKeys[i]][msg.sender] |= AccountSlot.EXITING;
        }
    }

    /// @notice Pays the caller's whole wallet in a token, a delay after `requestExit`. Needs no operator, and works in
    /// every state of the vault. `gather` the accounts before.
    function withdrawExit(address token, address to) external nonReentrant {
        _checkRipe(msg.sender, token);
        _pay(msg.sender, token, _wallets[msg.sender][token] & WALLET_AMOUNT, to);
    }

    /// @notice The caller trades with the token again.
    function cancelExit(address token, bytes32[] calldata sideKeys) external {
        _wallets[msg.sender][token] &= WALLET_AMOUNT;
        for (uint256 i = 0; i < sideKeys.length; ++i) {
            _accounts[sideKeys[i]][msg.sender] &= ~AccountSlot.EXITING;
        }
        emit IEscrowVault.ExitCancelled(msg.sender, token);
    }

    function _checkRipe(address owner, address token) private view {
        uint256 requestedAt = _wallets[owner][token] >> 128;
        bool ripe = requestedAt != 0 && block.timestamp >= requestedAt + EXIT_DELAY;
        uint256 readyAt = requestedAt == 0 ? type(uint256).max : requestedAt + EXIT_DELAY;
        require(ripe, IEscrowVault.ExitNotReady(readyAt, block.timestamp));
    }

    function _pay(address owner, address token, uint256 amount, address to) private {
        require(amount != 0, IEscrowVault.ZeroAmount(token));
        _debitWallet(owner, token, amount);
        emit IEscrowVault.Withdrawn(owner, token, amount, to);
        IERC20(token).safeTransfer(to, amount);
    }

    function _useMessage(address account, uint256 nonce, uint256 deadline) private {
        require(block.timestamp <= deadline, IEscrowVault.SignatureExpired(deadline, block.timestamp));
        uint256 bit = 1 << (nonce & 255);
        uint256 bits = _usedNonces[account][nonce >> 8];
        require(bits & bit == 0, IEscrowVault.NonceUsed(account, nonce));
        _usedNonces[account][nonce >> 8] = bits | bit;
    }

    function _checkSigner(address signer, bytes32 digest, bytes calldata signature) private view {
        require(_isSigned(signer, digest, signature), IEscrowVault.WrongSigner(address(0), signer));
    }

    /// @notice Moves all free lots of an account, and of its lanes that have ended, to the owner's wallet. The owner or
    /// the operator: it moves funds between places of one owner only.
    function gather(IEscrowVault.Lots calldata lots, uint256 side, address owner) external {
        bool may = msg.sender == owner || msg.sender == address(uint160(_gate));
        require(may, IEscrowVault.NotOperator(msg.sender));
        _gather(lots, side, owner);
    }

    /// @notice Moves lots from the caller's wallet to one of his accounts, so that locks there need not; not while an
    /// exit of the token runs.
    /// @dev The caller's alone: a wallet that somebody else could empty would fail its owner where he must have the leg
    /// in it by a time, as in `bindSwap`, and cost him his bond.
    function fund(IEscrowVault.Lots calldata lots, uint256 side, uint40 amount) external {
        (address token, uint256 lot) = side == BUY ? (lots.quote, lots.quoteLot) : (lots.base, lots.baseLot);
        require(_wallets[msg.sender][token] >> 128 == 0, IEscrowVault.ExitNotReady(0, block.timestamp));
        _debitWallet(msg.sender, token, amount * lot);
        uint256 location = _location(_sideKey(keccak256(abi.encode(lots)), side), msg.sender);
        uint256 slot = _load(location);
        require(slot.payFree() + amount <= AccountSlot.LOTS_MAX, IEscrowVault.LotsOutOfRange(amount));
        _store(location, slot + amount);
    }

    /// @notice Ends the caller's orders of one side of a market with nonces from `from` to `to`, both of one kind.
    /// @dev The one-batch kind: all below `to` that are not among the 27 highest end too. The other kind: at most 256
    /// cells are written; an order whose cell has a higher nonce has ended before.
    function cancelOrders(bytes32 sideKey, uint64 from, uint64 to) external {
        require(
            from <= to && to < 2 * RING_NONCE && (from >= RING_NONCE) == (to >= RING_NONCE),
            IEscrowVault.BadNonceRange(from, to)
        );
        uint256 location = _location(sideKey, msg.sender);
        if (from >= RING_NONCE) {
            _cancelRing(location, from, to);
        } else {
            require(to <= type(uint32).max, IEscrowVault.BadNonceRange(from, to));
            uint256 slot = _load(location);
            // One below the window is dead already, and its bit would lie in the field above.
            if (slot.isUnused(to)) slot = slot.use(to);
            for (uint256 i = 1; i < AccountSlot.USED_BITS && to - from >= i; ++i) {
                if (slot.isUnused(to - i)) slot = slot.use(to - i);
            }
            _store(location, slot);
        }
        emit IEscrowVault.OrdersCancelled(msg.sender, sideKey, from, to);
    }

    function _cancelRing(uint256 location, uint64 from, uint64 to) private {
        uint256 lowest = to - from >= RING ? to - RING + 1 : from;
        for (uint256 nonce = lowest; nonce <= to; ++nonce) {
            uint256 entry = _orders[location][nonce % RING];
            if (entry >> 216 > nonce) continue;
            // No order has the digest prefix zero, so none goes on under this nonce.
            _orders[location][nonce % RING] = (nonce << 216) | (((1 << 40) - 1) << 176);
        }
    }

    /// @notice Takes over from the registry what it says of a market, and its operator. Anyone; locked batches keep what
    /// they have. A market that is paused stays so.
    function refreshMarket(bytes32 marketId) external {
        (bool listed, uint32 arbiterId, address arbiter) = REGISTRY.market(marketId);
        address operator = REGISTRY.operator();
        if (_arbiters[arbiterId] == address(0) && arbiter != address(0)) {
            _arbiters[arbiterId] = arbiter;
            emit IEscrowVault.ArbiterRefreshed(arbiterId, arbiter);
        }
        (uint16 operatorCap, uint16 referrerCap) = REGISTRY.feeCaps(marketId);
        uint256 word = _markets[marketId] & MARKET_PAUSED;
        word |= (uint256(listed ? 1 : 0) << 192) | (uint256(arbiterId) << 160) | uint160(operator);
        word |= (uint256(operatorCap) << MARKET_OPERATOR_CAP) | (uint256(referrerCap) << MARKET_REFERRER_CAP);
        _markets[marketId] = word;
        emit IEscrowVault.MarketRefreshed(marketId, operator, arbiterId, listed);
        emit IEscrowVault.FeeCapsRefreshed(marketId, operatorCap, referrerCap);
    }

    /// @notice Takes over the registry's operator, who co-signs withdrawals. Anyone.
    function refreshOperator() external {
        address operator = REGISTRY.operator();
        _gate = (_gate & (1 << 160)) | uint160(operator);
        emit IEscrowVault.OperatorRefreshed(operator);
    }

    /// @notice Stops new deposits and new locks of these markets, or lets them go on. Pauser only. Nothing else heeds it.
    function setPaused(bool paused, bytes32[] calldata marketIds) external {
        require(msg.sender == REGISTRY.pauser(), IEscrowVault.NotPauser(msg.sender));
        _gate = (uint256(paused ? 1 : 0) << 160) | uint160(_gate);
        for (uint256 i = 0; i < marketIds.length; ++i) {
            uint256 slot = _markets[marketIds[i]];
            _markets[marketIds[i]] = paused ? slot | MARKET_PAUSED : slot & ~MARKET_PAUSED;
        }
        emit IEscrowVault.PauseChanged(paused, marketIds);
    }

    /// @notice Moves the fees of released batches to the operator's wallet. Anyone.
    /// @param batches one number for each word of outcomes to empty: see `OutcomeWords`
    function collectFees(IEscrowVault.Lots calldata lots, uint256[] calldata batches) external {
        bytes32 marketId = keccak256(abi.encode(lots));
        address operator = address(uint160(_gate));
        require(operator != address(0), IEscrowVault.NotOperator(operator));
        uint256 sum;
        for (uint256 i = 0; i < batches.length; ++i) {
            uint256 place = _outcomePlace(marketId, batches[i]);
            uint256 word = _load(place);
            sum += word >> 128;
            _store(place, uint128(word));
        }
        _creditFees(lots, marketId, operator, sum);
    }

    /// @notice Moves what an account earned as a referrer, or as the operator of settled batches, to its wallet. Anyone.
    function collectEarned(IEscrowVault.Lots calldata lots, address account) external {
        bytes32 marketId = keccak256(abi.encode(lots));
        uint256 sum = _earned[marketId][account];
        _earned[marketId][account] = 0;
        _creditFees(lots, marketId, account, sum);
    }

    function _creditFees(IEscrowVault.Lots calldata lots, bytes32 marketId, address account, uint256 sum) private {
        _creditWallet(account, lots.quote, sum * lots.quoteLot);
        emit IEscrowVault.FeesCollected(marketId, account, sum);
    }

    /// @notice Raw storage, for `VaultLens`.
    function slots(bytes32[] calldata places) external view returns (bytes32[] memory words) {
        words = new bytes32[](places.length);
        for (uint256 i = 0; i < places.length; ++i) {
            bytes32 place = places[i];
            bytes32 word;
            assembly ("memory-safe") {
                word := sload(place)
            }
            words[i] = word;
        }
    }
}
