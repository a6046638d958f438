package io.quoin.node.store;

import io.quoin.matching.Command;

/** What people read of a command in the log and the inbox; programs read its bytes ({@link StoredCommand}). */
enum LogKind {
    OPEN_MARKET,
    SET_MARKET_STATE,
    SET_REFERENCE_PRICE,
    ADVANCE_TIME,
    CREDIT,
    DEBIT,
    PLACE_ORDER,
    AMEND_ORDER,
    CANCEL_ORDER,
    CANCEL_ALL,
    SETTLE_FILL,
    RETURN_FILL,
    FORFEIT_FILL,
    REQUEST_WITHDRAWAL,
    CO_SIGN_WITHDRAWAL,
    EXPIRE_WITHDRAWAL,
    FINALISE_WITHDRAWAL,
    REQUEST_EXIT,
    CANCEL_EXIT,
    FINALISE_EXIT;

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
