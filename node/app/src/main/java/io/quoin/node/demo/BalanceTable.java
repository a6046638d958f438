package io.quoin.node.demo;

import io.quoin.node.demo.BalanceRow.Column;
import io.quoin.node.demo.BalanceRow.Disagreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The table at the end of the demonstration. A cell that disagrees stands between exclamation marks. */
final class BalanceTable {
    private static final List<List<String>> HEAD = List.of(
            List.of("", "", "wallet", "", "vault", "", "change", "from", "node's", ""),
            List.of("trader", "token", "before", "after", "before", "after", "on chain", "fills", "ledger", "agrees"));
    private static final int LEFT_ALIGNED = 2;

    private BalanceTable() {}

    static List<String> lines(List<BalanceRow> rows) {
        List<List<String>> cells = new ArrayList<>(HEAD);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[HEAD.getFirst().size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> lines =
                new ArrayList<>(cells.stream().map(line -> line(line, widths)).toList());
        lines.add(HEAD.size(), "  " + "-".repeat(lines.get(1).length() - 2));
        return List.copyOf(lines);
    }

    private static List<String> cells(BalanceRow row) {
        List<Disagreement> disagreements = row.disagreements();
        Set<Column> wrong = disagreements.stream().map(Disagreement::column).collect(Collectors.toUnmodifiableSet());
        return List.of(
                row.trader(),
                row.token(),
                Amounts.text(row.before().wallet()),
                mark(wrong, Column.WALLET_AFTER, Amounts.text(row.after().wallet())),
                Amounts.text(row.before().vault()),
                mark(wrong, Column.VAULT_AFTER, Amounts.text(row.after().vault())),
                mark(wrong, Column.CHANGE, Amounts.signed(row.change())),
                Amounts.signed(row.fromFills()),
                mark(wrong, Column.LEDGER, Amounts.text(row.ledger().vaultAvailable())),
                disagreements.isEmpty() ? "yes" : "NO");
    }

    private static String mark(Set<Column> wrong, Column column, String text) {
        return wrong.contains(column) ? "!" + text + "!" : text;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String format = i < LEFT_ALIGNED ? "  %-" + widths[i] + "s" : "  %" + widths[i] + "s";
            line.append(String.format(Locale.ROOT, format, cells.get(i)));
        }
        return line.toString().stripTrailing();
    }
}
