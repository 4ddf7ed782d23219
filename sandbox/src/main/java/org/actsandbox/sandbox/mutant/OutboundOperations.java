package org.actsandbox.sandbox.mutant;

import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.operation.Operation;

/** Tells which operation of the protocol a participant calls, so that a defect alters only that. */
public final class OutboundOperations {

  private OutboundOperations() {}

  public static Operation of(OutboundClient.Call call) {
    return Operation.find(
        call.method(), call.target().getPath().replaceFirst("^/w/[^/]+(?=/)", ""));
  }
}
