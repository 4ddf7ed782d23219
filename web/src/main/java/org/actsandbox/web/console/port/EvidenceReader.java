package org.actsandbox.web.console.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.verification.UpstreamVerifier;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Reads and verifies the attestation records of a world (ATT). */
public interface EvidenceReader {

  /** Returns the newest records of all participants. */
  Page<StoredRecord> newest(World world, Map<LookupKey, String> filters, @Nullable String cursor);

  /** Returns the newest records that the caller may see. */
  Page<StoredRecord> newest(
      World world, Map<LookupKey, String> filters, @Nullable String cursor, Caller caller);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, also for a record that the
   *     caller may not see
   */
  StoredRecord get(World world, String recordId, Caller caller);

  /** Finds a record of any participant. */
  Optional<StoredRecord> find(World world, String recordId);

  /**
   * Returns the records of an order in the order in which they happened, without their causes.
   *
   * @param merchant the merchant's id; null where only one uses the number
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} where several merchants
   *     use the number and none is named
   */
  List<StoredRecord> ofOrder(World world, String orderNo, @Nullable String merchant);

  /** Verifies a record and all records that it names as causes. */
  UpstreamVerifier.ChainVerification verify(World world, String recordId, Caller caller);

  /**
   * Returns the evidence bundle of an order, a ZIP file.
   *
   * @param merchant as for {@link #ofOrder}
   */
  byte[] bundle(World world, String orderNo, @Nullable String merchant);

  /**
   * Makes the bundle of an order and verifies it.
   *
   * @param merchant as for {@link #ofOrder}
   * @throws org.actsandbox.protocol.refusal.Refusal {@code unavailable} while the trust service
   *     does not have all records yet; {@code not_found} if there are none
   */
  BundleReport verifiedBundle(World world, String orderNo, @Nullable String merchant);

  /** Returns the participants with roles and keys, against which evidence is verified. */
  TrustedIdentities identities(World world);
}
