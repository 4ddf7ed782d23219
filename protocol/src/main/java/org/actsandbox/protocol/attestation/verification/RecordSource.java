package org.actsandbox.protocol.attestation.verification;

import java.util.Optional;
import org.actsandbox.protocol.attestation.RecordCodec;

/** Where records are fetched: a participant's own, its attestation provider's, or a bundle's. */
@FunctionalInterface
public interface RecordSource {

  /** Empty when whoever was asked has no such record. */
  Optional<RecordCodec.ReadResult> find(String recordId);
}
