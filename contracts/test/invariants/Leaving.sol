// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IEscrowVault} from "../../contracts/IEscrowVault.sol";
import {VM} from "./Cheats.sol";
import {Powers, TokenLike} from "./Powers.sol";

/// @title How an owner leaves with all that is his, while everybody else does the worst or nothing
abstract contract Leaving is Powers {
    /// @notice Each owner leaves alone, from the state as it is; then all do, one after the other, and the vault is empty.
    function everybodyLeaves() external {
        _worst();
        for (uint256 i = 0; i < OWNERS; ++i) {
            uint256 state = VM.snapshotState();
            _leave(owners[i]);
            string memory words = broken;
            VM.revertToState(state);
            _holds(bytes(words).length == 0, words);
        }
        for (uint256 i = 0; i < OWNERS; ++i) {
            _leave(owners[i]);
        }
        for (uint256 m = 0; m < MARKETS; ++m) {
            _collect(m);
        }
        for (uint256 i = 0; i < 4; ++i) {
            _leave(i == 3 ? referrer : operators[i]);
        }
        for (uint256 i = 0; i < TOKENS; ++i) {
            address token = address(tokens[i]);
            _holds(owed[token] == 0, "SOLVENT: everybody left, and something is still owed");
            uint256 kept = tokens[i].balanceOf(address(vault));
            _holds(kept == donated[token], "SOLVENT: everybody left, and the vault keeps more or less than was given it");
        }
    }

    /// @dev All powers at their worst: deposits and markets paused, the registry mute, and no operator signs any more.
    function _worst() private {
        if (_mute) return;
        bytes32[] memory ids = new bytes32[](MARKETS);
        for (uint256 i = 0; i < MARKETS; ++i) {
            ids[i] = _listings[i].id;
        }
        (bool paused,) = _call(registry.pauser(), abi.encodeCall(IEscrowVault.setPaused, (true, ids)));
        _holds(paused, "EXIT: the pauser could not pause");
        _becomeMute();
    }

    /// @dev All calls are the owner's own. He needs to wait, and nobody's help.
    function _leave(address owner) private {
        for (uint256 i = 0; i < TOKENS; ++i) {
            bytes memory data = abi.encodeCall(IEscrowVault.requestExit, (address(tokens[i]), _sideKeys()));
            (bool asked,) = _call(owner, data);
            _holds(asked, "EXIT: a request was refused");
        }
        // Longer than a refund delay and an arbiter's and a fallback arbiter's bounds.
        VM.warp(block.timestamp + EXIT_DELAY + REFUND_DELAY + 2 * DISPUTE_BOUND + 1);
        _endCases(owner);
        VM.warp(block.timestamp + 2 * DISPUTE_BOUND + 1);
        _endCases(owner);
        _endFills(owner);
        _gatherAll(owner);
        _bringByProof(owner);
        _gatherAll(owner);
        for (uint256 i = 0; i < TOKENS; ++i) {
            _takeAll(owner, address(tokens[i]));
        }
    }

    function _takeAll(address owner, address token) private {
        uint256 claim = claims[owner][token];
        uint256 before = TokenLike(token).balanceOf(owner);
        if (claim != 0) {
            (bool paid,) = _paidOut(owner, token, abi.encodeCall(IEscrowVault.withdrawExit, (token, owner)));
            _holds(paid, "EXIT: a ripe exit was refused");
        }
        uint256 got = TokenLike(token).balanceOf(owner) - before;
        _holds(got >= claim, "EXIT: an owner left with less than was his");
        _holds(got <= claim, "SOLVENT: an owner left with more than was his");
    }

    /// @dev The owner's escrows, as far as he can bring them alone: refund, dispute what is marked paid, or wait out the
    /// arbiters.
    function _endCases(address owner) private {
        for (uint256 i = 0; i < _cases.length; ++i) {
            Case storage c = _cases[i];
            if (c.escrow.buyer != owner && c.escrow.seller != owner) continue;
            uint256 kind;
            if (c.state == LOCKED) kind = 9;
            else if (c.state == PAID) kind = 8;
            else if (c.state == DISPUTED) kind = 2;
            else if (c.state == RESERVED) kind = 6;
            else if (c.state == BONDS_HELD || c.state == BONDS_DISPUTED) kind = 12;
            else continue;
            _performAs(owner, kind, c);
        }
    }

    /// @dev Fills of batches that nobody ended: by proof, or with the whole batch.
    function _endFills(address owner) private {
        for (uint256 id = 0; id < _batches.length; ++id) {
            if (_batches[id].outcome != OPEN) continue;
            for (uint256 i = 0; i < _fills[id].length; ++i) {
                Fill storage fill = _fills[id][i];
                bool his = fill.buyer == owner || fill.seller == owner;
                if (!his || fill.skipped || fill.gone || _batches[id].outcome != OPEN) continue;
                if (id % 2 == 0) {
                    (bool closed,) = _call(owner, _closing(id, i));
                    _holds(closed, "EXIT: a fill did not come back by its proof");
                    fill.gone = true;
                    _endFill(_batches[id].market, fill, REFUNDED, address(0));
                } else {
                    (bool ended,) = _call(owner, abi.encodeCall(IEscrowVault.refund, (_batches[id].seal)));
                    _holds(ended, "EXIT: a batch was not refunded after its deadline");
                    _endBatch(id, REFUNDED);
                }
            }
        }
    }

    /// @dev Fills of batches that ended, which a lane with batches that ended otherwise still holds. Those that are in
    /// the account already are refused, and nothing is lost.
    function _bringByProof(address owner) private {
        for (uint256 id = 0; id < _batches.length; ++id) {
            if (_batches[id].outcome == OPEN) continue;
            for (uint256 i = 0; i < _fills[id].length; ++i) {
                Fill storage fill = _fills[id][i];
                bool his = fill.buyer == owner || fill.seller == owner;
                if (his && !fill.skipped && !fill.gone && !fill.proven) _call(owner, _closing(id, i));
            }
        }
    }
}
