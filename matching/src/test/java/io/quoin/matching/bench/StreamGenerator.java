package io.quoin.matching.bench;

import java.util.SplittableRandom;

/**
 * Draws a stream from a seed. A plain book goes along, so that commands name orders that rest, prices lie around that
 * book's best ones, and the stream knows its right checksum. The same seed gives the same stream on every machine.
 */
final class StreamGenerator {
    /** The seed of the published figures. */
    static final long SEED = 20_260_801L;

    private static final int LOTS_MAX = 100;
    private static final double LOTS_MEAN = (LOTS_MAX + 1) / 2.0;
    private static final int WHOLE = 10_000;
    /** Of 10,000 immediate orders, how many are priced short of the other side, so that all of them expires. */
    private static final int SHORT = 500;
    /** Of 10,000 cancellations and amendments, how many name no resting order. */
    private static final int UNKNOWN = 100;
    /** How strongly the takers' size follows a book that holds too many or too few orders. */
    private static final double PULL = 6;

    private static final double PULL_LEAST = 1.0 / 16;
    private static final double PULL_MOST = 2;
    /** What an order of the end takes: about a thousand resting orders. */
    private static final long DRAIN_LOTS = 50_000;

    private final StreamSpec spec;
    private final SplittableRandom random;
    private final Checksum checksum = new Checksum();
    private final TreeMapBook book = new TreeMapBook(checksum);
    private final CommandBuffer commands = new CommandBuffer();
    private final OrderIds ids;
    private final PriceDraw prices;
    private int restingMax;

    private StreamGenerator(StreamSpec spec, long seed) {
        this.spec = spec;
        this.random = new SplittableRandom(seed);
        this.ids = new OrderIds(spec.scattered(), random, book);
        this.prices = new PriceDraw(spec.depth(), random, book);
    }

    /**
     * Draws a stream.
     *
     * @param settle how many commands of the mix warm the book after it was filled
     * @param timed how many are timed
     */
    static CommandStream generate(StreamSpec spec, long seed, int settle, int timed) {
        return new StreamGenerator(spec, seed).generate(settle, timed);
    }

    private CommandStream generate(int settle, int timed) {
        while (book.resting() < spec.resting()) {
            placeResting(random.nextBoolean());
        }
        for (int i = 0; i < settle; i++) {
            next();
        }
        int warm = commands.size();
        long tradesBefore = checksum.trades();
        long rejectsBefore = checksum.rejects();
        int trading = 0;
        long fillsMax = 0;
        long restingSum = 0;
        long levelsSum = 0;
        for (int i = 0; i < timed; i++) {
            long before = checksum.trades();
            next();
            long fills = checksum.trades() - before;
            trading += fills > 0 ? 1 : 0;
            fillsMax = Math.max(fillsMax, fills);
            restingSum += book.resting();
            levelsSum += book.levels();
        }
        long trades = checksum.trades() - tradesBefore;
        long rejects = checksum.rejects() - rejectsBefore;
        int resting = (int) (restingSum / timed);
        int levels = (int) (levelsSum / timed);
        var shape = new StreamShape(warm, timed, trading, trades, fillsMax, rejects, resting, restingMax, levels);
        drain(true);
        drain(false);
        return new CommandStream(commands, shape, checksum.value());
    }

    private void next() {
        prices.step();
        StreamSpec.Mix mix = spec.mix();
        int drawn = random.nextInt(StreamSpec.Mix.WHOLE) - mix.place();
        if (drawn < 0 || book.resting() == 0) {
            place();
        } else if ((drawn -= mix.immediate()) < 0) {
            placeImmediate();
        } else if (random.nextInt(WHOLE) < UNKNOWN) {
            nameNothing(drawn < mix.cancel());
        } else if ((drawn -= mix.cancel()) < 0) {
            cancel(ids.pick());
        } else if (drawn < mix.move()) {
            move(ids.pick());
        } else {
            reduce(ids.pick());
        }
        restingMax = Math.max(restingMax, book.resting());
    }

    private void place() {
        boolean buy = random.nextBoolean();
        if (random.nextInt(WHOLE) < spec.crossing()) {
            place(buy, prices.trading(buy, false), Math.min(takerLots(), 1 + random.nextInt(LOTS_MAX)), false);
        } else {
            placeResting(buy);
        }
    }

    private void placeResting(boolean buy) {
        place(buy, prices.resting(buy), 1 + random.nextInt(LOTS_MAX), false);
        restingMax = Math.max(restingMax, book.resting());
    }

    private void placeImmediate() {
        boolean buy = random.nextBoolean();
        boolean falls = random.nextInt(WHOLE) < SHORT;
        place(buy, falls ? prices.resting(buy) : prices.trading(buy, true), takerLots(), true);
    }

    private void place(boolean buy, long price, long lots, boolean immediate) {
        long id = ids.next();
        int owner = 1 + random.nextInt(CommandStream.BUYERS) + (buy ? 0 : CommandStream.BUYERS);
        commands.add(immediate ? CommandStream.PLACE_IMMEDIATE : CommandStream.PLACE, id, owner, price, lots);
        book.place(id, owner, buy, price, lots, immediate);
        if (!immediate) {
            ids.placed(id);
        }
    }

    private void cancel(TreeMapBook.Order order) {
        commands.add(CommandStream.CANCEL, order.id, order.owner, 0, 0);
        book.cancel(order.id, order.owner);
        ids.cancelled(order.id);
    }

    private void move(TreeMapBook.Order order) {
        boolean crossing = random.nextInt(WHOLE) < spec.crossing();
        long price = crossing ? prices.trading(order.buy, false) : prices.resting(order.buy);
        if (price == order.level.price) {
            price += order.buy ? -1 : 1; // a move to where it is means something else in every engine
        }
        commands.add(CommandStream.MOVE, order.id, order.owner, price, 0);
        book.move(order.id, order.owner, order.buy, price);
    }

    private void reduce(TreeMapBook.Order order) {
        if (order.remaining == 1) {
            cancel(order);
            return;
        }
        long by = 1 + random.nextLong(order.remaining - 1);
        long remaining = order.remaining - by;
        commands.add(CommandStream.REDUCE, order.id, order.owner, by, remaining);
        book.reduce(order.id, order.owner, remaining, by);
    }

    private void nameNothing(boolean cancel) {
        long id = ids.unknown();
        int owner = 1 + random.nextInt(CommandStream.ACCOUNTS);
        boolean buy = owner <= CommandStream.BUYERS;
        if (cancel) {
            commands.add(CommandStream.CANCEL, id, owner, 0, 0);
            book.cancel(id, owner);
        } else {
            long price = prices.resting(buy);
            commands.add(CommandStream.MOVE, id, owner, price, 0);
            book.move(id, owner, buy, price);
        }
    }

    private void drain(boolean bids) {
        while (!book.isEmpty(bids)) {
            place(!bids, book.worst(bids), DRAIN_LOTS, true);
        }
    }

    /** Draws what a taker wants: more when too much rests, less when too little does. */
    private long takerLots() {
        double pull = StrictMath.pow((double) book.resting() / spec.resting(), PULL);
        double mean = spec.sweep() * LOTS_MEAN * Math.clamp(pull, PULL_LEAST, PULL_MOST);
        return 1 + (long) PriceDraw.exponential(random, mean);
    }
}
