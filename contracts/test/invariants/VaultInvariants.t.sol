// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {SealNumbers} from "../../contracts/SealNumbers.sol";
import {VM} from "./Cheats.sol";
import {Leaving} from "./Leaving.sol";
import {ILens} from "./VaultScene.sol";

/// @notice Everybody in the system: what each does is one function, and what the vault's books say after it is checked.
contract Everybody is Leaving {
    using SealNumbers for uint256;

    /// @notice The vault holds of each token at least what it owes.
    function checkHoldings() external {
        for (uint256 i = 0; i < TOKENS; ++i) {
            uint256 held = tokens[i].balanceOf(address(vault));
            _holds(held >= owed[address(tokens[i])], "SOLVENT: the vault holds less than it owes");
        }
    }

    /// @notice The vault's own books give nobody more than is his. One owner's at a time, after every fourth call: it is
    /// the costly one, and what is wrong stays wrong.
    function checkBooks() external {
        if (steps % 4 != 0) return;
        address owner = owners[steps / 4 % OWNERS];
        uint256[TOKENS] memory booked;
        for (uint256 i = 0; i < TOKENS; ++i) {
            booked[i] = _wallet(owner, address(tokens[i]));
        }
        for (uint256 m = 0; m < MARKETS; ++m) {
            for (uint8 side = 0; side < 2; ++side) {
                ILens.AccountView memory account = lens.account(vault, _listings[m].lots, side, owner);
                (address pays, uint256 payLot) = _paid(m, side);
                (address gets, uint256 getLot) = _paid(m, 1 - side);
                for (uint256 i = 0; i < TOKENS; ++i) {
                    if (address(tokens[i]) == pays) booked[i] += account.payFree * payLot;
                    if (address(tokens[i]) == gets) booked[i] += account.getFree * getLot;
                }
            }
        }
        for (uint256 i = 0; i < TOKENS; ++i) {
            bool within = booked[i] <= claims[owner][address(tokens[i])];
            _holds(within, "SOLVENT: the books give an owner more than is his");
        }
    }

    /// @notice A batch stands as it was ended, and stays so. One batch at a time.
    function checkOutcome() external {
        if (_batches.length == 0) return;
        Batch storage batch = _batches[steps % _batches.length];
        uint256 said = lens.outcome(vault, batch.seal.marketId, batch.seal.numbers.seq());
        bool open = batch.outcome == OPEN;
        _holds(open ? said == 0 || said == 3 : said == batch.outcome, "OUTCOME: a batch stands otherwise than it ended");
    }

    /// @notice What the vault counts of a resting order is what has filled. One order at a time.
    function checkFilled() external {
        if (_orders.length == 0) return;
        Signed storage order = _orders[steps % _orders.length];
        _holds(order.filled <= order.quantity, "FILLED: an order filled beyond what its owner signed");
        if (order.nonce < RING || order.cancelled) return;
        (bool known, uint256 lots) = lens.filled(
            vault, _listings[order.market].lots, order.side, owners[order.owner], order.nonce, order.digest
        );
        _holds(!known || lots == order.filled, "FILLED: the vault counts otherwise than the fills");
    }
}

/// @title What holds for the vault whatever anybody does
/// @notice Run by Hardhat and Foundry alike (10^4 calls in every build); `node tools/build.mjs invariants` for more. What
/// a rule needs to know at the moment of a call is checked there, and kept in `broken`.
contract VaultInvariants {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Everybody private _everybody;

    function setUp() public {
        bytes memory code = VM.getCode("VaultInvariants.t.sol:Everybody");
        address made;
        assembly ("memory-safe") {
            made := create(0, add(code, 32), mload(code))
        }
        _everybody = Everybody(made);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_everybody);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_everybody), _actions());
    }

    function _actions() private view returns (bytes4[] memory actions) {
        actions = new bytes4[](26);
        (actions[0], actions[1]) = (_everybody.lockSmall.selector, _everybody.lockLarge.selector);
        (actions[2], actions[3]) = (_everybody.lockTurning.selector, _everybody.lockAgain.selector);
        (actions[4], actions[5]) = (_everybody.settle.selector, _everybody.release.selector);
        (actions[6], actions[7]) = (_everybody.refund.selector, _everybody.closeFill.selector);
        (actions[8], actions[9]) = (_everybody.endAgain.selector, _everybody.cancel.selector);
        (actions[10], actions[11]) = (_everybody.disputeFill.selector, _everybody.lockP2P.selector);
        (actions[12], actions[13]) = (_everybody.lockSwap.selector, _everybody.actOnEscrow.selector);
        (actions[14], actions[15]) = (_everybody.actOnEnded.selector, _everybody.deposit.selector);
        (actions[16], actions[17]) = (_everybody.donate.selector, _everybody.moveOwn.selector);
        (actions[18], actions[19]) = (_everybody.withdraw.selector, _everybody.exit.selector);
        (actions[20], actions[21]) = (_everybody.pause.selector, _everybody.propose.selector);
        (actions[22], actions[23]) = (_everybody.execute.selector, _everybody.refresh.selector);
        (actions[24], actions[25]) = (_everybody.wait.selector, _everybody.collect.selector);
    }

    function invariant_moneyOutcomesOrdersAndFees() public {
        _everybody.checkHoldings();
        _everybody.checkBooks();
        _everybody.checkOutcome();
        _everybody.checkFilled();
        _mustHold();
    }

    /// @notice At the end of each run everybody gets out alone.
    function afterInvariant() public {
        _everybody.everybodyLeaves();
        _mustHold();
    }

    /// @notice The invariants are not empty: in one long life everything happens that these tests can do.
    function test_everythingHappens() public {
        bytes4[] memory actions = _actions();
        for (uint256 i = 0; i < 4_000; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("life", i)));
            bytes4 action = actions[seed % actions.length];
            // Governance comes late in this life, for it may end all trade.
            if (action == _everybody.propose.selector && i < 3_000) continue;
            (bool did,) = address(_everybody).call(abi.encodeWithSelector(action, seed));
            require(did, "an action reverted");
        }
        bytes32[18] memory things = [
            bytes32("lock"), "settle", "release", "refund", "closeFill", "endAgain", "disputeFill", "lockP2P", "lockSwap",
            "reserveSwap", "actOnEnded", "gather", "fund", "withdraw", "withdrawExit", "pause", "execute", "collect"
        ];
        for (uint256 i = 0; i < things.length; ++i) {
            require(_everybody.done(things[i]) != 0, string(abi.encodePacked("never done: ", things[i])));
        }
        for (uint256 kind = 0; kind < 14; ++kind) {
            require(_everybody.acts(kind) != 0, string(abi.encodePacked("never done to an escrow: ", bytes1(uint8(65 + kind)))));
        }
        afterInvariant();
    }

    function _mustHold() private view {
        string memory broken = _everybody.broken();
        require(bytes(broken).length == 0, broken);
    }
}
