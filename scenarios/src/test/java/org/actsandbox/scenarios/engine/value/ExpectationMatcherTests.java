package org.actsandbox.scenarios.engine.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that every matcher accepts and rejects what it should. */
class ExpectationMatcherTests {

  @ParameterizedTest(name = "{0} holds for {1}, not for {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "offered"                              | "offered"                    | "bought"
          "73.00"                                | "73.0"                       | "73.01"
          73                                     | "73.00"                      | "74"
          true                                   | true                         | false
          null                                   | null                         | 0
          ["a"]                                  | ["b", "a"]                   | ["b"]
          ["a", "a"]                             | ["a", "b", "a"]              | ["a", "b"]
          {"a": 1}                               | {"a": 1, "b": 2}             | {"b": 2}
          {"a": 1}                               | [{"b": 1}, {"a": 1}]         | [{"b": 1}]
          {"/a/0/b": 1}                          | {"a": [{"b": 1}]}            | {"a": [{"b": 2}]}
          {"matches": "T-[A-Z0-9]+"}             | "T-9A"                       | "t-9a"
          {"contains": "oul"}                    | "soul"                       | "sole"
          {"at_least": 2}                        | ["a", "b"]                   | ["a"]
          {"at_least": "1.50"}                   | "1.50"                       | "1.49"
          {"at_most": 2}                         | ["a", "b"]                   | ["a", "b", "c"]
          {"at_most": "2026-11-25T01:00:00Z"}    | "2026-11-25T00:59:59Z"       | "2026-11-25T01:00:01Z"
          {"one_of": ["a", "b"]}                 | "b"                          | "c"
          {"exists": true}                       | 0                            | null
          {"exists": false}                      | null                         | 0
          {"count": 2}                           | [1, 1]                       | [1]
          {"count": {"at_least": 1}}             | [1]                          | []
          {"not": "a"}                           | "b"                          | "a"
          {"not": {"contains": "x"}}             | "y"                          | "x"
          {"exactly": ["a", "b"]}                | ["a", "b"]                   | ["b", "a"]
          {"exactly": []}                        | []                           | ["a"]
          {"each": {"at_least": 1}}              | [1, 2]                       | [1, 0]
          {"each": 1}                            | [1]                          | []
          {"any": {"at_least": 2}}               | [1, 2]                       | [1, 1]
          {"at_least": 1, "at_most": 3}          | 3                            | 4
          """)
  void holdsAndFails(String expected, String good, String bad) {
    var wanted = Json.mapper().readTree(expected);

    assertThat(ExpectationMatcher.compare("it", wanted, Json.mapper().readTree(good))).isEmpty();
    assertThat(ExpectationMatcher.compare("it", wanted, Json.mapper().readTree(bad)))
        .isNotEmpty()
        .allSatisfy(mismatch -> assertThat(mismatch.at()).startsWith("it"));
  }

  @Test
  void reportsThePathAndTheObservedValue() {
    var wanted = Json.mapper().readTree("{\"offers\": {\"each\": {\"total\": {\"at_most\": 80}}}}");
    var seen =
        Json.mapper().readTree("{\"offers\": [{\"total\": \"79.00\"}, {\"total\": \"81.00\"}]}");

    assertThat(ExpectationMatcher.compare("", wanted, seen))
        .containsExactly(new Mismatch("offers[1].total", "at most 80", "\"81.00\""));
  }

  @Test
  void anInvalidRegularExpressionIsReported() {
    assertThatThrownBy(
            () ->
                ExpectationMatcher.matches(
                    Json.mapper().readTree("{\"matches\": \"(\"}"), Json.tree("x")))
        .isInstanceOf(UnplayableStep.class)
        .hasMessage("not a regular expression: (");
  }
}
