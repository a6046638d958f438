package io.quoin.node.store;

import io.quoin.matching.Command;

/** The names under which commands stand in the log, and back. */
enum LogKind {
    OPEN_MARKET(Command.OpenMarket.class),
    SET_MARKET_STATE(Command.SetMarketState.class),
    SET_REFERENCE_PRICE(Command.SetReferencePrice.class),
    ADVANCE_TIME(Command.AdvanceTime.class),
    CREDIT(Command.Credit.class),
    DEBIT(Command.Debit.class),
    PLACE_ORDER(Command.PlaceOrder.class),
    AMEND_ORDER(Command.AmendOrder.class),
    CANCEL_ORDER(Command.CancelOrder.class),
    CANCEL_ALL(Command.CancelAll.class),
    SETTLE_FILL(Command.SettleFill.class),
    RETURN_FILL(Command.ReturnFill.class),
    FORFEIT_FILL(Command.ForfeitFill.class),
    REQUEST_WITHDRAWAL(Command.RequestWithdrawal.class),
    CO_SIGN_WITHDRAWAL(Command.CoSignWithdrawal.class),
    EXPIRE_WITHDRAWAL(Command.ExpireWithdrawal.class),
    FINALISE_WITHDRAWAL(Command.FinaliseWithdrawal.class),
    REQUEST_EXIT(Command.RequestExit.class),
    CANCEL_EXIT(Command.CancelExit.class),
    FINALISE_EXIT(Command.FinaliseExit.class);

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
            case Command.SetMarketState _ -> SET_MARKET_STATE;
            case Command.SetReferencePrice _ -> SET_REFERENCE_PRICE;
            case Command.AdvanceTime _ -> ADVANCE_TIME;
            case Command.Credit _ -> CREDIT;
            case Command.Debit _ -> DEBIT;
            case Command.PlaceOrder _ -> PLACE_ORDER;
            case Command.AmendOrder _ -> AMEND_ORDER;
            case Command.CancelOrder _ -> CANCEL_ORDER;
            case Command.CancelAll _ -> CANCEL_ALL;
            case Command.SettleFill _ -> SETTLE_FILL;
            case Command.ReturnFill _ -> RETURN_FILL;
            case Command.ForfeitFill _ -> FORFEIT_FILL;
            case Command.RequestWithdrawal _ -> REQUEST_WITHDRAWAL;
            case Command.CoSignWithdrawal _ -> CO_SIGN_WITHDRAWAL;
            case Command.ExpireWithdrawal _ -> EXPIRE_WITHDRAWAL;
            case Command.FinaliseWithdrawal _ -> FINALISE_WITHDRAWAL;
            case Command.RequestExit _ -> REQUEST_EXIT;
            case Command.CancelExit _ -> CANCEL_EXIT;
            case Command.FinaliseExit _ -> FINALISE_EXIT;
        };
    }
}
