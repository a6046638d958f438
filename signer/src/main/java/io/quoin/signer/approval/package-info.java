/** Approvals: above a threshold, so many named people must have signed what is about to be signed. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.approval;
