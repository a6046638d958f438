package io.quoin.matching.bench;

/**
 * A generated stream of commands in primitive arrays, so that a replay reads memory and does nothing else. First come
 * {@link #warm()} commands that bring an empty book to the stream's resting state, then {@link #timed()} commands that
 * are measured, then orders that empty the book, which shows what still rested in which order. Immutable.
 */
final class CommandStream {
    static final byte PLACE = 0;
    static final byte PLACE_IMMEDIATE = 1;
    static final byte CANCEL = 2;
    static final byte MOVE = 3;
    static final byte REDUCE = 4;

    /** Accounts 1 to this only buy, as many above it only sell: no order ever meets one of its own account. */
    static final int BUYERS = 500;

    static final int ACCOUNTS = 2 * BUYERS;

    private final byte[] kinds;
    private final long[] ids;
    private final int[] owners;
    private final int[] prices;
    private final int[] quantities;
    private final StreamShape shape;
    private final long checksum;

    CommandStream(CommandBuffer commands, StreamShape shape, long checksum) {
        this.kinds = commands.kinds();
        this.ids = commands.ids();
        this.owners = commands.owners();
        this.prices = commands.prices();
        this.quantities = commands.quantities();
        this.shape = shape;
        this.checksum = checksum;
    }

    /** Returns how many commands warm the book. */
    int warm() {
        return shape.warm();
    }

    /** Returns how many commands are timed. */
    int timed() {
        return shape.timed();
    }

    /** Returns the position after the last timed command. */
    int timedEnd() {
        return shape.warm() + shape.timed();
    }

    /** Returns how many commands there are in all. */
    int size() {
        return kinds.length;
    }

    /** Returns what it looks like. */
    StreamShape shape() {
        return shape;
    }

    /** Returns the plain book's checksum of the whole stream. */
    long checksum() {
        return checksum;
    }

    byte kind(int position) {
        return kinds[position];
    }

    long id(int position) {
        return ids[position];
    }

    int owner(int position) {
        return owners[position];
    }

    boolean isBuy(int position) {
        return owners[position] <= BUYERS;
    }

    long price(int position) {
        return prices[position];
    }

    /** Returns the quantity of a new order, or what is left of one that is reduced. */
    long quantity(int position) {
        return quantities[position];
    }

    /** Returns by how much an order is reduced, which has the place of the price that such a command has not. */
    long reducedBy(int position) {
        return prices[position];
    }

    /** Returns a command in words. */
    String describe(int position) {
        String order = (isBuy(position) ? "buy " : "sell ") + ids[position];
        return switch (kinds[position]) {
            case PLACE -> "place " + order + ": " + quantities[position] + " at " + prices[position];
            case PLACE_IMMEDIATE -> "place ioc " + order + ": " + quantities[position] + " at " + prices[position];
            case CANCEL -> "cancel " + order;
            case MOVE -> "move " + order + " to " + prices[position];
            case REDUCE -> "reduce " + order + " by " + prices[position] + " to " + quantities[position];
            default -> "command of kind " + kinds[position];
        };
    }
}
