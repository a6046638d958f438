// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token for test chains
/// @notice Anyone mints any amount to anyone. Worth nothing, by design.
contract TestToken is ERC20 {
    uint8 private immutable DECIMALS;

    /// @param name_ full name
    /// @param symbol_ short name
    /// @param decimals_ digits after the point in which wallets show an amount
    constructor(string memory name_, string memory symbol_, uint8 decimals_) ERC20(name_, symbol_) {
        DECIMALS = decimals_;
    }

    /// @notice Makes `amount` base units for `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return DECIMALS;
    }
}
