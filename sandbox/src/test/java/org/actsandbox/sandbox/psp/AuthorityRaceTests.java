package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests authority that is revoked while an agent pays, and time limits to the millisecond. */
class AuthorityRaceTests {

  private static final int PAYERS = 12;

  private final DelegationBench delegations = new DelegationBench();
  private final PspTestBench pspTestBench = delegations.pspTestBench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /** Checks ACT ADD-7.e. */
  @Test
  void nothingIsPaidAfterTheAnswerToASuspension() {
    var iac = delegations.issue("D-1", AuthorityRaceTests::anyNumberOfPayments);
    delegations.pay(iac, "S-before", "1.00");
    var atAnswer = new AtomicReference<String>();
    PspTestBench.atOnce(
        PAYERS + 1,
        i -> {
          if (i == PAYERS / 2) {
            delegations.reportState("D-1", DelegationState.SUSPENDED);
            atAnswer.set(delegations.spent(iac));
          } else {
            payUntilRefused(iac, "S-" + i + "-", Problem.IAC_SUSPENDED);
          }
        });
    assertThat(delegations.spent(iac)).isEqualTo(atAnswer.get());
    assertThat(delegations.recounted(iac)).isEqualTo(atAnswer.get());
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsPaidAfterTheAnswerToAFreezeOrACancellation(boolean cancel) {
    var iac = delegations.issue("D-1", isr -> isr.put("max_total_amount", 10000));
    var id = delegations.subAccount("10000.00");
    var accounts = pspTestBench.psp().subAccounts();
    var atAnswer = new AtomicReference<String>();
    PspTestBench.atOnce(
        PAYERS + 1,
        i -> {
          if (i == PAYERS / 2) {
            var after =
                cancel
                    ? accounts.cancel(PspTestBench.PRINCIPAL, id)
                    : accounts.freeze(PspTestBench.PRINCIPAL, id);
            atAnswer.set(accounts.view(after).balance() + " " + delegations.spent(iac));
          } else {
            payFromSubAccountUntilRefused(id, iac, "S-" + i + "-");
          }
        });
    assertThat(accounts.view(accounts.get(id)).balance() + " " + delegations.spent(iac))
        .isEqualTo(atAnswer.get());
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  /** An instrument is locked while it pays, as a sub-account is. */
  @Test
  void nothingIsPaidAfterTheAnswerToAFreezeOfTheInstrument() {
    var iac = delegations.issue("D-1", isr -> isr.put("max_total_amount", 10000));
    var ref = pspTestBench.instrument("balance");
    var atAnswer = new AtomicReference<String>();
    PspTestBench.atOnce(
        PAYERS + 1,
        i -> {
          if (i == PAYERS / 2) {
            pspTestBench.psp().instruments().freeze(PspTestBench.PRINCIPAL, ref);
            atAnswer.set(pspTestBench.balance("balance") + " " + delegations.spent(iac));
          } else {
            payUntilRefused(iac, "S-" + i + "-", Problem.INSTRUMENT_INVALID);
          }
        });
    assertThat(pspTestBench.balance("balance") + " " + delegations.spent(iac))
        .isEqualTo(atAnswer.get());
    assertThat(pspTestBench.psp().ledger().sum()).isEqualTo("0");
  }

  /**
   * Both credentials are signed by the principal and unknown so far: the first one that is used
   * wins.
   */
  @Test
  void ofTwoCredentialsOfOneIdOnlyOneIsEverPaidUnder() {
    var one = delegations.issue("D-1", isr -> isr.put("max_total_amount", 10000));
    var other = delegations.issue("D-1", isr -> isr.put("max_total_amount", 9000));
    Set<String> paid = ConcurrentHashMap.newKeySet();
    PspTestBench.atOnce(
        8,
        i -> {
          var iac = i % 2 == 0 ? one : other;
          try {
            delegations.pay(iac, "S-" + i, "1.00");
            paid.add(iac.compact());
          } catch (Refusal refused) {
            assertThat(refused.problem()).isEqualTo(Problem.IAC_INVALID);
          }
        });
    assertThat(paid).hasSize(1);
    assertThat(delegations.spent(one)).isEqualTo("4.00");
    assertThat(delegations.recounted(one)).isEqualTo("4.00");
  }

  @Test
  void ofTwentyApprovalsRacingForTheLastHundredYuanOneIsMade() {
    pspTestBench
        .psp()
        .preferences()
        .set(PspTestBench.PRINCIPAL, new PaymentPreferences.PreferenceRequest(true, null));
    var iac = delegations.issue("D-1", isr -> isr.put("max_total_amount", 100));
    var waiting =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> delegations.pay(iac, "S-" + i, "100.00"))
            .toList();
    var paid = new AtomicInteger();
    PspTestBench.atOnce(
        20,
        i -> {
          var decided = pspTestBench.approve(waiting.get(i));
          if (decided.progress().status() == PaymentStatus.PAID) {
            paid.incrementAndGet();
          } else {
            assertThat(decided.progress().failure()).isEqualTo(Problem.CUMULATIVE_LIMIT_EXCEEDED);
          }
        });
    assertThat(paid).hasValue(1);
    assertThat(delegations.spent(iac)).isEqualTo("100.00");
    assertThat(pspTestBench.balance("balance")).isEqualTo("19900.00");
  }

  /** While the clock is stopped, a list and a change may bear the same instant. */
  @Test
  void aListOfTheSameInstantDoesNotTakeASuspensionBack() {
    var iac = delegations.issue("D-1");
    pspTestBench.peers.statusAnswer =
        list -> {
          delegations.reportState("D-1", DelegationState.SUSPENDED);
          return ForgedCredentials.aged(delegations, Duration.ZERO).apply(list);
        };
    assertRefused(Problem.IAC_SUSPENDED, () -> delegations.pay(iac, "S-1", "1.00"));
    assertRefused(Problem.IAC_SUSPENDED, () -> delegations.pay(iac, "S-2", "1.00"));
  }

  /**
   * The status service could not report the change, and the principal's confirmation comes much
   * later.
   */
  @Test
  void anApprovalLooksUpAStateThatIsOld() {
    pspTestBench
        .psp()
        .preferences()
        .set(PspTestBench.PRINCIPAL, new PaymentPreferences.PreferenceRequest(true, null));
    var iac = delegations.issue("D-1");
    var waiting = delegations.pay(iac, "S-1", "40.00");
    pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.REVOKED));
    pspTestBench.now.updateAndGet(at -> at.plusSeconds(61));
    var failed = pspTestBench.approve(waiting);
    assertThat(failed.progress().failure()).isEqualTo(Problem.IAC_REVOKED);
    assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");
  }

  /** An agent that signs a credential of its own cannot take the id of the principal's. */
  @Test
  void aCredentialThatTheAgentSignedDoesNotBlockTheRealOne() {
    var own = delegations.issue("D-1", PspTestBench.AGENT, _ -> {});
    assertRefused(Problem.IAC_PRINCIPAL_MISMATCH, () -> delegations.pay(own, "S-1", "1.00"));
    delegations.pay(delegations.issue("D-1"), "S-1", "1.00");
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void aClockFiveMinutesOffIsGoodEnough(long seconds) {
    var request = delegations.request(delegations.issue("D-1"), "S-1", "1.00");
    request.put("timestamp", PspTestBench.START.plusSeconds(seconds).toString());
    assertThat(delegations.take(request, DelegationMode.SPECIFIED).trade().progress().paid())
        .isNotNull();
  }

  /** Checks ACT ADD-7.e and ADD-8.a. */
  @Test
  void theWindowBeginsWithItsFirstMillisecondAndEndsBeforeItsLast() {
    var begins = PspTestBench.START.plusSeconds(10);
    var iac =
        delegations.issue(
            "D-1",
            isr -> {
              isr.put("validity_start_time", begins.toString());
              isr.put("validity_end_time", begins.plusSeconds(10).toString());
            });
    pspTestBench.now.set(begins.minusMillis(1));
    assertRefused(Problem.IAC_NOT_YET_VALID, () -> delegations.pay(iac, "S-1", "1.00"));
    pspTestBench.now.set(begins);
    delegations.pay(iac, "S-2", "1.00");
    pspTestBench.now.set(begins.plusSeconds(10).minusMillis(1));
    delegations.pay(iac, "S-3", "1.00");
    pspTestBench.now.set(begins.plusSeconds(10));
    assertRefused(Problem.IAC_EXPIRED, () -> delegations.pay(iac, "S-4", "1.00"));
    assertThat(delegations.spent(iac)).isEqualTo("2.00");
  }

  private static void anyNumberOfPayments(ObjectNode isr) {
    isr.put("delegation_mode", "BOUNDED").put("max_total_amount", 10000);
  }

  private void payUntilRefused(Iac iac, String order, Problem expected) {
    for (int i = 0; ; i++) {
      int number = i;
      var refused =
          catchThrowableOfType(Refusal.class, () -> delegations.pay(iac, order + number, "1.00"));
      if (refused != null) {
        assertThat(refused.problem()).isEqualTo(expected);
        return;
      }
    }
  }

  private void payFromSubAccountUntilRefused(String id, Iac iac, String order) {
    for (int i = 0; ; i++) {
      int number = i;
      var refused =
          catchThrowableOfType(
              Refusal.class,
              () ->
                  delegations.take(
                      delegations.payFromSubAccount(
                          id, delegations.request(iac, order + number, "1.00")),
                      DelegationMode.SPECIFIED));
      if (refused != null) {
        // On a busy machine all that may be bought can be bought before the freeze.
        assertThat(refused.problem())
            .isIn(
                Problem.SUB_ACCOUNT_FROZEN,
                Problem.SUB_ACCOUNT_CANCELLED,
                Problem.TARGET_ALREADY_BOUGHT);
        return;
      }
    }
  }

  private static void assertRefused(
      Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    var refused = catchThrowableOfType(Refusal.class, work);
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).as(refused.detail()).isEqualTo(problem);
  }
}
