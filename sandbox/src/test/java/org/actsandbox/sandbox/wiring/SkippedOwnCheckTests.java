package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.DirectedConversation.SALE;
import static org.actsandbox.sandbox.wiring.DirectedConversation.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests that the payment service stops an agent that skips its own check (ACT PSD-5, PSD-7): the
 * demo agent itself, with a watch (L2) and with a task (L3), honest and with the mutant {@code
 * own-check-skipped}.
 */
class SkippedOwnCheckTests {

  private static final String COFFEE =
      "Every Monday order coffee, at most 300 each, until January 5";

  /** Lists limits of a watch's authority that are smaller than the agent assumes. */
  enum Watched {
    SINGLE_AMOUNT("single_limit_exceeded", isr -> commerce(isr).put("max_single_amount", 1)),
    CUMULATIVE_AMOUNT(
        "cumulative_limit_exceeded",
        isr -> {
          isr.put("max_total_amount", 120);
          commerce(isr).put("max_single_amount", 100);
        },
        COFFEE,
        true),
    NOT_BEGUN(
        "iac_not_yet_valid",
        isr -> isr.put("validity_start_time", SALE.plus(Duration.ofDays(1)).toString())),
    MERCHANT(
        "merchant_not_allowed",
        isr -> commerce(isr).putArray("allowed_merchants").add("did:act:luma-mart")),
    CATEGORY(
        "category_not_allowed",
        isr -> {
          commerce(isr).remove("allowed_categories");
          commerce(isr).putArray("forbidden_categories").add("train");
        }),
    TARGET(
        "target_mismatch",
        isr -> ((ObjectNode) isr.at("/ext/vendor_private/targets/0")).put("to", "Changchun")),
    METHOD(
        "payment_method_not_allowed",
        isr -> isr.putArray("allowed_payment_methods").add("sub_account")),
    PRICE(
        "price_deviation_exceeded",
        isr -> {
          ext(isr, "agent_behavior").put("price_deviation_tolerance", 5);
          ext(isr, "vendor_private").put("reference_amount", 10);
        }),
    FULFILMENT_TIME(
        "fulfilment_time_not_allowed",
        isr -> ext(isr, "fulfillment").put("delivery_time_requirement", "../2027-01-01T00:00:00Z")),
    PLAN(
        "not_in_plan",
        isr ->
            ext(isr, "vendor_private")
                .putObject("plan")
                .put("first_at", SALE.plus(Duration.ofDays(2)).toString())
                .put("count", 1));

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<ObjectNode> change;

    private final String sentence;
    private final boolean paysBefore;

    Watched(String code, Consumer<ObjectNode> change) {
      this(code, change, DirectedConversation.SENTENCE, false);
    }

    Watched(String code, Consumer<ObjectNode> change, String sentence, boolean paysBefore) {
      this.code = code;
      this.change = change;
      this.sentence = sentence;
      this.paysBefore = paysBefore;
    }

    DirectedConversation play(String... mutants) {
      var talk =
          new DirectedConversation(settings(mutants))
              .says(sentence)
              .narrows(change)
              .decides("APPROVE");
      talk.until(
          sentence.equals(COFFEE)
              ? Instant.parse("2027-01-04T12:00:00Z")
              : SALE.plus(Duration.ofMinutes(30)));
      return talk;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWatchIsStoppedByThePaymentService(Watched row) {
    var talk = row.play("own-check-skipped");
    requireStopped(talk, row.code, "/delegated-payments");
    assertThat(decisions(talk, "self-check-failed")).isEmpty();
    assertThat(talk.paid().isEmpty()).as(talk.said()).isEqualTo(!row.paysBefore);
    assertThat(talk.code()).as(talk.said()).isEqualTo(row.code);
  }

  /** Checks ACT CID-7.a and PSD-5.a. */
  @ParameterizedTest
  @EnumSource
  void theHonestWatchDoesNotEvenAsk(Watched row) {
    var talk = row.play();
    requireUnasked(talk, row.code);
    assertThat(talk.paid().isEmpty()).as(talk.said()).isEqualTo(!row.paysBefore);
    assertThat(talk.code()).as(talk.said()).isEqualTo(row.code);
  }

  /** Lists limits of a task's authority that are smaller than the agent assumes. */
  enum Performed {
    SINGLE_AMOUNT("single_limit_exceeded", isr -> commerce(isr).put("max_single_amount", 1)),
    CUMULATIVE_AMOUNT(
        "cumulative_limit_exceeded", isr -> isr.put("max_total_amount", new BigDecimal("1.50"))),
    OVER(
        "iac_expired",
        isr -> isr.put("validity_end_time", SUNDAY.plus(Duration.ofHours(1)).toString())),
    MERCHANT(
        "merchant_not_allowed",
        isr -> commerce(isr).putArray("allowed_merchants").add("did:act:lingobee")),
    CATEGORY(
        "category_not_allowed", isr -> commerce(isr).putArray("allowed_categories").add("train")),
    METHOD(
        "payment_method_not_allowed", isr -> isr.putArray("allowed_payment_methods").add("card"));

    private final String code;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<ObjectNode> change;

    Performed(String code, Consumer<ObjectNode> change) {
      this.code = code;
      this.change = change;
    }

    TaskConversation play(String... mutants) {
      var talk = new DirectedConversation(settings(mutants));
      talk.says(TaskConversation.SENTENCE).narrows(change).decides("APPROVE");
      talk.passes(Duration.ofHours(2));
      return new TaskConversation(talk).funds("20.00").passes(Duration.ofMinutes(10));
    }

    String maxYuan() {
      return this == CUMULATIVE_AMOUNT ? "1.50" : this == METHOD || this == OVER ? "0.00" : "4.00";
    }
  }

  /** Checks ACT PSD-7.c. */
  @ParameterizedTest
  @EnumSource
  void aTaskIsStoppedByThePaymentService(Performed row) {
    var task = row.play("own-check-skipped");
    requireStopped(task.talk, row.code, "/autonomous-payments");
    assertThat(decisions(task.talk, "self-check-failed")).isEmpty();
    assertThat(task.refused()).as(task.talk.said()).contains("psp:" + row.code);
    requireAtMost(task, row.maxYuan());
    task.moneyIsRight();
  }

  /** Checks ACT PSD-7.b. */
  @ParameterizedTest
  @EnumSource
  void theHonestTaskDoesNotEvenAsk(Performed row) {
    var task = row.play();
    requireUnasked(task.talk, row.code);
    requireAtMost(task, row.maxYuan());
    task.moneyIsRight();
  }

  /**
   * Checks an agent with a slow clock and no report of the authority's state: it finds nothing
   * wrong, but the payment service has a clock of its own.
   */
  @Test
  void aSlowClockLengthensNoAuthority() {
    // The agent looks at ten to, four minutes late.
    var end = SALE.plus(Duration.ofMinutes(52));
    var talk =
        new DirectedConversation(settings())
            .says(DirectedConversation.SENTENCE)
            .narrows(isr -> isr.put("validity_end_time", end.toString()))
            .decides("APPROVE");
    // After both reports, the payment service has a last known state to decide on (ADD-8).
    talk.moves("suspend");
    talk.moves("resume");
    talk.fault("error_status", "sandbox-delegations", "GET /status/**", 1000);
    talk.fault("error_status", "demo-agent", "POST /delegation-states", 1000);
    talk.world
        .faults()
        .add(
            new FaultRequest(
                "clock_skew", "demo-agent", null, null, null, null, Map.of("seconds", -240), null));
    talk.until(SALE.plus(Duration.ofHours(2)));
    requireStopped(talk, "iac_expired", "/delegated-payments");
    assertThat(decisions(talk, "self-check-passed")).as(talk.said()).isNotEmpty();
    assertThat(talk.paid()).as(talk.said()).isEmpty();
    assertThat(talk.state()).as(talk.said()).isEqualTo("ended");
  }

  private static void requireStopped(DirectedConversation talk, String code, String path) {
    assertThat(talk.journal(Kind.REFUSAL))
        .as(talk.said())
        .anySatisfy(
            entry -> {
              assertThat(entry.actor()).isEqualTo("did:act:sandbox-pay");
              assertThat(entry.data().path("code").asString()).isEqualTo(code);
            });
    assertThat(talk.journal()).contains(path);
    talk.ledgerIsEven();
  }

  private static void requireUnasked(DirectedConversation talk, String code) {
    assertThat(decisions(talk, "self-check-failed"))
        .as(talk.said())
        .anySatisfy(entry -> assertThat(entry.data().path("code").asString()).isEqualTo(code));
    assertThat(talk.journal(Kind.REFUSAL))
        .noneSatisfy(entry -> assertThat(entry.data().path("code").asString()).isEqualTo(code));
    talk.ledgerIsEven();
  }

  private static void requireAtMost(TaskConversation task, String yuan) {
    assertThat(new BigDecimal(task.bill().path("total").asString()))
        .isLessThanOrEqualTo(new BigDecimal(yuan));
  }

  private static List<JournalEntry> decisions(DirectedConversation talk, String event) {
    return talk.journal(Kind.DECISION).stream()
        .filter(entry -> entry.event().equals(event))
        .toList();
  }

  private static WorldSettings settings(String... mutants) {
    return DirectedConversation.settings("20000.00", PriceTolerance.NONE, false)
        .with(List.of(mutants));
  }

  private static ObjectNode commerce(ObjectNode isr) {
    return ext(isr, "commerce");
  }

  private static ObjectNode ext(ObjectNode isr, String part) {
    var ext = (ObjectNode) isr.path("ext");
    return ext.path(part) instanceof ObjectNode known ? known : ext.putObject(part);
  }
}
