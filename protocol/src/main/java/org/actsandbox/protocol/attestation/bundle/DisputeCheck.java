package org.actsandbox.protocol.attestation.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.actsandbox.protocol.attestation.KeyPeriods;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.Statement;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the dispute in a bundle: the claim is its claimant's, who is neither the keeper nor a
 * party; every statement is its party's, the finding is the keeper's; all are about one dispute,
 * and the finding does not call verified what is not.
 */
final class DisputeCheck {

  private final SortedMap<String, byte[]> files;
  private final Manifest manifest;
  private final KeyPeriods keys;
  private final List<BundleReport.PaperLine> papers = new ArrayList<>();
  private String reading = BundleFiles.CLAIM;
  private boolean isKeepersClaim;

  private DisputeCheck(SortedMap<String, byte[]> files, Manifest manifest, KeyPeriods keys) {
    this.files = files;
    this.manifest = manifest;
    this.keys = keys;
  }

  /**
   * @param line null when the bundle is about no dispute, or about none that can be read
   * @param isKeepersClaim the operator brought it, as only the keeper says
   */
  record Result(
      @Nullable BundleRefused wrong,
      BundleReport.@Nullable DisputeLine line,
      List<BundleReport.PaperLine> papers,
      boolean isKeepersClaim) {}

  static Result of(
      SortedMap<String, byte[]> files,
      Manifest manifest,
      KeyPeriods keys,
      List<BundleReport.Line> records) {
    if (files.keySet().stream().noneMatch(name -> name.startsWith(BundleFiles.DISPUTE))) {
      return new Result(null, null, List.of(), false);
    }
    var check = new DisputeCheck(files, manifest, keys);
    try {
      var line = check.check(records);
      return new Result(null, line, check.papers, check.isKeepersClaim);
    } catch (BundleRefused wrong) {
      check.papers.add(
          new BundleReport.PaperLine(
              check.reading,
              BundleReport.Standing.FAILED,
              null,
              null,
              null,
              wrong.code(),
              wrong.detail()));
      return new Result(wrong, null, check.papers, check.isKeepersClaim);
    }
  }

  private BundleReport.DisputeLine check(List<BundleReport.Line> records) throws BundleRefused {
    var claim = bind(BundleFiles.CLAIM, Claim.class);
    requireSigner(BundleFiles.CLAIM, claim.openedAt(), signer(claim));
    requireAbout(BundleFiles.CLAIM, claim.orderNo(), manifest.orderNo());
    var said = new ArrayList<String>();
    for (var name : files.tailMap(BundleFiles.DISPUTE).keySet()) {
      if (!name.startsWith(BundleFiles.DISPUTE)) {
        break;
      }
      if (name.startsWith(BundleFiles.STATEMENTS)) {
        var party = statement(name, claim).party();
        if (party.equals(claim.claimant())) {
          throw new BundleRefused("dispute_forged", party + " is a party and not the claimant");
        }
        said.add(party.value());
      } else if (!name.equals(BundleFiles.CLAIM) && !name.equals(BundleFiles.FINDING)) {
        throw new BundleRefused("file_unknown", name + " belongs in no dispute");
      }
    }
    var finding = files.containsKey(BundleFiles.FINDING) ? finding(claim, records) : null;
    return new BundleReport.DisputeLine(
        claim.disputeId(),
        claim.kind().code(),
        finding == null ? null : finding.outcome().code(),
        said);
  }

  /** Only a claim that the operator brought may be the keeper's own word. */
  private Did signer(Claim claim) throws BundleRefused {
    var claimant = claim.claimant();
    if (claim.openedBy().equals(Claim.BY_PRINCIPAL) != (claimant != null)) {
      throw new BundleRefused(
          "dispute_forged", BundleFiles.CLAIM + " is not signed by whose claim it is");
    }
    if (claimant == null) {
      isKeepersClaim = true;
      return manifest.keeper();
    }
    if (claimant.equals(manifest.keeper())) {
      throw new BundleRefused("dispute_forged", "the keeper decides and does not claim");
    }
    return claimant;
  }

  private Statement statement(String name, Claim claim) throws BundleRefused {
    var statement = bind(name, Statement.class);
    requireSigner(name, statement.madeAt(), statement.party());
    requireAbout(name, statement.disputeId(), claim.disputeId());
    requireAbout(name, statement.orderNo(), claim.orderNo());
    return statement;
  }

  private Finding finding(Claim claim, List<BundleReport.Line> records) throws BundleRefused {
    var name = BundleFiles.FINDING;
    var finding = bind(name, Finding.class);
    requireSigner(name, finding.decidedAt(), manifest.keeper());
    requireAbout(name, finding.disputeId(), claim.disputeId());
    requireAbout(name, finding.orderNo(), claim.orderNo());
    Map<String, VerificationResult> results =
        records.stream()
            .collect(
                Collectors.toMap(
                    BundleReport.Line::recordId, BundleReport.Line::result, (first, _) -> first));
    for (var exhibit : finding.exhibits()) {
      var here = results.get(exhibit.recordId());
      if (here != null
          && exhibit.result() == VerificationResult.VERIFIED
          && here != exhibit.result()) {
        throw new BundleRefused(
            "finding_contradicted",
            "the finding calls " + exhibit.recordId() + " verified, which is " + here);
      }
    }
    return finding;
  }

  private void requireSigner(String name, Instant at, Did expected) throws BundleRefused {
    reading = name;
    var paper = json(name);
    try {
      if (SignedJson.verify(paper, signer -> keys.find(signer, at)).equals(expected)) {
        var signer = paper.path(SignedJson.SIGNER_ID).asString("");
        papers.add(
            new BundleReport.PaperLine(
                name,
                BundleReport.Standing.SIGNED,
                signer,
                keys.find(signer, at).map(BundleCheck::fingerprint).orElse(null),
                null,
                null,
                null));
        return;
      }
    } catch (Refusal notSigned) {
      throw new BundleRefused("dispute_forged", name + ": " + notSigned.detail());
    }
    throw new BundleRefused("dispute_forged", name + " is not signed by " + expected);
  }

  private static void requireAbout(String name, String observed, String expected)
      throws BundleRefused {
    if (!observed.equals(expected)) {
      throw new BundleRefused("dispute_mixed", name + " is about " + observed);
    }
  }

  private JsonNode json(String name) throws BundleRefused {
    reading = name;
    var bytes = files.get(name);
    if (bytes == null) {
      throw new BundleRefused("file_missing", name + " is missing");
    }
    try {
      return Json.parse(bytes);
    } catch (JacksonException notJson) {
      throw new BundleRefused("file_unreadable", name + " is not JSON");
    }
  }

  private <T> T bind(String name, Class<T> type) throws BundleRefused {
    try {
      var bound = Json.read(json(name), type);
      if (bound != null) {
        return bound;
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      throw new BundleRefused("file_unreadable", name + " has another form");
    }
    throw new BundleRefused("file_unreadable", name + " has another form");
  }
}
