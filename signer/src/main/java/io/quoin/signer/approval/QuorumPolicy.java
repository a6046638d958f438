package io.quoin.signer.approval;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;

/**
 * Who may approve, and how many of them it takes.
 *
 * @param version which policy, from 1; approvals name it
 * @param approvers each with his Ed25519 key; no key twice
 * @param bands thresholds of one asset, the lowest amount first; below the first no approval is needed
 */
public record QuorumPolicy(long version, Map<ApproverName, PublicKey> approvers, List<Band> bands) {
    /**
     * From an amount on, so many approvals.
     *
     * @param from base units, from 0; this amount included
     * @param needed how many, from 1
     */
    public record Band(BigInteger from, int needed) {
        /** Refuses a negative amount and a quorum of nobody, with {@link IllegalArgumentException}. */
        public Band {
            if (from.signum() < 0 || needed < 1) {
                throw new IllegalArgumentException(
                        "quorum: a band starts at 0 or above and needs 1 approval or more, not " + from + " and "
                                + needed);
            }
        }
    }

    /**
     * Refuses, with {@link IllegalArgumentException}: one key for two names, bands that do not rise in amount and number,
     * and a band that needs more approvals than there are approvers beside the one who asks.
     */
    public QuorumPolicy {
        approvers = Map.copyOf(approvers);
        bands = List.copyOf(bands);
        if (version < 1) {
            throw new IllegalArgumentException("quorum: a policy's version is counted from 1, not " + version);
        }
        if (approvers.values().stream().distinct().count() != approvers.size()) {
            throw new IllegalArgumentException("quorum: two approvers have one key, and would be one person");
        }
        for (int i = 1; i < bands.size(); i++) {
            if (bands.get(i).from().compareTo(bands.get(i - 1).from()) <= 0
                    || bands.get(i).needed() < bands.get(i - 1).needed()) {
                throw new IllegalArgumentException("quorum: the band from "
                        + bands.get(i).from() + " does not rise above the one from "
                        + bands.get(i - 1).from());
            }
        }
        if (!bands.isEmpty() && bands.getLast().needed() > approvers.size() - 1) {
            throw new IllegalArgumentException("quorum: " + bands.getLast().needed() + " approvals cannot come from "
                    + approvers.size() + " approvers, of whom one may have asked");
        }
    }

    /** How many approvals that amount takes; 0 below every band. */
    public int needed(BigInteger amount) {
        int needed = 0;
        for (Band band : bands) {
            needed = amount.compareTo(band.from()) >= 0 ? band.needed() : needed;
        }
        return needed;
    }
}
