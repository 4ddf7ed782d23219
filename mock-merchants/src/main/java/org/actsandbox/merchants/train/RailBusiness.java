package org.actsandbox.merchants.train;

import java.time.Instant;
import java.time.LocalDate;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.train.seat.PresoldSeats;
import org.actsandbox.merchants.train.seat.RunSeats;
import org.actsandbox.merchants.train.seat.SeatHoldRows;
import org.actsandbox.merchants.train.seat.SeatHolds;
import org.actsandbox.merchants.train.seat.SeatMasks;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.SeededNumbers;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.TrainRun;

/**
 * Bundles one rail merchant's business in one world: the shared timetable, its seats, prices and
 * terms, and the current time.
 */
record RailBusiness(
    MerchantProfile merchant,
    VerticalWorld world,
    Timetable timetable,
    RailPlatformTerms terms,
    RailTariff tariff,
    RailPriceAdjustments priceAdjustments,
    SeatHolds seatHolds,
    long seed) {

  /** Tickets are sold for so many days; the first of them is today. */
  static final int DAYS_AHEAD = 30;

  static RailBusiness open(MerchantProfile merchant, VerticalWorld world, Timetable timetable) {
    long seed = SeededNumbers.numberFor(world.seed(), merchant.id());
    var railPlatformTerms = RailPlatformTerms.of(merchant.id());
    var priceAdjustments = new RailPriceAdjustments(world, merchant.id());
    var today = LocalDate.ofInstant(world.clock().instant(), world.zone());
    return new RailBusiness(
        merchant,
        world,
        timetable,
        railPlatformTerms,
        new RailTariff(railPlatformTerms, priceAdjustments, seed),
        priceAdjustments,
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
    // Most calls are about coming days and need no instant.
    return !boarding.isAfter(today())
        && !now().isBefore(ride.departs(boarding, world.zone()).toInstant());
  }

  RunSeats seats(TrainRun trainRun) {
    return seats(trainRun, seatHolds.held(trainRun).masks());
  }

  RunSeats seats(TrainRun trainRun, SeatMasks held) {
    return new RunSeats(trainRun, new PresoldSeats(trainRun, seed), held);
  }
}
