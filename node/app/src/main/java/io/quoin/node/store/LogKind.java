package io.quoin.node.store;

import io.quoin.matching.Command;

/** The names under which commands stand in the log, and back. */
enum LogKind {
    OPEN_MARKET(Command.OpenMarket.class),
    CREDIT(Command.Credit.class),
    DEBIT(Command.Debit.class),
    PLACE_ORDER(Command.PlaceOrder.class),
    CANCEL_ORDER(Command.CancelOrder.class),
    SETTLE_FILL(Command.SettleFill.class),
    RETURN_FILL(Command.ReturnFill.class),
    EXPIRE_ORDERS(Command.ExpireOrders.class);

    private final Class<? extends Command> type;

    LogKind(Class<? extends Command> type) {
        this.type = type;
    }

    Class<? extends Command> type() {
        return type;
    }

    static LogKind of(Command command) {
        return switch (command) {
            case Command.OpenMarket _ -> OPEN_MARKET;
            case Command.Credit _ -> CREDIT;
            case Command.Debit _ -> DEBIT;
            case Command.PlaceOrder _ -> PLACE_ORDER;
            case Command.CancelOrder _ -> CANCEL_ORDER;
            case Command.SettleFill _ -> SETTLE_FILL;
            case Command.ReturnFill _ -> RETURN_FILL;
            case Command.ExpireOrders _ -> EXPIRE_ORDERS;
        };
    }
}
