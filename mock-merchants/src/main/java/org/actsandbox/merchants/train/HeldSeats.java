package org.actsandbox.merchants.train;

/**
 * What this world has taken on a run, as of a version of the run's row.
 *
 * @param version 0 when the run has no row yet
 */
record HeldSeats(long version, SeatMasks masks) {

  static final HeldSeats NOTHING = new HeldSeats(0, SeatMasks.NONE);
}
