package org.actsandbox.web.console.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.evidence.OrderRecords;
import org.actsandbox.sandbox.evidence.WorldIdentities;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.EvidenceReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads records from the trust service of the world. */
@Component
class WorldEvidence implements EvidenceReader {

  @Override
  public Page<StoredRecord> newest(
      World world, Map<LookupKey, String> filters, @Nullable String cursor) {
    return trustService(world).records().newest(filters, cursor);
  }

  @Override
  public Page<StoredRecord> newest(
      World world, Map<LookupKey, String> filters, @Nullable String cursor, Caller caller) {
    return trustService(world).records().newest(filters, cursor, caller);
  }

  @Override
  public StoredRecord get(World world, String recordId, Caller caller) {
    return trustService(world).records().get(recordId, caller);
  }

  @Override
  public Optional<StoredRecord> find(World world, String recordId) {
    return trustService(world).records().find(recordId);
  }

  @Override
  public List<StoredRecord> ofOrder(World world, String orderNo, @Nullable String merchant) {
    return OrderRecords.of(trustService(world).records(), orderNo, did(merchant));
  }

  @Override
  public UpstreamVerifier.ChainVerification verify(World world, String recordId, Caller caller) {
    return trustService(world).verifications().verify(recordId, true, caller);
  }

  @Override
  public byte[] bundle(World world, String orderNo, @Nullable String merchant) {
    return new EvidenceBundles(world).of(orderNo, did(merchant));
  }

  @Override
  public BundleReport verifiedBundle(World world, String orderNo, @Nullable String merchant) {
    return new EvidenceBundles(world).verified(orderNo, did(merchant));
  }

  private static @Nullable Did did(@Nullable String merchant) {
    return merchant == null ? null : FieldChecks.participant("merchant", merchant);
  }

  @Override
  public TrustedIdentities identities(World world) {
    return WorldIdentities.of(world);
  }

  private static TrustService trustService(World world) {
    return world.participant(TrustService.class);
  }
}
