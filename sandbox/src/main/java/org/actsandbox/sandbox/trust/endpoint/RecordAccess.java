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
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.record.RecordStore;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * Off-chain records for those who may see them: whoever took part, the principal on whose behalf it
 * all happened, and the operator.
 */
public final class RecordAccess {

  static final int PAGE = 50;

  private final TrustWorld world;
  private final RecordStore store;
  private final RecordStore seen;

  /**
   * @param store to which signatures are added
   * @param seen the same as readers see it
   */
  RecordAccess(TrustWorld world, RecordStore store, RecordStore seen) {
    this.world = world;
    this.store = store;
    this.seen = seen;
  }

  /**
   * @throws Refusal {@code not_found}, also for what the caller may not see
   */
  public StoredRecord get(String recordId, Caller caller) {
    return find(FieldChecks.text("record_id", recordId, 128))
        .filter(storedRecord -> new Reader(caller).mayRead(storedRecord.record()))
        .orElseThrow(() -> unknown(recordId));
  }

  /** For whoever may see all of them. */
  public Optional<StoredRecord> find(String recordId) {
    return seen.find(recordId);
  }

  /** Oldest first; what the caller may not see is left out, so a page may be short. */
  public Page<StoredRecord> list(
      Map<LookupKey, String> lookupKey, @Nullable String after, Caller caller) {
    caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
    var found = seen.after(lookupKey, after == null ? "" : after, PAGE + 1);
    boolean more = found.size() > PAGE;
    var page = more ? found.subList(0, PAGE) : found;
    var reader = new Reader(caller);
    return new Page<>(
        page.stream().filter(storedRecord -> reader.mayRead(storedRecord.record())).toList(),
        more ? page.getLast().recordId() : null);
  }

  /** Everything a flow left behind, for whoever may see all of it. */
  public List<StoredRecord> ofFlow(LookupKey lookupKey, String value) {
    return seen.after(Map.of(lookupKey, value), "", RecordCodec.MAX_PER_PURCHASE);
  }

  /** Ours: one page of somebody's own looks at no more, however many there are of others. */
  private static final int MOST_LOOKED_AT = 10 * PAGE;

  /** The newest first, of those the caller may see; a page may be short where most are others'. */
  public Page<StoredRecord> newest(
      Map<LookupKey, String> lookupKey, @Nullable String before, Caller caller) {
    caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
    var reader = new Reader(caller);
    var own = new ArrayList<StoredRecord>();
    var from = before;
    for (int looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
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

  /** The newest first, for whoever may see all of them. */
  public Page<StoredRecord> newest(Map<LookupKey, String> lookupKey, @Nullable String before) {
    var found = seen.before(lookupKey, before == null ? "" : before, PAGE + 1);
    boolean more = found.size() > PAGE;
    var page = more ? found.subList(0, PAGE) : found;
    return new Page<>(List.copyOf(page), more ? page.getLast().recordId() : null);
  }

  /** As verifiers fetch it. */
  public Optional<RecordCodec.ReadResult> read(String recordId) {
    return find(recordId)
        .map(
            storedRecord -> RecordCodec.read(storedRecord.text().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds the signature of another participant; the same one again changes nothing.
   *
   * @throws Refusal {@code not_found}, {@code signer_unknown}, {@code key_forbidden}, {@code
   *     signature_invalid}
   */
  public StoredRecord sign(String recordId, RecordSignature signature, Caller caller) {
    // What is signed is what is stored: whatever a lens shows is not built upon.
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
          .expected("base64url over the RFC 8785 form of " + RecordSignature.COVERED);
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

  /** Who asks; what was found out about a flow for one of its records holds for the next. */
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
        case ANONYMOUS -> {
          caller.require(Role.AGENT, Role.MERCHANT, Role.PRINCIPAL, Role.OPERATOR);
          yield false;
        }
      };
    }

    /** A flow is whose any record of it says that somebody acted for: merchants do not know it. */
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
