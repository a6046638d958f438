// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IPermit2} from "../VaultTill.sol";

/// @title What a vault needs of Permit2, with its signed messages
/// @dev Its domain has no version, so the separator is made here.
contract TestPermit2 is IPermit2 {
    using SafeERC20 for IERC20;

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)");
    bytes32 private constant PERMISSIONS_TYPE = keccak256("TokenPermissions(address token,uint256 amount)");
    bytes32 private constant TRANSFER_TYPE = keccak256(
        "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)"
        "TokenPermissions(address token,uint256 amount)"
    );

    mapping(address owner => mapping(uint256 nonce => bool used)) public used;

    error Refused();

    /// @inheritdoc IPermit2
    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes calldata signature
    ) external {
        bytes32 permitted = keccak256(abi.encode(PERMISSIONS_TYPE, permit.permitted));
        bytes32 message = keccak256(abi.encode(TRANSFER_TYPE, permitted, msg.sender, permit.nonce, permit.deadline));
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPE, keccak256("Permit2"), block.chainid, address(this)));
        address signer = ECDSA.recoverCalldata(MessageHashUtils.toTypedDataHash(domain, message), signature);
        bool allowed = signer == owner && !used[owner][permit.nonce] && block.timestamp <= permit.deadline
            && details.requestedAmount <= permit.permitted.amount;
        require(allowed, Refused());
        used[owner][permit.nonce] = true;
        IERC20(permit.permitted.token).safeTransferFrom(owner, details.to, details.requestedAmount);
    }
}
