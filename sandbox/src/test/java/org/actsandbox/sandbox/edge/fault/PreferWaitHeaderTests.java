package org.actsandbox.sandbox.edge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** Tests how long callers say that they wait. */
class PreferWaitHeaderTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wait=2                    | PT2S
          respond-async, wait=10    | PT10S
          wait=0;foo=bar            | PT0S
          respond-async             | PT24H
          wait=                     | PT24H
          wait=-1                   | PT24H
          wait=99999999999999999999 | PT24H
          await=3                   | PT24H
          """)
  void isReadFromThePreference(String preference, Duration wait) {
    var headers = new HttpHeaders();
    headers.add("Prefer", preference);
    assertThat(PreferWaitHeader.of(headers)).isEqualTo(wait);
  }

  @Test
  void withoutThePreferenceItIsLongerThanAnyFault() {
    assertThat(PreferWaitHeader.of(new HttpHeaders())).isGreaterThan(Duration.ofMinutes(10));
  }
}
