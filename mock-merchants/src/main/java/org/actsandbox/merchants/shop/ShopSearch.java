package org.actsandbox.merchants.shop;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.actsandbox.merchants.shelf.PriceAdjustments.ActiveAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.merchants.shop.Products.Relevant;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.jspecify.annotations.Nullable;

/** Finds offers for a shop need: one variant of each product that fits, the best first. */
final class ShopSearch {

  /** The most products that are priced for one need. */
  private static final int MAX_PRICED = 80;

  /**
   * Represents a product that fits, in the variant that fits best.
   *
   * @param named how many of the wanted words the name and the variant have
   */
  private record Candidate(
      ProductSelection selection, double relevance, int named, int free, PriceSum price) {

    double score(double typicalFen) {
      double priceAdvantage = Math.min(2, typicalFen / price.fen());
      return relevance * 2 + selection.product().rating() / 25.0 + priceAdvantage * 0.5;
    }
  }

  private final ShopBusiness business;

  ShopSearch(ShopBusiness business) {
    this.business = business;
  }

  List<Offer> find(Need.Shop need, int limit) {
    ShopNeedCheck.check(need, business);
    var relevant = ofBrand(need, relevant(need));
    var features = hardFeatures(need, relevant);
    var fitting =
        relevant.stream().filter(each -> !fitting(each.product(), features).isEmpty()).toList();
    if (fitting.isEmpty()) {
      throw ShopNeedCheck.noMatch(
          "nothing has all of: " + String.join(", ", ShopNeedCheck.features(need)),
          products(relevant));
    }
    var candidates = inTime(need, candidates(need, fitting, features));
    candidates.sort(order(need.sort(), candidates));
    return candidates.stream()
        .limit(limit)
        .map(each -> business.offer(each.selection(), each.price(), each.free()))
        .toList();
  }

  private static List<Relevant> relevant(Need.Shop need) {
    var terms = ShopNeedCheck.terms(need);
    var productCategory =
        need.category() == null ? null : Products.ALL.category(need.category()).orElse(null);
    if (productCategory != null && (terms.isBlank() || productCategory.isCalled(terms))) {
      return Products.ALL.all().stream()
          .filter(product -> product.type().category().equals(productCategory))
          .map(product -> new Relevant(product, 1))
          .toList();
    }
    // A need without words is searched by the name of its category.
    var text = terms.isBlank() ? String.valueOf(need.category()) : terms;
    var found = Products.ALL.relevant(text);
    if (found.isEmpty()) {
      throw ShopNeedCheck.noMatch(
          "nothing is called " + text, products(Products.ALL.suggestions(text)));
    }
    // A category narrows the search, but a wrong one must not hide what the words name.
    var inside =
        found.stream()
            .filter(each -> each.product().type().category().equals(productCategory))
            .toList();
    return inside.isEmpty() ? found : inside;
  }

  private static List<Relevant> ofBrand(Need.Shop need, List<Relevant> relevant) {
    if (need.brand() == null || need.brand().isBlank()) {
      return relevant;
    }
    var wantedWords = SearchWords.normalize(need.brand());
    var found =
        relevant.stream()
            .filter(
                each ->
                    wantedWords.equals(SearchWords.normalize(each.product().brand().en()))
                        || wantedWords.equals(SearchWords.normalize(each.product().brand().zh())))
            .toList();
    if (found.isEmpty()) {
      throw ShopNeedCheck.noMatch("nothing of the brand " + need.brand(), products(relevant));
    }
    return found;
  }

  /**
   * Returns the features that must hold: those that some product of the shop has. A feature that no
   * product mentions ("sturdy", "for my phone") cannot be checked here and is ignored.
   */
  private static List<Set<String>> hardFeatures(Need.Shop need, List<Relevant> relevant) {
    return ShopNeedCheck.features(need).stream()
        .map(SearchWords::queryWords)
        .filter(words -> !words.isEmpty())
        .filter(
            words ->
                Products.ALL.distinguishes(words)
                    || relevant.stream()
                        .anyMatch(each -> !fitting(each.product(), List.of(words)).isEmpty()))
        .filter(words -> relevant.stream().noneMatch(each -> isKind(each.product(), words)))
        .toList();
  }

  /**
   * Says whether the words are the name of the kind, which is no condition: every phone charger is
   * a "phone charger".
   */
  private static boolean isKind(Product product, Set<String> words) {
    return product.type().namedBy(words) == words.size();
  }

  private static List<Variant> fitting(Product product, List<Set<String>> features) {
    return product.variants().stream()
        .filter(variant -> features.stream().allMatch(words -> product.has(variant, words)))
        .toList();
  }

  private List<Candidate> candidates(
      Need.Shop need, List<Relevant> fitting, List<Set<String>> features) {
    var wantedWords = SearchWords.queryWords(ShopNeedCheck.terms(need));
    var considered = fitting.stream().limit(MAX_PRICED).toList();
    var freeUnits = business.stock().free(products(considered));
    var activeAdjustments =
        business
            .priceAdjustments()
            .activeFor(products(considered).stream().map(Product::id).toList());
    var candidates = new ArrayList<Candidate>();
    for (Relevant each : considered) {
      fitting(each.product(), features).stream()
          .filter(variant -> freeUnits.of(each.product(), variant) >= need.quantity())
          .min(
              Comparator.<Variant>comparingInt(
                      variant -> -each.product().countNamed(variant, wantedWords))
                  .thenComparingInt(Variant::percent)
                  .thenComparingInt(Variant::oddness))
          .ifPresent(
              variant ->
                  candidates.add(
                      candidate(
                          need,
                          each,
                          variant,
                          freeUnits.of(each.product(), variant),
                          activeAdjustments)));
    }
    if (candidates.isEmpty()) {
      throw ShopNeedCheck.noMatch(
          "there are not %d of any".formatted(need.quantity()), products(considered));
    }
    int most = candidates.stream().mapToInt(Candidate::named).max().orElse(0);
    candidates.removeIf(candidate -> candidate.named() < most);
    return candidates;
  }

  private Candidate candidate(
      Need.Shop need,
      Relevant relevant,
      Variant variant,
      int free,
      ActiveAdjustments activeAdjustments) {
    var product = relevant.product();
    var selection =
        new ProductSelection(product, variant, shipping(need, product, variant), need.quantity());
    return new Candidate(
        selection,
        relevant.relevance(),
        product.countNamed(variant, SearchWords.queryWords(ShopNeedCheck.terms(need))),
        free,
        business.pricing().price(selection, activeAdjustments));
  }

  /**
   * Returns standard shipping if it is in time; express if that is needed for the date, or if speed
   * is wanted.
   */
  private Shipping shipping(Need.Shop need, Product product, Variant variant) {
    var options = business.shippingOptions();
    if ("fastest".equals(need.sort())) {
      return options.getLast();
    }
    return options.stream()
        .filter(
            option ->
                isInTime(need, new ProductSelection(product, variant, option, need.quantity())))
        .findFirst()
        .orElse(options.getLast());
  }

  private boolean isInTime(Need.Shop need, ProductSelection selection) {
    return need.deliverBy() == null
        || !business
            .pricing()
            .promised(selection, business.now())
            .toLocalDateTime()
            .isAfter(need.deliverBy().atTime(LocalTime.MAX));
  }

  private List<Candidate> inTime(Need.Shop need, List<Candidate> candidates) {
    var inTime =
        new ArrayList<>(
            candidates.stream()
                .filter(candidate -> isInTime(need, candidate.selection()))
                .toList());
    if (inTime.isEmpty()) {
      var earliest =
          candidates.stream()
              .map(candidate -> business.pricing().promised(candidate.selection(), business.now()))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      throw ShopNeedCheck.noMatch("nothing arrives by " + need.deliverBy(), List.of())
          .expected("deliver_by " + earliest.toLocalDate() + " or later")
          .observed(String.valueOf(need.deliverBy()))
          .remedy("The earliest is " + earliest.toLocalDate() + ".");
    }
    return inTime;
  }

  private Comparator<Candidate> order(@Nullable String sort, List<Candidate> candidates) {
    double typical =
        candidates.stream()
            .mapToLong(candidate -> candidate.price().fen())
            .sorted()
            .skip(candidates.size() / 2)
            .findFirst()
            .orElseThrow();
    Comparator<Candidate> best =
        Comparator.<Candidate>comparingDouble(candidate -> -candidate.score(typical))
            .thenComparing(candidate -> candidate.selection().key());
    Comparator<Candidate> first =
        switch (sort == null ? "best" : sort) {
          case "cheapest" -> Comparator.comparingLong(candidate -> candidate.price().fen());
          case "fastest" ->
              Comparator.comparing(
                  candidate -> business.pricing().promised(candidate.selection(), business.now()));
          default -> best;
        };
    return first.thenComparing(best);
  }

  private static List<Product> products(List<Relevant> relevant) {
    return relevant.stream().map(Relevant::product).toList();
  }
}
