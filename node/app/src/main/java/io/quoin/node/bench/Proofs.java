package io.quoin.node.bench;

import java.util.List;
import java.util.Optional;

/** Every proof there is. Stateless. */
public final class Proofs {
    private static final List<Proof> ALL = List.of(new ModelProof(), new MutantProof());

    private Proofs() {}

    /** Returns all of them, by name. */
    public static List<Proof> all() {
        return ALL;
    }

    /** Returns the one of that name. */
    public static Optional<Proof> named(String name) {
        return ALL.stream().filter(proof -> proof.name().equals(name)).findFirst();
    }
}
