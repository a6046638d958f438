package io.quoin.testnet;

import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;

/** Encodes calls; web3j's encoder takes raw types, and this is the one place that has to follow it. */
@SuppressWarnings("rawtypes")
final class AbiCalls {
    private AbiCalls() {}

    /** Call data of a function without results that matter here. */
    static String call(String function, Type... arguments) {
        return FunctionEncoder.encode(new Function(function, List.of(arguments), List.of()));
    }

    /** Creation code with its constructor's arguments. */
    static String deployment(String code, Type... arguments) {
        return code + FunctionEncoder.encodeConstructor(List.of(arguments));
    }
}
