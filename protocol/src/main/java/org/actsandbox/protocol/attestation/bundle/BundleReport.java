package org.actsandbox.protocol.attestation.bundle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.VerificationKey;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a bundle.
 *
 * @param kind of purchase, as its records prove it; null while they prove none
 * @param reason what is wrong with the bundle as a whole; null if nothing is
 * @param keeperKey digest of the key that sealed it: compare it with one got in another way
 * @param papers every file that is no record: who signed it and whether it follows
 * @param keeperOnly what no signature but the keeper's stands for
 */
public record BundleReport(
    boolean verified,
    @Nullable String world,
    @Nullable String orderNo,
    @Nullable PurchaseKind kind,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String keeperKey,
    List<Line> records,
    List<PaperLine> papers,
    List<KeeperWord> keeperOnly,
    @Nullable DisputeLine dispute) {

  /**
   * @param signedBy ids of the keys whose signatures it has
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

  /** How a paper stands. */
  public enum Standing {
    /** Its author signed it, and it fits the records. */
    SIGNED,
    /** Has no signature of its own; a digest in a signed paper stands for it. */
    FOLLOWS,
    /** Only the keeper says so. */
    KEEPER_ONLY,
    /** Its author did not sign it, or it contradicts the records. */
    FAILED,
    /** The purchase has it and the bundle does not. */
    MISSING
  }

  /**
   * @param signer the key that signed it
   * @param key digest of that key; compare it with one got in another way
   * @param from the paper that stands for it
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

  /** What a reader takes the keeper's word for. */
  public enum KeeperWord {
    /** That this is the keeper: neither its key nor its identity was given from outside. */
    KEEPER,
    /** Whose the keys are. */
    KEYS,
    /** The name of the world. */
    WORLD,
    /** That no later record of the order was left out. */
    COMPLETENESS,
    /** That nothing was rewritten before: the bundle shows one state of the chain only. */
    HISTORY,
    /** The text of the summary. */
    SUMMARY,
    /** That the operator brought the claim. */
    CLAIM;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The dispute a bundle is about: what it holds is signed by who it says.
   *
   * @param outcome null while it is not decided
   * @param statements who has made one
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
