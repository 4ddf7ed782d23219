package org.actsandbox.merchants.train;

import java.time.Instant;
import java.time.LocalDate;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;

/**
 * What one merchant's ticket counter in one world knows: the shared timetable, its seats, prices
 * and terms, and what time it is.
 */
record RailBusiness(
    MerchantProfile merchant,
    VerticalWorld world,
    Timetable timetable,
    RailPlatformTerms terms,
    RailTariff tariff,
    RailPriceAdjustments moves,
    SeatHolds runs,
    long seed) {

  /** Tickets are sold from today to this many days ahead. */
  static final int DAYS_AHEAD = 30;

  static RailBusiness open(MerchantProfile merchant, VerticalWorld world, Timetable timetable) {
    long seed = SeededNumbers.numberFor(world.seed(), merchant.id());
    var railPlatformTerms = RailPlatformTerms.of(merchant.id());
    var moves = new RailPriceAdjustments(world, merchant.id());
    var today = LocalDate.ofInstant(world.clock().instant(), world.zone());
    return new RailBusiness(
        merchant,
        world,
        timetable,
        railPlatformTerms,
        new RailTariff(railPlatformTerms, moves, seed),
        moves,
        new SeatHolds(new SeatHoldRows(world, merchant.id()), timetable, today),
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

  RunSeats seats(TrainRun trainRun) {
    return seats(trainRun, runs.held(trainRun).masks());
  }

  RunSeats seats(TrainRun trainRun, SeatMasks held) {
    return new RunSeats(trainRun, new PresoldSeats(trainRun, seed), held);
  }
}
