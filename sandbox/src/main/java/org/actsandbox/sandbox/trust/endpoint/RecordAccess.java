package org.actsandbox.sandbox.trust.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.refusal.SignedContent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives off-chain records to callers that may read them: participants of the event, the principal
 * they acted for, and the operator.
 */
public final class RecordAccess {

  static final int PAGE = 50;

  private final TrustWorld world;
  private final RecordStore store;
  private final RecordStore shown;

  /**
   * @param store the stored records, which signatures are added to
   * @param shown the same records as readers see them
   */
  RecordAccess(TrustWorld world, RecordStore store, RecordStore shown) {
    this.world = world;
    this.store = store;
    this.shown = shown;
  }

  /**
   * @throws Refusal {@code not_found}, also for records that the caller may not see
   */
  public StoredRecord get(String recordId, Caller caller) {
    return find(FieldChecks.text("record_id", recordId, 128))
        .filter(storedRecord -> new Reader(caller).mayRead(storedRecord.record()))
        .orElseThrow(() -> unknown(recordId));
  }

  /** Finds a record for callers that may see all records. */
  public Optional<StoredRecord> find(String recordId) {
    return shown.find(recordId);
  }

  /**
   * Lists records, oldest first; those that the caller may not see are left out, so a page may be
   * short.
   */
  public Page<StoredRecord> list(
      Map<LookupKey, String> lookupKey, @Nullable String after, Caller caller) {
    caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
    var found = shown.after(lookupKey, after == null ? "" : after, PAGE + 1);
    boolean more = found.size() > PAGE;
    var page = more ? found.subList(0, PAGE) : found;
    var reader = new Reader(caller);
    return new Page<>(
        page.stream().filter(storedRecord -> reader.mayRead(storedRecord.record())).toList(),
        more ? page.getLast().recordId() : null);
  }

  /** Lists all records of a flow for callers that may see all records. */
  public List<StoredRecord> ofFlow(LookupKey lookupKey, String value) {
    return shown.after(Map.of(lookupKey, value), "", RecordCodec.MAX_PER_PURCHASE);
  }

  /** Ours: the number of records that one page of a caller's own records reads at most. */
  private static final int MAX_READ = 10 * PAGE;

  /**
   * Lists records that the caller may see, newest first; a page may be short where most records
   * belong to others.
   */
  public Page<StoredRecord> newest(
      Map<LookupKey, String> lookupKey, @Nullable String before, Caller caller) {
    caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
    var reader = new Reader(caller);
    var own = new ArrayList<StoredRecord>();
    var from = before;
    for (int read = 0; read < MAX_READ; read += PAGE) {
      var page = newest(lookupKey, from);
      for (var storedRecord : page.items()) {
        if (own.size() == PAGE) {
          return new Page<>(List.copyOf(own), own.getLast().recordId());
        }
        if (reader.mayRead(storedRecord.record())) {
          own.add(storedRecord);
        }
      }
      from = page.next();
      if (from == null) {
        break;
      }
    }
    return new Page<>(List.copyOf(own), from);
  }

  /** Lists records, newest first, for callers that may see all records. */
  public Page<StoredRecord> newest(Map<LookupKey, String> lookupKey, @Nullable String before) {
    var found = shown.before(lookupKey, before == null ? "" : before, PAGE + 1);
    boolean more = found.size() > PAGE;
    var page = more ? found.subList(0, PAGE) : found;
    return new Page<>(List.copyOf(page), more ? page.getLast().recordId() : null);
  }

  /** Returns a record in the form that verifiers read. */
  public Optional<RecordCodec.ReadResult> read(String recordId) {
    return find(recordId)
        .map(
            storedRecord -> RecordCodec.read(storedRecord.text().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds the signature of another participant; a repetition changes nothing.
   *
   * @throws Refusal {@code not_found}, {@code signer_unknown}, {@code key_forbidden}, {@code
   *     signature_invalid}
   */
  public StoredRecord sign(String recordId, RecordSignature signature, Caller caller) {
    // The signature is checked against the stored record, not against a tampered view of it.
    var storedRecord =
        store
            .find(FieldChecks.text("record_id", recordId, 128))
            .filter(each -> new Reader(caller).mayRead(each.record()))
            .orElseThrow(() -> unknown(recordId));
    var record = storedRecord.record();
    var signer = signer(signature);
    if (caller.did().filter(signer::equals).isEmpty()) {
      throw new Refusal(Problem.KEY_FORBIDDEN, "a participant may only add its own signature")
          .at("signer_id")
          .expected(caller.did().map(Did::value).orElse("a participant's own key"));
    }
    var key =
        world
            .find(signature.signerId(), record.businessTime())
            .orElseThrow(
                () ->
                    new Refusal(Problem.SIGNER_UNKNOWN, "no such key was valid at business time")
                        .at("signer_id")
                        .observed(signature.signerId()));
    if (!record.isSignedBy(signature, key)) {
      throw new Refusal(Problem.SIGNATURE_INVALID, "the signature does not match the record")
          .at("signature_value")
          .expected("base64url over the RFC 8785 form of " + RecordSignature.COVERED)
          .signed(
              new SignedContent(
                  key.signerId(), new String(record.signedBytes(), StandardCharsets.UTF_8)));
    }
    if (record.signatures().stream()
        .noneMatch(each -> each.signerId().equals(signature.signerId()))) {
      store.replace(record.with(signature), storedRecord.text());
    }
    return get(recordId, caller);
  }

  private static Did signer(RecordSignature signature) {
    try {
      return Did.ofSigner(signature.signerId());
    } catch (IllegalArgumentException notDid) {
      throw FieldChecks.invalid("signer_id", "a key id", signature.signerId());
    }
  }

  /** Decides what a caller may read, and remembers the result for each flow. */
  private final class Reader {

    private final Caller caller;
    private final Map<String, Boolean> ownFlows = new HashMap<>();

    Reader(Caller caller) {
      this.caller = caller;
    }

    boolean mayRead(OffChainRecord record) {
      return switch (caller.role()) {
        case OPERATOR -> true;
        case PRINCIPAL ->
            !world.severalPrincipals()
                || ownFlows.computeIfAbsent(record.links().intentId(), this::isOwn);
        case AGENT, MERCHANT ->
            record.participants().stream()
                .anyMatch(each -> caller.did().filter(each.participantId()::equals).isPresent());
        case ASSISTANT, ANONYMOUS -> {
          caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
          yield false;
        }
      };
    }

    /**
     * Tells whether any record of the flow names the caller as principal; merchants' records do not
     * name it.
     */
    private boolean isOwn(String intentId) {
      return ofFlow(LookupKey.INTENT, intentId).stream()
          .flatMap(storedRecord -> storedRecord.record().participants().stream())
          .anyMatch(
              each -> each.onBehalfOf() != null && each.onBehalfOf().equals(caller.subject()));
    }
  }

  static Refusal unknown(String recordId) {
    return new Refusal(Problem.NOT_FOUND, "there is no such record for you")
        .at("record_id")
        .observed(recordId);
  }
}
