package org.actsandbox.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmptyTableCacheTests {

  private final List<String> table = new ArrayList<>();
  private final EmptyTableCache waiting = new EmptyTableCache();
  private int looks;

  private Optional<String> first() {
    return waiting.firstUnlessEmpty(this::lookUp);
  }

  private Optional<String> lookUp() {
    looks++;
    return table.stream().findFirst();
  }

  @Test
  void anEmptyTableIsLookedAtOnce() {
    assertThat(first()).isEmpty();
    assertThat(first()).isEmpty();

    assertThat(looks).isEqualTo(1);
  }

  @Test
  void whatIsWrittenIsSeen() {
    assertThat(first()).isEmpty();
    table.add("hold");
    waiting.markWritten();

    assertThat(first()).contains("hold");
    assertThat(first()).contains("hold");
  }

  @Test
  void whatIsThereIsLookedAtEveryTimeSinceItMayBeGone() {
    table.add("hold");
    assertThat(first()).contains("hold");
    table.clear();

    assertThat(first()).isEmpty();
    assertThat(first()).isEmpty();
    assertThat(looks).isEqualTo(2);
  }

  /** Committed and told while the look, which does not see it, is under way. */
  @Test
  void whatIsWrittenDuringALookIsFoundByTheNext() {
    var during =
        waiting.firstUnlessEmpty(
            () -> {
              var before = lookUp();
              table.add("hold");
              waiting.markWritten();
              return before;
            });

    assertThat(during).isEmpty();
    assertThat(first()).contains("hold");
  }
}
