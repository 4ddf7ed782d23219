package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests ACT PSD-3 and PSD-4: every check before the cashier, in order, each with its own answer.
 */
class PaymentRefusalTests {

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  /**
   * Lists the defects of a request in the order of the checks: a later check never answers before
   * an earlier one.
   */
  enum Defect {
    AMOUNT_NOT_DECIMAL(Problem.INVALID_FIELD, false, (_, r) -> r.put("amount", "12,50")),
    AMOUNT_NEGATIVE(Problem.INVALID_FIELD, false, (_, r) -> r.put("amount", "-12.50")),
    AMOUNT_ZERO(Problem.INVALID_FIELD, false, (_, r) -> r.put("amount", "0.00")),
    ORDER_MISSING(Problem.INVALID_FIELD, false, (_, r) -> r.remove("merchant_order_no")),
    REQUEST_ID_TOO_LONG(
        Problem.INVALID_FIELD, false, (_, r) -> r.put("request_id", "q".repeat(65))),
    REQUEST_ID_TAKEN(Problem.DUPLICATE_REQUEST, false, (_, r) -> r.put("request_id", "Q-taken")),
    STALE(
        Problem.EXPIRED_REQUEST,
        false,
        (_, r) -> r.put("timestamp", PspTestBench.START.minus(Duration.ofSeconds(301)).toString())),
    FROM_THE_FUTURE(
        Problem.EXPIRED_REQUEST,
        false,
        (_, r) -> r.put("timestamp", PspTestBench.START.plus(Duration.ofSeconds(301)).toString())),
    UNSIGNED(Problem.SIGNATURE_MISSING, true, (_, r) -> r.remove("signature_content")),
    TAMPERED(Problem.SIGNATURE_INVALID, true, (_, r) -> r.put("description", "something else")),
    UNKNOWN_FIELD_ADDED(Problem.INVALID_FIELD, true, (_, r) -> r.put("x_note", "hello")),
    SIGNER_UNKNOWN(
        Problem.SIGNER_UNKNOWN, true, (_, r) -> r.put("signer_id", "did:act:nobody#key-1")),
    OTHER_ALGORITHM(
        Problem.SIGNATURE_TYPE_MISMATCH, true, (_, r) -> r.put("signature_type", "RSA2")),
    OTHER_AGENTS_NAME(
        Problem.SIGNATURE_INVALID, false, (_, r) -> r.put("agent_id", "did:act:other-agent")),
    INSTRUMENT_UNKNOWN(
        Problem.INSTRUMENT_INVALID, false, (_, r) -> r.put("instrument_ref", "pi_nothing")),
    INSTRUMENT_FROZEN(
        Problem.INSTRUMENT_INVALID,
        false,
        (b, r) ->
            b.psp()
                .instruments()
                .freeze(PspTestBench.PRINCIPAL, r.path("instrument_ref").stringValue())),
    INSTRUMENT_CANCELLED(
        Problem.INSTRUMENT_INVALID,
        false,
        (b, r) ->
            b.psp()
                .instruments()
                .cancel(PspTestBench.PRINCIPAL, r.path("instrument_ref").stringValue())),
    INSTRUMENT_FOREIGN(
        Problem.INSTRUMENT_MISMATCH,
        false,
        (b, r) -> r.put("instrument_ref", bound(b, PspTestBench.OTHER_AGENT, null))),
    ABOVE_THE_LIMIT(
        Problem.LIMIT_EXCEEDED,
        false,
        (b, r) -> r.put("instrument_ref", bound(b, PspTestBench.AGENT, "99.99"))),
    PAYEE_UNKNOWN(Problem.PAYEE_UNKNOWN, false, (_, r) -> r.put("payee", "did:act:stranger")),
    BILL_TAMPERED(
        Problem.SIGNATURE_INVALID, false, (_, r) -> bill(r).put("resource_id", "fulfilment/other")),
    BILL_BY_ANOTHER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r), b.signer(PspTestBench.RAIL))),
    METHOD_LAYER_TAMPERED(
        Problem.SIGNATURE_INVALID, false, (b, r) -> layer(b, r).put("psp_id", "did:act:evil")),
    METHOD_LAYER_UNSIGNED(
        Problem.SIGNATURE_MISSING, false, (b, r) -> layer(b, r).remove("signature_content")),
    METHOD_LAYER_BY_ANOTHER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(layer(b, r), b.signer(PspTestBench.RAIL))),
    METHOD_LAYER_OF_ANOTHER_BILL(
        Problem.BILL_MISMATCH,
        false,
        (b, r) ->
            r.set(
                "bill_method",
                b.billMethod(PspTestBench.SHOP, b.bill(PspTestBench.SHOP, "S-other", "100.00")))),
    METHOD_LAYER_OF_ANOTHER_SERVICE(
        Problem.BILL_MISMATCH,
        false,
        (b, r) ->
            SignedJson.sign(
                layer(b, r).put("psp_id", "did:act:evil"), b.signer(PspTestBench.SHOP))),
    METHOD_LAYER_IS_NO_OBJECT(
        Problem.SIGNATURE_MISSING, false, (_, r) -> r.put("bill_method", "text")),
    BILL_FOR_MORE(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("amount", "200.00"), b.signer(PspTestBench.SHOP))),
    BILL_FOR_ANOTHER_ORDER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("out_trade_no", "S-2"), b.signer(PspTestBench.SHOP))),
    BILL_FOR_ANOTHER_BUYER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) ->
            SignedJson.sign(
                bill(r).put("buyer_unique_id", "did:act:other-agent"),
                b.signer(PspTestBench.SHOP))),
    BILL_OF_ANOTHER_METHOD(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("method_id", "x:y"), b.signer(PspTestBench.SHOP))),
    BILL_DEAD(
        Problem.BILL_EXPIRED,
        false,
        (b, r) ->
            SignedJson.sign(
                bill(r).put("pay_before", PspTestBench.START.toString()),
                b.signer(PspTestBench.SHOP)));

    final Problem expected;
    final boolean afterSigning;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    final BiConsumer<PspTestBench, ObjectNode> distortion;

    Defect(
        Problem expected, boolean afterSigning, BiConsumer<PspTestBench, ObjectNode> distortion) {
      this.expected = expected;
      this.afterSigning = afterSigning;
      this.distortion = distortion;
    }

    private static ObjectNode bill(ObjectNode request) {
      return (ObjectNode) request.path("bill");
    }

    private static ObjectNode layer(PspTestBench bench, ObjectNode request) {
      request.set("bill_method", bench.billMethod(PspTestBench.SHOP, bill(request)));
      return (ObjectNode) request.path("bill_method");
    }

    private static String bound(
        PspTestBench pspTestBench, Did agent, @org.jspecify.annotations.Nullable String limit) {
      return pspTestBench
          .bind(
              new InstrumentBindings.BindingRequest(
                  null, agent.value(), "balance", limit, null, null, null))
          .ref();
    }
  }

  /** The amount in the method layer is signed too, but has no meaning. Checks ACT A402-2.c. */
  @Test
  void aBaseFieldInTheMethodLayerChangesNothing() {
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "100.00");
    request.set(
        "bill_method",
        pspTestBench.billMethod(PspTestBench.SHOP, (ObjectNode) request.path("bill")));
    var paid = pspTestBench.approve(pspTestBench.take(request));
    assertThat(paid.terms().amount().decimal()).isEqualTo("100.00");
    assertThat(pspTestBench.balance("balance")).isEqualTo("19900.00");
  }

  /** Checks ACT PSD-1.d, PSD-1.e, PSD-3.b and PSD-4. */
  @ParameterizedTest
  @EnumSource
  void isRefusedMovesNoMoneyAndLeavesATrace(Defect defect) {
    pspTestBench.take(pspTestBench.request("Q-taken", PspTestBench.SHOP, "S-taken", "5.00"));
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "100.00");
    long entries = pspTestBench.entries();

    var refusal = refused(signed(request, defect));

    assertThat(refusal.problem()).isEqualTo(defect.expected);
    assertThat(refusal.field()).isNotBlank();
    assertThat(pspTestBench.entries()).isEqualTo(entries);
    assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");
    assertThat(pspTestBench.journal)
        .anyMatch(
            note ->
                note.kind() == JournalNote.Kind.REFUSAL
                    && defect.expected.code().equals(note.data().get("code")));
  }

  @Test
  void earlierChecksWinOverLaterOnes() {
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "100.00");
    var inOrder =
        Arrays.asList(
            Defect.BILL_DEAD, Defect.PAYEE_UNKNOWN, Defect.INSTRUMENT_UNKNOWN, Defect.STALE);
    for (var defect : inOrder) {
      defect.distortion.accept(pspTestBench, request);
      assertThat(refused(signed(request, Defect.BILL_DEAD)).problem()).isEqualTo(defect.expected);
    }
    pspTestBench.take(pspTestBench.request("Q-taken", PspTestBench.SHOP, "S-taken", "5.00"));
    Defect.REQUEST_ID_TAKEN.distortion.accept(pspTestBench, request);
    assertThat(refused(signed(request, Defect.BILL_DEAD)).problem())
        .isEqualTo(Problem.DUPLICATE_REQUEST);
  }

  /**
   * Lists pairs of neighbouring checks of PSD-3: replay, time window, signature, reference
   * validity, agent binding.
   */
  enum Neighbours {
    REPLAY_THEN_WINDOW(Defect.REQUEST_ID_TAKEN, Defect.STALE),
    WINDOW_THEN_SIGNATURE(Defect.STALE, Defect.TAMPERED),
    WINDOW_THEN_SIGNER(Defect.FROM_THE_FUTURE, Defect.SIGNER_UNKNOWN),
    SIGNATURE_THEN_VALIDITY(Defect.TAMPERED, Defect.INSTRUMENT_FROZEN),
    SIGNATURE_THEN_UNKNOWN_REFERENCE(Defect.SIGNER_UNKNOWN, Defect.INSTRUMENT_UNKNOWN),
    VALIDITY_THEN_BINDING(Defect.INSTRUMENT_CANCELLED, Defect.INSTRUMENT_FOREIGN);

    final Defect earlier;
    final Defect later;

    Neighbours(Defect earlier, Defect later) {
      this.earlier = earlier;
      this.later = later;
    }
  }

  /** Checks ACT PSD-3.b and PSD-3.c. */
  @ParameterizedTest
  @EnumSource
  void ofTwoNeighbouringChecksTheEarlierAnswersAndNoneReachesTheCashier(Neighbours pair) {
    pspTestBench.take(pspTestBench.request("Q-taken", PspTestBench.SHOP, "S-taken", "5.00"));
    var request = pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "100.00");
    // The later defect is made first, because it chooses the instrument that the earlier one
    // breaks.
    for (var defect : new Defect[] {pair.later, pair.earlier}) {
      if (!defect.afterSigning) {
        defect.distortion.accept(pspTestBench, request);
      }
    }
    SignedJson.sign(request, pspTestBench.signer(PspTestBench.AGENT));
    for (var defect : new Defect[] {pair.earlier, pair.later}) {
      if (defect.afterSigning) {
        defect.distortion.accept(pspTestBench, request);
      }
    }
    long trades = trades();

    assertThat(refused(request).problem()).isEqualTo(pair.earlier.expected);

    assertThat(pair.earlier.expected).isNotEqualTo(pair.later.expected);
    assertThat(trades()).isEqualTo(trades);
    assertThat(pspTestBench.journal).noneMatch(note -> note.ids().containsValue("S-1"));
    assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");
  }

  private long trades() {
    return pspTestBench
        .world()
        .jdbc()
        .sql("select count(*) from psp_payment")
        .query(Long.class)
        .single();
  }

  @Test
  void anotherAgentsKeyCannotSendTheRequest() {
    var body =
        Json.bytes(
            SignedJson.sign(
                pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "100.00"),
                pspTestBench.signer(PspTestBench.AGENT)));
    var refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> pspTestBench.psp().instantPayments().take(body, PspTestBench.OTHER_AGENT));
    assertThat(refusal.problem()).isEqualTo(Problem.KEY_FORBIDDEN);
  }

  /** Checks ACT PSD-1.e. */
  @Test
  void anInstrumentDiesWithItsValidity() {
    var ref =
        pspTestBench
            .bind(
                new InstrumentBindings.BindingRequest(
                    null,
                    PspTestBench.AGENT.value(),
                    "card",
                    null,
                    PspTestBench.START.plus(Duration.ofHours(1)),
                    null,
                    null))
            .ref();
    pspTestBench.advance(Duration.ofHours(1));
    var request =
        pspTestBench.request("Q-1", PspTestBench.SHOP, "S-1", "1.00").put("instrument_ref", ref);
    assertThat(refused(SignedJson.sign(request, pspTestBench.signer(PspTestBench.AGENT))).problem())
        .isEqualTo(Problem.INSTRUMENT_INVALID);
  }

  private ObjectNode signed(ObjectNode request, Defect defect) {
    if (!defect.afterSigning) {
      defect.distortion.accept(pspTestBench, request);
    }
    SignedJson.sign(request, pspTestBench.signer(PspTestBench.AGENT));
    if (defect.afterSigning) {
      defect.distortion.accept(pspTestBench, request);
    }
    return request;
  }

  private Refusal refused(ObjectNode request) {
    var caller = new Caller(Role.AGENT, PspTestBench.AGENT);
    return catchThrowableOfType(
        Refusal.class,
        () ->
            pspTestBench
                .psp()
                .journalled(
                    caller,
                    ActComponent.PSD_PAY_INS,
                    java.util.Map.of(),
                    () ->
                        pspTestBench
                            .psp()
                            .instantPayments()
                            .take(Json.bytes(request), PspTestBench.AGENT)));
  }
}
