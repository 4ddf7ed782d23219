package org.actsandbox.agent.turn;

import java.util.List;
import java.util.Map;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a conversation has understood so far.
 *
 * @param asked the fields of a question that is still open
 * @param suggested the values that a "yes" to the question stands for, by field; absent in
 *     documents of older versions
 * @param directive the directive, when the question is about a later purchase
 * @param platforms the platforms that the principal wants asked; absent in documents of older
 *     versions
 * @param discussed the offers that the principal asked about last by name; absent when it named
 *     none
 */
record UnderstoodWishes(
    List<Wish> wishes,
    @Nullable Budget budget,
    List<String> asked,
    @Nullable Map<String, String> suggested,
    @Nullable Directive directive,
    @Nullable PlatformChoice platforms,
    @Nullable List<String> discussed) {

  static final UnderstoodWishes NOTHING = of(List.of(), null, PlatformChoice.ALL);

  static UnderstoodWishes of(
      List<Wish> wishes, @Nullable Budget budget, PlatformChoice platformChoice) {
    return new UnderstoodWishes(wishes, budget, List.of(), Map.of(), null, platformChoice, null);
  }

  static UnderstoodWishes of(Interpretation.Question open, PlatformChoice platformChoice) {
    return new UnderstoodWishes(
        open.soFar(),
        open.budget(),
        open.missing(),
        open.suggested(),
        open.directive(),
        platformChoice,
        null);
  }

  UnderstoodWishes withDiscussed(List<String> offerIds) {
    return new UnderstoodWishes(wishes, budget, asked, suggested, directive, platforms, offerIds);
  }

  UnderstoodWishes {
    wishes = List.copyOf(wishes);
    asked = List.copyOf(asked);
  }

  String toJson() {
    return Json.write(this);
  }

  static UnderstoodWishes read(String json) {
    return Json.read(json, UnderstoodWishes.class);
  }
}
