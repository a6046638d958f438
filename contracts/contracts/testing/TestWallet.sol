// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A contract wallet that signs by EIP-1271 whatever it was told to
contract TestWallet {
    mapping(bytes32 digest => bool approved) public approved;
    bool public burnsGas;

    /// @notice From now on the wallet signs this digest.
    function approve(bytes32 digest) external {
        approved[digest] = true;
    }

    /// @notice From now on each question burns all gas it gets.
    function turnHostile() external {
        burnsGas = true;
    }

    /// @notice EIP-1271.
    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        while (burnsGas) {}
        return approved[digest] ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

/// @title A token with EIP-2612
contract PermitToken is ERC20Permit {
    constructor() ERC20("Permit Token", "PERMIT") ERC20Permit("Permit Token") {}

    /// @notice Makes `amount` base units for `to`.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title The chain's native coin as a token
contract WrappedCoin is ERC20("Wrapped Coin", "WCOIN") {
    /// @notice One token for each coin sent.
    function deposit() external payable {
        _mint(msg.sender, msg.value);
    }
}
