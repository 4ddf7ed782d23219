package org.actsandbox.agent.language.understand;

import java.util.List;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.read.Topic;
import org.actsandbox.agent.language.understand.draft.DraftFindings;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Fills what wishes leave open from the sentence and from the profile, or asks for it. */
final class WishGaps {

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private final DraftFindings findings;
  private final String text;

  WishGaps(AnnotatedSentence annotated, Situation situation, DraftFindings findings) {
    this.annotated = annotated;
    this.situation = situation;
    this.findings = findings;
    this.text = annotated.text();
  }

  /** Starts and ends journeys at home when the sentence says neither. */
  void fillHome(List<WishDraft> usable) {
    var home = findings.home();

    WishDraft.all(usable, TrainDraft.class)
        .filter(t -> t.from == null && !t.back)
        .filter(_ -> !findings.asks("from"))
        .forEach(
            t ->
                home.filter(h -> !h.railDestination().equals(t.to))
                    .filter(_ -> t.to != null || onlyTrain(usable))
                    .ifPresent(h -> t.from = h.railDestination()));
    fillHomeAsDestination(usable);
    endWayBack(usable);
  }

  /** Ends the way back where the journey out starts. */
  private static void endWayBack(List<WishDraft> drafts) {
    if (drafts.isEmpty() || !(drafts.getFirst() instanceof TrainDraft out) || out.to == null) {
      return;
    }

    WishDraft.all(drafts, TrainDraft.class)
        .filter(back -> back.to == null && out.to.equals(back.from))
        .forEach(back -> back.to = out.from);
  }

  /**
   * Turns a budget for a single ticket into the limit of its price, which merchants are asked by.
   */
  void limitSingleTicket(List<WishDraft> drafts) {
    var budget = findings.budget;
    if (budget != null
        && drafts.size() == 1
        && drafts.getFirst() instanceof TrainDraft train
        && (train.passengers == null || train.passengers == 1)
        && train.maxPrice == null) {
      train.maxPrice = budget.amount();
      findings.budget = null;
    }
  }

  /** Asks for the number of a party that was named without one; it is the same on all wishes. */
  void askForParty(List<WishDraft> drafts) {
    boolean isKnown =
        drafts.stream()
            .anyMatch(draft -> draft.get("passengers") != null || draft.get("guests") != null);
    if (isKnown
        || situation.profile().guests() > 1
        || !Cues.KNOWN.occurs("uncounted party", text)) {
      return;
    }
    drafts.stream()
        .filter(draft -> draft.kind() != MerchantKind.SHOP)
        .findFirst()
        .ifPresent(
            draft ->
                findings.ask(
                    draft instanceof TrainDraft ? "passengers" : "guests", Reason.MISSING, null));
  }

  /**
   * Sets the destination to the principal's home for "back from Shanghai" without an outward
   * journey.
   */
  private void fillHomeAsDestination(List<WishDraft> drafts) {
    boolean back = annotated.all(Word.class).anyMatch(word -> word.is(Topic.RETURN, "back"));
    if (!back || drafts.size() != 1 || !(drafts.getFirst() instanceof TrainDraft train)) {
      return;
    }
    findings
        .home()
        .filter(home -> train.to == null && !home.railDestination().equals(train.from))
        .ifPresent(home -> train.to = home.railDestination());
  }

  private static boolean onlyTrain(List<WishDraft> drafts) {
    return drafts.stream().noneMatch(HotelDraft.class::isInstance);
  }

  @Nullable Integer days() {

    Integer days =
        annotated
            .all(Count.class)
            .filter(count -> count.unit() == Unit.DAYS)
            .map(Count::number)
            .reduce((_, last) -> last)
            .orElse(ImpliedKind.isSameDayReturn(text) ? 1 : null);
    boolean isNextDay = days == null && Cues.KNOWN.occurs("next day", text);
    return isNextDay ? Integer.valueOf(2) : days;
  }
}
