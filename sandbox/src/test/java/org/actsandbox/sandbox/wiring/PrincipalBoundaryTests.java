package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.LIN;
import static org.actsandbox.sandbox.wiring.TwoPrincipalsWorld.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.PaymentRequests;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests what a principal may try with another principal's things, and what an agent may confuse
 * between the two: it is refused, no money moves and nothing of the other principal is seen or
 * changed.
 */
class PrincipalBoundaryTests {

  private static final TwoPrincipalsWorld TWO = new TwoPrincipalsWorld();

  /** Values for the paths and bodies below: things of the first principal. */
  private static final Map<String, String> THINGS = new HashMap<>();

  @BeforeAll
  static void giveTheFirstPrincipalOneOfEverything() {
    var first = World.PRINCIPAL;
    THINGS.put("ref", TWO.instrument(first));
    TWO.paid(first, "R-paid");
    THINGS.put("trade", TWO.waiting(first, "R-waiting"));
    THINGS.put("iac", TWO.authority(first, "I-given"));
    assertThat(TWO.proposes(first, "I-asked").status()).isEqualTo(201);
    var account =
        TWO.post(
            "/psp/sub-accounts",
            Map.of("agent_id", World.AGENT.value(), "pin", PIN),
            TWO.key(first));
    THINGS.put("account", account.json().path("sub_account_id").asString());
    var dispute =
        TWO.post(
            "/trust/disputes",
            Map.of(
                "order_no", "R-paid",
                "kind", "not_delivered",
                "description", "nothing came",
                "pin", PIN),
            TWO.key(first));
    THINGS.put("dispute", dispute.json().path("dispute_id").asString());
    var conversation = TWO.post("/agents/demo-agent/conversations", "{}", TWO.key(first));
    THINGS.put("talk", conversation.json().path("conversation_id").asString());
    var task = new TaskConversation(TWO.talk(first));
    task.talk.says(TaskConversation.SENTENCE);
    THINGS.put("task", task.task().path("task_id").asString());
    THINGS.put("record", record());
    assertThat(THINGS.values()).doesNotContain("");
  }

  private static String thing(String name) {
    return Objects.requireNonNull(THINGS.get(name));
  }

  private static String record() {
    var records = TWO.read("/trust/records?order_no=R-paid", TWO.key(World.PRINCIPAL));
    return records.path("items").path(0).path("record_id").asString();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /psp/payments/{trade}                              |     | 404 | not_found
          GET  | /psp/payments/{trade}/approval                     |     | 404 | not_found
          POST | /psp/payments/{trade}/approval | {"decision":"APPROVE","digest":"{digest}","pin":"246810"} | 404 | not_found
          POST | /psp/payments/{trade}/approval | {"decision":"DECLINE"}  | 404 | not_found
          POST | /psp/payments/{trade}/approval | {"decision":"CLOSE"}    | 404 | not_found
          POST | /psp/payments/{trade}/close                        | {}  | 403 | key_forbidden
          POST | /psp/instruments/{ref}/freeze                      | {}  | 422 | instrument_invalid
          POST | /psp/instruments/{ref}/unfreeze                    | {}  | 422 | instrument_invalid
          POST | /psp/instruments/{ref}/cancel                      | {}  | 422 | instrument_invalid
          GET  | /psp/sub-accounts/{account}                        |     | 422 | sub_account_unknown
          GET  | /psp/sub-accounts/{account}/statement              |     | 422 | sub_account_unknown
          POST | /psp/sub-accounts/{account}/top-ups | {"request_id":"U-1","amount":"5.00","pin":"246810"} | 422 | sub_account_unknown
          POST | /psp/sub-accounts/{account}/freeze                 | {}  | 422 | sub_account_unknown
          POST | /psp/sub-accounts/{account}/unfreeze               | {}  | 422 | sub_account_unknown
          POST | /psp/sub-accounts/{account}/cancel                 | {}  | 422 | sub_account_unknown
          GET  | /psp/delegations/{iac}                             |     | 404 | not_found
          GET  | /delegations/intents/I-asked                       |     | 404 | not_found
          GET  | /delegations/intents/I-asked/confirmation          |     | 404 | not_found
          POST | /delegations/intents/I-asked/confirmation | {"decision":"APPROVE","digest":"{asked}","pin":"246810"} | 404 | not_found
          POST | /delegations/intents/I-asked/confirmation | {"decision":"DECLINE"} | 404 | not_found
          GET  | /delegations/iacs/{iac}                            |     | 404 | not_found
          GET  | /delegations/iacs/{iac}/credential                 |     | 404 | not_found
          POST | /delegations/iacs/{iac}/suspend                    | {}  | 404 | not_found
          POST | /delegations/iacs/{iac}/resume                     | {}  | 404 | not_found
          POST | /delegations/iacs/{iac}/revoke                     | {}  | 404 | not_found
          GET  | /agents/demo-agent/conversations/{talk}            |     | 404 | not_found
          GET  | /agents/demo-agent/conversations/{talk}/events     |     | 404 | not_found
          POST | /agents/demo-agent/conversations/{talk}/messages | {"text":"cancel"} | 404 | not_found
          POST | /agents/demo-agent/conversations/{talk}/choice | {"offer_ids":["O-1"]} | 404 | not_found
          POST | /agents/demo-agent/conversations/{talk}/cancel     | {}  | 404 | not_found
          GET  | /agents/demo-agent/tasks/{task}                    |     | 404 | not_found
          POST | /agents/demo-agent/tasks/{task}/continue           | {}  | 404 | not_found
          GET  | /agents/demo-agent/tasks/{task}/report             |     | 404 | not_found
          POST | /trust/disputes | {"order_no":"R-paid","kind":"not_delivered","description":"mine","pin":"246810"} | 404 | not_found
          GET  | /trust/disputes/{dispute}                          |     | 404 | not_found
          GET  | /trust/disputes/{dispute}/bundle                   |     | 404 | not_found
          POST | /trust/disputes/{dispute}/withdraw                 | {}  | 404 | not_found
          GET  | /trust/records/{record}                            |     | 404 | not_found
          """)
  void anotherPrincipalIsRefused(
      String method, String path, String body, int status, String refusal) {
    var before = TWO.possessions(World.PRINCIPAL);
    var ledger = TWO.ledger();

    var answer =
        method.equals("GET")
            ? TWO.get(filled(path), TWO.key(LIN))
            : TWO.post(filled(path), filled(body), TWO.key(LIN));

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(TwoPrincipalsWorld.code(answer)).isEqualTo(refusal);
    assertThat(TWO.possessions(World.PRINCIPAL)).isEqualTo(before);
    assertThat(TWO.ledger()).isEqualTo(ledger);
  }

  /** Inserts the values, even the digests that only the owner is shown, as if Lin had seen them. */
  private static String filled(String text) {
    var all = new HashMap<>(THINGS);
    var own = TWO.key(World.PRINCIPAL);
    var cashier = "/psp/payments/" + thing("trade") + "/approval";
    all.put("digest", TWO.read(cashier, own).path("digest").asString());
    var asked = "/delegations/intents/I-asked/confirmation";
    all.put("asked", TWO.read(asked, own).path("digest").asString());
    var filled = text;
    for (var thing : all.entrySet()) {
      filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
    }
    return filled;
  }

  @Test
  void noListShowsWhatIsAnothers() {
    var seen = TWO.possessions(LIN).toString();
    assertThat(THINGS.values()).noneMatch(seen::contains);
    assertThat(seen).doesNotContain("I-asked").doesNotContain("R-paid").doesNotContain("20000.00");
    assertThat(TWO.possessions(World.PRINCIPAL).toString())
        .contains(thing("trade"), thing("iac"), thing("account"), "I-asked");
  }

  /** Lists what an agent that acts for both principals could confuse in a payment for Lin. */
  enum Confusion {
    INSTANT_FROM_ANOTHERS_MONEY("/payments", "instrument_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        request.put("principal_id", LIN.value()).put("instrument_ref", thing("ref"));
      }
    },
    FROM_ANOTHERS_MONEY("/delegated-payments", "instrument_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        delegated(request, linsIac).put("instrument_ref", thing("ref"));
      }
    },
    UNDER_ANOTHERS_AUTHORITY("/delegated-payments", "iac_principal_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        delegated(request, thing("iac")).put("instrument_ref", TWO.instrument(LIN));
      }
    },
    IN_ANOTHERS_NAME("/delegated-payments", "iac_principal_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        delegated(request, linsIac)
            .put("principal_id", World.PRINCIPAL.value())
            .put("instrument_ref", TWO.instrument(LIN));
      }
    },
    ALL_OF_ANOTHERS_BUT_THE_MONEY("/delegated-payments", "instrument_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        delegated(request, thing("iac"))
            .put("principal_id", World.PRINCIPAL.value())
            .put("instrument_ref", TWO.instrument(LIN));
      }
    },
    FROM_ANOTHERS_SUB_ACCOUNT("/delegated-payments", "sub_account_mismatch") {
      @Override
      void change(ObjectNode request, String linsIac) {
        delegated(request, linsIac);
        TWO.authorizes(request, thing("account"));
      }
    };

    private final String path;
    private final String refusal;

    Confusion(String path, String refusal) {
      this.path = path;
      this.refusal = refusal;
    }

    abstract void change(ObjectNode request, String linsIac);

    static ObjectNode delegated(ObjectNode request, String delegationId) {
      return request
          .put("principal_id", LIN.value())
          .put("delegation_id", delegationId)
          .put("iac", TWO.credential(delegationId));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theAgentCannotPayForOnePrincipalWithTheOthersThings(Confusion confusion) {
    var id = confusion.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var linsIac = TWO.authority(LIN, "I-lin-" + id);
    var request = PaymentRequests.plain(TWO.world, "R-lin-" + id, "80.00");
    confusion.change(request.put("request_id", "Q-lin-" + id), linsIac);
    if (request.has("delegation_id")) {
      request.set("order", PaymentRequests.order(TWO.world, "R-lin-" + id, "80.00"));
    }
    var before = TWO.possessions(World.PRINCIPAL);
    var ledger = TWO.ledger();

    var answer =
        TWO.post("/psp" + confusion.path, PaymentRequests.signed(TWO.world, request), TWO.agent);

    assertThat(TwoPrincipalsWorld.code(answer)).as(answer.text()).isEqualTo(confusion.refusal);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(TWO.possessions(World.PRINCIPAL)).isEqualTo(before);
    assertThat(TWO.read("/psp/payments", TWO.key(LIN)).toString()).doesNotContain("R-lin-" + id);
    assertThat(TWO.ledger()).isEqualTo(ledger);
  }

  @Test
  void aRequestIsShownToItsOwnPrincipalOnly() {
    assertThat(TWO.proposes(World.PRINCIPAL, "I-first").status()).isEqualTo(201);
    var moved = TWO.proposes(LIN, "I-first");
    assertThat(TwoPrincipalsWorld.code(moved)).isEqualTo("iac_principal_mismatch");
    var unknownPrincipal =
        TWO.proposes(org.actsandbox.protocol.identity.Did.of("nobody"), "I-nobody");
    assertThat(TwoPrincipalsWorld.code(unknownPrincipal)).isEqualTo("iac_principal_mismatch");
    assertThat(TWO.read("/delegations/intents", TWO.key(LIN)).toString()).doesNotContain("I-first");
  }

  @Test
  void onlyTheOwnerApprovesAnInstantPayment() {
    var trade = TWO.waiting(World.PRINCIPAL, "R-silent");
    assertThat(TWO.get("/psp/payments/" + trade, TWO.key(LIN)).status()).isEqualTo(404);
    var paid = TWO.approve("/psp/payments/" + trade + "/approval", World.PRINCIPAL, PIN);
    assertThat(paid.json().path("status").asString()).isEqualTo("paid");
  }

  @Test
  void theRefusalIsInTheJournal() {
    var path = "/psp/payments/" + thing("trade") + "/approval";
    assertThat(TWO.post(path, Map.of("decision", "DECLINE"), TWO.key(LIN)).status()).isEqualTo(404);
    var noted = TWO.refusals("not_found");
    assertThat(noted)
        .anySatisfy(
            data -> {
              assertThat(data.path("caller").asString()).isEqualTo(LIN.value());
              assertThat(data.path("role").asString()).isEqualTo("principal");
            });
  }

  @Test
  void lockingOnesPinLeavesTheOthersFree() {
    var two = new TwoPrincipalsWorld();
    var lins = two.waiting(LIN, "R-1");
    var path = "/psp/payments/" + lins + "/approval";
    for (int i = 0; i < 3; i++) {
      assertThat(two.approve(path, LIN, "000000").status()).isEqualTo(401);
    }
    assertThat(two.approve(path, LIN, PIN).status()).isEqualTo(423);
    two.paid(World.PRINCIPAL, "R-2");
    assertThat(two.read("/psp/wallet", two.key(World.PRINCIPAL)).path("pin_attempts_left").asInt())
        .isEqualTo(3);
    assertThat(two.balance(LIN)).isEqualTo("900.00");
  }

  @Test
  void aChangedPinChangesOnePrincipalsPinOnly() {
    var two = new TwoPrincipalsWorld();
    var changed = two.post("/psp/pin", Map.of("pin", PIN, "new_pin", "135790"), two.key(LIN));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    two.paid(World.PRINCIPAL, "R-1");
    var lins = "/psp/payments/" + two.waiting(LIN, "R-2") + "/approval";
    assertThat(two.approve(lins, LIN, PIN).status()).isEqualTo(401);
    assertThat(two.approve(lins, LIN, "135790").json().path("status").asString()).isEqualTo("paid");
  }

  @Test
  void askingEveryPaymentIsSetForOnePrincipal() {
    var two = new TwoPrincipalsWorld();
    two.post("/psp/preferences", Map.of("ask_every_payment", true), two.key(LIN));
    UnaryOperator<String> asks =
        key -> two.read("/psp/preferences", key).path("ask_every_payment").toString();
    assertThat(asks.apply(two.key(LIN))).isEqualTo("true");
    assertThat(asks.apply(two.key(World.PRINCIPAL))).isEqualTo("false");
    var paid = two.pays(World.PRINCIPAL, two.authority(World.PRINCIPAL, "I-1"), "R-1");
    assertThat(paid.json().path("status").asString()).as(paid.text()).isEqualTo("paid");
    var asked = two.pays(LIN, two.authority(LIN, "I-2"), "R-2");
    assertThat(asked.json().path("status").asString()).isEqualTo("waiting_for_approval");
  }

  @Test
  void aRefundGoesToThePrincipalThatPaid() {
    var two = new TwoPrincipalsWorld();
    var trade = two.paid(LIN, "R-1");
    assertThat(two.balance(LIN)).isEqualTo("812.50");
    assertThat(two.refunds(trade, "87.50").status()).isEqualTo(200);
    assertThat(two.balance(LIN)).isEqualTo("900.00");
    assertThat(two.balance(World.PRINCIPAL)).isEqualTo("20000.00");
    assertThat(Json.parse(two.ledger()).path("sum").asString()).isEqualTo("0");
    assertThat(List.of(two.read("/psp/wallet/statement", two.key(LIN)).toString()))
        .allSatisfy(lines -> assertThat(lines).contains("refund").doesNotContain("balance:lin"));
  }
}
