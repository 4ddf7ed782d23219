package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;

/** Checks a shop need before the search (ACT CID-3). */
final class ShopNeedCheck {

  static final String PATH = "context.explicit_needs[0]";

  private static final Set<String> SORTS = Set.of("cheapest", "best", "fastest");
  private static final int MAX_TEXT = 200;
  private static final int MAX_FEATURES = 20;

  private ShopNeedCheck() {}

  /**
   * @throws Refusal {@code intent_malformed} for a value that is never possible, {@code
   *     constraint_conflict} for one that is not possible now
   */
  static void check(Need.Shop need, ShopBusiness business) {
    var mistakes = new MistakeCollector();
    checkValues(need, mistakes);
    mistakes.refuseAny();
    var deliverBy = need.deliverBy();
    if (deliverBy != null && deliverBy.isBefore(business.now().toLocalDate())) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "that day is over")
          .at(PATH + ".deliver_by")
          .expected("today or later")
          .observed(deliverBy.toString())
          .remedy("Ask for delivery by a later day.");
    }
  }

  static void checkValues(Need.Shop need, MistakeCollector mistakes) {
    mistakes.check(() -> checkWords(need));
    mistakes.check(() -> checkFeatures(need));
    mistakes.check(() -> checkQuantity(need));
    mistakes.check(() -> checkSort(need));
  }

  private static void checkWords(Need.Shop need) {
    var terms = terms(need);
    if (terms.isBlank() && (need.category() == null || need.category().isBlank())) {
      throw malformed("terms", "words for a product, or a category", terms);
    }
    var texts = Stream.of(terms, need.category(), need.brand()).filter(Objects::nonNull);
    if (Stream.concat(texts, features(need).stream()).anyMatch(text -> text.length() > MAX_TEXT)) {
      throw malformed("terms", "at most " + MAX_TEXT + " characters in any text", terms);
    }
  }

  private static void checkFeatures(Need.Shop need) {
    if (features(need).size() > MAX_FEATURES) {
      throw malformed("features", "at most " + MAX_FEATURES, features(need).size() + " features");
    }
  }

  private static void checkQuantity(Need.Shop need) {
    if (need.quantity() < 1 || need.quantity() > ProductSelection.MAX_QUANTITY) {
      throw malformed(
          "quantity", "1 to " + ProductSelection.MAX_QUANTITY, String.valueOf(need.quantity()));
    }
  }

  private static void checkSort(Need.Shop need) {
    if (need.sort() != null && !SORTS.contains(need.sort())) {
      throw malformed("sort", "cheapest, best or fastest", need.sort());
    }
  }

  /**
   * Returns the search words; empty if the message lacks the field, which the mapper does not
   * check.
   */
  static String terms(Need.Shop need) {
    return Objects.requireNonNullElse(need.terms(), "");
  }

  static List<String> features(Need.Shop need) {
    return Objects.requireNonNullElse(need.features(), List.<String>of()).stream()
        .filter(feature -> feature != null && !feature.isBlank())
        .toList();
  }

  static Refusal noMatch(String detail, List<Product> suggestions) {
    return new Refusal(Problem.NO_MATCH, detail)
        .at(PATH)
        .remedy(
            suggestions.isEmpty()
                ? Products.ALL.categories().stream()
                    .map(productCategory -> productCategory.name().en())
                    .collect(Collectors.joining(", ", "There are: ", "."))
                : suggestions.stream()
                    .map(product -> product.name().en() + " / " + product.name().zh())
                    .distinct()
                    .limit(3)
                    .collect(Collectors.joining("; ", "What comes near: ", ".")));
  }

  private static Refusal malformed(String field, String expected, String observed) {
    return new Refusal(Problem.INTENT_MALFORMED, field + " of the shop need is not usable")
        .at(PATH + "." + field)
        .expected(expected)
        .observed(observed);
  }
}
