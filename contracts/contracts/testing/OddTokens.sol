// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {TestToken} from "./TestToken.sol";

/// @title A token that burns one percent of every transfer
contract FeeToken is TestToken("Fee Token", "FEE", 18) {
    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) || to == address(0) ? 0 : amount / 100;
        super._update(from, to, amount - fee);
        if (fee != 0) {
            super._update(from, address(0), fee);
        }
    }
}

/// @title A token that answers a transfer with false instead of a revert
contract FalseToken is TestToken("False Token", "FALSE", 18) {
    /// @inheritdoc ERC20
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @title A token that says yes and moves nothing
contract IdleToken is TestToken("Idle Token", "IDLE", 18) {
    /// @inheritdoc ERC20
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return true;
    }
}

/// @title A token of the old kind, whose transfers return nothing
contract SilentToken {
    mapping(address account => uint256 amount) public balanceOf;

    /// @notice Makes `amount` base units for `to`.
    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    /// @notice Moves the sender's tokens, and returns nothing.
    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    /// @notice Moves anybody's tokens, and returns nothing.
    function transferFrom(address from, address to, uint256 amount) external {
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @title A token that calls the vault back in the middle of a transfer
contract ReentrantToken is TestToken("Reentrant Token", "LOOP", 18) {
    address private _vault;
    bytes private _callback;

    /// @notice From now on each transfer calls `vault` with `callback`, and fails as that call fails.
    function arm(address vault, bytes calldata callback) external {
        _vault = vault;
        _callback = callback;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (_vault != address(0)) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory reason) = _vault.call(_callback);
            if (!done) {
                assembly ("memory-safe") {
                    revert(add(reason, 32), mload(reason))
                }
            }
        }
    }
}
