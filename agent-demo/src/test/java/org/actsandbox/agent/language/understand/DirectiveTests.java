package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests sentences about later purchases, said on a Saturday in Beijing. */
class DirectiveTests {

  private static final Situation NOW =
      Situation.start(
          ZonedDateTime.of(2026, 12, 19, 9, 0, 0, 0, ZoneId.of("Asia/Shanghai")),
          new InterpreterProfile("Beijing", null, 1, Lang.EN, true));

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Get me a second-class ticket to Harbin on January 20, at most 600 yuan, keep trying until Friday | train Harbin 2027-01-20 second; until 2026-12-25 most 600.00
          Book a train to Tianjin on January 5 for at most 80 yuan as soon as one is available, until January 3 | train Tianjin 2027-01-05; until 2027-01-03 most 80.00
          帮我抢1月20号去哈尔滨的二等座，不超过600元，一直抢到周五 | train Harbin 2027-01-20 second; until 2026-12-25 most 600.00
          1月20日去哈尔滨的二等座，600元以内，周五之前一直盯着 | train Harbin 2027-01-20 second; until 2026-12-25 most 600.00
          Buy a power bank when it falls below 100 yuan, keep looking until December 31 | shop power bank; until 2026-12-31 most 100.00 below 100.00
          帮我盯着1月20号去哈尔滨的二等座，降到600元以下就买 | train Harbin 2027-01-20 second; until 2027-01-20 most 600.00 below 600.00
          买一个充电宝，降到100元以下就买，一直看到12月31日 | shop 充电宝; until 2026-12-31 most 100.00 below 100.00
          buy wireless headphones once they go under 600, until December 31 | shop wireless headphones; until 2026-12-31 most 600.00 below 600.00
          when headphones drop below 300 buy them, until December 31 | shop headphones; until 2026-12-31 most 300.00 below 300.00
          Every Monday order coffee, at most 60 each, until March | shop coffee; until 2027-02-28 most 60.00 from 2026-12-21 every P7D, 10 payments
          每周一买咖啡，每次不超过60元，直到3月 | shop 咖啡; until 2027-02-28 most 60.00 from 2026-12-21 every P7D, 10 payments
          On the 25th order coffee, at most 80 yuan | shop coffee; until 2026-12-25 most 80.00 from 2026-12-25, 1 payments
          25号买咖啡，80元以内 | shop 咖啡; until 2026-12-25 most 80.00 from 2026-12-25, 1 payments
          """)
  void understandsLaterPurchases(String sentence, String expected) {
    assertThat(said(ruleBasedInterpreter.interpret(sentence, NOW))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Get me a second-class ticket to Harbin on January 20, keep trying | most | 600 yuan, until Friday
          帮我一直抢1月20号去哈尔滨的二等座 | most | 600元，到周五
          Get me a power bank, at most 600 yuan, keep trying | until | until Friday
          """)
  void asksForMissingValuesAndTakesTheAnswer(String sentence, String open, String answer) {
    var asked = (Interpretation.Question) ruleBasedInterpreter.interpret(sentence, NOW);
    assertThat(asked.missing()).containsExactly(open.split(" "));
    var answered = ruleBasedInterpreter.interpret(answer, after(asked));
    assertThat(said(answered)).contains("until 2026-12-25 most 600.00");
  }

  @Test
  void theDayOfAJourneyIsNotTheDayOfPayment() {
    var now = ruleBasedInterpreter.interpret("On January 5 book a train to Tianjin", NOW);
    assertThat(now).isInstanceOf(Interpretation.Wishes.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Every Monday order coffee, at most 60 each, until yesterday | until PAST
          Every day order coffee, at most 60 each, until December 31, 2027 | until IMPOSSIBLE
          Every Monday order coffee and a power bank, at most 200 in total, until March | every IMPOSSIBLE
          Get me a ticket to Harbin on January 20, at most 600 yuan, keep trying until Saturday | until AMBIGUOUS
          """)
  void asksAboutImpossibleDirectives(String sentence, String gap) {
    var asked = (Interpretation.Question) ruleBasedInterpreter.interpret(sentence, NOW);
    assertThat(asked.gaps().stream().map(g -> g.field() + " " + g.reason())).contains(gap);
    assertThat(asked.text()).isNotBlank();
  }

  private static Situation after(Interpretation.Question asked) {
    return NOW.withUnderstood(asked.soFar(), asked.budget(), asked.missing())
        .withDirective(asked.directive());
  }

  private static String said(Interpretation understood) {
    if (!(understood
        instanceof Interpretation.DirectedPurchase(var wishes, var directive, var _))) {
      return String.valueOf(understood);
    }
    return wishes.stream().map(DirectiveTests::said).collect(Collectors.joining(", "))
        + "; "
        + said(directive);
  }

  private static String said(Wish wish) {
    return switch (wish) {
      case TrainWish train -> words("train", train.to(), train.date(), train.seatClass());
      case ShopWish shop -> words("shop", shop.terms());
      default -> wish.toString();
    };
  }

  private static String said(Directive directive) {
    var below = directive.below() == null ? "" : " below " + directive.below();
    var plan =
        directive.isPlanned()
            ? " from "
                + directive.first()
                + (directive.every() == null ? "" : " every " + directive.every())
                + ", "
                + directive.payments()
                + " payments"
            : "";
    return "until " + directive.until() + " most " + directive.most() + below + plan;
  }

  private static String words(@Nullable Object... words) {
    return java.util.Arrays.stream(words)
        .filter(java.util.Objects::nonNull)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
