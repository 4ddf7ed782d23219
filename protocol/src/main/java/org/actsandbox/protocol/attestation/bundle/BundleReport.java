package org.actsandbox.protocol.attestation.bundle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * The result of verifying a bundle.
 *
 * @param kind the kind of purchase that the records prove; null if they prove none
 * @param reason code of the first defect of the bundle as a whole; null if there is none
 * @param detail the same for people
 * @param keeperKey digest of the key that sealed the bundle; compare it with a digest that you got
 *     in another way
 * @param papers all files other than records, with their signers and states
 * @param keeperOnly the facts that only the keeper's signature supports
 */
public record BundleReport(
    boolean verified,
    @Nullable String world,
    @Nullable String orderNo,
    @Nullable BundlePurchaseKind kind,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String keeperKey,
    List<Line> records,
    List<PaperLine> papers,
    List<KeeperWord> keeperOnly,
    @Nullable DisputeLine dispute) {

  /**
   * The result of verifying one record.
   *
   * @param signedBy ids of the keys that signed it
   * @param reason null for a verified record
   */
  public record Line(
      String recordId,
      @Nullable String event,
      VerificationResult result,
      List<String> signedBy,
      @Nullable String reason,
      @Nullable String detail) {

    public Line {
      signedBy = List.copyOf(signedBy);
    }
  }

  /** Lists the results of verifying a document. */
  public enum Standing {
    /** The author signed the document, and it agrees with the records. */
    SIGNED,
    /** The document has no signature of its own, but a signed document has its digest. */
    FOLLOWS,
    /** Only the keeper asserts the document. */
    KEEPER_ONLY,
    /** The author did not sign the document, or it contradicts the records. */
    FAILED,
    /** The purchase has such a document, and the bundle does not. */
    MISSING
  }

  /**
   * The result of verifying one document.
   *
   * @param signer id of the key that signed it
   * @param key digest of that key; compare it with a digest that you got in another way
   * @param from the signed document that has its digest
   */
  public record PaperLine(
      String name,
      Standing standing,
      @Nullable String signer,
      @Nullable String key,
      @Nullable String from,
      @Nullable String reason,
      @Nullable String detail) {

    static PaperLine signed(String name, VerificationKey key) {
      return new PaperLine(
          name, Standing.SIGNED, key.signerId(), BundleCheck.fingerprint(key), null, null, null);
    }

    static PaperLine keeperOnly(String name) {
      return new PaperLine(name, Standing.KEEPER_ONLY, null, null, null, null, null);
    }
  }

  /** Lists the facts that only the keeper asserts, so that the reader must trust the keeper. */
  public enum KeeperWord {
    /** The sealing key is the keeper's: neither key nor identity was given from outside. */
    KEEPER,
    /** Each key belongs to the participant that the bundle names. */
    KEYS,
    /** The name of the world. */
    WORLD,
    /** No later record of the order was left out. */
    COMPLETENESS,
    /** The chain was not rewritten before: the bundle shows only one state of the chain. */
    HISTORY,
    /** The text of the summary. */
    SUMMARY,
    /** The operator opened the claim. */
    CLAIM;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The dispute of a bundle, after the signatures of all its documents were verified.
   *
   * @param outcome null if the dispute is not decided
   * @param statements DIDs of the parties that made a statement
   */
  public record DisputeLine(
      String disputeId, String kind, @Nullable String outcome, List<String> statements) {

    public DisputeLine {
      statements = List.copyOf(statements);
    }
  }

  public BundleReport {
    records = List.copyOf(records);
    papers = List.copyOf(papers);
    keeperOnly = List.copyOf(keeperOnly);
  }

  static BundleReport refused(String code, String detail) {
    return new BundleReport(
        false, null, null, null, code, detail, null, List.of(), List.of(), List.of(), null);
  }
}
