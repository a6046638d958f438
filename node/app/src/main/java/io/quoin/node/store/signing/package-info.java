/** The signer's journal and audit log in PostgreSQL, under a database role of the signer's own. */
@NullMarked
package io.quoin.node.store.signing;

import org.jspecify.annotations.NullMarked;
