package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** ACT PSD-5 to PSD-7: the payment service's side of every boundary, in the order of its checks. */
class DelegatedRefusalTests {

  private final DelegationBench delegations = new DelegationBench();
  private final Bench bench = delegations.bench;

  @AfterEach
  void close() {
    delegations.close();
  }

  /** In the order the checks are made: a later row never wins over an earlier one. */
  enum Wrong {
    REQUEST_ID_TAKEN(Problem.DUPLICATE_REQUEST, (_, r) -> r.put("request_id", "Q-S-before")),
    STALE(
        Problem.EXPIRED_REQUEST,
        (_, r) -> r.put("timestamp", Bench.START.minus(Duration.ofSeconds(301)).toString())),
    FROM_THE_FUTURE(
        Problem.EXPIRED_REQUEST,
        (_, r) -> r.put("timestamp", Bench.START.plus(Duration.ofSeconds(301)).toString())),
    OTHER_AGENTS_NAME(
        Problem.SIGNATURE_INVALID, (_, r) -> r.put("agent_id", "did:act:other-agent")),
    PAYLOAD_TAMPERED(
        Problem.IAC_INVALID, (_, r) -> part(r, 1, text -> text.replace(":300,", ":900,"))),
    HEADER_TAMPERED(
        Problem.IAC_INVALID, (_, r) -> part(r, 0, text -> text.replace("EdDSA", "ES256"))),
    ALG_NONE(Problem.IAC_INVALID, (_, r) -> part(r, 0, text -> text.replace("EdDSA", "none"))),
    CRITICAL_FIELD(
        Problem.IAC_INVALID,
        (_, r) -> part(r, 0, text -> text.replace("{", "{\"crit\":[\"x\"],\"x\":1,"))),
    RESERIALIZED(
        Problem.IAC_INVALID, (_, r) -> part(r, 1, text -> text.replace("\",\"", "\", \""))),
    FOREIGN_KEY(
        Problem.IAC_INVALID,
        (_, r) ->
            part(
                r, 0, text -> text.replace("did:act:principal#key-1", "did:act:demo-agent#key-1"))),
    ANOTHER_DELEGATIONS_ID(Problem.IAC_INVALID, (_, r) -> r.put("delegation_id", "D-other")),
    SAID_PRINCIPAL(
        Problem.IAC_PRINCIPAL_MISMATCH, (_, r) -> r.put("principal_id", "did:act:other-principal")),
    INSTRUMENT_UNKNOWN(Problem.INSTRUMENT_INVALID, (_, r) -> r.put("instrument_ref", "pi_nothing")),
    STATE_NOT_TO_BE_HAD(Problem.DELEGATION_STATE_UNKNOWN, (d, _) -> d.bench.statusList = down()),
    NOT_BEGUN(
        Problem.IAC_NOT_YET_VALID,
        iac(isr -> isr.put("validity_start_time", Bench.START.plusMillis(1).toString()))),
    OVER(Problem.IAC_EXPIRED, iac(isr -> isr.put("validity_end_time", Bench.START.toString()))),
    SUSPENDED(
        Problem.IAC_SUSPENDED,
        (d, _) -> d.bench.statusList = Optional.of(Map.of(0, DelegationState.SUSPENDED))),
    REVOKED(
        Problem.IAC_REVOKED,
        (d, _) -> d.bench.statusList = Optional.of(Map.of(0, DelegationState.REVOKED))),
    EXPIRED_BY_STATUS(
        Problem.IAC_EXPIRED,
        (d, _) -> d.bench.statusList = Optional.of(Map.of(0, DelegationState.EXPIRED))),
    ANOTHER_AGENTS(
        Problem.IAC_AGENT_MISMATCH, iac(isr -> isr.put("agent_id", "did:act:other-agent"))),
    ANOTHER_PRINCIPALS(
        Problem.IAC_PRINCIPAL_MISMATCH,
        (d, r) -> put(r, d, d.issue("D-2", DelegationBench.OTHER_PRINCIPAL, _ -> {}))),
    AUTONOMOUS_ONLY(
        Problem.DELEGATION_MODE_MISMATCH, iac(isr -> isr.put("delegation_mode", "BOUNDED"))),
    OTHER_CURRENCY(Problem.CURRENCY_NOT_ALLOWED, iac(isr -> isr.put("currency", "USD"))),
    SINGLE_AMOUNT(Problem.SINGLE_LIMIT_EXCEEDED, commerce("max_single_amount", "79.99")),
    LEAST_AMOUNT(Problem.SINGLE_LIMIT_EXCEEDED, commerce("min_single_amount", "80.01")),
    CUMULATIVE_AMOUNT(
        Problem.CUMULATIVE_LIMIT_EXCEEDED,
        (d, r) -> {
          var iac = d.issue("D-2", isr -> isr.put("max_total_amount", 159.99));
          d.pay(iac, "S-first", "80.00");
          put(r, d, iac);
        }),
    PRICE(
        Problem.PRICE_DEVIATION_EXCEEDED,
        iac(
            isr -> {
              ext(isr).putObject("agent_behavior").put("price_deviation_tolerance", 10);
              ext(isr).putObject("vendor_private").put("reference_amount", 72.72);
            })),
    METHOD(
        Problem.PAYMENT_METHOD_NOT_ALLOWED,
        iac(isr -> isr.putArray("allowed_payment_methods").add("card"))),
    MERCHANT_NOT_ALLOWED(
        Problem.MERCHANT_NOT_ALLOWED, commerce("allowed_merchants", "[\"did:act:raileast\"]")),
    MERCHANT_FORBIDDEN(
        Problem.MERCHANT_NOT_ALLOWED,
        iac(
            isr -> {
              commerceOf(isr).remove("allowed_merchants");
              commerceOf(isr).putArray("forbidden_merchants").add("did:act:luma-mart");
            })),
    CATEGORY_NOT_ALLOWED(
        Problem.CATEGORY_NOT_ALLOWED, commerce("allowed_categories", "[\"train\"]")),
    CATEGORY_FORBIDDEN(
        Problem.CATEGORY_NOT_ALLOWED,
        iac(
            isr -> {
              commerceOf(isr).remove("allowed_categories");
              commerceOf(isr).putArray("forbidden_categories").add("shop");
            })),
    FULFILMENT_TIME(Problem.FULFILMENT_TIME_NOT_ALLOWED, delivery("2026-03-05T00:00:00.001Z")),
    FULFILMENT_TIME_NOT_SAID(Problem.FULFILMENT_TIME_NOT_ALLOWED, delivery(null)),
    NOT_IN_PLAN(
        Problem.NOT_IN_PLAN,
        iac(
            isr -> {
              var plan = ext(isr).putObject("vendor_private").putObject("plan");
              plan.put("first_at", Bench.START.plusSeconds(1).toString()).put("count", 1);
            })),
    RETRIES(
        Problem.RETRIES_EXHAUSTED,
        (d, r) -> {
          failOnce(d, d.request(d.issue("D-1"), "S-1", "80.00"));
          r.put("request_id", "Q-again");
        }),
    INSTRUMENT_FROZEN(
        Problem.INSTRUMENT_INVALID,
        (d, r) -> d.bench.psp().instruments().freeze(r.path("instrument_ref").stringValue())),
    PAYEE_UNKNOWN(
        Problem.PAYEE_UNKNOWN,
        (d, r) -> {
          put(
              r,
              d,
              d.issue(
                  "D-2",
                  isr -> {
                    commerceOf(isr).putArray("allowed_merchants").add("did:act:stranger");
                    commerceOf(isr).remove("allowed_categories");
                  }));
          r.put("payee", "did:act:stranger");
        }),
    BILL_TAMPERED(
        Problem.SIGNATURE_INVALID,
        (_, r) -> ((ObjectNode) r.path("bill")).put("resource_id", "fulfilment/other")),
    BILL_FOR_MORE(
        Problem.BILL_MISMATCH,
        (d, r) ->
            SignedJson.sign(
                ((ObjectNode) r.path("bill")).put("amount", "81.00"), d.bench.signer(Bench.SHOP))),
    NO_MONEY(
        Problem.INSUFFICIENT_BALANCE,
        (d, r) -> {
          var id = d.subAccount("79.99");
          d.from(id, r);
        });

    final Problem expected;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    final BiConsumer<DelegationBench, ObjectNode> bend;

    Wrong(Problem expected, BiConsumer<DelegationBench, ObjectNode> bend) {
      this.expected = expected;
      this.bend = bend;
    }

    private static BiConsumer<DelegationBench, ObjectNode> iac(Consumer<ObjectNode> bend) {
      return (d, r) -> put(r, d, d.issue("D-2", bend));
    }

    private static BiConsumer<DelegationBench, ObjectNode> commerce(String field, String json) {
      return iac(isr -> commerceOf(isr).set(field, Json.parse(json)));
    }

    private static BiConsumer<DelegationBench, ObjectNode> delivery(
        @org.jspecify.annotations.Nullable String at) {
      return (d, r) -> {
        put(
            r,
            d,
            d.issue(
                "D-2",
                isr ->
                    ext(isr)
                        .putObject("fulfillment")
                        .put("delivery_time_requirement", "../2026-03-05T00:00:00Z")));
        if (at != null) {
          r.put("fulfilment_at", at);
        }
      };
    }

    private static void put(
        ObjectNode request, DelegationBench d, org.actsandbox.protocol.delegation.Iac iac) {
      var other = d.request(iac, "S-1", "80.00");
      request.set("iac", other.path("iac"));
      request.set("delegation_id", other.path("delegation_id"));
      request.set("principal_id", other.path("principal_id"));
    }

    private static ObjectNode ext(ObjectNode isr) {
      return (ObjectNode) isr.path("ext");
    }

    private static ObjectNode commerceOf(ObjectNode isr) {
      return (ObjectNode) ext(isr).path("commerce");
    }

    private static Optional<Map<Integer, DelegationState>> down() {
      return Optional.empty();
    }

    private static void part(
        ObjectNode request, int number, java.util.function.UnaryOperator<String> change) {
      var parts = request.path("iac").stringValue().split("\\.", -1);
      var plain = new String(Base64.getUrlDecoder().decode(parts[number]), StandardCharsets.UTF_8);
      var changed = change.apply(plain);
      assertThat(changed).isNotEqualTo(plain);
      parts[number] =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(changed.getBytes(StandardCharsets.UTF_8));
      request.put("iac", String.join(".", parts));
    }

    private static void failOnce(DelegationBench d, ObjectNode request) {
      var id = d.subAccount("79.99");
      var refused =
          catchThrowableOfType(
              Refusal.class, () -> d.take(d.from(id, request), DelegationMode.SPECIFIED));
      assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_BALANCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedMovesNoMoneyAndLeavesATrace(Wrong wrong) {
    delegations.pay(delegations.issue("D-before"), "S-before", "5.00");
    bench.advance(Duration.ofSeconds(0));
    var request = delegations.request(delegations.issue("D-1"), "S-1", "80.00");
    wrong.bend.accept(delegations, request);
    long entries = bench.entries();
    var spent = spentByAll();
    bench.journal.clear();
    var signed = Json.bytes(SignedJson.sign(request, bench.signer(Bench.AGENT)));

    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                bench
                    .psp()
                    .journalled(
                        new Caller(Role.AGENT, Bench.AGENT),
                        "PSD-PAY-DEL",
                        Map.of(),
                        () ->
                            bench
                                .psp()
                                .delegatedPayments()
                                .take(signed, Bench.AGENT, DelegationMode.SPECIFIED)));

    assertThat(refused.problem()).as(refused.detail()).isEqualTo(wrong.expected);
    assertThat(bench.entries()).isEqualTo(entries);
    assertThat(spentByAll()).isEqualTo(spent);
    var body = ErrorBody.of(refused);
    assertThat(body.validNextActions()).isNotEmpty();
    assertThat(body.retryability()).isNotNull();
    assertThat(bench.journal)
        .anySatisfy(
            note -> {
              assertThat(note.kind()).isEqualTo(JournalNote.Kind.REFUSAL);
              assertThat(note.data().get("code")).isEqualTo(wrong.expected.code());
            });
  }

  /** What each check would have let through is paid when its row is left out. */
  @Test
  void theUnbentRequestIsPaid() {
    var iac = delegations.issue("D-1");
    var paid = delegations.pay(iac, "S-1", "80.00");
    assertThat(paid.now().paid()).isNotNull();
    assertThat(delegations.spent(iac)).isEqualTo("80.00");
    assertThat(bench.balance("merchant:luma-mart")).isEqualTo("80.00");
  }

  private String spentByAll() {
    return bench
        .world()
        .jdbc()
        .sql("select coalesce(sum(spent_minor), 0) from psp_delegation")
        .query(String.class)
        .single();
  }
}
