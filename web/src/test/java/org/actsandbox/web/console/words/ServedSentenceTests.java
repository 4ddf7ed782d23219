package org.actsandbox.web.console.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how a sentence that the server says to programs reaches a Chinese reader. */
class ServedSentenceTests {

  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url is missing, and 1 more mistake | 缺少 url，另有 1 处错误
          parameters.ms is not valid         | parameters.ms 的值无效
          one of RailEast, GoTrip Rail       | 仅限 RailEast, GoTrip Rail
          at most 30.00, of which 5 is spent | 不超过 30.00，其中已用 5
          status 503                         | 状态 503
          Did you mean steps?                | 您是指 steps 吗？
          2 x a cart of agent, answered 409  | 2 次：购物车，来自 agent，应答 409
          Connection reset by peer           | 连接被对方重置
          Connect to http://127.0.0.1:9 failed: Connection refused | 无法连接 http://127.0.0.1:9：连接被拒绝
          ''                                 | ''
          """)
  void saysTheSentenceInChinese(String english, String chinese) {
    assertThat(ServedSentences.find("zh", english)).contains(chinese);
    assertThat(ServedSentences.find("en", english)).contains(english);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the key is revoked",
        "before the merchant answers the agent again",
        "Connect to http://127.0.0.1:9 failed: the proxy asks for a password"
      })
  void aSentenceThatIsNotKnownIsNotHalfTranslated(String english) {
    assertThat(ServedSentences.find("zh", english)).isEmpty();
  }

  @Test
  void bothLanguagesHaveThePlacesOfTheSameValues() {
    assertThat(ServedSentences.CATALOG.patterns())
        .hasSizeGreaterThan(200)
        .allSatisfy(
            english ->
                assertThat(places(ServedSentences.CATALOG.pattern(english)))
                    .as(english)
                    .isEqualTo(places(english)));
  }

  private static java.util.Set<String> places(String pattern) {
    return PLACE.matcher(pattern).results().map(MatchResult::group).collect(Collectors.toSet());
  }
}
