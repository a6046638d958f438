package io.quoin.node.machine;

import io.quoin.node.machine.Check.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The doctor's findings as lines for a person. Stateless. */
public final class DoctorReport {
    private DoctorReport() {}

    /** Returns a table of the findings, each piece of advice under the finding that it is for. */
    public static List<String> lines(List<Check> checks) {
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Check check : checks) {
            String status = check.status().name().toLowerCase(Locale.ROOT);
            lines.add(String.format(
                    Locale.ROOT, "  %-7s  %-" + Math.max(1, width) + "s  %s", status, check.name(), check.found()));
            if (!check.advice().isEmpty()) {
                lines.add(" ".repeat(width + 13) + check.advice());
            }
        }
        lines.add("");
        lines.add(verdict(checks));
        return List.copyOf(lines);
    }

    /** Returns whether nothing that is needed is missing. */
    public static boolean healthy(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.status() == Status.MISSING);
    }

    private static String verdict(List<Check> checks) {
        List<String> missing = checks.stream()
                .filter(check -> check.status() == Status.MISSING)
                .map(Check::name)
                .toList();
        return missing.isEmpty()
                ? "Nothing that Quoin needs is missing. Next: ./quoin demo"
                : "Missing: " + String.join(", ", missing) + ". Run the command beside it, then ./quoin doctor again.";
    }
}
