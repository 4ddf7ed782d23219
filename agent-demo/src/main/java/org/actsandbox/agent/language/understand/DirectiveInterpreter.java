package org.actsandbox.agent.language.understand;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.directive.DirectiveParser;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Interprets a sentence that wants something bought later, or that answers a question about such an
 * order.
 */
final class DirectiveInterpreter {

  /** Ours: this is the number of payments that the plan of a credential holds. */
  private static final int MAX_PAYMENTS = 120;

  /** Ours: for so many days a purchase is tried when the principal says yes to it. */
  private static final int PROPOSED_DAYS = 30;

  /** The field of the question whether to continue without the words that were not used. */
  private static final String LEFT_OUT = "left_out";

  private final AnnotatedSentence annotated;
  private final Situation situation;
  private final Lang lang;
  private final List<Clarification> clarifications = new ArrayList<>();

  DirectiveInterpreter(AnnotatedSentence annotated, Situation situation, Lang lang) {
    this.annotated = annotated;
    this.situation = situation;
    this.lang = lang;
  }

  /** Holds what is wished, without when and how often. */
  private record Target(List<Wish> wishes, @Nullable Budget budget, List<Remark> remarks) {

    Target(List<Wish> wishes, @Nullable Budget budget) {
      this(wishes, budget, List.of());
    }
  }

  /** Interprets the sentence; the result is empty when it is about a purchase now. */
  Optional<Interpretation> interpret() {
    var today = situation.today();
    var parser = DirectiveParser.of(annotated, today);
    var open = situation.directive();
    if (open != null
        && situation.asked().equals(List.of(LEFT_OUT))
        && Cues.KNOWN.fits("continue without", annotated.text())) {
      return Optional.of(new Interpretation.DirectedPurchase(situation.wishes(), open, lang));
    }
    if (parser.isEmpty()) {
      return open == null ? Optional.empty() : Optional.of(answerToQuestion(open));
    }
    if (parser.problem() != null) {
      clarifications.add(parser.problem());
    }
    var directive = open == null ? parser.said() : open.mergedWith(parser.said());
    var target = target(parser.rest());
    boolean isNow =
        directive.isPlanned()
            && directive.every() == null
            && target.wishes().stream().anyMatch(wish -> wish.kindOf() != MerchantKind.SHOP);
    // "On the 20th buy a ticket" names the day of the journey, not of the payment.
    return isNow ? Optional.empty() : Optional.of(conclude(directive, target));
  }

  /** An authority holds one wish for each purchase, so a fallback is asked about. */
  private Target withoutFallbacks(Interpretation.Wishes said) {
    var wishes = new ArrayList<Wish>();
    var remarks = new ArrayList<>(said.remarks());
    for (var wish : said.wishes()) {
      if (wish.otherwise() != null) {
        wishes.add(wish.withOtherwise(null));
        remarks.add(new Remark(Remark.Type.UNSUPPORTED, QuestionText.text("fallback", lang)));
      } else {
        wishes.add(wish);
      }
    }
    return new Target(wishes, said.budget(), remarks);
  }

  private Target target(String words) {
    var before = new Target(situation.wishes(), situation.budget());
    if (Cues.KNOWN.anywhere("says nothing", words).replaceAll("").isBlank()) {
      if (before.wishes().isEmpty()) {
        ask("wish", Reason.MISSING, null);
      }
      return before;
    }
    var rest = AnnotatedSentence.of(words, situation.today(), !before.wishes().isEmpty());
    return switch (new WishInterpreter(rest, situation, lang).interpret()) {
      case Interpretation.Wishes said -> withoutFallbacks(said);
      case Interpretation.Question asked
          when asked.asksForMeaning() && !before.wishes().isEmpty() ->
          before;
      case Interpretation.Question asked -> {
        clarifications.addAll(asked.gaps());
        yield new Target(asked.soFar(), asked.budget());
      }

      default -> before;
    };
  }

  /** Reads the answer to a question about the directive, or else a change of the wish. */
  private Interpretation answerToQuestion(Directive open) {
    var directive = open;
    if (situation.asked().contains("until")) {
      var until = DirectiveParser.lastDay(annotated, situation.today());
      boolean confirms = until.isUnsaid() && Cues.KNOWN.fits("continue without", annotated.text());
      directive =
          confirms
              ? directive.withUntil(situation.today().plusDays(PROPOSED_DAYS))
              : untilSaid(directive, until);
    }
    if (situation.asked().contains("most")) {
      directive = amount().map(directive::withMost).orElse(directive);
      directive = untilSaid(directive, DirectiveParser.namedLastDay(annotated, situation.today()));
    }
    boolean isAnswer = !directive.equals(open) || !clarifications.isEmpty();
    var target =
        isAnswer
            ? new Target(situation.wishes(), situation.budget())
            : target(annotated.sentence().original());
    if (isAnswer) {
      situation.wishes().stream()
          .flatMap(wish -> wish.missing().stream())
          .forEach(field -> ask(field, Reason.MISSING, null));
    }
    return conclude(directive, target);
  }

  private void ask(String field, Reason reason, @Nullable String about) {
    clarifications.add(new Clarification(field, reason, about));
  }

  private Directive untilSaid(Directive directive, DirectiveParser.Until until) {
    if (until.problem() != null) {
      clarifications.add(until.problem());
    }
    return until.day() == null ? directive : directive.withUntil(until.day());
  }

  private Optional<String> amount() {
    return annotated
        .all(Cost.class)
        .findFirst()
        .map(cost -> cost.max().decimal())
        .or(
            () ->
                Numerals.parse(annotated.text())
                    .filter(amount -> amount.signum() > 0)
                    .map(amount -> amount.setScale(2, RoundingMode.HALF_UP).toPlainString()));
  }

  private Interpretation conclude(Directive said, Target target) {
    var directive = said;
    var limit = maximum(target);
    if (limit != null) {
      directive = directive.withMost(limit);
    } else if (directive.most() == null) {
      directive = directive.withMost(directive.below());
    }
    if (directive.until() == null && directive.every() == null) {
      // A single payment is tried for the whole of its day. A ticket is useless after the day of
      // its journey, so the watch ends then.
      var last = directive.first() == null ? firstDay(target.wishes()) : directive.first();
      directive = directive.withUntil(last);
    }
    check(directive, target.wishes());
    // A later purchase happens without the principal, so the words that were not used are asked
    // about now.
    var unusedWords =
        Stream.concat(
                target.remarks().stream().filter(Remark::isLoss).map(Remark::words),
                target.wishes().stream().flatMap(DirectiveInterpreter::ownWords))
            .distinct()
            .toList();
    if (clarifications.isEmpty() && !unusedWords.isEmpty()) {
      ask(LEFT_OUT, Reason.IMPOSSIBLE, String.join(lang == Lang.ZH ? "、" : ", ", unusedWords));
    }
    return clarifications.isEmpty()
        ? new Interpretation.DirectedPurchase(target.wishes(), directive, lang)
        : new Interpretation.Question(
            clarifications,
            QuestionText.question(clarifications, lang),
            target.wishes(),
            target.budget(),
            lang,
            directive);
  }

  private static @Nullable LocalDate firstDay(List<Wish> wishes) {

    return wishes.stream().flatMap(Wish::firstDay).min(LocalDate::compareTo).orElse(null);
  }

  /**
   * Returns the features that an authority cannot hold: words that only the principal knows, and
   * choices between several.
   */
  private static Stream<String> ownWords(Wish wish) {
    return wish instanceof ShopWish shop
        ? shop.features().stream()
            .filter(
                feature ->
                    !KnownWords.isFeature(feature) || ShopWish.alternatives(feature).size() > 1)
        : Stream.empty();
  }

  private void check(Directive directive, List<Wish> wishes) {
    if (directive.every() != null
        && wishes.stream().anyMatch(wish -> wish.kindOf() != MerchantKind.SHOP)) {
      // The same train on the same day cannot be ridden every week.
      clarifications.clear();
      ask("every", Reason.CONTRADICTORY, null);
      return;
    }
    var until = directive.until();
    if (directive.most() == null) {
      ask("most", Reason.MISSING, null);
    }
    if (until == null) {
      // The day of the journey, which is asked for, will be the last day.
      if (clarifications.stream()
          .noneMatch(
              clarification ->
                  Set.of("until", "date", "check_in").contains(clarification.field()))) {
        var proposed = situation.today().plusDays(PROPOSED_DAYS);
        ask("until", Reason.MISSING, proposed.toString());
      }
      return;
    }
    var first = directive.first();
    if (until.isBefore(situation.today())) {
      ask("until", Reason.PAST, until.toString());
    } else if (first != null && until.isBefore(first)) {
      ask("until", Reason.CONTRADICTORY, first + " – " + until);
    } else if (directive.payments() > MAX_PAYMENTS) {
      ask("until", Reason.IMPOSSIBLE, until.toString());
    }
    if (directive.every() != null && wishes.size() > 1) {
      ask("every", Reason.IMPOSSIBLE, null);
    }
  }

  /**
   * Returns the limit of one purchase: the limit for everything, or the sum of the limits of each
   * wish.
   */
  private static @Nullable String maximum(Target target) {
    if (target.budget() != null) {
      return target.budget().amount();
    }
    var sum = BigDecimal.ZERO;
    for (var wish : target.wishes()) {
      var limit = wish.limit();
      if (limit == null) {
        return null;
      }
      sum = sum.add(limit);
    }
    return target.wishes().isEmpty() ? null : sum.setScale(2).toPlainString();
  }
}
