package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.sbe.MessageHeaderEncoder;
import io.quoin.matching.sbe.SnapshotBalanceEncoder;
import io.quoin.matching.sbe.SnapshotBeginEncoder;
import io.quoin.matching.sbe.SnapshotClientOrderEncoder;
import io.quoin.matching.sbe.SnapshotEndEncoder;
import io.quoin.matching.sbe.SnapshotFillEncoder;
import io.quoin.matching.sbe.SnapshotMarketEncoder;
import io.quoin.matching.sbe.SnapshotOrderDecoder;
import io.quoin.matching.sbe.SnapshotOrderEncoder;
import io.quoin.matching.sbe.SnapshotWithdrawalEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Snapshots whose messages contradict each other although the hash at the end is that of the messages: written by
 * someone who reckons hashes too, so that nothing but what is checked of each message can refuse them.
 */
class IncoherentSnapshotTest {
    private static final long STRANGER = 4_711;
    private static final int NOWHERE = 4_711;

    private final List<byte[]> messages = new ArrayList<>(Snapshots.of(SnapshotTest.toldTheStory()));

    @Test
    void whatHoldsTogetherIsLoadedWhoeverWroteIt() {
        balance(it -> it.withdrawing(77));

        assertThat(restored().balance(new AccountId(100), new AssetId(2)).withdrawing())
                .isEqualTo(77);
    }

    @Test
    void aBalanceIsThereOnce() {
        twice(SnapshotBalanceEncoder.TEMPLATE_ID);
        assertRefused("a balance comes twice");
    }

    @Test
    void soManyBalancesMayBe() {
        int balances = count(SnapshotBalanceEncoder.TEMPLATE_ID);
        begin(it -> it.balances(balances));
        assertThat(restored().nowSeconds()).isEqualTo(2_000);

        begin(it -> it.balances(balances - 1));
        assertRefused("there are more balances than may be");
    }

    @Test
    void aMarketIsThereOnce() {
        twice(SnapshotMarketEncoder.TEMPLATE_ID);
        assertRefused("there is no room for the market");
    }

    @Test
    void soManyMarketsMayBe() {
        int markets = count(SnapshotMarketEncoder.TEMPLATE_ID);
        begin(it -> it.markets(markets));
        assertThat(restored().nowSeconds()).isEqualTo(2_000);

        begin(it -> it.markets(markets - 1));
        assertRefused("there is no room for the market");
    }

    @Test
    void aMarketsTermsAreThoseOfOneThatCanBeOpened() {
        market(it -> it.tickSize(0));
        assertRefused("the market's terms make no sense");
    }

    @Test
    void aMarketsFeesHaveABalance() {
        market(it -> it.feeAccount(STRANGER));
        assertRefused("the market's fees have no balance");
    }

    @Test
    void anOrderIsOfAMarket() {
        order(it -> it.market(NOWHERE));
        assertRefused("an order's market is not there");
    }

    @Test
    void anOrderHasTheBalanceThatItReservesFromAndTheOneThatItReceives() {
        AccountId newcomer = new AccountId(STRANGER);
        for (AssetId asset : List.of(new AssetId(1), new AssetId(2))) {
            Engine engine = new Engine(SnapshotStory.LIMITS);
            SnapshotStory.commands().forEach(engine::apply);
            engine.apply(new Command.Credit(newcomer, asset, 1_000_000));
            messages.clear();
            messages.addAll(Snapshots.of(engine));

            order(it -> it.account(STRANGER));
            assertRefused("an order's balances are not there");
        }
    }

    @Test
    void anOrderIsThereOnce() {
        twice(SnapshotOrderEncoder.TEMPLATE_ID);
        assertRefused("an order comes twice");
    }

    @Test
    void soManyOrdersMayBe() {
        int orders = count(SnapshotOrderEncoder.TEMPLATE_ID);
        begin(it -> it.orders(orders));
        assertThat(restored().nowSeconds()).isEqualTo(2_000);

        begin(it -> it.orders(orders - 1));
        assertRefused("there are more orders than may be");
    }

    @Test
    void somethingRemainsOfAnOrder() {
        order(it -> it.remainingLots(0));
        assertRefused("an order has no quantity");
    }

    @Test
    void anOrderShowsNothingOrSomething() {
        order(it -> it.visibleLots(-1));
        assertRefused("an order has no quantity");
    }

    @Test
    void anOrderHasAPrice() {
        order(it -> it.priceTicks(0));
        assertRefused("there is no room for an order's price");
    }

    @Test
    void anOrderThatWaitsHasAStopPrice() {
        change(waiting(), block -> new SnapshotOrderEncoder().wrap(block, 0).stopPriceTicks(0));
        assertRefused("there is no room for an order's price");
    }

    @Test
    void soManyPriceChunksMayHaveOrders() {
        begin(it -> it.priceChunks(1));
        assertRefused("there is no room for an order's price");
    }

    @Test
    void aClientOrderIdOfAnAccountIsThereOnce() {
        int first = named(0);
        int second = named(first + 1);
        long account = orderAt(first).account();
        long name = orderAt(first).clientOrder();
        change(
                second,
                block -> new SnapshotOrderEncoder()
                        .wrap(block, 0)
                        .account(account)
                        .clientOrder(name));
        assertRefused("a client order id comes twice");
    }

    @Test
    void aClientOrderIdThatIsClosedIsThereOnce() {
        twice(SnapshotClientOrderEncoder.TEMPLATE_ID);
        assertRefused("a client order id comes twice");
    }

    @Test
    void aFillIsOfAMarket() {
        change(
                first(SnapshotFillEncoder.TEMPLATE_ID),
                block -> new SnapshotFillEncoder().wrap(block, 0).market(NOWHERE));
        assertRefused("a fill's market is not there");
    }

    @Test
    void aFillIsThereOnce() {
        twice(SnapshotFillEncoder.TEMPLATE_ID);
        assertRefused("a fill comes twice");
    }

    @Test
    void thoseWhoMetInAFillHaveBalances() {
        int fill = first(SnapshotFillEncoder.TEMPLATE_ID);
        byte[] sound = messages.get(fill).clone();
        change(fill, block -> new SnapshotFillEncoder().wrap(block, 0).buyer(STRANGER));
        assertRefused("a balance is not there");

        messages.set(fill, sound);
        change(fill, block -> new SnapshotFillEncoder().wrap(block, 0).seller(STRANGER));
        assertRefused("a balance is not there");
    }

    @Test
    void aWithdrawalIsThereOnce() {
        twice(SnapshotWithdrawalEncoder.TEMPLATE_ID);
        assertRefused("a withdrawal comes twice");
    }

    @Test
    void soManyWithdrawalsMayBe() {
        int withdrawals = count(SnapshotWithdrawalEncoder.TEMPLATE_ID);
        begin(it -> it.withdrawals(withdrawals));
        assertThat(restored().nowSeconds()).isEqualTo(2_000);

        begin(it -> it.withdrawals(withdrawals - 1));
        assertRefused("there are more withdrawals than may be");
    }

    @Test
    void aWithdrawalIsOfABalance() {
        change(
                first(SnapshotWithdrawalEncoder.TEMPLATE_ID),
                block -> new SnapshotWithdrawalEncoder().wrap(block, 0).account(STRANGER));
        assertRefused("a balance is not there");
    }

    @Test
    void aMessageOfAnotherVersionIsRefusedWhereItComes() {
        messages.set(1, Wire.ofVersion(messages.get(1), 1));

        assertRefused("message 1 is of version 1, but the snapshot began with version 2");
    }

    @Test
    void aMessageThatWouldFitIsRefusedBehindTheEnd() {
        byte[] another = messages.get(first(SnapshotBalanceEncoder.TEMPLATE_ID)).clone();
        new SnapshotBalanceEncoder()
                .wrap(new UnsafeBuffer(another), MessageFrame.HEADER_LENGTH)
                .account(STRANGER);
        messages.add(another);

        assertThatThrownBy(() -> Snapshots.restore(messages, 0))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("message %d follows the snapshot's end", SnapshotBalanceEncoder.TEMPLATE_ID);
    }

    @Test
    void bytesBehindAMessageAreCounted() {
        byte[] message = messages.getFirst();
        UnsafeBuffer longer = new UnsafeBuffer(new byte[message.length + 9]);
        longer.putBytes(4, message);

        assertThatThrownBy(() -> new EngineRestore(0).accept(longer, 4, message.length + 3))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("3 bytes follow the message");
    }

    // ---- spoiling ----

    private void begin(Consumer<SnapshotBeginEncoder> change) {
        change(0, block -> change.accept(new SnapshotBeginEncoder().wrap(block, 0)));
    }

    private void balance(Consumer<SnapshotBalanceEncoder> change) {
        change(
                first(SnapshotBalanceEncoder.TEMPLATE_ID),
                block -> change.accept(new SnapshotBalanceEncoder().wrap(block, 0)));
    }

    private void market(Consumer<SnapshotMarketEncoder> change) {
        change(
                first(SnapshotMarketEncoder.TEMPLATE_ID),
                block -> change.accept(new SnapshotMarketEncoder().wrap(block, 0)));
    }

    private void order(Consumer<SnapshotOrderEncoder> change) {
        change(
                first(SnapshotOrderEncoder.TEMPLATE_ID),
                block -> change.accept(new SnapshotOrderEncoder().wrap(block, 0)));
    }

    private void change(int at, Consumer<UnsafeBuffer> change) {
        messages.set(at, messages.get(at).clone());
        change.accept(block(at));
    }

    private UnsafeBuffer block(int at) {
        byte[] message = messages.get(at);
        return new UnsafeBuffer(message, MessageFrame.HEADER_LENGTH, message.length - MessageFrame.HEADER_LENGTH);
    }

    private void twice(int templateId) {
        int at = first(templateId);
        messages.add(at, messages.get(at));
    }

    private int first(int templateId) {
        for (int at = 0; at < messages.size(); at++) {
            if (is(messages.get(at), templateId)) {
                return at;
            }
        }
        throw new AssertionError("no message " + templateId);
    }

    private int count(int templateId) {
        return (int)
                messages.stream().filter(message -> is(message, templateId)).count();
    }

    private static boolean is(byte[] message, int templateId) {
        return MessageFrame.read(new UnsafeBuffer(message), 0, message.length).templateId() == templateId;
    }

    /** Returns the place of an order that waits. */
    private int waiting() {
        int at = first(SnapshotOrderEncoder.TEMPLATE_ID);
        while (orderAt(at).stopPriceTicks() == 0) {
            at++;
        }
        return at;
    }

    /** Returns the next place of an order with a client order id. */
    private int named(int from) {
        int at = Math.max(from, first(SnapshotOrderEncoder.TEMPLATE_ID));
        while (orderAt(at).clientOrder() == 0) {
            at++;
        }
        return at;
    }

    private SnapshotOrderDecoder orderAt(int at) {
        assertThat(is(messages.get(at), SnapshotOrderEncoder.TEMPLATE_ID)).isTrue();
        return new SnapshotOrderDecoder()
                .wrap(block(at), 0, SnapshotOrderDecoder.BLOCK_LENGTH, SnapshotOrderDecoder.SCHEMA_VERSION);
    }

    // ---- judging ----

    private Engine restored() {
        return Snapshots.restore(sealed(), 0);
    }

    private void assertRefused(String fault) {
        assertThatThrownBy(this::restored).isInstanceOf(MalformedMessage.class).hasMessageEndingWith(fault);
    }

    /** The messages with an end that counts them and has their hash. */
    private List<byte[]> sealed() {
        StateHash hash = new StateHash();
        List<byte[]> all = new ArrayList<>(messages.subList(0, messages.size() - 1));
        all.forEach(message -> hash.accept(new UnsafeBuffer(message), 0, message.length));
        byte[] end = messages.getLast().clone();
        new SnapshotEndEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(end), 0, new MessageHeaderEncoder())
                .messages(hash.messages())
                .stateHash(hash.value());
        all.add(end);
        return all;
    }
}
