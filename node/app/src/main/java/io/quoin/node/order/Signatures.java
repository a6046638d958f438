package io.quoin.node.order;

import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultDomain;

/** What every signed request is checked for. Each check throws {@link RefusedException}. Stateless. */
public final class Signatures {
    private Signatures() {}

    /**
     * Checks that a request names a vault.
     *
     * @param named CAIP-10 account
     * @param what the request, for the message
     */
    public static void requireVault(String named, VaultDomain vault, String what) {
        ChainAccount account;
        try {
            account = ChainAccount.parse(named);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "vault: " + e.getMessage());
        }
        if (!account.chain().equals(vault.chain())) {
            throw new RefusedException(
                    RefusalCode.WRONG_CHAIN,
                    what + " is for chain " + account.chain() + ", this node's vault is on " + vault.chain()
                            + "; sign it in the domain that GET /v1/markets names");
        }
        if (!account.address().equals(vault.vault())) {
            throw new RefusedException(
                    RefusalCode.WRONG_VAULT,
                    what + " is for the vault " + account.address() + ", this node's is " + vault.vault()
                            + "; sign it in the domain that GET /v1/markets names");
        }
    }

    /** Checks that an account signed a digest. */
    public static void requireSigner(
            Bytes32 digest, EvmSignature signature, EvmAddress account, VaultDomain vault, String what) {
        boolean right =
                OrderTyping.recover(digest, signature).filter(account::equals).isPresent();
        if (!right) {
            throw new RefusedException(
                    RefusalCode.WRONG_SIGNATURE,
                    "the signature is not " + account.checksummed() + "'s over " + what
                            + "; expected EIP-712 in domain {"
                            + VaultDomain.NAME + ", version " + VaultDomain.VERSION + ", chain id "
                            + vault.chain().eip155Id() + ", contract "
                            + vault.vault().checksummed() + "}, digest "
                            + digest);
        }
    }

    /** Reads a signature of 65 bytes. */
    public static EvmSignature parse(String text) {
        try {
            return EvmSignature.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.WRONG_SIGNATURE, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the address of a field. */
    public static EvmAddress address(String field, String text) {
        try {
            return EvmAddress.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, field + ": " + e.getMessage());
        }
    }
}
