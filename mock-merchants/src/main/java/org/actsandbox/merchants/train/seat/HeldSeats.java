package org.actsandbox.merchants.train.seat;

/**
 * Represents the seats that this world holds on a train run, as of a version of the run's row.
 *
 * @param version the version of the row, 0 if the run has no row yet
 */
public record HeldSeats(long version, SeatMasks masks) {

  static final HeldSeats NONE = new HeldSeats(0, SeatMasks.NONE);
}
