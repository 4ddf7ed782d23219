package org.actsandbox.scenarios.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.junit.jupiter.api.Test;

/** Tests that the ledger speaks of every statement, and that its page is up to date. */
class PayeeLedgerTests {

  private static final Path PAGE = Path.of("..", "docs", "check-merchant-ledger.md");

  @Test
  void everyStatementIsCheckedExemptOrAGap() {
    assertThat(PayeeLedger.entries())
        .filteredOn(entry -> entry.standing() == PayeeLedger.Standing.OPEN)
        .isEmpty();
  }

  @Test
  void noReasonIsLeftOver() {
    assertThat(PayeeLedger.stale()).isEmpty();
  }

  @Test
  void theThirteenPublishedAssertionsAreExecutable() {
    var published =
        IntStream.rangeClosed(1, 13)
            .mapToObj(
                n -> n <= 8 ? "A402-TEST-%03d".formatted(n) : "PSD-TEST-%03d".formatted(n - 8))
            .toList();
    var named =
        MerchantSuite.all().stream()
            .flatMap(check -> check.assertions().stream())
            .collect(Collectors.toSet());

    assertThat(named).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void everyCheckSaysWhatItDoesAndHowToMendIt() {
    assertThat(MerchantSuite.all())
        .allSatisfy(
            check -> {
              for (var sentence : List.of(check.does(), check.why(), check.mend())) {
                assertThat(sentence).as(check.id()).matches("(?s)[A-Z0-9].*[.]");
              }
              for (var sentence : List.of(check.does("zh"), check.why("zh"), check.mend("zh"))) {
                assertThat(sentence).as(check.id()).matches("(?s).*\\p{IsHan}.*。");
              }
            });
    assertThat(MerchantSuite.all().stream().map(check -> check.id()).distinct().count())
        .isEqualTo(MerchantSuite.all().size());
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    if (System.getProperty("act.checks", "").equals("write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }

  private static String page() {
    var entries = PayeeLedger.entries();
    var text = new StringBuilder();
    text.append(
        """
        # What a payee must do, and what checks it

        Every MUST and SHOULD of ACT 2.1 as docs/rules.md numbers them: checked by
        `./run check-merchant`, exempt because it is no duty of a payee, or a gap. This file is
        generated:

        ```
        ./test -pl scenarios -am -Dtest=PayeeLedgerTests -Dact.checks=write -Dsurefire.failIfNoSpecifiedTests=false
        ```

        | | MUST | SHOULD |
        |---|---:|---:|
        """);
    Arrays.stream(PayeeLedger.Standing.values())
        .filter(standing -> standing != PayeeLedger.Standing.OPEN)
        .forEach(
            standing ->
                text.append(
                    "| %s | %d | %d |%n"
                        .formatted(
                            word(standing),
                            count(entries, standing, "MUST"),
                            count(entries, standing, "SHOULD"))));
    text.append("\n| statement | | what it says | | by, or why not |\n|---|---|---|---|---|\n");
    entries.forEach(
        entry ->
            text.append(
                "| %s | %s | %s | %s | %s |%n"
                    .formatted(
                        entry.citation(),
                        entry.level(),
                        entry.statement(),
                        word(entry.standing()),
                        entry.checks().isEmpty()
                            ? entry.reason()
                            : entry.checks().stream()
                                .map(id -> "`" + id + "`")
                                .collect(Collectors.joining(", ")))));
    return text.toString();
  }

  private static String word(PayeeLedger.Standing standing) {
    return standing.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static long count(
      List<PayeeLedger.Entry> entries, PayeeLedger.Standing standing, String level) {
    return entries.stream()
        .filter(entry -> entry.standing() == standing && entry.level().name().equals(level))
        .count();
  }
}
