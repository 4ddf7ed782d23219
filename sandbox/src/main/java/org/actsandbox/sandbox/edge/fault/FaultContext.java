package org.actsandbox.sandbox.edge.fault;

import java.nio.ByteBuffer;
import org.actsandbox.sandbox.edge.exchange.ParticipantPath;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/** Holds one request at the edge of a participant, with what faults and magic values need. */
@SuppressWarnings("ArrayRecordComponent") // carried along, never compared
public record FaultContext(
    World world,
    ParticipantPath surface,
    byte[] body,
    RecordedResponse response,
    ServerWebExchange exchange) {

  String method() {
    return exchange.getRequest().getMethod().name();
  }

  /** Returns the private key of a signer that is unknown in this world; the same key each time. */
  byte[] unknownSignerSeed() {
    return ByteBuffer.allocate(32).putLong(world.derivedSeed("stranger")).array();
  }
}
