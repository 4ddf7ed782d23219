package org.actsandbox.sandbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.actsandbox.agent.api.BuyerAgent;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the processor time of turns, over the corpus and for long sentences ({@code
 * -Dact.bench=turn}): that of the thread that reads and answers, and that of the whole process with
 * merchants, journal, compilers and collections. The figures are in docs/performance-notes.md.
 */
@EnabledIfSystemProperty(named = "act.bench", matches = ".*turn.*")
class TurnCostBench {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final List<String> LONG_WORDS =
      List.of(
          "1",
          "一",
          "a ",
          "train to ",
          "明天",
          "9-",
          "on ",
          "two ",
          "，",
          "x",
          "not ",
          "不要",
          "北京",
          "2026-11-",
          "shanghai tomorrow ",
          "tomorow ",
          "5 yuan ",
          "第一个",
          "10:30以后");

  private record Cost(String sentence, double millis) {}

  @Test
  void turnsOfTheCorpus() {
    var agent = SentenceCorpusTests.agent(SandboxServer.shared().newWorld(SentenceCorpusTests.NOW));
    var rows =
        Stream.of("sentences_zh.txt", "sentences_en.txt")
            .flatMap(name -> SentenceCorpusTests.rows(name).stream())
            .toList();
    rows.subList(0, rows.size() / 4).forEach(row -> play(agent, row, new ArrayList<>()));
    var whole = new ArrayList<Cost>();
    var own = rows.stream().flatMap(row -> play(agent, row, whole).stream()).toList();
    print("thread of the turn", own);
    print("whole process", whole);
    assertThat(own).hasSizeGreaterThanOrEqualTo(rows.size());
  }

  @Test
  void longSentences() {
    var interpreter = new RuleBasedInterpreter();
    var situation =
        Situation.start(
            SentenceCorpusTests.NOW.atZone(SentenceCorpusTests.ZONE), SentenceCorpusTests.PROFILE);
    for (int length : new int[] {100, 250, 500, 1_000}) {
      var costs = new ArrayList<Cost>();
      for (int round = 0; round < 3; round++) {
        for (var word : LONG_WORDS) {
          var sentence = word.repeat(length / word.length());
          long before = THREADS.getCurrentThreadCpuTime();
          interpreter.interpret(sentence, situation);
          if (round > 0) {
            costs.add(new Cost(word + "*", since(before)));
          }
        }
      }
      print(length + " characters", costs);
      assertThat(costs).isNotEmpty();
    }
  }

  private static List<Cost> play(BuyerAgent agent, SentenceCorpusTests.Row row, List<Cost> whole) {
    var conversation = agent.conversations().open(null);
    var costs = new ArrayList<Cost>();
    for (var sentence : row.turns()) {
      var now = agent.conversations().get(conversation.conversationId());
      long wholeBefore = PROCESS.getProcessCpuTime();
      long before = THREADS.getCurrentThreadCpuTime();
      agent.say(now, sentence, null, null, Runnable::run);
      costs.add(new Cost(sentence, since(before)));
      assertThat(agent.awaitEnd(now, Duration.ofSeconds(60))).isTrue();
      whole.add(new Cost(sentence, (PROCESS.getProcessCpuTime() - wholeBefore) / 1e6));
    }
    return costs;
  }

  private static double since(long before) {
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e6;
  }

  private static void print(String what, List<Cost> costs) {
    var sorted = costs.stream().sorted(Comparator.comparingDouble(Cost::millis)).toList();
    System.out.printf(
        Locale.ROOT,
        "BENCH %s: n=%d p50=%.1f p95=%.1f max=%.1f ms; slowest: %s%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2).millis(),
        sorted.get(sorted.size() * 95 / 100).millis(),
        sorted.getLast().millis(),
        sorted.reversed().stream().limit(6).map(TurnCostBench::told).toList());
  }

  private static String told(Cost cost) {
    return String.format(Locale.ROOT, "%.0f ms %s", cost.millis(), cost.sentence());
  }
}
