package org.actsandbox.merchants.shop;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.merchants.shelf.TextIndex;
import org.actsandbox.protocol.commerce.Text;

/** Holds all products, which are composed once from hand-written kinds, models and brands. */
final class Products {

  private static final SeededRandom RANDOM = SeededRandom.STATIC.derive("products");

  /** A product that has a smaller share of the query's words is about something else. */
  private static final double MIN_COVERAGE = 0.6;

  /** All products; declared after the constants that it is built with. */
  static final Products ALL = new Products();

  /**
   * Represents a product that fits a search.
   *
   * @param relevance 0 to 1; 1 for the best of an answer
   */
  record Relevant(Product product, double relevance) {}

  /**
   * Kinds of products that are not sold. "Laptop" names an unsold kind; "laptop stand" is longer
   * and names a sold one.
   */
  private static final List<Set<String>> UNSOLD_KINDS =
      DataFileReader.read(Products.class, "unsold.txt").stream()
          .flatMap(row -> DataFileReader.parts(row[0], ",").stream())
          .map(SearchWords::queryWords)
          .map(Set::copyOf)
          .toList();

  private final List<ProductCategory> categories = ProductCategory.read();
  private final List<ProductType> types = ProductType.read(categories);
  private final List<Product> all;
  private final Map<String, Product> byId;
  private final Set<String> nameWords;
  private final TextIndex index;

  private Products() {
    var fixtures =
        DataFileReader.read(Products.class, "fixtures.txt").stream()
            .collect(
                Collectors.toMap(row -> row[0] + "/" + row[1], row -> DataFileReader.text(row[2])));
    var composed = new ArrayList<Product>();
    for (int i = 0; i < types.size(); i++) {
      var variants = Variant.of(types.get(i));
      for (int model = 0; model < types.get(i).models().size(); model++) {
        composed.add(compose(composed.size() + 1, i, model, variants, fixtures));
      }
    }
    all = List.copyOf(composed);
    byId = all.stream().collect(Collectors.toUnmodifiableMap(Product::id, Function.identity()));
    nameWords = nameWords();
    index = index();
  }

  List<Product> all() {
    return all;
  }

  List<ProductCategory> categories() {
    return categories;
  }

  Optional<Product> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<ProductCategory> category(String wantedName) {
    return categories.stream()
        .filter(productCategory -> productCategory.isCalled(wantedName))
        .findFirst();
  }

  /**
   * Says whether the name or a variant of some product has these words; a wish for them is then a
   * condition.
   */
  boolean distinguishes(Set<String> words) {
    return nameWords.containsAll(words);
  }

  /**
   * Returns the products that the words are about, the best first. If the words name a kind of
   * product, only this kind is meant, and the other words distinguish its products. Otherwise a
   * word must belong to the kind of a product, or all to its name: a watch with a "ten-day battery"
   * is no battery.
   */
  List<Relevant> relevant(String text) {
    var words = SearchWords.queryWords(text);
    // By identity: the hash of a kind is one over all its texts.
    var named = new IdentityHashMap<ProductType, Integer>();
    types.forEach(type -> named.put(type, type.namedBy(words)));
    int longest = named.values().stream().mapToInt(i -> i).max().orElse(0);
    if (UNSOLD_KINDS.stream().filter(words::containsAll).anyMatch(kind -> kind.size() > longest)) {
      return List.of();
    }
    return scored(
        index.find(text).stream()
            .filter(
                hit ->
                    longest > 0
                        ? named.getOrDefault(typeOf(hit), 0) == longest
                        : hit.coverage() >= MIN_COVERAGE && isAbout(hit, words))
            .toList());
  }

  /** Returns whether the words name the kind, or several of them are all in the product's name. */
  private boolean isAbout(TextIndex.Hit hit, Set<String> words) {
    return typeOf(hit).mentions(words)
        || (words.size() > 1 && all.get(hit.document()).words().containsAll(words));
  }

  /** Returns the three products nearest to the words, as suggestions. */
  List<Relevant> suggestions(String text) {
    return scored(index.find(text).stream().limit(3).toList());
  }

  private ProductType typeOf(TextIndex.Hit hit) {
    return all.get(hit.document()).type();
  }

  private List<Relevant> scored(List<TextIndex.Hit> hits) {
    double best = hits.isEmpty() ? 1 : hits.getFirst().score();
    return hits.stream()
        .map(hit -> new Relevant(all.get(hit.document()), hit.score() / best))
        .toList();
  }

  private Product compose(
      int number, int typeNumber, int model, List<Variant> variants, Map<String, Text> fixtures) {
    var type = types.get(typeNumber);
    var id = "P%04d".formatted(number);
    var productCategory = type.category();
    var brand =
        productCategory.brands().get((typeNumber * 3 + model) % productCategory.brands().size());
    var name = ProductNames.of(brand, type.models().get(model), type);
    var closing =
        productCategory
            .closings()
            .get(RANDOM.below("closing" + id, productCategory.closings().size()));
    var description = join(type.benefit(), closing);
    var fixture = fixtures.get(type.name().en() + "/" + (model + 1));
    if (fixture != null) {
      description = join(description, fixture);
    }
    return new Product(
        id,
        type,
        brand,
        name,
        description,
        price(type, id) * 100,
        RANDOM.between("rating" + id, 37, 49),
        RANDOM.between("days" + id, 1, 4),
        variants,
        Set.copyOf(SearchWords.offerWords(name.en() + " " + name.zh())),
        Set.copyOf(SearchWords.offerWords(type.benefit().en() + " " + type.benefit().zh())));
  }

  /** Returns a price in yuan that ends in nine, more often in the lower half of the range. */
  private static long price(ProductType type, String id) {
    long width = type.highestYuan() - type.lowestYuan();
    long draw = RANDOM.below("price" + id, 1_000);
    long yuan = type.lowestYuan() + width * draw * draw / 1_000_000;
    return Math.max(type.lowestYuan(), yuan / 10 * 10 + 9);
  }

  private static Text join(Text first, Text second) {
    return new Text(first.en() + " " + second.en(), first.zh() + second.zh());
  }

  private Set<String> nameWords() {
    var words = new LinkedHashSet<String>();
    for (Product product : all) {
      words.addAll(product.words());
      product.variants().forEach(variant -> words.addAll(variant.words()));
    }
    return Set.copyOf(words);
  }

  private TextIndex index() {
    var builder = new TextIndex.Builder();
    for (int i = 0; i < all.size(); i++) {
      var product = all.get(i);
      add(builder, i, product.name(), 4);
      builder.add(i, String.join(",", product.type().synonyms()), 3);
      for (Variant variant : product.variants()) {
        add(builder, i, variant.label(), 2);
      }
      add(builder, i, product.type().category().name(), 1);
      add(builder, i, product.type().benefit(), 0.5f);
    }
    return builder.build();
  }

  private static void add(TextIndex.Builder builder, int document, Text text, float weight) {
    builder.add(document, text.en(), weight).add(document, text.zh(), weight);
  }
}
