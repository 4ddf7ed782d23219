package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.actsandbox.merchants.shelf.SeededRandom;

/**
 * Simulates the commodity market of one world. Each day's closing price follows from the world's
 * seed alone, so that all sellers quote the same and past prices never change.
 */
final class CommodityMarket {

  /**
   * The lengths, in days, of the waves that a price is the sum of; the slowest has the most weight.
   */
  private static final int[] PERIODS = {367, 91, 29, 7, 1};

  private static final double[] WEIGHTS = {0.45, 0.28, 0.15, 0.08, 0.04};

  private final SeededRandom seededRandom;

  CommodityMarket(long seed) {
    this.seededRandom = new SeededRandom(seed).derive("market");
  }

  /**
   * Returns the closing price of a day in US dollars per unit, with the decimals of the base price.
   */
  BigDecimal close(Commodity commodity, LocalDate day) {
    double wave = 0;
    for (int i = 0; i < PERIODS.length; i++) {
      wave += WEIGHTS[i] * noise(commodity.symbol() + i, day.toEpochDay(), PERIODS[i]);
    }
    double factor = StrictMath.exp(wave * commodity.swing() / 100.0);
    return commodity
        .base()
        .multiply(BigDecimal.valueOf(factor))
        .setScale(commodity.base().scale(), RoundingMode.HALF_UP);
  }

  /**
   * Returns a value from -1 to 1 on a smooth curve between seeded points that are a period apart.
   */
  private double noise(String name, long day, int period) {
    long cell = Math.floorDiv(day, period);
    double within = (double) Math.floorMod(day, period) / period;
    double eased = within * within * (3 - 2 * within);
    double from = point(name, cell);
    return from + (point(name, cell + 1) - from) * eased;
  }

  private double point(String name, long cell) {
    return seededRandom.below(name + "@" + cell, 2001) / 1000.0 - 1;
  }
}
