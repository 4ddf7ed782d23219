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
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Verifies the dispute in a bundle. The claim is signed by its claimant, who is neither the keeper
 * nor a party; every statement is signed by its party, and the finding by the keeper. All are about
 * one dispute, and the finding calls no record verified that is not.
 */
final class DisputeCheck {

  private final SortedMap<String, byte[]> files;
  private final BundleManifest manifest;
  private final KeyPeriods keys;
  private final List<BundleReport.PaperLine> documents = new ArrayList<>();
  private String currentFile = BundleBuilder.CLAIM;
  private boolean isKeepersClaim;

  private DisputeCheck(SortedMap<String, byte[]> files, BundleManifest manifest, KeyPeriods keys) {
    this.files = files;
    this.manifest = manifest;
    this.keys = keys;
  }

  /**
   * The result of verifying the dispute.
   *
   * @param defect null if there is none
   * @param line null if the bundle has no dispute, or none that can be read
   * @param isKeepersClaim whether the operator opened the claim, which only the keeper asserts
   */
  record Result(
      @Nullable InvalidBundleException defect,
      BundleReport.@Nullable DisputeLine line,
      List<BundleReport.PaperLine> documents,
      boolean isKeepersClaim) {}

  static Result verify(
      SortedMap<String, byte[]> files,
      BundleManifest manifest,
      KeyPeriods keys,
      List<BundleReport.Line> records) {
    if (files.keySet().stream().noneMatch(name -> name.startsWith(BundleBuilder.DISPUTE))) {
      return new Result(null, null, List.of(), false);
    }
    var check = new DisputeCheck(files, manifest, keys);
    try {
      var line = check.check(records);
      return new Result(null, line, check.documents, check.isKeepersClaim);
    } catch (InvalidBundleException wrong) {
      check.documents.add(
          new BundleReport.PaperLine(
              check.currentFile,
              BundleReport.Standing.FAILED,
              null,
              null,
              null,
              wrong.code(),
              wrong.detail()));
      return new Result(wrong, null, check.documents, check.isKeepersClaim);
    }
  }

  private BundleReport.DisputeLine check(List<BundleReport.Line> records)
      throws InvalidBundleException {
    var claim = bind(BundleBuilder.CLAIM, Claim.class);
    requireSigner(BundleBuilder.CLAIM, claim.openedAt(), requiredSigner(claim));
    requireAbout(BundleBuilder.CLAIM, claim.orderNo(), manifest.orderNo());
    var statementParties = new ArrayList<String>();
    for (var name : files.tailMap(BundleBuilder.DISPUTE).keySet()) {
      if (!name.startsWith(BundleBuilder.DISPUTE)) {
        break;
      }
      if (name.startsWith(BundleBuilder.STATEMENTS)) {
        var party = statement(name, claim).party();
        if (party.equals(claim.claimant())) {
          throw new InvalidBundleException(
              "dispute_forged", party + " is a party and not the claimant");
        }
        statementParties.add(party.value());
      } else if (!name.equals(BundleBuilder.CLAIM) && !name.equals(BundleBuilder.FINDING)) {
        throw new InvalidBundleException("file_unknown", name + " belongs in no dispute");
      }
    }
    var finding = files.containsKey(BundleBuilder.FINDING) ? finding(claim, records) : null;
    return new BundleReport.DisputeLine(
        claim.disputeId(),
        claim.kind().code(),
        finding == null ? null : finding.outcome().code(),
        statementParties);
  }

  /** Returns the required signer: the keeper may sign only a claim that the operator opened. */
  private Did requiredSigner(Claim claim) throws InvalidBundleException {
    var claimant = claim.claimant();
    if (claim.openedBy().equals(Claim.BY_PRINCIPAL) != (claimant != null)) {
      throw new InvalidBundleException(
          "dispute_forged", BundleBuilder.CLAIM + " is not signed by its claimant");
    }
    if (claimant == null) {
      isKeepersClaim = true;
      return manifest.keeper();
    }
    if (claimant.equals(manifest.keeper())) {
      throw new InvalidBundleException("dispute_forged", "the keeper decides and does not claim");
    }
    return claimant;
  }

  private PartyStatement statement(String name, Claim claim) throws InvalidBundleException {
    var statement = bind(name, PartyStatement.class);
    requireSigner(name, statement.madeAt(), statement.party());
    requireAbout(name, statement.disputeId(), claim.disputeId());
    requireAbout(name, statement.orderNo(), claim.orderNo());
    return statement;
  }

  private Finding finding(Claim claim, List<BundleReport.Line> records)
      throws InvalidBundleException {
    var name = BundleBuilder.FINDING;
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
      var result = results.get(exhibit.recordId());
      if (result != null
          && exhibit.result() == VerificationResult.VERIFIED
          && result != exhibit.result()) {
        throw new InvalidBundleException(
            "finding_contradicted",
            "the finding calls " + exhibit.recordId() + " verified, which is " + result);
      }
    }
    return finding;
  }

  private void requireSigner(String name, Instant at, Did expected) throws InvalidBundleException {
    currentFile = name;
    var document = json(name);
    try {
      if (SignedJson.verify(document, signer -> keys.find(signer, at)).equals(expected)) {
        var signer = document.path(SignedJson.SIGNER_ID).asString("");
        documents.add(
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
      throw new InvalidBundleException("dispute_forged", name + ": " + notSigned.detail());
    }
    throw new InvalidBundleException("dispute_forged", name + " is not signed by " + expected);
  }

  private static void requireAbout(String name, String observed, String expected)
      throws InvalidBundleException {
    if (!observed.equals(expected)) {
      throw new InvalidBundleException("dispute_mixed", name + " is about " + observed);
    }
  }

  private JsonNode json(String name) throws InvalidBundleException {
    currentFile = name;
    var bytes = files.get(name);
    if (bytes == null) {
      throw new InvalidBundleException("file_missing", name + " is missing");
    }
    try {
      return Json.parse(bytes);
    } catch (JacksonException notJson) {
      throw new InvalidBundleException("file_unreadable", name + " is not JSON");
    }
  }

  private <T> T bind(String name, Class<T> type) throws InvalidBundleException {
    try {
      var bound = Json.read(json(name), type);
      if (bound != null) {
        return bound;
      }
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      throw new InvalidBundleException("file_unreadable", name + " has another form");
    }
    throw new InvalidBundleException("file_unreadable", name + " has another form");
  }
}
