// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

/// @title The registry's address, in front of its changing code (ERC-1967)
contract RegistryProxy is ERC1967Proxy {
    /// @param code first code of the registry
    /// @param initialize its call of `VaultRegistry.initialize`
    constructor(address code, bytes memory initialize) ERC1967Proxy(code, initialize) {}
}
