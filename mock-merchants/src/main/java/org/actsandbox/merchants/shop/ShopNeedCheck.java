package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Checks a need before it is looked for (ACT CID-3). */
final class ShopNeedCheck {

  static final String PATH = "context.explicit_needs[0]";

  private static final Set<String> SORTS = Set.of("cheapest", "best", "fastest");
  private static final int MAX_TEXT = 200;
  private static final int MAX_FEATURES = 20;

  private ShopNeedCheck() {}

  /**
   * @throws Refusal {@code intent_malformed} for what can never be, {@code constraint_conflict} for
   *     what cannot be now
   */
  static void check(Need.Shop need, ShopBusiness desk) {
    var terms = terms(need);
    if (terms.isBlank() && (need.category() == null || need.category().isBlank())) {
      throw malformed("terms", "words for a product, or a category", terms);
    }
    var texts = Stream.of(terms, need.category(), need.brand()).filter(Objects::nonNull);
    if (Stream.concat(texts, features(need).stream()).anyMatch(text -> text.length() > MAX_TEXT)) {
      throw malformed("terms", "at most " + MAX_TEXT + " characters in any text", terms);
    }
    if (features(need).size() > MAX_FEATURES) {
      throw malformed("features", "at most " + MAX_FEATURES, features(need).size() + " features");
    }
    if (need.quantity() < 1 || need.quantity() > ProductSelection.MAX_QUANTITY) {
      throw malformed(
          "quantity", "1 to " + ProductSelection.MAX_QUANTITY, String.valueOf(need.quantity()));
    }
    if (need.sort() != null && !SORTS.contains(need.sort())) {
      throw malformed("sort", "cheapest, best or fastest", need.sort());
    }
    var deliverBy = need.deliverBy();
    if (deliverBy != null && deliverBy.isBefore(desk.now().toLocalDate())) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "that day is over")
          .at(PATH + ".deliver_by")
          .expected("today or later")
          .observed(deliverBy.toString())
          .remedy("Ask for delivery by a later day.");
    }
  }

  /** A message may lack what the record declares; the mapper does not know. */
  static String terms(Need.Shop need) {
    return Objects.requireNonNullElse(need.terms(), "");
  }

  static List<String> features(Need.Shop need) {
    return Objects.requireNonNullElse(need.features(), List.<String>of()).stream()
        .filter(feature -> feature != null && !feature.isBlank())
        .toList();
  }

  static Refusal nothing(String detail, List<Product> near) {
    return new Refusal(Problem.NO_MATCH, detail)
        .at(PATH)
        .remedy(
            near.isEmpty()
                ? Products.ALL.categories().stream()
                    .map(productCategory -> productCategory.name().en())
                    .collect(Collectors.joining(", ", "There are: ", "."))
                : near.stream()
                    .map(product -> product.name().en())
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
