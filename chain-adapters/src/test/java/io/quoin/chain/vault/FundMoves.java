package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Credentials;

/** Money in and out: deposits, withdrawals, exits, moves to the next vault, fees; and what stops orders. */
final class FundMoves {
    private static final long EPOCHS = 32;
    private static final long EPOCH = 16; // batches

    private final Life life;
    private final OrderDesk desk;
    private final Map<EvmAddress, Long> messages = new HashMap<>();

    FundMoves(Life life, OrderDesk desk) {
        this.life = life;
        this.desk = desk;
    }

    /** What each trader begins with: the last one with little. */
    void endow() {
        for (Credentials trader : life.traders) {
            int share = trader.equals(life.traders.getLast()) ? 1 : 150;
            deposit(trader, life.base, units(life.base, share * 300L));
            deposit(trader, life.quote, units(life.quote, share * 300L * OrderDesk.FAIR_PRICE));
        }
    }

    void deposit() {
        EvmAddress token = token();
        BigInteger amount = life.once(10) ? BigInteger.ZERO : units(token, 1 + life.random.nextInt(3_000));
        deposit(life.someTrader(), token, amount);
    }

    private void deposit(Credentials trader, EvmAddress token, BigInteger amount) {
        life.both(
                "deposit of " + amount,
                now -> life.wallets.deposit(Life.address(trader), token, amount),
                () -> life.chain.call(trader, "deposit", new Address(token.hex()), new Uint256(amount)));
    }

    void withdraw() {
        Credentials trader = oftenSame();
        EvmAddress owner = Life.address(trader);
        EvmAddress token = token();
        BigInteger amount = part(owner, token);
        BigInteger nonce = message(owner);
        long deadline = deadline();
        Credentials signer = life.mostly(life.operator);
        WithdrawalTerms terms = new WithdrawalTerms(owner, token, amount, life.referrer, nonce, deadline);
        EvmSignature signature = TypedMessages.sign(signer, OrderTyping.withdrawalDigest(life.domain, terms));
        life.both(
                "withdrawal of " + amount,
                now -> life.wallets.withdraw(now, owner, token, amount, nonce, deadline, Life.address(signer)),
                () -> life.chain.call(
                        trader,
                        "withdraw",
                        new Address(token.hex()),
                        new Uint256(amount),
                        new Address(life.referrer.hex()),
                        new Uint256(nonce),
                        new Uint256(deadline),
                        new DynamicBytes(signature.bytes())));
    }

    void migrate() {
        Credentials trader = oftenSame();
        EvmAddress owner = Life.address(trader);
        EvmAddress token = token();
        BigInteger amount = part(owner, token);
        BigInteger nonce = message(owner);
        long deadline = deadline();
        Credentials signer = life.mostly(trader);
        boolean coSigned = !life.once(3);
        Bytes32 digest = TypedMessages.digest(
                life.domain,
                TypedMessages.MIGRATION,
                new Address(owner.hex()),
                new Address(token.hex()),
                new Uint256(amount),
                new Address(life.nextVault),
                new Uint256(nonce),
                new Uint256(deadline));
        byte[] operators = coSigned ? TypedMessages.sign(life.operator, digest).bytes() : new byte[0];
        life.both(
                "migration of " + amount,
                now -> life.wallets.migrate(
                        now, life.nextWallets, owner, token, amount, nonce, deadline, Life.address(signer), coSigned),
                () -> life.chain.call(
                        life.pauser,
                        "migrate",
                        new Address(owner.hex()),
                        new Address(token.hex()),
                        new Uint256(amount),
                        new Address(life.nextVault),
                        new Uint256(nonce),
                        new Uint256(deadline),
                        new DynamicBytes(TypedMessages.sign(signer, digest).bytes()),
                        new DynamicBytes(operators)));
    }

    /** Asks for an exit, mostly of one side's account too; carries it out; or takes it back. */
    void exit() {
        Credentials trader = life.someTrader();
        EvmAddress owner = Life.address(trader);
        EvmAddress token = token();
        List<OrderSide> sides = life.once(4) ? List.of() : List.of(side());
        switch (life.random.nextInt(5)) {
            case 0, 1 ->
                life.both(
                        "exit request",
                        now -> {
                            life.wallets.requestExit(now, owner, token);
                            sides.forEach(side -> life.model.account(side, owner).exiting = true);
                        },
                        () -> life.chain.call(trader, "requestExit", new Address(token.hex()), keys(sides)));
            case 2, 3 ->
                life.both(
                        "exit withdrawn",
                        now -> {
                            life.wallets.cancelExit(owner, token);
                            List.of(OrderSide.values())
                                    .forEach(side -> life.model.account(side, owner).exiting = false);
                        },
                        () -> life.chain.call(
                                trader, "cancelExit", new Address(token.hex()), keys(List.of(OrderSide.values()))));
            default ->
                life.both(
                        "exit",
                        now -> life.wallets.withdrawExit(now, owner, token),
                        () -> life.chain.call(
                                trader, "withdrawExit", new Address(token.hex()), new Address(life.referrer.hex())));
        }
    }

    void gather() {
        Credentials owner = life.someTrader();
        Credentials sender = life.once(2) ? life.operator : life.mostly(owner);
        gather(sender, side(), Life.address(owner));
    }

    void gather(Credentials sender, OrderSide side, EvmAddress owner) {
        life.both(
                "gathering of " + side,
                now -> life.model.gather(Life.address(sender), side, owner),
                () -> life.chain.call(
                        sender, "gather", desk.lots(), new Uint256(side.code()), new Address(owner.hex())));
    }

    void cancel() {
        Credentials trader = life.someTrader();
        OrderSide side = side();
        long newest = desk.number();
        long from = Math.max(1L, newest - life.random.nextInt(30));
        long to = life.once(8) ? from - 1 : from + life.random.nextInt(20);
        boolean ring = life.once(2);
        BigInteger first = ring ? OrderNonce.manyBatches(from) : OrderNonce.oneBatch(from);
        BigInteger last = ring ? OrderNonce.manyBatches(to) : OrderNonce.oneBatch(to);
        life.both(
                "cancellation from %d to %d".formatted(from, to),
                now -> life.model.cancelOrders(Life.address(trader), side, first, last),
                () -> life.chain.call(
                        trader,
                        "cancelOrders",
                        keys(List.of(side)).getValue().getFirst(),
                        new Uint64(first),
                        new Uint64(last)));
    }

    void collect() {
        // A batch's fees stand with those of its whole epoch: one of its numbers names them all.
        List<Uint256> batches = LongStream.range(0, EPOCHS)
                .mapToObj(epoch -> new Uint256(epoch * EPOCH))
                .toList();
        life.both(
                "fees of batches collected",
                now -> life.model.collectFees(EPOCHS * EPOCH),
                () -> life.chain.call(
                        life.someTrader(), "collectFees", desk.lots(), new DynamicArray<>(Uint256.class, batches)));
        for (EvmAddress account : List.of(life.referrer, Life.address(life.operator))) {
            life.both(
                    "earnings collected",
                    now -> life.model.collectEarned(account),
                    () -> life.chain.call(life.someTrader(), "collectEarned", desk.lots(), new Address(account.hex())));
        }
    }

    void pause() {
        boolean pause = !life.wallets.paused();
        Credentials sender = life.once(4) ? life.someTrader() : life.pauser;
        life.both(
                pause ? "pause" : "end of the pause",
                now -> {
                    Refused.unless(sender.equals(life.pauser), "NotPauser");
                    life.wallets.pause(pause);
                },
                () -> life.chain.call(
                        sender,
                        "setPaused",
                        new Bool(pause),
                        new DynamicArray<>(
                                org.web3j.abi.datatypes.generated.Bytes32.class,
                                TypedMessages.word(life.lots.id().bytes()))));
    }

    private DynamicArray<org.web3j.abi.datatypes.generated.Bytes32> keys(List<OrderSide> sides) {
        List<org.web3j.abi.datatypes.generated.Bytes32> keys = new ArrayList<>();
        for (OrderSide side : sides) {
            keys.add(TypedMessages.word(
                    TypedMessages.hash(List.of(TypedMessages.word(life.lots.id().bytes()), new Uint256(side.code())))));
        }
        return new DynamicArray<>(org.web3j.abi.datatypes.generated.Bytes32.class, keys);
    }

    /** Few traders, so that numbers of messages come again. */
    private Credentials oftenSame() {
        return life.once(4) ? life.someTrader() : life.some(life.traders.subList(0, 2));
    }

    private BigInteger part(EvmAddress owner, EvmAddress token) {
        BigInteger has = life.wallets.amount(owner, token);
        return life.once(8) ? has.add(BigInteger.ONE) : has.divide(BigInteger.valueOf(4 + life.random.nextInt(20)));
    }

    /** Mostly new; often one that this owner used before. */
    private BigInteger message(EvmAddress owner) {
        return BigInteger.valueOf(messages.merge(owner, life.once(2) ? 0L : 1L, Long::sum));
    }

    private long deadline() {
        return life.chain.time() + (life.once(8) ? 0 : 100);
    }

    private EvmAddress token() {
        return life.once(2) ? life.base : life.quote;
    }

    private OrderSide side() {
        return life.once(2) ? OrderSide.BUY : OrderSide.SELL;
    }

    private BigInteger units(EvmAddress token, long amount) {
        return BigInteger.valueOf(amount)
                .multiply(token.equals(life.base) ? life.lots.baseLot() : life.lots.quoteLot());
    }
}
