package org.actsandbox.agent.language.understand.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Collects what filling the drafts finds beside them: the budget, and what to ask the principal.
 */
public final class DraftFindings {

  final InterpreterProfile profile;
  public final List<Clarification> clarifications = new ArrayList<>();
  public @Nullable Budget budget;

  /** The assumptions, as keys of the message bundle with their arguments. */
  public final Map<String, List<String>> assumed = new LinkedHashMap<>();

  public DraftFindings(InterpreterProfile profile) {
    this.profile = profile;
  }

  public void assume(String key, String... arguments) {
    assumed.put(key, List.of(arguments));
  }

  /** Returns the wished order, and notes that an earlier one is not kept: a list has only one. */
  String order(@Nullable String before, String wished) {
    if (before != null && !before.equals(wished)) {
      assume("assumed.one_order");
    }
    return wished;
  }

  /**
   * Notes the lowest price of a range, for which no train and no hotel can be asked. An approximate
   * price has none of its own.
   */
  void noteLeast(Cost cost, String words) {
    if (cost.min() != null && !isApproximate(words)) {
      assume("assumed.least", cost.max().decimal().replaceFirst("\\.00$", ""));
    }
  }

  /**
   * Reads how many of the first offers of an order are wanted, as in "the three cheapest hotels".
   *
   * @return the number, or 0 if the sentence does not say it
   */
  int several(Sentence sentence, MeaningSpan order) {
    var before = Details.KNOWN.before("several", sentence.plain(), order.start());
    var after = Details.KNOWN.after("several", sentence.plain(), order.end());
    boolean led = before.find();
    if (!led && !after.lookingAt()) {
      return 0;
    }
    int number = Numerals.whole(led ? before.group(1) : after.group(1)).orElse(0);
    if (led) {
      sentence.use(before.start(1), before.end(1));
    }
    assume("assumed.several", Integer.toString(number));
    return number;
  }

  /** Returns a number, and asks when no merchant sells so many in one order. */
  int counted(String field, int number, int most) {
    if (number < 1 || number > most) {
      ask(field, Reason.IMPOSSIBLE, Integer.toString(number));
    }
    return number;
  }

  /** Notes a limit for everything together, and returns whether the cost is one. */
  boolean isBudget(Cost cost) {
    if (cost.max().isZero()) {
      ask("budget", Reason.IMPOSSIBLE, cost.max().decimal());
    }
    budget = cost.scope() == Scope.TOTAL ? Budget.of(cost.max()) : budget;
    return cost.scope() == Scope.TOTAL;
  }

  static boolean isApproximate(String words) {
    return Details.KNOWN.occurs("approximate", words);
  }

  public void ask(String field, Reason reason, @Nullable String about) {
    var suggestion =
        about != null && reason == Reason.UNKNOWN
            ? PlaceNames.china().findSimilar(about).map(Place::wireName).orElse(null)
            : null;
    var clarification = new Clarification(field, reason, about, suggestion);
    if (!clarifications.contains(clarification)) {
      clarifications.add(clarification);
    }
  }

  public boolean asks(String field) {
    return clarifications.stream().anyMatch(g -> g.field().equals(field));
  }

  /** Returns where the principal lives; empty when that is unknown or on no map. */
  public Optional<Place> home() {
    var name = profile.homeStation() != null ? profile.homeStation() : profile.homeCity();
    return name == null ? Optional.empty() : PlaceNames.china().find(name);
  }
}
