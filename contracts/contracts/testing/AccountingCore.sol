// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// The checker knows no `require` with an error of its own, and does not prove single outcome with `revert` in its place.
// solhint-disable gas-custom-errors

/// @title The vault's accounting of one token, without its packing
/// @notice What `tools/prove.mjs` proves of deposits, locks, releases, refunds, splits and withdrawals holds of this
/// contract; `core.test.ts` runs the same random lives on it and on `EscrowVault`, and compares all balances.
/// @dev Each modifier is a step of an induction: from any state in which the invariant holds, however it came about, a
/// function leads to one in which it holds. The state of the beginning, all zero, is such a state. The `require` is the
/// step's hypothesis; where the proof holds it never refuses.
/// Amounts are lots. One leg of a fill: `amount` comes from one side; of it the other side gets `get`, the referrer and
/// the operator the rest. A leg of the base token has no fees.
contract AccountingCore {
    struct Leg {
        address from;
        address to;
        uint256 amount;
        uint256 get;
        uint256 referrerFee;
        uint256 state;
        uint256 ends;
    }

    uint256 private constant UNIT = 10_000;
    uint256 private constant LOCKED = 1;
    uint256 private constant ENDED = 2;

    /// @notice What an owner may withdraw.
    mapping(address owner => uint256) public balances;
    /// @notice Legs by any number.
    mapping(uint256 id => Leg) public legs;
    /// @notice Fees of operators.
    uint256 public operatorFees;
    /// @notice Fees of referrers.
    uint256 public referrerFees;
    /// @notice What the vault holds.
    uint256 public held;
    /// @notice Sum of all balances.
    uint256 public owed;
    /// @notice Sum of the legs that have not ended.
    uint256 public locked;

    modifier conserves() {
        require(held == owed + locked + operatorFees + referrerFees, "not the sum");
        _;
        assert(held == owed + locked + operatorFees + referrerFees); // what is held is what is owed
    }

    modifier once(uint256 id) {
        require(legs[id].ends == (legs[id].state == ENDED ? 1 : 0), "not once");
        _;
        assert(legs[id].ends == (legs[id].state == ENDED ? 1 : 0)); // an escrow ends once
    }

    /// @notice `amount` arrives for `owner`.
    function deposit(address owner, uint256 amount) external conserves {
        held += amount;
        _credit(owner, amount);
    }

    /// @notice `amount` leaves for `owner`.
    function withdraw(address owner, uint256 amount) external conserves {
        _debit(owner, amount);
        held -= amount;
    }

    /// @notice Locks a leg under a number that was not used before.
    function lock(uint256 id, address from, address to, uint256 amount, uint256 get, uint256 referrerFee)
        external
        conserves
        once(id)
    {
        require(legs[id].state == 0, "used");
        require(get + referrerFee <= amount, "fees");
        legs[id].state = LOCKED;
        legs[id].from = from;
        legs[id].to = to;
        legs[id].amount = amount;
        legs[id].get = get;
        legs[id].referrerFee = referrerFee;
        _debit(from, amount);
        locked += amount;
    }

    /// @notice All of a leg goes forth.
    function release(uint256 id) external {
        _end(id, UNIT);
    }

    /// @notice All of a leg goes back.
    function refund(uint256 id) external {
        _end(id, 0);
    }

    /// @notice `share` of a leg, in basis points, goes forth; what rounding leaves goes back.
    function split(uint256 id, uint256 share) external {
        _end(id, share);
    }

    /// @dev Slots are named in full: the checker does not follow pointers to storage.
    function _end(uint256 id, uint256 share) private conserves once(id) {
        require(share <= UNIT, "share");
        require(legs[id].state == LOCKED, "not locked");
        legs[id].state = ENDED;
        legs[id].ends += 1;
        uint256 get = legs[id].get * share / UNIT;
        uint256 referrer = legs[id].referrerFee * share / UNIT;
        uint256 operator = (legs[id].amount - legs[id].get - legs[id].referrerFee) * share / UNIT;
        uint256 back = legs[id].amount - get - referrer - operator;
        locked -= legs[id].amount;
        _credit(legs[id].from, back);
        _credit(legs[id].to, get);
        referrerFees += referrer;
        operatorFees += operator;
    }

    function _credit(address owner, uint256 amount) private {
        balances[owner] += amount;
        owed += amount;
    }

    function _debit(address owner, uint256 amount) private {
        balances[owner] -= amount;
        owed -= amount;
    }
}
