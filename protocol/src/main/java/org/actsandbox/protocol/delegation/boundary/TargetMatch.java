package org.actsandbox.protocol.delegation.boundary;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.NameMatch;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.jspecify.annotations.Nullable;

/**
 * The result of comparing the lines of an order with the purchase targets of an authority. Every
 * line must match a target in its exact quantity, and no target may be bought more often than
 * allowed (ACT PSD-PAY-DEL).
 *
 * @param uses how often this order buys each target; empty if the order does not fit
 * @param repeated index of the target that was already bought as often as allowed; negative if
 *     there is none
 * @param differences one for each target that the failing line does not match; empty if all lines
 *     match
 */
public record TargetMatch(List<Integer> uses, int repeated, List<Difference> differences) {

  /**
   * The first difference between a target and an order line.
   *
   * @param field the member of the target
   */
  public record Difference(int target, String field, String expected, String observed) {}

  public boolean fits() {
    return repeated < 0 && differences.isEmpty();
  }

  /**
   * Compares order lines with targets.
   *
   * @param bought how often each target was bought before; a missing entry counts as never
   */
  public static TargetMatch of(
      List<PurchaseTarget> targets, List<Order.Line> lines, List<Integer> bought) {
    var uses = new int[targets.size()];
    for (var line : lines) {
      var differences = new ArrayList<Difference>();
      int repeated = -1;
      boolean matched = false;
      for (int i = 0; i < targets.size() && !matched; i++) {
        var difference = difference(i, targets.get(i), line);
        if (difference.isPresent()) {
          differences.add(difference.get());
        } else if (boughtBefore(bought, i) + uses[i] >= targets.get(i).maxTimes()) {
          repeated = i;
        } else {
          uses[i]++;
          matched = true;
        }
      }
      if (!matched) {
        return new TargetMatch(List.of(), repeated, repeated < 0 ? differences : List.of());
      }
    }
    return new TargetMatch(Arrays.stream(uses).boxed().toList(), -1, List.of());
  }

  static int boughtBefore(List<Integer> bought, int target) {
    return target < bought.size() ? bought.get(target) : 0;
  }

  /**
   * Returns how often each target was bought after this order is paid; unchanged if the order does
   * not fit.
   */
  public List<Integer> boughtAfter(List<Integer> bought) {
    return uses.isEmpty()
        ? bought
        : IntStream.range(0, uses.size())
            .mapToObj(i -> boughtBefore(bought, i) + uses.get(i))
            .toList();
  }

  private static Optional<Difference> difference(
      int number, PurchaseTarget target, Order.Line line) {
    var facts = Objects.requireNonNull(line.facts(), "lines without facts are refused before");
    var check = new Comparison(number, facts);
    check.same("kind", target.kind().code(), facts.kind().code());
    check.same("item_id", target.itemId(), line.itemId());
    check.named("what", target.what());
    target.attributesOrNone().forEach(check::attribute);
    check.place("from", target.from(), facts.from());
    check.place("to", target.to(), facts.to());
    check.place("city", target.city(), facts.city());
    check.day(target.date(), target.lastDay());
    check.notBefore("depart_after", target.departAfter(), facts.departs());
    check.notAfter("depart_before", target.departBefore(), facts.departs());
    check.notBefore("arrive_after", target.arriveAfter(), facts.arrives());
    check.notAfter("arrive_before", target.arriveBefore(), facts.arrives());
    check.same("seat_class", target.seatClass(), facts.seatClass());
    check.same("position", target.position(), facts.position());
    check.same("nights", target.nights(), facts.nights());
    check.same("guests", target.guests(), facts.guests());
    check.atLeast("min_stars", target.minStars(), facts.stars());
    check.same("breakfast", target.breakfast(), facts.breakfast());
    check.same("free_cancellation", target.freeCancellation(), facts.freeCancellation());
    check.same("room_type", target.roomType(), facts.roomType());
    check.same("quantity", target.exactQuantity(), line.quantity());
    return Optional.ofNullable(check.first);
  }

  /** Keeps the first difference. A member that the target does not have never differs. */
  private static final class Comparison {

    private final int target;
    private final LineFacts facts;
    private @Nullable Difference first;

    Comparison(int target, LineFacts facts) {
      this.target = target;
      this.facts = facts;
    }

    void same(String field, @Nullable Object expected, @Nullable Object observed) {
      unless(expected == null || expected.equals(observed), field, expected, observed);
    }

    void named(String field, @Nullable String what) {
      unless(
          what == null || NameMatch.matches(what, facts.names(), attributes()),
          field,
          what,
          facts.names().isEmpty() ? null : facts.names().getFirst());
    }

    void attribute(String attribute) {
      unless(
          NameMatch.hasAttribute(attribute, facts.names(), attributes()),
          "attributes",
          attribute,
          String.join(", ", attributes()));
    }

    void place(String field, @Nullable String wanted, @Nullable List<String> names) {
      unless(
          wanted == null || (names != null && NameMatch.isSamePlace(wanted, names)),
          field,
          wanted,
          names == null || names.isEmpty() ? null : names.getFirst());
    }

    void day(@Nullable LocalDate first, @Nullable LocalDate last) {
      var day = facts.date();
      unless(
          first == null
              || last == null
              || (day != null && !day.isBefore(first) && !day.isAfter(last)),
          "date",
          Objects.equals(first, last) ? first : first + " to " + last,
          day);
    }

    void notBefore(String field, @Nullable LocalTime bound, @Nullable LocalTime observed) {
      unless(
          bound == null || (observed != null && !observed.isBefore(bound)), field, bound, observed);
    }

    void notAfter(String field, @Nullable LocalTime bound, @Nullable LocalTime observed) {
      unless(
          bound == null || (observed != null && !observed.isAfter(bound)), field, bound, observed);
    }

    void atLeast(String field, @Nullable Integer least, @Nullable Integer observed) {
      unless(least == null || (observed != null && observed >= least), field, least, observed);
    }

    private List<String> attributes() {
      return Objects.requireNonNullElse(facts.attributes(), List.of());
    }

    private void unless(
        boolean fits, String field, @Nullable Object expected, @Nullable Object observed) {
      if (!fits && first == null) {
        first =
            new Difference(
                target,
                field,
                String.valueOf(expected),
                observed == null ? "not said" : observed.toString());
      }
    }
  }
}
