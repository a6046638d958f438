package io.quoin.matching;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Leaves out of a list of commands whatever it fails without, and writes the rest as Java. */
final class Shrinker {
    private Shrinker() {}

    /**
     * Delta debugging: as long as the commands still fail, leaves out parts of them, first halves, then ever smaller ones,
     * until no single command can be left out.
     */
    static List<Command> shrink(List<Command> failing, Predicate<List<Command>> fails) {
        List<Command> left = failing;
        for (int size = Math.max(1, left.size() / 2); ; ) {
            int before = left.size();
            for (int at = 0; at < left.size(); ) {
                List<Command> fewer = new ArrayList<>(left);
                fewer.subList(at, Math.min(left.size(), at + size)).clear();
                if (fails.test(fewer)) {
                    left = fewer;
                } else {
                    at += size;
                }
            }
            if (size == 1 && left.size() == before) {
                return left;
            }
            size = Math.max(1, size / 2);
        }
    }

    /** The commands as lines of Java, which a test can apply. */
    static String asJava(List<Command> commands) {
        return commands.stream()
                .map(command -> "floor.apply(" + java(command) + ");")
                .collect(Collectors.joining("\n"));
    }

    private static String java(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.getDeclaringClass().getSimpleName() + "." + constant.name();
            case Record fields ->
                Arrays.stream(fields.getClass().getRecordComponents())
                        .map(component -> java(read(fields, component)))
                        .collect(Collectors.joining(", ", "new " + name(fields.getClass()) + "(", ")"));
            case Long number when number != number.intValue() -> number + "L";
            default -> value.toString();
        };
    }

    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static Object read(Record fields, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of this package can be read", e);
        }
    }
}
