package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.train.seat.RunSeats;
import org.actsandbox.merchants.train.timetable.TrainComposition;

/** Chooses the seats of a party: in the promised position, and next to each other if possible. */
final class SeatChoice {

  private SeatChoice() {}

  /** Chooses the seats of an offer; empty when too few are free as promised. */
  static Optional<List<Integer>> choose(RunSeats runSeats, TrainOfferId id) {
    var free = runSeats.free(id.seatClass(), id.ride().segments(), id.position());
    if (free.size() < id.passengers()) {
      return Optional.empty();
    }
    return Optional.of(
        id.passengers() == 1
            ? List.of(chooseOne(runSeats, free))
            : chooseTogether(runSeats, free, id.passengers()));
  }

  /**
   * Chooses a seat that is already taken on other stretches, so that seats that are free all the
   * way stay for those who go far.
   */
  private static int chooseOne(RunSeats runSeats, List<Integer> free) {
    int whole = runSeats.train().wholeRoute();
    return free.stream()
        .filter(seat -> !runSeats.free(seat, whole))
        .findFirst()
        .orElse(free.getFirst());
  }

  /**
   * Chooses the closest seats within one carriage; if no carriage has enough, seats in as few
   * carriages as possible.
   */
  private static List<Integer> chooseTogether(RunSeats runSeats, List<Integer> free, int size) {
    var trainComposition = runSeats.train().composition();
    int best = -1;
    int bestSpan = Integer.MAX_VALUE;
    for (int i = 0; i + size <= free.size(); i++) {
      int first = free.get(i);
      int last = free.get(i + size - 1);
      boolean together =
          trainComposition.carriage(first).number() == trainComposition.carriage(last).number();
      // Rows count more than letters: A and F of one row are nearer than F and the A behind it.
      int span = (trainComposition.row(last) - trainComposition.row(first)) * 100 + last - first;
      if (together && span < bestSpan) {
        best = i;
        bestSpan = span;
      }
    }
    return best < 0
        ? chooseFewestCarriages(trainComposition, free, size)
        : List.copyOf(free.subList(best, best + size));
  }

  private static List<Integer> chooseFewestCarriages(
      TrainComposition trainComposition, List<Integer> free, int size) {
    var byCarriage = new HashMap<Integer, List<Integer>>();
    for (int seat : free) {
      byCarriage
          .computeIfAbsent(trainComposition.carriage(seat).number(), _ -> new ArrayList<>())
          .add(seat);
    }
    return byCarriage.entrySet().stream()
        .sorted(
            (a, b) ->
                a.getValue().size() == b.getValue().size()
                    ? a.getKey() - b.getKey()
                    : b.getValue().size() - a.getValue().size())
        .flatMap(entry -> entry.getValue().stream())
        .limit(size)
        .sorted()
        .toList();
  }
}
