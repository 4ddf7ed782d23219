package org.actsandbox.protocol.attestation.verification;

import java.util.Optional;
import org.actsandbox.protocol.attestation.RecordCodec;

/** Fetches records: from a participant, from an attestation provider, or from a bundle. */
@FunctionalInterface
public interface RecordSource {

  /** Returns empty if the source has no such record. */
  Optional<RecordCodec.ReadResult> find(String recordId);
}
