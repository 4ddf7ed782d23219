package org.actsandbox.agent.language;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a sentence is understood against.
 *
 * @param now the world's time in the principal's zone
 * @param lang forced language; absent: the sentence decides
 * @param wishes what was understood last in this conversation, drafts included
 * @param asked the fields of an open question, else empty
 * @param offers those shown last, in the order shown
 * @param suggested what the open question suggested, by field: a "yes" means it
 * @param directive when the open question is about something to be bought later
 */
public record Situation(
    ZonedDateTime now,
    InterpreterProfile profile,
    @Nullable Lang lang,
    List<Wish> wishes,
    @Nullable Budget budget,
    List<String> asked,
    List<ShownOffer> offers,
    Map<String, String> suggested,
    @Nullable Directive directive) {

  public Situation {
    wishes = List.copyOf(wishes);
    asked = List.copyOf(asked);
    offers = List.copyOf(offers);
    suggested = Map.copyOf(suggested);
  }

  public Situation(
      ZonedDateTime now,
      InterpreterProfile interpreterProfile,
      @Nullable Lang lang,
      List<Wish> wishes,
      @Nullable Budget budget,
      List<String> asked,
      List<ShownOffer> offers) {
    this(now, interpreterProfile, lang, wishes, budget, asked, offers, Map.of(), null);
  }

  /** The first sentence of a conversation. */
  public static Situation start(ZonedDateTime now, InterpreterProfile interpreterProfile) {
    return new Situation(now, interpreterProfile, null, List.of(), null, List.of(), List.of());
  }

  public Situation withLang(@Nullable Lang forced) {
    return new Situation(now, profile, forced, wishes, budget, asked, offers, suggested, directive);
  }

  /** After something was understood; what is no longer open is given as an empty list. */
  public Situation withUnderstood(
      List<Wish> understood, @Nullable Budget limit, List<String> open) {
    return new Situation(now, profile, lang, understood, limit, open, offers);
  }

  public Situation withOffers(List<ShownOffer> shown) {
    return new Situation(now, profile, lang, wishes, budget, asked, shown, suggested, directive);
  }

  public Situation withSuggestions(Map<String, String> meant) {
    return new Situation(now, profile, lang, wishes, budget, asked, offers, meant, directive);
  }

  /** While the question that is open is about something to be bought later. */
  public Situation withDirective(@Nullable Directive draft) {
    return new Situation(now, profile, lang, wishes, budget, asked, offers, suggested, draft);
  }
}
