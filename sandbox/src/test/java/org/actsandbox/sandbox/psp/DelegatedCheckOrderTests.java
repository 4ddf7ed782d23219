package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that a delegated payment with two defects is refused by the earlier check (ACT PSD-5). */
class DelegatedCheckOrderTests {

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench bench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /**
   * Lists the checks in the order of the standard: replay; the agent's signature; the credential by
   * signature, state, agent and mode; single amount, sum and method; merchant; authorization of the
   * sub-account.
   */
  enum Check {
    REPLAY(Problem.DUPLICATE_REQUEST, (_, r) -> r.put("request_id", "Q-S-before")),
    SIGNATURE(Problem.SIGNATURE_INVALID, (_, r) -> r.put("agent_id", "did:act:other-agent")),
    CREDENTIAL(
        Problem.IAC_INVALID,
        (_, r) -> ForgedCredentials.part(r, 1, text -> text.replace(":300,", ":900,"))),
    STATE(
        Problem.IAC_SUSPENDED,
        (d, _) ->
            d.pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.SUSPENDED))),
    AGENT(Problem.IAC_AGENT_MISMATCH, isr -> isr.put("agent_id", "did:act:other-agent")),
    MODE(Problem.DELEGATION_MODE_MISMATCH, isr -> isr.put("delegation_mode", "BOUNDED")),
    SINGLE_AMOUNT(
        Problem.SINGLE_LIMIT_EXCEEDED, isr -> commerce(isr).put("max_single_amount", 79.99)),
    SUM(Problem.CUMULATIVE_LIMIT_EXCEEDED, isr -> isr.put("max_total_amount", 158.99)),
    METHOD(
        Problem.PAYMENT_METHOD_NOT_ALLOWED,
        (d, r) -> r.put("instrument_ref", d.pspTestBench.instrument("card"))),
    MERCHANT(
        Problem.MERCHANT_NOT_ALLOWED,
        isr -> commerce(isr).putArray("allowed_merchants").add("did:act:raileast")),
    SUB_ACCOUNT(
        Problem.SUB_ACCOUNT_KEY_INVALID,
        (d, r) ->
            d.payFromSubAccount(
                d.subAccount("100.00"), r, DelegationBench.key("did:act:thief#key-1")));

    private final Problem expected;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<ObjectNode> isr;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final BiConsumer<DelegationBench, ObjectNode> request;

    Check(Problem expected, Consumer<ObjectNode> isr) {
      this.expected = expected;
      this.isr = isr;
      this.request = (_, _) -> {};
    }

    Check(Problem expected, BiConsumer<DelegationBench, ObjectNode> request) {
      this.expected = expected;
      this.isr = _ -> {};
      this.request = request;
    }

    private static ObjectNode commerce(ObjectNode isr) {
      return (ObjectNode) isr.at("/ext/commerce");
    }
  }

  static Stream<Arguments> neighbours() {
    var all = Check.values();
    return IntStream.range(1, all.length).mapToObj(i -> Arguments.of(all[i - 1], all[i]));
  }

  @ParameterizedTest
  @EnumSource
  void eachIsRefusedByItself(Check check) {
    assertThat(refused(check)).isEqualTo(check.expected);
  }

  /** Checks ACT PSD-5.h. */
  @ParameterizedTest
  @MethodSource("neighbours")
  void ofTwoTheEarlierAnswersAndNoMoneyMoves(Check earlier, Check later) {
    assertThat(refused(earlier, later)).isEqualTo(earlier.expected);
  }

  /**
   * Sends a payment with defects; later ones are made first, because the signatures of the earlier
   * ones cover them.
   */
  private Problem refused(Check... broken) {
    delegations.pay(delegations.issue("D-before"), "S-before", "5.00");
    var iac =
        delegations.issue(
            "D-1", isr -> Arrays.asList(broken).forEach(each -> each.isr.accept(isr)));
    if (Arrays.asList(broken).contains(Check.SUM)) {
      delegations.pay(iac, "S-first", "79.00");
    }
    var request = delegations.request(iac, "S-1", "80.00");
    for (var each : Arrays.asList(broken).reversed()) {
      each.request.accept(delegations, request);
    }
    long entries = bench.entries();
    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> delegations.take(request, DelegationMode.SPECIFIED));
    assertThat(refusal).as("paid").isNotNull();
    assertThat(bench.entries()).as("entries in the books").isEqualTo(entries);
    assertThat(bench.psp().ledger().sum()).isEqualTo("0");
    return refusal.problem();
  }
}
