package org.actsandbox.merchants.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the catalog of the rail merchants. */
class TrainCatalogTests {

  @TempDir static Path folder;
  private static TestRailMerchant testMerchant;
  private static Vertical rail;

  @BeforeAll
  static void open() {
    testMerchant = new TestRailMerchant(folder);
    rail = testMerchant.open("gotrip-rail");
  }

  @AfterAll
  static void close() {
    testMerchant.close();
  }

  @Test
  void pagesThroughEveryTrainOnceAndEveryEntryIsComplete() {
    var all = new ArrayList<CatalogEntry>();
    String cursor = null;
    do {
      var page = rail.catalog(null, null, cursor, 100);
      assertThat(page.items()).isNotEmpty();
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);

    assertThat(all).extracting(CatalogEntry::id).doesNotHaveDuplicates();
    assertThat(all).hasSameSizeAs(Timetable.shared().trains());
    assertThat(all)
        .allSatisfy(
            entry -> {
              assertThat(entry.name().en()).isNotBlank();
              assertThat(entry.name().zh()).containsPattern("\\p{IsHan}");
              assertThat(entry.category().zh()).containsPattern("\\p{IsHan}");
              assertThat(new BigDecimal(entry.price())).isGreaterThan(new BigDecimal("10.00"));
              assertThat(entry.currency()).isEqualTo("CNY");
              assertThat(rail.item(entry.id())).contains(entry);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "G7362, , 1",
    "g7362, , 1",
    "hangzhou shanghai, , 60",
    "杭州到上海, , 60",
    "from nowhere, , 0",
    ", K, 20",
    "上海, 高铁, 50",
    "Kunming, High-speed train, 5",
    ", submarine, 0"
  })
  void findsByNumberStationAndCategory(
      @Nullable String query, @Nullable String category, int atLeast) {
    var page = rail.catalog(query, category, null, 100);
    assertThat(page.items()).hasSizeGreaterThanOrEqualTo(atLeast);
    if (atLeast < 2) {
      assertThat(page.items()).hasSize(atLeast);
      assertThat(page.next()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"!!!, 10, cursor", "R0FGR0E, 10, cursor", "-, 0, limit", "-, 101, limit"})
  void badPagingIsRefusedWithItsField(@Nullable String cursor, int limit, String field) {
    var refusal =
        catchThrowableOfType(Refusal.class, () -> rail.catalog(null, null, cursor, limit));
    assertThat(refusal.problem()).isEqualTo(Problem.INVALID_FIELD);
    assertThat(refusal.field()).isEqualTo(field);
  }

  @Test
  void anUnknownItemIsEmpty() {
    assertThat(rail.item("gotrip-rail.G99999")).isEmpty();
    assertThat(rail.item("raileast.G7362")).isEmpty();
  }
}
