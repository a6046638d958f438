package io.quoin.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.matching.Command;
import io.quoin.matching.OrderId;
import io.quoin.matching.OrderLabels;
import io.quoin.matching.OrderTerms;
import io.quoin.matching.PostOnly;
import io.quoin.matching.Side;
import io.quoin.node.Samples;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredCommandTest {
    static Stream<Command> commands() {
        return Stream.of(
                new Command.OpenMarket(Samples.MARKET.spec()),
                new Command.Credit(new AccountId(7), new AssetId(2), Long.MAX_VALUE),
                new Command.PlaceOrder(
                        new OrderId(9),
                        Samples.MARKET.id(),
                        new AccountId(7),
                        OrderTerms.limit(Side.SELL, 200_000, 1_000)
                                .until(4_000_000_000L)
                                .postOnly(PostOnly.REJECT),
                        OrderLabels.NONE));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatIsWritten_isReadBack(Command command) {
        assertThat(StoredCommand.read(StoredCommand.write(command))).isEqualTo(command);
    }

    @Test
    void bytesThatWereCutShort_areRefusedInWords() {
        byte[] bytes = StoredCommand.write(new Command.AdvanceTime(1));

        assertThatThrownBy(() -> StoredCommand.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a stored command cannot be read");
        assertThatThrownBy(() -> StoredCommand.read(new byte[0])).isInstanceOf(IllegalStateException.class);
    }
}
