package org.actsandbox.protocol.delegation;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.protocol.delegation.Iac.StatusReference;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.TestKeys;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Provides the delegation of the standard's own example, a ticket to Harbin. */
public final class TestDelegations {

  public static final Did PRINCIPAL = Did.of("principal");
  public static final Did AGENT = Did.of("demo-agent");
  public static final Did RAIL = Did.of("raileast");
  public static final Instant FROM = Instant.parse("2026-01-05T00:00:00Z");
  public static final Instant UNTIL = Instant.parse("2026-01-09T00:00:00Z");
  public static final Ed25519KeyPair KEY = TestKeys.ed25519("did:act:principal#key-1", 7);
  public static final StatusReference STATUS =
      new StatusReference(URI.create("http://localhost:8080/w/demo/delegations/status/0"), 5);

  private TestDelegations() {}

  /** Returns a new complete draft, which tests may change. */
  public static ObjectNode draft() {
    return (ObjectNode)
        Json.parse(
            """
            {"conversation_history": {"user_intent_raw": "Get me a second-class ticket to Harbin",
               "input_mode": ["TEXT"]},
             "intent_id": "I-1", "delegation_mode": "SPECIFIED",
             "validity_start_time": "2026-01-05T00:00:00Z",
             "validity_end_time": "2026-01-09T00:00:00Z",
             "max_total_amount": 600.00, "currency": "CNY",
             "allowed_payment_methods": ["balance"], "agent_id": "did:act:demo-agent",
             "ext": {
               "commerce": {"max_single_amount": 600, "min_single_amount": 1,
                 "allowed_categories": ["train"],
                 "allowed_merchants": ["did:act:raileast", "did:act:ticketgo"],
                 "forbidden_merchants": ["did:act:shady-rail"]},
               "agent_behavior": {"price_deviation_tolerance": 10,
                 "price_deviation_action": "PAUSE_AND_NOTIFY",
                 "on_payment_failure": "AUTO_RETRY", "max_retry_count": 2},
               "fulfillment": {
                 "delivery_time_requirement": "2026-01-20T00:00:00Z/2026-01-20T23:59:59Z"},
               "vendor_private": {"reference_amount": 500, "mood": "hopeful",
                 "targets": [{"kind": "train", "from": "Shanghai", "to": "Harbin",
                   "date": "2026-01-20", "seat_class": "second"}]}}}
            """);
  }

  public static Isr isr(ObjectNode draft) {
    return Json.read(draft, Isr.class);
  }

  public static IacPayload payload() {
    return payload(draft());
  }

  public static IacPayload payload(ObjectNode draft) {
    return IacPayload.select(isr(draft), "D-1", PRINCIPAL, "sha-256:isr");
  }

  public static Iac iac() {
    return IacCodec.issue(payload(), STATUS, FROM, "sha-256:shown", KEY);
  }
}
