/**
 * The contracts as Java: classes that web3j generates in the build from the compiled artifacts, with the code to
 * deploy.
 *
 * <p>Not null-marked: generated code makes no statement about nulls.
 */
package io.quoin.contracts;
