package io.quoin.chain.vault;

import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.web3j.utils.Numeric;

/** Batch data with the last section, which names accounts to gather first; docs/contracts.md has the layout. */
final class GatherTail {
    /** Selector, and the words for offset and length of the one argument. */
    private static final int BEFORE_DATA = 4 + 2 * 32;

    private GatherTail() {}

    static byte[] added(LockBatch batch, List<BatchMoves.Gathered> accounts) {
        byte[] call = VaultCalldata.encode(new VaultCall.Lock(batch));
        int length = new BigInteger(1, Arrays.copyOfRange(call, BEFORE_DATA - 32, BEFORE_DATA)).intValueExact();
        StringBuilder data = new StringBuilder(
                Numeric.toHexStringNoPrefix(Arrays.copyOfRange(call, BEFORE_DATA, BEFORE_DATA + length)));
        MarketLots lots = batch.lots();
        for (BatchMoves.Gathered account : accounts) {
            data.append("%04x%02x".formatted(account.order(), account.side().code()))
                    .append(lots.base().hex().substring(2))
                    .append(lots.quote().hex().substring(2))
                    .append("%032x%032x".formatted(lots.baseLot(), lots.quoteLot()));
        }
        return Numeric.hexStringToByteArray(data.toString());
    }
}
