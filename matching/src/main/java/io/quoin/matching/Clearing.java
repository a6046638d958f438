package io.quoin.matching;

import io.quoin.matching.sbe.FilledEncoder;

/** Moves what books decide: from reserved to settling and back, and writes down what happened. */
final class Clearing implements BookListener {
    private final Funds funds;
    private final OpenFills fills;
    private final EventWriter events;

    Clearing(Funds funds, OpenFills fills, EventWriter events) {
        this.funds = funds;
        this.fills = fills;
        this.events = events;
    }

    @Override
    public int room() {
        return fills.room();
    }

    @Override
    public void filled(Book book, int maker, int taker, long price, long lots) {
        Orders orders = book.orders();
        Costs costs = book.costs();
        long quote = costs.quote(lots, price);
        long takerFee = costs.takerFee(quote);
        long makerFee = costs.makerFee(quote, takerFee);
        boolean takerBuys = Tags.isBuy(orders.tags(taker));
        int buyer = takerBuys ? taker : maker;
        int seller = takerBuys ? maker : taker;
        long buyerFee = takerBuys ? takerFee : makerFee;
        long sellerFee = takerBuys ? makerFee : takerFee;
        long base = costs.base(lots);
        long buyerFreed = freed(book, buyer, true, lots);
        long sellerFreed = freed(book, seller, false, lots);
        boolean buyerBonded = costs.isBonded(true);
        boolean sellerBonded = costs.isBonded(false);
        funds.pay(orders.reserving(buyer), buyerBonded ? buyerFreed : quote + Math.max(buyerFee, 0), buyerFreed);
        funds.pay(orders.reserving(seller), sellerBonded ? sellerFreed : base, sellerFreed);
        long bond = buyerBonded ? buyerFreed : sellerBonded ? sellerFreed : 0;
        long id = fills.lastId() + 1;
        int fill = fills.add(id);
        fills.amounts(fill, base, quote, bond);
        fills.fees(fill, buyerFee, sellerFee, book.row());
        fills.balances(fill, balances(orders, buyer, buyerBonded), balances(orders, seller, !sellerBonded));
        EventBuffer out = events;
        byte[] bytes = out.room();
        int at = out.begin(bytes, FilledEncoder.TEMPLATE_ID, FilledEncoder.BLOCK_LENGTH);
        LittleEndian.putLong(bytes, at + FilledEncoder.fillEncodingOffset(), id);
        LittleEndian.putLong(bytes, at + FilledEncoder.priceTicksEncodingOffset(), price);
        LittleEndian.putLong(bytes, at + FilledEncoder.quantityLotsEncodingOffset(), lots);
        LittleEndian.putLong(bytes, at + FilledEncoder.baseAmountEncodingOffset(), base);
        LittleEndian.putLong(bytes, at + FilledEncoder.quoteAmountEncodingOffset(), quote);
        LittleEndian.putLong(bytes, at + FilledEncoder.makerFeeEncodingOffset(), makerFee);
        LittleEndian.putLong(bytes, at + FilledEncoder.takerFeeEncodingOffset(), takerFee);
        LittleEndian.putLong(bytes, at + FilledEncoder.bondEncodingOffset(), bond);
        say(bytes, at, book, maker, taker);
    }

    /** Puts into a fill's message who met whom, and what remains of them. */
    private static void say(byte[] bytes, int at, Book book, int maker, int taker) {
        Orders orders = book.orders();
        long makerAccount = orders.accountId(maker);
        long takerAccount = orders.accountId(taker);
        long[] rows = orders.rows();
        int makerRow = maker << 3;
        int takerRow = taker << 3;
        LittleEndian.putLong(bytes, at + FilledEncoder.makerEncodingOffset(), rows[makerRow + Orders.ID]);
        LittleEndian.putLong(bytes, at + FilledEncoder.takerEncodingOffset(), rows[takerRow + Orders.ID]);
        LittleEndian.putLong(bytes, at + FilledEncoder.makerAccountEncodingOffset(), makerAccount);
        LittleEndian.putLong(bytes, at + FilledEncoder.takerAccountEncodingOffset(), takerAccount);
        LittleEndian.putLong(
                bytes, at + FilledEncoder.makerRemainingLotsEncodingOffset(), rows[makerRow + Orders.REMAINING]);
        LittleEndian.putLong(
                bytes, at + FilledEncoder.takerRemainingLotsEncodingOffset(), rows[takerRow + Orders.REMAINING]);
        int side = (int) rows[takerRow + Orders.TAGS] & 1;
        LittleEndian.putLong(bytes, at + FilledEncoder.marketEncodingOffset(), LittleEndian.pair(book.market(), side));
    }

    /** Returns the rows of an order's base and quote balance, given whether it reserves base. */
    private static long balances(Orders orders, int order, boolean reservesBase) {
        long reservingFirst = orders.balances(order);
        return reservesBase ? reservingFirst : Long.rotateLeft(reservingFirst, Integer.SIZE);
    }

    /** Returns what an order that has just lost lots reserves less than before. */
    private static long freed(Book book, int order, boolean buys, long lots) {
        return book.costs().freed(buys, lots, book.orders().remaining(order), book.reservedAt(order));
    }

    @Override
    public void rested(Book book, int order) {
        Orders orders = book.orders();
        long[] rows = orders.rows();
        int at = order << 3;
        int side = (int) rows[at + Orders.TAGS] & 1;
        long remaining = rows[at + Orders.REMAINING];
        long price = rows[at + Orders.PRICE];
        events.orderRested(rows[at + Orders.ID], price, orders.shown(order), remaining, book.market(), side);
    }

    @Override
    public void cancelled(Book book, int order, CancelReason reason) {
        Orders orders = book.orders();
        release(book, order);
        events.orderCancelled(orders.id(order), orders.accountId(order), orders.remaining(order), reason);
    }

    @Override
    public void reduced(Book book, int order, long lots) {
        Orders orders = book.orders();
        boolean buys = Tags.isBuy(orders.tags(order));
        funds.release(orders.reserving(order), freed(book, order, buys, lots));
        events.orderReduced(orders, order, orders.accountId(order), lots);
    }

    @Override
    public void triggered(Book book, int order, long heldPrice) {
        Orders orders = book.orders();
        events.orderTriggered(orders.id(order), book.market(), heldPrice);
        long freed = 0;
        if (heldPrice != 0 && Tags.isBuy(orders.tags(order)) && !book.costs().isBonded(true)) {
            long remaining = orders.remaining(order);
            freed = book.costs().reserve(true, remaining, orders.price(order))
                    - book.costs().reserve(true, remaining, heldPrice);
        }
        funds.release(orders.reserving(order), freed);
    }

    @Override
    public void uncrossing(Book book, long price) {
        events.auctionUncrossed(book.market(), price);
    }

    @Override
    public void levelChanged(Book book, boolean buys, long price, long visible, int count) {
        events.levelChanged(book.market(), buys, price, visible, count);
    }

    /** Gives back all that an open order reserves. */
    private void release(Book book, int order) {
        Orders orders = book.orders();
        boolean buys = Tags.isBuy(orders.tags(order));
        funds.release(
                orders.reserving(order), book.costs().reserve(buys, orders.remaining(order), book.reservedAt(order)));
    }

    // ---- how fills end (M40) ----

    /** Gives each side what the other paid, bonds back, and the house its fees. */
    void settle(int fill, Book book) {
        boolean sellerBonded = book.costs().isBonded(false);
        boolean buyerBonded = book.costs().isBonded(true);
        long buyerFee = fills.buyerFee(fill);
        long sellerFee = fills.sellerFee(fill);
        takeOut(fill, book);
        if (!sellerBonded) {
            funds.arrive(fills.buyerBase(fill), fills.base(fill));
        }
        if (!buyerBonded) {
            funds.arrive(fills.sellerQuote(fill), fills.quote(fill) - sellerFee);
        }
        if (buyerFee < 0) {
            funds.arrive(fills.buyerQuote(fill), -buyerFee);
        }
        if (buyerBonded || sellerBonded) {
            funds.arrive(buyerBonded ? fills.buyerBase(fill) : fills.sellerQuote(fill), fills.bond(fill));
        }
        if (buyerFee + sellerFee > 0) {
            funds.arrive(book.feeBalance(), buyerFee + sellerFee);
        }
    }

    /** Gives each side back what it paid. */
    void giveBack(int fill, Book book) {
        int buyer = buyerPaying(fill, book);
        int seller = sellerPaying(fill, book);
        funds.settle(buyer, buyerPaid(fill, book));
        funds.arrive(buyer, buyerPaid(fill, book));
        funds.settle(seller, sellerPaid(fill, book));
        funds.arrive(seller, sellerPaid(fill, book));
    }

    /** Gives the side that the vault backs what it paid, and the other side's bond. */
    void forfeit(int fill, Book book) {
        takeOut(fill, book);
        boolean buyerBonded = book.costs().isBonded(true);
        int innocent = buyerBonded ? sellerPaying(fill, book) : buyerPaying(fill, book);
        funds.arrive(innocent, buyerBonded ? sellerPaid(fill, book) : buyerPaid(fill, book));
        funds.arrive(innocent, fills.bond(fill));
    }

    private void takeOut(int fill, Book book) {
        funds.settle(buyerPaying(fill, book), buyerPaid(fill, book));
        funds.settle(sellerPaying(fill, book), sellerPaid(fill, book));
    }

    private int buyerPaying(int fill, Book book) {
        return book.costs().isBonded(true) ? fills.buyerBase(fill) : fills.buyerQuote(fill);
    }

    private int sellerPaying(int fill, Book book) {
        return book.costs().isBonded(false) ? fills.sellerQuote(fill) : fills.sellerBase(fill);
    }

    private long buyerPaid(int fill, Book book) {
        return book.costs().isBonded(true) ? fills.bond(fill) : fills.quote(fill) + Math.max(fills.buyerFee(fill), 0);
    }

    private long sellerPaid(int fill, Book book) {
        return book.costs().isBonded(false) ? fills.bond(fill) : fills.base(fill);
    }
}
