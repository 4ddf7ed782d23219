package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists every defect of a payment under a delegation, one at a time, in the order in which the
 * payment service checks: a later check never answers before an earlier one.
 */
enum BoundaryBreach {
  FULFILMENT_BEYOND_CALENDARS(
      Sides.PSP,
      Problem.INVALID_FIELD,
      (_, r) -> r.put("fulfilment_at", "+999999999-01-01T00:00:00Z")),
  REQUEST_ID_TAKEN(
      Sides.PSP, Problem.DUPLICATE_REQUEST, (_, r) -> r.put("request_id", "Q-S-before")),
  STALE(
      Sides.PSP,
      Problem.EXPIRED_REQUEST,
      (_, r) -> r.put("timestamp", PspTestBench.START.minus(Duration.ofSeconds(301)).toString())),
  FROM_THE_FUTURE(
      Sides.PSP,
      Problem.EXPIRED_REQUEST,
      (_, r) -> r.put("timestamp", PspTestBench.START.plus(Duration.ofSeconds(301)).toString())),
  OTHER_AGENTS_NAME(
      Sides.PSP, Problem.SIGNATURE_INVALID, (_, r) -> r.put("agent_id", "did:act:other-agent")),
  PAYLOAD_TAMPERED(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 1, text -> text.replace(":300,", ":900,"))),
  HEADER_TAMPERED(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 0, text -> text.replace("EdDSA", "ES256"))),
  ALG_NONE(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 0, text -> text.replace("EdDSA", "none"))),
  CRITICAL_FIELD(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) ->
          ForgedCredentials.part(r, 0, text -> text.replace("{", "{\"crit\":[\"x\"],\"x\":1,"))),
  RESERIALIZED(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 1, text -> text.replace("\",\"", "\", \""))),
  FOREIGN_KEY(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) ->
          ForgedCredentials.part(
              r, 0, text -> text.replace("did:act:principal#key-1", "did:act:demo-agent#key-1"))),
  ALG_HS256(Sides.BOTH, Problem.IAC_INVALID, (d, r) -> ForgedCredentials.hmac(d, r)),
  ALG_NONE_UNSIGNED(Sides.BOTH, Problem.IAC_INVALID, (_, r) -> ForgedCredentials.unsigned(r)),
  KEY_IN_THE_HEADER(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 0, text -> text.replace("{", "{\"jwk\":{},"))),
  SIGNED_BY_THE_AGENT(
      Sides.BOTH, Problem.IAC_INVALID, (d, r) -> ForgedCredentials.byTheAgent(d, r)),
  SIGNATURE_WITH_SPARE_BITS(
      Sides.BOTH, Problem.IAC_INVALID, (_, r) -> ForgedCredentials.spareBits(r)),
  HEADER_FIELD_TWICE(
      Sides.BOTH,
      Problem.IAC_INVALID,
      (_, r) -> ForgedCredentials.part(r, 0, text -> text.replace("{", "{\"typ\":\"vc+jwt\","))),
  ANOTHER_DELEGATIONS_ID(
      Sides.PSP, Problem.IAC_INVALID, (_, r) -> r.put("delegation_id", "D-other")),
  OTHER_PRINCIPAL_NAMED(
      Sides.PSP,
      Problem.IAC_PRINCIPAL_MISMATCH,
      (_, r) -> r.put("principal_id", "did:act:other-principal")),
  GIVEN_BY_THE_AGENT_ITSELF(
      Sides.BOTH,
      Problem.IAC_PRINCIPAL_MISMATCH,
      (d, r) -> put(r, d, d.issue("D-1", PspTestBench.AGENT, _ -> {}))),
  INSTRUMENT_UNKNOWN(
      Sides.PSP, Problem.INSTRUMENT_INVALID, (_, r) -> r.put("instrument_ref", "pi_nothing")),
  STATE_UNAVAILABLE(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) -> d.pspTestBench.peers.statusList = noAnswer()),
  STATE_FORGED(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) ->
          d.pspTestBench.peers.statusAnswer =
              list -> SignedJson.sign(list, d.pspTestBench.signer(PspTestBench.SHOP))),
  STATE_UNSIGNED(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) -> d.pspTestBench.peers.statusAnswer = list -> list),
  STATE_TOO_OLD(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) ->
          d.pspTestBench.peers.statusAnswer = ForgedCredentials.aged(d, Duration.ofSeconds(61))),
  STATE_FROM_THE_FUTURE(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) ->
          d.pspTestBench.peers.statusAnswer = ForgedCredentials.aged(d, Duration.ofSeconds(-61))),
  STATE_OF_ANOTHER_LIST(
      Sides.PSP,
      Problem.DELEGATION_STATE_UNKNOWN,
      (d, _) -> d.pspTestBench.peers.statusAnswer = ForgedCredentials.named(d, "1")),
  NEVER_ISSUED(
      Sides.PSP,
      Problem.IAC_NOT_ISSUED,
      (d, r) -> {
        var iac = d.issue("D-forged", _ -> {});
        d.pspTestBench.peers.issued.remove(iac.digest());
        put(r, d, iac);
      }),
  OTHER_CONTENT_THAN_ISSUED(
      Sides.PSP,
      Problem.IAC_NOT_ISSUED,
      (d, r) -> {
        var iac = d.issue("D-1", isr -> isr.put("max_total_amount", 100000));
        d.pspTestBench.peers.issued.remove(iac.digest());
        put(r, d, iac);
      }),
  NOT_BEGUN(
      Sides.BOTH,
      Problem.IAC_NOT_YET_VALID,
      iac(isr -> isr.put("validity_start_time", PspTestBench.START.plusMillis(1).toString()))),
  OVER(
      Sides.BOTH,
      Problem.IAC_EXPIRED,
      iac(isr -> isr.put("validity_end_time", PspTestBench.START.toString()))),
  SUSPENDED(
      Sides.BOTH,
      Problem.IAC_SUSPENDED,
      (d, _) ->
          d.pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.SUSPENDED))),
  REVOKED(
      Sides.BOTH,
      Problem.IAC_REVOKED,
      (d, _) -> d.pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.REVOKED))),
  EXPIRED_BY_STATUS(
      Sides.BOTH,
      Problem.IAC_EXPIRED,
      (d, _) -> d.pspTestBench.peers.statusList = Optional.of(Map.of(0, DelegationState.EXPIRED))),
  ANOTHER_AGENTS(
      Sides.BOTH,
      Problem.IAC_AGENT_MISMATCH,
      iac(isr -> isr.put("agent_id", "did:act:other-agent"))),
  ANOTHER_PRINCIPALS(
      Sides.BOTH,
      Problem.IAC_PRINCIPAL_MISMATCH,
      (d, r) -> put(r, d, d.issue("D-2", DelegationBench.OTHER_PRINCIPAL, _ -> {}))),
  AUTONOMOUS_ONLY(
      Sides.BOTH,
      Problem.DELEGATION_MODE_MISMATCH,
      iac(isr -> isr.put("delegation_mode", "BOUNDED"))),
  OTHER_CURRENCY(Sides.BOTH, Problem.CURRENCY_NOT_ALLOWED, iac(isr -> isr.put("currency", "USD"))),
  SINGLE_AMOUNT(Sides.BOTH, Problem.SINGLE_LIMIT_EXCEEDED, commerce("max_single_amount", "79.99")),
  LEAST_AMOUNT(Sides.BOTH, Problem.SINGLE_LIMIT_EXCEEDED, commerce("min_single_amount", "80.01")),
  CUMULATIVE_AMOUNT(
      Sides.BOTH,
      Problem.CUMULATIVE_LIMIT_EXCEEDED,
      (d, r) -> {
        var iac = d.issue("D-2", isr -> isr.put("max_total_amount", 159.99));
        d.pay(iac, "S-first", "80.00");
        put(r, d, iac);
      }),
  PRICE(
      Sides.BOTH,
      Problem.PRICE_DEVIATION_EXCEEDED,
      iac(
          isr -> {
            ext(isr).putObject("agent_behavior").put("price_deviation_tolerance", 10);
            ((ObjectNode) ext(isr).path("vendor_private")).put("reference_amount", 72.72);
          })),
  METHOD(
      Sides.BOTH,
      Problem.PAYMENT_METHOD_NOT_ALLOWED,
      iac(isr -> isr.putArray("allowed_payment_methods").add("card"))),
  MERCHANT_NOT_ALLOWED(
      Sides.BOTH,
      Problem.MERCHANT_NOT_ALLOWED,
      commerce("allowed_merchants", "[\"did:act:raileast\"]")),
  MERCHANT_FORBIDDEN(
      Sides.BOTH,
      Problem.MERCHANT_NOT_ALLOWED,
      iac(
          isr -> {
            commerceOf(isr).remove("allowed_merchants");
            commerceOf(isr).putArray("forbidden_merchants").add("did:act:luma-mart");
          })),
  CATEGORY_NOT_ALLOWED(
      Sides.BOTH,
      Problem.CATEGORY_NOT_ALLOWED,
      iac(
          isr -> {
            commerceOf(isr).putArray("allowed_categories").add("train");
            target(isr).put("kind", "train").put("from", "a").put("to", "b");
            target(isr).put("date", "2026-03-05");
          })),
  CATEGORY_FORBIDDEN(
      Sides.BOTH,
      Problem.CATEGORY_NOT_ALLOWED,
      iac(
          isr -> {
            commerceOf(isr).remove("allowed_categories");
            commerceOf(isr).putArray("forbidden_categories").add("shop");
          })),
  FULFILMENT_TIME(
      Sides.BOTH, Problem.FULFILMENT_TIME_NOT_ALLOWED, delivery("2026-03-05T00:00:00.001Z")),
  FULFILMENT_TIME_NOT_SAID(Sides.BOTH, Problem.FULFILMENT_TIME_NOT_ALLOWED, delivery(null)),
  NOT_IN_PLAN(
      Sides.BOTH,
      Problem.NOT_IN_PLAN,
      iac(
          isr -> {
            var plan = ((ObjectNode) ext(isr).path("vendor_private")).putObject("plan");
            plan.put("first_at", PspTestBench.START.plusSeconds(1).toString()).put("count", 1);
          })),
  GOODS_NOT_STATED(Sides.BOTH, Problem.GOODS_NOT_STATED, (_, r) -> r.remove("order")),
  FACTS_NOT_STATED(
      Sides.BOTH,
      Problem.GOODS_NOT_STATED,
      (_, r) -> ((ObjectNode) r.at("/order/lines/0")).remove("facts")),
  ANOTHER_THING(
      Sides.BOTH, Problem.TARGET_MISMATCH, iac(isr -> target(isr).put("what", "umbrella"))),
  ANOTHER_COLOUR(
      Sides.BOTH,
      Problem.TARGET_MISMATCH,
      iac(isr -> target(isr).putArray("attributes").add("red"))),
  ANOTHER_QUANTITY(Sides.BOTH, Problem.TARGET_MISMATCH, iac(isr -> target(isr).put("quantity", 2))),
  BOUGHT_ALREADY(
      Sides.BOTH,
      Problem.TARGET_ALREADY_BOUGHT,
      (d, r) -> {
        var iac = d.issue("D-2", isr -> target(isr).put("times", 1));
        d.pay(iac, "S-first", "80.00");
        put(r, d, iac);
      }),
  RETRIES(
      Sides.BOTH,
      Problem.RETRIES_EXHAUSTED,
      (d, r) -> {
        failOnce(d, d.request(d.issue("D-1"), "S-1", "80.00"));
        r.put("request_id", "Q-again");
      }),
  INSTRUMENT_FROZEN(
      Sides.PSP,
      Problem.INSTRUMENT_INVALID,
      (d, r) ->
          d.pspTestBench
              .psp()
              .instruments()
              .freeze(PspTestBench.PRINCIPAL, r.path("instrument_ref").stringValue())),
  PAYEE_UNKNOWN(
      Sides.PSP,
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
      Sides.PSP,
      Problem.SIGNATURE_INVALID,
      (_, r) -> ((ObjectNode) r.path("bill")).put("resource_id", "fulfilment/other")),
  BILL_METHOD_TAMPERED(
      Sides.PSP, Problem.SIGNATURE_INVALID, (d, r) -> method(d, r).put("psp_id", "did:act:evil")),
  BILL_METHOD_OF_ANOTHER_SERVICE(
      Sides.PSP,
      Problem.BILL_MISMATCH,
      (d, r) ->
          SignedJson.sign(
              method(d, r).put("psp_id", "did:act:evil"),
              d.pspTestBench.signer(PspTestBench.SHOP))),
  BILL_FOR_MORE(
      Sides.PSP,
      Problem.BILL_MISMATCH,
      (d, r) ->
          SignedJson.sign(
              ((ObjectNode) r.path("bill")).put("amount", "81.00"),
              d.pspTestBench.signer(PspTestBench.SHOP))),
  ORDER_OF_ANOTHER_BILL(
      Sides.PSP,
      Problem.BILL_MISMATCH,
      (d, r) -> r.set("order", d.pspTestBench.order(PspTestBench.SHOP, "S-other", "80.00"))),
  ORDER_TAMPERED(
      Sides.PSP,
      Problem.BILL_MISMATCH,
      (_, r) -> ((ObjectNode) r.at("/order/lines/0")).put("item_id", "P9999")),
  BILL_NAMES_NO_ORDER(
      Sides.PSP,
      Problem.GOODS_NOT_STATED,
      (d, r) -> {
        var bill = (ObjectNode) r.path("bill");
        bill.remove("commerce_confirmation");
        SignedJson.sign(bill, d.pspTestBench.signer(PspTestBench.SHOP));
      }),
  NO_MONEY(
      Sides.PSP,
      Problem.INSUFFICIENT_BALANCE,
      (d, r) -> {
        var id = d.subAccount("79.99");
        d.payFromSubAccount(id, r);
      });

  /**
   * Lists the sides that can find a defect: the agent knows its credential and its own records, not
   * those of the payment service.
   */
  enum Sides {
    PSP,
    BOTH
  }

  final Sides sides;
  final Problem expected;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  final BiConsumer<DelegationBench, ObjectNode> distortion;

  BoundaryBreach(
      Sides sides, Problem expected, BiConsumer<DelegationBench, ObjectNode> distortion) {
    this.sides = sides;
    this.expected = expected;
    this.distortion = distortion;
  }

  private static BiConsumer<DelegationBench, ObjectNode> iac(Consumer<ObjectNode> distortion) {
    return (d, r) -> put(r, d, d.issue("D-2", distortion));
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

  private static ObjectNode method(DelegationBench d, ObjectNode request) {
    request.set(
        "bill_method",
        d.pspTestBench.billMethod(PspTestBench.SHOP, (ObjectNode) request.path("bill")));
    return (ObjectNode) request.path("bill_method");
  }

  private static ObjectNode ext(ObjectNode isr) {
    return (ObjectNode) isr.path("ext");
  }

  private static ObjectNode target(ObjectNode isr) {
    return (ObjectNode) isr.at("/ext/vendor_private/targets/0");
  }

  private static ObjectNode commerceOf(ObjectNode isr) {
    return (ObjectNode) ext(isr).path("commerce");
  }

  private static Optional<Map<Integer, DelegationState>> noAnswer() {
    return Optional.empty();
  }

  private static void failOnce(DelegationBench d, ObjectNode request) {
    var id = d.subAccount("79.99");
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () -> d.take(d.payFromSubAccount(id, request), DelegationMode.SPECIFIED));
    assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_BALANCE);
  }
}
