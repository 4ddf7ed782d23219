package org.actsandbox.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class FixedSegmentHandlerMappingTests {

  /** Checks that no pattern is skipped that Spring would match, and that most others are. */
  @ParameterizedTest
  @CsvSource({
    "/, /, true",
    "/, /wallet, true",
    "/wallet, /wallet, true",
    "/wallet, /orders, false",
    "/wallet, /, false",
    "/w/{world}/psp/payments/{trade}, /w/demo/psp/payments/T-1, true",
    "/w/{world}/psp/payments/{trade}, /w/demo/psp/payments, true",
    "/w/{world}/psp/payments/{trade}, /w/demo/psp/refunds/R-1, false",
    "/w/{world}/psp/payments/{trade}/approval, /w/demo/psp/payments/T-1, false",
    "/w/{world}/psp/payments/{trade}/approval, /w/demo/psp/payments/T-1/approval, true",
    "/w/{world}/psp/payments/{trade}, /w/demo/psp/p%61yments/T-1, true",
    "/w/{world}/psp/payments/{trade}, /w/demo/psp/payments;v=1/T-1, true",
    "/static/**, /static/app.css, true",
    "/static/**, /other/app.css, false",
    "/{*rest}, /anything/at/all, true",
    "/pages/{name:[a-z]+}.html, /pages/a.html, true",
    "/pag?s/x, /pages/x, true"
  })
  void skipsPatternsThatCannotMatch(String pattern, String path, boolean tried) {
    var container = PathContainer.parsePath(path);
    assertThat(FixedSegmentHandlerMapping.FixedSegments.of(pattern).fit(container.elements()))
        .isEqualTo(tried);
    if (new PathPatternParser().parse(pattern).matches(container)) {
      assertThat(tried).isTrue();
    }
  }
}
