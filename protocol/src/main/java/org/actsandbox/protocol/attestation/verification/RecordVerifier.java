package org.actsandbox.protocol.attestation.verification;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.RecordCodec;
import org.actsandbox.protocol.attestation.RecordSignature;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one record: keys, hash, signatures and anchor in the order of ACT TSD-5, up to the first
 * step that fails.
 */
public final class RecordVerifier {

  /** The chain must answer one query within this time (ACT TSD-5). */
  public static final Duration ANCHOR_LIMIT = Duration.ofSeconds(30);

  /** The chain is asked this often again after a query without an answer (ACT TSD-5). */
  public static final int ANCHOR_RETRIES = 3;

  private final KeyHistory keys;
  private final AnchorSource anchors;
  private final Did keeper;

  /**
   * @param keeper the participant that signs the heads of the chain
   */
  public RecordVerifier(KeyHistory keys, AnchorSource anchors, Did keeper) {
    this.keys = keys;
    this.anchors = anchors;
    this.keeper = keeper;
  }

  /**
   * Verifies a record that was fetched under {@code recordId}. A record that cannot be read, or
   * that has another id, fails as {@link VerificationFailure#RECORD_MALFORMED}.
   */
  public Verification verify(String recordId, RecordCodec.ReadResult readResult) {
    return switch (readResult) {
      case RecordCodec.ReadResult.Malformed(var why) ->
          new Verification(
              recordId,
              null,
              VerificationFailure.RECORD_MALFORMED.result(),
              VerificationFailure.RECORD_MALFORMED,
              why,
              null,
              null);
      case RecordCodec.ReadResult.WellFormed(var record) ->
          record.recordId().equals(recordId)
              ? verify(record)
              : new Verification(
                  recordId,
                  record.eventType(),
                  VerificationFailure.RECORD_MALFORMED.result(),
                  VerificationFailure.RECORD_MALFORMED,
                  "the record has another id",
                  null,
                  null);
    };
  }

  public Verification verify(OffChainRecord record) {
    Map<String, VerificationKey> signers = new HashMap<>();
    for (var signature : record.signatures()) {
      try {
        var key = keys.find(signature.signerId(), record.businessTime());
        if (key.isEmpty()) {
          return failed(
              record,
              VerificationFailure.KEY_NOT_FOUND,
              "no key " + signature.signerId() + " was valid at " + record.businessTime(),
              signature.signerId());
        }
        signers.put(signature.signerId(), key.get());
      } catch (NoAnswerException noAnswer) {
        return failed(
            record,
            VerificationFailure.KEYS_NOT_ANSWERING,
            noAnswer.getMessage(),
            signature.signerId());
      }
    }
    if (!record.computedHash().filter(record.payloadHash()::equals).isPresent()) {
      return failed(
          record,
          VerificationFailure.PAYLOAD_CHANGED,
          "event_body, participants or salt have changed",
          null);
    }
    var signatureFailure = checkSignatures(record, signers);
    return signatureFailure.orElseGet(() -> checkAnchor(record));
  }

  /** Returns the failed verification; empty if all signatures are valid. */
  private static Optional<Verification> checkSignatures(
      OffChainRecord record, Map<String, VerificationKey> signers) {
    for (var signature : record.signatures()) {
      var failure = checkSignature(record, signature, signers);
      if (failure != null) {
        return Optional.of(failed(record, failure, detail(failure), signature.signerId()));
      }
    }
    var reporter = record.participants().getFirst().participantId();
    boolean signedByReporter =
        record.signatures().stream()
            .anyMatch(each -> Did.ofSigner(each.signerId()).equals(reporter));
    return signedByReporter
        ? Optional.empty()
        : Optional.of(
            failed(
                record,
                VerificationFailure.REPORTER_DID_NOT_SIGN,
                detail(VerificationFailure.REPORTER_DID_NOT_SIGN),
                reporter.value()));
  }

  /** Returns null for a valid signature. */
  private static @Nullable VerificationFailure checkSignature(
      OffChainRecord record, RecordSignature signature, Map<String, VerificationKey> signers) {
    var signer = Did.ofSigner(signature.signerId());
    if (record.participants().stream().noneMatch(each -> each.participantId().equals(signer))) {
      return VerificationFailure.SIGNER_TOOK_NO_PART;
    }
    var key = signers.get(signature.signerId());
    return key != null && record.isSignedBy(signature, key)
        ? null
        : VerificationFailure.SIGNATURE_WRONG;
  }

  private static String detail(VerificationFailure failure) {
    return switch (failure) {
      case SIGNER_TOOK_NO_PART -> "the signer is not among the participants";
      case REPORTER_DID_NOT_SIGN -> "the first participant has not signed";
      default -> "the signature does not match the five covered fields";
    };
  }

  private Verification checkAnchor(OffChainRecord record) {
    for (int attempt = 0; ; attempt++) {
      try {
        return anchors
            .find(record.recordId(), ANCHOR_LIMIT)
            .map(found -> checkInclusion(record, found))
            .orElseGet(
                () ->
                    failed(
                        record,
                        VerificationFailure.NOT_ON_CHAIN,
                        "the chain has no such anchor",
                        null));
      } catch (NoAnswerException noAnswer) {
        if (attempt == ANCHOR_RETRIES) {
          return failed(
              record, VerificationFailure.CHAIN_NOT_ANSWERING, noAnswer.getMessage(), null);
        }
      }
    }
  }

  private Verification checkInclusion(OffChainRecord record, InclusionProof found) {
    AnchorCodec.VerifiedAnchor verified;
    try {
      verified = AnchorCodec.verify(found.anchor(), keys);
    } catch (IllegalArgumentException broken) {
      return failed(record, VerificationFailure.ANCHOR_BROKEN, broken.getMessage(), null);
    } catch (NoAnswerException noAnswer) {
      return failed(record, VerificationFailure.KEYS_NOT_ANSWERING, noAnswer.getMessage(), null);
    }
    var difference = verified.anchor().difference(record);
    if (difference.isPresent()) {
      return failed(
          record,
          VerificationFailure.ANCHOR_DIFFERS,
          "the anchor has another " + difference.get(),
          null);
    }
    var head = found.head();
    var headKey = head.signerId() == null ? Optional.<VerificationKey>empty() : headKey(found);
    if (headKey.isEmpty()) {
      return failed(
          record,
          VerificationFailure.CHAIN_KEY_NOT_FOUND,
          "the chain's key " + head.signerId() + " was not valid at " + head.timestamp(),
          head.signerId());
    }
    if (!head.isSignedBy(keeper, signerId -> headKey)) {
      return failed(
          record,
          VerificationFailure.HEAD_NOT_SIGNED,
          "the tree head is not signed by " + keeper,
          null);
    }
    return found.provesInclusion()
        ? new Verification(
            record.recordId(),
            record.eventType(),
            VerificationResult.VERIFIED,
            null,
            null,
            null,
            found.height())
        : failed(
            record,
            VerificationFailure.NOT_INCLUDED,
            "the audit path does not lead to the signed head",
            null);
  }

  private Optional<VerificationKey> headKey(InclusionProof found) {
    var signer = found.head().signerId();
    return signer == null ? Optional.empty() : keys.find(signer, found.head().timestamp());
  }

  private static Verification failed(
      OffChainRecord record,
      VerificationFailure failure,
      @Nullable String detail,
      @Nullable String signer) {
    return new Verification(
        record.recordId(), record.eventType(), failure.result(), failure, detail, signer, null);
  }
}
