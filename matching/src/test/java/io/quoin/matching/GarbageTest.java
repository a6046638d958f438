package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quoin.matching.sbe.AmendOrderEncoder;
import io.quoin.matching.sbe.CancelOrderEncoder;
import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.PlaceOrderEncoder;
import io.quoin.matching.sbe.SettleFillEncoder;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands given as bytes make no garbage, once the engine's tables have grown to what is needed. */
class GarbageTest {
    private static final int COMMANDS_PER_ROUND = 9;
    private static final int WARMING_ROUNDS = 20_000;
    private static final int ROUNDS = 40_000;
    private static final int RESTING = 64; // bids, one for each round
    private static final int BIDS = 50; // levels
    private static final MarketId MARKET = new MarketId(1);
    private static final AccountId SELLER = new AccountId(1);
    private static final AccountId BUYER = new AccountId(2);

    private final Engine engine = new Engine(new EngineLimits(1_000, 64, 10, 100, 10, 2, 100));
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PlaceOrderEncoder place = new PlaceOrderEncoder();
    private final AmendOrderEncoder amend = new AmendOrderEncoder();
    private final CancelOrderEncoder cancel = new CancelOrderEncoder();
    private final SettleFillEncoder settle = new SettleFillEncoder();
    private final long[] bids = new long[RESTING];
    private long lastOrder;
    private long lastFill;

    @Test
    @Timeout(60)
    void commandsGivenAsBytesMakeNoGarbage() {
        engine.apply(new Command.OpenMarket(new MarketSpec(MARKET, new AssetId(1), new AssetId(2), 10, 3)
                .with(new FeeTerms(-1, 5, new AccountId(9)))));
        for (AccountId account : new AccountId[] {SELLER, BUYER}) {
            engine.apply(new Command.Credit(account, new AssetId(1), 1L << 50));
            engine.apply(new Command.Credit(account, new AssetId(2), 1L << 50));
        }
        for (int round = 0; round < WARMING_ROUNDS; round++) {
            round(round);
        }
        long before = allocated();
        for (int round = WARMING_ROUNDS; round < WARMING_ROUNDS + ROUNDS; round++) {
            round(round);
        }
        long bytes = allocated() - before;

        assertThat((double) bytes / ROUNDS / COMMANDS_PER_ROUND)
                .as("bytes a command")
                .isLessThan(1);
        assertThat(lastFill).as("two fills a round").isEqualTo(2L * (WARMING_ROUNDS + ROUNDS));
        assertThat(engine.book(MARKET, RESTING).bids()).hasSize(BIDS);
        assertThat(engine.book(MARKET, RESTING).asks()).isEmpty();
    }

    /** An iceberg that is reduced, replaced, hit twice and cancelled, before a bid that rests for some rounds. */
    private void round(int round) {
        long price = 1_000L + round % 500;
        place(SELLER, Side.SELL, TimeInForce.GTC, price, 9, 2, round);
        amend(lastOrder, lastOrder, price, 8, 2);
        amend(lastOrder, ++lastOrder, price + 1, 8, 2);
        long iceberg = lastOrder;
        place(BUYER, Side.BUY, TimeInForce.IOC, price + 1, 3, 0, 0); // two fills, with the next part between them
        settle(++lastFill);
        settle(++lastFill);
        place(BUYER, Side.BUY, TimeInForce.GTC, 700L + round % BIDS, 4, 0, 0);
        bids[round % RESTING] = lastOrder;
        cancel(iceberg, SELLER);
        if (round >= RESTING) {
            cancel(bids[(round + 1) % RESTING], BUYER);
        } else {
            settle(0); // refused
        }
    }

    private void place(
            AccountId account, Side side, TimeInForce time, long price, long lots, long display, long clientOrder) {
        place.wrapAndApplyHeader(command, 0, header)
                .order(++lastOrder)
                .account(account.value())
                .priceTicks(price)
                .quantityLots(lots)
                .displayLots(display)
                .clientOrder(clientOrder)
                .session(3)
                .expirySeconds(0)
                .market(MARKET.value())
                .disconnectGroup(4)
                .side(WireValues.of(side))
                .timeInForce(WireValues.of(time));
        apply(PlaceOrderEncoder.BLOCK_LENGTH);
    }

    private void amend(long order, long newOrder, long price, long lots, long display) {
        amend.wrapAndApplyHeader(command, 0, header)
                .order(order)
                .newOrder(newOrder)
                .account(SELLER.value())
                .priceTicks(price)
                .quantityLots(lots)
                .displayLots(display)
                .expirySeconds(0)
                .clientOrder(0);
        apply(AmendOrderEncoder.BLOCK_LENGTH);
    }

    private void cancel(long order, AccountId account) {
        cancel.wrapAndApplyHeader(command, 0, header).order(order).account(account.value());
        apply(CancelOrderEncoder.BLOCK_LENGTH);
    }

    private void settle(long fill) {
        settle.wrapAndApplyHeader(command, 0, header).fill(fill);
        apply(SettleFillEncoder.BLOCK_LENGTH);
    }

    private void apply(int blockLength) {
        engine.apply(command, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
        command.setMemory(0, CommandCodec.MAX_LENGTH, (byte) 0);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
