package io.quoin.chain.evm;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainAdapter;
import io.quoin.chain.ChainHealth;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.FeeQuote;
import io.quoin.signer.TransactionSigner;
import io.quoin.signer.caip.ChainId;
import java.util.Objects;

/** The adapter of one EVM chain. */
public final class EvmChainAdapter implements ChainAdapter {
    private final EvmProfile profile;
    private final TransactionSigner signer;
    private final ChainPorts ports;

    /** An adapter for that chain, sending from the signer's account. */
    public EvmChainAdapter(EvmProfile profile, TransactionSigner signer, ChainPorts ports) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.signer = Objects.requireNonNull(signer, "signer");
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    @Override
    public ChainId chain() {
        return profile.chain();
    }

    @Override
    public ChainHealth health() {
        throw new UnsupportedOperationException("follows: " + signer.address());
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public void submit(ChainAction action) {
        ports.nonces().accept(profile.chain(), signer.address(), action);
    }

    @Override
    public BlockHeight finalHeight() {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public FeeQuote feeQuote() {
        throw new UnsupportedOperationException("follows");
    }

    @Override
    public void close() {}
}
