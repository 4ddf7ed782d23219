package org.actsandbox.merchants.shop;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actsandbox.merchants.shelf.ListPager;
import org.actsandbox.merchants.shelf.PriceAdjustments.ActiveAdjustments;
import org.actsandbox.merchants.shop.Products.Relevant;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Lists the products as catalog entries (ACT CID-1). */
final class ShopCatalog {

  private static final int MAX_QUERY = 200;

  private final ShopBusiness business;

  ShopCatalog(ShopBusiness business) {
    this.business = business;
  }

  /**
   * @param category the code or any name of a department
   */
  Page<CatalogEntry> page(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    var products =
        query == null || query.isBlank()
            ? Products.ALL.all()
            : Products.ALL.relevant(shorten(query)).stream().map(Relevant::product).toList();
    if (category != null && !category.isBlank()) {
      products =
          products.stream()
              .filter(product -> product.type().category().isCalled(shorten(category)))
              .toList();
    }
    return ListPager.page(products, cursor, limit, this::entries);
  }

  Optional<CatalogEntry> item(String itemId) {
    return Products.ALL.byId(itemId).map(product -> entries(List.of(product)).getFirst());
  }

  private List<CatalogEntry> entries(List<Product> products) {
    var freeUnits = business.stock().free(products);
    var activeAdjustments =
        business.priceAdjustments().activeFor(products.stream().map(Product::id).toList());
    return products.stream()
        .map(product -> entry(product, freeUnits.ofAll(product), activeAdjustments))
        .toList();
  }

  private CatalogEntry entry(Product product, int available, ActiveAdjustments activeAdjustments) {
    int days = business.pricing().standardDays(product);
    return new CatalogEntry(
        product.id(),
        product.name(),
        product.type().category().name(),
        Money.fen(lowestPrice(product, activeAdjustments)).decimal(),
        "CNY",
        Availability.of(available),
        available,
        business.now().plusMinutes(30).truncatedTo(ChronoUnit.SECONDS).toInstant(),
        new Text(
            days == 1 ? "Delivered within a day." : "Delivered within " + days + " days.",
            days + " 天内送达。"),
        business.merchant().id(),
        "catalog/" + product.id(),
        product.description(),
        attributes(product));
  }

  private long lowestPrice(Product product, ActiveAdjustments activeAdjustments) {
    return product.variants().stream()
        .mapToLong(
            variant ->
                activeAdjustments.apply(
                    product.id(),
                    product.key(variant),
                    business.pricing().listed(product, variant)))
        .min()
        .orElseThrow();
  }

  private static Map<String, String> attributes(Product product) {
    var attributes = new TreeMap<String, String>();
    attributes.put("brand", product.brand().en());
    attributes.put("type", product.type().name().en());
    attributes.put("rating", ShopBusiness.rating(product));
    attributes.put("weight_g", String.valueOf(product.type().grams()));
    for (VariantAxis variantAxis : product.type().axes()) {
      attributes.put(
          variantAxis.name(),
          variantAxis.values().stream().map(Text::en).collect(Collectors.joining(", ")));
    }
    return attributes;
  }

  private static String shorten(String text) {
    return text.length() <= MAX_QUERY ? text : text.substring(0, MAX_QUERY);
  }
}
