package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything against which a sentence is interpreted.
 *
 * @param now the world's time in the principal's zone
 * @param lang the forced language; when it is absent, the sentence decides
 * @param wishes the wishes that were understood last in this conversation, drafts included
 * @param asked the fields of an open question, or else empty
 * @param offers the offers shown last, in the order shown
 * @param suggested the values that the open question suggested, by field: a "yes" selects them
 * @param directive the directive, when the open question is about a later purchase
 * @param platforms the platforms of the world by their names
 * @param platformChoice the platforms that the conversation asks so far
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
    @Nullable Directive directive,
    List<PlatformName> platforms,
    @Nullable PlatformChoice platformChoice) {

  public Situation {
    platforms = List.copyOf(platforms);
    wishes = List.copyOf(wishes);
    asked = List.copyOf(asked);
    offers = List.copyOf(offers);
    suggested = Map.copyOf(suggested);
  }

  /** Makes the situation of the first sentence of a conversation. */
  public static Situation start(ZonedDateTime now, InterpreterProfile profile) {
    return new Situation(
        now, profile, null, List.of(), null, List.of(), List.of(), Map.of(), null, List.of(), null);
  }

  public LocalDate today() {
    return now.toLocalDate();
  }

  /** Returns the wishes of one kind. */
  public <W extends Wish> Stream<W> wishes(Class<W> kind) {
    return wishes.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Returns whether there are wishes, and each of them can be searched. */
  public boolean canSearch() {
    return !wishes.isEmpty() && wishes.stream().allMatch(wish -> wish.missing().isEmpty());
  }

  /** Returns the offers that the principal asked about last by name. */
  public List<ShownOffer> discussed() {
    return offers.stream().filter(ShownOffer::discussed).toList();
  }

  public Situation withLang(@Nullable Lang forced) {
    return Slots.with(this, "lang", forced);
  }

  /**
   * Returns the situation after something was understood; {@code open} is empty when no question is
   * open.
   */
  public Situation withUnderstood(
      List<Wish> understood, @Nullable Budget limit, List<String> open) {
    var heard = Slots.with(this, "wishes", understood, "budget", limit, "asked", open);
    return Slots.with(heard, "suggested", Map.of(), "directive", null);
  }

  public Situation withOffers(List<ShownOffer> shown) {
    return Slots.with(this, "offers", shown);
  }

  public Situation withSuggestions(Map<String, String> newSuggestions) {
    return Slots.with(this, "suggested", newSuggestions);
  }

  /** Returns the situation in which the open question is about a later purchase. */
  public Situation withDirective(@Nullable Directive draft) {
    return Slots.with(this, "directive", draft);
  }

  /** Returns the situation among these platforms. */
  public Situation withPlatforms(List<PlatformName> known, @Nullable PlatformChoice choice) {
    return Slots.with(this, "platforms", known, "platformChoice", choice);
  }
}
