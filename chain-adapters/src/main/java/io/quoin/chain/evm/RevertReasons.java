package io.quoin.chain.evm;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.IVaultCases;
import io.quoin.contracts.IVaultSingles;
import io.quoin.contracts.TestToken;
import io.quoin.contracts.VaultCases;
import io.quoin.contracts.VaultSingles;
import io.quoin.contracts.VaultTill;
import io.quoin.signer.evm.Hex;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/** Says in words why a call of the vault reverted: name and values of its custom errors, Solidity's own two, or the bytes. */
final class RevertReasons {
    private static final int SELECTOR_TEXT = 10;
    private static final int SHOWN_MAX = 200;

    /**
     * By selector, of all code that runs at the vault's address, and of the tokens that it calls. The generated bindings
     * have a constant for each error in a contract's ABI and no list of them.
     */
    private static final Map<String, CustomError> ERRORS = Stream.of(
                    IEscrowVault.class,
                    IVaultCases.class,
                    IVaultSingles.class,
                    EscrowVault.class,
                    VaultTill.class,
                    VaultCases.class,
                    VaultSingles.class,
                    TestToken.class)
            .flatMap(binding -> Arrays.stream(binding.getFields()))
            .filter(field -> field.getType() == CustomError.class)
            .map(RevertReasons::constant)
            .collect(Collectors.toUnmodifiableMap(RevertReasons::selector, error -> error, (one, same) -> one));

    private static final CustomError REVERTED_WITH_TEXT =
            new CustomError("Error", List.of(TypeReference.create(Utf8String.class)));
    private static final CustomError PANIC = new CustomError("Panic", List.of(TypeReference.create(Uint256.class)));

    private RevertReasons() {}

    /** One line for a person and for the record. */
    static String of(CallOutcome.Reverted reverted) {
        Hex data = reverted.data();
        if (data.size() < 4) {
            return reverted.message().isBlank() ? "reverted without a reason" : reverted.message();
        }
        String selector = data.text().substring(0, SELECTOR_TEXT);
        if (selector.equals(selector(REVERTED_WITH_TEXT))) {
            return described(REVERTED_WITH_TEXT, data);
        }
        if (selector.equals(selector(PANIC))) {
            return described(PANIC, data);
        }
        CustomError error = ERRORS.get(selector);
        return error == null ? unknown(data) : described(error, data);
    }

    private static String described(CustomError error, Hex data) {
        var parameters = error.getParameters();
        try {
            var values = FunctionReturnDecoder.decode(data.text().substring(SELECTOR_TEXT), parameters);
            if (values.size() == parameters.size()) {
                return values.stream()
                        .map(value -> shown(value.getValue()))
                        .collect(Collectors.joining(", ", error.getName() + "(", ")"));
            }
        } catch (RuntimeException malformed) {
            // The data comes from outside and may be cut: then its bytes are all that can be said.
            return unknown(data);
        }
        return unknown(data);
    }

    private static String shown(Object value) {
        return cut(value instanceof byte[] bytes ? Hex.of(bytes).text() : String.valueOf(value));
    }

    private static String unknown(Hex data) {
        return "unknown error " + cut(data.text());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }

    private static String selector(CustomError error) {
        return CustomErrorEncoder.encode(error).substring(0, SELECTOR_TEXT);
    }

    private static CustomError constant(Field field) {
        try {
            return (CustomError) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("the binding's constants are public", impossible);
        }
    }
}
