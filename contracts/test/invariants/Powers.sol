// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {VM} from "./Cheats.sol";
import {Escrows} from "./Escrows.sol";
import {IRegistry, ITimelock} from "./VaultScene.sol";

/// @notice What the worst governance makes of the registry: it answers nobody.
contract MuteRegistry {
    fallback() external payable {
        revert("mute");
    }

    /// @dev The kind that an upgrade asks for.
    function proxiableUUID() external pure returns (bytes32) {
        return bytes32(uint256(keccak256("eip1967.proxy.implementation")) - 1);
    }
}

/// @title What owners do with their funds, and what pauser, operator and governance do to them
abstract contract Powers is Escrows {
    bytes32 private constant WITHDRAWAL_TYPE =
        keccak256("Withdrawal(address account,address token,uint256 amount,address to,uint256 nonce,uint256 deadline)");

    bytes[] private _proposals;
    uint256[] private _ripeAt;
    address private immutable _MUTE = address(new MuteRegistry());
    uint256 private _nextNonce;

    /// @dev Who co-signs, by what was asked of the vault.
    address internal _gateOperator;
    bool internal _depositsPaused;
    /// @dev Governance has made the registry mute.
    bool internal _mute;

    constructor() {
        _refreshAll();
        // Enough for some dozens of fills of each market.
        uint256[TOKENS] memory fortunes = [uint256(5e19), 1e19, 4e22];
        for (uint256 i = 0; i < OWNERS * TOKENS; ++i) {
            _deposit(owners[i / TOKENS], i % TOKENS, fortunes[i % TOKENS]);
        }
    }

    function deposit(uint256 seed) external step(seed) {
        uint256 token = _pick(TOKENS);
        _deposit(owners[_pick(OWNERS)], token, 1 + _pick([uint256(2e19), 4e18, 16e21][token]));
    }

    function _deposit(address owner, uint256 index, uint256 amount) private {
        address token = address(tokens[index]);
        tokens[index].mint(owner, amount);
        VM.prank(owner);
        tokens[index].approve(address(vault), amount);
        bool allowed = !_depositsPaused && !_mute && registry.tokenListed(token);
        (bool taken,) = _call(owner, abi.encodeCall(IEscrowVault.deposit, (token, amount)));
        _holds(taken == allowed, "SOLVENT: a deposit was taken that may not, or refused that may");
        if (taken) _arrived(owner, token, amount);
    }

    /// @notice Tokens sent without a deposit are nobody's.
    function donate(uint256 seed) external step(seed) {
        uint256 index = _pick(TOKENS);
        tokens[index].mint(address(vault), 1_000);
        donated[address(tokens[index])] += 1_000;
    }

    /// @notice An owner moves his own lots between wallet and accounts; the operator gathers for him.
    function moveOwn(uint256 seed) external step(seed) {
        address owner = owners[_pick(OWNERS)];
        (uint256 m, uint8 side) = (_pick(MARKETS), uint8(_pick(2)));
        if (_pick(2) == 0) {
            bool byOperator = _pick(2) == 0;
            bytes memory data = abi.encodeCall(IEscrowVault.gather, (_listings[m].lots, side, owner));
            (bool gathered,) = _call(byOperator ? _gateOperator : owner, data);
            _holds(gathered, "EXIT: an account was not gathered");
            ++done["gather"];
            return;
        }
        (address token, uint256 lot) = _paid(m, side);
        uint256 lots = _wallet(owner, token) / lot / (1 + _pick(3));
        uint256 most = 5e11;
        if (lots > most) lots = most;
        (bool funded,) =
            _call(owner, abi.encodeCall(IEscrowVault.fund, (_listings[m].lots, side, uint40(lots))));
        _holds(!funded || exitRequestedAt[owner][token] == 0, "EXIT: funds went into a market during an exit");
        if (funded) ++done["fund"];
    }

    /// @notice A withdrawal at once. The operator co-signs, or refuses, or somebody signs in his place.
    function withdraw(uint256 seed) external step(seed) {
        address owner = owners[_pick(OWNERS)];
        address token = address(tokens[_pick(TOKENS)]);
        uint256 amount = _wallet(owner, token) / (1 + _pick(20));
        uint256 nonce = _pick(4) == 0 && _nextNonce != 0 ? _pick(_nextNonce) : _nextNonce++;
        uint256 deadline = block.timestamp + 100;
        uint256 key = OPERATOR_KEY + _pick(2);
        bytes memory signature = _sign(
            key,
            _digest(keccak256(abi.encode(WITHDRAWAL_TYPE, owner, token, amount, owner, nonce, deadline)))
        );
        bool signed = VM.addr(key) == _gateOperator;
        bytes32 used = keccak256(abi.encode(owner, nonce));
        bool allowed = signed && amount != 0 && !_usedNonces[used];
        (bool paid,) = _paidOut(
            owner, token, abi.encodeCall(IEscrowVault.withdraw, (token, amount, owner, nonce, deadline, signature))
        );
        _holds(paid == allowed, "SOLVENT: a withdrawal went through that may not, or did not that may");
        if (!paid) return;
        _usedNonces[used] = true;
        ++done["withdraw"];
    }

    mapping(bytes32 message => bool used) private _usedNonces;

    /// @dev A call that pays an account; what it really got leaves the ledger.
    function _paidOut(address owner, address token, bytes memory data) internal returns (bool paid, uint256 amount) {
        uint256 before = TokenLike(token).balanceOf(owner);
        (paid,) = _call(owner, data);
        amount = TokenLike(token).balanceOf(owner) - before;
        _holds(paid || amount == 0, "SOLVENT: a call that failed paid");
        _left(owner, token, amount);
    }

    /// @notice An owner begins to leave, thinks better of it, or takes his money when his time has come.
    function exit(uint256 seed) external step(seed) {
        address owner = owners[_pick(OWNERS)];
        address token = address(tokens[_pick(TOKENS)]);
        uint256 requestedAt = exitRequestedAt[owner][token];
        uint256 choice = _pick(8);
        if (choice == 0 && requestedAt == 0) {
            (bool asked,) = _call(owner, abi.encodeCall(IEscrowVault.requestExit, (token, _sideKeys())));
            _holds(asked, "EXIT: a request was refused");
            exitRequestedAt[owner][token] = block.timestamp;
        } else if (choice < 4 && requestedAt != 0) {
            (bool cancelled,) = _call(owner, abi.encodeCall(IEscrowVault.cancelExit, (token, _sideKeys())));
            _holds(cancelled, "EXIT: an exit was not cancelled");
            // The flags of his accounts stand for every token; the rest of his exits ask for them again.
            exitRequestedAt[owner][token] = 0;
            for (uint256 i = 0; i < TOKENS; ++i) {
                if (exitRequestedAt[owner][address(tokens[i])] == 0) continue;
                _call(owner, abi.encodeCall(IEscrowVault.requestExit, (address(tokens[i]), _sideKeys())));
            }
        } else {
            _gatherAll(owner);
            bool ripe = requestedAt != 0 && block.timestamp >= requestedAt + EXIT_DELAY;
            bool rich = _wallet(owner, token) != 0;
            (bool paid,) = _paidOut(owner, token, abi.encodeCall(IEscrowVault.withdrawExit, (token, owner)));
            _holds(!paid || ripe, "EXIT: an exit was paid before its time");
            _holds(paid || !ripe || !rich, "EXIT: a ripe exit was refused");
            if (!paid) return;
            ++done["withdrawExit"];
            // Most come back: a vault without owners shows nothing.
            uint256 index = token == address(tokens[0]) ? 0 : token == address(tokens[1]) ? 1 : 2;
            if (_pick(4) != 0) _deposit(owner, index, [uint256(5e19), 1e19, 4e22][index]);
        }
    }

    /// @notice The pauser stops deposits and some markets, or lets them go on, as often as he likes.
    function pause(uint256 seed) external step(seed) {
        bool paused = _pick(4) == 0;
        bytes32[] memory ids = new bytes32[](paused ? _pick(MARKETS + 1) : MARKETS);
        for (uint256 i = 0; i < ids.length; ++i) {
            ids[i] = _listings[i].id;
        }
        address pauser = _mute ? referrer : registry.pauser();
        (bool did,) = _call(pauser, abi.encodeCall(IEscrowVault.setPaused, (paused, ids)));
        _holds(did == !_mute, "OUTCOME: the pauser was refused, or a stranger was not");
        if (!did) return;
        _depositsPaused = paused;
        for (uint256 i = 0; i < ids.length; ++i) {
            _known[i].paused = paused;
        }
        ++done["pause"];
    }

    /// @notice Governance proposes one thing or another; the timelock lets it wait.
    function propose(uint256 seed) external step(seed) {
        uint256 m = _pick(MARKETS);
        uint256 kind = _pick(16);
        bytes memory data;
        if (kind < 3) data = abi.encodeCall(IRegistry.setOperator, (operators[_pick(12) == 0 ? 2 : _pick(2)]));
        else if (kind < 5) data = abi.encodeCall(IRegistry.setPauser, (address(uint160(0xa0 + _pick(3)))));
        else if (kind < 7) data = abi.encodeCall(IRegistry.setToken, (address(tokens[m]), _pick(8) != 0));
        else if (kind < 9) data = abi.encodeCall(IRegistry.setMarket, (_listings[m].lots, ARBITER_ID, _pick(8) != 0));
        else if (kind < 12) data = _feeCaps(m);
        else if (kind < 14) data = abi.encodeCall(IRegistry.setArbiter, (uint32(_pick(9)), operators[2]));
        else if (_pick(40) == 0) data = abi.encodeCall(IRegistry.upgradeToAndCall, (_MUTE, ""));
        else return;
        _proposals.push(data);
        _ripeAt.push(block.timestamp + GOVERNANCE_DELAY);
        bytes32 salt = bytes32(_proposals.length);
        VM.prank(proposer);
        timelock.schedule(address(registry), 0, data, 0, salt, GOVERNANCE_DELAY);
    }

    function _feeCaps(uint256 m) private returns (bytes memory) {
        uint16 cap = [uint16(0), uint16(15), uint16(50), uint16(100)][_pick(4)];
        return abi.encodeCall(IRegistry.setFeeCaps, (_listings[m].id, cap, cap));
    }

    /// @dev As if governance had waited for it.
    function _becomeMute() internal {
        VM.prank(address(timelock));
        registry.upgradeToAndCall(_MUTE, "");
        _mute = true;
    }

    /// @notice Somebody carries out what has waited long enough, and tries what has not.
    function execute(uint256 seed) external step(seed) {
        if (_proposals.length == 0) return;
        uint256 index = _pick(_proposals.length);
        bytes memory data = _proposals[index];
        bytes memory call =
            abi.encodeCall(ITimelock.execute, (address(registry), 0, data, 0, bytes32(index + 1)));
        (bool did,) = address(timelock).call(call);
        _holds(!did || block.timestamp >= _ripeAt[index], "EXIT: governance was faster than its delay");
        if (!did) return;
        if (bytes4(data) == IRegistry.upgradeToAndCall.selector) _mute = true;
        ++done["execute"];
    }

    /// @notice Somebody tells the vault what the registry says.
    function refresh(uint256 seed) external step(seed) {
        _pick(2);
        _refreshAll();
    }

    function _refreshAll() private {
        for (uint256 m = 0; m < MARKETS; ++m) {
            bytes memory data = abi.encodeCall(IEscrowVault.refreshMarket, (_listings[m].id));
            (bool did,) = _call(referrer, data);
            _holds(did == !_mute, "EXIT: the registry was asked and did not answer, or answered mute");
            if (!did) continue;
            (bool listed,,) = registry.market(_listings[m].id);
            (uint16 operatorCap, uint16 referrerCap) = registry.feeCaps(_listings[m].id);
            _known[m] = Known(registry.operator(), listed, _known[m].paused, operatorCap, referrerCap);
        }
        (bool refreshed,) = _call(referrer, abi.encodeCall(IEscrowVault.refreshOperator, ()));
        if (refreshed) _gateOperator = registry.operator();
    }

    /// @notice Fees go where they belong: those of released batches to the operator of the day.
    function collect(uint256 seed) external step(seed) {
        _collect(_pick(MARKETS));
        ++done["collect"];
    }

    function _collect(uint256 m) internal {
        IEscrowVault.Lots memory lots = _listings[m].lots;
        // A batch's fees stand with those of its whole epoch: one of its numbers names them all.
        uint256[] memory batches = new uint256[]((_highest[m] >> 4) + 1);
        for (uint256 i = 0; i < batches.length; ++i) {
            batches[i] = i << 4;
        }
        uint256 before = _wallet(_gateOperator, lots.quote);
        _call(referrer, abi.encodeCall(IEscrowVault.collectFees, (lots, batches)));
        uint256 fees = unclaimedFees[m] * lots.quoteLot;
        _holds(_wallet(_gateOperator, lots.quote) - before == fees, "FEES: not the fees of the released fills");
        _credit(_gateOperator, lots.quote, fees);
        unclaimedFees[m] = 0;
        for (uint256 i = 0; i < 4; ++i) {
            address earner = i == 3 ? referrer : operators[i];
            _call(referrer, abi.encodeCall(IEscrowVault.collectEarned, (lots, earner)));
        }
    }

    /// @notice Time passes: seconds, minutes, or more than any deadline.
    function wait(uint256 seed) external step(seed) {
        uint256 kind = _pick(8);
        VM.warp(block.timestamp + (kind == 0 ? _pick(4_000) : kind < 3 ? _pick(900) : _pick(120)));
    }
}

interface TokenLike {
    function balanceOf(address account) external view returns (uint256);
}
