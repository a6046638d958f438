package io.quoin.matching;

/**
 * All open orders of one side of a book at one price.
 *
 * @param priceTicks the price, in ticks
 * @param totalLots what the orders offer together, in lots
 * @param orderCount how many orders there are
 */
public record BookLevel(long priceTicks, long totalLots, int orderCount) {}
