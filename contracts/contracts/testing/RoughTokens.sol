// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {TestToken} from "./TestToken.sol";

/// @title A token whose issuer can stop every transfer
contract PausableToken is TestToken("Pausable Token", "STOP", 18) {
    bool public paused;

    error TransfersPaused();

    /// @notice Stops all transfers, or lets them go on.
    function setPaused(bool paused_) external {
        paused = paused_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!paused, TransfersPaused());
        super._update(from, to, amount);
    }
}

/// @title A token whose issuer can shut out an account
contract BlocklistToken is TestToken("Blocklist Token", "BLOCK", 18) {
    mapping(address account => bool blocked) public blocked;

    error Blocked(address account);

    /// @notice From now on the account neither sends nor receives.
    function block_(address account) external {
        blocked[account] = true;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!blocked[from], Blocked(from));
        require(!blocked[to], Blocked(to));
        super._update(from, to, amount);
    }
}

/// @title A token whose balances all shrink by a tenth when told
contract ShrinkingToken is TestToken("Shrinking Token", "LESS", 18) {
    uint256 private _numerator = 1;
    uint256 private _denominator = 1;

    /// @notice Every balance loses a tenth.
    function shrink() external {
        _numerator *= 9;
        _denominator *= 10;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return super.balanceOf(account) * _numerator / _denominator;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount * _denominator / _numerator);
    }
}

/// @title A token of the strict kind: no transfer of nothing, no allowance over an allowance, no answer
contract StrictToken {
    mapping(address account => uint256 amount) public balanceOf;
    mapping(address owner => mapping(address spender => uint256 amount)) public allowance;

    error NothingToMove();
    error AllowanceStands(uint256 amount);

    /// @notice Makes `amount` base units for `to`.
    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    /// @notice Moves the sender's tokens, and returns nothing.
    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    /// @notice Moves an owner's tokens within his allowance, and returns nothing.
    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    /// @notice Allows `amount`, if nothing or nothing else is allowed.
    function approve(address spender, uint256 amount) external {
        uint256 before = allowance[msg.sender][spender];
        require(amount == 0 || before == 0, AllowanceStands(before));
        allowance[msg.sender][spender] = amount;
    }

    function _move(address from, address to, uint256 amount) private {
        require(amount != 0, NothingToMove());
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @title A token that answers a transfer out with false instead of a revert
contract FalseOutToken is TestToken("False Out Token", "NOWAY", 18) {
    /// @inheritdoc ERC20
    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @title What `HookToken` calls
interface ITokenHook {
    function tokensMoved(address from, address to, uint256 amount) external;
}

/// @title A token that tells both sides of a transfer, as ERC-777 does: the sender before it, the receiver after it
contract HookToken is TestToken("Hook Token", "HOOK", 18) {
    function _update(address from, address to, uint256 amount) internal override {
        if (from.code.length != 0) _tell(from, from, to, amount);
        super._update(from, to, amount);
        if (to.code.length != 0) _tell(to, from, to, amount);
    }

    function _tell(address whom, address from, address to, uint256 amount) private {
        // Who does not listen is no reason to fail; who listens and fails is.
        try ITokenHook(whom).tokensMoved(from, to, amount) {} catch (bytes memory reason) {
            if (reason.length == 0) return;
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}

/// @title A trader who calls the vault back from the middle of a transfer
contract HookedTrader is ITokenHook {
    address public vault;
    bytes public callback;
    bool public swallows;
    uint256 public calls;
    bool public lastDone;

    /// @notice From now on each transfer of a `HookToken` calls `vault_` with `callback_`.
    function arm(address vault_, bytes calldata callback_, bool swallows_) external {
        (vault, callback, swallows) = (vault_, callback_, swallows_);
    }

    /// @notice Calls anything as this trader.
    function run(address target, bytes calldata data) external {
        _call(target, data);
    }

    /// @inheritdoc ITokenHook
    function tokensMoved(address, address, uint256) external {
        if (vault == address(0)) return;
        ++calls;
        bytes memory data = callback;
        if (!swallows) {
            _call(vault, data);
            return;
        }
        // solhint-disable-next-line avoid-low-level-calls
        (lastDone,) = vault.call(data);
    }

    function _call(address target, bytes memory data) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, bytes memory reason) = target.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}
