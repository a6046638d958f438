package io.quoin.node.withdrawal;

import java.math.BigInteger;

/**
 * A withdrawal as a client asked for it, its form already checked against the API's document.
 *
 * @param vault CAIP-10 account of the contract that it was signed for
 * @param account the trader's address
 * @param token the token's address
 * @param amount whole tokens
 * @param to the address that is paid
 * @param nonce not used before by this account, 0 to 2^256-1
 * @param deadline the last unix second in which the vault pays
 * @param signature 65 bytes in hexadecimal
 */
public record WithdrawalRequest(
        String vault,
        String account,
        String token,
        String amount,
        String to,
        BigInteger nonce,
        long deadline,
        String signature) {}
