// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title A hash-locked escrow of tokens with one storage slot for each leg
/// @notice The leanest form of what chains offer for swaps: terms are hashed, and the slot says only whether the leg is
/// locked or ended. For comparison in the gas bench; no package that offers this form was found.
contract OneSlotHtlc {
    using SafeERC20 for IERC20;

    struct Leg {
        address from;
        address to;
        IERC20 token;
        uint256 amount;
        bytes32 secretHash;
        uint256 deadline;
    }

    uint256 private constant LOCKED = 1;
    uint256 private constant ENDED = 2;

    mapping(bytes32 id => uint256 state) public states;

    event Locked(bytes32 indexed id, bytes32 indexed secretHash);
    event Claimed(bytes32 indexed id, bytes32 secret);
    event Refunded(bytes32 indexed id);

    error NotSender(address from);
    error WrongState(bytes32 id, uint256 state);
    error WrongSecret(bytes32 secret);
    error TooEarly(uint256 deadline);
    error TooLate(uint256 deadline);

    /// @notice Takes the sender's tokens and keeps them for whoever of the two the secret or the deadline is for.
    function lock(Leg calldata leg) external {
        require(leg.from == msg.sender, NotSender(leg.from));
        require(block.timestamp < leg.deadline, TooLate(leg.deadline));
        bytes32 id = keccak256(abi.encode(leg));
        require(states[id] == 0, WrongState(id, states[id]));
        states[id] = LOCKED;
        emit Locked(id, leg.secretHash);
        leg.token.safeTransferFrom(leg.from, address(this), leg.amount);
    }

    /// @notice Sends a leg to its receiver. Anyone who knows the secret may.
    function claim(Leg calldata leg, bytes32 secret) external {
        require(sha256(abi.encode(secret)) == leg.secretHash, WrongSecret(secret));
        require(block.timestamp < leg.deadline, TooLate(leg.deadline));
        bytes32 id = _end(leg);
        emit Claimed(id, secret);
        leg.token.safeTransfer(leg.to, leg.amount);
    }

    /// @notice Sends a leg back after its deadline. Anyone may.
    function refund(Leg calldata leg) external {
        require(block.timestamp >= leg.deadline, TooEarly(leg.deadline));
        bytes32 id = _end(leg);
        emit Refunded(id);
        leg.token.safeTransfer(leg.from, leg.amount);
    }

    function _end(Leg calldata leg) private returns (bytes32 id) {
        id = keccak256(abi.encode(leg));
        require(states[id] == LOCKED, WrongState(id, states[id]));
        states[id] = ENDED;
    }
}
