/** Withdrawals that the operator co-signs, from a trader's signed request to the vault's payment. */
@NullMarked
package io.quoin.node.withdrawal;

import org.jspecify.annotations.NullMarked;
