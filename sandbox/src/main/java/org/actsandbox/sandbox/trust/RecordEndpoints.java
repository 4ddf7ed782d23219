package org.actsandbox.sandbox.trust;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.http.OnTheWire;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.OnlyFor;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Fields;
import org.actsandbox.sandbox.trust.Views.RecordView;
import org.actsandbox.sandbox.trust.Views.Verdict;
import org.actsandbox.sandbox.trust.Views.VerificationOrder;
import org.actsandbox.sandbox.trust.record.RecordStore.By;
import org.actsandbox.sandbox.trust.record.RecordStore.Kept;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Records, their verification and the keys for it, over HTTP (TSD-ATT-OFF, TSD-ATT-SVF). */
@RestController
@RequestMapping("/w/{world}/trust")
class RecordEndpoints {

  /**
   * Records that fit all that is asked for, oldest first; all that the caller may see otherwise.
   */
  @Summary("List attestation records")
  @GetMapping("/records")
  Page<RecordView> records(
      Trust trust,
      @OnlyFor({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestParam(name = "intent_id", required = false) @Nullable String intentId,
      @RequestParam(name = "delegation_id", required = false) @Nullable String delegationId,
      @RequestParam(name = "order_no", required = false) @Nullable String orderNo,
      @RequestParam(name = "trade_no", required = false) @Nullable String tradeNo,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable String cursor) {
    var by = new EnumMap<By, String>(By.class);
    put(by, By.INTENT, intentId);
    put(by, By.DELEGATION, delegationId);
    put(by, By.ORDER, orderNo);
    put(by, By.TRADE, tradeNo);
    put(by, By.EVENT, event);
    var page = trust.records().list(by, cursor, caller);
    return new Page<>(page.items().stream().map(RecordEndpoints::view).toList(), page.next());
  }

  private static void put(Map<By, String> by, By what, @Nullable String value) {
    if (value != null) {
      by.put(what, value);
    }
  }

  @Summary("Read an attestation record")
  @GetMapping("/records/{recordId}")
  RecordView record(
      Trust trust,
      @OnlyFor({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @PathVariable String recordId) {
    return view(trust.records().get(recordId, caller));
  }

  /** Another participant signs the record, too. */
  @Summary("Co-sign an attestation record")
  @OnTheWire(takes = RecordSignature.class)
  @PostMapping("/records/{recordId}/signatures")
  RecordView sign(
      Trust trust,
      @OnlyFor({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String recordId,
      @RequestBody byte[] body) {
    return view(
        trust.records().sign(recordId, Message.parse(body).bind(RecordSignature.class), caller));
  }

  /** The seven steps for a record, by its id or as it is shown. */
  @Summary("Verify an attestation record in the seven steps")
  @OnTheWire(takes = VerificationOrder.class)
  @PostMapping("/verifications")
  Verdict verify(
      Trust trust,
      @OnlyFor({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestBody byte[] body) {
    var order = Message.parse(body).bind(VerificationOrder.class);
    var shown = order.record();
    if (shown != null) {
      var id = order.recordId() == null ? shown.path("record_id").asString("") : order.recordId();
      return Verdict.of(trust.verifications().verify(id, RecordCodec.read(shown), caller));
    }
    if (order.recordId() == null) {
      throw Fields.invalid("record_id", "a record's id, or a record", "neither");
    }
    trust.records().get(order.recordId(), caller);
    return Verdict.of(
        trust
            .verifications()
            .verify(order.recordId(), Boolean.TRUE.equals(order.upstream()), caller));
  }

  /**
   * A participant's public keys with the time each was valid; needs no key.
   *
   * @param did {@code did:act:raileast}, or its last part
   */
  @Summary("Read the keys of a participant and when each was valid")
  @GetMapping("/keys/{did}")
  JsonNode keys(Trust trust, @PathVariable String did) {
    var id = Fields.did("did", did.startsWith("did:act:") ? did : "did:act:" + did);
    var periods = trust.keys(id);
    if (periods.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "no participant of this world has that DID")
          .at("did")
          .observed(did);
    }
    return new KeyPeriods(periods).json();
  }

  private static RecordView view(Kept kept) {
    return new RecordView(
        kept.recordId(), kept.holder(), kept.height(), kept.refusal(), Json.parse(kept.text()));
  }
}
