package org.actsandbox.agent.watch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.SearchResult;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Searches the platforms once and says whether the condition of a watch is true. */
final class WatchConditionCheck {

  private static final PlatformSearch.Progress NO_PROGRESS =
      new PlatformSearch.Progress() {
        @Override
        public void asking(Platform platform, int wish) {}

        @Override
        public void answered(Platform platform, int offers, int dropped) {}

        @Override
        public void leftOut(Platform platform, SearchResult.SkippedPlatform remark) {}
      };

  private final PlatformSearch platformSearch;
  private final WatchNarrator watchNarrator;

  WatchConditionCheck(PlatformSearch platformSearch, WatchNarrator watchNarrator) {
    this.platformSearch = platformSearch;
    this.watchNarrator = watchNarrator;
  }

  /** The result of one search. */
  sealed interface Result {

    /** Everything is offered within the limits. */
    record Found(Proposal proposal) implements WatchConditionCheck.Result {}

    record NotYet(Text why) implements WatchConditionCheck.Result {}
  }

  /**
   * Searches for the wishes as they are; where the result is too expensive, it searches for the
   * cheapest offers.
   */
  WatchConditionCheck.Result check(Watch watch) {
    var proposal = search(watch, watch.wishes());
    if (!proposal.foundNothing() && !proposal.fitsBudget()) {
      proposal = search(watch, watch.wishes().stream().map(WatchConditionCheck::cheapest).toList());
    }
    var why = notYet(watch, proposal);
    watchNarrator.note(
        watch,
        JournalNote.Kind.DECISION,
        ActComponent.CID_INT_XFR,
        JournalEvent.DECISION_LOGGED,
        Map.of(
            "watch_id", watch.watchId(),
            "recommended", proposal.recommended(),
            "total", proposal.total(),
            "decision", why.isEmpty() ? "buy" : "wait",
            "why", why.map(Text::en).orElse("")));
    return why.isPresent()
        ? new WatchConditionCheck.Result.NotYet(why.get())
        : new WatchConditionCheck.Result.Found(proposal);
  }

  private Proposal search(Watch watch, List<Wish> wishes) {
    return platformSearch.search(
        watch.intentId(), watch.lang(), wishes, Budget.of(limit(watch)), NO_PROGRESS);
  }

  private static Wish cheapest(Wish wish) {
    return Json.read(((ObjectNode) Json.tree(wish)).put("sort", "cheapest"), Wish.class);
  }

  private static Optional<Text> notYet(Watch watch, Proposal proposal) {
    var empty = proposal.searches().stream().filter(each -> each.offers().isEmpty()).toList();
    if (!empty.isEmpty() || proposal.recommended().isEmpty()) {
      return Optional.of(nothingFound(empty));
    }
    return proposal.fitsBudget()
        ? Optional.empty()
        : Optional.of(
            AgentPhrases.bilingual("watch.dear", proposal.total(), limit(watch).decimal()));
  }

  /**
   * Returns the highest total price: the limit that was said, or one fen less than a price to stay
   * below.
   */
  private static Money limit(Watch watch) {
    var most = Money.yuan(Objects.requireNonNull(watch.directive().most()));
    var below = watch.directive().below();
    if (below == null || Money.yuan(below).isZero()) {
      return most;
    }
    var strictly = Money.yuan(below).minus(Money.fen(1));
    return strictly.moreThan(most) ? most : strictly;
  }

  /** Returns the reasons that the platforms gave, where they gave one. */
  private static Text nothingFound(List<SearchResult> empty) {
    var reasons =
        empty.stream()
            .flatMap(searchResult -> searchResult.leftOut().stream())
            .map(SearchResult.SkippedPlatform::reason)
            .toList();
    return reasons.isEmpty()
        ? AgentPhrases.bilingual("watch.nothing")
        : new Text(joined(reasons, "en", "; "), joined(reasons, "zh", "；"));
  }

  private static String joined(List<Text> words, String lang, String between) {
    return words.stream()
        .map(word -> word.in(lang))
        .distinct()
        .collect(Collectors.joining(between));
  }
}
