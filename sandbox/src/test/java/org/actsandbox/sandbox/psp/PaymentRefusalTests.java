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

/** ACT PSD-3 and PSD-4: every check before the cashier, in order, each with its own answer. */
class PaymentRefusalTests {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** In the order the checks are made: a later row never wins over an earlier one. */
  enum Wrong {
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
        (_, r) -> r.put("timestamp", Bench.START.minus(Duration.ofSeconds(301)).toString())),
    FROM_THE_FUTURE(
        Problem.EXPIRED_REQUEST,
        false,
        (_, r) -> r.put("timestamp", Bench.START.plus(Duration.ofSeconds(301)).toString())),
    UNSIGNED(Problem.SIGNATURE_MISSING, true, (_, r) -> r.remove("signature_content")),
    TAMPERED(Problem.SIGNATURE_INVALID, true, (_, r) -> r.put("description", "something else")),
    UNKNOWN_FIELD_ADDED(Problem.SIGNATURE_INVALID, true, (_, r) -> r.put("x_note", "hello")),
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
            b.psp().instruments().freeze(Bench.PRINCIPAL, r.path("instrument_ref").stringValue())),
    INSTRUMENT_CANCELLED(
        Problem.INSTRUMENT_INVALID,
        false,
        (b, r) ->
            b.psp().instruments().cancel(Bench.PRINCIPAL, r.path("instrument_ref").stringValue())),
    INSTRUMENT_FOREIGN(
        Problem.INSTRUMENT_MISMATCH,
        false,
        (b, r) -> r.put("instrument_ref", bound(b, Bench.OTHER_AGENT, null))),
    ABOVE_THE_LIMIT(
        Problem.LIMIT_EXCEEDED,
        false,
        (b, r) -> r.put("instrument_ref", bound(b, Bench.AGENT, "99.99"))),
    PAYEE_UNKNOWN(Problem.PAYEE_UNKNOWN, false, (_, r) -> r.put("payee", "did:act:stranger")),
    BILL_TAMPERED(
        Problem.SIGNATURE_INVALID, false, (_, r) -> bill(r).put("resource_id", "fulfilment/other")),
    BILL_BY_ANOTHER(
        Problem.BILL_MISMATCH, false, (b, r) -> SignedJson.sign(bill(r), b.signer(Bench.RAIL))),
    BILL_FOR_MORE(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("amount", "200.00"), b.signer(Bench.SHOP))),
    BILL_FOR_ANOTHER_ORDER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("out_trade_no", "S-2"), b.signer(Bench.SHOP))),
    BILL_FOR_ANOTHER_BUYER(
        Problem.BILL_MISMATCH,
        false,
        (b, r) ->
            SignedJson.sign(
                bill(r).put("buyer_unique_id", "did:act:other-agent"), b.signer(Bench.SHOP))),
    BILL_OF_ANOTHER_METHOD(
        Problem.BILL_MISMATCH,
        false,
        (b, r) -> SignedJson.sign(bill(r).put("method_id", "x:y"), b.signer(Bench.SHOP))),
    BILL_DEAD(
        Problem.BILL_EXPIRED,
        false,
        (b, r) ->
            SignedJson.sign(
                bill(r).put("pay_before", Bench.START.toString()), b.signer(Bench.SHOP)));

    final Problem expected;
    final boolean afterSigning;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    final BiConsumer<Bench, ObjectNode> bend;

    Wrong(Problem expected, boolean afterSigning, BiConsumer<Bench, ObjectNode> bend) {
      this.expected = expected;
      this.afterSigning = afterSigning;
      this.bend = bend;
    }

    private static ObjectNode bill(ObjectNode request) {
      return (ObjectNode) request.path("bill");
    }

    private static String bound(
        Bench bench, Did agent, @org.jspecify.annotations.Nullable String limit) {
      return bench
          .bind(
              new InstrumentBindings.Wish(null, agent.value(), "balance", limit, null, null, null))
          .ref();
    }
  }

  /** Checks ACT PSD-1.d, PSD-1.e, PSD-3.b and PSD-4. */
  @ParameterizedTest
  @EnumSource
  void isRefusedMovesNoMoneyAndLeavesATrace(Wrong wrong) {
    bench.take(bench.request("Q-taken", Bench.SHOP, "S-taken", "5.00"));
    var request = bench.request("Q-1", Bench.SHOP, "S-1", "100.00");
    long entries = bench.entries();

    var refusal = refused(signed(request, wrong));

    assertThat(refusal.problem()).isEqualTo(wrong.expected);
    assertThat(refusal.field()).isNotBlank();
    assertThat(bench.entries()).isEqualTo(entries);
    assertThat(bench.balance("balance")).isEqualTo("20000.00");
    assertThat(bench.journal)
        .anyMatch(
            note ->
                note.kind() == JournalNote.Kind.REFUSAL
                    && wrong.expected.code().equals(note.data().get("code")));
  }

  @Test
  void earlierChecksWinOverLaterOnes() {
    var request = bench.request("Q-1", Bench.SHOP, "S-1", "100.00");
    var inOrder =
        Arrays.asList(Wrong.BILL_DEAD, Wrong.PAYEE_UNKNOWN, Wrong.INSTRUMENT_UNKNOWN, Wrong.STALE);
    for (var wrong : inOrder) {
      wrong.bend.accept(bench, request);
      assertThat(refused(signed(request, Wrong.BILL_DEAD)).problem()).isEqualTo(wrong.expected);
    }
    bench.take(bench.request("Q-taken", Bench.SHOP, "S-taken", "5.00"));
    Wrong.REQUEST_ID_TAKEN.bend.accept(bench, request);
    assertThat(refused(signed(request, Wrong.BILL_DEAD)).problem())
        .isEqualTo(Problem.DUPLICATE_REQUEST);
  }

  /** PSD-3: replay, time window, signature, reference validity, agent binding. */
  enum Neighbours {
    REPLAY_THEN_WINDOW(Wrong.REQUEST_ID_TAKEN, Wrong.STALE),
    WINDOW_THEN_SIGNATURE(Wrong.STALE, Wrong.TAMPERED),
    WINDOW_THEN_SIGNER(Wrong.FROM_THE_FUTURE, Wrong.SIGNER_UNKNOWN),
    SIGNATURE_THEN_VALIDITY(Wrong.TAMPERED, Wrong.INSTRUMENT_FROZEN),
    SIGNATURE_THEN_UNKNOWN_REFERENCE(Wrong.SIGNER_UNKNOWN, Wrong.INSTRUMENT_UNKNOWN),
    VALIDITY_THEN_BINDING(Wrong.INSTRUMENT_CANCELLED, Wrong.INSTRUMENT_FOREIGN);

    final Wrong earlier;
    final Wrong later;

    Neighbours(Wrong earlier, Wrong later) {
      this.earlier = earlier;
      this.later = later;
    }
  }

  /** Checks ACT PSD-3.b and PSD-3.c. */
  @ParameterizedTest
  @EnumSource
  void ofTwoNeighbouringChecksTheEarlierAnswersAndNoneReachesTheCashier(Neighbours pair) {
    bench.take(bench.request("Q-taken", Bench.SHOP, "S-taken", "5.00"));
    var request = bench.request("Q-1", Bench.SHOP, "S-1", "100.00");
    // The later one first where it chooses the instrument that the earlier one spoils.
    for (var wrong : new Wrong[] {pair.later, pair.earlier}) {
      if (!wrong.afterSigning) {
        wrong.bend.accept(bench, request);
      }
    }
    SignedJson.sign(request, bench.signer(Bench.AGENT));
    for (var wrong : new Wrong[] {pair.earlier, pair.later}) {
      if (wrong.afterSigning) {
        wrong.bend.accept(bench, request);
      }
    }
    long trades = trades();

    assertThat(refused(request).problem()).isEqualTo(pair.earlier.expected);

    assertThat(pair.earlier.expected).isNotEqualTo(pair.later.expected);
    assertThat(trades()).isEqualTo(trades);
    assertThat(bench.journal).noneMatch(note -> note.ids().containsValue("S-1"));
    assertThat(bench.balance("balance")).isEqualTo("20000.00");
  }

  private long trades() {
    return bench.world().jdbc().sql("select count(*) from psp_payment").query(Long.class).single();
  }

  @Test
  void anotherAgentsKeyCannotSendTheRequest() {
    var body =
        Json.bytes(
            SignedJson.sign(
                bench.request("Q-1", Bench.SHOP, "S-1", "100.00"), bench.signer(Bench.AGENT)));
    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> bench.psp().instantPayments().take(body, Bench.OTHER_AGENT));
    assertThat(refusal.problem()).isEqualTo(Problem.KEY_FORBIDDEN);
  }

  /** Checks ACT PSD-1.e. */
  @Test
  void anInstrumentDiesWithItsValidity() {
    var ref =
        bench
            .bind(
                new InstrumentBindings.Wish(
                    null,
                    Bench.AGENT.value(),
                    "card",
                    null,
                    Bench.START.plus(Duration.ofHours(1)),
                    null,
                    null))
            .ref();
    bench.advance(Duration.ofHours(1));
    var request = bench.request("Q-1", Bench.SHOP, "S-1", "1.00").put("instrument_ref", ref);
    assertThat(refused(SignedJson.sign(request, bench.signer(Bench.AGENT))).problem())
        .isEqualTo(Problem.INSTRUMENT_INVALID);
  }

  private ObjectNode signed(ObjectNode request, Wrong wrong) {
    if (!wrong.afterSigning) {
      wrong.bend.accept(bench, request);
    }
    SignedJson.sign(request, bench.signer(Bench.AGENT));
    if (wrong.afterSigning) {
      wrong.bend.accept(bench, request);
    }
    return request;
  }

  private Refusal refused(ObjectNode request) {
    var caller = new Caller(Role.AGENT, Bench.AGENT);
    return catchThrowableOfType(
        Refusal.class,
        () ->
            bench
                .psp()
                .journalled(
                    caller,
                    ActComponent.PSD_PAY_INS,
                    java.util.Map.of(),
                    () -> bench.psp().instantPayments().take(Json.bytes(request), Bench.AGENT)));
  }
}
