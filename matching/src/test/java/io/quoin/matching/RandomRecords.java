package io.quoin.matching;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Draws records of any kind, with whatever is inside them; every other number is an extreme one. */
final class RandomRecords {
    private static final long[] EXTREMES = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE};

    private final RandomGenerator random;
    private final Set<Enum<?>> drawn = new HashSet<>();

    RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the constants of enums that were drawn so far. */
    Set<Enum<?>> drawn() {
        return drawn;
    }

    /** Returns a record of a kind. */
    <R> R next(Class<R> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getType(), kind == Balance.class))
                .toArray();
        try {
            Constructor<R> constructor = kind.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind + " from " + Arrays.toString(values), e);
        }
    }

    private Object value(Class<?> type, boolean neverNegative) {
        if (type == long.class) {
            return neverNegative ? number() & Long.MAX_VALUE : number();
        }
        if (type == int.class) {
            return (int) (random.nextBoolean() ? number() : Math.clamp(number(), Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type.isEnum()) {
            Enum<?> constant = (Enum<?>) type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
            drawn.add(constant);
            return constant;
        }
        if (type.isSealed()) {
            Class<?>[] kinds = type.getPermittedSubclasses();
            return next(kinds[random.nextInt(kinds.length)]);
        }
        return next(type);
    }

    private long number() {
        return random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    }
}
