package org.actsandbox.web.console.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;

/** Tests that an audience reads the steps of a scenario in words. */
class ConsoleStepNamesTests {

  /** What only a developer reads: ids, addresses, values that are captured while it plays. */
  private static final Pattern RAW =
      Pattern.compile(
          "raileast|gotrip|luma-mart|bazaar88|stayhub|marketlens|sandbox-(?:pay|trust)|outside-agent"
              + "|\\$\\{|/psp/|/merchants/|/api/|act:[a-z]|(?:GET|POST|DELETE) /|[a-z]_[a-z]");

  @Test
  void everyStepOfThePackIsInWords() {
    var raw = new ArrayList<String>();
    for (var script : ScenarioPack.load().all()) {
      for (var line : PlayerView.script(script)) {
        var verb = script.steps().get(line.number() - 1).verb();
        for (var words : List.of(line.explanation().en(), line.explanation().zh())) {
          // What the principal says is quoted, and changed fields are called as in the standard.
          var own = words.replaceAll("(?:before it is signed|after signing|签名前改动|签名后篡改).*", "");
          if (verb != Verb.SAY && RAW.matcher(own).find()) {
            raw.add(script.name() + " " + line.number() + ": " + words);
          }
        }
      }
    }

    assertThat(raw).isEmpty();
  }

  @Test
  void namesParticipantsFaultsAndRequestsInBothLanguages() {
    var lines = PlayerView.script(played());

    assertThat(lines.stream().map(PlayerView.Line::explanation))
        .containsExactly(
            new Text("A request of RailEast: refund (Sandbox Pay)", "东方铁路的请求：退款（沙箱支付）"),
            new Text(
                "From now on, at Sandbox Pay (signed answer): Lost answer",
                "从现在起，沙箱支付（签名答复）会出现：应答丢失"),
            new Text("The principal takes the offer of Luma Mart", "用户选明光优选的报价"),
            new Text("Check: no orders; payments", "检查：没有订单；付款"),
            new Text("Time passes until the moment noted before", "时间走到先前记下的时刻"));
  }

  private static Script played() {
    return ScriptReader.read(
        "words.yaml",
        """
        scenario: words
        title: {en: Words, zh: 文字}
        why: {en: People read them., zh: 给人看的。}
        theme: payment
        act: [CID-1]
        steps:
          - call: {method: POST, path: "/psp/refunds", key: "merchant:raileast"}
          - fault: {name: lost_answer, participant: sandbox-pay, operation: "POST /payments/*/approval"}
          - choose: {merchant: luma-mart}
          - check: {orders: {count: 0}, trades: [{status: paid}]}
          - advance: {to: "${deal/hold_until}"}
        """);
  }
}
