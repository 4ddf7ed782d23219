package org.actsandbox.scenarios.check.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.MerchantCheck;

/** Holds all checks of a merchant in the order in which they are played. */
public final class MerchantSuite {

  private static final List<MerchantCheck> ALL = inOrder();

  private MerchantSuite() {}

  public static List<MerchantCheck> all() {
    return ALL;
  }

  /**
   * Returns the checks of a level that a filter selects, with all that they need.
   *
   * @param only selects by id, area, rule, assertion; selects all if it is empty
   */
  public static List<MerchantCheck> select(CheckLevel level, List<String> only) {
    Predicate<MerchantCheck> wanted =
        check ->
            level.includes(check.level())
                && (only.isEmpty() || only.stream().anyMatch(word -> matches(check, word)));
    var byId = new HashMap<String, MerchantCheck>();
    ALL.forEach(check -> byId.put(check.id(), check));
    Set<String> selected = new LinkedHashSet<>();
    ALL.stream().filter(wanted).forEach(check -> add(check, byId, level, selected));
    return ALL.stream().filter(check -> selected.contains(check.id())).toList();
  }

  /** Says whether a word of {@code --only} names this check. */
  public static boolean matches(MerchantCheck check, String word) {
    return check.id().equalsIgnoreCase(word)
        || check.area().equalsIgnoreCase(word)
        || check.rules().stream()
            .anyMatch(
                rule ->
                    rule.equalsIgnoreCase(word)
                        || rule.toLowerCase(java.util.Locale.ROOT)
                            .startsWith(word.toLowerCase(java.util.Locale.ROOT) + "."))
        || check.assertions().stream().anyMatch(word::equalsIgnoreCase);
  }

  private static void add(
      MerchantCheck check, Map<String, MerchantCheck> byId, CheckLevel level, Set<String> to) {
    if (to.add(check.id())) {
      for (var need : check.needs()) {
        var needed = byId.get(need);
        if (needed == null) {
          throw new IllegalStateException(check.id() + " needs " + need + ", which there is not");
        }
        if (level.includes(needed.level())) {
          add(needed, byId, level, to);
        }
      }
    }
  }

  /**
   * What reads the whole run comes last, after what moves the clock. Deliveries come before wrong
   * proofs: an unknown key id may keep a merchant from fetching keys for some seconds.
   */
  private static List<MerchantCheck> inOrder() {
    var all =
        Stream.of(
                CardChecks.ALL,
                CatalogChecks.ALL,
                IntentChecks.ALL,
                CartChecks.ALL,
                GateChecks.ALL,
                DeliveryChecks.ALL,
                ProofChecks.ALL,
                OrderChecks.ALL,
                CreditChecks.ALL,
                NotificationChecks.ALL,
                PaymentServiceChecks.ALL,
                HttpChecks.ALL)
            .flatMap(List::stream)
            .toList();
    var last = Set.of("http.no-stack-trace", "http.no-secrets");
    Predicate<MerchantCheck> reads =
        check -> check.area().equals("wire") || last.contains(check.id());
    var ordered = new ArrayList<MerchantCheck>();
    all.stream().filter(reads.negate()).filter(c -> !c.movesClock()).forEach(ordered::add);
    all.stream().filter(reads.negate()).filter(MerchantCheck::movesClock).forEach(ordered::add);
    all.stream().filter(reads).forEach(ordered::add);
    return sorted(ordered);
  }

  /** Moves each check behind those that it needs, and changes the order no further. */
  private static List<MerchantCheck> sorted(List<MerchantCheck> checks) {
    var byId = new HashMap<String, MerchantCheck>();
    checks.forEach(check -> byId.put(check.id(), check));
    var placed = new LinkedHashSet<MerchantCheck>();
    checks.forEach(check -> place(check, byId, placed));
    return List.copyOf(placed);
  }

  private static void place(
      MerchantCheck check, Map<String, MerchantCheck> byId, Set<MerchantCheck> placed) {
    if (placed.contains(check)) {
      return;
    }
    for (var need : check.needs()) {
      var needed = byId.get(need);
      if (needed == null) {
        throw new IllegalStateException(check.id() + " needs " + need + ", which there is not");
      }
      place(needed, byId, placed);
    }
    placed.add(check);
  }
}
