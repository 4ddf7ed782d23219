package org.actsandbox.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.actsandbox.agent.task.TaskBrief.Topic;
import org.actsandbox.protocol.commerce.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a sentence that asks for a report means. */
class TaskBriefReaderTests {

  private static final List<Topic> KNOWN =
      List.of(
          new Topic("oil", new Text("oil", "原油")),
          new Topic("palm-oil", new Text("palm oil", "棕榈油")),
          new Topic("coffee", new Text("coffee", "咖啡")),
          new Topic("copper", new Text("copper", "铜")),
          new Topic("gold", new Text("gold", "黄金")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan | coffee copper | zh | 20 | - | PT24H | 80 | 30
          Write a report on copper and coffee prices, up to 9.50 yuan, 3 yuan per payment | copper coffee | en | 9.50 | 3 | PT24H | 80 | 30
          A report on palm oil prices over 90 days, within 2 hours, at most 12 yuan       | palm-oil | en | 12 | - | PT2H | 80 | 90
          Analysis of the gold market, warn me at 50 %, max 5 yuan                        | gold | en | 5 | - | PT24H | 50 | 30
          Report on oil and palm oil prices                                               | oil palm-oil | en | - | - | PT24H | 80 | 30
          准备一份关于咖啡和铜价格的报告，最多花 20 元                                      | coffee copper | zh | 20 | - | PT24H | 80 | 30
          写一份黄金行情简报，英文摘要，预算 8 元，每笔不超过 3 元，30 分钟内，用到 60% 时提醒我 | gold | en | 8 | 3 | PT30M | 60 | 30
          最近 7 天棕榈油价格的报告，不超过 10 块                                           | palm-oil | zh | 10 | - | PT24H | 80 | 7
          """)
  void understands(
      String sentence,
      String topics,
      String summary,
      String most,
      String single,
      Duration time,
      int warn,
      int days) {
    assertThat(TaskBriefReader.isTask(sentence)).isTrue();
    var lang = sentence.codePointAt(0) > 0x2e80 ? "zh" : "en";
    var taskBrief = TaskBriefReader.read(sentence, KNOWN, lang);
    assertThat(taskBrief.topics().stream().map(Topic::symbol).collect(Collectors.joining(" ")))
        .isEqualTo(topics);
    assertThat(taskBrief.summary()).isEqualTo(summary);
    assertThat(taskBrief.most()).isEqualTo(most);
    assertThat(taskBrief.single()).isEqualTo(single);
    assertThat(taskBrief.time()).isEqualTo(time);
    assertThat(taskBrief.warnPercent()).isEqualTo(warn);
    assertThat(taskBrief.days()).isEqualTo(days);
    assertThat(TaskBriefReader.unread(sentence, taskBrief.topics())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Prepare a report on coffee and lithium prices, at most 20 yuan              | lithium
          Prepare a report on coffee prices as a spreadsheet, at most 20 yuan         | spreadsheet
          A report on gold prices in French, at most 9 yuan                           | french
          准备一份关于咖啡和锂矿价格的报告，最多花 20 元                                | 锂矿
          准备一份黄金价格的报告，翻译成法语，最多花 9 元                               | 翻译成法语
          """)
  void namesWhatAReportDoesNotKeep(String sentence, String words) {
    assertThat(
            TaskBriefReader.unread(sentence, TaskBriefReader.read(sentence, KNOWN, "en").topics()))
        .anyMatch(unread -> unread.equalsIgnoreCase(words));
  }

  @ParameterizedTest
  @CsvSource({
    "Find me a window seat on tomorrow's early train to Shanghai",
    "Order coffee every Monday at most 60 yuan",
    "帮我订明天早上去上海的靠窗座位",
    "What is the price of coffee?"
  })
  void leavesOtherSentencesAlone(String sentence) {
    assertThat(TaskBriefReader.isTask(sentence)).isFalse();
  }
}
