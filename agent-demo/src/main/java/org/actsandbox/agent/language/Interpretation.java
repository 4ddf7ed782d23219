package org.actsandbox.agent.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a sentence means. All of these are normal answers; no sentence is an error. */
public sealed interface Interpretation {

  /** The language to answer in. */
  Lang lang();

  /**
   * Everything essential is known: search.
   *
   * @param refined whether it changes what was wished before
   * @param remarks on words of the sentence that the wishes do not hold
   */
  record Wishes(
      List<Wish> wishes, @Nullable Budget budget, boolean refined, Lang lang, List<Remark> remarks)
      implements Interpretation {

    public Wishes(List<Wish> wishes, @Nullable Budget budget, boolean refined, Lang lang) {
      this(wishes, budget, refined, lang, List.of());
    }

    public Wishes {
      wishes = List.copyOf(wishes);
      remarks = List.copyOf(remarks);
      for (var wish : wishes) {
        if (!wish.missing().isEmpty()) {
          throw new IllegalStateException("incomplete wish " + wish);
        }
      }
    }
  }

  /**
   * To be bought later, without asking again: everything is known that the principal's authority
   * for it needs (directed payment).
   */
  record DirectedPurchase(List<Wish> wishes, Directive directive, Lang lang)
      implements Interpretation {
    public DirectedPurchase {
      wishes = List.copyOf(wishes);
      if (directive.most() == null || directive.until() == null || wishes.isEmpty()) {
        throw new IllegalStateException("incomplete directive " + directive);
      }
    }
  }

  /**
   * A key constraint is missing, ambiguous or contradictory: ask (ACT ADD-1, MUST).
   *
   * @param gaps what is asked for, the most important first; never empty
   * @param text the question in {@code lang}
   * @param soFar what was understood, to be continued by the answer
   * @param directive likewise, when it is to be bought later
   */
  record Question(
      List<Clarification> gaps,
      String text,
      List<Wish> soFar,
      @Nullable Budget budget,
      Lang lang,
      @Nullable Directive directive)
      implements Interpretation {
    public Question {
      gaps = List.copyOf(gaps);
      soFar = List.copyOf(soFar);
    }

    public Question(
        List<Clarification> clarifications,
        String text,
        List<Wish> soFar,
        @Nullable Budget budget,
        Lang lang) {
      this(clarifications, text, soFar, budget, lang, null);
    }

    /** What a "yes" would mean, by field. */
    public Map<String, String> suggested() {
      var suggested = new LinkedHashMap<String, String>();
      for (var clarification : gaps) {
        if (clarification.suggestion() != null) {
          suggested.putIfAbsent(clarification.field(), clarification.suggestion());
        }
      }
      return suggested;
    }

    /** The fields in question, for {@code ask_principal}. */
    public List<String> missing() {
      return gaps.stream().map(Clarification::field).distinct().toList();
    }
  }

  /** The principal chose among the offers shown; never empty, all from the last offers. */
  record Choice(List<String> offerIds, Lang lang) implements Interpretation {
    public Choice {
      offerIds = List.copyOf(offerIds);
    }
  }

  /** Stop, nothing of it is wanted. */
  record Cancel(Lang lang) implements Interpretation {}

  /** What was paused may go on. */
  record Continue(Lang lang) implements Interpretation {}

  /** A question about offers that were shown; the topic is an act of {@code acts.txt}. */
  record OfferQuestion(String topic, List<String> offerIds, Lang lang) implements Interpretation {
    public OfferQuestion {
      offerIds = List.copyOf(offerIds);
    }
  }

  /**
   * A question about what was bought in any conversation, or the wish to give it back.
   *
   * @param topic an act of {@code acts.txt}
   * @param orderNo when one was named
   */
  record OrderQuestion(String topic, @Nullable String orderNo, Lang lang)
      implements Interpretation {}

  /** How far are the purchases? */
  record StatusQuestion(Lang lang) implements Interpretation {}

  /**
   * A greeting, thanks, or something this agent does not do.
   *
   * @param text an answer that says what it can do
   */
  record OutOfScope(String text, Lang lang) implements Interpretation {}
}
