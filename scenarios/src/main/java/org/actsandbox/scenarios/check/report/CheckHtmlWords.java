package org.actsandbox.scenarios.check.report;

import java.util.Map;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckTotal;

/**
 * Holds the words of the HTML report itself.
 *
 * @param labels words of the template by name
 */
record CheckHtmlWords(boolean chinese, Map<String, String> labels) {

  private static final CheckHtmlWords ENGLISH =
      new CheckHtmlWords(
          false,
          Map.ofEntries(
              Map.entry("title", "Check of a merchant"),
              Map.entry("level", "level"),
              Map.entry("colon", ": "),
              Map.entry("then", "; "),
              Map.entry("note", "s. A sandbox's result, and not an official certificate."),
              Map.entry("fixed", "Fixed since the last run:"),
              Map.entry("stale", "Known deviations that no longer occur:"),
              Map.entry("findings", "What to mend"),
              Map.entry("rule", "rule"),
              Map.entry("check", "check"),
              Map.entry("expected", "expected"),
              Map.entry("observed", "observed"),
              Map.entry("why", "why"),
              Map.entry("mend", "mend"),
              Map.entry("scenario", "played by"),
              Map.entry("all", "All checks"),
              Map.entry("verdict", "verdict"),
              Map.entry("rules", "rules"),
              Map.entry("does", "what it does")));

  private static final CheckHtmlWords CHINESE =
      new CheckHtmlWords(
          true,
          Map.ofEntries(
              Map.entry("title", "商户检测"),
              Map.entry("level", "级别"),
              Map.entry("colon", "："),
              Map.entry("then", "；"),
              Map.entry("note", "秒。这是沙箱的结果，不是官方认证。"),
              Map.entry("fixed", "上次之后已修好："),
              Map.entry("stale", "不再出现的已知偏差："),
              Map.entry("findings", "需要修改"),
              Map.entry("rule", "规则"),
              Map.entry("check", "检测"),
              Map.entry("expected", "应为"),
              Map.entry("observed", "所见"),
              Map.entry("why", "为什么"),
              Map.entry("mend", "怎样修改"),
              Map.entry("scenario", "演示场景"),
              Map.entry("all", "全部检测"),
              Map.entry("verdict", "结论"),
              Map.entry("rules", "规则"),
              Map.entry("does", "做什么")));

  static CheckHtmlWords in(String lang) {
    return lang.equals("zh") ? CHINESE : ENGLISH;
  }

  String verdict(CheckResult result) {
    var word = verdict(result.verdict());
    if (!result.known()) {
      return word;
    }
    return chinese ? "已知的" + word : "known " + word;
  }

  String verdict(CheckVerdict verdict) {
    if (!chinese) {
      return verdict.word();
    }
    return switch (verdict) {
      case PASS -> "通过";
      case DEVIATION -> "偏差";
      case ADVISORY -> "建议";
      case NOT_APPLICABLE -> "不适用";
      case NOT_TESTED -> "未检测";
      case INCONCLUSIVE -> "无法判断";
      case HARNESS_ERROR -> "检测自身出错";
    };
  }

  String total(CheckTotal total) {
    if (!chinese) {
      return total.word();
    }
    return switch (total) {
      case CONFORMS -> "符合";
      case DEVIATES -> "有偏差";
      case INCOMPLETE -> "不完整";
      case HARNESS_ERROR -> "检测自身出错";
    };
  }
}
