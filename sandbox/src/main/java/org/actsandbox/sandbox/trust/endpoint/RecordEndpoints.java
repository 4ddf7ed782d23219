package org.actsandbox.sandbox.trust.endpoint;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.RecordView;
import org.actsandbox.sandbox.trust.endpoint.TrustViews.VerificationOrder;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves records, their verification and the keys for it (TSD-ATT-OFF, TSD-ATT-SVF). */
@RestController
@RequestMapping("/w/{world}/trust")
class RecordEndpoints {

  /**
   * Lists the records that match all given filters, oldest first; without a filter all that the
   * caller may see.
   */
  @EndpointSummary("List attestation records")
  @GetMapping("/records")
  Page<RecordView> records(
      TrustService trustService,
      @AllowedRoles({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestParam(name = "intent_id", required = false) @Nullable String intentId,
      @RequestParam(name = "delegation_id", required = false) @Nullable String delegationId,
      @RequestParam(name = "order_no", required = false) @Nullable String orderNo,
      @RequestParam(name = "trade_no", required = false) @Nullable String tradeNo,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(required = false) @Nullable String cursor) {
    var lookupKey = new EnumMap<LookupKey, String>(LookupKey.class);
    putIfPresent(lookupKey, LookupKey.INTENT, intentId);
    putIfPresent(lookupKey, LookupKey.DELEGATION, delegationId);
    putIfPresent(lookupKey, LookupKey.ORDER, orderNo);
    putIfPresent(lookupKey, LookupKey.TRADE, tradeNo);
    putIfPresent(lookupKey, LookupKey.EVENT, event);
    var page = trustService.records().list(lookupKey, cursor, caller);
    return new Page<>(page.items().stream().map(RecordEndpoints::view).toList(), page.next());
  }

  private static void putIfPresent(
      Map<LookupKey, String> lookupKey, LookupKey what, @Nullable String value) {
    if (value != null) {
      lookupKey.put(what, value);
    }
  }

  @EndpointSummary("Read an attestation record")
  @GetMapping("/records/{recordId}")
  RecordView record(
      TrustService trustService,
      @AllowedRoles({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @PathVariable String recordId) {
    return view(trustService.records().get(recordId, caller));
  }

  /** Adds the signature of another participant. */
  @EndpointSummary("Co-sign an attestation record")
  @WireMessages(takes = RecordSignature.class)
  @PostMapping("/records/{recordId}/signatures")
  RecordView sign(
      TrustService trustService,
      @AllowedRoles({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL}) Caller caller,
      @PathVariable String recordId,
      @RequestBody byte[] body) {
    return view(
        trustService
            .records()
            .sign(recordId, JsonMessage.parse(body).bind(RecordSignature.class), caller));
  }

  /** Verifies a record in seven steps, by its id or in the form that the caller presents. */
  @EndpointSummary("Verify an attestation record in the seven steps")
  @WireMessages(takes = VerificationOrder.class)
  @PostMapping("/verifications")
  TrustViews.ChainVerificationView verify(
      TrustService trustService,
      @AllowedRoles({Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @RequestBody byte[] body) {
    var request = JsonMessage.parse(body).bind(VerificationOrder.class);
    var shown = request.record();
    if (shown != null) {
      var id =
          request.recordId() == null ? shown.path("record_id").asString("") : request.recordId();
      return TrustViews.ChainVerificationView.of(
          trustService.verifications().verify(id, RecordCodec.read(shown), caller));
    }
    if (request.recordId() == null) {
      throw FieldChecks.invalid("record_id", "a record's id, or a record", "neither");
    }
    trustService.records().get(request.recordId(), caller);
    return TrustViews.ChainVerificationView.of(
        trustService
            .verifications()
            .verify(request.recordId(), Boolean.TRUE.equals(request.upstream()), caller));
  }

  /**
   * Publishes a participant's public keys with the time each was valid; it needs no key.
   *
   * @param did {@code did:act:raileast}, or only its last part
   */
  @EndpointSummary("Read the keys of a participant and when each was valid")
  @GetMapping("/keys/{did}")
  JsonNode keys(TrustService trustService, @PathVariable String did) {
    var id = FieldChecks.did("did", did.startsWith("did:act:") ? did : "did:act:" + did);
    var periods = trustService.keys(id);
    if (periods.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "no participant of this world has that DID")
          .at("did")
          .observed(did);
    }
    return new KeyPeriods(periods).json();
  }

  private static RecordView view(RecordStore.StoredRecord storedRecord) {
    return new RecordView(
        storedRecord.recordId(),
        storedRecord.holder(),
        storedRecord.height(),
        storedRecord.refusal(),
        Json.parse(storedRecord.text()));
  }
}
