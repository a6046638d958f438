package io.quoin.node.demo.trader;

import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** What a wallet must know of the vault besides its name. Stateless. */
final class VaultCalls {
    /** Where the vault keeps owners' wallets; as for any Solidity mapping, a place follows from it by hashing. */
    private static final BigInteger WALLETS = BigInteger.valueOf(9);

    private static final int AMOUNT_BITS = 128;

    private VaultCalls() {}

    static String gather(MarketView market, boolean sell, String owner) {
        StaticStruct lots = new StaticStruct(
                new Address(market.base().address()),
                new Address(market.quote().address()),
                new Uint128(market.baseLot()),
                new Uint128(market.quoteLot()));
        return call("gather", lots, new Uint256(sell ? 1 : 0), new Address(owner));
    }

    static String withdraw(WithdrawalDraft draft, String operatorSignature) {
        return call(
                "withdraw",
                new Address(draft.token().address()),
                new Uint256(draft.token().units(draft.amount())),
                new Address(draft.to()),
                new Uint256(draft.nonce()),
                new Uint256(draft.deadlineSeconds()),
                new DynamicBytes(Numeric.hexStringToByteArray(operatorSignature)));
    }

    /** The place of {@code wallets[owner][token]} in the vault's storage. */
    static BigInteger walletPlace(String owner, Token token) {
        String ofOwner = Hash.sha3("0x" + word(new Address(owner)) + word(new Uint256(WALLETS)));
        return Numeric.toBigInt(Hash.sha3("0x" + word(new Address(token.address())) + Numeric.cleanHexPrefix(ofOwner)));
    }

    /** Above the amount the word has the time of an exit request. */
    static BigInteger walletAmount(BigInteger word) {
        return word.and(BigInteger.ONE.shiftLeft(AMOUNT_BITS).subtract(BigInteger.ONE));
    }

    private static String call(String name, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
    }

    private static String word(Type<?> value) {
        return TypeEncoder.encode(value);
    }
}
