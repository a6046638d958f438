package io.quoin.chain.vault;

/** Chooses what happens next. */
final class RandomLife {
    private final Life life;
    private final FundMoves funds;
    private final EscrowMoves escrows;
    private final BatchMoves batches;
    private final Comparison comparison;

    /** A life whose traders have made their first deposits. */
    RandomLife(Life life) {
        OrderDesk desk = new OrderDesk(life);
        this.life = life;
        this.funds = new FundMoves(life, desk);
        this.escrows = new EscrowMoves(life, desk);
        this.batches = new BatchMoves(life, desk, escrows);
        this.comparison = new Comparison(life, desk, batches, escrows);
        funds.endow();
    }

    Comparison comparison() {
        return comparison;
    }

    void step() {
        if (life.wallets.paused() && life.once(3)) {
            funds.pause();
            return;
        }
        switch (life.random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> batches.lock();
            case 8, 9 -> batches.gatherAndLock();
            case 11, 12 -> batches.settle();
            case 13, 14, 15, 16, 17 -> batches.release();
            case 18, 19 -> batches.refund();
            case 20, 21 -> batches.closeFill();
            case 23, 24 -> batches.dispute();
            case 25 -> escrows.lockPayment();
            case 26 -> escrows.lockSwap();
            case 27, 28, 29, 30 -> escrows.goOn();
            case 31 -> funds.deposit();
            case 10, 32 -> funds.withdraw();
            case 33 -> funds.exit();
            case 22, 34 -> funds.gather();
            case 35 -> funds.cancel();
            case 36 -> funds.collect();
            case 37 -> funds.migrate();
            case 38 -> life.chain.pass(life.random.nextInt(1_500));
            default -> rarely();
        }
    }

    private void rarely() {
        if (life.once(4)) {
            funds.pause();
        } else {
            life.chain.pass(life.random.nextInt(300));
        }
    }
}
