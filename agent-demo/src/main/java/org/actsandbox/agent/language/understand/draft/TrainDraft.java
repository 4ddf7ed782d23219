package org.actsandbox.agent.language.understand.draft;

import java.lang.reflect.Field;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Slots;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Holds a train journey while the interpreter still fills it; a field that was not mentioned is
 * null.
 */
public final class TrainDraft extends WishDraft {

  public @Nullable String from;
  public @Nullable String to;
  public @Nullable LocalDate date;
  public @Nullable LocalDate latestDate;
  public @Nullable LocalTime departAfter;
  public @Nullable LocalTime departBefore;
  public @Nullable LocalTime arriveAfter;
  public @Nullable LocalTime arriveBefore;
  public @Nullable String seatClass;
  public @Nullable String position;
  public final Set<String> avoid = new LinkedHashSet<>();
  public @Nullable Integer passengers;
  public @Nullable String trainType;
  @Nullable String trainNo;
  public @Nullable String sort;
  public @Nullable String maxPrice;

  /** The number of tickets of each class, where several were said: "one first and one second". */
  final Map<String, Integer> ticketsByClass = new LinkedHashMap<>();

  /** The number of tickets of each position, where several were said: one window, one aisle. */
  final Map<String, Integer> ticketsBySeat = new LinkedHashMap<>();

  /** Further cities to each of which the journey is compared: "which is cheaper, A or B?". */
  final List<String> otherDestinations = new ArrayList<>();

  /** Further days for each of which there are tickets: 周六和周日各一张. */
  final List<LocalDate> otherDays = new ArrayList<>();

  /** True if this is the journey back of the one before it. */
  public boolean back;

  /** The time until the next day of this name, when the day was told by weekday or day of month. */
  @Nullable Period recurrence;

  /** True if it goes on from where the journey before it ends. */
  boolean goesOn;

  /** True if the sentence says where it begins. */
  boolean isFromKnown;

  /** True if the principal asked for both ways at once. */
  public boolean round;

  private static final Map<String, Field> SLOTS = slots(TrainDraft.class, TrainWish.class);

  @Override
  Map<String, Field> slots() {
    return SLOTS;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.TRAIN;
  }

  /** "If there is none on Friday then Monday" is the Monday after that Friday. */
  void putAfter(TrainDraft first) {
    if (first.date != null && date != null && recurrence != null && date.isBefore(first.date)) {
      date = date.plus(recurrence);
    }
  }

  public boolean hasHours() {
    return departAfter != null
        || departBefore != null
        || arriveAfter != null
        || arriveBefore != null;
  }

  /** Changes each hour that there is. */
  public void moveHours(Function<LocalTime, @Nullable LocalTime> move) {
    departAfter = departAfter == null ? null : move.apply(departAfter);
    departBefore = departBefore == null ? null : move.apply(departBefore);
    arriveAfter = arriveAfter == null ? null : move.apply(arriveAfter);
    arriveBefore = arriveBefore == null ? null : move.apply(arriveBefore);
  }

  /**
   * New hours replace all hours, and so does "the earliest" those about an hour. A seat that is
   * wanted now is not avoided.
   */
  @Override
  void prepare(WishDraft changes) {
    if (changes instanceof TrainDraft train) {
      latestDate = train.date == null ? latestDate : null;
      boolean aboutAnHour = "closest".equals(sort);
      boolean isFirst = "earliest".equals(train.sort) || "latest".equals(train.sort);
      if (train.hasHours() || (aboutAnHour && isFirst)) {
        // "An earlier one" asked for the last train before the one shown, which these hours
        // replace.
        sort = aboutAnHour || (departBefore != null && "latest".equals(sort)) ? null : sort;
        moveHours(_ -> null);
        trainNo = null;
      }
      avoid.removeIf(each -> each.equals(train.position));
      position = train.avoid.contains(String.valueOf(position)) ? null : position;
      trainType = train.avoid.contains(String.valueOf(trainType)) ? null : trainType;
      ticketsByClass.putAll(train.ticketsByClass);
      ticketsBySeat.putAll(train.ticketsBySeat);
      round |= train.round;
    }
  }

  /**
   * Returns one draft for each compared destination, day, class or position if each has tickets of
   * its own, or else this.
   */
  @Override
  public List<WishDraft> split() {
    if (!otherDestinations.isEmpty()) {
      return Stream.concat(Stream.ofNullable(to), otherDestinations.stream())
          .<WishDraft>map(place -> with(each -> each.to = place))
          .toList();
    }
    if (!otherDays.isEmpty()) {
      return Stream.concat(Stream.ofNullable(date), otherDays.stream())
          .distinct()
          .<WishDraft>map(day -> with(each -> each.date = day))
          .toList();
    }
    int seated = ticketsBySeat.values().stream().mapToInt(Integer::intValue).sum();
    if (ticketsByClass.size() > 1) {
      return withTickets(ticketsByClass, (each, name) -> each.seatClass = name);
    }
    boolean isSeated =
        ticketsBySeat.size() > 1 && (passengers == null || passengers <= 1 || passengers == seated);
    return isSeated
        ? withTickets(ticketsBySeat, (each, name) -> each.position = name)
        : List.of(this);
  }

  private List<WishDraft> withTickets(
      Map<String, Integer> tickets, BiConsumer<TrainDraft, String> change) {
    return tickets.entrySet().stream()
        .<WishDraft>map(
            entry ->
                with(
                    each -> {
                      change.accept(each, entry.getKey());
                      each.passengers = entry.getValue();
                    }))
        .toList();
  }

  private TrainDraft with(Consumer<TrainDraft> change) {
    var one = (TrainDraft) WishDraft.of(wish());
    one.back = back;
    one.round = round;
    one.goesOn = goesOn;
    one.isFromKnown = isFromKnown;
    one.recurrence = recurrence;
    change.accept(one);
    return one;
  }

  @Override
  TrainWish plainWish() {
    return Slots.make(
        TrainWish.class,
        slot ->
            slot.equals("passengers")
                ? (Integer) (passengers == null ? 1 : Math.clamp(passengers, 1, 99))
                : wished(slot));
  }
}
