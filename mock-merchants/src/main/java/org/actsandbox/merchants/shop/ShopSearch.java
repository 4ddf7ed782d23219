package org.actsandbox.merchants.shop;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.actsandbox.merchants.shelf.PriceMoves.Moved;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.Words;
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
  private record Candidate(Goods goods, double relevance, int named, int free, PriceSum price) {

    double merit(double typicalFen) {
      double cheap = Math.min(2, typicalFen / price.fen());
      return relevance * 2 + goods.product().rating() / 25.0 + cheap * 0.5;
    }
  }

  private final ShopDesk desk;

  ShopSearch(ShopDesk desk) {
    this.desk = desk;
  }

  List<Offer> find(Need.Shop need, int limit) {
    ShopNeed.check(need, desk);
    var relevant = ofBrand(need, relevant(need));
    var features = hardFeatures(need, relevant);
    var suiting =
        relevant.stream().filter(one -> !suiting(one.product(), features).isEmpty()).toList();
    if (suiting.isEmpty()) {
      throw ShopNeed.nothing(
          "nothing has all of: " + String.join(", ", ShopNeed.features(need)), products(relevant));
    }
    var candidates = inTime(need, candidates(need, suiting, features));
    candidates.sort(order(need.sort(), candidates));
    return candidates.stream()
        .limit(limit)
        .map(one -> desk.offer(one.goods(), one.price(), one.free()))
        .toList();
  }

  private static List<Relevant> relevant(Need.Shop need) {
    var terms = ShopNeed.terms(need);
    var category =
        need.category() == null ? null : Products.ALL.category(need.category()).orElse(null);
    if (category != null && (terms.isBlank() || category.isCalled(terms))) {
      return Products.ALL.all().stream()
          .filter(product -> product.type().category().equals(category))
          .map(product -> new Relevant(product, 1))
          .toList();
    }
    // Without words of its own the category's name is looked for like any other.
    var text = terms.isBlank() ? String.valueOf(need.category()) : terms;
    var found = Products.ALL.relevant(text);
    if (found.isEmpty()) {
      throw ShopNeed.nothing("nothing is called " + text, products(Products.ALL.near(text)));
    }
    // A category narrows, but a wrong one must not hide what the words name.
    var inside =
        found.stream().filter(one -> one.product().type().category().equals(category)).toList();
    return inside.isEmpty() ? found : inside;
  }

  private static List<Relevant> ofBrand(Need.Shop need, List<Relevant> relevant) {
    if (need.brand() == null || need.brand().isBlank()) {
      return relevant;
    }
    var wished = Words.normal(need.brand());
    var found =
        relevant.stream()
            .filter(
                one ->
                    wished.equals(Words.normal(one.product().brand().en()))
                        || wished.equals(Words.normal(one.product().brand().zh())))
            .toList();
    if (found.isEmpty()) {
      throw ShopNeed.nothing("nothing of the brand " + need.brand(), products(relevant));
    }
    return found;
  }

  /**
   * Wishes that must hold: those some product of the shop can fulfil. What no product mentions
   * ("sturdy", "for my phone") cannot be judged here and is left out.
   */
  private static List<Set<String>> hardFeatures(Need.Shop need, List<Relevant> relevant) {
    return ShopNeed.features(need).stream()
        .map(Words::wanted)
        .filter(words -> !words.isEmpty())
        .filter(
            words ->
                Products.ALL.tellsApart(words)
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
    var wished = Words.wanted(ShopNeed.terms(need));
    var some = suiting.stream().limit(MOST_PRICED).toList();
    var free = desk.units().free(products(some));
    var moved = desk.moves().of(products(some).stream().map(Product::id).toList());
    var candidates = new ArrayList<Candidate>();
    for (Relevant one : some) {
      suiting(one.product(), features).stream()
          .filter(variant -> free.of(one.product(), variant) >= need.quantity())
          .min(
              Comparator.<Variant>comparingInt(variant -> -one.product().named(variant, wished))
                  .thenComparingInt(Variant::percent)
                  .thenComparingInt(Variant::oddness))
          .ifPresent(
              variant ->
                  candidates.add(
                      candidate(need, one, variant, free.of(one.product(), variant), moved)));
    }
    if (candidates.isEmpty()) {
      throw ShopNeed.nothing("there are not %d of any".formatted(need.quantity()), products(some));
    }
    int most = candidates.stream().mapToInt(Candidate::named).max().orElse(0);
    candidates.removeIf(candidate -> candidate.named() < most);
    return candidates;
  }

  private Candidate candidate(
      Need.Shop need, Relevant relevant, Variant variant, int free, Moved moved) {
    var product = relevant.product();
    var goods = new Goods(product, variant, shipping(need, product, variant), need.quantity());
    return new Candidate(
        goods,
        relevant.relevance(),
        product.named(variant, Words.wanted(ShopNeed.terms(need))),
        free,
        desk.terms().price(goods, moved));
  }

  /** The plain way if it is in time; express when that is needed, or speed is the wish. */
  private Shipping shipping(Need.Shop need, Product product, Variant variant) {
    var options = desk.shippings();
    if ("fastest".equals(need.sort())) {
      return options.getLast();
    }
    return options.stream()
        .filter(option -> isInTime(need, new Goods(product, variant, option, need.quantity())))
        .findFirst()
        .orElse(options.getLast());
  }

  private boolean isInTime(Need.Shop need, Goods goods) {
    return need.deliverBy() == null
        || !desk.terms()
            .promised(goods, desk.now())
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
      throw ShopNeed.nothing("nothing arrives by " + need.deliverBy(), List.of())
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
