package org.actsandbox.sandbox.evidence;

import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves the evidence of an order or a dispute as a zip file that can be verified anywhere. */
@RestController
class EvidenceEndpoint {

  private static final String ZIP = "application/zip";

  /** Returns the bundle; {@code merchant} is needed where several use one order number. */
  @EndpointSummary("Download the evidence bundle of an order")
  @GetMapping(path = "/api/worlds/{world}/orders/{orderNo}/bundle", produces = ZIP)
  ResponseEntity<byte[]> bundle(
      World world,
      @PathVariable String orderNo,
      @RequestParam(required = false) @Nullable String merchant) {
    return zip("evidence.zip", new EvidenceBundles(world).of(orderNo, merchant(merchant)));
  }

  /**
   * Verifies the bundle against the identities of this world: each record, each document with its
   * signer, and what only the trust service confirms. {@code merchant} is needed where several use
   * one order number.
   */
  @EndpointSummary("Verify the evidence bundle of an order")
  @GetMapping("/api/worlds/{world}/orders/{orderNo}/verification")
  BundleReport verification(
      World world,
      @PathVariable String orderNo,
      @RequestParam(required = false) @Nullable String merchant) {
    return new EvidenceBundles(world).verified(orderNo, merchant(merchant));
  }

  private static @Nullable Did merchant(@Nullable String id) {
    return id == null ? null : FieldChecks.participant("merchant", id);
  }

  /**
   * Publishes the participants of this world with their roles, their public keys and the time each
   * was valid, for {@code ./run verify --trust}. It needs no key.
   */
  @EndpointSummary("Read the participants of a world with their roles and keys")
  @GetMapping("/w/{world}/trust/identities")
  JsonNode identities(World world) {
    return WorldIdentities.of(world).json();
  }

  /**
   * Returns the bundle with the claim, the parties' statements and the finding; also for the
   * principal.
   */
  @EndpointSummary("Download the evidence bundle of a dispute")
  @GetMapping(
      path = {
        "/api/worlds/{world}/disputes/{disputeId}/bundle",
        "/w/{world}/trust/disputes/{disputeId}/bundle"
      },
      produces = ZIP)
  ResponseEntity<byte[]> dispute(
      World world,
      Disputes disputes,
      @AllowedRoles({Role.PRINCIPAL, Role.OPERATOR}) Caller caller,
      @PathVariable String disputeId) {
    var disputeWithParties = disputes.withParties(disputeId, caller);
    return zip("dispute.zip", new EvidenceBundles(world).of(disputeWithParties));
  }

  private static ResponseEntity<byte[]> zip(String name, byte[] bytes) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(ZIP))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(bytes);
  }
}
