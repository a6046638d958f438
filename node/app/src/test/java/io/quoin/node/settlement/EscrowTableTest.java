package io.quoin.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EscrowTableTest {
    private static final Set<EscrowState> FINAL =
            Arrays.stream(EscrowState.values()).filter(EscrowState::isFinal).collect(Collectors.toSet());

    @Test
    void table_hasOneEdgeForAStateAndACause() {
        assertThat(EscrowTable.EDGES.stream().map(edge -> edge.from() + " " + edge.cause()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyStateCanBeReached_andAnEndFromEveryState_butNotFromADispute() {
        assertThat(reachable(EscrowState.MATCHED)).containsExactlyInAnyOrder(EscrowState.values());
        for (EscrowState state : EscrowState.values()) {
            assertThat(reachable(state).stream().anyMatch(FINAL::contains))
                    .as("ends from " + state)
                    .isEqualTo(state != EscrowState.DISPUTED); // what the arbiter does is not followed yet
        }
    }

    @Test
    void aFinalState_isNeverLeft() {
        assertThat(EscrowTable.EDGES).filteredOn(edge -> edge.from().isFinal()).allSatisfy(edge -> {
            assertThat(edge.to()).isEqualTo(edge.from());
            assertThat(edge.effects()).isEmpty();
        });
    }

    @Test
    void anEscrowEndsForTheEngineExactlyOnce_whenItEntersAFinalState() {
        assertThat(EscrowTable.EDGES).allSatisfy(edge -> {
            boolean ends = edge.effects().contains(EscrowEffect.SETTLE_FILL)
                    ^ edge.effects().contains(EscrowEffect.RETURN_FILL);
            assertThat(ends).as(edge.toString()).isEqualTo(edge.to().isFinal() && edge.from() != edge.to());
        });
        assertThat(EscrowTable.EDGES)
                .filteredOn(edge -> edge.effects().contains(EscrowEffect.SETTLE_FILL))
                .allSatisfy(edge -> assertThat(edge.cause()).isEqualTo(EscrowCause.RELEASE_FINAL));
    }

    @Test
    void anActionIsAskedForAgain_onlyWhenTheOneBeforeFailed() {
        for (ActionKind kind : ActionKind.values()) {
            EscrowEffect effect = EscrowEffect.valueOf("REQUEST_" + kind);
            List<EscrowEdge> first = EscrowTable.EDGES.stream()
                    .filter(edge -> edge.effects().contains(effect))
                    .filter(edge -> edge.cause() != kind.failed())
                    .toList();

            Set<EscrowState> firstFrom = first.stream().map(EscrowEdge::from).collect(Collectors.toSet());
            for (EscrowEdge edge : first) {
                assertThat(reachable(edge.to())).as(effect + " after " + edge).doesNotContainAnyElementsOf(firstFrom);
            }
        }
    }

    @Test
    void specification_namesEveryEdge_andNoOther() throws IOException {
        Path page = QuoinHome.find().resolve("node/app/src/main/java/io/quoin/node/settlement/specification.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> line.chars().filter(c -> c == '|').count() == 5)
                .map(line -> line.replace("`", "").replace(" ", ""))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        EscrowTable.EDGES.stream().map(EscrowTableTest::row).toList());
    }

    private static String row(EscrowEdge edge) {
        String effects = edge.effects().isEmpty()
                ? "-"
                : edge.effects().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
        return "|" + edge.from() + "|" + edge.cause() + "|" + edge.to() + "|" + effects + "|";
    }

    private static Set<EscrowState> reachable(EscrowState start) {
        Set<EscrowState> seen = EnumSet.of(start);
        ArrayDeque<EscrowState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            EscrowState state = open.pop();
            EscrowTable.EDGES.stream()
                    .filter(edge -> edge.from() == state && seen.add(edge.to()))
                    .forEach(edge -> open.push(edge.to()));
        }
        return seen;
    }
}
