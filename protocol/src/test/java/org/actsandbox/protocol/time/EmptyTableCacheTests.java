package org.actsandbox.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests that an empty table is not queried again before a row is written. */
class EmptyTableCacheTests {

  private final List<String> table = new ArrayList<>();
  private final EmptyTableCache cache = new EmptyTableCache();
  private int queries;

  private Optional<String> first() {
    return cache.firstUnlessEmpty(this::lookUp);
  }

  private Optional<String> lookUp() {
    queries++;
    return table.stream().findFirst();
  }

  @Test
  void anEmptyTableIsQueriedOnce() {
    assertThat(first()).isEmpty();
    assertThat(first()).isEmpty();

    assertThat(queries).isEqualTo(1);
  }

  @Test
  void aWrittenRowIsFound() {
    assertThat(first()).isEmpty();
    table.add("hold");
    cache.markWritten();

    assertThat(first()).contains("hold");
    assertThat(first()).contains("hold");
  }

  @Test
  void aTableWithRowsIsQueriedEveryTime() {
    table.add("hold");
    assertThat(first()).contains("hold");
    table.clear();

    assertThat(first()).isEmpty();
    assertThat(first()).isEmpty();
    assertThat(queries).isEqualTo(2);
  }

  /** A row is committed during a query that does not see it. */
  @Test
  void aRowWrittenDuringAQueryIsFoundByTheNextQuery() {
    var during =
        cache.firstUnlessEmpty(
            () -> {
              var before = lookUp();
              table.add("hold");
              cache.markWritten();
              return before;
            });

    assertThat(during).isEmpty();
    assertThat(first()).contains("hold");
  }
}
