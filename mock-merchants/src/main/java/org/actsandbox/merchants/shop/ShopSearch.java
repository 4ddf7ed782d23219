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

/** Finds goods for a need: one variant of each product that suits, the best first. */
final class ShopSearch {

  /** More products than this are never priced for one need. */
  private static final int MOST_PRICED = 80;

  /**
   * @param named how many of the wished words the name and the variant have
   */
  private record Candidate(
      ProductSelection goods, double relevance, int named, int free, PriceSum price) {

    double merit(double typicalFen) {
      double cheap = Math.min(2, typicalFen / price.fen());
      return relevance * 2 + goods.product().rating() / 25.0 + cheap * 0.5;
    }
  }

  private final ShopBusiness desk;

  ShopSearch(ShopBusiness desk) {
    this.desk = desk;
  }

  List<Offer> find(Need.Shop need, int limit) {
    ShopNeedCheck.check(need, desk);
    var relevant = ofBrand(need, relevant(need));
    var features = hardFeatures(need, relevant);
    var suiting =
        relevant.stream().filter(one -> !suiting(one.product(), features).isEmpty()).toList();
    if (suiting.isEmpty()) {
      throw ShopNeedCheck.nothing(
          "nothing has all of: " + String.join(", ", ShopNeedCheck.features(need)),
          products(relevant));
    }
    var candidates = inTime(need, candidates(need, suiting, features));
    candidates.sort(order(need.sort(), candidates));
    return candidates.stream()
        .limit(limit)
        .map(one -> desk.offer(one.goods(), one.price(), one.free()))
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
    // Without words of its own the category's name is looked for like any other.
    var text = terms.isBlank() ? String.valueOf(need.category()) : terms;
    var found = Products.ALL.relevant(text);
    if (found.isEmpty()) {
      throw ShopNeedCheck.nothing("nothing is called " + text, products(Products.ALL.near(text)));
    }
    // A category narrows, but a wrong one must not hide what the words name.
    var inside =
        found.stream()
            .filter(one -> one.product().type().category().equals(productCategory))
            .toList();
    return inside.isEmpty() ? found : inside;
  }

  private static List<Relevant> ofBrand(Need.Shop need, List<Relevant> relevant) {
    if (need.brand() == null || need.brand().isBlank()) {
      return relevant;
    }
    var wished = SearchWords.normalize(need.brand());
    var found =
        relevant.stream()
            .filter(
                one ->
                    wished.equals(SearchWords.normalize(one.product().brand().en()))
                        || wished.equals(SearchWords.normalize(one.product().brand().zh())))
            .toList();
    if (found.isEmpty()) {
      throw ShopNeedCheck.nothing("nothing of the brand " + need.brand(), products(relevant));
    }
    return found;
  }

  /**
   * Wishes that must hold: those some product of the shop can fulfil. What no product mentions
   * ("sturdy", "for my phone") cannot be judged here and is left out.
   */
  private static List<Set<String>> hardFeatures(Need.Shop need, List<Relevant> relevant) {
    return ShopNeedCheck.features(need).stream()
        .map(SearchWords::queryWords)
        .filter(words -> !words.isEmpty())
        .filter(
            words ->
                Products.ALL.distinguishes(words)
                    || relevant.stream()
                        .anyMatch(one -> !suiting(one.product(), List.of(words)).isEmpty()))
        .filter(words -> relevant.stream().noneMatch(one -> isKind(one.product(), words)))
        .toList();
  }

  /** The kind's own name is no wish: every one of them is a "phone charger". */
  private static boolean isKind(Product product, Set<String> words) {
    return product.type().namedBy(words) == words.size();
  }

  private static List<Variant> suiting(Product product, List<Set<String>> features) {
    return product.variants().stream()
        .filter(variant -> features.stream().allMatch(words -> product.has(variant, words)))
        .toList();
  }

  private List<Candidate> candidates(
      Need.Shop need, List<Relevant> suiting, List<Set<String>> features) {
    var wished = SearchWords.queryWords(ShopNeedCheck.terms(need));
    var some = suiting.stream().limit(MOST_PRICED).toList();
    var freeUnits = desk.units().free(products(some));
    var activeAdjustments =
        desk.priceAdjustments().activeFor(products(some).stream().map(Product::id).toList());
    var candidates = new ArrayList<Candidate>();
    for (Relevant one : some) {
      suiting(one.product(), features).stream()
          .filter(variant -> freeUnits.of(one.product(), variant) >= need.quantity())
          .min(
              Comparator.<Variant>comparingInt(variant -> -one.product().named(variant, wished))
                  .thenComparingInt(Variant::percent)
                  .thenComparingInt(Variant::oddness))
          .ifPresent(
              variant ->
                  candidates.add(
                      candidate(
                          need,
                          one,
                          variant,
                          freeUnits.of(one.product(), variant),
                          activeAdjustments)));
    }
    if (candidates.isEmpty()) {
      throw ShopNeedCheck.nothing(
          "there are not %d of any".formatted(need.quantity()), products(some));
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
    var productSelection =
        new ProductSelection(product, variant, shipping(need, product, variant), need.quantity());
    return new Candidate(
        productSelection,
        relevant.relevance(),
        product.named(variant, SearchWords.queryWords(ShopNeedCheck.terms(need))),
        free,
        desk.terms().price(productSelection, activeAdjustments));
  }

  /** The plain way if it is in time; express when that is needed, or speed is the wish. */
  private Shipping shipping(Need.Shop need, Product product, Variant variant) {
    var options = desk.shippings();
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

  private boolean isInTime(Need.Shop need, ProductSelection productSelection) {
    return need.deliverBy() == null
        || !desk.terms()
            .promised(productSelection, desk.now())
            .toLocalDateTime()
            .isAfter(need.deliverBy().atTime(LocalTime.MAX));
  }

  private List<Candidate> inTime(Need.Shop need, List<Candidate> candidates) {
    var inTime =
        new ArrayList<>(
            candidates.stream().filter(candidate -> isInTime(need, candidate.goods())).toList());
    if (inTime.isEmpty()) {
      var earliest =
          candidates.stream()
              .map(candidate -> desk.terms().promised(candidate.goods(), desk.now()))
              .min(Comparator.naturalOrder())
              .orElseThrow();
      throw ShopNeedCheck.nothing("nothing arrives by " + need.deliverBy(), List.of())
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
        Comparator.<Candidate>comparingDouble(candidate -> -candidate.merit(typical))
            .thenComparing(candidate -> candidate.goods().key());
    Comparator<Candidate> first =
        switch (sort == null ? "best" : sort) {
          case "cheapest" -> Comparator.comparingLong(candidate -> candidate.price().fen());
          case "fastest" ->
              Comparator.comparing(
                  candidate -> desk.terms().promised(candidate.goods(), desk.now()));
          default -> best;
        };
    return first.thenComparing(best);
  }

  private static List<Product> products(List<Relevant> relevant) {
    return relevant.stream().map(Relevant::product).toList();
  }
}
