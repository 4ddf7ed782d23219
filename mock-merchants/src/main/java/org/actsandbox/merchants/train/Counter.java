package org.actsandbox.merchants.train;

import java.time.Instant;
import java.time.LocalDate;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;

/**
 * What one merchant's ticket counter in one world knows: the shared timetable, its seats, prices
 * and terms, and what time it is.
 */
record Counter(
    MerchantProfile merchant,
    VerticalWorld world,
    Timetable timetable,
    Terms terms,
    Tariff tariff,
    PriceMoves moves,
    Runs runs,
    long seed) {

  /** Tickets are sold from today to this many days ahead. */
  static final int DAYS_AHEAD = 30;

  static Counter open(MerchantProfile merchant, VerticalWorld world, Timetable timetable) {
    long seed = Seeds.named(world.seed(), merchant.id());
    var terms = Terms.of(merchant.id());
    var moves = new PriceMoves(world, merchant.id());
    var today = LocalDate.ofInstant(world.clock().instant(), world.zone());
    return new Counter(
        merchant,
        world,
        timetable,
        terms,
        new Tariff(terms, moves, seed),
        moves,
        new Runs(new RunRows(world, merchant.id()), timetable, today),
        seed);
  }

  Instant now() {
    return world.clock().instant();
  }

  LocalDate today() {
    return LocalDate.ofInstant(now(), world.zone());
  }

  boolean departed(Ride ride, LocalDate boarding) {
    // Most questions are about coming days: no need to work out an instant.
    return !boarding.isAfter(today())
        && !now().isBefore(ride.departs(boarding, world.zone()).toInstant());
  }

  Seats seats(Run run) {
    return seats(run, runs.held(run).masks());
  }

  Seats seats(Run run, SeatMasks held) {
    return new Seats(run, new Presold(run, seed), held);
  }
}
