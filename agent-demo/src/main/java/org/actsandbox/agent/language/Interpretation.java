package org.actsandbox.agent.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Is the meaning of a sentence: one of the normal answers of the interpreter, which treats no
 * sentence as an error.
 */
public sealed interface Interpretation {

  /** Returns the language to answer in. */
  Lang lang();

  /**
   * Everything essential is known, so the agent searches.
   *
   * @param refined whether the sentence changes earlier wishes
   * @param remarks remarks on words of the sentence that the wishes do not hold
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
   * A complete order to buy later without asking again (directed payment): it holds everything that
   * the principal's authority for it needs.
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
   * A key constraint is missing, ambiguous or contradictory, so the agent asks (ACT ADD-1, MUST).
   *
   * @param gaps the constraints to ask for, the most important first; never empty
   * @param text the question in {@code lang}
   * @param soFar the wishes that were understood and that the answer continues
   * @param directive the directive that was understood so far, when the purchase is for later
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

    /** Returns the values that a "yes" would stand for, by field. */
    public Map<String, String> suggested() {
      var suggested = new LinkedHashMap<String, String>();
      for (var clarification : gaps) {
        if (clarification.suggestion() != null) {
          suggested.putIfAbsent(clarification.field(), clarification.suggestion());
        }
      }
      return suggested;
    }

    /** Returns whether the sentence was not understood at all. */
    public boolean asksForMeaning() {
      return gaps.stream()
          .allMatch(
              gap -> gap.field().equals("wish") && gap.reason() == Clarification.Reason.UNKNOWN);
    }

    /** Returns the fields in question, for {@code ask_principal}. */
    public List<String> missing() {
      return gaps.stream().map(Clarification::field).distinct().toList();
    }
  }

  /**
   * The principal chose among the shown offers; the list is never empty, and all are of the last
   * offers.
   */
  record Choice(List<String> offerIds, Lang lang) implements Interpretation {
    public Choice {
      offerIds = List.copyOf(offerIds);
    }
  }

  /** The principal wants the agent to stop and wants nothing of it any more. */
  record Cancel(Lang lang) implements Interpretation {}

  /** The paused work may continue. */
  record Continue(Lang lang) implements Interpretation {}

  /**
   * A question about offers that were shown.
   *
   * @param topic an act of {@code acts.txt}
   * @param offerIds the offers that the sentence names; when it names none, those that are being
   *     bought or recommended are meant
   */
  record OfferQuestion(String topic, List<String> offerIds, Lang lang) implements Interpretation {
    /** The act of a sentence that wants offers compared. */
    public static final String COMPARISON = "offer.compare";

    public OfferQuestion {
      offerIds = List.copyOf(offerIds);
    }
  }

  /**
   * A question about a purchase of any conversation, or the wish to return it.
   *
   * @param topic an act of {@code acts.txt}
   * @param orderNo the order number, when the sentence names one
   * @param kind the kind of merchant, when the sentence names one, as in "my ticket"
   * @param latest whether the sentence means the latest purchase alone
   */
  record OrderQuestion(
      String topic,
      @Nullable String orderNo,
      @Nullable MerchantKind kind,
      boolean latest,
      Lang lang)
      implements Interpretation {

    /** The act of a sentence that orders a cancellation: "cancel order T-1". */
    public static final String CANCELLATION = "order.cancel";

    /** Returns whether the sentence tells the agent to cancel the order that it names. */
    public boolean cancels() {
      return topic.equals(CANCELLATION) && orderNo != null;
    }
  }

  /** A question about the progress of the purchases. */
  record StatusQuestion(Lang lang) implements Interpretation {}

  /**
   * A greeting, thanks, or a request for something that this agent does not do.
   *
   * @param text an answer that says what it can do
   */
  record OutOfScope(String text, Lang lang) implements Interpretation {}
}
