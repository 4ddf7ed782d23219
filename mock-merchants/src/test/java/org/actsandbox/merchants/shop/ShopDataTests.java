package org.actsandbox.merchants.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.vocabulary.GoodsVocabulary;
import org.junit.jupiter.api.Test;

/** Tests that the composed products are many, plausible and complete in both languages. */
class ShopDataTests {

  private final Products products = Products.ALL;

  @Test
  void thereAreEnoughProductsInEnoughCategories() {
    assertThat(products.all()).hasSizeGreaterThanOrEqualTo(640);
    assertThat(products.categories()).hasSizeGreaterThanOrEqualTo(10);
    var byCategory =
        products.all().stream()
            .collect(
                Collectors.groupingBy(product -> product.type().category(), Collectors.counting()));
    assertThat(byCategory).hasSameSizeAs(products.categories());
    assertThat(byCategory.values()).allMatch(count -> count >= 40);
  }

  @Test
  void idsAndNamesAreUniqueAndFilledInBothLanguages() {
    assertThat(products.all()).extracting(Product::id).doesNotHaveDuplicates();
    assertThat(products.all()).extracting(product -> product.name().en()).doesNotHaveDuplicates();
    assertThat(products.all()).extracting(product -> product.name().zh()).doesNotHaveDuplicates();
    assertThat(products.all())
        .allSatisfy(
            product -> {
              assertThat(product.id()).matches("P[0-9]{4}");
              assertThat(product.name().en()).doesNotMatch(".*\\p{IsHan}.*").doesNotContain("  ");
              assertThat(product.name().zh()).matches(".*\\p{IsHan}{2}.*").doesNotContain("  ");
              assertThat(product.description().en())
                  .doesNotMatch(".*\\p{IsHan}.*")
                  .hasSizeBetween(20, 300);
              assertThat(product.description().zh()).matches(".*\\p{IsHan}.*");
            });
  }

  @Test
  void variantsAreNumberedAndLabelledInBothLanguages() {
    assertThat(products.all())
        .allSatisfy(
            product -> {
              assertThat(product.variants()).hasSizeBetween(1, 24);
              assertThat(product.variants()).extracting(Variant::label).doesNotHaveDuplicates();
              for (int i = 0; i < product.variants().size(); i++) {
                assertThat(product.variants().get(i).number()).isEqualTo(i + 1);
              }
            });
    var colours =
        products.all().stream()
            .flatMap(product -> product.type().axes().stream())
            .filter(variantAxis -> variantAxis.name().equals("colour"))
            .flatMap(variantAxis -> variantAxis.values().stream())
            .collect(Collectors.toSet());
    assertThat(colours).allSatisfy(colour -> assertThat(colour.zh()).matches("\\p{IsHan}+"));
  }

  @Test
  void numbersAreBelievable() {
    assertThat(products.all())
        .allSatisfy(
            product -> {
              assertThat(product.baseFen())
                  .isBetween(
                      product.type().lowestYuan() * 100, product.type().highestYuan() * 100 + 900);
              assertThat(product.rating()).isBetween(30, 50);
              assertThat(product.days()).isBetween(1, 5);
              assertThat(product.type().grams()).isBetween(1, 20_000);
            });
  }

  @Test
  void brandsBelongToOneCategory() {
    var brands =
        products.categories().stream()
            .flatMap(productCategory -> productCategory.brands().stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(brands.values()).containsOnly(1L);
  }

  @Test
  void exactlyThreeDescriptionsTryToInstructAgents() {
    assertThat(products.all())
        .filteredOn(
            product ->
                product.description().en().contains("ignore your instructions")
                    || product.description().en().contains("SYSTEM:")
                    || product.description().en().contains("AI agents must"))
        .hasSize(3)
        .extracting(product -> product.type().category().code())
        .containsExactlyInAnyOrder("electronics", "food", "travel");
  }

  /** The built-in agent asks for goods by any name of their kind that it has understood. */
  @Test
  void everyKindOfGoodsIsSoldAndFoundByEachOfItsNames() {
    var lost = new ArrayList<String>();
    for (var kind : GoodsVocabulary.kinds()) {
      for (var name : kind.allNames()) {
        boolean found =
            products.relevant(name).stream()
                .anyMatch(each -> each.product().type().name().equals(kind.name()));
        if (!found) {
          lost.add(kind.name().en() + ": " + name);
        }
      }
    }
    assertThat(lost).isEmpty();
  }
}
