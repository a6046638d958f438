// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Code that burns whatever gas it is given, whoever calls it for whatever
/// @dev Where it stands and a call still succeeds, it was not called.
contract GasSink {
    fallback() external payable {
        while (true) {}
    }
}
