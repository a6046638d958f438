package io.quoin.matching;

/**
 * All open orders of one side of a book at one price.
 *
 * @param priceTicks the price, in ticks
 * @param totalLots what the orders show together, in lots; what icebergs hide is not counted
 * @param orderCount how many orders there are
 */
public record BookLevel(long priceTicks, long totalLots, int orderCount) {}
